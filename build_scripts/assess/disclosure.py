"""What may be said of a target past its deadline for which this record holds no value: its disclosure state.

Gets a package, its verdicts and a day, gives a `SearchState` for each such target. A status says what this record
holds; only a search that is on record says anything about the authority.
Source: assessment method §2 (disclosure states).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from build_scripts.core.method import WITHOUT_VALUE, Assessment, Disclosure
from build_scripts.core.periods import parse_period
from build_scripts.core.records import Package, Search, Target

OWN_CHANNELS = frozenset({"issuer_site", "request"})
_KNOWN, _NOTHING = "exists_not_collected", "not_found"


@dataclass(frozen=True, slots=True)
class SearchState:
    """A disclosure state and the searches it rests on, the latest first; none where nothing was searched."""

    state: Disclosure
    searches: tuple[Search, ...] = ()

    @property
    def latest(self) -> Search | None:
        """The last search the state rests on."""
        return self.searches[0] if self.searches else None


def disclosures(package: Package, verdicts: Mapping[str, Assessment], as_of: date) -> dict[str, SearchState]:
    """The disclosure state of every target past its deadline without a value, by `target_id`, in file order.

    `package` is that of the day (`asof`), with the searches made by then.
    """
    record = _Record(package)
    return {
        target.target_id: record.state(target, target.deadline)
        for target in package.targets
        if target.deadline and target.deadline < as_of and verdicts[target.target_id].status in WITHOUT_VALUE
    }


class _Record:
    """The searches on record, latest first, and which targets each of them speaks of."""

    def __init__(self, package: Package) -> None:
        self.searches = sorted(package.searches, key=lambda each: each.date, reverse=True)
        self._first = {target.target_id: target.duplicate_of or target.target_id for target in package.targets}
        self._target_of_task = {task.task_id: task.target_id for task in package.tasks}

    def state(self, target: Target, deadline: date) -> SearchState:
        """The first state that fits."""
        about = [search for search in self.searches if self.speaks_of(search, target)]

        def found(state: Disclosure, holds: Callable[[Search], bool]) -> SearchState | None:
            fitting = tuple(search for search in about if holds(search))
            return SearchState(state, fitting) if fitting else None

        def in_vain(search: Search) -> bool:
            return search.result == _NOTHING and search.date > deadline

        return (
            found(Disclosure.EXISTS_NOT_COLLECTED, lambda each: each.result == _KNOWN and not _answered(each, about))
            or found(Disclosure.SEARCHED_NOT_FOUND, lambda each: in_vain(each) and each.place_kind in OWN_CHANNELS)
            or found(Disclosure.SEARCHED_ELSEWHERE, in_vain)
            or SearchState(Disclosure.NOT_SEARCHED)
        )

    def speaks_of(self, search: Search, target: Target) -> bool:
        """Whether everything a search names is the target's own; a search for a target speaks of its repeats too."""
        named = {
            self._first.get(search.target_id or ""),
            self._first.get(self._target_of_task.get(search.task_id or "") or ""),
        }
        return (
            search.plan_id in (None, target.plan_id)
            and (not (search.target_id or search.task_id) or self._first[target.target_id] in named)
            and search.indicator_id in (None, target.indicator_id)
            and search.region_id in (None, target.region_id)
            and bool(_named(search))
            and _covers(search.period, target)
        )


def _named(search: Search) -> tuple[str, ...]:
    """What a search names that can be somebody's own; an indicator without its region, or the reverse, is nobody's."""
    ids = (search.plan_id, search.target_id, search.task_id, search.indicator_id and search.region_id)
    return tuple(each for each in ids if each)


def _answered(known: Search, about: list[Search]) -> bool:
    """Whether a publication known to exist was read since and does not hold the figure."""
    return any(
        each.result == _NOTHING and each.url and each.url == known.url and each.date > known.date for each in about
    )


def _covers(period: str | None, target: Target) -> bool:
    """Whether a search for a period was one for the target's own: it ends with the target's year and holds it whole."""
    span = parse_period(period) if period else None
    if span is None or target.deadline is None:
        return period is None
    return span.end == date(target.deadline.year, 12, 31) and span.start <= date(target.deadline.year, 1, 1)
