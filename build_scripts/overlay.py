"""Every file that the site engine reads, made so that other processes can help: gets a report, gives an `Overlay`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import chain

from build_scripts.bulletins import Digest, digests
from build_scripts.cards import begin_cards, card_texts
from build_scripts.charts import (
    ChartFigure,
    ChartSpec,
    Drawings,
    Rendered,
    begin_all,
    bundle_artifact,
    chart_figure,
    chart_texts,
    data_files,
    picture_files,
    rare_characters,
)
from build_scripts.core.crew import Crew
from build_scripts.core.identity import Site, site_identity
from build_scripts.core.kept import kept
from build_scripts.core.language import Later
from build_scripts.core.links import page_address
from build_scripts.core.records import Artifact, Package, Page
from build_scripts.core.settings import Settings
from build_scripts.core.stopwatch import counted, part
from build_scripts.exports import Publication, about
from build_scripts.exports.calendar_files import calendar_files
from build_scripts.exports.project import kept_releases, publication, release_files
from build_scripts.exports.robots import robots_file
from build_scripts.feeds import feed_files
from build_scripts.pages import SiteData, build_pages, chart_specs, embed_views, files_page, read_redirects, redirects
from build_scripts.pages.chart_data import chart_files, with_data
from build_scripts.publish.site_state import ledger_of, said_of, state_artifact
from build_scripts.publish.state import STATE_PATH
from build_scripts.render import (
    render_embeds,
    render_many,
    render_pages,
    render_redirects,
)
from build_scripts.report import Report
from build_scripts.report.past import make_history
from build_scripts.report.reach import reach_words
from build_scripts.search import entries, search_files, written_by_hand
from build_scripts.site.filed import Filer
from build_scripts.site.long_links import straight
from build_scripts.site.long_pages import in_parts, is_long
from build_scripts.site.written import written


@dataclass(frozen=True, slots=True)
class Overlay:
    """Every generated file of the site, those written by hand, and what whoever builds it should know."""

    files: tuple[Artifact, ...]
    notices: tuple[Later, ...]
    by_hand: tuple[Artifact, ...] = ()


def overlay(
    settings: Settings, package: Package, report: Report, crew: Crew | None = None, filer: Filer | None = None
) -> Overlay:
    """Every generated file of the site: charts, downloads, pages. `package` is the whole, asked by bulletins alone.

    The crew writes downloads while this process reads bulletins, and draws cards while it renders pages.
    """
    with nullcontext(crew) if crew else Crew() as team:
        return _overlay(settings, package, report, team, filer or Filer(settings.staged_dir, sys.maxsize))


def _overlay(settings: Settings, package: Package, report: Report, crew: Crew, filer: Filer) -> Overlay:
    with part("assess"):
        make_history(report, crew, settings.cache_dir)
    published = _begin_downloads(settings, report, crew, filer)
    with part("charts"):
        specs, begun, made = _begin_charts(settings, report, crew, filer)
    with part("bulletins"):
        told = digests(package, report.as_of)
    with part("charts"):
        drawn = begun.all()
    with part("downloads"), part("subsets"):
        subsets = published.subsets  # charts lead to them
    site = site_identity(settings.root)
    calendars = crew.aside(lambda: list(filer.all(_calendars_and_feeds(settings, report, told, site))))
    with part("charts"):
        charts, files = _charts_drawn(settings, report, specs, drawn, published, filer)
        made += files
        shown = "".join(set[str]().union(*chart_texts(drawn.values())))
    del specs, begun, drawn  # which nobody asks for again: a large site's need not be held till the end
    by_hand = tuple(written(settings))
    with part("downloads"), part("files"):
        made += [each.artifact for each in (*published.downloads, *subsets)]
        interface = crew.aside(lambda: list(filer.all((*about(published), *release_files(settings, published)))))
    said = crew.aside(lambda: said_of(report, told))
    with part("views"):
        given = _site_data(settings, report, charts, published, told, by_hand)
        pages = list(counted(build_pages(given)))
    made += _rendered(settings, given, pages, by_hand, site, filer, crew)
    with part("files"):
        made += filer.all((*interface(), *calendars()))
    with part("state"):
        made += _led_on(settings, given, pages, made, site.address)
        made += _listed(settings, report, [*made, *by_hand])
        state = state_artifact(settings, said(), report.as_of, [*by_hand, *made], published.edition.version)
        return Overlay((*made, state), rare_characters([shown, *card_texts(pages, site.name, report.as_of)]), by_hand)


def _rendered(
    settings: Settings,
    given: SiteData,
    pages: list[Page],
    by_hand: Sequence[Artifact],
    site: Site,
    filer: Filer,
    crew: Crew,
) -> list[Artifact]:
    """The files that are made of pages: texts, search, embedded views, cards."""
    with part("cards"):
        cards = begin_cards(pages, site.name, given.report.as_of, settings.cache_dir, crew)
    with part("markdown", len(pages)):
        whole: dict[str, Artifact] = {}
        long: dict[str, Artifact] = {}
        for page, text in zip(pages, render_many(pages, settings.cache_dir, crew), strict=True):
            if is_long(text):
                long[page.address] = text
            else:  # filed at once: a large site's texts together would not fit into memory
                whole[page.address] = filer(text)
    search = crew.aside(lambda: list(filer.all(_search(settings, given.report, pages, whole | long, by_hand))))
    with part("markdown"):
        cut = crew.beside([partial(lambda text: list(filer.all(in_parts([text]))), text) for text in long.values()])
        made = list(filer.all(straight([*whole.values(), *chain.from_iterable(cut())])))
    with part("embeds"):
        made += render_embeds(embed_views(given, site.name))
    with part("search"):
        made += search()
    with part("cards"):
        made += filer.all(cards.files())
    return made


def _begin_downloads(settings: Settings, report: Report, crew: Crew, filer: Filer) -> Publication:
    """What is published for programs; its files are made beside other work from now on."""
    with part("downloads"):
        published = publication(settings, report, filer)
        published.begin(crew.beside)
        return published


def _calendars_and_feeds(
    settings: Settings, report: Report, told: tuple[Digest, ...], site: Site
) -> Iterator[Artifact]:
    """What asks for no page and no download: calendars, feeds, and the word to robots."""
    yield robots_file(site.address)
    yield from calendar_files(report, partial(kept, settings.cache_dir), site.address)
    yield from feed_files(report, told, site)


def _site_data(
    settings: Settings,
    report: Report,
    charts: Mapping[str, ChartFigure],
    published: Publication,
    told: tuple[Digest, ...],
    by_hand: Sequence[Artifact],
) -> SiteData:
    """What the pages are made from."""
    approvals = tuple(each for each in ledger_of(settings.root)[: settings.publications] if each.as_of <= report.as_of)
    hand = frozenset(page_address(each.path) for each in by_hand if each.path.endswith(".md"))
    releases = kept_releases(settings)
    return SiteData(report, charts, published, told, approvals, releases, settings.as_of, hand)


def _begin_charts(
    settings: Settings, report: Report, crew: Crew, filer: Filer
) -> tuple[list[ChartSpec], Drawings, list[Artifact]]:
    """The charts without their rows, their drawing begun, and the files of what they are drawn from."""
    specs: list[ChartSpec] = []
    made: list[Artifact] = []

    def one_by_one() -> Iterator[ChartSpec]:
        for spec in chart_specs(report):
            yield spec  # the next is asked for when this one is text to be drawn: then its rows may go
            made.extend(map(filer, data_files(spec)))
            specs.append(spec.without_rows)

    begun = begin_all(one_by_one(), settings.cache_dir, crew)
    return specs, begun, made


def _charts_drawn(
    settings: Settings,
    report: Report,
    specs: list[ChartSpec],
    drawn: Mapping[str, Rendered],
    published: Publication,
    filer: Filer,
) -> tuple[Mapping[str, ChartFigure], list[Artifact]]:
    """The charts as pages show them, their pictures, and the files of their numbers."""
    charts = {spec.id: chart_figure(spec, drawn[spec.id], report.package.source_by_id) for spec in specs}
    made = [filer(artifact) for spec in specs for artifact in picture_files(spec, drawn[spec.id])]
    made += [filer(artifact) for artifact in chart_files(specs, published)]
    made += [bundle_artifact(settings.cache_dir)] if specs else []
    return with_data(charts, specs, published), made


def _led_on(
    settings: Settings, given: SiteData, pages: list[Page], made: list[Artifact], root: str
) -> Iterator[Artifact]:
    """The pages that lead on from addresses that have gone."""
    light = {each.path.removesuffix("index.html") for each in made if each.path.endswith("/index.html")}
    there = {page.address for page in pages} | light | given.by_hand
    yield from render_redirects(redirects(given.report.package, read_redirects(settings.root), there), root)


def _listed(settings: Settings, report: Report, files: Sequence[Artifact]) -> Iterator[Artifact]:
    """The page of the files that no other page leads to."""
    page = files_page([*(each.path for each in files), STATE_PATH], reach_words(report))
    yield from in_parts(list(render_pages([page], partial(kept, settings.cache_dir))))


def _search(
    settings: Settings, report: Report, pages: list[Page], whole: Mapping[str, Artifact], by_hand: Sequence[Artifact]
) -> Iterator[Artifact]:
    """The files of the search: of the generated pages, which `whole` gives by address, and of those written by hand."""
    files = {each.path: each for each in by_hand if each.path.endswith(".md")}
    known = {**whole, **{page_address(path): each for path, each in files.items()}}

    def text_of(address: str) -> str:
        return known[address].data.decode() if address in known else ""

    keep = partial(kept, settings.cache_dir)
    hand = written_by_hand({path: each.data.decode() for path, each in files.items()})
    yield from search_files(report, [*entries(report, pages), *hand], text_of, keep)
