"""Prove that what the package says a plan prints does stand in that plan, in the section it cites.

Gets a folder with the plans' plain texts, `<plan_id>.txt`, UTF-8 (they are not part of the project); gives
`transcription_proof.csv` beside this file: one row a statement, with the place it was found at. The tests compare that
file with the package, so a figure, a section or a name changed without proving it again fails.

    python tests/data/prove_transcription.py FOLDER_WITH_THE_PLANS

White space is dropped on both sides before comparing (`plan_text`); everything else must agree to the character.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from plan_text import PlanText, normalise, read_plan

HERE = Path(__file__).resolve().parent
TARGETS = HERE.parents[1] / "datapackage" / "targets"
PROOF = HERE / "transcription_proof.csv"
PRINTED_UNITS = HERE / "printed_units.csv"
FIELDS = (
    "table",
    "record_id",
    "what",
    "plan_id",
    "section",
    "printed",
    "offset",
    "before",
    "after",
    "source_sha256",
    "seal",
)
CONTEXT = 6
UNIT_LIST = "责任单位："
TASK_WORDS = re.compile(r"^原文：(?P<words>.+?)。用词：(?P<verb>.+?)。")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Statement:
    """Something the package says a plan prints: `printed`, in `section` of `plan_id`."""

    table: str
    record_id: str
    what: str
    plan_id: str
    section: str
    printed: str


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def statements(package: Mapping[str, list[dict[str, str]]]) -> Iterator[Statement]:
    """Every statement of the tables that the plans themselves can confirm."""
    for row in package["plans"]:
        year, month, day = (int(part) for part in row["issued_on"].split("-"))
        printed = {"title": row["title"], "doc_number": row["doc_number"], "issued_on": f"{year}年{month}月{day}日"}
        for what, words in printed.items():
            yield Statement("plans", row["plan_id"], what, row["plan_id"], "", words)
    for row in package["projects"]:
        if row["kind"] != "mechanism":  # a mechanism's title is ours: the plan describes it in a sentence
            yield Statement("projects", row["project_id"], "title", row["plan_id"], row["section"], row["title"])
    for row in package["targets"]:
        yield Statement("targets", row["target_id"], "figure", row["plan_id"], row["section"], row["figure_as_printed"])
    for row in package["tasks"]:
        yield from _task_statements(row)
    plans = {row["project_id"]: row["plan_id"] for row in package["projects"]}
    for row in package["printed_units"]:
        key = f"{row['project_id']}/{row['role']}/{row['order']}"
        yield Statement("printed_units", key, row["role"], plans[row["project_id"]], row["section"], row["printed"])


def _task_statements(row: Row) -> Iterator[Statement]:
    quoted = TASK_WORDS.match(row["note"])
    if quoted is None:
        raise ValueError(f"tasks.csv: {row['task_id']}: the note does not begin with 原文：…。用词：…。")
    place = ("tasks", row["task_id"])
    yield Statement(*place, "words", row["plan_id"], row["section"], quoted["words"])
    for number, part in enumerate(quoted["verb"].split("…"), start=1):
        yield Statement(*place, f"verb{number}", row["plan_id"], row["section"], part)
    if row["due_as_printed"]:
        yield Statement(*place, "due", row["plan_id"], row["section"], row["due_as_printed"])


def seal(row: Row) -> str:
    """A fingerprint over where and how a statement was found, so that a proof row cannot be edited in part."""
    parts = [row[name] for name in FIELDS[:-1]]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def prove(statement: Statement, plan: PlanText) -> dict[str, str] | None:
    """The proof row of a statement, or None when the plan does not print it in that section."""
    listed = plan.find(UNIT_LIST, statement.section) if statement.what == "responsible" else None
    offset = plan.find(statement.printed, statement.section, listed or 0)
    if offset is None:
        return None
    end = offset + len(normalise(statement.printed))
    row = {name: getattr(statement, name) for name in FIELDS[:6]} | {
        "offset": str(offset),
        "before": plan.text[max(0, offset - CONTEXT) : offset],
        "after": plan.text[end : end + CONTEXT],
        "source_sha256": plan.sha256,
    }
    return row | {"seal": seal(row)}


def responsible_as_printed(plan: PlanText, section: str) -> list[str]:
    """The names after 责任单位 in a section, in order; empty when the section has no such list."""
    start = plan.find(UNIT_LIST, section)
    if start is None:
        return []
    start += len(UNIT_LIST)
    listed = plan.text[start : plan.text.index("。", start)].removesuffix("等")
    return re.split(r"[、，](?![^（]*）)", listed)


def unit_list_errors(printed_units: list[dict[str, str]], plan_of: Mapping[str, PlanText]) -> Iterator[str]:
    """Projects whose responsible units differ from the printed list: one missing, one too many, another order."""
    lists = [row for row in printed_units if row["role"] == "responsible"]
    for (project, section), rows in groupby(lists, key=lambda row: (row["project_id"], row["section"])):
        ours = [row["printed"] for row in rows]
        theirs = responsible_as_printed(plan_of[project], section)
        if theirs and ours != theirs:
            yield f"{project}: ours {ours}, printed {theirs}"


def load_package() -> dict[str, list[dict[str, str]]]:
    tables = {name: read_rows(TARGETS / f"{name}.csv") for name in ("plans", "projects", "targets", "tasks")}
    return tables | {"printed_units": read_rows(PRINTED_UNITS)}


def main(folder: Path) -> int:
    package = load_package()
    plans = {row["plan_id"]: read_plan(_text(folder, row["plan_id"])) for row in package["plans"]}
    proofs, errors = [], []
    for statement in statements(package):
        plan = plans[statement.plan_id]
        proof = prove(statement, plan)
        if proof is None:
            found = plan.sections_of(statement.printed) or "nowhere"
            errors.append(f"{statement.table}: {statement.record_id}: {statement.printed!r} cited in "
                          f"{statement.section!r}, found in {found}")  # fmt: skip
        else:
            proofs.append(proof)
    plan_of = {row["project_id"]: plans[row["plan_id"]] for row in package["projects"]}
    errors += unit_list_errors(package["printed_units"], plan_of)
    if errors:
        print(*errors, sep="\n", file=sys.stderr)
        return 1
    with PROOF.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(proofs)
    print(f"{len(proofs)} statements proven, {PROOF.name} written")
    return 0


def _text(folder: Path, plan_id: str) -> str:
    return (folder / f"{plan_id}.txt").read_text(encoding="utf-8-sig")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: prove_transcription.py FOLDER_WITH_THE_PLANS")
    sys.exit(main(Path(sys.argv[1])))
