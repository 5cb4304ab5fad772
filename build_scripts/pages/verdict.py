"""Why a target has its status: the steps taken and the numbers put into the method, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from build_scripts.core.records import Link
from build_scripts.explain import (
    explain,
    figure_years,
    flag_meaning,
    grade_meaning,
    periods_of,
    reason_label,
    reason_meaning,
)
from build_scripts.locale import how_many, number, percent, signed, t
from build_scripts.locale.catalogue import has
from build_scripts.pages import wording
from build_scripts.pages.parts import Fact
from build_scripts.report import TargetEntry

# A clause of the method, as the sentences of every language name it.
CLAUSE = re.compile(r"§(\d+(?:\.\d+)?)")
# Where the method page says what a clause asks; the order of decisions is numbered there as in the method.
_PLACES = {"4.2": "rule-3-10", "4.3": "kinds", "5": "bands"}
_CHAPTERS = {"3": "order", "4": "formula"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The explanation of one verdict.

    `reason` is why no verdict is passed, short (empty where one is); `meaning` what the status says; `steps` how it
    was reached, rule by rule; `clauses` those rules on the method page; `numbers` what it came from; `notes` what
    must be known about those. `left` says of every published figure that was not used why not, under `left_title`.
    """

    reason: str
    meaning: str
    steps: tuple[str, ...]
    clauses: tuple[Link, ...]
    numbers: tuple[Fact, ...]
    notes: tuple[str, ...]
    left_title: str
    left: tuple[str, ...]


def verdict(entry: TargetEntry, titles: Mapping[str, str], undated: Mapping[str, str]) -> Verdict:
    """The explanation of an entry's assessment; `titles` and `undated` are those of `explain`."""
    found = entry.assessment
    settled = entry.target.kind == "milestone"  # a thing done stays done
    periods = periods_of(entry.target)
    years = figure_years(found, (*(figure.observation.period for figure in entry.figures), *periods))
    notes = [
        t("flags.settled.early") if flag == "early" and settled else flag_meaning(flag, years) for flag in found.flags
    ]
    if found.grade is not None:
        notes.append(t("target.number.grade", meaning=grade_meaning(found.grade)))
    sentences = explain(found, unit=entry.indicator.unit, titles=titles, undated=undated, periods=periods)
    told = [(step.left_out, words) for step, words in zip(found.steps, sentences, strict=True)]
    left = tuple(words for left_out, words in told if left_out)
    steps = tuple(words for left_out, words in told if not left_out)
    clauses = sorted(set(CLAUSE.findall(" ".join(steps))), key=clause_order)
    return Verdict(
        reason=reason_label(found.reason) if found.reason else "",
        meaning=_meaning(entry, settled=settled),
        steps=steps,
        clauses=tuple(clause_link(f"§{each}") for each in clauses),
        numbers=tuple(_numbers(entry)),
        notes=tuple(notes),
        left_title=t("target.left", count=how_many(len(left), "each")),
        left=left,
    )


def clause_order(number: str) -> tuple[int, ...]:
    """The place of a clause among others: `3.4` before `3.11`."""
    return tuple(int(part) for part in number.split("."))


def clause_link(clause: str) -> Link:
    """A clause such as `§3.4` with its place on the method page."""
    chapter, _, item = clause.removeprefix("§").partition(".")
    written = f"rule-{chapter}-{item}" if chapter == "3" and item else _CHAPTERS.get(chapter, "order")
    return Link(clause, f"method/#{_PLACES.get(clause.removeprefix('§'), written)}")


def _meaning(entry: TargetEntry, *, settled: bool) -> str:
    """What the status says; of a thing done nothing that could still fall back."""
    if entry.assessment.reason:
        return reason_meaning(entry.assessment.reason)
    key = f"status.settled.{entry.status}"
    return t(key) if settled and has(key) else t(f"status.meaning.{entry.status}")


def _numbers(entry: TargetEntry) -> Iterator[Fact]:
    """The published numbers of the assessment that are not null, each with its label."""
    found = entry.assessment
    if found.attainment_pct is not None and not wording.ratio_misleads(entry.target.unit):
        yield Fact(t("target.number.attainment"), percent(found.attainment_pct))
    if found.progress_pct is not None:
        yield Fact(t("target.number.progress"), percent(found.progress_pct))
    if found.time_pct is not None:
        yield Fact(t("target.number.time"), percent(found.time_pct))
    if found.gap_pp is not None:
        yield Fact(t("target.number.gap"), t("target.number.gap_value", gap=signed(found.gap_pp)))
    if found.ratio is not None:
        yield Fact(t("target.number.ratio"), number(found.ratio))
