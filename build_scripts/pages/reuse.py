"""What readers take away from a page: files about its subject, how to cite it, how to show it elsewhere."""

from __future__ import annotations

import json
from dataclasses import dataclass

from build_scripts.core.records import Link, Target
from build_scripts.exports import Citation, Publication, cite_target, embed, script_text, target_page
from build_scripts.locale import in_brackets, size, t
from build_scripts.pages.site_data import SiteData


@dataclass(frozen=True, slots=True)
class Copied:
    """Text to be copied as it stands, with what it is."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ReuseView:
    """The last section of a target's page; `incomplete` says so where addresses lack the site's own, else `""`."""

    citations: tuple[Copied, ...]
    cite_hint: str
    incomplete: str
    files: tuple[Link, ...]
    embeds: tuple[Copied, ...]
    badge: str
    badge_words: str
    embed_page: str
    embed_hint: str


def reuse_view(given: SiteData, target: Target) -> ReuseView | None:
    """How to cite, download and embed one target; None where nothing is published for programs."""
    published = given.published
    if published is None:
        return None
    shown = embed(published.edition, target)
    return ReuseView(
        citations=citations(cite_target(published.edition, target)),
        cite_hint=t("reuse.cite.hint"),
        incomplete=incomplete(published),
        files=(
            *subject_files(given, f"targets/{target.target_id}"),
            Link(t("reuse.files.api"), f"api/v1/targets/{target.target_id}.json"),
        ),
        embeds=(Copied(t("reuse.embed.frame"), shown.iframe), Copied(t("reuse.embed.badge"), shown.image)),
        badge=f"badges/{target.target_id}.svg",
        badge_words=t("reuse.embed.badge_words", status=shown.status_label),
        embed_page=f"embed/{target.target_id}/index.html",
        embed_hint=f"{t('opendata.embed.size')}{t('opendata.embed.privacy')}",
    )


def citations(cited: Citation) -> tuple[Copied, ...]:
    """A citation in the four forms that reference lists and their programs take."""
    forms = {
        "gbt7714": cited.gbt7714(),
        "apa": cited.apa(),
        "bibtex": cited.bibtex().strip(),
        "csl": json.dumps([cited.csl()], ensure_ascii=False),
    }
    return tuple(Copied(t(f"reuse.cite.{name}"), text) for name, text in forms.items())


def incomplete(published: Publication) -> str:
    """What to do where the site does not know its own address."""
    return "" if published.edition.base_url else t("reuse.incomplete")


def subject_files(given: SiteData, subject: str) -> tuple[Link, ...]:
    """The files about one project, region, unit or target (`projects/ID`), with their sizes; often none."""
    files = given.published.subsets_by_subject.get(subject, ()) if given.published else ()
    return tuple(Link(t(f"opendata.format.{each.format}") + in_brackets(size(each.size)), each.path) for each in files)


def described_target(given: SiteData, target: Target) -> str:
    """The schema.org description of a target's page, for its head; `""` where nothing is published for programs."""
    return script_text(target_page(given.published.edition, target)) if given.published else ""
