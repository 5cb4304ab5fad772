"""Parts of a target's page: bars against the goal where a line has too few points, and how the verdict changed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from build_scripts.charts.course import course
from build_scripts.core.method import Family
from build_scripts.core.periods import year_of
from build_scripts.locale import in_year, period, t
from build_scripts.pages import parts, wording
from build_scripts.pages.parts import Badge
from build_scripts.report import Report, TargetEntry
from build_scripts.report.history import quarter

DRAWN_KINDS = ("level_by", "share_by", "count_by", "travel_time", "cum_flow", "multiple_of_base")


@dataclass(frozen=True, slots=True)
class AgainstRow:
    """A bar: where it began, what was published last, what was asked; `width` in % of the longest."""

    what: str
    label: str
    value: str
    width: str


@dataclass(frozen=True, slots=True)
class PastStatus:
    """A verdict and the quarters it stood for."""

    since: str
    badge: Badge


def against(entry: TargetEntry) -> tuple[AgainstRow, ...]:
    """The latest figure as a bar beside the goal; none where the goal is no level or nothing was published."""
    target, figure = entry.target, entry.latest
    if figure is None or figure.observation.value is None or target.kind not in DRAWN_KINDS:
        return ()
    path = course(entry, figure)
    seen, unit = figure.observation, entry.indicator.unit
    if path.goal is None or (target.unit != unit and target.kind != "multiple_of_base"):
        return ()
    rows = [("latest", period(seen.period), float(seen.value or 0), wording.amount(seen.value, unit))]
    if path.begin and int(path.begin[0]) != year_of(seen.period):
        begin = wording.amount(path.begin[1], unit)
        year, written = int(path.begin[0]), target.baseline_period
        when = period(written) if written and year_of(written) == year else in_year(year)
        rows.insert(0, ("begin", when, float(path.begin[1]), begin))
    rows.append(("goal", wording.deadline(entry), float(path.goal), wording.amount(path.goal, unit)))
    most = max(height for _what, _label, height, _words in rows)
    if min(height for _what, _label, height, _words in rows) < 0 or not most:
        return ()
    return tuple(
        AgainstRow(what, t(f"target.against.{what}", when=label), words, f"{100 * height / most:.2f}")
        for what, label, height, words in rows
    )


def past_statuses(report: Report, entry: TargetEntry) -> tuple[PastStatus, ...]:
    """How the verdict changed over the quarters; none for a target that never had one."""
    points = report.history_by_target.get(entry.target_id, ())
    if all(each.assessment.status.family is Family.UNJUDGED for each in points):
        return ()
    runs = [next(group) for _status, group in groupby(points, key=lambda each: each.assessment.status)]
    return tuple(
        PastStatus(t("target.history.since", quarter=period(quarter(each.as_of))), parts.badge(each.assessment.status))
        for each in runs
    )
