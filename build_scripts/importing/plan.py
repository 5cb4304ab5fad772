"""What every import asks of the plan itself: its name, who issued it and when, its years, the place, when read.

Gets a `Draft` and what the other system says of these, adds the rows of the plan and the place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from build_scripts.core.errors import UsageError
from build_scripts.importing.draft import Draft
from build_scripts.locale import t

PLAN_ID, WHOLE = "plan", "whole"
_LONGEST_SHORT = 20


@dataclass(frozen=True, slots=True)
class Given:
    """What another system says of its plan; empty where it says nothing."""

    title: str = ""
    issuer: str = ""
    place: str = ""
    first: str = ""
    last: str = ""


def read_on(draft: Draft, today: date) -> str:
    """The day on which the figures are known to have been public; what is assumed is the day of the import."""
    found = draft.ask("published", assumed=today.isoformat())
    try:
        return date.fromisoformat(found).isoformat()
    except ValueError:
        raise UsageError(t("importing.fault.day", found=found)) from None


def whole_place(draft: Draft, given: str) -> None:
    """The place the plan is of, as the first region."""
    name = draft.ask("place", assumed=given or t("importing.package.place"))
    draft.add("regions", [{"region_id": WHOLE, "name": name, "level": "city", "order": "1"}])


def add_plan(draft: Draft, given: Given) -> None:
    """The plan's own row."""
    title = draft.ask("plan_title", assumed=given.title or t("importing.package.plan"))
    draft.add(
        "plans",
        [
            {
                "plan_id": PLAN_ID,
                "title": title,
                "short_title": title if len(title) <= _LONGEST_SHORT else "",
                "issuer": draft.ask("issuer", assumed=given.issuer),
                "issued_on": draft.ask("issued_on"),
                "period_start": draft.ask("plan_start", assumed=given.first),
                "period_end": draft.ask("plan_end", assumed=given.last),
                "summary": draft.ask("summary", assumed=t("importing.package.summary", title=title)),
                "url": draft.ask("plan_url", assumed=""),
            }
        ],
    )
