"""The data-quality page: which checks ran, what they warn of, and for how many promises anything is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from build_scripts.charts import ChartFigure
from build_scripts.checks import CHECKS
from build_scripts.checks.printed import explained
from build_scripts.checks.sentences import said
from build_scripts.core.records import Link, Page, Violation
from build_scripts.core.settings import DESCRIPTOR
from build_scripts.exports import Edition, addresses, coverage, table_path
from build_scripts.locale import by_comma, how_many, listed, number, percent, t
from build_scripts.locale.catalogue import keys
from build_scripts.pages import disclosure, parts
from build_scripts.pages.site_data import SiteData
from build_scripts.pages.whole_figures import COVERAGE
from build_scripts.report import Report, TargetEntry, tally

_TRACED_FILES = {
    "numbers": table_path("provenance", "csv"),
    "counts": "data/provenance/coverage.json",
    "list": "data/provenance/addresses.csv",
}
_NOT_CHECKS = frozenset({"checks.label"})


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check and what it found; `stops` says whether what breaks it stops the build."""

    name: str
    stops: str
    result: str
    found: bool


@dataclass(frozen=True, slots=True)
class WarningRow:
    """A warning with the row it is about; `file` leads to the published file."""

    name: str
    file: Link
    row: str
    field: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How much is published for the targets of a project or unit."""

    link: Link
    total: str
    disclosed: str
    share: str
    judged: str
    unanswered: str
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TierRow:
    """A tier of sources: how many of all numbers rest on it."""

    tier: str
    numbers: str
    share: str


@dataclass(frozen=True, slots=True)
class TracedView:
    """Where all numbers of the site come from, the plans' own among them; `files` hold it number by number."""

    sentence: str
    tiers: tuple[TierRow, ...]
    addresses: str
    files: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class QualityView:
    """What the page shows."""

    title: str
    sentence: str
    checks: tuple[CheckRow, ...]
    checks_caption: str
    reading: tuple[str, ...]
    reading_summary: str
    warnings: tuple[WarningRow, ...]
    warnings_caption: str
    coverage: str
    chart: ChartFigure | None
    projects: tuple[CoverageRow, ...]
    units: tuple[CoverageRow, ...]
    printed: str
    sentences: str
    tiers: str
    traced: TracedView | None


def pages(given: SiteData) -> Iterator[Page]:
    """The data-quality page."""
    view = _view(given)
    yield Page(
        address="data/quality/",
        template="quality",
        view=view,
        title=view.title,
        description=view.sentence,
        source=DESCRIPTOR,
        crumbs=parts.crumbs(parts.section_link("data")),
        assessed=True,
    )


def _view(given: SiteData) -> QualityView:
    report = given.report
    warnings, counted, names = report.package.warnings, report.tally, _names()
    own = {check.code for check in CHECKS}
    reading = tuple(name for code, name in names.items() if code not in own)
    return QualityView(
        title=t("quality.title"),
        sentence=t(
            "quality.sentence.warned" if warnings else "quality.sentence.clean",
            checks=how_many(len(CHECKS) + len(reading), "line"),
            warnings=how_many(len(warnings), "line"),
        ),
        checks=tuple(_check_rows(Counter(warning.code for warning in warnings))),
        checks_caption=t("quality.caption.checks", count=how_many(len(CHECKS), "line")),
        reading=reading,
        reading_summary=t("quality.reading", count=how_many(len(reading), "line")),
        warnings=tuple(_warning_row(given, names, warning) for warning in warnings),
        warnings_caption=t("quality.caption.warnings", count=how_many(len(warnings), "line")),
        coverage=t(
            "quality.coverage.sentence",
            total=how_many(counted.total, "item"),
            disclosed=how_many(counted.disclosed, "item"),
            share=percent(counted.disclosure_pct),
        ),
        chart=given.charts.get(COVERAGE),
        projects=tuple(_by_project(report)),
        units=tuple(_by_unit(report)),
        printed=_printed(report),
        sentences=_sentences(report),
        tiers=_tiers(report),
        traced=_traced(given.published.edition) if given.published else None,
    )


def _names() -> dict[str, str]:
    """Every check's name by its code, in the order of the catalogue."""
    found = {}
    for key in keys("checks."):
        head, _, last = key.rpartition(".")
        if last == "name" and head not in _NOT_CHECKS:
            found[head.partition(".")[2]] = t(key)
    return found


def _check_rows(counts: Counter[str]) -> Iterator[CheckRow]:
    """The rules a Table Schema cannot state, in the order they run."""
    for check in CHECKS:
        found = counts[check.code]
        result = t("quality.result.found", count=how_many(found, "line")) if found else t("quality.result.passed")
        yield CheckRow(check.name, t(f"quality.severity.{check.severity}"), result, found > 0)


def _warning_row(given: SiteData, names: dict[str, str], warning: Violation) -> WarningRow:
    return WarningRow(
        name=names.get(warning.code, ""),
        file=Link(warning.file, _published_path(given, warning.file)),
        row=t("quality.row", row=warning.row) if warning.row else t("quality.whole_file"),
        field=warning.field,
        message=warning.message,
        hint=warning.hint,
    )


def _published_path(given: SiteData, file: str) -> str:
    """Where a table of the package is published as CSV, by its path in the package; `""` where it is not."""
    resources = given.report.package.meta.get("resources", ())
    named = {str(each["path"]): str(each["name"]) for each in resources if isinstance(each, Mapping) and "path" in each}
    return table_path(named[file], "csv") if given.published and file in named else ""


def _by_project(report: Report) -> Iterator[CoverageRow]:
    """Projects with targets in the package's order, then each plan's targets outside projects."""
    for project in report.package.projects:
        entries = report.entries_by_project.get(project.project_id, ())
        if entries:
            yield _coverage(parts.project_link(project), entries)
    for plan in report.package.plans:
        outside = [e for e in report.entries_by_plan.get(plan.plan_id, ()) if e.project is None]
        if outside:
            link = parts.plan_link(plan)
            yield _coverage(Link(t("problem.outside", plan=link.label), link.address), outside)


def _by_unit(report: Report) -> Iterator[CoverageRow]:
    """Units that answer for targets in the package's order, then the targets nobody is named for."""
    found: dict[str, list[TargetEntry]] = {}
    for entry in report.entries:
        owner = entry.lead
        found.setdefault(owner.unit_id if owner else "", []).append(entry)
    for unit in report.package.units:
        if unit.unit_id in found:
            yield _coverage(parts.unit_link(unit), found[unit.unit_id])
    if "" in found:
        yield _coverage(Link(t("threeforms.owner_none"), ""), found[""])


def _coverage(link: Link, entries: Iterable[TargetEntry]) -> CoverageRow:
    counted = tally(entries)
    return CoverageRow(
        link=link,
        total=number(counted.total),
        disclosed=number(counted.disclosed),
        share=percent(counted.disclosure_pct, 0),
        judged=number(counted.judged),
        unanswered=number(counted.unanswered),
        states=disclosure.numbers(counted),
    )


def _printed(report: Report) -> str:
    """For how many figures the row had to say why they are not the number printed, by reason."""
    reasons = explained(report.package)
    if not reasons:
        return t("quality.printed.none")
    parts = listed(t(f"quality.printed.{word}", count=number(count)) for word, count in reasons.most_common())
    return t("quality.printed.sentence", count=how_many(reasons.total(), "each"), parts=parts)


def _sentences(report: Report) -> str:
    """How many of the plans' sentences name neither a year nor which way their figure binds, so that no check can."""
    counts = said(report.package.targets)
    if not counts["sentences"]:
        return ""
    silent = {f"no_{name}": number(counts["sentences"] - counts[name]) for name in ("year", "bound")}
    return t("quality.printed.sentences", total=how_many(counts["sentences"], "line"), **silent)


def _tiers(report: Report) -> str:
    """How many published figures rest on which tier of source."""
    counts = Counter(figure.source.tier for series in report.figures_by_series.values() for figure in series)
    total = sum(counts.values())
    if not total:
        return t("quality.tiers.none")
    parts_of = by_comma(
        t("quality.tiers.part", tier=t(f"table.tier.{tier}"), count=how_many(counts[tier], "each"))
        for tier in sorted(counts)
    )
    return t("quality.tiers.sentence", total=how_many(total, "each"), parts=parts_of)


def _traced(edition: Edition) -> TracedView:
    """Every number by the tier of what it rests on, and the addresses that have to be checked elsewhere."""
    counted = coverage(edition)
    rows = (
        TierRow(t(f"table.tier.{tier}"), number(count), percent(Decimal(100 * count) / counted.total))
        for tier, count in counted.by_tier
        if counted.total
    )
    return TracedView(
        sentence=t(
            "quality.traced.sentence",
            total=how_many(counted.total, "each"),
            without=how_many(counted.without_address, "each"),
        ),
        tiers=tuple(rows),
        addresses=t("quality.traced.addresses", count=how_many(len(addresses(edition)), "each")),
        files=tuple(Link(t(f"quality.traced.{name}"), path) for name, path in _TRACED_FILES.items()),
    )
