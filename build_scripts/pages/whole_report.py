"""The whole report on one page, to be printed: every target under its plan and section, with status and latest figure.

Gets the report, gives one page. It carries no chart and no filter; each row leads to the target's own page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from build_scripts.core.records import Link, Page, Plan
from build_scripts.locale import and_then, day, how_many, t
from build_scripts.pages import disclosure, parts
from build_scripts.pages.home import whole_sentence
from build_scripts.pages.parts import Strip, TargetRow
from build_scripts.pages.site_data import SiteData
from build_scripts.report import Report, TargetEntry, tally


@dataclass(frozen=True, slots=True)
class ReportPart:
    """The targets of one project, or of a plan outside its projects; `anchor` is an ASCII id."""

    anchor: str
    title: str
    caption: str
    targets: tuple[TargetRow, ...]


@dataclass(frozen=True, slots=True)
class ReportPlan:
    """One plan with its count and its parts in the plan's order."""

    anchor: str
    link: Link
    facts: str
    sentence: str
    strip: Strip
    parts: tuple[ReportPart, ...]


@dataclass(frozen=True, slots=True)
class WholeReportView:
    """What the page to be printed shows."""

    title: str
    sentence: str
    statuses: Strip
    plans: tuple[ReportPlan, ...]
    method: str


def pages(given: SiteData) -> Iterator[Page]:
    """The whole report."""
    report = given.report
    sentence = whole_sentence(report)
    title = t("wholereport.title")
    view = WholeReportView(
        title=title,
        sentence=sentence,
        statuses=parts.status_strip(report.tally),
        plans=tuple(_plan(report, plan) for plan in report.package.plans),
        method=parts.method_line(report.as_of),
    )
    yield Page(
        address="report/",
        template="whole_report",
        view=view,
        title=title,
        description=t("wholereport.description", count=how_many(report.tally.total, "item")),
        source="targets/targets.csv",
        crumbs=parts.crumbs(),
        assessed=True,
        searchable=False,
        toc=False,
    )


def _plan(report: Report, plan: Plan) -> ReportPlan:
    entries = report.entries_by_plan.get(plan.plan_id, ())
    count, told = how_many(len(entries), "item"), disclosure.brief(tally(entries))
    return ReportPlan(
        anchor=f"plan-{plan.plan_id}",
        link=Link(plan.title, parts.plan_link(plan).address),
        facts=t("wholereport.facts", number=and_then(plan.doc_number), issuer=plan.issuer, day=day(plan.issued_on)),
        sentence=t("wholereport.plan_unanswered" if told else "wholereport.plan", count=count, told=told),
        strip=parts.status_strip(tally(entries)),
        parts=tuple(_parts(report, plan, entries)),
    )


def _parts(report: Report, plan: Plan, entries: tuple[TargetEntry, ...]) -> Iterator[ReportPart]:
    """The plan's projects in its order, then what stands outside them."""
    order = {project.project_id: index for index, project in enumerate(report.projects_by_plan[plan.plan_id])}
    last = len(order)

    def place(entry: TargetEntry) -> int:
        return order.get(entry.target.project_id or "", last)

    for _, group in groupby(sorted(entries, key=place), key=place):
        found = tuple(group)
        project = found[0].project
        title = project.title if project else t("wholereport.outside")
        yield ReportPart(
            anchor=f"part-{project.project_id if project else plan.plan_id}",
            title=title,
            caption=t("wholereport.caption", name=title, count=how_many(len(found), "item")),
            targets=tuple(parts.target_row(entry) for entry in found),
        )
