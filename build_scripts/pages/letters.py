"""Requests for disclosure about a work, or about all of a county. Gets them, gives letters to who can answer."""

from __future__ import annotations

from collections.abc import Sequence

from build_scripts.core.leads import lead
from build_scripts.core.records import Plan, Region, Task
from build_scripts.core.vocabulary import Role
from build_scripts.locale import in_brackets, quoted, t, titled
from build_scripts.pages import wording
from build_scripts.pages.asking import letter
from build_scripts.pages.request import addressee
from build_scripts.report import Report, TargetEntry
from build_scripts.report.concerns import Concern, bare_region
from build_scripts.report.ordering import RELATED, rank
from build_scripts.report.works import Work, answering


def work_letter_lead(report: Report, task: Task) -> str:
    """The words before the letter: who is asked, and why that body."""
    found, body = _body(report, task)
    return t(f"target.request.lead_{found}", body=body) + t("target.request.copy")


def work_letter(report: Report, work: Work) -> str:
    """The letter: how far the work is, or the proof of one that is known as done."""
    task = work.task
    plan = report.package.plan_by_id[task.plan_id]
    item = t(
        "work.request.item",
        plan=titled(plan.title),
        number=in_brackets(plan.doc_number),
        section=quoted(wording.section(task.section)),
        name=quoted(task.name),
        detail=t("work.request.detail_done" if work.done else "work.request.detail"),
    )
    request = report.package.government.information_request
    return letter(request, "work.request.text", _body(report, task)[1], item)


def _body(report: Report, task: Task) -> tuple[str, str]:
    package = report.package
    return addressee(lead(package, task), answering(report, task), package.plan_by_id[task.plan_id])


def county_body(report: Report, region: Region) -> str:
    """Who answers for a place: its people's government, or the body that the plans name for a development zone."""
    if report.package.roles[region.region_id] is Role.PART:
        return t("county.letter.government", name=region.name)
    name = bare_region(region)[-3:]
    found = (unit.name for unit in report.package.units if unit.category == "zone" and name in unit.name)
    return next(found, t("county.letter.zone", name=region.name))


def county_letter(report: Report, region: Region, found: Sequence[Concern], works: Sequence[Work]) -> str:
    """One letter for all of a place's own, and what holds for every county, of which nothing was found."""
    asked = [each.entry for each in found if each.reason in ("own", "every") and rank(each.entry) >= RELATED]
    items = [_item(entry) for entry in asked]
    for work in works:
        if work.last is None and work.task.region_id == region.region_id:
            plan = report.package.plan_by_id[work.task.plan_id]
            items.append(_where("what_work", plan, work.task.section, work.task.name))
    if not items:
        return ""
    listed = "\n".join(t("county.letter.item", n=n, item=item) for n, item in enumerate(items, start=1))
    request = report.package.government.information_request
    return letter(request, "county.letter.text", county_body(report, region), listed, name=region.name)


def body_letter(report: Report, body: str, entries: Sequence[TargetEntry]) -> str:
    """One letter to one body for several targets."""
    items = [_item(each) for each in entries]
    listed = "\n".join(t("county.letter.item", n=n, item=item) for n, item in enumerate(items, start=1))
    return letter(report.package.government.information_request, "letters.text", body, listed)


def _item(entry: TargetEntry) -> str:
    """A target as an item: by its name, since what is printed of it may be no more than a day or a number."""
    return _where("what", entry.plan, entry.target.section, entry.target.words, name=entry.target.name)


def _where(key: str, plan: Plan, section: str, words: str, **facts: str) -> str:
    return t(
        f"county.letter.{key}",
        plan=titled(plan.title),
        number=in_brackets(plan.doc_number),
        section=quoted(wording.section(section)),
        words=quoted(words),
        **facts,
    )
