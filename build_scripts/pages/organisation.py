"""How the plans say the work is organised: who convenes and leads, the rhythm, the forms, supervision, the platform.

Gets the report, gives one page. Everything is read from projects of the kinds `mechanism`, `major_project`,
`coordination` and `platform`, and their responsibilities, as printed; the grid of bulletins says what this site has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from build_scripts.bulletins.rhythm import usual_day
from build_scripts.core.records import Bulletin, Link, Page, Plan, Project
from build_scripts.core.vocabulary import PROJECT_KIND
from build_scripts.locale import DASH, and_then, day, how_many, listed, t
from build_scripts.pages import parts, wording
from build_scripts.pages.apart import plan_headings
from build_scripts.pages.bulletin import bulletin_address
from build_scripts.pages.cells import owner_cell
from build_scripts.pages.lists import word
from build_scripts.pages.parts import Badge
from build_scripts.pages.site_data import SiteData
from build_scripts.report import Report

NAMED = 4
HELPERS = ("platform", "coordination")
KINDS = ("month", "quarter", "year")
QUARTERS = (1, 2, 3, 4)
MONTHS = tuple(range(1, 13))


@dataclass(frozen=True, slots=True)
class Group:
    """A project with its own working group: who convenes it and who leads, as printed."""

    link: Link
    number: int
    convener: str
    lead: Link
    members: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A target set for a mechanism, with its status."""

    link: Link
    condition: str
    badge: Badge


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A work mechanism of a plan."""

    anchor: str
    title: str
    link: Link
    objective: str
    section: str
    convener: str
    responsible: tuple[Link, ...]
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A month, quarter or year in the grid: its name, and its bulletin if there is one."""

    label: str
    address: str
    state: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A year of bulletins."""

    year: str
    whole: Cell
    quarters: tuple[Cell, ...]
    months: str
    months_linked: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class PlanWork:
    """How one plan organises its work."""

    anchor: str
    title: str
    plan: Link
    lead: str
    top: Mechanism | None
    groups: tuple[Group, ...]
    mechanisms: tuple[Mechanism, ...]
    helpers: tuple[tuple[str, tuple[Group, ...]], ...]


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """What the page shows."""

    title: str
    sentence: str
    plans: tuple[PlanWork, ...]
    grid: tuple[GridRow, ...]
    grid_caption: str
    grid_sentence: str
    more: tuple[Link, ...]


def pages(given: SiteData) -> Iterator[Page]:
    """The page of the work's organisation."""
    report = given.report
    works = tuple(work for plan in report.package.plans for work in _work(report, plan))
    works = tuple(sorted(works, key=lambda each: not each.mechanisms))
    grid = tuple(_grid(given))
    title = t("organisation.title")
    sentence = _sentence(works)
    yield Page(
        address="organisation/",
        template="organisation",
        view=OrganisationView(
            title=title,
            sentence=sentence,
            plans=works,
            grid=grid,
            grid_caption=t("organisation.caption.grid"),
            grid_sentence=_grid_sentence(given),
            more=tuple(_more()),
        ),
        title=title,
        description=sentence,
        source="targets/projects.csv",
        crumbs=parts.crumbs(),
        assessed=True,
    )


def _sentence(works: tuple[PlanWork, ...]) -> str:
    """Who organises what, for a resident; told for the plan that sets up the most."""
    if not works:
        return t("organisation.sentence.none")
    first = works[0]
    facts = {
        "plan": first.plan.label,
        "groups": how_many(len(first.groups), "item"),
        "mechanisms": how_many(len(first.mechanisms) + (first.top is not None), "item"),
    }
    return t("organisation.sentence.whole" if first.groups else "organisation.sentence.mechanisms", **facts)


def _work(report: Report, plan: Plan) -> Iterator[PlanWork]:
    """The organisation a plan prints; nothing for a plan that prints none."""
    projects = sorted(report.projects_by_plan[plan.plan_id], key=lambda each: each.order)
    mechanisms = [each for each in projects if each.kind == "mechanism"]
    majors = [each for each in projects if each.kind == "major_project"]
    helpers = [(kind, [each for each in projects if each.kind == kind]) for kind in HELPERS]
    if not mechanisms and not any(each for _kind, each in helpers):
        return
    has_top = bool(mechanisms and majors and mechanisms[0].convener)
    link = parts.plan_link(plan)
    yield PlanWork(
        anchor=plan.plan_id,
        title=plan_headings(report)[plan.plan_id],
        plan=link,
        lead=t("organisation.plan.lead", plan=plan.title, number=and_then(plan.doc_number), day=day(plan.issued_on)),
        top=_mechanism(report, mechanisms[0]) if has_top else None,
        groups=tuple(_group(report, each) for each in majors),
        mechanisms=tuple(_mechanism(report, each) for each in mechanisms[1 if has_top else 0 :]),
        helpers=tuple(
            (word(report.package, PROJECT_KIND, kind), tuple(_group(report, each) for each in listed))
            for kind, listed in helpers
            if listed
        ),
    )


def _group(report: Report, project: Project) -> Group:
    lead = report.package.unit_by_id.get(project.lead_unit_id or "")
    return Group(
        link=parts.project_link(project),
        number=project.order,
        convener=project.convener or DASH,
        lead=owner_cell(lead),
        members=_members(report, project),
    )


def _members(report: Report, project: Project) -> str:
    """The responsible units by name, as printed, where they are few; else how many the document lists."""
    units = report.units_by_project[project.project_id]
    if len(units) > NAMED:
        return t("organisation.label.members_count", count=len(units))
    return listed(unit.name for unit in units) or DASH


def _mechanism(report: Report, project: Project) -> Mechanism:
    entries = report.entries_by_project.get(project.project_id, ())
    return Mechanism(
        anchor=project.project_id,
        title=project.title,
        link=parts.project_link(project),
        objective=project.objective,
        section=wording.section(project.section),
        convener=project.convener,
        responsible=tuple(parts.unit_link(unit) for unit in report.units_by_project[project.project_id]),
        duties=tuple(
            Duty(parts.target_link(each), wording.short_condition(each), parts.badge(each.status)) for each in entries
        ),
    )


def _more() -> Iterator[Link]:
    """Where this site shows what the mechanisms are about."""
    for form in ("indicators", "tasks", "problems"):
        yield Link(t(f"threeforms.title.{form}"), f"forms/{form}/")
    yield Link(t("problem.title_list"), "problems/")
    yield Link(t("calendar.title"), "calendar/")


def _grid(given: SiteData) -> Iterator[GridRow]:
    """A row a year, latest first: which of its quarters and months have a bulletin of this site."""
    report = given.report
    known = {each.bulletin.period: each.bulletin for each in given.digests}
    if not known:
        return
    for year in range(report.as_of.year, min(int(period[:4]) for period in known) - 1, -1):
        months = [
            _cell(report, known, "month", f"{year}-{month:02d}", t("format.line.month", month=month))
            for month in MONTHS
        ]
        linked = tuple(cell for cell in months if cell.address)
        yield GridRow(
            year=t("organisation.grid.year", year=year),
            whole=_cell(report, known, "year", f"{year}", t("organisation.grid.whole")),
            quarters=tuple(
                _cell(report, known, "quarter", f"{year}-Q{n}", t(f"organisation.grid.q{n}")) for n in QUARTERS
            ),
            months="" if linked else t("organisation.grid.no_months"),
            months_linked=linked,
        )


def _cell(report: Report, known: Mapping[str, Bulletin], kind: str, of: str, label: str) -> Cell:
    """A period's cell: with its bulletin, without one, or too early for one."""
    bulletin = known.get(of)
    if bulletin:
        return Cell(label, bulletin_address(bulletin), t("organisation.grid.there"))
    due = usual_day(kind, of) <= report.as_of
    return Cell(label, "", t("organisation.grid.missing" if due else "organisation.grid.to_come"))


def _grid_sentence(given: SiteData) -> str:
    counts = {kind: sum(each.bulletin.kind == kind for each in given.digests) for kind in KINDS}
    if not any(counts.values()):
        return t("organisation.grid.none")
    named = listed(
        t(f"organisation.grid.count_{kind}", count=how_many(count, "issue")) for kind, count in counts.items() if count
    )
    return t("organisation.grid.sentence", named=named)
