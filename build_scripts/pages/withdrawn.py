"""The page of a target or work that was taken back or replaced: what it said, until when, what holds now, its steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.core.records import Link, Page, Target, Task
from build_scripts.locale import day, how_many, quoted, t
from build_scripts.pages import parts, wording
from build_scripts.pages.parts import EventRow, Fact
from build_scripts.pages.site_data import SiteData
from build_scripts.pages.works import heirs_of_work, work_facts
from build_scripts.report import Report
from build_scripts.report.works import work_of

SOURCE, WORKS = "targets/targets.csv", "targets/tasks.csv"


@dataclass(frozen=True, slots=True)
class WithdrawnView:
    """What the page shows; `heirs` are what took its place, `steps` what was published of a work."""

    title: str
    sentence: str
    heirs: tuple[Link, ...]
    document: tuple[Fact, ...]
    steps: tuple[EventRow, ...] = ()
    steps_caption: str = ""


def pages(given: SiteData) -> Iterator[Page]:
    """A page for each target and work that held once and does no longer, at the address it always had."""
    report = given.report
    for target in report.package.withdrawn:
        yield Page(
            address=parts.target_address(target.target_id),
            template="withdrawn",
            view=_view(report, target),
            title=target.name,
            description=t("target.withdrawn.description", name=target.name),
            source=SOURCE,
            crumbs=parts.crumbs(parts.plan_link(report.package.plan_by_id[target.plan_id])),
        )

    for task in report.package.ended_tasks:
        yield Page(
            address=parts.work_link(task).address,
            template="withdrawn",
            view=_work_view(report, task),
            title=task.name,
            description=t("work.ended.description", name=task.name),
            source=WORKS,
            crumbs=parts.crumbs(Link(t("work.title_list"), "works/")),
        )


def _work_view(report: Report, task: Task) -> WithdrawnView:
    heirs = heirs_of_work(report, task)
    work = work_of(report, task)
    return WithdrawnView(
        title=task.name,
        sentence=t(f"work.ended.{'replaced' if heirs else 'ended'}", day=day(task.withdrawn_on)),
        heirs=heirs,
        document=tuple(work_facts(report, work)),
        steps=tuple(parts.event_row(each, named=False) for each in reversed(work.happenings)),
        steps_caption=t("work.steps_caption", name=task.name, count=how_many(len(work.happenings), "line")),
    )


def heirs_of(report: Report, target: Target) -> tuple[Link, ...]:
    """The targets that took a target's place, those that were replaced in turn too."""
    package = report.package
    there = (*package.targets, *package.withdrawn)
    named = {target.target_id, target.duplicate_of}
    heirs = (each for each in there if named & set(each.replaces))
    return tuple(Link(each.name, parts.target_address(each.target_id)) for each in heirs)


def _view(report: Report, target: Target) -> WithdrawnView:
    heirs = heirs_of(report, target)
    key = "replaced" if heirs else "ended"
    return WithdrawnView(
        title=target.name,
        sentence=t(f"target.withdrawn.{key}", day=day(target.withdrawn_on)),
        heirs=heirs,
        document=tuple(_document(report, target)),
    )


def _document(report: Report, target: Target) -> Iterator[Fact]:
    package = report.package
    plan = package.plan_by_id[target.plan_id]
    yield Fact(t("target.document.plan"), plan.title, parts.plan_link(plan).address)
    yield Fact(t("target.document.section"), wording.section(target.section))
    yield Fact(t("target.document.printed"), quoted(target.quote or target.words))
    indicator = package.indicator_by_id[target.indicator_id]
    yield Fact(t("target.document.indicator"), indicator.name, parts.indicator_link(indicator).address)
    region = package.region_by_id[target.region_id]
    yield Fact(t("target.document.region"), region.name, parts.region_link(region).address)
