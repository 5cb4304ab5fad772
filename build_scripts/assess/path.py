"""The path test: how far along the way from the baseline to the target, against how much time has gone.

Gets a `Case`, its latest `Point` and its `Baseline`; gives the verdict. Source: assessment method §4.1.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from build_scripts.assess.case import Baseline, Case, Point, note_baseline
from build_scripts.assess.draft import Numbers, pace
from build_scripts.core.method import ON_TRACK_RATIO, Assessment, Reason, Status
from build_scripts.core.numbers import (
    ZERO,
    as_decimal,
    band,
    is_whole,
    log_share,
    minus,
    percent,
    rounded,
    share,
)


def path_test(case: Case, point: Point, base: Baseline, deadline: int) -> Assessment:
    """The verdict by p, τ and r = p/τ; `point` is unmet, `base` unmet and of an earlier year."""
    note_baseline(case.draft, base)
    if point.test.on_path(base.value) == point.test.path_target:
        # T = B is possible only under gt/lt; the value is then worse than the baseline.
        case.draft.note("path.target_is_baseline", "§4.1", value=point.value, target=point.test.target)
        return case.judge(Status.REVERSING, "§3.9", [point], method="path_linear", base=base)
    time = Fraction(point.year - base.year, deadline - base.year)
    progress, method = _progress(case, point, base)
    shown = rounded(progress / time, 4)
    numbers = pace(progress, time, met=False, ratio=shown)
    _note_time(case, point, base, deadline, numbers)
    _note_progress(case, method, point, base, numbers)
    if method == "path_log":
        _note_growth(case, point, base, deadline)
    if not_one_more_due(case, point, base.value, time, shown):
        numbers = replace(numbers, ratio=None)
        return case.withhold(Status.PENDING, "§4.1", point, reason=Reason.NOT_DUE, method=method, numbers=numbers)
    case.draft.note("ratio", "§5", ratio=numbers.ratio, progress=numbers.progress_pct, time=numbers.time_pct)
    return case.judge(band(shown), "§3.9", [point], method=method, base=base, numbers=numbers)


def missed_numbers(case: Case, point: Point) -> Numbers:
    """The progress of a missed target: only where its baseline was unmet, of an earlier year, and not the target."""
    base = case.baseline(point)
    if base is None or point.test.met(base.value) or point.test.on_path(base.value) == point.test.path_target:
        return Numbers()
    note_baseline(case.draft, base)
    progress, method = _progress(case, point, base)
    numbers = Numbers(progress_pct=percent(progress, met=False))
    _note_progress(case, method, point, base, numbers)
    return numbers


def not_one_more_due(case: Case, point: Point, start: Decimal, time: Fraction, ratio: Decimal) -> bool:
    """Whole things: whether not even one more was due by now, so that none being there is not a delay (§4.1)."""
    target = point.test.target
    if not (case.whole_things and is_whole(start) and is_whole(target) and point.value >= start):
        return False
    due = time * Fraction(minus(target, start))
    if ratio >= ON_TRACK_RATIO or due >= 1:
        return False
    case.draft.note(
        "path.not_one_more_due",
        "§4.1",
        start=start,
        target=target,
        time=percent(time),
        due=as_decimal(due, 2),
    )
    return True


def _progress(case: Case, point: Point, base: Baseline) -> tuple[Fraction, str]:
    """Progress and the method's name: on the log scale where the kind has one and all three figures are above 0."""
    value, start, target = point.test.on_path(point.value), point.test.on_path(base.value), point.test.path_target
    if case.log_scale and point.test.sense and min(value, start, target) > ZERO:
        return log_share(value, start, target), "path_log"
    return share(minus(value, start), minus(target, start)), "path_linear"


def _note_time(case: Case, point: Point, base: Baseline, deadline: int, numbers: Numbers) -> None:
    case.draft.note("path.time", "§4.1", year=point.year, base_year=base.year, deadline=deadline, time=numbers.time_pct)


def _note_progress(case: Case, method: str, point: Point, base: Baseline, numbers: Numbers) -> None:
    test = point.test
    if test.sense == 0:
        code = "path.progress_distance"
    else:
        code = "gap.progress" if case.is_gap else f"path.progress_{method.removeprefix('path_')}"
    case.draft.note(
        code,
        "§4.1",
        value=test.on_path(point.value).copy_negate() if test.sense == 0 else point.value,
        base=test.on_path(base.value).copy_negate() if test.sense == 0 else base.value,
        target=test.target,
        progress=numbers.progress_pct,
    )


def _note_growth(case: Case, point: Point, base: Baseline, deadline: int) -> None:
    """What the observed and the required growth rate follow from, to be shown beside a log-scale ratio (§4.1)."""
    case.draft.note(
        "path.growth",
        "§4.1",
        base=base.value,
        value=point.value,
        target=point.test.target,
        years=point.year - base.year,
        all_years=deadline - base.year,
    )
