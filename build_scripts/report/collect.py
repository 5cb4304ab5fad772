"""What to look for next: publications known to exist but not recorded, then due targets whose authority was not asked.

Gets the report, gives `Lead`s, the one that would unlock most targets first within each of the two.
Source: assessment method §2 (disclosure states).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from build_scripts.core.links import host_of
from build_scripts.core.method import Disclosure
from build_scripts.core.records import Search
from build_scripts.locale import place_and_name
from build_scripts.report.entries import TargetEntry
from build_scripts.report.report import Report

KNOWN, UNASKED = "known", "unasked"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One figure, or the news of one work, that settles targets; `task_id` is set where it is news of a work.

    `name` is what it is called: the figure's place and indicator, or the work.
    """

    indicator_id: str
    region_id: str
    period: str
    entries: tuple[TargetEntry, ...]
    task_id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """One thing to look for: where, for what, and which targets it would unlock.

    `kind` is `known` (a publication that exists) or `unasked`; `note` says how a publication is known.
    """

    kind: str
    body: str
    place: str
    address: str
    words: tuple[str, ...]
    wanted: tuple[Wanted, ...]
    note: str = ""

    @property
    def unlocks(self) -> int:
        """How many targets it would settle."""
        return len({entry.target_id for each in self.wanted for entry in each.entries})


def leads(report: Report) -> tuple[Lead, ...]:
    """What to look for, best first; among equals in the package's order."""
    known = sorted(_known(report), key=lambda lead: -lead.unlocks)
    unasked = sorted(_unasked(report), key=lambda lead: -lead.unlocks)
    return (*known, *unasked)


def _known(report: Report) -> Iterator[Lead]:
    """One lead a publication: what it is known to hold, by its address, else by its note."""
    by_publication: dict[str, list[Search]] = {}
    for search in report.package.searches:
        if search.result == Disclosure.EXISTS_NOT_COLLECTED and not _is_recorded(report, search):
            by_publication.setdefault(search.url or search.note, []).append(search)
    for searches in by_publication.values():
        first = searches[0]
        ids = {search.search_id for search in searches}
        found = [entry for entry in report.unanswered if entry.searched and _rests_on(entry, ids)]
        wanted = _wanted(found)
        asked = {(each.indicator_id, each.region_id) for each in wanted}
        more = (each for each in searches if (each.indicator_id, each.region_id) not in asked)
        wanted += tuple(_unwanted(report, each) for each in more)
        words = tuple(dict.fromkeys(name for each in searches for name in _names(report, each)))
        yield Lead(KNOWN, first.place, first.place, first.url, words, wanted, first.note)


def _unwanted(report: Report, search: Search) -> Wanted:
    """What a publication is known to hold although no target waits for it."""
    package = report.package
    indicator = package.indicator_by_id.get(search.indicator_id or "")
    region = package.region_by_id.get(search.region_id or "")
    task, target = package.task_by_id.get(search.task_id or ""), package.target_by_id.get(search.target_id or "")
    if indicator:
        name = place_and_name(region.name, indicator.name) if region else indicator.name
    else:
        name = task.name if task else target.name if target else search.place
    return Wanted(search.indicator_id or "", search.region_id or "", search.period or "", (), name=name)


def _rests_on(entry: TargetEntry, search_ids: set[str]) -> bool:
    found = entry.searched
    return found is not None and any(each.search_id in search_ids for each in found.searches)


def _is_recorded(report: Report, search: Search) -> bool:
    """Whether the record holds by now what the search said was published."""
    series = report.figures_by_series.get((search.indicator_id or "", search.region_id or ""), ())
    return bool(search.period) and any(figure.observation.period == search.period for figure in series)


def _names(report: Report, search: Search) -> Iterator[str]:
    indicator = report.package.indicator_by_id.get(search.indicator_id or "")
    if indicator:
        yield indicator.name


def _unasked(report: Report) -> Iterator[Lead]:
    """One lead a figure or work: those whose authority's own channel nobody has searched since the deadline."""
    open_states = (Disclosure.NOT_SEARCHED, Disclosure.SEARCHED_ELSEWHERE)
    due = [entry for entry in report.unanswered if entry.searched and entry.searched.state in open_states]
    hosts = _hosts(report)
    for wanted in _wanted(due):
        entry = wanted.entries[0]
        body = _body(entry)
        words = tuple(dict.fromkeys((entry.region.name, entry.indicator.name, entry.target.name, wanted.period)))
        yield Lead(UNASKED, body, body, hosts.get(body, ""), words, (wanted,))


def _wanted(entries: list[TargetEntry]) -> tuple[Wanted, ...]:
    """The figures that would settle targets, each once; a milestone is settled by news of its work."""
    found: dict[tuple[str, str, str, str], list[TargetEntry]] = {}
    for entry in entries:
        year = str(entry.deadline.year) if entry.deadline else ""
        work = entry.tasks[0].task_id if entry.target.kind == "milestone" and entry.tasks else ""
        key = (entry.indicator.indicator_id, entry.region.region_id, year, work)
        found.setdefault(key, []).append(entry)
    return tuple(Wanted(*key[:3], tuple(group), key[3], _name(group[0], key[3])) for key, group in found.items())


def _name(entry: TargetEntry, task_id: str) -> str:
    return entry.tasks[0].name if task_id else place_and_name(entry.region.name, entry.indicator.name)


def _body(entry: TargetEntry) -> str:
    """Who would publish it: the unit that answers, else who published the series, else who issued the plan."""
    if entry.lead:
        return entry.lead.name
    official = Counter(figure.source.publisher for figure in entry.figures if figure.source.tier == 1)
    return official.most_common(1)[0][0] if official else entry.plan.issuer


def _hosts(report: Report) -> dict[str, str]:
    """The site of each publisher whose own publications the record holds."""
    found: dict[str, str] = {}
    for source in report.package.sources:
        if source.tier == 1 and host_of(source.url):
            parts = urlsplit(source.url)
            found.setdefault(source.publisher, f"{parts.scheme}://{parts.netloc}/")
    return found
