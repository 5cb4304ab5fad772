"""The page of an officially reported problem: opened, owner, date, steps with their evidence, closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.core.records import Link, Page
from build_scripts.locale import DASH, day, t
from build_scripts.pages import parts
from build_scripts.pages.parts import Fact
from build_scripts.report import Report
from build_scripts.report.problems import Issue

SOURCE = "progress/problems.csv"


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step in a problem's life."""

    day: str
    state: str
    note: str
    published: str
    source: Link | None


@dataclass(frozen=True, slots=True)
class ProblemView:
    """What a reported problem's page shows."""

    title: str
    sentence: str
    facts: tuple[Fact, ...]
    steps: tuple[StepRow, ...]
    caption: str


def page(report: Report, issue: Issue) -> Page:
    """A reported problem's page."""
    problem = issue.problem
    closing = t("problem.life.closed", day=day(issue.closed_on)) if issue.closed_on else t("problem.life.open")
    overdue = t("problem.life.overdue", due=day(problem.due)) if issue.overdue else ""
    sentence = t(
        "problem.life.sentence",
        opened=day(problem.opened),
        owner=issue.owner.name,
        closing=closing,
        overdue=overdue,
    )
    return Page(
        address=parts.problem_link(problem).address,
        template="problem",
        view=ProblemView(
            title=problem.title,
            sentence=sentence,
            facts=tuple(_facts(report, issue)),
            steps=tuple(_steps(issue)),
            caption=t("problem.caption.steps", name=problem.title),
        ),
        title=problem.title,
        description=sentence,
        source=SOURCE,
        crumbs=parts.crumbs(Link(t("problem.title_list"), "problems/")),
    )


def _facts(report: Report, issue: Issue) -> Iterator[Fact]:
    project, owner = parts.project_link(issue.project), parts.unit_link(issue.owner)
    yield Fact(t("problem.fact.project"), project.label, project.address)
    yield Fact(t("problem.fact.owner"), owner.label, owner.address)
    if issue.target:
        entry = report.entry_by_id[issue.target.target_id]
        yield Fact(t("problem.fact.target"), entry.target.name, parts.target_address(entry.target_id))
        answers = entry.lead
        if answers and answers != issue.owner:
            yield Fact(t("problem.fact.target_owner"), answers.name, parts.unit_link(answers).address)
    if issue.task:
        yield Fact(t("problem.fact.task"), issue.task.name, parts.work_link(issue.task).address)
    yield Fact(t("problem.fact.opened"), day(issue.problem.opened))
    yield Fact(t("problem.fact.due"), day(issue.problem.due) if issue.problem.due else t("problem.fact.due_none"))
    yield Fact(t("problem.fact.state"), t(f"problem.state.{issue.state}"))


def _steps(issue: Issue) -> Iterator[StepRow]:
    for step in issue.steps:
        event = step.event
        yield StepRow(
            day=day(event.date),
            state=t(f"problem.state.{event.state}"),
            note=event.note or DASH,
            published=day(event.pub),
            source=parts.source_link(step.source) if step.source else None,
        )
