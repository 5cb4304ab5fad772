"""The home page: what was promised and what came of it, in the order a resident asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.charts import ChartFigure
from build_scripts.core.method import WITHOUT_VALUE, Family, Reason
from build_scripts.core.records import Page
from build_scripts.exports import site_page
from build_scripts.locale import by_comma, count_in_words, day, how_many, listed, percent, t
from build_scripts.pages import disclosure, parts
from build_scripts.pages import home_parts as told
from build_scripts.pages.disclosure import DisclosureCounts
from build_scripts.pages.history_figures import bulletins_id
from build_scripts.pages.home_parts import DueLine, Named, Reach, SourceLine, Tile, UnitLine
from build_scripts.pages.lists import of_places
from build_scripts.pages.parts import Strip, TargetRow
from build_scripts.pages.plan import PlanCard, plan_card
from build_scripts.pages.reuse import described
from build_scripts.pages.site_data import SiteData
from build_scripts.pages.worklines import FoldedLines, folded_lines
from build_scripts.report import Report
from build_scripts.report.works import told_first, works

UNANSWERED_SHOWN = 3


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the home page shows, in its order."""

    title: str
    headline: str
    named: tuple[Named, ...]
    named_rest: str
    families: Strip
    disclosed: str
    disclosed_share: str
    totals: str
    reach: Reach
    queries: tuple[str, ...]
    tiles_title: str
    tiles: tuple[Tile, ...]
    columns: int
    history: ChartFigure | None
    works: FoldedLines
    works_sentence: str
    units: tuple[UnitLine, ...]
    unanswered: tuple[TargetRow, ...]
    unanswered_sentence: str
    unanswered_short: str
    disclosure: DisclosureCounts | None
    due: tuple[DueLine, ...]
    latest: tuple[SourceLine, ...]
    latest_none: str
    plans: tuple[PlanCard, ...]
    method: str


def pages(given: SiteData) -> Iterator[Page]:
    """The home page."""
    report = given.report
    yield Page(
        address="",
        template="home",
        view=_view(given),
        title=t("home.title"),
        description=whole_sentence(report),
        source="targets/targets.csv",
        assessed=True,
        toc=False,
        json_ld=described(given, site_page),
    )


def _view(given: SiteData) -> HomeView:
    report = given.report
    counted, in_totals = report.tally, report.tally_in_totals
    shown = report.unanswered[:UNANSWERED_SHOWN]
    share = percent(counted.disclosure_pct)
    every = counted.disclosed == counted.total > 1
    totals = t(
        "home.families.totals",
        total=how_many(in_totals.total, "item"),
        judged=how_many(in_totals.judged, "item"),
    )
    found = told_first(works(report))
    tiles, columns = told.tiles(report)
    return HomeView(
        title=t("home.title"),
        headline=told.headline(report),
        named=told.named(report),
        named_rest=told.named_rest(report),
        families=parts.family_strip(counted),
        disclosed=t(
            "home.families.disclosure_all" if every else "home.families.disclosure",
            disclosed=how_many(counted.disclosed, "item"),
            share=share,
        ),
        disclosed_share=share,
        totals=totals if in_totals.total != counted.total else "",
        reach=told.reach(report),
        queries=told.queries(report),
        tiles_title=of_places(report.package, "title_list"),
        tiles=tiles,
        columns=columns,
        history=given.charts.get(bulletins_id(report)) if report.package.plans else None,
        works=folded_lines(report, found, told.WORKS_OPEN),
        works_sentence=told.works_sentence(report),
        units=told.unit_lines(report),
        unanswered=tuple(parts.target_row(entry) for entry in shown),
        unanswered_sentence=_unanswered_sentence(report),
        unanswered_short=disclosure.brief(counted),
        disclosure=disclosure.counts(counted),
        due=told.due_lines(report),
        latest=told.source_lines(report),
        latest_none=t("home.updates.none", day=day(report.as_of)),
        plans=tuple(plan_card(report, plan) for plan in report.package.plans),
        method=parts.method_line(report.as_of) + parts.built_words(given.built_on),
    )


def whole_sentence(report: Report) -> str:
    """The whole count in one sentence: what can be judged, by family, and the rest, which is never left out."""
    counted = report.tally
    if not counted.total:
        return t("home.empty")
    families = [family for family in Family if family is not Family.UNJUDGED and counted.family(family)]
    words = listed(
        t("home.family", label=t(f"status.family.{family}"), count=how_many(counted.family(family), "item"))
        for family in families
    )
    judged = t("home.judged", count=how_many(counted.judged, "item"), families=words)
    unjudged = counted.family(Family.UNJUDGED)
    parts_told = by_comma(_open_parts(report))
    silence = t("home.without", parts=parts_told) if parts_told else ""
    remainder = t("home.rest", count=how_many(unjudged, "item"), without=silence) if unjudged else ""
    return t(
        "home.sentence",
        plans=count_in_words(len(report.package.plans), "copy"),
        total=how_many(counted.total, "item"),
        day=day(report.as_of),
        judged=judged if counted.judged else t("home.judged_none"),
        rest=remainder if counted.judged else silence,
    )


def _open_parts(report: Report) -> Iterator[str]:
    """Why targets are not judged yet, in counts that add up; nothing when all only wait for figures."""
    waiting = [entry for entry in report.entries if entry.status.family is Family.UNJUDGED]
    empty = sum(entry.status in WITHOUT_VALUE for entry in waiting)
    vague = sum(entry.assessment.reason in (Reason.NO_THRESHOLD, Reason.NO_DEADLINE) for entry in waiting)
    if not empty + vague:
        return
    for name, count in (("empty", empty), ("open", vague), ("scant", len(waiting) - empty - vague)):
        if count:
            yield t(f"home.rest_parts_{name}", count=how_many(count, "item"))


def _unanswered_sentence(report: Report) -> str:
    count = len(report.unanswered)
    if count:
        return t("home.unanswered.sentence", count=how_many(count, "item"))
    due = any(entry.deadline and entry.deadline < report.as_of for entry in report.entries)
    return t("home.unanswered.none" if due else "home.unanswered.nothing_due")
