"""What other sites may show of a target: a light page for an `<iframe>`, a badge. Gets an `Edition`, gives records."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from build_scripts.core.method import Status
from build_scripts.core.records import Target
from build_scripts.exports.edition import Edition
from build_scripts.locale import t

# The size that the light page is laid out for, in CSS pixels.
WIDTH, HEIGHT = 480, 420


@dataclass(frozen=True, slots=True)
class Embed:
    """A target's light page and the code that shows it.

    `iframe` and `image` are HTML to be copied as they stand: `""` while the site does not know its own address, since
    another site could not find it.
    """

    target_id: str
    title: str
    status: Status
    status_label: str
    as_of: str
    latest_period: str
    latest_value: str
    unit: str
    page: str
    address: str
    badge: str
    iframe: str
    image: str


def embed_path(target_id: str) -> str:
    """Where a target's light page is, from the site's root."""
    return f"embed/{target_id}/"


def badge_path(target_id: str) -> str:
    """Where a target's badge is, from the site's root."""
    return f"badges/{target_id}.svg"


def embed(edition: Edition, target: Target) -> Embed:
    """What is needed to lay out and to copy the light page of one target."""
    verdict = edition.assessments[target.target_id]
    seen = edition.told(target)
    page = f"{edition.base_url}targets/{target.target_id}/"
    address, image = (
        f"{edition.base_url}{embed_path(target.target_id)}",
        f"{edition.base_url}{badge_path(target.target_id)}",
    )
    label = t(f"status.label.{verdict.status}")
    title = t("opendata.embed.title", target=target.name)
    frame = (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{WIDTH}" height="{HEIGHT}" '
        f'style="border:0;max-width:100%" loading="lazy" referrerpolicy="no-referrer" '
        f'sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
    )
    alternative = t("opendata.badge.title", status=label, as_of=edition.as_of.isoformat())
    badge = f'<a href="{escape(page)}"><img src="{escape(image)}" alt="{escape(alternative)}" height="24"></a>'
    return Embed(
        target_id=target.target_id,
        title=target.name,
        status=verdict.status,
        status_label=label,
        as_of=edition.as_of.isoformat(),
        latest_period=seen.period if seen else "",
        latest_value=f"{seen.value:f}" if seen and seen.value is not None else "",
        unit=edition.package.indicator_by_id[target.indicator_id].unit if seen else "",
        page=page,
        address=address,
        badge=image,
        iframe=frame if edition.base_url else "",
        image=badge if edition.base_url else "",
    )
