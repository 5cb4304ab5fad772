"""Which observations a verdict rests on, and why every other one was not used: as steps.

Gets the `Series` a verdict looked at and the observations it used; gives `Step`s in the order of publication files.
Source: assessment method §1 (which observation counts), §2 (every status shows its inputs).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from build_scripts.assess.inputs import Obs
from build_scripts.assess.periods import Form, parse_period
from build_scripts.assess.vintages import Series
from build_scripts.method import Step


def evidence_steps(series: Sequence[Series], used: Sequence[Obs], shown: Sequence[Obs]) -> Iterator[Step]:
    """A step for every observation: used, shown only, or left out and why. Unpublished ones are counted, not shown."""
    for obs in used:
        yield _step("obs.used", obs)
    for obs in shown:
        yield _step("obs.shown", obs)
    known = {id(obs) for obs in (*used, *shown)}
    for one in series:
        yield from _left_out(one, known)


def _left_out(series: Series, known: set[int]) -> Iterator[Step]:
    """Steps for what a series holds beyond what the verdict used."""
    unpublished = 0
    for obs in series.observations:
        if id(obs) in known:
            continue
        reason = series.left_out.get(id(obs)) or _why(series, obs)
        if reason == "not_yet_published":
            unpublished += 1
        else:
            yield _step(f"obs.left.{reason}", obs)
    if unpublished:
        yield Step("obs.left.not_yet_published", "§1", (("count", unpublished),))


def _why(series: Series, obs: Obs) -> str:
    """Why a usable observation does not speak for its period, or was not needed though it does."""
    period = parse_period(obs.period)
    if period is None:
        return "unknown_period"
    if period.form is not Form.YEAR:
        return "sub_annual" if period.form is Form.INSIDE else "accumulation"
    best = series.years[period.year]
    if best.conflict:
        return "conflict"
    if best.obs is obs:
        return "not_needed"
    if obs.basis != best.obs.basis:
        return "other_basis"
    return "superseded" if obs.pub < best.obs.pub else "same_day"


def _step(code: str, obs: Obs) -> Step:
    return Step(
        code,
        "§1",
        (
            ("period", obs.period),
            ("value", obs.value),
            ("pub", obs.pub),
            ("tier", obs.tier),
            ("obs_status", obs.obs_status),
            ("basis", obs.basis),
            ("source_id", obs.source_id),
        ),
    )
