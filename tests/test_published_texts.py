"""The plans' texts in the package are the plans, word for word, and every section that is cited can be linked to."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

import pytest
from all_of import all_of

DATA = Path(__file__).parent / "data"
TARGETS = Path(__file__).parents[1] / "datapackage" / "targets"
TEXTS = sorted((TARGETS / "texts").glob("*.md"))
BOX = re.compile(r"^> ?")  # a box of the plan stands as a block quote
HEADING = re.compile(r"^(?:> )?#{1,6} (?P<words>.+) \{ #(?P<anchor>[a-z][a-z0-9-]*) \}$")
sys.path.append(str(DATA))
prover = importlib.import_module("prove_transcription")
plan_text = importlib.import_module("plan_text")


def without_marks(text: str) -> str:
    """The text as the plan prints it: headings without number signs and anchors, boxes without their quote marks."""
    return "\n".join(BOX.sub("", HEADING.sub(r"\g<words>", line)) for line in text.splitlines())


def anchors(text: str) -> dict[str, list[str]]:
    """The anchors of each section, `二/（一）` → `["s2-1"]`, in the order they stand in."""
    plan = plan_text.read_plan(without_marks(text))
    found: dict[str, list[str]] = {}
    offset = 0
    for line in text.splitlines():
        if heading := HEADING.match(line):
            offset = plan.text.index(plan_text.normalise(heading["words"]), offset)
            found.setdefault(plan.section_at(offset), []).append(heading["anchor"])
        offset += len(plan_text.normalise(without_marks(line)))
    return found


def cited(plan_id: str) -> set[str]:
    """Every section of a plan that a target, project or task names."""
    tables = (prover.read_rows(TARGETS / f"{name}.csv") for name in ("targets", "projects", "tasks"))
    return {row["section"] for rows in tables for row in rows if row["plan_id"] == plan_id}


def test_both_plans_are_there() -> None:
    assert {path.stem for path in TEXTS} >= {"ydsq-2020", "sdgc-2023"}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_is_the_plan_word_for_word(path: Path) -> None:
    proofs = [row for row in prover.read_rows(DATA / "transcription_proof.csv") if row["plan_id"] == path.stem]
    text = plan_text.read_plan(without_marks(path.read_text(encoding="utf-8")))
    assert {row["source_sha256"] for row in proofs} == {text.sha256}
    for row in proofs:
        printed = plan_text.normalise(row["printed"])
        assert text.text[int(row["offset"]) :].startswith(printed), row["record_id"]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_cited_section_has_one_address(path: Path) -> None:
    found = anchors(path.read_text(encoding="utf-8"))
    names = [name for many in found.values() for name in many]
    assert len(names) == len(set(names))
    assert {section: found.get(section) for section in cited(path.stem) if len(found.get(section, [])) != 1} == {}


@all_of(
    "plan_id, section, anchor",
    [
        ("sdgc-2023", "一", "s1"),
        ("sdgc-2023", "二/（一）", "s2-1"),
        ("sdgc-2023", "二/（十）", "s2-10"),
        ("sdgc-2023", "三/（二）/4", "s3-2-4"),
        ("sdgc-2023", "附件/二/10", "annex-2-10"),
        ("ydsq-2020", "一/（四）/1", "s1-4-1"),
        ("ydsq-2020", "二/（一）/2/专栏3", "s2-1-2-box3"),
        ("ydsq-2020", "九/（五）", "s9-5"),
    ],
)
def test_an_address_is_made_of_the_section_number(plan_id: str, section: str, anchor: str) -> None:
    text = (TARGETS / "texts" / f"{plan_id}.md").read_text(encoding="utf-8")
    assert anchors(text)[section] == [anchor]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_paragraph_is_whole(path: Path) -> None:
    # A page break in the middle of a sentence would leave a paragraph that ends with a comma or begins with one.
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not HEADING.match(line)]
    assert [line for line in lines if line.endswith(("，", "、", "-", "—")) or line[0] in "，、。；）"] == []
    assert [line for line in lines if line.startswith("#")] == []
