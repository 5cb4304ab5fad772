"""Light pages that other sites show in an `<iframe>`: one a target, without scripts. Gets ingredients, gives views."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.core.method import COLOURS
from build_scripts.exports import embed_path
from build_scripts.locale import day, in_brackets, t
from build_scripts.pages import figures, parts, wording
from build_scripts.pages.parts import Badge
from build_scripts.pages.site_data import SiteData


@dataclass(frozen=True, slots=True)
class EmbedView:
    """What a light page shows; `address` is its own, `target` one inside the site, `chart` an inline SVG or `""`."""

    address: str
    title: str
    name: str
    badge: Badge
    colour: str
    reading: str
    as_of: str
    target: str
    chart: str
    finding: str
    site: str


def embed_views(given: SiteData, site: str) -> Iterator[EmbedView]:
    """A view for every target, in the report's order; `site` is the site's name. None without a publication."""
    if given.published is None:
        return
    names = Counter(entry.target.name for entry in given.report.entries)
    for entry in given.report.entries:
        # Two plans may promise the same in the same words.
        apart = in_brackets(entry.plan.name) if names[entry.target.name] > 1 else ""
        chart = given.charts.get(figures.trajectory_id(entry))
        yield EmbedView(
            address=embed_path(entry.target_id),
            title=t("opendata.embed.title", target=f"{entry.target.name}{apart}"),
            name=entry.target.name,
            badge=parts.badge(entry.status),
            colour=COLOURS[entry.status],
            reading=wording.reading(entry),
            as_of=t("target.status.as_of", day=day(given.report.as_of)),
            target=parts.target_address(entry.target_id),
            chart=chart.narrow if chart else "",
            finding=chart.title if chart else "",
            site=site,
        )
