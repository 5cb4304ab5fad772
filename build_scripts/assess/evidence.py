"""Which observations a verdict rests on, and why every other one was not used: as steps.

Gets the `Series` a verdict looked at and the observations it used; gives `Step`s in the order of publication files.
Source: assessment method §1 (which observation counts), §2 (every status shows its inputs).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from build_scripts.core.method import LEFT_OUT, Step
from build_scripts.core.numbers import readable
from build_scripts.core.periods import Form, parse_period
from build_scripts.core.series import Obs, Series


def evidence_steps(series: Sequence[Series], used: Sequence[Obs], shown: Sequence[Obs]) -> Iterator[Step]:
    """A step for every observation visible on the day: used, shown only, or left out and why.

    What was published later is not mentioned: on that day nobody could have said that it would come.
    """
    if not series:
        return
    for obs in used:
        yield _step("obs.used_reference" if _is_reference(series, obs) else "obs.used", obs)
    for obs in shown:
        yield _step("obs.shown", obs)
    known = {id(obs) for obs in (*used, *shown)}
    bases = {obs.basis for obs in used}
    for one in series:
        for obs in one.observations:
            if id(obs) not in known:
                reason = one.left_out.get(id(obs)) or _why(one, obs, bases, known)
                if reason != "not_yet_published":
                    yield _step(f"{LEFT_OUT}{reason}", obs, has_value=reason != "no_value")


def _is_reference(series: Sequence[Series], obs: Obs) -> bool:
    """Whether an observation is the reference's, not the target's own."""
    return len(series) > 1 and any(one.is_reference and any(obs is each for each in one.observations) for one in series)


def _why(series: Series, obs: Obs, bases: set[str], used: set[int]) -> str:
    """Why a usable observation does not speak for its period, or was not needed though it does."""
    period = parse_period(obs.period)
    if period is None:
        return "unknown_period"
    if period.form is Form.INSIDE:
        return "sub_annual"
    if period.form is Form.SPAN and not series.takes_spans:
        return "accumulation"
    reason = series.why(obs, period)
    if reason == "conflict":
        return "same_side" if id(series.best(period).obs) in used else "conflict"
    return reason or ("other_basis" if bases and obs.basis not in bases else "not_needed")


def _step(code: str, obs: Obs, *, has_value: bool = True) -> Step:
    return Step(
        code,
        "§1",
        (
            ("period", obs.period),
            ("value", readable(obs.value) if has_value and obs.value is not None else None),
            ("pub", obs.pub),
            ("tier", obs.tier),
            ("obs_status", obs.obs_status),
            ("basis", obs.basis),
            ("source_id", obs.source_id),
        ),
    )
