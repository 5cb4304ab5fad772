"""Reason codes, flags and grades as readers see them. Gets codes of the method, gives labels and meanings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from build_scripts.core.method import Assessment, Family, Grade, Reason, Status
from build_scripts.explain.years import YearNames
from build_scripts.locale import day, in_a_row, listed, t

# Flags about years of figures, which are named as the figures are.
_YEARS = frozenset(("broken_years", "gap_years", "last", "lost_later", "met_earlier", "met_in", "ref_lag"))
_NO_NAMES = YearNames(())


def reason_label(reason: Reason) -> str:
    """The short Chinese name of a reason code."""
    return t(f"reason.label.{reason.value}")


def reason_meaning(reason: Reason) -> str:
    """The fixed sentence that says what a reason code means."""
    return t(f"reason.meaning.{reason.value}")


def grade_meaning(grade: Grade) -> str:
    """What an evidence grade says about the figures behind a verdict."""
    return t(f"flags.grade.{grade.value}")


def flag_label(flag: str, years: YearNames = _NO_NAMES) -> str:
    """A flag with its argument, short: `met_earlier:2022` → “2022年曾达到”; `years` are named as figures name them."""
    name, _, argument = flag.partition(":")
    return t(f"flags.label.{name}", arg=_argument(name, argument, years, listed))


def flag_meaning(flag: str, years: YearNames = _NO_NAMES) -> str:
    """The sentence that says what a flag, with its argument, means for the verdict."""
    name, _, argument = flag.partition(":")
    return t(f"flags.meaning.{name}", arg=_argument(name, argument, years, in_a_row))


def status_words(status: str) -> str:
    """The label of a status code."""
    return t(f"status.label.{status}")


def is_unjudged(verdict: Assessment) -> bool:
    """Whether an assessment passes no verdict."""
    return verdict.status.family is Family.UNJUDGED


def _argument(name: str, argument: str, years: YearNames, join: Callable[[Iterable[object]], str]) -> str:
    """A flag's argument in words: lists joined, years, days and statuses spelled out, `3/5` as it is."""
    if name in _YEARS:
        return join(map(years.of, argument.split("|")))
    if name == "missing":
        return join(argument.split("|"))
    if name == "variants":
        return join(status_words(each) for each in argument.split("|") if each in set(Status))
    if name == "rescheduled":
        return day(date.fromisoformat(argument))
    if name == "years":
        count, _, total = argument.partition("/")
        return t("flags.years", count=count, total=total)
    return argument
