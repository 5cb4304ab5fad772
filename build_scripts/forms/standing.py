"""What is in force: the figure that speaks for a period, the step a task stands at.

Gets the rows of a package of a day (`asof`), gives one of them. The method decides (assessment §1,
§4.3), not the forms: whatever an answer is compared with is what a verdict of that day rests on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from build_scripts.assess.inputs import Event
from build_scripts.assess.milestone import deciding, in_order
from build_scripts.core.periods import parse_period
from build_scripts.core.records import Observation, Package, TaskEvent
from build_scripts.core.series import Obs, Series
from build_scripts.core.standing import WITHOUT_VALUE, observations_of
from build_scripts.core.tables import DEFAULT_BASIS


@dataclass(frozen=True)
class SeriesInForce:
    """One series: `basis` is that of the baseline, which decides between figures of one day."""

    package: Package
    observations: Sequence[Observation]
    basis: str = DEFAULT_BASIS

    @cached_property
    def _known(self) -> list[tuple[Obs, Observation]]:
        return list(zip(observations_of(self.observations, self._tier), self.observations, strict=True))

    @cached_property
    def _series(self) -> Series:
        return Series.on_day([obs for obs, _ in self._known], date.max, self.basis)

    def _tier(self, item: Observation) -> int:
        return self.package.source_by_id[item.source_id].tier

    def figure(self, period: str) -> Observation | None:
        """The figure of a period; where it was taken back, the row that says so; None where nobody has spoken."""
        asked = parse_period(period)
        if asked is None:
            return None
        if asked.key in self._series.rivals:
            best = self._series.best(asked).obs
            return next(item for obs, item in self._known if obs is best)
        gaps = [item for obs, item in self._known if obs.obs_status in WITHOUT_VALUE and _key(obs.period) == asked.key]
        return max(gaps, key=lambda item: item.pub, default=None)

    @cached_property
    def figures(self) -> tuple[Observation, ...]:
        """The figure of every period that has one, the period that ends last last."""
        periods = sorted((period for period, _ in self._series.rivals.values()), key=lambda each: (each.end, each.key))
        found = (self.figure(each.key) for each in periods)
        return tuple(item for item in found if item is not None)


def _key(period: str) -> str:
    found = parse_period(period)
    return found.key if found else ""


def step_in_force(package: Package, steps: Sequence[TaskEvent]) -> TaskEvent | None:
    """The step that decides on a task: the last published, where other media never undo an official end."""
    tiers = package.source_by_id
    known = [(Event(step.state, step.pub, step.date, tier=tiers[step.source_id].tier), step) for step in steps]
    if not known:
        return None
    decides = deciding(in_order([event for event, _ in known]))
    return next(step for event, step in known if event is decides)
