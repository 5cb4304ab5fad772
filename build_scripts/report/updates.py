"""The latest publications: which figures and events became known when, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from build_scripts.core.periods import parse_period
from build_scripts.core.records import Observation, Package, Source, TaskEvent
from build_scripts.report.entries import Figure


@dataclass(frozen=True, slots=True)
class Update:
    """One publication of one figure or one event. `target_ids` are the targets it is about, in file order.

    `day` is when it was new here (`Published.news_on`); `pub` is when it was published.
    """

    day: date
    pub: date
    source: Source
    target_ids: tuple[str, ...]
    figure: Figure | None = None
    event: TaskEvent | None = None

    @property
    def observation(self) -> Observation | None:
        """The row of the figure."""
        return self.figure.observation if self.figure else None


def updates(package: Package, series: Iterable[tuple[Figure, ...]], as_of: date) -> tuple[Update, ...]:
    """All publications, the newest here first; of one day what was published last, then what is about the latest."""
    figures = {id(figure.observation): figure for each in series for figure in each}
    targets_by_series: dict[tuple[str, str], list[str]] = {}
    for target in package.targets:
        targets_by_series.setdefault((target.indicator_id, target.region_id), []).append(target.target_id)
    found = []
    for seen in package.observations:
        ids = tuple(targets_by_series.get((seen.indicator_id, seen.region_id), ()))
        figure = figures[id(seen)]
        found.append(Update(seen.news_on(as_of, package.begun), seen.pub, figure.source, ids, figure=figure))
    for event in package.task_events:
        target_id = package.task_by_id[event.task_id].target_id
        day, source = event.news_on(as_of, package.begun), package.source_by_id[event.source_id]
        found.append(Update(day, event.pub, source, (target_id,) if target_id else (), event=event))
    return tuple(sorted(found, key=lambda update: (update.day, update.pub, _about(update)), reverse=True))


def _about(update: Update) -> date:
    """The last day of what a publication is about."""
    if update.observation is not None:
        period = parse_period(update.observation.period)
        return period.end if period else update.pub
    return update.event.date if update.event is not None else update.pub
