"""What was searched for targets past their deadline without a value: counts of a set of them, and the state of one.

Gets tallies and entries, gives views and phrases. Nothing here says that something was not published unless the
state rests on a search (method §2).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from build_scripts.core.method import Disclosure
from build_scripts.core.records import Search
from build_scripts.locale import by_comma, by_semicolon, day, how_many, stop, t
from build_scripts.report import Tally, TargetEntry


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many targets have one disclosure state, and what the state means."""

    code: str
    label: str
    meaning: str
    count: int


@dataclass(frozen=True, slots=True)
class DisclosureCounts:
    """The targets past their deadline without a value, by state; all four are there, also those nobody has."""

    sentence: str
    states: tuple[StateCount, ...]


@dataclass(frozen=True, slots=True)
class SearchRow:
    """One search, as text; `address` is the page that was searched or is known to hold the figure.

    `kind` is what sort of place it is; empty where its name says so.
    """

    day: str
    place: str
    kind: str
    address: str
    query: str
    result: str
    note: str


@dataclass(frozen=True, slots=True)
class DisclosureView:
    """The disclosure state of one target: its name, what may be said, and the searches it rests on."""

    code: str
    label: str
    line: str
    address: str
    searches: tuple[SearchRow, ...]
    caption: str


def counts(counted: Tally) -> DisclosureCounts | None:
    """The counts for a page; None where no target is past its deadline without a value."""
    if not counted.unanswered:
        return None
    states = tuple(StateCount(s.value, label(s), t(f"disclosure.meaning.{s}"), n) for s, n in counted.by_disclosure)
    total = how_many(counted.unanswered, "item")
    return DisclosureCounts(t("disclosure.sentence", count=total, parts=_parts(counted)), states)


def brief(counted: Tally) -> str:
    """The counts in one clause: how many are past their deadline without a value, and what was searched for them."""
    if not counted.unanswered:
        return ""
    return t("disclosure.brief", count=how_many(counted.unanswered, "item"), parts=_parts(counted))


def numbers(counted: Tally) -> tuple[str, ...]:
    """The count of each state for the cells of a table, in the method's order."""
    return tuple(str(count) for _state, count in counted.by_disclosure)


def nought(rows: Iterable[Tally], whose: str) -> str:
    """Which states no row of a table has, in one sentence instead of columns of noughts; empty where each is there.

    `whose` is what the rows are: `bodies` or `places`.
    """
    total: dict[Disclosure, int] = {}
    for counted in rows:
        for state, count in counted.by_disclosure:
            total[state] = total.get(state, 0) + count
    if not any(total.values()):
        return t(f"disclosure.nought.{whose}")
    missing = [label(state) for state, count in total.items() if not count]
    return t("disclosure.nought.some", states=by_semicolon(missing)) if missing else ""


def _parts(counted: Tally) -> str:
    return by_comma(
        t("disclosure.part", label=label(state), count=how_many(count, "item"))
        for state, count in counted.by_disclosure
        if count
    )


def label(state: Disclosure) -> str:
    """A state's name."""
    return t(f"disclosure.label.{state}")


def line(entry: TargetEntry) -> str:
    """What may be said of one target, in one sentence; empty for a target that is not due or has a value."""
    if entry.searched is None:
        return ""
    state, latest = entry.searched.state, entry.searched.latest
    if latest is None:
        return t(f"disclosure.line.{state}")
    if state is Disclosure.EXISTS_NOT_COLLECTED and latest.note:
        return t("disclosure.line.told", note=latest.note.rstrip(stop()))
    return t(f"disclosure.line.{state}", place=latest.place, day=day(latest.date))


def view(entry: TargetEntry) -> DisclosureView | None:
    """The state of one target for its page; None for a target that is not due or has a value."""
    found = entry.searched
    if found is None:
        return None
    rows = search_rows(found.searches)
    caption = t("disclosure.caption.searches", name=entry.target.name, count=how_many(len(rows), "place"))
    address = found.latest.url if found.latest and found.state is Disclosure.EXISTS_NOT_COLLECTED else ""
    return DisclosureView(found.state.value, label(found.state), line(entry), address, rows, caption)


def _kind(search: Search) -> str:
    kind = t(f"disclosure.place_kind.{search.place_kind}")
    return "" if kind in search.place else kind


def search_rows(searches: Iterable[Search]) -> tuple[SearchRow, ...]:
    """Searches as table rows, in the order given."""
    return tuple(
        SearchRow(
            day=day(search.date),
            place=search.place,
            kind=_kind(search),
            address=search.url,
            query=search.query,
            result=t(f"disclosure.result.{search.result}"),
            note=search.note.rstrip(stop()),
        )
        for search in searches
    )
