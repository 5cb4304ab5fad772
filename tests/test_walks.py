"""The walks of docs/architecture.md, followed to the letter in a copy: what is added works and touches few files."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packages import write_package

ROOT = Path(__file__).parents[1]
WALKS = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


PAGE = '''\
"""A glossary."""

from dataclasses import dataclass

from build_scripts.core.records import Page
from build_scripts.locale import t


@dataclass(frozen=True)
class GlossaryView:
    title: str


def pages(given):
    title = t("glossary.title")
    yield Page("glossary/", "glossary", GlossaryView(title), title, title, "targets/plans.csv")
'''
RECORD = '''\
@dataclass(frozen=True, slots=True)
class Round:
    """One round of dispatch."""

    round_id: str
    held: date


@dataclass(frozen=True, slots=True)
class Bulletin'''
LINE = '    ("bulletins", "progress", model.Bulletin, ("bulletin_id",)),\n'
ROUNDS = LINE.replace("bulletin", "round").replace("Bulletin", "Round")


@pytest.fixture
def copy(tmp_path):
    """A copy of what a build needs, with the small package in it."""
    for name in ("build_scripts", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "img"))
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    (tmp_path / "datapackage").mkdir()
    write_package(tmp_path / "datapackage")
    return tmp_path


def change(root: Path, path: str, old: str, new: str) -> None:
    """Replace one piece of a file, or write a new one where `old` is empty."""
    file = root / path
    if old:
        text = file.read_text(encoding="utf-8")
        assert text.count(old) >= 1, (path, old)
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    else:
        assert not file.exists(), path
        file.write_text(new, encoding="utf-8")


def follow(root: Path, walk: str, most: int, steps: list[tuple[str, str, str]]) -> None:
    """Take the steps; they touch the files the walk names, and no more than `most`."""
    section = re.search(rf"^### [^\n]*\{{ #{walk} \}}\n(.*?)(?=^##|\Z)", WALKS, re.MULTILINE | re.DOTALL)
    assert section, walk
    named = set(re.findall(r"`(build_scripts/[^`]+)`", section[1]))
    touched = {path for path, _old, _new in steps}
    assert len(touched) <= most
    assert {re.sub(r"glossary|rounds", "NAME", path) for path in touched} == named
    for path, old, new in steps:
        change(root, path, old, new)


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "build_scripts", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.slow
def test_a_page_kind(copy):
    follow(
        copy,
        "add-page",
        4,
        [
            (
                "build_scripts/pages/glossary.py",
                "",
                PAGE,
            ),
            ("build_scripts/templates/pages/glossary.md.j2", "", "# {{ view.title | md }} { #top }\n\n<p>GDP</p>\n"),
            ("build_scripts/pages/__init__.py", "    home,\n", "    glossary,\n    home,\n"),
            ("build_scripts/pages/__init__.py", "    home.pages,\n", "    glossary.pages,\n    home.pages,\n"),
            ("build_scripts/locale/zh/glossary.toml", "", 'title = "词语"\n'),
        ],
    )
    made = run(copy, "build", "--stage-only", "--as-of", "2024-06-30")
    assert made.returncode == 0, made.stdout + made.stderr
    assert "# 词语" in (copy / "build" / "docs" / "glossary" / "index.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_check(copy):
    rule = (
        "def names_are_short(tables: Tables, _today: date) -> Iterator[Violation]:\n"
        '    """A target\'s name has at most eight characters."""\n'
        "    for row, target in tables.of(Target):\n"
        "        if len(target.name) > 8:\n"
        '            yield violation("name-long", tables.place(Target), row, "name", found=target.name)\n\n\n'
        'CHECKS = (\n    Check("name-long", Severity.WARNING, names_are_short),\n'
    )
    words = '\n[name-long]\nname = "名称太长"\nwhat = "“{found}”超过8个字"\ndo = "请缩短"\n'
    text = (copy / "build_scripts/locale/zh/checks.toml").read_text(encoding="utf-8")
    last = text[-40:]
    follow(
        copy,
        "add-check",
        3,
        [
            ("build_scripts/checks/targets.py", "CHECKS = (\n", rule),
            ("build_scripts/locale/zh/checks.toml", last, last + words),
        ],
    )
    found = json.loads(run(copy, "check", "--format", "json").stdout)
    assert ("name-long", "“生产总值达到200亿元”超过8个字") in {(each["code"], each["message"]) for each in found}


@pytest.mark.slow
def test_a_table(copy):
    follow(
        copy,
        "add-table",
        4,
        [
            ("build_scripts/core/records/happened.py", "@dataclass(frozen=True, slots=True)\nclass Bulletin", RECORD),
            ("build_scripts/core/records/__init__.py", "    Bulletin,\n", "    Bulletin,\n    Round,\n"),
            ("build_scripts/core/records/package.py", "    Bulletin,\n", "    Bulletin,\n    Round,\n"),
            (
                "build_scripts/core/records/package.py",
                "    bulletins: tuple[Bulletin, ...] = ()\n",
                "    bulletins: tuple[Bulletin, ...] = ()\n    rounds: tuple[Round, ...] = ()\n",
            ),
            (
                "build_scripts/core/tables.py",
                LINE,
                LINE + ROUNDS,
            ),
        ],
    )
    package = copy / "datapackage"
    (package / "progress" / "rounds.csv").write_text("round_id,held\nfirst,2023-05-06\n", encoding="utf-8")
    fields = [
        {"name": "round_id", "type": "string", "title": "编号"},
        {"name": "held", "type": "date", "title": "日期"},
    ]
    schema = {"fields": fields, "primaryKey": ["round_id"]}
    (package / "schemas" / "rounds.json").write_text(json.dumps(schema), encoding="utf-8")
    described = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    like = next(each for each in described["resources"] if each["name"] == "bulletins")
    described["resources"].append(
        like | {"name": "rounds", "path": "progress/rounds.csv", "schema": "schemas/rounds.json", "title": "调度"}
    )
    (package / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    made = run(copy, "build", "--stage-only", "--as-of", "2024-06-30")
    assert made.returncode == 0, made.stdout + made.stderr
    staged = copy / "build" / "docs"
    assert (staged / "data" / "csv" / "rounds.csv").read_text(encoding="utf-8") == "round_id,held\nfirst,2023-05-06\n"
    answer = json.loads((staged / "api" / "v1" / "rounds.json").read_text(encoding="utf-8"))
    assert answer["items"] == [{"held": "2023-05-06", "round_id": "first"}]
    assert (staged / "data" / "dictionary" / "rounds" / "index.md").is_file()
