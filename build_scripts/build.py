"""The stages in order, from a folder to the overlay: what `build` and `serve` share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from build_scripts.charts import begin_bundle, begin_forms
from build_scripts.checks import load_day, speaking_as
from build_scripts.core.asof import settled
from build_scripts.core.crew import Crew
from build_scripts.core.editions import Edition
from build_scripts.core.identity import site_identity
from build_scripts.core.language import language
from build_scripts.core.pause import no_collecting
from build_scripts.core.records import Package
from build_scripts.core.settings import Settings
from build_scripts.core.stopwatch import part
from build_scripts.core.translated import translated
from build_scripts.load.passed import recall as recall_passed
from build_scripts.load.passed import store as store_passed
from build_scripts.overlay import overlay
from build_scripts.render import begin_templates, keep_compiled
from build_scripts.report import Report, build_report
from build_scripts.report.reach import of_day
from build_scripts.site.editions import assemble
from build_scripts.site.engine import build_site, write_config
from build_scripts.site.filed import Filer
from build_scripts.site.last_site import STATE, read_last
from build_scripts.site.manifest import seal
from build_scripts.site.page_engine import HeadStart
from build_scripts.site.stage import Staged, stage
from build_scripts.site.theme_frame import begin_frame
from build_scripts.site.workplace import workplace

Told = Callable[[Report, Staged], None]


def site_of(
    settings: Settings,
    editions: Sequence[Edition],
    work: Path,
    today: date,
    crew: Crew,
    told: Told = lambda _report, _staged: None,
) -> Path:
    """The finished site in these languages (`editions_of`), in place of the one before; gives its folder.

    `told` is called for each language when its overlay is ready, in the language of this run
    where there are several.

    Raises:
        DataError: the package holds errors.
        SiteError: the site could not be made; the one before is still in place.
    """
    if not editions[0].folder:
        with speaking_as(editions[0], settings.package_dir, today):
            last = crew.aside(partial(read_last, settings.site_dir, settings.out_dir / STATE))
            report, staged = stage_all(settings, today, crew)
            told(report, staged)
            with part("site"):
                head_start = HeadStart(last, staged.hashes)
                return build_site(of_day(settings, report), work, seal(settings, report), crew, head_start)
    sites, about = {}, {}
    for edition in editions:
        with workplace(edition.settings(settings).out_dir) as own:
            report, staged, sites[edition.code], about[edition.code] = _edition(settings, edition, own, today, crew)
        told(report, staged)
    with part("together"):
        return assemble(settings, sites, about, work, seal(settings, report, tuple(sites)))


def _edition(
    settings: Settings, edition: Edition, work: Path, today: date, crew: Crew
) -> tuple[Report, Staged, Path, tuple[str, str]]:
    """One of several languages: its report, its overlay, its site, and the site's name and address in it."""
    own = edition.settings(settings)
    with speaking_as(edition, settings.package_dir, today):
        report, staged = stage_all(own, today, crew)
        site = site_identity(own.root)
        with part("site"):
            built = build_site(of_day(own, report), work, seal(own, report), crew, HeadStart(hashes=staged.hashes))
        return report, staged, built, (site.name, site.address)


def stage_editions(settings: Settings, editions: Sequence[Edition], today: date, crew: Crew, told: Told) -> None:
    """Only the overlay of each language; `told` as `site_of` has it.

    Raises:
        DataError: the package holds errors.
        SiteError: a page, a chart or the overlay could not be made.
    """
    for edition in editions:
        own = edition.settings(settings)
        with speaking_as(edition, settings.package_dir, today):
            own.out_dir.mkdir(parents=True, exist_ok=True)
            report, staged = stage_all(own, today, crew)
        told(report, staged)


def stage_all(settings: Settings, today: date, crew: Crew | None = None) -> tuple[Report, Staged]:
    """Check, assess, draw, render and stage everything; gives the report and what changed in the overlay.

    `crew` are the processes that help, a crew of its own by default.

    Raises:
        DataError: the package holds errors.
        SiteError: a page, a chart or the overlay could not be made.
    """
    keep_compiled(settings.cache_dir)
    recall_passed(settings.cache_dir)
    with nullcontext(crew) if crew else Crew() as team:
        for begin in (begin_bundle, begin_forms, begin_templates, begin_frame):
            begin(settings.cache_dir, team)
        whole, report = report_of(settings, today)
        store_passed(settings.cache_dir)
        made = overlay(settings, whole, report, team, Filer(settings.staged_dir))
    with part("stage"):
        staged = stage(made.files, settings.docs_dir, settings.staged_dir, made.by_hand)
        write_config(of_day(settings, report), settings.site_dir)  # for whoever calls MkDocs by itself
    return report, replace(staged, notices=(*made.notices, *staged.notices))


def report_of(settings: Settings, today: date) -> tuple[Package, Report]:
    """The whole package, and the report of the last day up to `as_of` on which what it says can have changed.

    Raises:
        DataError: the package holds errors.
    """
    with part("check"):
        day = load_day(settings.package_dir, today, settings.as_of, settings.known)
    with part("assess"), no_collecting():
        whole = translated(day.whole, language())
        seen = whole if day.seen is day.whole else translated(day.seen, language())
        return whole, build_report(seen, settled(seen, settings.as_of), settings.known)
