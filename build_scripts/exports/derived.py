"""Tables computed here: verdicts on targets, works and groups, their history, and where each number comes from.

Gets an `Edition`, gives `Table`s. Titles and meanings of the columns are in `locale/<lang>/opendata.toml`; a column
that repeats one of the package keeps the package's own title, type and meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from build_scripts.core.method import METHOD_VERSION, Assessment
from build_scripts.exports.edition import Edition
from build_scripts.exports.provenance import traced_numbers
from build_scripts.exports.tables import Cell, Row, Table, cell, rows_of, unit_of_targets
from build_scripts.locale import t

# Column → Table Schema type; columns not named here are strings.
_TYPES: Mapping[str, str] = {
    "as_of": "date",
    "pub": "date",
    "due": "date",
    "progress_pct": "number",
    "time_pct": "number",
    "gap_pp": "number",
    "ratio": "number",
    "attainment_pct": "number",
    "derived": "number",
    "value": "number",
    "latest_value": "number",
    "judged_value": "number",
    "score": "number",
    "scored": "integer",
    "targets": "integer",
    "tier": "integer",
    "latest_tier": "integer",
    "latest_pub": "date",
    "searched_on": "date",
    "figures": "integer",
    "stands": "boolean",
}
# What identifies a published value.
_VALUE = ("indicator_id", "region_id", "period", "basis", "pub", "source_id")
_VERDICT = (
    "status",
    "status_label",
    "family",
    "reason",
    "method",
    "progress_pct",
    "time_pct",
    "gap_pp",
    "ratio",
    "attainment_pct",
    "derived",
    "flags",
    "grade",
    "period",
    "value",
    "source_id",
    "source_ids",
)
# What was searched for a target past its deadline without a value, and the last search that says so.
DISCLOSURE = ("disclosure", "disclosure_label", "searched_on", "searched_place", "searched_url")
# A named work is a milestone: days instead of progress. A group has a score instead of a figure.
_EVENT = ("status", "status_label", "family", "reason", "derived", "flags", "grade", "source_ids")
_GROUP = ("status", "status_label", "family", "reason", "ratio", "flags", "grade")
# What is kept of a verdict of the past; whoever wants the rest rebuilds that day with `--as-of`.
_PAST = ("status", "status_label", "reason", "progress_pct", "ratio", "flags", "grade", "period", "value", "source_id")
_REQUIRED = frozenset(
    {"target_id", "task_id", "region_id", "as_of", "status", "status_label", "family", "method_version"}
)
_TRACED = (
    "table",
    "key",
    "field",
    "value",
    "unit",
    "figure_as_printed",
    "document",
    "source",
    "tier",
    "address",
    "pub",
)


def assessment_table(edition: Edition) -> Table:
    """The verdict on every target on the edition's day, in the package's order."""
    units = unit_of_targets(edition.package)
    rows = tuple(
        (
            *(target.target_id, edition.as_of, METHOD_VERSION),
            *_verdict(edition.assessments[target.target_id]),
            *disclosure_cells(edition, target.target_id),
            _unit(edition.assessments[target.target_id], units[target.target_id]),
        )
        for target in edition.package.targets
    )
    columns = ("target_id", "as_of", "method_version", *_VERDICT, *DISCLOSURE, "unit")
    return derived_table("assessments", columns, rows, key=("target_id",), links={"target_id": "targets"})


def task_table(edition: Edition) -> Table:
    """The verdict on every named work on the edition's day, in the package's order; works not judged are left out."""
    rows = tuple(
        (task.task_id, edition.as_of, METHOD_VERSION, *_verdict(edition.tasks[task.task_id], _EVENT))
        for task in edition.package.tasks
        if task.task_id in edition.tasks
    )
    columns = ("task_id", "as_of", "method_version", *_EVENT)
    return derived_table("task_assessments", columns, rows, key=("task_id",), links={"task_id": "tasks"})


def group_table(edition: Edition) -> Table:
    """The unofficial bundle view of every group of regions on the edition's day: score and counts, never a ranking."""
    rows = tuple(
        (
            *(group.group_id, edition.as_of, METHOD_VERSION),
            *_verdict(group.assessment, _GROUP),
            *(group.score, group.scored, len(group.targets), group.weakest, t("opendata.group_assessments.label")),
        )
        for group in edition.groups.values()
    )
    tail = ("score", "scored", "targets", "weakest", "label")
    columns = ("region_id", "as_of", "method_version", *_GROUP, *tail)
    return derived_table("group_assessments", columns, rows, key=("region_id",), links={"region_id": "regions"})


def history_table(edition: Edition) -> Table:
    """Every target's verdict on each day of the history, in the package's order, oldest first."""
    by_target, units = edition.history_by_target, unit_of_targets(edition.package)
    rows = tuple(
        (
            *(target.target_id, point.as_of, METHOD_VERSION),
            *_verdict(point.assessment, _PAST),
            _unit(point.assessment, units[target.target_id]),
        )
        for target in edition.package.targets
        for point in by_target.get(target.target_id, ())
    )
    columns = ("target_id", "as_of", "method_version", *_PAST, "unit")
    return derived_table("status_history", columns, rows, key=("target_id", "as_of"), links={"target_id": "targets"})


def provenance_table(edition: Edition) -> Table:
    """Every published number with its source, tier, address, day and printed form."""
    return derived_table(
        "provenance", _TRACED, rows_of(traced_numbers(edition), _TRACED), key=("table", "key", "field"), links={}
    )


def standing_table(edition: Edition, observations: Table) -> Table:
    """Every published value with whether it stands for its period, and why it does not, in the package's order.

    `observations` is the package's own table, whose columns are described as there.
    """
    given = {field.name: dict(field.raw) for field in observations.fields}
    found = edition.standings
    values = edition.package.observations
    reasons = (found[seen.indicator_id, seen.region_id].why(seen) for seen in values)
    rows = tuple(
        (*row, not why, why or None, _why_label(why)) for row, why in zip(rows_of(values, _VALUE), reasons, strict=True)
    )
    table = derived_table("standing", (*_VALUE, "stands", "why", "why_label"), rows, key=_VALUE, links={}, given=given)
    whole = {"fields": list(_VALUE), "reference": {"resource": "observations", "fields": list(_VALUE)}}
    return replace(table, schema={**table.schema, "foreignKeys": [whole]})


def _why_label(why: str) -> str | None:
    return t(f"opendata.why.{why}") if why else None


def disclosure_cells(edition: Edition, target_id: str) -> Row:
    """The cells of `DISCLOSURE`; empty for a target that is not due or has a value."""
    found = edition.searched.get(target_id)
    if found is None:
        return (None,) * len(DISCLOSURE)
    latest = found.latest
    label = t(f"disclosure.label.{found.state}")
    if latest is None:
        return (found.state.value, label, None, None, None)
    return tuple(cell(value) for value in (found.state.value, label, latest.date, latest.place, latest.url))


def _verdict(verdict: Assessment, columns: tuple[str, ...] = _VERDICT) -> Row:
    """The cells of `columns` of a verdict."""
    values: dict[str, Any] = {name: getattr(verdict, name, None) for name in columns}
    values["status"] = verdict.status.value
    values["status_label"] = t(f"status.label.{verdict.status}")
    values["family"] = verdict.status.family.value
    values["reason"] = verdict.reason.value if verdict.reason else None
    values["grade"] = verdict.grade.value if verdict.grade else None
    return tuple(cell(values[name]) for name in columns)


def _unit(verdict: Assessment, unit: str) -> Cell:
    """The unit of a verdict's value, if it has one; it stands behind the columns that some readers count."""
    return cell(unit if verdict.value is not None else "")


def derived_table(
    name: str,
    columns: Iterable[str],
    rows: tuple[Row, ...],
    *,
    key: tuple[str, ...],
    links: Mapping[str, str],
    given: Mapping[str, Mapping[str, Any]] | None = None,
) -> Table:
    """A derived table; `links` are foreign keys (column → table with the same key), `given` ready descriptions."""
    listed = [(given or {}).get(column) or _described(name, column) for column in columns]
    foreign = [
        {"fields": [column], "reference": {"resource": table, "fields": [column]}} for column, table in links.items()
    ]
    schema = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": listed,
        "missingValues": [""],
        "primaryKey": list(key),
        **({"foreignKeys": foreign} if foreign else {}),
    }
    return Table(name, t(f"opendata.{name}.title"), t(f"opendata.{name}.description"), schema, rows, derived=True)


def _described(table: str, column: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column,
        "type": _TYPES.get(column, "string"),
        "title": t(f"opendata.field.{column}.title"),
        "description": t(f"opendata.field.{column}.meaning"),
    }
    if column in _REQUIRED:
        described["constraints"] = {"required": True}
    if column.endswith("_pct"):
        described["unit"] = "%"
    if table == "provenance" and column == "value":
        described["description"] = t("opendata.field.value.traced")
    return described
