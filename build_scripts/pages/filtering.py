"""What a table row can be filtered by, for the tables that carry every target or every work.

Gets an entry or a work, gives `RowKeys`; `templates/parts/_rows.md.j2` prints them as `data-` attributes, which the
filter in the reader's browser reads. Gets all rows of a table, gives the fields of its filter, words included: the
script knows none. Without a script the whole table is there and the filter is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from build_scripts.core.method import Family, Status
from build_scripts.core.records import Task, Unit
from build_scripts.core.vocabulary import Role
from build_scripts.locale import t
from build_scripts.locale.catalogue import keys
from build_scripts.report import Report, TargetEntry
from build_scripts.report.works import answering

# Also how rows outside every project or region are asked for, though they carry nothing there.
UNDATED = "none"
_STATES = "reading.state."


@dataclass(frozen=True, slots=True)
class RowKeys:
    """The codes of one row: ids, the status and its family, the deadline's year (`none` without one), `yes`/`no`.

    `status` is a status of the method for a target, the state last reported for a work (`none` without one). `unit`
    and `county` may be several ids, a space between: who answers, and the counties it concerns.
    """

    plan: str
    project: str
    region: str
    status: str
    family: str
    year: str
    has_data: str
    unit: str = ""
    county: str = ""


def target_keys(entry: TargetEntry, report: Report | None = None) -> RowKeys:
    """What a target's row can be filtered by; by counties only where the report is given."""
    return RowKeys(
        plan=entry.target.plan_id,
        project=entry.target.project_id or "",
        region=entry.target.region_id,
        status=entry.status.value,
        family=entry.status.family.value,
        year=str(entry.deadline.year) if entry.deadline else UNDATED,
        has_data="yes" if entry.disclosed else "no",
        unit=_ids(entry.lead, *entry.responsible),
        county=" ".join(report.counties_by_target.get(entry.target_id, ())) if report else "",
    )


def task_keys(report: Report, task: Task) -> RowKeys:
    """What a work's row can be filtered by."""
    happenings = report.happenings_by_task.get(task.task_id, ())
    return RowKeys(
        plan=task.plan_id,
        project=task.project_id or "",
        region=task.region_id or "",
        status=happenings[-1].event.state if happenings else UNDATED,
        family="",
        year=str(task.due.year) if task.due else UNDATED,
        has_data="yes" if happenings else "no",
        unit=_ids(*answering(report, task)),
        county=" ".join(report.counties_by_task.get(task.task_id, ())),
    )


def _ids(*units: Unit | None) -> str:
    return " ".join(dict.fromkeys(unit.unit_id for unit in units if unit))


@dataclass(frozen=True, slots=True)
class FilterOption:
    """A choice: the code rows carry and its words."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """Choices under one heading; without a `label` they stand by themselves."""

    label: str
    options: tuple[FilterOption, ...]


@dataclass(frozen=True, slots=True)
class FilterField:
    """A drop-down of the filter: its name in the address, its label, its choices."""

    name: str
    label: str
    groups: tuple[FilterGroup, ...]


def filter_fields(report: Report, rows: Sequence[RowKeys]) -> tuple[FilterField, ...]:
    """The fields by which these rows differ, with only the choices that some row has, in the site's own order."""
    package = report.package
    plans = {plan.plan_id: plan.name for plan in package.plans}
    regions = {region.region_id: region.name for region in package.regions} | {UNDATED: t("filter.no_region")}
    counties = {
        region.region_id: region.name for region in package.regions if package.roles[region.region_id] is Role.PART
    }
    units = {unit.unit_id: unit.name for unit in package.units}
    years = {str(year): t("filter.year", year=year) for year in range(1900, 2200)} | {UNDATED: t("filter.undated")}
    data = {code: t(f"filter.data.{code}") for code in ("yes", "no")}
    found = (
        ("plan", (FilterGroup("", _options(plans, (row.plan for row in rows))),)),
        ("project", tuple(_projects(report, {row.project for row in rows}))),
        ("county", (FilterGroup("", _options(counties, _several(row.county for row in rows))),)),
        ("unit", (FilterGroup("", _options(units, _several(row.unit for row in rows))),)),
        ("region", (FilterGroup("", _options(regions, (row.region or UNDATED for row in rows))),)),
        ("status", tuple(_statuses({row.status for row in rows}))),
        ("year", (FilterGroup("", _options(years, (row.year for row in rows))),)),
        ("data", (FilterGroup("", _options(data, (row.has_data for row in rows))),)),
    )
    return tuple(
        FilterField(name, t(f"filter.field.{name}"), groups)
        for name, groups in found
        if len({option.value for group in groups for option in group.options}) > 1
    )


def _several(cells: Iterable[str]) -> Iterator[str]:
    """The ids in cells that may hold several."""
    return (each for cell in cells for each in cell.split())


def _options(labels: dict[str, str], used: Iterable[str]) -> tuple[FilterOption, ...]:
    """The labelled codes that are used, in the order of `labels`."""
    present = set(used)
    return tuple(FilterOption(code, label) for code, label in labels.items() if code in present)


def _projects(report: Report, used: set[str]) -> Iterator[FilterGroup]:
    """Projects under their plans; rows outside every project come last."""
    for plan in report.package.plans:
        labels = {each.project_id: each.name for each in report.projects_by_plan[plan.plan_id]}
        if options := _options(labels, used):
            yield FilterGroup(plan.name, options)
    if "" in used:
        yield FilterGroup("", (FilterOption(UNDATED, t("filter.no_project")),))


def _statuses(used: set[str]) -> Iterator[FilterGroup]:
    """Statuses of the method under their families, each family a choice of its own; else the states of works."""
    for family in Family:
        labels = {status.value: t(f"status.label.{status.value}") for status in Status if status.family is family}
        if options := _options(labels, used):
            name = t(f"status.family.{family.value}")
            whole = FilterOption(family.value, t("filter.family", label=name))
            yield FilterGroup(name, (whole, *options) if len(options) > 1 else options)
    states = {key.removeprefix(_STATES): t(key) for key in keys(_STATES)}
    if options := _options(states, used):
        yield FilterGroup("", options)
    if UNDATED in used:
        yield FilterGroup("", (FilterOption(UNDATED, t("filter.not_reported")),))
