"""The kinds without a formula: `qualitative`, `envelope` and `annual_task`.

Gets `TargetInputs` and a day, gives an `Assessment`. Source: assessment method §4.3.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from build_scripts.assess.case import attained
from build_scripts.assess.draft import Draft, Numbers
from build_scripts.assess.inputs import TargetInputs
from build_scripts.assess.level import series_of
from build_scripts.assess.order import rule_1_no_threshold
from build_scripts.core.method import Assessment, Grade, Reason, Status
from build_scripts.core.numbers import ZERO, is_figure, percent, share
from build_scripts.core.periods import parse_period, year_of
from build_scripts.core.series import Obs, best_of, top_tiers, unusable, without_copies


def assess_qualitative(inputs: TargetInputs, as_of: date) -> Assessment:
    """Wording without a number: quoted, never judged."""
    return rule_1_no_threshold(Draft(inputs, as_of))


def assess_envelope(inputs: TargetInputs, as_of: date) -> Assessment:
    """A total investment as estimated: no deadline, only the attainment of the latest figure."""
    draft = Draft(inputs, as_of)
    series = series_of(draft)
    test = inputs.threshold
    if not series:
        return draft.withhold(Status.NOT_ASSESSABLE, "§4.3", reason=Reason.NO_DEADLINE)
    last = max(period.end for period, _ in series.rivals.values())
    ending_last = [item for item in series.rivals.values() if item[0].end == last]
    rivals = without_copies(top_tiers([obs for _, same in ending_last for obs in same]))
    meets = (lambda _period, _basis, value: test.met(value)) if test else None
    best = best_of(ending_last[0][0], rivals, series.base_basis, meets)
    if best.conflict or test is None:
        return draft.withhold(Status.NOT_ASSESSABLE, "§4.3", reason=Reason.NO_DEADLINE)
    numbers = Numbers(attainment_pct=attained(draft, test, best.value))
    return draft.withhold(Status.NOT_ASSESSABLE, "§4.3", reason=Reason.NO_DEADLINE, numbers=numbers, shown=best.obs)


def assess_annual_task(inputs: TargetInputs, as_of: date) -> Assessment:
    """A task repeated every year (月调度、季分析、年总结): its public traces in the last finished year."""
    draft = Draft(inputs, as_of)
    first, last = year_of(inputs.period_start), year_of(inputs.target_period)
    wanted = inputs.value
    if first is not None and not draft.is_after(first):
        draft.note("window.first_year_open", "§4.3", year=first)
        return draft.withhold(Status.PENDING, "§4.3", reason=Reason.TOO_EARLY)
    traces = _traces_by_year(inputs, as_of)
    if not traces:
        draft.flag_silence(draft.end_of(last) if last is not None else None)
        return draft.withhold(Status.NO_DATA, "§4.3")
    if wanted is None or not is_figure(wanted) or wanted <= ZERO:
        return rule_1_no_threshold(draft)
    year = as_of.year - 1 if last is None else min(as_of.year - 1, last)
    found = traces.get(year, {})
    return _by_traces(draft, wanted, year, list(found.values()))


def _by_traces(draft: Draft, wanted: Decimal, year: int, traces: list[Obs]) -> Assessment:
    count = len(traces)
    draft.flag("evidence", f"{count}/{wanted.normalize():f}")
    for trace in traces:
        draft.note("task.trace", "§4.3", period=trace.period, pub=trace.pub, source_id=trace.source_id)
    enough = count >= wanted
    numbers = Numbers(attainment_pct=percent(share(Decimal(count), wanted), met=enough))
    draft.note("task.traces", "§4.3", year=year, count=count, wanted=wanted, attainment=numbers.attainment_pct)
    if enough:
        return draft.judge(Status.ON_TRACK, "§4.3", "annual", traces, numbers=numbers, floor=Grade.C)
    return draft.withhold(
        Status.NOT_ASSESSABLE,
        "§4.3",
        reason=Reason.PARTIAL_EVIDENCE,
        numbers=numbers,
        shown=traces[0] if traces else None,
    )


def _traces_by_year(inputs: TargetInputs, as_of: date) -> dict[int, dict[str, Obs]]:
    """Dated public traces: the distinct periods lying within a year, each with its first trace.

    A year is listed, with none, also where all there is ends in it but began before.
    """
    traces: dict[int, dict[str, Obs]] = defaultdict(dict)
    for obs in inputs.observations:
        period = parse_period(obs.period)
        if period is None or unusable(obs, period, as_of, is_trace=True) is not None:
            continue
        inside = traces[period.year]
        if period.start.year == period.year:
            inside.setdefault(period.key, obs)
    return traces
