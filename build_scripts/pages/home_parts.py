"""What the home page is made of: the results by name, the counties, the lead units, the next days, the latest sources.

Gets the report, gives small views. Counts rank nobody: all lists are in the package's own order.
"""

from __future__ import annotations

from dataclasses import dataclass

from build_scripts.core.method import Family, Status
from build_scripts.core.records import Link, Region, Source
from build_scripts.core.vocabulary import Role
from build_scripts.locale import DASH, count_in_words, day, first_part, how_many, listed, period, span, t, words
from build_scripts.pages import parts, wording
from build_scripts.pages.cells import owner_cell
from build_scripts.pages.county_bars import counties
from build_scripts.pages.parts import Badge
from build_scripts.pages.place_figures import tile_places
from build_scripts.pages.updates import update_day
from build_scripts.pages.worklines import count_words
from build_scripts.report import Report, TargetEntry, Update, tally
from build_scripts.report.concerns import bare_region, concerns, works_in
from build_scripts.report.deadlines import deadlines
from build_scripts.report.ordering import NOTHING, rank
from build_scripts.report.reach import reach as record_reach
from build_scripts.report.works import work_of, works

NAMED = 6
WORKS_OPEN = 3
QUERIES = 6
DUE_SHOWN = 3
SOURCES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A promise of which the result is known, in words."""

    badge: Badge
    link: Link
    words: str


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the record reaches: the publications read, the newest of them, the last search."""

    sentence: str
    link: Link


@dataclass(frozen=True, slots=True)
class Tile:
    """A county: its promises and works, and of how many anything is known; no link where the map has a gap."""

    link: Link | None
    count: str
    known: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """What a lead unit leads, and what of it can be found."""

    link: Link
    leads: str
    known: str
    unanswered: str


@dataclass(frozen=True, slots=True)
class DueLine:
    """Something due next."""

    day: str
    link: Link
    owner: Link


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A publication with all that it brought, in one line."""

    day: str
    link: Link
    publisher: str
    brought: str


def headline(report: Report) -> str:
    """How many promises, and of how many the result can be found."""
    if not report.tally.total:
        return t("home.empty")
    cities = report.package.places(Role.WHOLE)
    facts = {
        "place": bare_region(cities[0]) if cities else report.package.plans[0].issuer,
        "total": how_many(report.tally.total, "case"),
        "judged": how_many(report.tally.judged, "case"),
        "plans": count_in_words(len(report.package.plans), "copy"),
    }
    return t("home.headline.some" if report.tally.judged else "home.headline.none", **facts)


def named(report: Report) -> tuple[Named, ...]:
    """The promises with a result, met ones first."""
    order = list(Status)
    judged = sorted(_judged(report), key=lambda entry: order.index(entry.status))
    return tuple(Named(parts.badge(each.status), parts.target_link(each), _result(each)) for each in judged[:NAMED])


def named_rest(report: Report) -> str:
    """How many more have a result than are named."""
    rest = len(_judged(report)) - NAMED
    return t("home.headline.rest", count=how_many(rest, "case")) if rest > 0 else ""


def _judged(report: Report) -> list[TargetEntry]:
    return [entry for entry in report.entries if entry.status.family is not Family.UNJUDGED]


def _result(entry: TargetEntry) -> str:
    """What is known of the result: the deed and how late it was, or the figure against what was asked."""
    figure = entry.latest
    if figure:
        seen = figure.observation
        said = {"period": period(seen.period), "amount": wording.amount(seen.value, entry.indicator.unit)}
        said |= {"mark": wording.mark(seen.obs_status), "asked": wording.short_condition(entry)}
        return t("home.named.figure", **said, deadline=wording.deadline(entry))
    done = [each.event for each in entry.happenings if each.event.state == "done"]
    if not done:
        return parts.latest_cell(entry)
    event = done[-1]
    what = first_part(event.note) or t("reading.state.done")
    if entry.deadline and event.date > entry.deadline:
        return t("home.named.late", day=day(event.date), what=what, span=span(entry.deadline, event.date))
    return t("home.named.done", day=day(event.date), what=what)


def reach(report: Report) -> Reach:
    """How far the record reaches, in one sentence."""
    record = record_reach(report)
    newest = t("home.reach.newest", day=day(record.newest)) if record.newest else ""
    searched = t("home.reach.searched", day=day(record.searched)) if record.searched else ""
    count = how_many(len(report.package.sources), "copy")
    words = t("home.reach.sentence", count=count, newest=newest, searched=searched)
    return Reach(words, Link(t("home.reach.link"), "sources/"))


def queries(report: Report) -> tuple[str, ...]:
    """Examples of what to search for: those of the catalogue's that the package speaks of."""
    package = report.package
    names = [each.name for each in package.targets]
    names += [each.name for each in package.tasks]
    names += [each.name for each in package.indicators]
    examples = words("home.search.examples")
    return tuple(word for word in examples if any(word in name for name in names))[:QUERIES]


def tiles(report: Report) -> tuple[tuple[Tile, ...], int]:
    """The counties as tiles row by row, and how many columns; places come from the package, else from their order."""
    regions = counties(report)
    if not regions:
        return (), 0
    places = tile_places(report)
    columns = max((column for _row, column in places.values()), default=2) + 1
    if set(places) != {region.region_id for region in regions} or len(set(places.values())) != len(regions):
        return tuple(_tile(report, region) for region in regions), 3
    rows = max(row for row, _column in places.values()) + 1
    at = {place: region for region in regions for place in (places[region.region_id],)}
    grid = [at.get((row, column)) for row in range(rows) for column in range(columns)]
    return tuple(_tile(report, region) for region in grid), columns


def _tile(report: Report, region: Region | None) -> Tile:
    if region is None:
        return Tile(None, "", "")
    found = [each.entry for each in concerns(report, region)]
    tasks = [work_of(report, task) for task in works_in(report, region)]
    known = sum(rank(entry) < NOTHING for entry in found) + sum(work.last is not None for work in tasks)
    return Tile(
        link=Link(region.name, parts.region_link(region).address),
        count=t("home.tile.count", count=len(found) + len(tasks)),
        known=t("home.tile.known", count=known),
    )


def works_sentence(report: Report) -> str:
    """How many works there are and of how many anything was published."""
    return count_words(works(report))


def unit_lines(report: Report) -> tuple[UnitLine, ...]:
    """Every unit that answers for targets, in the package's order; those nobody answers for come last."""
    groups: dict[str, list[TargetEntry]] = {unit.unit_id: [] for unit in report.package.units}
    for entry in report.entries:
        owner = entry.lead
        groups.setdefault(owner.unit_id if owner else "", []).append(entry)
    return tuple(
        _unit_line(owner_cell(report.package.unit_by_id.get(unit_id)), entries)
        for unit_id, entries in groups.items()
        if entries
    )


def _unit_line(link: Link, entries: list[TargetEntry]) -> UnitLine:
    counted = tally(entries)
    return UnitLine(link, str(counted.total), str(counted.disclosed), str(counted.unanswered))


def due_lines(report: Report) -> tuple[DueLine, ...]:
    """The next deadlines; of one day at most as many as are shown, how many more is on the calendar."""
    ahead = [each for each in deadlines(report) if each.day >= report.as_of][:DUE_SHOWN]
    return tuple(
        DueLine(
            day(each.day) if each.exact else t("calendar.row.year", year=each.day.year),
            parts.target_link(each.entry) if each.entry else parts.work_link(each.task) if each.task else Link("", ""),
            owner_cell(each.owner) if each.owner else Link(DASH, ""),
        )
        for each in ahead
    )


def source_lines(report: Report) -> tuple[SourceLine, ...]:
    """The latest publications, newest first, each once with how much it brought."""
    found: dict[str, list[Update]] = {}
    for update in report.dated_updates:
        found.setdefault(update.source.source_id, []).append(update)
    return tuple(_source_line(each[0].source, each) for each in list(found.values())[:SOURCES_SHOWN])


def _source_line(source: Source, found: list[Update]) -> SourceLine:
    figures = sum(update.observation is not None for update in found)
    counts = {"figures": (figures, "each"), "steps": (len(found) - figures, "item")}
    brought = listed(t(f"home.latest.{name}", count=how_many(n, measure)) for name, (n, measure) in counts.items() if n)
    return SourceLine(update_day(found[0]), parts.source_link(source), source.publisher, brought)
