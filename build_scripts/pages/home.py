"""The home page: the whole truth in one screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.core.method import Family, Reason
from build_scripts.core.records import Link, Page
from build_scripts.locale import day, percent, t
from build_scripts.pages import parts, wording
from build_scripts.pages.ingredients import Ingredients
from build_scripts.pages.parts import ProjectCard, Strip, TargetRow
from build_scripts.pages.plan import PlanCard, plan_card
from build_scripts.pages.updates import UpdateRow, update_rows
from build_scripts.report import SILENT, Report

SILENT_SHOWN = 8
UPDATES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Doorway:
    """A reader's question and where it is answered."""

    question: str
    link: Link


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the home page shows."""

    title: str
    sentence: str
    families: Strip
    statuses: Strip
    disclosure: str
    disclosure_share: str
    totals: str
    projects: tuple[ProjectCard, ...]
    projects_heading: str
    plans: tuple[PlanCard, ...]
    silent: tuple[TargetRow, ...]
    silent_sentence: str
    silent_short: str
    updates: tuple[UpdateRow, ...]
    updates_none: str
    doorways: tuple[Doorway, ...]
    method: str


def pages(given: Ingredients) -> Iterator[Page]:
    """The home page."""
    report = given.report
    yield Page(
        address="",
        template="home",
        view=_view(report),
        title=t("home.title"),
        description=whole_sentence(report),
        source="targets/targets.csv",
        assessed=True,
        boost=2,
        toc=False,
    )


def _view(report: Report) -> HomeView:
    counted, in_totals = report.tally, report.tally_in_totals
    major = [project for project in report.package.projects if project.kind == "major_project"]
    shown = report.silent[:SILENT_SHOWN]
    share = percent(counted.disclosure_pct)
    totals = t(
        "home.families.totals",
        total=wording.how_many(in_totals.total, "项"),
        judged=wording.how_many(in_totals.judged, "项"),
    )
    return HomeView(
        title=t("home.title"),
        sentence=whole_sentence(report),
        families=parts.family_strip(counted),
        statuses=parts.status_strip(counted),
        disclosure=t("home.families.disclosure", disclosed=wording.how_many(counted.disclosed, "项"), share=share),
        disclosure_share=share,
        totals=totals if in_totals.total != counted.total else "",
        projects=tuple(parts.project_card(report, project) for project in major or report.package.projects[:10]),
        projects_heading=t("home.heading.projects" if len(major) == 10 else "home.heading.projects_any"),
        plans=tuple(plan_card(report, plan) for plan in report.package.plans),
        silent=tuple(parts.target_row(entry) for entry in shown),
        silent_sentence=_silent_sentence(report, len(shown)),
        silent_short=t("home.silent.short", count=wording.how_many(len(report.silent), "项")) if shown else "",
        updates=update_rows(report, report.dated_updates[:UPDATES_SHOWN]),
        updates_none=t("home.updates.none", day=day(report.as_of)),
        doorways=tuple(_doorways()),
        method=parts.method_line(report.as_of),
    )


def whole_sentence(report: Report) -> str:
    """The whole count in one sentence: what can be judged, by family, and the rest, which is never left out."""
    counted = report.tally
    if not counted.total:
        return t("home.empty")
    families = [family for family in Family if family is not Family.UNJUDGED and counted.family(family)]
    words = "、".join(
        t("home.family", label=t(f"status.family.{family}"), count=wording.how_many(counted.family(family), "项"))
        for family in families
    )
    judged = t("home.judged", count=wording.how_many(counted.judged, "项"), families=words)
    unjudged = counted.family(Family.UNJUDGED)
    parts_told = "，".join(_open_parts(report))
    silence = t("home.without", parts=parts_told) if parts_told else ""
    remainder = t("home.rest", count=wording.how_many(unjudged, "项"), without=silence) if unjudged else ""
    return t(
        "home.sentence",
        plans=wording.spoken(len(report.package.plans), "份"),
        total=wording.how_many(counted.total, "项"),
        day=day(report.as_of),
        judged=judged if counted.judged else t("home.judged_none"),
        rest=remainder if counted.judged else silence,
    )


def _open_parts(report: Report) -> Iterator[str]:
    """Why targets are not judged yet, in counts that add up; nothing when all only wait for figures."""
    waiting = [entry for entry in report.entries if entry.status.family is Family.UNJUDGED]
    silent = sum(entry.status in SILENT for entry in waiting)
    vague = sum(entry.assessment.reason in (Reason.NO_THRESHOLD, Reason.NO_DEADLINE) for entry in waiting)
    if not silent + vague:
        return
    for name, count in (("silent", silent), ("open", vague), ("scant", len(waiting) - silent - vague)):
        if count:
            yield t(f"home.rest_parts_{name}", count=wording.how_many(count, "项"))


def _silent_sentence(report: Report, shown: int) -> str:
    count = len(report.silent)
    if not count:
        return t("home.silent.none")
    key = "home.silent.sentence" if count > shown else "home.silent.sentence_all"
    statuses = Counter(entry.status for entry in report.silent)
    told = "，".join(
        t("home.silent.part", status=t(f"status.label.{status}"), count=wording.how_many(statuses[status], "项"))
        for status in SILENT
        if statuses[status]
    )
    return t(key, count=wording.how_many(count, "项"), parts=told, shown=shown)


def _doorways() -> Iterator[Doorway]:
    for name, section in (
        ("resident", "targets"),
        ("county", "regions"),
        ("owner", "units"),
        ("number", "sources"),
        ("file", "data"),
    ):
        yield Doorway(t(f"home.start.{name}"), Link(t(f"home.start.{name}_link"), f"{section}/"))
