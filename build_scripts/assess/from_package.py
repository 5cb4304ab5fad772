"""From a package's records to what the method works on: one `TargetInputs` a target, on any day.

Gets a `Package`, gives inputs. Observations are of the target's own indicator and region and nothing near it; events
come through the tasks that name the target; tiers come from the sources.
Source: assessment method §1, §4.3 (milestone, moving_ref), §8 (groups).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from build_scripts.assess.group_figures import with_group_figures
from build_scripts.assess.inputs import Event, TargetInputs
from build_scripts.core.memory import once, remembers
from build_scripts.core.method import Grade
from build_scripts.core.records import Indicator, Observation, Package, Source, Target, Task, TaskEvent
from build_scripts.core.series import MAIN_BASIS, Obs
from build_scripts.core.standing import Key, TierOf, observations_of

GRADE_OF_TIER = {1: Grade.A, 2: Grade.B, 3: Grade.C}
_NOT_DONE = "in_progress"


class PackageInputs:
    """The inputs of every target of a package, made once and asked for any day."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._tiers = {source.source_id: source.tier for source in package.sources}
        self._series = _Observed(package, self._tier)
        self._tasks: dict[str, list[Task]] = {}
        for task in package.tasks:
            if task.target_id:
                self._tasks.setdefault(task.target_id, []).append(task)
        self._inputs = {target.target_id: self._target(target) for target in package.targets}

    def _tier(self, row: Observation) -> int:
        return self._tiers.get(row.source_id, 3)

    def of_target(self, target: Target, as_of: date) -> TargetInputs:
        """All that is known about a target; sums over a group's members are those possible on `as_of`."""
        inputs = self._inputs[target.target_id]
        return with_group_figures(inputs, target, self.package, self._series, as_of)

    def of_task(self, task: Task) -> TargetInputs:
        """A named work as a milestone of its own, due when the plan says so."""
        return TargetInputs(
            kind="milestone", comparator="event", due=task.due, events=self._events([task]), target_id=task.task_id
        )

    def _target(self, target: Target) -> TargetInputs:
        indicator = self.package.indicator_by_id[target.indicator_id]
        source = self.package.source_by_id.get(target.baseline_source_id or "")
        reference = (target.reference_indicator_id or target.indicator_id, target.reference_region_id or "")
        observed = self._series.get((target.indicator_id, target.region_id), ())
        compared = self._series.get(reference, ()) if target.kind == "moving_ref" else ()
        events = self._events(self._tasks.get(target.target_id, ())) if target.kind == "milestone" else ()
        parts = (target, indicator, source, observed, compared, *events)
        month = self.package.government.fiscal_year_start
        made = once("inputs", parts, lambda: _inputs(target, indicator, source, observed, compared, events), month)
        return made if made.year_start == month else replace(made, year_start=month)

    def _events(self, tasks: list[Task] | tuple[Task, ...]) -> tuple[Event, ...]:
        """The events of a milestone's works. Of several works the milestone is done when the last of them is."""
        by_task = [self._events_of(task) for task in tasks]
        if len(by_task) < 2:
            return tuple(event for events in by_task for event in events)
        finished = [max((event.pub for event in events if event.state == "done"), default=None) for events in by_task]
        days = [day for day in finished if day is not None]
        whole = max(days) if len(days) == len(by_task) else None
        return tuple(
            replace(event, state=_NOT_DONE) if event.state == "done" and event.pub != whole else event
            for events in by_task
            for event in events
        )

    def _events_of(self, task: Task) -> tuple[Event, ...]:
        rows = self.package.events_by_task.get(task.task_id, ())
        tiers = [self._tiers.get(row.source_id, 3) for row in rows]
        return once("events", rows, lambda: tuple(map(_event, rows, tiers)), *tiers)


class _Observed(Mapping[Key, tuple[Obs, ...]]):
    """Every series as the method sees it, made when a target asks for it: most indicators have none."""

    def __init__(self, package: Package, tier: TierOf) -> None:
        self._rows = package.observations_by_series
        self._tier = tier
        self._made: dict[Key, tuple[Obs, ...]] = {}

    def __getitem__(self, key: Key) -> tuple[Obs, ...]:
        """The observations of a series."""
        if key not in self._made:
            self._made[key] = self._observations(self._rows[key])
        return self._made[key]

    def __iter__(self) -> Iterator[Key]:
        """Every series there is."""
        return iter(self._rows)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._rows)

    def _observations(self, rows: tuple[Observation, ...]) -> tuple[Obs, ...]:
        """As `observations_of`, once for the very same rows and tiers."""
        if not remembers():
            return observations_of(rows, self._tier)
        return once("series", rows, lambda: observations_of(rows, self._tier), *map(self._tier, rows))


def _event(row: TaskEvent, tier: int) -> Event:
    return Event(
        state=row.state,
        pub=row.pub,
        day=row.date,
        planned=row.planned_date,
        tier=tier,
        source_id=row.source_id,
    )


def _inputs(
    target: Target,
    indicator: Indicator,
    source: Source | None,
    observed: tuple[Obs, ...],
    compared: tuple[Obs, ...],
    events: tuple[Event, ...],
) -> TargetInputs:
    """All that is known about a target, from its records and what was found for them."""
    return TargetInputs(
        kind=target.kind,
        direction=indicator.direction,
        comparator=target.comparator,
        value=target.value,
        value_high=target.value_high,
        unit=target.unit,
        base_period=target.baseline_period,
        base_value=target.baseline_value,
        base_basis=target.baseline_basis or MAIN_BASIS,
        base_grade=GRADE_OF_TIER.get(source.tier, Grade.C) if source else Grade.A,
        base_source_id=target.baseline_source_id or "",
        base_pub=source.published if source else None,
        target_period=target.target_period,
        period_start=target.period_start,
        due=target.due,
        monotone=target.monotone,
        path=target.path,
        flow=bool(target.flow),
        frequency=indicator.frequency,
        interval_months=indicator.interval_months,
        peers=target.peers,
        observations=observed,
        events=events,
        reference=compared,
        target_id=target.target_id,
    )
