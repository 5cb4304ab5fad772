"""The latest publications: which figures and events became known when, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from build_scripts.core.records import Observation, Package, Source, TaskEvent


@dataclass(frozen=True, slots=True)
class Update:
    """One publication of one figure or one event. `target_ids` are the targets it is about, in file order."""

    pub: date
    source: Source
    target_ids: tuple[str, ...]
    observation: Observation | None = None
    event: TaskEvent | None = None


def updates(package: Package) -> tuple[Update, ...]:
    """All publications, newest first; those of one day in file order, figures before events."""
    targets_by_series: dict[tuple[str, str], list[str]] = {}
    for target in package.targets:
        targets_by_series.setdefault((target.indicator_id, target.region_id), []).append(target.target_id)
    found = [_of_figure(package, seen, targets_by_series) for seen in package.observations]
    found += [_of_event(package, event) for event in package.task_events]
    return tuple(sorted(found, key=lambda update: -update.pub.toordinal()))


def _of_figure(package: Package, seen: Observation, targets: Mapping[tuple[str, str], list[str]]) -> Update:
    ids = tuple(targets.get((seen.indicator_id, seen.region_id), ()))
    return Update(seen.pub, package.source_by_id[seen.source_id], ids, observation=seen)


def _of_event(package: Package, event: TaskEvent) -> Update:
    target_id = package.task_by_id[event.task_id].target_id
    ids = (target_id,) if target_id else ()
    return Update(event.pub, package.source_by_id[event.source_id], ids, event=event)
