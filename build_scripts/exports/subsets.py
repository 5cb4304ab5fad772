"""The part of the data that is about one project, region, unit, target, indicator or work. Gets tables, gives files.

A subset of a project, region or unit is a wide table of its targets as CSV (both forms) and a workbook with its
targets, published values, works, events and sources. A target's or an indicator's is the values published about it,
one row a value, with a description of the file beside it; a work's its steps.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from build_scripts.core.kept import Keep, made_anew
from build_scripts.core.records import Indicator, Package, Target, Task
from build_scripts.exports.descriptions import values_metadata
from build_scripts.exports.downloads import FOLDER, Download, document, kept_book
from build_scripts.exports.edition import Edition
from build_scripts.exports.formats import csv_excel, csv_plain, to_json
from build_scripts.exports.tables import Cell, Row, Table
from build_scripts.locale import t

METADATA = ".metadata.json"


@dataclass(frozen=True, slots=True)
class Subset:
    """What a subset is of, and the ids of the targets and works in it."""

    subject: str
    title: str
    targets: frozenset[str]
    tasks: frozenset[str]


def subsets(package: Package) -> Iterator[Subset]:
    """Every project, region and unit; a unit's targets and works are its own and those of projects it has a part in."""
    for project in package.projects:
        ids = {project.project_id}
        yield _subset(package, f"projects/{project.project_id}", project.name, ids, "project_id")
    for region in package.regions:
        yield _subset(package, f"regions/{region.region_id}", region.name, {region.region_id}, "region_id")
    parts: dict[str, set[str]] = {unit.unit_id: set() for unit in package.units}
    for part in package.responsibilities:
        parts[part.unit_id].add(part.project_id)
    for unit in package.units:
        shared = _subset(package, f"units/{unit.unit_id}", unit.name, parts[unit.unit_id], "project_id")
        led = _subset(package, "", "", {unit.unit_id}, "lead_unit_id")
        yield replace(shared, targets=shared.targets | led.targets, tasks=shared.tasks | led.tasks)


def _subset(package: Package, subject: str, title: str, ids: set[str], by: str) -> Subset:
    """The targets and works whose field `by` is one of `ids`."""
    targets = frozenset(each.target_id for each in package.targets if getattr(each, by) in ids)
    tasks = frozenset(each.task_id for each in package.tasks if getattr(each, by) in ids)
    return Subset(subject, title, targets, tasks)


def subset_downloads(edition: Edition, tables: Mapping[str, Table], keep: Keep = made_anew) -> Iterator[Download]:
    """The files of every subset that is not empty; `tables` are all tables by name."""
    cutter = _Cutter(edition.package, tables)
    for subset in subsets(edition.package):
        if not subset.targets and not subset.tasks:
            continue
        path, title = f"{FOLDER}subsets/{subset.subject}", t("opendata.file.subset", subject=subset.title)
        sheets = cutter.sheets(subset)
        rows = len(sheets[0].rows)
        yield Download(f"{path}.csv", "csv", title, csv_plain(sheets[0]), subset.subject, rows)
        yield Download(f"{path}.excel.csv", "excel-csv", title, csv_excel(sheets[0]), subset.subject, rows)
        book = kept_book([each for each in sheets if each.rows], document(edition, title), keep, meanings=False)
        yield Download(f"{path}.xlsx", "xlsx", title, book, subset.subject, rows)
    for target in edition.package.targets:
        title = t("opendata.file.target", target=target.name)
        yield from _values(edition, cutter.values_of(target), f"targets/{target.target_id}", title)
    for indicator in edition.package.indicators:
        title = t("opendata.file.indicator", indicator=indicator.name)
        yield from _values(edition, cutter.values_everywhere(indicator), f"indicators/{indicator.indicator_id}", title)
        if parts := cutter.parts_of(indicator):
            title, name = t("opendata.file.breakdowns", indicator=indicator.name), indicator.indicator_id
            yield from _values(edition, parts, f"indicators/{name}", title, f"breakdowns/{name}")
    for task in edition.package.tasks:
        table = cutter.steps_of(task)
        if table.rows:
            title = t("opendata.file.work", work=task.name)
            path, subject = f"{FOLDER}subsets/works/{task.task_id}", f"works/{task.task_id}"
            yield Download(f"{path}.csv", "csv", title, csv_plain(table), subject, len(table.rows))
            yield Download(f"{path}.excel.csv", "excel-csv", title, csv_excel(table), subject, len(table.rows))


def _values(edition: Edition, table: Table, subject: str, title: str, name: str = "") -> Iterator[Download]:
    """Published values of one indicator as CSV, for programs and for Excel, and what the file holds; none for none.

    The files are called as their subject, or by `name`.
    """
    if not table.rows:
        return
    path = f"{FOLDER}subsets/{name or subject}"
    tidy = Download(f"{path}.csv", "csv", title, csv_plain(table), subject, len(table.rows))
    yield tidy
    yield Download(f"{path}.excel.csv", "excel-csv", title, csv_excel(table), subject, len(table.rows))
    about = t("opendata.file.metadata", title=title)
    yield Download(f"{path}{METADATA}", "json", about, to_json(values_metadata(edition, tidy, table)), subject)


class _Cutter:
    """Cuts rows out of whole tables; the lookups are made once."""

    def __init__(self, package: Package, tables: Mapping[str, Table]) -> None:
        self.package = package
        self.tables = tables
        self.values: dict[tuple[Cell, Cell], list[Row]] = {}
        by_indicator: dict[Cell, list[Row]] = {}
        for row in tables["observations"].rows:
            self.values.setdefault((row[0], row[1]), []).append(row)
            by_indicator.setdefault(row[0], []).append(row)
        self.by_indicator = by_indicator
        self.parts: dict[Cell, list[Row]] = {}
        for row in tables["breakdowns"].rows if "breakdowns" in tables else ():
            self.parts.setdefault(row[0], []).append(row)

    def values_of(self, target: Target) -> Table:
        """The values published about a target's own indicator and region."""
        rows = self.values.get((target.indicator_id, target.region_id), ())
        return replace(self.tables["observations"], rows=tuple(rows))

    def values_everywhere(self, indicator: Indicator) -> Table:
        """The values published about an indicator, of every region."""
        return replace(self.tables["observations"], rows=tuple(self.by_indicator.get(indicator.indicator_id, ())))

    def parts_of(self, indicator: Indicator) -> Table | None:
        """The published values of an indicator's breakdowns, with what tells each series apart; None without any."""
        rows = self.parts.get(indicator.indicator_id, ())
        if not rows:
            return None
        own = {each.series_id for each in self.package.series if each.indicator_id == indicator.indicator_id}
        table = self.tables["breakdowns"]
        apart: dict[Cell, dict[str, str]] = {}
        for each in self.package.series_dimensions:
            if each.series_id in own:
                apart.setdefault(each.series_id, {})[each.dimension] = each.value
        names = tuple(dict.fromkeys(name for values in apart.values() for name in values))
        at = table.names.index("series_id")
        added = [{"name": name, "type": "string", "title": name} for name in names]
        told = (tuple(apart.get(row[at], {}).get(name) for name in names) for row in rows)
        return replace(
            table,
            schema={**table.schema, "fields": [*added, *table.schema["fields"]]},
            rows=tuple((*values, *row) for values, row in zip(told, rows, strict=True)),
        )

    def steps_of(self, task: Task) -> Table:
        """The published steps of one work."""
        return self._cut("task_events", "task_id", {task.task_id})

    def sheets(self, subset: Subset) -> list[Table]:
        """The subset's targets, values, works, events and sources, in this order."""
        targets = self._cut("targets_wide", "target_id", subset.targets)
        series = dict.fromkeys(
            (each.indicator_id, each.region_id) for each in self.package.targets if each.target_id in subset.targets
        )
        values = replace(
            self.tables["observations"], rows=tuple(row for key in series for row in self.values.get(key, ()))
        )
        tasks = self._cut("tasks", "task_id", subset.tasks)
        events = self._cut("task_events", "task_id", subset.tasks)
        sources = self._cut("sources", "source_id", {*values.column("source_id"), *events.column("source_id")})
        return [targets, values, tasks, events, sources]

    def _cut(self, name: str, column: str, wanted: Collection[Cell]) -> Table:
        """The rows of a table whose `column` holds one of `wanted`."""
        table = self.tables[name]
        index = table.names.index(column)
        return replace(table, rows=tuple(row for row in table.rows if row[index] in wanted))
