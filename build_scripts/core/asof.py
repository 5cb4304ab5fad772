"""What is known on a day: the one filter by time. Gets a package and a day, gives the package as it stood.

A plan exists from the day it was issued, and its projects, targets, tasks and problems with it, unless they were added
or taken back later (`valid_from`, `withdrawn_on`); a unit's work passes to the one that takes its place. A figure, an
event or a step of a problem exists from the day it was published; with `known`, only if the record held it by that
day too.
Indicators, units and groups of regions that only later plans name are left out; places are always there.
A report is made from the result and from nothing else.
Source: assessment method §1 ("Only observations with pub ≤ as_of", "Before a plan's issue date"); data contract 2.0
(`recorded_on`).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from build_scripts.core.beside import without_strangers, without_unsaid
from build_scripts.core.periods import add_months
from build_scripts.core.records import (
    Package,
    Problem,
    ProblemEvent,
    Project,
    Recorded,
    Responsibility,
    Search,
    Source,
    Target,
    Task,
    Unanswered,
    Unit,
)
from build_scripts.core.tables import TABLES

Ids = frozenset[str]
_Row = TypeVar("_Row", Project, Target, Task)
_DAY = timedelta(days=1)
# The flag of a group's ratio names the two indicators that are added up: `group-ratio:top/bottom`.
RATIO_FLAG = "group-ratio"


def asof(package: Package, day: date, known: date | None = None) -> Package:
    """`package` with only what was issued and published up to and including `day`.

    `known` leaves out what this record held only after that day; without it, everything published by `day` counts,
    whenever it was recorded. Asking twice changes nothing: `asof(asof(p, d), d)` equals `asof(p, d)`.
    Warnings are kept only where nothing is left out: a warning may name a row that is.
    """
    return _AsOf(package, day, known).package()


def settled(package: Package, day: date) -> date:
    """The last day up to `day` on which anything that is said of the package can have changed.

    Between two such days a site is the same to the byte, so it bears the day its content last changed, not the day
    somebody built it. What is said changes with a row (on a day it names, and on the day after, when a deadline has
    passed) and with time alone: the method counts in whole months and years from ends of months, rhythms of bulletins
    too, and 18 months after a deadline silence has lasted too long.
    """
    first, last = day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    named = {value for value in _days(package) for value in (value, value + _DAY, add_months(value, 18) + _DAY)}
    return max(each for each in (first, last, *named) if each <= day)


def _days(package: Package) -> Iterator[date]:
    """Every day that a row of the package names."""
    for table in TABLES.values():
        columns = [column.name for column in table.columns if column.type is date]
        for row in getattr(package, table.name) if columns else ():
            yield from (value for column in columns if (value := getattr(row, column)) is not None)


@dataclass(frozen=True, slots=True)
class _AsOf:
    """One question: which rows of a package are there on a day."""

    whole: Package
    day: date
    known: date | None

    def package(self) -> Package:
        """The package of the day."""
        seen = without_unsaid(self._without_unnamed(self._progress(self._promises())), self.whole)
        return self.whole if seen == self.whole else replace(seen, warnings=())

    def _promises(self) -> Package:
        """The plans issued by the day with all that is theirs."""
        it = self.whole
        plans = tuple(plan for plan in it.plans if self._is_there(plan))
        issued = frozenset(plan.plan_id for plan in plans)
        heirs = heirs_of(it.units, self.day)
        projects = self._begun(it.projects, issued, heirs)
        promised_ever = self._begun(it.targets, issued, heirs)
        ended = {each.target_id: each.withdrawn_on for each in promised_ever if self._taken_back(each)}
        # What only repeats a promise ends with it.
        gone = tuple(
            replace(each, withdrawn_on=ended.get(each.target_id) or ended[each.duplicate_of or ""])
            for each in promised_ever
            if {each.target_id, each.duplicate_of} & ended.keys()
        )
        over = frozenset(each.target_id for each in gone)
        targets = tuple(each for each in promised_ever if each.target_id not in over)
        tasks_ever = self._begun(it.tasks, issued, heirs)
        tasks = tuple(each for each in tasks_ever if not self._taken_back(each))
        ended_tasks = tuple(each for each in tasks_ever if self._taken_back(each))
        running = frozenset(each.project_id for each in projects)
        promised = frozenset(each.target_id for each in targets)
        return replace(
            it,
            plans=plans,
            projects=projects,
            units=tuple(each for each in it.units if each.valid_from is None or each.valid_from <= self.day),
            responsibilities=_shared(it.responsibilities, running, heirs),
            targets=tuple(self._target(each, promised) for each in targets),
            withdrawn=(*it.withdrawn, *(self._target(each, promised) for each in gone)),
            related_indicators=tuple(each for each in it.related_indicators if each.target_id in promised),
            tasks=tuple(_pointing(each, promised) for each in tasks),
            ended_tasks=(*it.ended_tasks, *(_pointing(each, promised) for each in ended_tasks)),
            unanswered=self._unanswered(promised, tasks) if plans else (),
            texts={plan_id: text for plan_id, text in it.texts.items() if plan_id in issued},
        )

    def _begun(self, rows: tuple[_Row, ...], issued: Ids, heirs: Mapping[str, str]) -> tuple[_Row, ...]:
        """The rows of issued plans that hold by the day, led by whoever has taken a unit's place by then."""
        there = (each for each in rows if each.plan_id in issued)
        held = (each for each in there if each.valid_from is None or each.valid_from <= self.day)
        return tuple(_led(each, heirs) for each in held)

    def _taken_back(self, row: Target | Task | Unit) -> bool:
        return row.withdrawn_on is not None and row.withdrawn_on <= self.day

    def _unanswered(self, promised: Ids, tasks: Iterable[Task]) -> tuple[Unanswered, ...]:
        """Words no plan answers, each with the targets and tasks near it that there are."""
        named = frozenset(task.task_id for task in tasks)
        return tuple(
            replace(
                each,
                target_ids=tuple(name for name in each.target_ids if name in promised),
                task_ids=tuple(name for name in each.task_ids if name in named),
            )
            for each in self.whole.unanswered
        )

    def _target(self, target: Target, promised: Ids) -> Target:
        """A target without a baseline value that was published later, and without a double that came later."""
        if target.duplicate_of and target.duplicate_of not in promised:
            target = replace(target, duplicate_of=None, in_totals=True)
        source = self.whole.source_by_id.get(target.baseline_source_id or "")
        if source is None or source.published is None or source.published <= self.day:
            return target
        return replace(target, baseline_value=None, baseline_source_id=None)

    def _progress(self, seen: Package) -> Package:
        """What had been published about the promises in `seen`."""
        it = self.whole
        named, running = frozenset(seen.task_by_id), frozenset(seen.project_by_id)
        observations = tuple(each for each in it.observations if self._is_there(each))
        task_events = tuple(each for each in it.task_events if self._is_there(each) and each.task_id in named)
        steps = [each for each in it.problem_events if self._is_there(each)]
        opened = self._opened(steps)
        heirs = heirs_of(it.units, self.day)
        problems = tuple(
            _owned(_placed(each, named, frozenset(seen.target_by_id)), heirs)
            for each in it.problems
            if each.project_id in running and each.problem_id in opened
        )
        reported = frozenset(each.problem_id for each in problems)
        return replace(
            seen,
            observations=observations,
            breakdowns=tuple(each for each in it.breakdowns if self._is_there(each)),
            official_judgements=tuple(each for each in it.official_judgements if self._is_there(each)),
            task_events=task_events,
            problems=problems,
            problem_events=tuple(each for each in steps if each.problem_id in reported),
            searches=tuple(each for each in it.searches if self._searched(each, seen)),
            bulletins=tuple(each for each in it.bulletins if self._is_out(each.released, each.released)),
        )

    def _searched(self, search: Search, seen: Package) -> bool:
        """Whether a search was made and recorded, and looked for nothing of a plan that is not there yet."""
        asked = (
            (search.plan_id, seen.plan_by_id),
            (search.target_id, seen.target_by_id),
            (search.task_id, seen.task_by_id),
        )
        there = all(name is None or name in known for name, known in asked)
        return there and self._is_there(search)

    def _opened(self, steps: Iterable[ProblemEvent]) -> Ids:
        """Problems known on the day: their opening was published, or, where no row says so, they were opened."""
        told = {event.problem_id for event in self.whole.problem_events if event.state == "open"}
        seen = {event.problem_id for event in steps if event.state == "open"}
        untold = {
            each.problem_id for each in self.whole.problems if each.problem_id not in told and self._is_there(each)
        }
        return frozenset(seen | untold)

    def _without_unnamed(self, seen: Package) -> Package:
        """`seen` without the indicators, units and groups that only later plans name, and their figures."""
        indicators = _kept(self.whole, seen, indicators_named)
        units, regions = _kept(self.whole, seen, _units_named), _kept(self.whole, seen, _regions_named)
        groups = frozenset(each.group_id for each in self.whole.region_members)
        gone = frozenset(group for group in groups if not regions(group))
        seen = replace(
            seen,
            indicators=tuple(each for each in seen.indicators if indicators(each.indicator_id)),
            units=tuple(each for each in seen.units if units(each.unit_id) or self._taken_back(each)),
            regions=tuple(each for each in seen.regions if each.region_id not in gone),
            region_members=tuple(each for each in seen.region_members if not {each.group_id, each.region_id} & gone),
            observations=tuple(
                each for each in seen.observations if indicators(each.indicator_id) and each.region_id not in gone
            ),
            searches=tuple(
                each
                for each in seen.searches
                if (each.indicator_id is None or indicators(each.indicator_id)) and each.region_id not in gone
            ),
        )
        seen = without_strangers(seen, gone)
        return replace(seen, sources=self._sources(seen))

    def _sources(self, seen: Package) -> tuple[Source, ...]:
        """Sources that `seen` cites, and those published by the day. An undated one counts from its first citation."""
        cited, ever = _cited(seen), _cited(self.whole)

        def is_there(source: Source) -> bool:
            if source.source_id in cited:
                return True
            if self.known is not None or source.published is None:
                return self.known is None and source.source_id not in ever
            return source.published <= self.day

        return tuple(source for source in self.whole.sources if is_there(source))

    def _is_there(self, row: Recorded) -> bool:
        return self._is_out(row.day, row.known_from)

    def _is_out(self, day: date, recorded: date) -> bool:
        """Whether something of `day` is out by the day asked about, and was recorded by `known`."""
        return day <= self.day and (self.known is None or recorded <= self.known)


def _kept(whole: Package, seen: Package, named: Callable[[Package], set[str]]) -> Callable[[str], bool]:
    """Whether something is named by `seen`, or by nothing in `whole`, so that it waits for no plan."""
    there, ever = named(seen), named(whole)
    return lambda name: name in there or name not in ever


def indicators_named(package: Package) -> set[str]:
    """Indicators that targets are measured by, compared with, added up from or shown beside."""
    named = {each.indicator_id for each in package.related_indicators}
    for target in (*package.targets, *package.withdrawn):
        named |= {target.indicator_id, target.reference_indicator_id or target.indicator_id}
        for flag in target.flags:
            name, _, parts = flag.partition(":")
            named |= set(parts.split("/")) if name == RATIO_FLAG else set()
    return named


def _units_named(package: Package) -> set[str]:
    """Units with a part in a project, target, task or problem."""
    named = {each.lead_unit_id for each in package.projects if each.lead_unit_id}
    named |= {each.lead_unit_id for each in (*package.targets, *package.withdrawn) if each.lead_unit_id}
    named |= {each.lead_unit_id for each in package.task_by_id.values() if each.lead_unit_id}
    return named | {each.unit_id for each in package.responsibilities} | {it.owner_unit_id for it in package.problems}


def _regions_named(package: Package) -> set[str]:
    """Regions that targets, tasks and series near a target are about."""
    targets = (*package.targets, *package.withdrawn)
    named = {each.region_id for each in targets} | {each.region_id for each in package.related_indicators}
    named |= {each.reference_region_id for each in targets if each.reference_region_id}
    return named | {each.region_id for each in package.task_by_id.values() if each.region_id}


def _cited(package: Package) -> set[str]:
    """Sources that rows rest on."""
    cited = {each.source_id for each in package.observations} | {each.source_id for each in package.task_events}
    cited |= {it.source_id for it in package.breakdowns} | {it.source_id for it in package.official_judgements}
    cited |= {each.source_id for each in package.problem_events if each.source_id}
    targets = (*package.targets, *package.withdrawn)
    return cited | {each.baseline_source_id for each in targets if each.baseline_source_id}


def _pointing(task: Task, promised: Ids) -> Task:
    """A task that points at no target which is not there yet."""
    return task if task.target_id is None or task.target_id in promised else replace(task, target_id=None)


def heirs_of(units: Iterable[Unit], day: date) -> Mapping[str, str]:
    """Who has taken the place of each unit that was gone by `day`, over several mergers too."""
    listed = tuple(units)
    gone = {each.unit_id for each in listed if each.withdrawn_on is not None and each.withdrawn_on <= day}
    begun = (each for each in listed if each.valid_from is None or each.valid_from <= day)
    next_of = {old: each.unit_id for each in begun for old in each.replaces if old in gone}
    found = {}
    for old, first in next_of.items():
        heir, seen = first, {old}
        while heir in next_of and heir not in seen:
            seen.add(heir)
            heir = next_of[heir]
        found[old] = heir
    return found


def _led(row: _Row, heirs: Mapping[str, str]) -> _Row:
    """A row led by the unit that has taken its lead's place."""
    heir = heirs.get(row.lead_unit_id or "")
    return replace(row, lead_unit_id=heir) if heir else row


def _owned(problem: Problem, heirs: Mapping[str, str]) -> Problem:
    """A problem owned by the unit that has taken its owner's place."""
    heir = heirs.get(problem.owner_unit_id)
    return replace(problem, owner_unit_id=heir) if heir else problem


def _shared(parts: Iterable[Responsibility], running: Ids, heirs: Mapping[str, str]) -> tuple[Responsibility, ...]:
    """Parts in the projects that run; where two units have become one, it has each part once."""
    found: dict[tuple[str, str, str], Responsibility] = {}
    for each in parts:
        if each.project_id in running:
            mine = replace(each, unit_id=heirs.get(each.unit_id, each.unit_id))
            found.setdefault((mine.project_id, mine.unit_id, mine.role), mine)
    return tuple(found.values())


def _placed(problem: Problem, named: Ids, promised: Ids) -> Problem:
    """A problem that points at no task or target which is not there yet."""
    task_id = problem.task_id if problem.task_id in named else None
    target_id = problem.target_id if problem.target_id in promised else None
    if (task_id, target_id) == (problem.task_id, problem.target_id):
        return problem
    return replace(problem, task_id=task_id, target_id=target_id)
