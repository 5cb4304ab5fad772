"""Targets, deadlines and figures in the few words a form's cell has room for. Gets records, gives strings."""

from __future__ import annotations

from datetime import date

from build_scripts.core.records import Observation, Target
from build_scripts.locale import day, number, period, said_in_large, t


def goal(target: Target) -> str:
    """`2027年≥2,800亿元`; the printed wording where there is no number to compare with."""
    if target.comparator == "event":
        return t("forms.goal.event")
    if target.comparator == "none" or target.value is None:
        return target.figure_as_printed
    said = said_in_large(target.unit, (target.value, target.value_high))
    words = t(
        f"forms.goal.{target.comparator}",
        value=number(said.figure(target.value)),
        high=number(target.value_high and said.figure(target.value_high)),
        unit=said.unit,
    )
    if target.kind == "multiple_of_base" and target.baseline_period:
        words = t("forms.goal.multiple", goal=words, base=period_words(target.baseline_period))
    return t("forms.goal.with_period", period=period_words(target.target_period or ""), goal=words)


def deadline(due: date | None, target_period: str | None) -> str:
    """The printed deadline, or that none is printed."""
    if due:
        return day(due)
    return period_words(target_period) if target_period else t("forms.goal.no_deadline")


def figure(observation: Observation, unit: str) -> str:
    """`2024年：2,181.18亿元`, `2024: 218.118 billion yuan`."""
    return t("forms.goal.figure", period=period_words(observation.period), value=number(observation.value), unit=unit)


def period_words(code: str) -> str:
    """A period in words, nothing for none."""
    return period(code) if code else ""
