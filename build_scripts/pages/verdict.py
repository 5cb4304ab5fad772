"""Why a target has its status: the numbers put into the method, and the steps taken, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.pages.parts import Fact
from build_scripts.report import TargetEntry
from build_scripts.text import number, percent, signed, t


@dataclass(frozen=True, slots=True)
class Verdict:
    """The explanation of one verdict: what it means, the steps taken, the numbers it came from."""

    meaning: str
    steps: tuple[str, ...]
    numbers: tuple[Fact, ...]


def verdict(entry: TargetEntry) -> Verdict:
    """The explanation of an entry's assessment."""
    return Verdict(
        meaning=t(f"status.meaning.{entry.status}"),
        steps=(),
        numbers=tuple(_numbers(entry)),
    )


def _numbers(entry: TargetEntry) -> Iterator[Fact]:
    """The published numbers of the assessment that are not null, each with its label."""
    found = entry.assessment
    if found.attainment_pct is not None:
        yield Fact(t("target.number.attainment"), percent(found.attainment_pct))
    if found.progress_pct is not None:
        yield Fact(t("target.number.progress"), percent(found.progress_pct))
    if found.time_pct is not None:
        yield Fact(t("target.number.time"), percent(found.time_pct))
    if found.gap_pp is not None:
        yield Fact(t("target.number.gap"), t("target.number.gap_value", gap=signed(found.gap_pp)))
    if found.ratio is not None:
        yield Fact(t("target.number.ratio"), number(found.ratio))
    if found.grade is not None:
        yield Fact(t("target.number.grade"), t(f"target.grade.{found.grade}"))
