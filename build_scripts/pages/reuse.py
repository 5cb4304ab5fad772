"""What readers take away from a page: files about its subject, how to cite it, how to show it elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from build_scripts.core.records import Link, Target
from build_scripts.exports import (
    METADATA,
    Citation,
    Download,
    Edition,
    Publication,
    cite_target,
    embed,
    script_text,
    target_page,
)
from build_scripts.locale import in_brackets, size, t
from build_scripts.pages.site_data import SiteData

# In this folder are the files of an indicator's parts, beside those of its own figures.
BREAKDOWNS = "breakdowns"


@dataclass(frozen=True, slots=True)
class Copied:
    """Text to be copied as it stands, with what it is."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ReuseView:
    """The last section of a target's page.

    `incomplete`, `uses_note` and `unembedded` say what the missing address of the site means for citing, for programs
    and for embedding; `""` where it is known.
    """

    citations: tuple[Copied, ...]
    cite_hint: str
    incomplete: str
    uses_note: str
    unembedded: str
    files: tuple[Link, ...]
    uses: tuple[Copied, ...]
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
    code = {"frame": shown.iframe, "badge": shown.image}
    return ReuseView(
        citations=citations(cite_target(published.edition, target)),
        cite_hint=t("reuse.cite.hint"),
        incomplete=unaddressed(published, "cite"),
        uses_note=unaddressed(published, "use"),
        unembedded=unaddressed(published, "embed"),
        files=(
            *subject_files(given, f"targets/{target.target_id}"),
            Link(t("reuse.files.api"), f"api/v1/targets/{target.target_id}.json"),
        ),
        uses=use_lines(given, f"targets/{target.target_id}"),
        embeds=tuple(Copied(t(f"reuse.embed.{name}"), text) for name, text in code.items() if text),
        badge=f"badges/{target.target_id}.svg",
        badge_words=t("reuse.embed.badge_words", status=shown.status_label),
        embed_page=f"embed/{target.target_id}/index.html",
        embed_hint=f"{t('opendata.embed.size')}{t('opendata.embed.privacy')}",
    )


def citations(cited: Citation) -> tuple[Copied, ...]:
    """A citation in the five forms that reference lists and their programs take."""
    forms = {
        "gbt7714": cited.gbt7714(),
        "apa": cited.apa(),
        "bibtex": cited.bibtex().strip(),
        "ris": cited.ris().strip(),
        "csl": json.dumps([cited.csl()], ensure_ascii=False),
    }
    return tuple(Copied(t(f"reuse.cite.{name}"), text) for name, text in forms.items())


def unaddressed(published: Publication | None, purpose: str) -> str:
    """What it means for citing, using or embedding that the site does not know its own address; else `""`."""
    return "" if published is None or published.edition.base_url else t(f"reuse.no_address.{purpose}")


def subject_files(given: SiteData, subject: str) -> tuple[Link, ...]:
    """The files about one project, region, unit or target (`projects/ID`), with their sizes; often none."""
    return tuple(
        Link(f"{_file_name(each)}{in_brackets(size(each.size))}", each.path) for each in _files(given, subject)
    )


def use_lines(given: SiteData, subject: str) -> tuple[Copied, ...]:
    """The lines that read the figures of a target or indicator in pandas, R and Excel; none where there are none."""
    path = next((each.path for each in _files(given, subject) if each.format == "csv"), "")
    if not path or given.published is None:
        return ()
    return read_lines(given.published.edition.base_url, path, path.removesuffix(".csv") + ".excel.csv")


def read_lines(root: str, path: str, sheet: str) -> tuple[Copied, ...]:
    """The lines that read a CSV for programs in pandas and R, and the address of its `sheet` for Excel."""
    lines = {
        "pandas": f'pandas.read_csv("{root}{path}")',
        "r": f'read.csv("{root}{path}", encoding = "UTF-8")',
        "excel": f"{root}{sheet}",
    }
    return tuple(Copied(t(f"reuse.use.{name}"), line) for name, line in lines.items())


def _files(given: SiteData, subject: str) -> tuple[Download, ...]:
    return given.published.subsets_by_subject.get(subject, ()) if given.published else ()


def _file_name(file: Download) -> str:
    """What a file is called beside others about the same: its format, or that it describes them."""
    name = t("reuse.files.about") if file.path.endswith(METADATA) else t(f"opendata.format.{file.format}")
    return t("reuse.files.breakdowns", file=name) if f"/{BREAKDOWNS}/" in file.path else name


def described_target(given: SiteData, target: Target) -> str:
    """The schema.org description of a target's page, for its head; `""` where nothing is published for programs."""
    return described(given, lambda edition: target_page(edition, target))


def described(given: SiteData, describe: Callable[[Edition], dict[str, Any]]) -> str:
    """What `describe` says of a page, as text for its head; `""` for nothing, or where nothing is published."""
    found = describe(given.published.edition) if given.published else {}
    return script_text(found) if found else ""
