"""Requests for disclosure about a work. Gets a work, gives a letter to a body that is there to answer it."""

from __future__ import annotations

from build_scripts.core.records import Task
from build_scripts.locale import t
from build_scripts.pages import wording
from build_scripts.pages.request import addressee
from build_scripts.report import Report
from build_scripts.report.works import Work, answering


def work_letter_lead(report: Report, task: Task) -> str:
    """The words before the letter: who is asked, and why that body."""
    found, body = _body(report, task)
    return t(f"target.request.lead_{found}", body=body) + t("target.request.copy")


def work_letter(report: Report, work: Work) -> str:
    """The letter: how far the work is, or the proof of one that is known as done."""
    task = work.task
    plan = report.package.plan_by_id[task.plan_id]
    return t(
        "work.request.text",
        body=_body(report, task)[1],
        plan=f"《{plan.title}》",
        number=plan.doc_number,
        section=wording.quoted(wording.section(task.section)),
        name=wording.quoted(task.name),
        detail=t("work.request.detail_done" if work.done else "work.request.detail"),
    ).strip()


def _body(report: Report, task: Task) -> tuple[str, str]:
    """A work's own lead counts as its lead; all others that answer for it only as responsible."""
    package = report.package
    lead = package.unit_by_id.get(task.lead_unit_id or "")
    return addressee(lead, answering(report, task), package.plan_by_id[task.plan_id])
