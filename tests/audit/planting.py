"""Texts put into every field of a package: where text may stand, and what `check` says of it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from packages import TABLES, Change, column, copy_row, keep, path_of, write_package

from build_scripts.checks import find_violations
from build_scripts.cli.check import _in_settings
from build_scripts.core.records import Severity, Violation
from build_scripts.load import read

TODAY = date(2026, 11, 28)
# So many texts go into one package: a row of a table holds the text of its number.
LANES = 4
# Read as a figure, a period or a unit: no free text, whatever the schema says.
_READ = frozenset({"unit", "period", "baseline_period", "target_period", "investment_unit"})
_HEADINGS = (
    "title", "description", "contributors[0].title", "sources[0].title", "keywords[0]", "licenses[0].title",
    "resources[0].title", "resources[0].description",
)  # fmt: skip
_SETTINGS = ("site_name", "site_description")
Rows = dict[str, list[dict[str, str]]]


class Place(NamedTuple):
    """A cell; `row` as a spreadsheet numbers it."""

    table: str
    row: int
    field: str

    @property
    def lane(self) -> int:
        """Which of the texts of a package stands here."""
        return (self.row - 2) % LANES


class Text(NamedTuple):
    """A text of the list, and what it is there for."""

    kind: str
    text: str


def listed() -> list[Text]:
    """The list: `[kind, text]`, or `[kind, text, times]` for long ones."""
    found = json.loads((Path(__file__).with_name("strings.json")).read_text(encoding="utf-8"))
    return [Text(kind, text * (times[0] if times else 1)) for kind, text, *times in found]


def lots(texts: list[Text]) -> Iterator[list[Text]]:
    """The texts by `LANES`; none within another of its lot, where the site would rightly read it as a name."""
    while texts:
        lot: list[Text] = []
        for each in texts:
            near = any(each.text.strip() in other.text or other.text.strip() in each.text for other in lot)
            if len(lot) < LANES and not near:
                lot.append(each)
        yield lot
        texts = [each for each in texts if each not in lot]


def wide() -> list[Change]:
    """Every table of the invented package gets at least as many rows as texts go into it."""
    changes = [
        copy_row(
            "plans", 2, plan_id=f"plan-{n}", title=f"规划{n}", short_title=f"规划{n}", doc_number=f"测政〔2021〕{n}号"
        )
        for n in (2, 3, 4)
    ]
    changes += [copy_row("units", 2, unit_id=f"unit-{n}", name=f"单位{n}") for n in (3, 4)]
    changes += [
        copy_row("projects", 3, project_id=f"show-{n}", order=str(n), title=f"平台{n}", short_title=f"平台{n}")
        for n in (3, 4)
    ]
    changes += [
        copy_row("related_indicators", 2, target_id=each, note="范围更大")
        for each in ("gdp-2025", "share-2025", "invest-2125")
    ]
    changes += [
        copy_row("tasks", 2, task_id=f"ring-{n}", name=f"环城路{n}", target_id="", section="三/（一）")
        for n in (2, 3, 4)
    ]
    changes += [copy_row("unanswered", 2, word=f"停放{n}", also_called=f"停放难{n}") for n in (2, 3, 4)]
    changes += [copy_row("sources", 4, source_id="paper-2", title="测试晚报（虚构）")]
    changes += [copy_row("task_events", 3, task_id=f"ring-{n}", note=f"第{n}条路通车") for n in (2, 3)]
    changes += [copy_row("problems", 2, problem_id=f"land-{n}", title=f"用地{n}") for n in (2, 3, 4)]
    changes += [copy_row("problem_events", 2, problem_id=f"land-{n}", note=f"第{n}个问题") for n in (2, 3, 4)]
    changes += [
        copy_row("searches", 2, search_id=f"archive-{n}", place=f"存档副本{n}", note=f"第{n}次") for n in (2, 3, 4)
    ]
    changes += [
        copy_row("bulletins", 2, bulletin_id=f"m-2024-0{n}", period=f"2024-0{n}", as_of=f"2024-0{n}-30",
                 released=f"2024-0{n + 1}-02")
        for n in (4, 5, 6)
    ]  # fmt: skip
    return [*changes, _figures_explained]


def _figures_explained(folder: Path) -> None:
    """A printed figure is no free text, its number is read; so the rows say that theirs was computed."""
    for name in ("observations", "targets"):
        rows = (folder / path_of(name)).read_text(encoding="utf-8").count("\n") - 1
        column(name, "printed_differs", *["computed"] * rows)(folder)


class Planted:
    """The wide package in a folder, with any texts in any of its cells."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        write_package(folder, *wide())
        self.rows: Rows = {
            Path(path).stem: list(csv.DictReader(io.StringIO((folder / path).read_text("utf-8"), newline="")))
            for path in TABLES
        }
        self.schemas = {name: _schema(folder, name) for name in self.rows}

    def places(self, *, free: bool) -> list[Place]:
        """Every cell of free text, or every other one: ids, numbers, days, codes."""
        return [
            Place(name, at + 2, field)
            for name, rows in self.rows.items()
            for at, row in enumerate(rows)
            for field in row
            if _is_free(self.schemas[name][field]) == free
        ]

    def write(self, cells: Mapping[Place, str]) -> None:
        """The package as it was, with these cells."""
        for path in TABLES:
            name = Path(path).stem
            rows = [
                [cells.get(Place(name, at + 2, field), value) for field, value in row.items()]
                for at, row in enumerate(self.rows[name])
            ]
            out = io.StringIO(newline="")
            csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([list(self.rows[name][0]), *rows])
            (self.folder / path).write_bytes(out.getvalue().encode("utf-8", "surrogatepass"))

    def errors(self) -> list[Violation]:
        """What stops a build of the package as it stands."""
        return [each for each in find_violations(read(self.folder), TODAY) if each.severity is Severity.ERROR]

    def hit(self, problems: Iterable[Violation], cells: Iterable[Place]) -> tuple[set[Place], list[Violation]]:
        """Which of these cells the problems name (the cell, its row or its file), and the problems that name none."""
        named: set[Place] = set()
        stray: list[Violation] = []
        cells = list(cells)
        for each in problems:
            own = [place for place in cells if each.file == path_of(place.table)]
            # A file that is no table has lines and no rows.
            here = [place for place in own if each.row in {place.row, 0}] or ([] if each.field else own)
            exact = [place for place in here if place.field == each.field]
            if not here:
                stray.append(each)
            named.update(exact or here)
        return named, stray


class Headed:
    """A package of hardly any rows, with any texts in its descriptor and in the settings of its site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        write_package(folder, keep(plans=set(), indicators=set(), searches=set()))
        self.meta = (folder / "datapackage.json").read_text(encoding="utf-8")
        self.settings = (folder.parent / "mkdocs.yml").read_text(encoding="utf-8")

    def places(self, *, free: bool) -> list[Place]:
        """Every string for readers, of `datapackage.json` and of `mkdocs.yml`."""
        found = [Place("datapackage", 2, path) for path in _HEADINGS] + [Place("mkdocs", 2, path) for path in _SETTINGS]
        return found if free else []

    def write(self, cells: Mapping[Place, str]) -> None:
        """Descriptor and settings as they were, with these texts."""
        meta = json.loads(self.meta)
        settings = self.settings
        for place, text in cells.items():
            if place.table == "mkdocs":
                line = f"{place.field}: {json.dumps(text)}"  # a JSON string is one of YAML, too
                settings = re.sub(rf"(?m)^{place.field}:.*$", lambda _found, line=line: line, settings)
                continue
            holder, steps = meta, re.findall(r"\w+", place.field)
            for step in steps[:-1]:
                holder = holder[int(step) if step.isdigit() else step]
            holder[int(steps[-1]) if steps[-1].isdigit() else steps[-1]] = text
        (self.folder / "datapackage.json").write_text(json.dumps(meta, indent=1), encoding="utf-8")
        (self.folder.parent / "mkdocs.yml").write_text(settings, encoding="utf-8")

    def errors(self) -> list[Violation]:
        """What stops a build as things stand, as `check` finds it."""
        found = [*find_violations(read(self.folder), TODAY), *_in_settings(self.folder.parent)]
        return [each for each in found if each.severity is Severity.ERROR]

    def hit(self, problems: Iterable[Violation], cells: Iterable[Place]) -> tuple[set[Place], list[Violation]]:
        """Which of these texts the problems name, and the problems that name none."""
        cells, named, stray = list(cells), set(), []
        for each in problems:
            own = [place for place in cells if Path(each.file).stem == place.table]
            exact = [place for place in own if place.field == each.field]
            stray += [] if own else [each]
            named.update(exact or own)
        return named, stray


def unclear(problem: Violation) -> str:
    """Why a line is not one that a clerk can act on; empty for a clear one."""
    line = str(problem)
    if "\n" in line or not line.isprintable():
        return f"more than a line: {line!r:.300}"
    if not problem.hint or not problem.message:
        return f"no way out: {line:.300}"
    if len(line) > 700:
        return f"{len(line)} characters: {line:.200}"
    return f"a traceback: {line:.300}" if "Traceback" in line or "Error(" in line else ""


def _schema(folder: Path, name: str) -> dict[str, dict]:
    fields = json.loads((folder / "schemas" / f"{name}.json").read_text(encoding="utf-8"))["fields"]
    return {field["name"]: field for field in fields}


def _is_free(field: dict) -> bool:
    coded = {"pattern", "enum"} & set(field.get("constraints", {}))
    return field.get("type", "string") == "string" and not coded and field["name"] not in _READ
