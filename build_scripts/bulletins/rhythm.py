"""Which days a bulletin is about: its period, the day its data ends, how far it looks ahead; and proposing a new one.

Gets a kind (`month`, `quarter`, `year`) and a period of the method (`2026-10`, `2026-Q3`, `2026`), gives days. Figures
of a month or quarter are published during the month after it, those of a year by the end of the following March:
these are the days data ends unless another is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from build_scripts.core.periods import Form, add_months, parse_period
from build_scripts.core.records import Bulletin, Package

MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
_LAG_MONTHS = {"month": 1, "quarter": 1, "year": 3}
_EXAMPLES = {"month": "2026-10", "quarter": "2026-Q3", "year": "2026"}


class ProposalError(ValueError):
    """A bulletin that cannot be made; `code` names the sentence that says why, `facts` fill it in."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A bulletin that may be recorded; `known` is True when the package already holds exactly this one."""

    bulletin: Bulletin
    known: bool


def first_day(kind: str, period: str) -> date:
    """The first day of a bulletin's period.

    Raises:
        ProposalError: the period is not one of that kind.
    """
    found = parse_period(period)
    if found is None or found.key != period or found.form is Form.SPAN or found.months != MONTHS_OF[kind]:
        raise ProposalError("period", kind=kind, period=period, example=_EXAMPLES[kind])
    return found.start


def last_day(kind: str, period: str) -> date:
    """The last day of a bulletin's period."""
    return add_months(first_day(kind, period), MONTHS_OF[kind]) - timedelta(days=1)


def usual_day(kind: str, period: str) -> date:
    """The day the data of such a bulletin usually ends: when most figures of its period have been published."""
    return add_months(last_day(kind, period), _LAG_MONTHS[kind])


def horizon(bulletin: Bulletin) -> date:
    """The day up to which a bulletin looks ahead: one more turn of its kind."""
    return add_months(bulletin.as_of, MONTHS_OF[bulletin.kind])


def previous(bulletin: Bulletin, bulletins: tuple[Bulletin, ...]) -> Bulletin | None:
    """The bulletin of the same kind before `bulletin`; one released only later is not what it was compared with."""
    before = (
        each
        for each in bulletins
        if each.kind == bulletin.kind and each.as_of < bulletin.as_of and each.released <= bulletin.released
    )
    return max(before, key=lambda each: (each.as_of, each.bulletin_id), default=None)


def following(bulletin: Bulletin, bulletins: tuple[Bulletin, ...]) -> Bulletin | None:
    """The next bulletin of the same kind."""
    after = (each for each in bulletins if each.kind == bulletin.kind and each.as_of > bulletin.as_of)
    return min(after, key=lambda each: (each.as_of, each.bulletin_id), default=None)


def base_day(bulletin: Bulletin, before: Bulletin | None) -> date:
    """The day a bulletin is compared with: where the one before ended, else the eve of its own period."""
    return before.as_of if before else first_day(bulletin.kind, bulletin.period) - timedelta(days=1)


def propose(
    package: Package, kind: str, period: str, *, today: date, as_of: date | None = None, headline: str = ""
) -> Proposal:
    """The bulletin to record for a period.

    Raises:
        ProposalError: no such period; its data day lies before its end or in the future; another bulletin of this
            kind and period, or of this address, is already there.
    """
    ends, day = last_day(kind, period), as_of or usual_day(kind, period)
    if day <= ends:
        raise ProposalError("too-early", ends=ends, as_of=day)
    if day > today:
        raise ProposalError("future", as_of=day, today=today)
    bulletin = Bulletin(period.lower(), kind, period, day, today, headline)
    for there in package.bulletins:
        if there.kind == kind and there.period == period:
            if there.as_of == day and headline in ("", there.headline):
                return Proposal(there, known=True)
            raise ProposalError("exists", found=there.bulletin_id, as_of=there.as_of)
        if there.bulletin_id == bulletin.bulletin_id:
            raise ProposalError("address", found=there.bulletin_id)
    return Proposal(bulletin, known=False)
