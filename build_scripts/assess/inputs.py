"""What the method works on: one frozen record a target, with everything published about it.

Gets nothing, gives types. Free of tables and files: a package, a vectors file or a test can fill them.
Values are `Decimal` as recorded; periods stay in the method's textual forms.
Source: assessment method §1 (records), §8 (groups), §11 (columns of the vectors).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from build_scripts.assess.threshold import Threshold, make_threshold
from build_scripts.core.method import Grade, Status
from build_scripts.core.series import MAIN_BASIS, Obs


@dataclass(frozen=True, slots=True)
class Event:
    """A published, dated step of a milestone; `day` is when it happened (else `pub`), `planned` an announced end."""

    state: str
    pub: date
    day: date | None = None
    planned: date | None = None
    tier: int = 1
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """One defensible reading of an input: replaces the baseline value and the observations."""

    base_value: Decimal | None
    observations: tuple[Obs, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """The figures behind a group's value for one period.

    `form` carries period, day, status, basis, tier and source of the group's observation; its value is not read.
    `members` are addends of a sum; `numerators` and `denominators` those of a ratio. None = not published.
    `source_ids` are where the members' figures come from.
    """

    form: Obs
    official: Decimal | None = None
    members: Mapping[str, Decimal | None] = field(default_factory=dict)
    numerators: Mapping[str, Decimal | None] = field(default_factory=dict)
    denominators: Mapping[str, Decimal | None] = field(default_factory=dict)
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupItem:
    """One target of a bundle: its status, pace ratio and (if missed) progress share (1 = whole)."""

    status: Status
    ratio: Decimal | None = None
    progress: Decimal | None = None
    target_id: str = ""


@dataclass(frozen=True, slots=True)
class TargetInputs:
    """A target and all that is known about it.

    `base_grade` is the grade of the recorded baseline, `base_pub` the day it was published (None: always known).
    `path` is the scale the target names for itself (`linear`, `log`); empty leaves it to the kind (§4.1).
    """

    kind: str
    direction: str = "none"
    comparator: str = "none"
    value: Decimal | None = None
    value_high: Decimal | None = None
    unit: str = ""
    base_period: str | None = None
    base_value: Decimal | None = None
    base_basis: str = MAIN_BASIS
    base_grade: Grade = Grade.A
    base_source_id: str = ""
    base_pub: date | None = None
    base_pending: bool = False
    target_period: str | None = None
    period_start: str | None = None
    due: date | None = None
    monotone: bool | None = None
    path: str = ""
    flow: bool = False
    frequency: str = "A"
    interval_months: int | None = None
    peers: int | None = None
    year_start: int = 1
    observations: tuple[Obs, ...] = ()
    events: tuple[Event, ...] = ()
    reference: tuple[Obs, ...] = ()
    variants: tuple[Variant, ...] = ()
    group: GroupFigures | None = None
    kind_inner: str = ""
    items: tuple[GroupItem, ...] = ()
    target_id: str = ""

    @property
    def threshold(self) -> Threshold | None:
        """What a value must meet, as the target says it; None where it names no such figure."""
        return make_threshold(self.comparator, self.direction, self.value, self.value_high)
