"""The page of a target that was taken back or replaced: what it said, until when, and what holds now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.core.records import Link, Page, Target
from build_scripts.locale import day, quoted, t
from build_scripts.pages import parts, wording
from build_scripts.pages.parts import Fact
from build_scripts.pages.site_data import SiteData
from build_scripts.report import Report

SOURCE = "targets/targets.csv"


@dataclass(frozen=True, slots=True)
class WithdrawnView:
    """What the page shows; `heirs` are the targets that took its place."""

    title: str
    sentence: str
    heirs: tuple[Link, ...]
    document: tuple[Fact, ...]


def pages(given: SiteData) -> Iterator[Page]:
    """A page for each target that held once and does no longer, at the address it always had."""
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
    yield Fact(t("target.document.printed"), quoted(target.quote or target.figure_as_printed))
    indicator = package.indicator_by_id[target.indicator_id]
    yield Fact(t("target.document.indicator"), indicator.name, parts.indicator_link(indicator).address)
    region = package.region_by_id[target.region_id]
    yield Fact(t("target.document.region"), region.name, parts.region_link(region).address)
