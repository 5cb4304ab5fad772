"""Disclosure requests ready to send. Gets a target's entry, gives a letter to a body that is there to answer it."""

from __future__ import annotations

from collections.abc import Iterable

from build_scripts.core.government import InformationRequest
from build_scripts.core.method import Family
from build_scripts.core.records import Plan, Target, Unit
from build_scripts.locale import each_of, holds, in_brackets, period, quoted, t, titled
from build_scripts.pages import wording
from build_scripts.pages.asking import CHINESE_LAW, letter
from build_scripts.report import TargetEntry

_DETAILS = {"rank": "place", "envelope": "investment", "annual_task": "task", "qualitative": "quality"}


def request_lead(entry: TargetEntry) -> str:
    """The words before the letter: who is asked, and why that body."""
    found, body = entry_addressee(entry)
    return t(f"target.request.lead_{found}", body=body) + t("target.request.copy")


def request_text(entry: TargetEntry, request: InformationRequest | None = CHINESE_LAW) -> str:
    """The letter: it asks for what can be there by the day of the report, never for a year still to come."""
    target = entry.target
    ended = entry.deadline is not None and entry.deadline <= entry.as_of
    dated = ended and target.target_period is not None and target.kind in wording.POINT_KINDS
    open_still = entry.deadline is not None and not ended and entry.status.family is not Family.MET
    asked = "task" if target.kind == "annual_task" else "so_far" if open_still else "result"
    item = t(
        "target.request.item",
        plan=titled(entry.plan.title),
        number=in_brackets(entry.plan.doc_number),
        section=quoted(wording.section(target.section)),
        printed=quoted(target.words),
        what=t(
            "target.request.what_year" if dated else "target.request.what",
            period=period(target.target_period),
            subject=quoted(_subject(entry)),
        ),
        asked=t(f"target.request.asked_{asked}"),
        detail=t(f"target.request.detail_{_detail(entry)}"),
    )
    return letter(request, "target.request.text", entry_addressee(entry)[1], item)


def entry_addressee(entry: TargetEntry) -> tuple[str, str]:
    """How a target's addressee was found and its name: the lead, else a responsible body, else the plan's issuer."""
    return addressee(entry.lead, entry.responsible, entry.plan)


def addressee(lead: Unit | None, responsible: Iterable[Unit], plan: Plan) -> tuple[str, str]:
    """Who is asked, and how it was found: the lead, else a responsible body, else the issuer of the plan."""
    if lead and can_answer(lead):
        return "lead", lead.name
    for unit in responsible:
        if can_answer(unit):
            return "responsible", unit.name
    issuers = each_of(plan.issuer)
    return "issuer", next((name for name in issuers if not _is_party(name)), plan.issuer)


def can_answer(unit: Unit) -> bool:
    """Whether a letter reaches it: one body, and one that the rules on disclosure by government bind."""
    return unit.category != "enterprise" and not wording.is_collective(unit) and not _is_party(unit.name)


def _is_party(name: str) -> bool:
    return holds("target.request.party", name)


def _subject(entry: TargetEntry) -> str:
    """What is asked about: a figure by its region and indicator, a repeated work by its own name."""
    if entry.target.kind == "annual_task":
        return entry.indicator.name
    return wording.subject(entry) if _is_figure(entry.target) else entry.target.name


def _is_figure(target: Target) -> bool:
    """Whether the promise is about a figure, not about something done or not done."""
    return target.kind not in {"milestone", "annual_task", "qualitative"}


def _detail(entry: TargetEntry) -> str:
    """What to ask for: of a figure, of a work, or only the proof where it is known as done."""
    kind = entry.target.kind
    if kind in _DETAILS:
        return _DETAILS[kind]
    if _is_figure(entry.target):
        return "figure"
    return "done" if entry.status.family is Family.MET else "event"
