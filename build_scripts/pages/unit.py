"""Unit pages: what a body leads and shares in, what of that is due without a value; and the list of units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.core.records import Link, Page, Unit
from build_scripts.core.vocabulary import UNIT_CATEGORY
from build_scripts.locale import day, how_many, in_a_row, in_brackets, t
from build_scripts.pages import disclosure, parts, wording
from build_scripts.pages.disclosure import DisclosureCounts
from build_scripts.pages.folding import Folded, folded
from build_scripts.pages.letters import body_letter
from build_scripts.pages.lists import word
from build_scripts.pages.parts import Strip
from build_scripts.pages.request import can_answer
from build_scripts.pages.reuse import subject_files
from build_scripts.pages.site_data import SiteData
from build_scripts.report import Report, TargetEntry, tally
from build_scripts.report.ordering import RELATED, rank

TABLE = "targets/units.csv"
LEADS = "lead"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in the list, with its counts as text."""

    link: Link
    leads: str
    unanswered: str
    states: tuple[str, ...]
    projects: str


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """The units of one category."""

    anchor: str
    title: str
    caption: str
    units: tuple[UnitRow, ...]
    note: str


@dataclass(frozen=True, slots=True)
class UnitListView:
    """What the list of units shows."""

    title: str
    lead: str
    groups: tuple[UnitGroup, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """A unit's part in a project; `role` is the code of the package."""

    project: Link
    role: str


@dataclass(frozen=True, slots=True)
class UnitView:
    """What a unit's page shows."""

    title: str
    sentence: str
    note: str
    strip: Strip
    disclosure: DisclosureCounts | None
    targets: Folded
    roles: tuple[Role, ...]
    letter_lead: str
    letter: str
    files: tuple[Link, ...]
    method: str


def pages(given: SiteData) -> Iterator[Page]:
    """The list, then a page for every unit."""
    report = given.report
    title = t("unit.title_list")
    count = how_many(len(report.package.units), "body")
    yield Page(
        address="units/",
        template="units",
        view=UnitListView(title, _lead(report, count), tuple(_groups(report))),
        title=title,
        description=t("unit.description_list", count=count),
        source=TABLE,
        crumbs=parts.crumbs(),
        assessed=True,
    )
    for unit in report.package.units:
        yield _page(given, unit)


def _lead(report: Report, count: str) -> str:
    """The words before the list; where some names stand for several bodies, that too."""
    collective = any(wording.is_collective(unit) for unit in report.package.units)
    return t("unit.lead_list", count=count) + (t("unit.collective_list") if collective else "")


def _roles(report: Report, unit: Unit) -> list[Role]:
    """The projects a unit leads or shares in, in package order; leading first within one project."""
    found: dict[str, str] = {}
    for part in report.package.responsibilities:
        if part.unit_id == unit.unit_id and found.get(part.project_id) != LEADS:
            found[part.project_id] = part.role
    projects = (project for project in report.package.projects if project.project_id in found)
    return [Role(parts.project_link(each), found[each.project_id]) for each in projects]


def _page(given: SiteData, unit: Unit) -> Page:
    report = given.report
    entries = report.entries_by_lead.get(unit.unit_id, ())
    roles = _roles(report, unit)
    sentence = _sentence(report, unit, roles)
    letter = _letter(report, unit, entries)
    total = how_many(len(entries), "item")
    view = UnitView(
        title=unit.name,
        sentence=sentence,
        note=_note(report, unit),
        strip=parts.status_strip(tally(entries)),
        disclosure=disclosure.counts(tally(entries)),
        targets=folded(entries, t("table.caption.targets", name=unit.name, count=total)),
        roles=tuple(roles),
        letter_lead=_letter_lead(unit, letter),
        letter=letter,
        files=subject_files(given, f"units/{unit.unit_id}"),
        method=parts.method_line(report.as_of),
    )
    return Page(
        address=parts.unit_link(unit).address,
        template="unit",
        view=view,
        title=unit.name,
        description=sentence,
        source=TABLE,
        crumbs=parts.crumbs(parts.section_link("units")),
        assessed=True,
    )


def _note(report: Report, unit: Unit) -> str:
    """What a reader must know about the body: that several are meant, or that another has taken its place."""
    if unit.withdrawn_on and unit.withdrawn_on <= report.as_of:
        heirs = [each.name for each in report.package.units if unit.unit_id in each.replaces]
        key = "heir_note" if heirs else "gone_note"
        return t(f"unit.{key}", day=day(unit.withdrawn_on), heirs=in_a_row(heirs))
    old = [each.name for each in report.package.units if each.unit_id in unit.replaces]
    if old:
        return t("unit.formed_note", old=in_a_row(old))
    return t("unit.collective_note") if wording.is_collective(unit) else ""


def _letter_lead(unit: Unit, letter: str) -> str:
    """That there is a letter to it, or nothing to ask it; and whom to ask where no request reaches it."""
    if wording.is_collective(unit):
        return t("unit.letter.collective", body=unit.name)
    if not can_answer(unit):
        return t("unit.letter.other", body=unit.name)
    return t("unit.letter.lead" if letter else "unit.letter.none", body=unit.name)


def _letter(report: Report, unit: Unit, entries: tuple[TargetEntry, ...]) -> str:
    """One letter for all it leads of which nothing of its own scope is known; none where it cannot answer."""
    asked = [entry for entry in entries if rank(entry) >= RELATED]
    return body_letter(report, unit.name, asked) if asked and can_answer(unit) else ""


def _sentence(report: Report, unit: Unit, roles: list[Role]) -> str:
    """What a unit answers for, in one sentence; projects it leads are not told as shared in."""
    counted = tally(report.entries_by_lead.get(unit.unit_id, ()))
    leads = t("unit.leads", count=how_many(counted.total, "item")) if counted.total else t("unit.leads_none")
    if counted.unanswered:
        leads += in_brackets(t("unit.unanswered", count=how_many(counted.unanswered, "item")))
    led = sum(role.role == LEADS for role in roles)
    shared = len(roles) - led
    return t(
        "unit.sentence",
        name=unit.name,
        leads=leads,
        led=t("unit.led" if counted.total else "unit.led_only", count=how_many(led, "item")) if led else "",
        shares=t("unit.shares", count=how_many(shared, "item")) if shared else "",
    )


def _groups(report: Report) -> Iterator[UnitGroup]:
    for category in report.package.lists.codes(UNIT_CATEGORY):
        units = [unit for unit in report.package.units if unit.category == category]
        if units:
            title = word(report.package, UNIT_CATEGORY, category)
            caption = t("unit.caption.units", category=title, count=how_many(len(units), "body"))
            counted = (tally(report.entries_by_lead.get(unit.unit_id, ())) for unit in units)
            note = disclosure.nought(counted, "bodies")
            yield UnitGroup(category, title, caption, tuple(_row(report, unit) for unit in units), note)


def _row(report: Report, unit: Unit) -> UnitRow:
    counted = tally(report.entries_by_lead.get(unit.unit_id, ()))
    return UnitRow(
        link=parts.unit_link(unit),
        leads=str(counted.total),
        unanswered=str(counted.unanswered),
        states=disclosure.numbers(counted),
        projects=str(len(_roles(report, unit))),
    )
