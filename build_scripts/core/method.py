"""The assessment method's vocabulary: codes, order, thresholds, and the record a verdict is returned in.

Gets nothing, gives the constants that `assess`, the pages and the method page all read, so that what is printed
cannot differ from what is computed. Words for readers live in `locale/`; here are only codes.
Source: assessment method 1.1.0 §2 (statuses), §5 (thresholds), §6 (reasons, grades), §11 (flag order).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

METHOD_VERSION = "1.1.0"

ON_TRACK_RATIO = Decimal("0.95")
BEHIND_RATIO = Decimal("0.60")
APPROX_TOLERANCE = Decimal("0.05")
CONFLICT_TOLERANCE = Decimal("0.01")
STALE_MONTHS = {"A": 24, "Q": 9, "M": 6}
OVERDUE_DISCLOSURE_MONTHS = 18
BASELINE_WAIT_MONTHS = 18
FORWARD_WINDOW_YEARS = 5
EVIDENCE_YEARS = 5
REAL_NOMINAL_MARGIN_PP = Decimal(2)
GROUP_MIN_COVERAGE = Decimal("0.5")
GROUP_MIN_SCORED = 3
EARLY_MONTHS = 3
EARLY_SHARE = Decimal("0.1")
RANK_TOP = 3

DIRECTIONS = ("up", "down", "none")
# The states of a work, and those after which nothing more is expected of it.
TASK_STATES = ("planned", "started", "in_progress", "done", "suspended", "cancelled")
FINISHED = frozenset({"done", "cancelled"})
# Those of a reported problem, and those in which it is closed.
PROBLEM_STATES = ("open", "in_progress", "resolved", "verified", "reopened")
CLOSED = frozenset({"resolved", "verified"})

# How the code of every step begins that says why a published figure was not used.
LEFT_OUT = "obs.left."


class Family(StrEnum):
    """The four families every total is shown in."""

    MET = "met"
    PROGRESSING = "progressing"
    LAGGING = "lagging"
    UNJUDGED = "unjudged"


class Status(StrEnum):
    """The eleven statuses, in the order legends and bars list them."""

    ACHIEVED = "achieved"
    ACHIEVED_LATE = "achieved_late"
    ON_TRACK = "on_track"
    SLIGHTLY_BEHIND = "slightly_behind"
    BEHIND = "behind"
    REVERSING = "reversing"
    MISSED = "missed"
    PENDING = "pending"
    DUE_NO_DATA = "due_no_data"
    NO_DATA = "no_data"
    NOT_ASSESSABLE = "not_assessable"

    @property
    def family(self) -> Family:
        """The family this status counts in."""
        return _FAMILY[self]


_FAMILY = {
    Status.ACHIEVED: Family.MET,
    Status.ACHIEVED_LATE: Family.MET,
    Status.ON_TRACK: Family.PROGRESSING,
    Status.SLIGHTLY_BEHIND: Family.LAGGING,
    Status.BEHIND: Family.LAGGING,
    Status.REVERSING: Family.LAGGING,
    Status.MISSED: Family.LAGGING,
    Status.PENDING: Family.UNJUDGED,
    Status.DUE_NO_DATA: Family.UNJUDGED,
    Status.NO_DATA: Family.UNJUDGED,
    Status.NOT_ASSESSABLE: Family.UNJUDGED,
}

COLOURS = {
    Status.ACHIEVED: "#0B4F8A",
    Status.ACHIEVED_LATE: "#0B4F8A",
    Status.ON_TRACK: "#00795C",
    Status.SLIGHTLY_BEHIND: "#9A7200",
    Status.BEHIND: "#8C2B00",
    Status.REVERSING: "#5A0F46",
    Status.MISSED: "#1F1F1F",
    Status.PENDING: "#747A80",
    Status.DUE_NO_DATA: "#747A80",
    Status.NO_DATA: "#747A80",
    Status.NOT_ASSESSABLE: "#747A80",
}


class Disclosure(StrEnum):
    """What may be said of a target past its deadline without a value, by the record of searches; first that fits."""

    EXISTS_NOT_COLLECTED = "exists_not_collected"
    SEARCHED_NOT_FOUND = "searched_not_found"
    SEARCHED_ELSEWHERE = "searched_elsewhere"
    NOT_SEARCHED = "not_searched"


# The statuses of a target whose deadline's figure this record does not hold.
WITHOUT_VALUE = (Status.DUE_NO_DATA, Status.NO_DATA)


class Reason(StrEnum):
    """Why a verdict is forbidden or not yet possible."""

    NO_THRESHOLD = "no_threshold"
    NO_DEADLINE = "no_deadline"
    NO_BASELINE = "no_baseline"
    SINGLE_OBSERVATION = "single_observation"
    BREAK_IN_SERIES = "break_in_series"
    PERIOD_MISMATCH = "period_mismatch"
    STALE = "stale"
    CONFLICTING_SOURCES = "conflicting_sources"
    GAP_IN_SERIES = "gap_in_series"
    REFERENCE_MISSING = "reference_missing"
    SENSITIVE_TO_ASSUMPTION = "sensitive_to_assumption"
    PARTIAL_EVIDENCE = "partial_evidence"
    MEMBER_MISSING = "member_missing"
    LOW_COVERAGE = "low_coverage"
    TOO_EARLY = "too_early"
    NOT_DUE = "not_due"
    BASELINE_NOT_YET_KNOWN = "baseline_not_yet_known"


class Grade(StrEnum):
    """Evidence grade: A tier 1 and final; B tier 2 or preliminary; C weaker (method §6)."""

    A = "A"
    B = "B"
    C = "C"


FLAG_ORDER = (
    "provisional",
    "estimated",
    "definition_differs",
    "approx",
    "break_in_series",
    "forward_pace",
    "yoy_based",
    "real_nominal_mix",
    "single_year",
    "ytd",
    "broken_years",
    "gap_years",
    "years",
    "ref_lag",
    "early",
    "no_deadline",
    "met_at_baseline",
    "lost_baseline_target",
    "met_in",
    "met_earlier",
    "lost_later",
    "target_year_missing",
    "last",
    "last_month",
    "cancelled",
    "rescheduled",
    "overdue_disclosure",
    "evidence",
    "coverage",
    "missing",
    "summed",
    "weighted",
    "sum_mismatch",
    "robust",
    "variants",
)

# What a step's sentence is filled with: exact figures, years, days, codes.
StepValue = Decimal | int | str | date | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a verdict, as data: which rule of the method, and the numbers put into it.

    `code` names the sentence in `locale/<lang>/explain.toml`; `rule` is the method's own number (`§3.5`, `§4.1`).
    """

    code: str
    rule: str
    values: tuple[tuple[str, StepValue], ...] = ()

    @property
    def left_out(self) -> bool:
        """Whether it says why a published figure was not used."""
        return self.code.startswith(LEFT_OUT)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A verdict on one target (or group), with everything needed to recompute it.

    `progress_pct`, `time_pct`, `gap_pp`, `attainment_pct` have 1 decimal, `ratio` 4; a field the method leaves
    null is None. `period`, `value` and `source_id` name the figure that was judged (or shown, where no verdict is
    allowed); `source_ids` lists every source the verdict rests on. `flags` are in `FLAG_ORDER`, as `name` or
    `name:argument`.
    """

    status: Status
    reason: Reason | None = None
    method: str | None = None
    progress_pct: Decimal | None = None
    time_pct: Decimal | None = None
    gap_pp: Decimal | None = None
    ratio: Decimal | None = None
    attainment_pct: Decimal | None = None
    derived: Decimal | None = None
    flags: tuple[str, ...] = ()
    grade: Grade | None = None
    period: str | None = None
    value: Decimal | None = None
    source_id: str | None = None
    source_ids: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    target_id: str = ""

    def flag(self, name: str) -> str | None:
        """The argument of flag `name` (`""` for a plain flag), or None when it is not raised."""
        for raised in self.flags:
            head, _, argument = raised.partition(":")
            if head == name:
                return argument
        return None
