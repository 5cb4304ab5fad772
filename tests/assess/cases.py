"""Short ways to write a target, its observations and what the method should say of it. All figures are invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from build_scripts.assess import Event, Obs, TargetInputs, assess
from build_scripts.assess.vectors import number_text
from build_scripts.core.method import Assessment


def number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def obs(period: str, value: object, pub: str | None = None, **more: Any) -> Obs:
    """An observation, published on 1 March of the year after the period's first unless said otherwise."""
    day = date.fromisoformat(pub) if pub else date(int(period[:4]) + 1, 3, 1)
    return Obs(period, number(value), day, growth=number(more.pop("yoy", None)), **more)


def event(state: str, pub: str, day: str | None = None, planned: str | None = None, tier: int = 1) -> Event:
    return Event(
        state,
        date.fromisoformat(pub),
        date.fromisoformat(day) if day else None,
        date.fromisoformat(planned) if planned else None,
        tier,
    )


def target(
    kind: str, comparator: str, value: object = None, year: int | None = None, *seen: Obs, **more: Any
) -> TargetInputs:
    """A target counted up unless said otherwise; `base=(year, value)` is its recorded baseline."""
    base_year, base_value = more.pop("base", (None, None))
    return TargetInputs(
        kind=kind,
        direction=more.pop("direction", "up"),
        comparator=comparator,
        value=number(value),
        value_high=number(more.pop("high", None)),
        base_period=str(base_year) if base_year else None,
        base_value=number(base_value),
        target_period=str(year) if year else None,
        observations=seen,
        **more,
    )


@dataclass(frozen=True)
class Case:
    """What the method says (`rule`: the sentence it rests on) of `inputs` on `as_of`."""

    rule: str
    inputs: TargetInputs
    as_of: str
    expected: str

    def given(self) -> str:
        return line(assess(self.inputs, date.fromisoformat(self.as_of)))


def line(verdict: Assessment) -> str:
    """A verdict in one line: `status/reason method p= tau= gap= r= att= d= flags grade`, nulls left out."""
    reason = f"/{verdict.reason.value}" if verdict.reason else ""
    numbers = {
        "p": verdict.progress_pct,
        "tau": verdict.time_pct,
        "gap": verdict.gap_pp,
        "r": verdict.ratio,
        "att": verdict.attainment_pct,
        "d": verdict.derived,
    }
    parts = [f"{verdict.status.value}{reason}", verdict.method or ""]
    parts += [f"{name}={number_text(value)}" for name, value in numbers.items() if value is not None]
    parts += [";".join(verdict.flags), verdict.grade.value if verdict.grade else ""]
    return " ".join(part for part in parts if part)
