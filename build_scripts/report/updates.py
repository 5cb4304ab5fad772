"""The latest publications: which figures and events became known when, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from build_scripts.core.records import Observation, Package, Source, TaskEvent
from build_scripts.report.entries import Figure


@dataclass(frozen=True, slots=True)
class Update:
    """One publication of one figure or one event. `target_ids` are the targets it is about, in file order."""

    pub: date
    source: Source
    target_ids: tuple[str, ...]
    figure: Figure | None = None
    event: TaskEvent | None = None

    @property
    def observation(self) -> Observation | None:
        """The row of the figure."""
        return self.figure.observation if self.figure else None


def updates(package: Package, series: Iterable[tuple[Figure, ...]]) -> tuple[Update, ...]:
    """All publications, newest first; those of one day in file order, figures before events."""
    figures = {id(figure.observation): figure for each in series for figure in each}
    targets_by_series: dict[tuple[str, str], list[str]] = {}
    for target in package.targets:
        targets_by_series.setdefault((target.indicator_id, target.region_id), []).append(target.target_id)
    found = [_of_figure(figures[id(seen)], targets_by_series) for seen in package.observations]
    found += [_of_event(package, event) for event in package.task_events]
    return tuple(sorted(found, key=lambda update: -update.pub.toordinal()))


def _of_figure(figure: Figure, targets: Mapping[tuple[str, str], list[str]]) -> Update:
    seen = figure.observation
    ids = tuple(targets.get((seen.indicator_id, seen.region_id), ()))
    return Update(seen.pub, figure.source, ids, figure=figure)


def _of_event(package: Package, event: TaskEvent) -> Update:
    target_id = package.task_by_id[event.task_id].target_id
    ids = (target_id,) if target_id else ()
    return Update(event.pub, package.source_by_id[event.source_id], ids, event=event)
