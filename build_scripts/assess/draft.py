"""Where a verdict is put together: the steps written down, the flags raised, and at the end the `Assessment`.

Gets a target's inputs and a day; gives the `Assessment` with flags in the method's order and the worst-input grade.
Source: assessment method §6 (grade), §11 (columns, flags and their order).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

from build_scripts.assess.evidence import evidence_steps
from build_scripts.assess.inputs import TargetInputs
from build_scripts.core.method import (
    FLAG_ORDER,
    OVERDUE_DISCLOSURE_MONTHS,
    STALE_MONTHS,
    Assessment,
    Family,
    Grade,
    Reason,
    Status,
    Step,
    StepValue,
)
from build_scripts.core.numbers import percent, points, readable
from build_scripts.core.periods import add_months, fiscal_end, parse_period, year_end
from build_scripts.core.series import Obs, Series

_FLAG_RANK = {name: rank for rank, name in enumerate(FLAG_ORDER)}
_QUALITY_FLAGS = {"P": "provisional", "E": "estimated", "D": "definition_differs"}
_STATUS_GRADE = {"P": Grade.B, "E": Grade.B, "D": Grade.C}
JUDGED = frozenset(status for status in Status if status.family is not Family.UNJUDGED)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The published numbers of a verdict, already rounded; None = the method leaves it null."""

    progress_pct: Decimal | None = None
    time_pct: Decimal | None = None
    gap_pp: Decimal | None = None
    ratio: Decimal | None = None
    attainment_pct: Decimal | None = None
    derived: Decimal | None = None


NO_NUMBERS = Numbers()


@dataclass(frozen=True, slots=True)
class _Ending:
    """How a verdict ends: what is said, by which rule and method, on which grade of evidence."""

    status: Status
    rule: str
    reason: Reason | None = None
    method: str | None = None
    grade: Grade | None = None


def pace(progress: Fraction, time: Fraction, *, met: bool, ratio: Decimal | None = None) -> Numbers:
    """p, τ and gap of a verdict, and r where the method shows it; the gap from unrounded p and τ (§5)."""
    return Numbers(
        percent(progress, met=met),
        percent(time),
        points(progress - time),
        ratio,
    )


def in_flag_order(flags: Iterable[str]) -> tuple[str, ...]:
    """Flags, with their arguments, in the method's order (§11)."""
    return tuple(sorted(flags, key=lambda flag: _FLAG_RANK[flag.partition(":")[0]]))


def worst(grades: Iterable[Grade]) -> Grade:
    """The worst of some evidence grades; A for none."""
    return max(grades, default=Grade.A)


def grade_of(obs: Obs) -> Grade:
    """The evidence grade of one observation (§6)."""
    return _grade(obs.tier, obs.obs_status, obs.at_best)


@cache
def _grade(tier: int, obs_status: str, at_best: Grade) -> Grade:
    by_tier = Grade.A if tier <= 1 else Grade.B if tier == 2 else Grade.C
    return max(by_tier, _STATUS_GRADE.get(obs_status, Grade.A), at_best)


def _first_month(inputs: TargetInputs) -> int:
    """The month in which the years begin that the plan prints: January unless it prints fiscal years."""
    printed = (parse_period(text) for text in (inputs.target_period, inputs.period_start) if text)
    return next((each.start.month for each in printed if each and each.counts_for and each.months == 12), 1)


class Draft:
    """One target under assessment on one day.

    `series` are the observations looked at; `base_enters` says that the recorded baseline is one of the verdict's
    sources; `reference_lags_at` is the latest common year where the reference is published later than the value.
    """

    __slots__ = ("_flags", "_steps", "as_of", "base_enters", "first_month", "inputs", "reference_lags_at", "series")

    def __init__(self, inputs: TargetInputs, as_of: date) -> None:
        self.inputs = inputs
        self.as_of = as_of
        self.series: list[Series] = []
        self.reference_lags_at: int | None = None
        self.base_enters = False
        self._steps: list[Step] = []
        self._flags: dict[str, str] = {}
        self.first_month = _first_month(inputs)

    def note(self, code: str, rule: str, **values: StepValue) -> None:
        """Writes down a step: the sentence's code, the method's rule, the numbers put in."""
        said = ((name, readable(each) if isinstance(each, Decimal) else each) for name, each in values.items())
        self._steps.append(Step(code, rule, tuple(said)))

    def flag(self, name: str, argument: object = "") -> None:
        """Raises a flag, with its argument if it has one."""
        self._flags[name] = f"{name}:{argument}" if argument != "" else name

    def is_stale(self, end: date, months: int = 12) -> bool:
        """Whether a value for a period of `months` that ended on `end` is stale (§3.6)."""
        return self.as_of > add_months(end, self.stale_after(months))

    def stale_after(self, months: int = 12) -> int:
        """Months after which a value for `months` is stale: of whole years after 24, else by the frequency.

        An indicator with a rhythm of its own (every two years, means over three) has twice that, never less than 24.
        """
        if months % 12:
            return STALE_MONTHS.get(self.inputs.frequency, STALE_MONTHS["A"])
        return max(STALE_MONTHS["A"], 2 * (self.inputs.interval_months or 0))

    def end_of(self, year: int) -> date:
        """The last day of a year: 31 December, or where the plan prints fiscal years, the day such a year ends."""
        return year_end(year) if self.first_month == 1 else fiscal_end(year, self.first_month)

    def is_after(self, year: int) -> bool:
        """Whether the day is after the end of `year`."""
        return self.as_of > self.end_of(year)

    def judge(
        self,
        status: Status,
        rule: str,
        method: str,
        used: Sequence[Obs],
        *,
        numbers: Numbers = NO_NUMBERS,
        shown: Obs | None = None,
        floor: Grade = Grade.A,
    ) -> Assessment:
        """A judged status: it carries a method, an evidence grade and the flags of the observations it uses.

        `shown` is the observation that was judged (default: the first used); `floor` the best grade this kind of
        verdict, or a recorded baseline that enters it, allows.
        """
        used = list({id(obs): obs for obs in used}.values())
        self._quality_flags(used)
        grade = max(floor, worst(map(grade_of, used)))
        shown = shown or (used[0] if used else None)
        return self._end(_Ending(status, rule, None, method, grade), used, numbers, shown)

    def withhold(
        self,
        status: Status,
        rule: str,
        *,
        reason: Reason | None = None,
        method: str | None = None,
        numbers: Numbers = NO_NUMBERS,
        shown: Obs | None = None,
        quality: Sequence[Obs] = (),
    ) -> Assessment:
        """An unjudged status: no grade, and quality flags only for the observations named in `quality` (§11)."""
        if quality:
            self._quality_flags(quality)
        return self._end(_Ending(status, rule, reason, method), quality, numbers, shown)

    def flag_silence(self, deadline: date | None) -> None:
        """Raises `overdue_disclosure` (on `due_no_data`, `no_data`) when the silence has lasted over 18 months (§3)."""
        if deadline is not None and self.as_of > add_months(deadline, OVERDUE_DISCLOSURE_MONTHS):
            self.flag("overdue_disclosure")

    def nothing_usable(self, series: Series, deadline: int | None, *, contradicted: bool = False) -> Assessment:
        """§3.2 where nothing feeds the formula: other kinds of period, `contradicted` years, or no publication."""
        end = self.end_of(deadline) if deadline is not None else None
        if not (contradicted or series.has_other_periods):
            self.flag_silence(end)
            return self.withhold(Status.NO_DATA, "§3.2")
        self.note("values.all_contradicted" if contradicted else "values.other_periods", "§3.2")
        if end is not None and self.as_of > end:
            self.flag_silence(end)
            return self.withhold(Status.DUE_NO_DATA, "§3.2")
        return self.withhold(Status.NOT_ASSESSABLE, "§3.2", reason=Reason.PERIOD_MISMATCH)

    def _quality_flags(self, used: Sequence[Obs]) -> None:
        for obs in used:
            if name := _QUALITY_FLAGS.get(obs.obs_status):
                self.flag(name)
        if self.inputs.comparator == "approx":
            self.flag("approx")
        if self.reference_lags_at is not None:
            self.flag("ref_lag", self.reference_lags_at)

    def _end(self, ending: _Ending, used: Sequence[Obs], numbers: Numbers, shown: Obs | None) -> Assessment:
        if any(series.sum_mismatch for series in self.series):
            self.flag("sum_mismatch")
        shown_only = () if shown is None or any(obs is shown for obs in used) else (shown,)
        evidence = evidence_steps(self.series, used, shown_only)
        sources = dict.fromkeys(obs.source_id for obs in (*used, *shown_only) if obs.source_id)
        if self.base_enters and self.inputs.base_source_id:
            sources[self.inputs.base_source_id] = None
        reason = ending.reason.value if ending.reason else None
        verdict = Step("verdict", ending.rule, (("status", ending.status.value), ("reason", reason)))
        if numbers.gap_pp is not None:
            self.note("points", "§4.1", progress=numbers.progress_pct, time=numbers.time_pct, gap=numbers.gap_pp)
        flags = sorted(self._flags, key=_FLAG_RANK.__getitem__) if self._flags else ()
        return Assessment(
            status=ending.status,
            reason=ending.reason,
            method=ending.method,
            progress_pct=numbers.progress_pct,
            time_pct=numbers.time_pct,
            gap_pp=numbers.gap_pp,
            ratio=numbers.ratio,
            attainment_pct=numbers.attainment_pct,
            derived=numbers.derived,
            flags=tuple(self._flags[name] for name in flags),
            grade=ending.grade,
            period=shown.period if shown else None,
            value=readable(shown.value) if shown and shown.value is not None else None,
            source_id=(shown.source_id or None) if shown else None,
            source_ids=tuple(sources),
            steps=(Step("as_of", "§1", (("as_of", self.as_of),)), *evidence, *self._steps, verdict),
            target_id=self.inputs.target_id,
        )
