"""The register of problems: reported ones with their life; what this site finds is listed apart and labelled so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from build_scripts.core.method import Family
from build_scripts.core.records import Link, Page
from build_scripts.locale import day, how_many, span, t
from build_scripts.pages import disclosure, parts, problem, wording
from build_scripts.pages.cells import owner_cell, project_cell
from build_scripts.pages.filtering import FilterField, RowKeys, filter_fields, target_keys
from build_scripts.pages.parts import Badge
from build_scripts.pages.site_data import SiteData
from build_scripts.report import Report, TargetEntry
from build_scripts.report.findings import GAP, LAGGING, Finding, closed_findings, findings
from build_scripts.report.problems import Issue, issues

SOURCE = "progress/problems.csv"
# The counts of a project or unit, in the order of the columns.
COUNTED = ("open", "overdue", "closed", "lagging", "gaps")
KEPT = (Family.MET, Family.PROGRESSING)


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An officially reported problem in a table."""

    link: Link
    project: Link
    owner: Link
    opened: str
    due: str
    state: str
    overdue: bool
    closed: str
    source: Link | None


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A problem this site found, in a table; `about` says what the trouble is, in words."""

    link: Link
    kind: str
    about: str
    project: Link
    owner: Link
    since: str
    deadline: str
    badge: Badge
    source: Link | None
    closed: str
    closing: Link | None
    keys: RowKeys


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A project or unit with its counts of problems, as text."""

    link: Link
    open: str
    overdue: str
    closed: str
    lagging: str
    gaps: str


@dataclass(frozen=True, slots=True)
class ProblemListView:
    """What the register shows."""

    title: str
    sentence: str
    issues: tuple[IssueRow, ...]
    issues_caption: str
    lagging: tuple[FindingRow, ...]
    lagging_caption: str
    gaps: tuple[FindingRow, ...]
    gaps_caption: str
    gaps_filter: tuple[FilterField, ...]
    ended: tuple[FindingRow, ...]
    ended_caption: str
    projects: tuple[GroupRow, ...]
    projects_caption: str
    units: tuple[GroupRow, ...]
    units_caption: str
    counted: tuple[str, ...]
    form: Link
    method: str


def pages(given: SiteData) -> Iterator[Page]:
    """The register, then a page for every officially reported problem."""
    report = given.report
    reported, found = issues(report), findings(report)
    view = _view(report, reported, found)
    yield Page(
        address="problems/",
        template="problems",
        view=view,
        title=view.title,
        description=view.sentence,
        source=SOURCE,
        crumbs=parts.crumbs(),
        assessed=True,
    )
    for issue in reported:
        yield problem.page(report, issue)


def _view(report: Report, reported: tuple[Issue, ...], found: tuple[Finding, ...]) -> ProblemListView:
    lagging = [finding for finding in found if finding.kind == LAGGING]
    gaps = [finding for finding in found if finding.kind == GAP]
    ended = closed_findings(report)
    projects = tuple(_by_project(reported, found))
    return ProblemListView(
        title=t("problem.title_list"),
        sentence=_sentence(report, reported, len(lagging), len(gaps)),
        issues=issue_rows(reported),
        issues_caption=t("problem.caption.issues", count=how_many(len(reported), "each")),
        lagging=finding_rows(lagging),
        lagging_caption=t("problem.caption.lagging", count=how_many(len(lagging), "item")),
        gaps=finding_rows(gaps, report),
        gaps_caption=t("problem.caption.gaps", count=how_many(len(gaps), "item")),
        gaps_filter=filter_fields(report, [target_keys(finding.entry, report) for finding in gaps]),
        ended=finding_rows(ended),
        ended_caption=t("problem.caption.ended", count=how_many(len(ended), "item")),
        projects=projects,
        projects_caption=t("problem.caption.projects"),
        units=tuple(_by_unit(reported, found)),
        units_caption=t("problem.caption.units"),
        counted=tuple(name for name in COUNTED if any(getattr(row, name) != "0" for row in projects)),
        form=Link(t("threeforms.title.problems"), "forms/problems/"),
        method=parts.method_line(report.as_of),
    )


def _sentence(report: Report, reported: tuple[Issue, ...], lagging: int, gaps: int) -> str:
    """Who has said what is stuck, and what this site sees by itself, in one sentence."""
    if reported:
        opened = sum(issue.is_open for issue in reported)
        overdue = sum(issue.overdue for issue in reported)
        official = t(
            "problem.sentence.reported",
            total=how_many(len(reported), "each"),
            closed=how_many(len(reported) - opened, "each"),
            opened=how_many(opened, "each"),
            overdue=t("problem.sentence.overdue", count=how_many(overdue, "each")) if overdue else "",
        )
    else:
        official = t("problem.sentence.as_of", day=day(report.as_of))
    key = {(True, True): "both", (True, False): "lagging", (False, True): "gaps"}.get((lagging > 0, gaps > 0), "none")
    counts = {"lagging": how_many(lagging, "item"), "gaps": how_many(gaps, "item")}
    return official + t(f"problem.sentence.found_{key}", **counts)


def issue_rows(reported: Iterable[Issue]) -> tuple[IssueRow, ...]:
    """Officially reported problems as table rows, in the given order."""
    return tuple(_issue_row(issue) for issue in reported)


def _issue_row(issue: Issue) -> IssueRow:
    closing = next((step.source for step in issue.steps if step.event.date == issue.closed_on and step.source), None)
    return IssueRow(
        link=parts.problem_link(issue.problem),
        project=project_cell(issue.project),
        owner=parts.unit_link(issue.owner),
        opened=day(issue.problem.opened),
        due=day(issue.problem.due),
        state=t(f"problem.state.{issue.state}"),
        overdue=issue.overdue,
        closed=day(issue.closed_on),
        source=parts.source_link(closing) if closing else None,
    )


def finding_rows(found: Iterable[Finding], report: Report | None = None) -> tuple[FindingRow, ...]:
    """What this site found, as table rows, in the given order."""
    return tuple(_finding_row(finding, report) for finding in found)


def _finding_row(finding: Finding, report: Report | None) -> FindingRow:
    entry = finding.entry
    return FindingRow(
        link=parts.target_link(entry),
        kind=t(f"problem.finding.{finding.kind}"),
        about=_about(finding),
        project=project_cell(entry.project),
        owner=owner_cell(finding.owner),
        since=day(finding.since),
        deadline=wording.deadline(entry),
        badge=parts.badge(finding.after or entry.status),
        source=parts.source_link(finding.source) if finding.source else None,
        closed=day(finding.closed_on) if finding.closed_on else "",
        closing=parts.source_link(finding.closing) if finding.closing else None,
        keys=target_keys(finding.entry, report),
    )


def _about(finding: Finding) -> str:
    """What the trouble is: the latest figure of a lagging target, or what was searched for one without a value."""
    entry = finding.entry
    if finding.closed_on:
        if finding.after is None or finding.after.family not in KEPT:
            return t("problem.about.withdrawn")
        done = [each.event.date for each in entry.happenings if each.event.state == "done"]
        if not done:
            return t("problem.about.kept")
        late = entry.deadline is not None and done[-1] > entry.deadline
        time = span(entry.deadline, done[-1]) if late and entry.deadline else ""
        return t("problem.about.done_late", span=time) if late else t("problem.about.done")
    if finding.kind == GAP and entry.searched:
        return t("problem.about.gap", state=disclosure.label(entry.searched.state), line=disclosure.line(entry))
    latest = parts.latest_cell(entry)
    return t("problem.about.lagging", condition=wording.short_condition(entry), latest=latest)


def _by_project(reported: Iterable[Issue], found: Iterable[Finding]) -> Iterator[GroupRow]:
    """Counts by project, in the order projects first occur among the findings and issues."""
    links: dict[str, Link] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for issue in reported:
        links.setdefault(issue.project.project_id, parts.project_link(issue.project))
        counts.update((issue.project.project_id, column) for column in _columns(issue))
    for finding in found:
        project = finding.entry.project
        key = project.project_id if project else finding.entry.plan.plan_id
        links.setdefault(key, parts.project_link(project) if project else _outside(finding.entry))
        counts[key, finding.kind] += 1
    yield from _groups(links, counts)


def _by_unit(reported: Iterable[Issue], found: Iterable[Finding]) -> Iterator[GroupRow]:
    """Counts by the unit that answers; what the plan gives to nobody is a row of its own."""
    links: dict[str, Link] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for issue in reported:
        links.setdefault(issue.owner.unit_id, parts.unit_link(issue.owner))
        counts.update((issue.owner.unit_id, column) for column in _columns(issue))
    for finding in found:
        key = finding.owner.unit_id if finding.owner else ""
        links.setdefault(key, owner_cell(finding.owner))
        counts[key, finding.kind] += 1
    yield from _groups(links, counts)


def _outside(entry: TargetEntry) -> Link:
    """The row of a plan's targets that belong to no project."""
    plan = parts.plan_link(entry.plan)
    return Link(t("problem.outside", plan=plan.label), plan.address)


def _columns(issue: Issue) -> Iterator[str]:
    yield "open" if issue.is_open else "closed"
    if issue.overdue:
        yield "overdue"


def _groups(links: dict[str, Link], counts: Counter[tuple[str, str]]) -> Iterator[GroupRow]:
    """Rows with their counts, most entries first; those with equally many keep their order."""
    columns = ("open", "overdue", "closed", LAGGING, GAP)
    ranked = sorted(links, key=lambda key: -sum(counts[key, column] for column in columns if column != "overdue"))
    for key in ranked:
        numbers = (str(counts[key, column]) for column in columns)
        yield GroupRow(links[key], *numbers)
