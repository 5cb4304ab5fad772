"""The list of all targets: the table every target can be reached from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from build_scripts.core.records import Page
from build_scripts.locale import how_many, t
from build_scripts.pages import parts
from build_scripts.pages.filtering import FilterField, filter_fields, target_keys
from build_scripts.pages.parts import Strip, TargetRow
from build_scripts.pages.site_data import SiteData
from build_scripts.report.ordering import by_knowledge


@dataclass(frozen=True, slots=True)
class TargetListView:
    """What the list of targets shows."""

    title: str
    lead: str
    strip: Strip
    filter: tuple[FilterField, ...]
    targets: tuple[TargetRow, ...]
    caption: str
    method: str


def pages(given: SiteData) -> Iterator[Page]:
    """The list of targets."""
    report = given.report
    count = how_many(report.tally.total, "item")
    title = t("target.title_list")
    ordered = by_knowledge(report.entries)
    rows = tuple(replace(parts.target_row(entry), keys=target_keys(entry, report)) for entry in ordered)
    view = TargetListView(
        title=title,
        lead=t("target.lead_list", count=count),
        strip=parts.status_strip(report.tally),
        filter=filter_fields(report, [row.keys for row in rows]),
        targets=rows,
        caption=t("table.caption.targets", name=t("table.caption.all"), count=count),
        method=parts.method_line(report.as_of),
    )
    yield Page(
        address="targets/",
        template="targets",
        view=view,
        title=title,
        description=t("target.description_list", count=count),
        source="targets/targets.csv",
        crumbs=parts.crumbs(),
        toc=False,
        assessed=True,
    )
