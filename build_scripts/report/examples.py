"""Worked examples for the method page: invented targets, really assessed, so that no example can drift from the code.

Gets nothing, gives `WorkedExample`s. All figures are made up and labelled so wherever they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from build_scripts.assess import Event, Obs, TargetInputs, assess
from build_scripts.core.method import Assessment
from build_scripts.locale import t


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """An invented target with its verdict; `key` names its words in `locale/<lang>/method.toml`.

    `path` says whether the verdict comes from start, target and latest figure alone, so that a reader can try it.
    """

    key: str
    unit: str
    inputs: TargetInputs
    as_of: date
    assessment: Assessment

    @property
    def path(self) -> bool:
        """Whether the path test judged it (method §4.1)."""
        return self.assessment.method in {"path_linear", "path_log"}


def worked_examples() -> tuple[WorkedExample, ...]:
    """The examples in the order the method page tells them."""
    amount = t("format.example_unit")
    return (
        _example("on_track", "%", _share("66.5"), date(2024, 6, 30)),
        _example("slightly_behind", "%", _share("64.5"), date(2024, 6, 30)),
        _example("growth", amount, _level(_obs("2023", "122", 2024)), date(2024, 6, 30)),
        _example("flow", amount, _flow(), date(2023, 9, 30)),
        _example("late", "", _milestone(), date(2023, 6, 30)),
        _example("floor", "%", _floor(), date(2025, 6, 30)),
        _example("copy", amount, _copied(), date(2026, 6, 30)),
        _example("break", amount, _level(_obs("2023", "140", 2024, basis="revised")), date(2024, 6, 30)),
        _example("silent", "%", _share("66.5"), date(2026, 6, 30)),
    )


def _example(key: str, unit: str, inputs: TargetInputs, as_of: date) -> WorkedExample:
    return WorkedExample(key, unit, inputs, as_of, assess(inputs, as_of))


def _obs(period: str, value: str, published: int, *, basis: str = "main") -> Obs:
    return Obs(period, Decimal(value), date(published, 3, 1), basis=basis)


def _share(latest: str) -> TargetInputs:
    """From 60 % in 2020 to 70 % in 2025, with one figure for 2023."""
    return TargetInputs(
        kind="share_by",
        direction="up",
        comparator="ge",
        value=Decimal(70),
        unit="%",
        base_period="2020",
        base_value=Decimal(60),
        target_period="2025",
        observations=(_obs("2023", latest, 2024),),
    )


def _floor() -> TargetInputs:
    """At least 30 % in each year of 2023–2027, broken in the first."""
    return TargetInputs(
        kind="annual_floor",
        direction="up",
        comparator="ge",
        value=Decimal(30),
        unit="%",
        period_start="2023",
        target_period="2027",
        observations=(_obs("2023", "28", 2024), _obs("2024", "31", 2025)),
    )


def _copied() -> TargetInputs:
    """150 due in 2025, 149.6 published, and 150 as a newspaper put it."""
    copy = Obs("2025", Decimal(150), date(2026, 3, 20), tier=2)
    return _level(_obs("2025", "149.6", 2026), copy)


def _level(*observations: Obs) -> TargetInputs:
    """From 100 in 2020 to 150 in 2025, a quantity that grows by rates."""
    return TargetInputs(
        kind="level_by",
        direction="up",
        comparator="ge",
        value=Decimal(150),
        unit=t("format.example_unit"),
        base_period="2020",
        base_value=Decimal(100),
        target_period="2025",
        observations=observations,
    )


def _flow() -> TargetInputs:
    """600 in all over 2021–2025, 280 of it in the first 30 months."""
    return TargetInputs(
        kind="cum_flow",
        direction="up",
        comparator="ge",
        value=Decimal(600),
        unit=t("format.example_unit"),
        period_start="2021",
        target_period="2025",
        flow=True,
        frequency="M",
        observations=(Obs("2021-01-01/P30M", Decimal(280), date(2023, 8, 1)),),
    )


def _milestone() -> TargetInputs:
    """Due at the end of 2022, done in May 2023."""
    return TargetInputs(
        kind="milestone",
        comparator="event",
        due=date(2022, 12, 31),
        target_period="2022",
        events=(Event("done", date(2023, 5, 21), day=date(2023, 5, 20)),),
    )
