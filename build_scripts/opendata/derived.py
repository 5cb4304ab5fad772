"""Tables computed here: verdicts, their history, where each number comes from, and the wide table for spreadsheets.

Gets an `Edition`, gives `Table`s. Titles and meanings of the columns are in `i18n/<lang>/opendata.toml`; a column that
repeats one of the package keeps the package's own title, type and meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from build_scripts.method import METHOD_VERSION, Assessment
from build_scripts.model import Observation, Source, Target
from build_scripts.opendata.edition import Edition
from build_scripts.opendata.provenance import TracedNumber, traced_numbers
from build_scripts.opendata.tables import Cell, Row, Table, cell
from build_scripts.text import t

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
    "tier": "integer",
    "latest_tier": "integer",
    "latest_pub": "date",
}
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
# What is kept of a verdict of the past; whoever wants the rest rebuilds that day with `--as-of`.
_PAST = ("status", "status_label", "reason", "progress_pct", "ratio", "flags", "grade", "period", "value", "source_id")
_REQUIRED = frozenset({"target_id", "as_of", "status", "status_label", "family", "method_version"})
_TRACED = ("table", "key", "field", "value", "unit", "figure_as_printed", "source", "tier", "address", "pub")


def assessment_table(edition: Edition) -> Table:
    """The verdict on every target on the edition's day, in the package's order."""
    rows = tuple(
        (target.target_id, edition.as_of, METHOD_VERSION, *_verdict(edition.assessments[target.target_id]))
        for target in edition.package.targets
    )
    columns = ("target_id", "as_of", "method_version", *_VERDICT)
    return _derived("assessments", columns, rows, key=("target_id",), links={"target_id": "targets"})


def history_table(edition: Edition) -> Table:
    """Every target's verdict on each day of the history, in the package's order, oldest first."""
    by_target = edition.history_by_target
    rows = tuple(
        (target.target_id, point.as_of, METHOD_VERSION, *_verdict(point.assessment, _PAST))
        for target in edition.package.targets
        for point in by_target.get(target.target_id, ())
    )
    columns = ("target_id", "as_of", "method_version", *_PAST)
    return _derived("status_history", columns, rows, key=("target_id", "as_of"), links={"target_id": "targets"})


def provenance_table(edition: Edition) -> Table:
    """Every published number with its source, tier, address, day and printed form."""
    rows = tuple(_traced(each) for each in traced_numbers(edition))
    return _derived("provenance", _TRACED, rows, key=("table", "key", "field"), links={})


def wide_table(edition: Edition, targets: Table) -> Table:
    """One row a target: what was promised, where it stands, what was last published and by whom, names instead of ids.

    `targets` is the package's own table of targets, whose columns are described as there.
    """
    own = {field.name: field for field in targets.fields}
    head = ("target_id", "plan", "project", "name", "indicator", "region", "lead_unit")
    promised = ("kind", "comparator", "value", "value_high", "unit", "figure_as_printed", "section")
    timed = ("baseline_period", "baseline_value", "period_start", "target_period", "due", "in_totals")
    latest = ("latest_period", "latest_value", "latest_basis", "latest_obs_status", "latest_figure_as_printed")
    sourced = ("latest_pub", "latest_source", "latest_publisher", "latest_tier", "latest_url")
    judged = ("status", "status_label", "family", "reason", "progress_pct", "time_pct", "gap_pp", "ratio")
    rest = ("attainment_pct", "grade", "judged_period", "judged_value", "as_of", "address", "flags", "note")
    columns = (*head, *promised, *timed, *judged, *rest[:4], *latest, *sourced, *rest[4:])
    rows = tuple(_wide(edition, target, columns) for target in edition.package.targets)
    kept = {*promised, *timed, "target_id", "name", "flags", "note"}
    given = {name: dict(own[name].raw) for name in columns if name in kept and name in own}
    return _derived("targets_wide", columns, rows, key=("target_id",), links={"target_id": "targets"}, given=given)


def _wide(edition: Edition, target: Target, columns: Iterable[str]) -> Row:
    package = edition.package
    verdict = edition.assessments[target.target_id]
    project = package.project_by_id[target.project_id].short_title if target.project_id else None
    values: dict[str, Any] = {name: getattr(target, name, None) for name in columns}
    values |= {
        "plan": package.plan_by_id[target.plan_id].short_title,
        "project": project,
        "indicator": package.indicator_by_id[target.indicator_id].name,
        "region": package.region_by_id[target.region_id].name,
        "lead_unit": package.unit_by_id[target.lead_unit_id].name if target.lead_unit_id else None,
        "status": verdict.status.value,
        "status_label": t(f"status.label.{verdict.status}"),
        "family": verdict.status.family.value,
        "reason": verdict.reason.value if verdict.reason else None,
        "grade": verdict.grade.value if verdict.grade else None,
        "judged_period": verdict.period,
        "judged_value": verdict.value,
        "as_of": edition.as_of,
        "address": edition.address(f"targets/{target.target_id}/"),
    }
    for name in ("progress_pct", "time_pct", "gap_pp", "ratio", "attainment_pct"):
        values[name] = getattr(verdict, name)
    seen = latest_observation(edition, target)
    if seen:
        values |= _latest(seen, package.source_by_id[seen.source_id])
    return tuple(cell(values[name]) for name in columns)


def _latest(seen: Observation, source: Source) -> dict[str, Cell]:
    return {
        "latest_period": seen.period,
        "latest_value": seen.value,
        "latest_basis": seen.basis,
        "latest_obs_status": seen.obs_status,
        "latest_figure_as_printed": seen.figure_as_printed,
        "latest_pub": seen.pub,
        "latest_source": source.title,
        "latest_publisher": source.publisher,
        "latest_tier": source.tier,
        "latest_url": source.url,
    }


def latest_observation(edition: Edition, target: Target) -> Observation | None:
    """The value published last about a target's own indicator and region; of one day, the one of the latest period."""
    series = edition.package.observations_by_series.get((target.indicator_id, target.region_id), ())
    published = [each for each in series if each.value is not None]
    return max(published, key=lambda each: (each.pub, each.period), default=None)


def _verdict(verdict: Assessment, columns: tuple[str, ...] = _VERDICT) -> Row:
    """The cells of `columns` of a verdict."""
    values: dict[str, Any] = {name: getattr(verdict, name, None) for name in columns}
    values["status"] = verdict.status.value
    values["status_label"] = t(f"status.label.{verdict.status}")
    values["family"] = verdict.status.family.value
    values["reason"] = verdict.reason.value if verdict.reason else None
    values["grade"] = verdict.grade.value if verdict.grade else None
    return tuple(cell(values[name]) for name in columns)


def _traced(number: TracedNumber) -> Row:
    return tuple(cell(getattr(number, name)) for name in _TRACED)


def _derived(
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
