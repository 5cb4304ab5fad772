"""What was published differently later: changed values, figures made final, new bases, moved completion dates.

Gets the report's visible figures and events, gives one record a change, newest first. Nothing is judged here; a
change is two publications of the same thing that do not say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from build_scripts.core.method import FINISHED
from build_scripts.core.records import TaskEvent
from build_scripts.locale import holds
from build_scripts.report.entries import Figure, TaskUpdate

if TYPE_CHECKING:
    from build_scripts.report.report import Report

# Standings of a figure that a later publication may make final.
PRELIMINARY = frozenset({"P", "E"})
# Why a later publication changes nothing (`core.standing`), with the kind it is told as.
_BESIDE = {"lower_tier": "not_adopted", "copy": "copied", "same_day": "copied"}
_NO_PUBLICATION = frozenset({"forecast", "unknown_period"})
# The states of a work in the order in which they follow one another, and those after which nothing follows.
_ORDER = ("planned", "started", "in_progress", "suspended", "done", "cancelled")
_ONCE = FINISHED | {"started"}


@dataclass(frozen=True, slots=True)
class Revision:
    """Two publications of one figure: same indicator, region and period.

    `kind` is `revised` (another value), `finalised` (same value, no longer preliminary), `rebased` (another basis,
    so the two values must not be compared), `withdrawn` (there is no value any more) or `restored` (there is one
    again). Where the later one changes nothing it is `not_adopted` (other media), `copied` (a rounded copy) or
    `contradicted` (two of one day that cannot both be true, so that neither stands).
    """

    kind: str
    old: Figure
    new: Figure
    target_ids: tuple[str, ...]

    @property
    def day(self) -> date:
        """The day the later figure was published."""
        return self.new.observation.pub


@dataclass(frozen=True, slots=True)
class Rescheduling:
    """Two announcements of when a named work will be finished, the later one with another day."""

    old: TaskUpdate
    new: TaskUpdate

    @property
    def day(self) -> date:
        """The day the later announcement was published."""
        return self.new.event.pub


@dataclass(frozen=True, slots=True)
class StepCorrection:
    """Two published steps of a work of which the later one says that the earlier was not so, or no longer is."""

    old: TaskUpdate
    new: TaskUpdate

    @property
    def kind(self) -> str:
        """`reopened` where what had come to its end goes on afterwards, else `corrected`."""
        ended = self.old.event.state in FINISHED and self.new.event.date > self.old.event.date
        return "reopened" if ended else "corrected"


def step_corrections(report: Report) -> tuple[StepCorrection, ...]:
    """Every published step that a later one takes back, the newest first."""
    found = [
        StepCorrection(old, new)
        for happenings in report.happenings_by_task.values()
        for old, new in pairwise(sorted(happenings, key=lambda each: (each.event.pub, each.event.known_from)))
        if _takes_back(old.event, new.event)
    ]
    return tuple(sorted(found, key=lambda each: -each.new.event.pub.toordinal()))


def _takes_back(old: TaskEvent, new: TaskEvent) -> bool:
    """Whether a step says that the one before was wrong or is so no longer; not where it only tells of what came first.

    A row that calls itself a correction is one. Else what happens once has another day, what came later is told to have
    come first, or what had come to its end goes on.
    """
    if holds("checks.said.correction", new.note):
        return True
    earlier = new.date < old.date
    if new.state == old.state:
        return earlier and new.state in _ONCE
    order = _ORDER.index(new.state) - _ORDER.index(old.state)
    return order > 0 if earlier else old.state in FINISHED or (new.date == old.date and order < 0)


def revisions(report: Report) -> tuple[Revision, ...]:
    """Every change of a published figure, newest first; those of one day in the order of the series."""
    targets: dict[tuple[str, str], list[str]] = {}
    for entry in report.entries:
        targets.setdefault((entry.target.indicator_id, entry.target.region_id), []).append(entry.target_id)
    found: list[Revision] = []
    for key, series in report.figures_by_series.items():
        for _period, figures in groupby(series, key=lambda figure: figure.observation.period):
            found += _of_period(list(figures), tuple(targets.get(key, ())))
    return tuple(sorted(found, key=lambda each: -each.day.toordinal()))


def repeats(report: Report) -> int:
    """How many times a figure was published again with the same value, standing and basis."""
    count = 0
    for series in report.figures_by_series.values():
        seen: set[tuple[object, ...]] = set()
        for figure in series:
            it = figure.observation
            key = (it.period, it.basis, it.value, it.obs_status)
            count += key in seen
            seen.add(key)
    return count


def reschedulings(report: Report) -> tuple[Rescheduling, ...]:
    """Every change of an announced completion day, newest first."""
    found: list[Rescheduling] = []
    for happenings in report.happenings_by_task.values():
        announced = [each for each in happenings if each.event.planned_date]
        found += [
            Rescheduling(old, new)
            for old, new in pairwise(announced)
            if old.event.planned_date != new.event.planned_date
        ]
    return tuple(sorted(found, key=lambda each: -each.day.toordinal()))


def _of_period(figures: list[Figure], target_ids: tuple[str, ...]) -> Iterator[Revision]:
    """The changes among the publications for one period of one series, in the order they were published."""
    stood: Figure | None = None
    for new in sorted(filter(_speaks, figures), key=_published):
        if stood is None:  # a gap changes nothing where nothing had been published
            stood = new if new.observation.value is not None else None
            continue
        kind = _kind(stood, new)
        if kind:
            yield Revision(kind, stood, new, target_ids)
        changes_nothing = kind in {*_BESIDE.values(), "contradicted"} if kind else new.why in _BESIDE
        stood = stood if changes_nothing else new


def _kind(old: Figure, new: Figure) -> str:
    """What changed from one publication to the next; empty when nothing did."""
    before, after = old.observation, new.observation
    if before.value is None or after.value is None:
        return "" if before.value is after.value else "withdrawn" if after.value is None else "restored"
    if before.basis != after.basis:
        return "rebased"
    if before.value != after.value:
        if new.why == "lower_tier" and old.source.tier >= new.source.tier:
            return "revised"  # nothing better had been published yet
        if new.why == old.why == "conflict":
            return "contradicted"
        return _BESIDE.get(new.why, "revised")
    return "finalised" if before.obs_status in PRELIMINARY and after.obs_status not in PRELIMINARY else ""


def _speaks(figure: Figure) -> bool:
    """Whether a row says what a finished period came to, or that there is no value: a forecast does neither."""
    no_figure = figure.why == "no_value" and figure.observation.value is not None
    return figure.why not in _NO_PUBLICATION and not no_figure


def _published(figure: Figure) -> tuple[date, bool, int]:
    """Order of publication; of one day the better source counts as the later word, what does not stand after it."""
    return figure.observation.pub, figure.why in _BESIDE, -figure.source.tier
