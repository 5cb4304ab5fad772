"""`milestone`: a thing to be done by a day, judged by dated public events.

Gets `TargetInputs` with events and a day, gives an `Assessment`. Source: assessment method §4.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from build_scripts.assess.draft import Draft, Numbers
from build_scripts.assess.inputs import Event, TargetInputs
from build_scripts.core.method import FINISHED, Assessment, Reason, Status
from build_scripts.core.periods import deadline_of
from build_scripts.core.series import Obs


def assess_milestone(inputs: TargetInputs, as_of: date) -> Assessment:
    """The verdict on a milestone: by its last event, its due day and the announced day."""
    draft = Draft(inputs, as_of)
    due = deadline_of(inputs.due, inputs.target_period)
    visible = in_order([event for event in inputs.events if event.pub <= as_of])
    if not visible:
        if due is not None:
            draft.flag_silence(due)
        return draft.withhold(Status.NO_DATA, "§4.3")
    event = deciding(visible)
    _note_events(draft, visible, event, due)
    if event.state == "cancelled":
        return _cancelled(draft, event, due)
    if event.state == "done":
        return _done(draft, event, due)
    if due is None:
        return draft.withhold(Status.NOT_ASSESSABLE, "§4.3", reason=Reason.NO_DEADLINE, shown=_as_obs(event))
    announcement = announced(visible)
    later = announcement is not None and announcement.planned is not None and announcement.planned > due
    return _unfinished(draft, event, due, announcement if later else None)


def in_order(events: Sequence[Event]) -> list[Event]:
    """By publication; of equal days the better tier, then the later listed, comes last and so decides."""
    return sorted(events, key=lambda event: (event.pub, -event.tier))


def deciding(events: Sequence[Event]) -> Event:
    """The last event, but tier 3 never overrides an earlier tier 1–2 `done` or `cancelled`."""
    decides = events[0]
    for event in events[1:]:
        if event.tier > 2 and decides.tier <= 2 and decides.state in FINISHED:
            continue
        decides = event
    return decides


def announced(events: Sequence[Event]) -> Event | None:
    """The event with the announced day: the last `planned`, where tier 3 never overrides tier 1–2."""
    says: Event | None = None
    for event in events:
        if event.planned is not None and (says is None or says.tier > 2 or event.tier <= 2):
            says = event
    return says


def _cancelled(draft: Draft, event: Event, due: date | None) -> Assessment:
    draft.flag("cancelled")
    if due is None:
        return draft.withhold(Status.NOT_ASSESSABLE, "§4.3", reason=Reason.NO_DEADLINE, shown=_as_obs(event))
    return draft.judge(Status.MISSED, "§4.3", "event", [_as_obs(event)])


def _done(draft: Draft, event: Event, due: date | None) -> Assessment:
    if due is None:
        draft.flag("no_deadline")
        return draft.judge(Status.ACHIEVED, "§4.3", "event", [_as_obs(event)])
    days = ((event.day or event.pub) - due).days
    numbers = Numbers(derived=Decimal(days))
    code = "event.late" if days > 0 else "event.ahead" if days < 0 else "event.on_the_day"
    draft.note(code, "§4.3", days=abs(days), due=due, done=event.day or event.pub)
    if days > 0:
        return draft.judge(Status.ACHIEVED_LATE, "§4.3", "event", [_as_obs(event)], numbers=numbers)
    if draft.as_of <= due:
        draft.flag("early")
    return draft.judge(Status.ACHIEVED, "§4.3", "event", [_as_obs(event)], numbers=numbers)


def _unfinished(draft: Draft, event: Event, due: date, later: Event | None) -> Assessment:
    """Not done: before the due day, a later day announced by tier 1–2 is a delay; after it, evidence is needed."""
    official = later if later is not None and later.tier <= 2 else None
    if draft.as_of <= due:
        if official is None:
            return draft.withhold(Status.PENDING, "§4.3", reason=Reason.NOT_DUE, method="event", shown=_as_obs(event))
        _rescheduled(draft, official)
        return draft.judge(Status.BEHIND, "§4.3", "event", [_as_obs(official)])
    shown_after = event.pub > due
    if not shown_after and official is None:
        draft.flag_silence(due)
        return draft.withhold(Status.DUE_NO_DATA, "§4.3", shown=_as_obs(event))
    if later is not None:
        _rescheduled(draft, later)
    decides = event if shown_after or official is None else official
    days = (draft.as_of - due).days
    draft.note("event.overdue", "§4.3", days=days, due=due)
    return draft.judge(Status.MISSED, "§4.3", "event", [_as_obs(decides)], numbers=Numbers(derived=Decimal(days)))


def _rescheduled(draft: Draft, announcement: Event) -> None:
    if announcement.planned is not None:
        draft.flag("rescheduled", announcement.planned.isoformat())
        draft.note("event.rescheduled", "§4.3", planned=announcement.planned, pub=announcement.pub)


def _as_obs(event: Event) -> Obs:
    """An event as evidence: its day, tier and source."""
    return Obs((event.day or event.pub).isoformat(), None, event.pub, tier=event.tier, source_id=event.source_id)


def _note_events(draft: Draft, events: Sequence[Event], decides: Event, due: date | None) -> None:
    for event in events:
        draft.note(
            "event.decides" if event is decides else "event.before",
            "§4.3",
            state=event.state,
            day=event.day or event.pub,
            pub=event.pub,
            tier=event.tier,
            planned=event.planned,
            source_id=event.source_id,
        )
    if due is not None:
        draft.note("event.due", "§4.3", due=due, as_of=draft.as_of)
