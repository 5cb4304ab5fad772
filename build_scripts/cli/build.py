"""The `build` verb: everything, from the data package to the finished site."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from build_scripts.build import stage_all
from build_scripts.cli.clock import now, today
from build_scripts.cli.executors import Executor, ExecutorOption, SchedulerOption, crew_of
from build_scripts.cli.options import (
    OUT_DEFAULT,
    PACKAGE_DEFAULT,
    AsOfOption,
    Engine,
    EngineOption,
    KnownOption,
    OutOption,
    PackageOption,
    SiteLanguageOption,
    check_language,
    settings,
)
from build_scripts.cli.progress import Said, bars
from build_scripts.cli.timings import table
from build_scripts.core.crew import Crew
from build_scripts.core.identity import CONFIG, languages_of_site, read_settings, site_identity
from build_scripts.core.language import speaking
from build_scripts.core.prune import prune
from build_scripts.core.settings import Settings
from build_scripts.core.stopwatch import part, watched
from build_scripts.locale import t
from build_scripts.report.reach import of_day
from build_scripts.site.editions import assemble
from build_scripts.site.engine import build_site
from build_scripts.site.manifest import seal
from build_scripts.site.up_to_date import fingerprint, remember
from build_scripts.site.workplace import workplace

StageOnlyOption = Annotated[bool, typer.Option("--stage-only", help=t("cli.option.stage_only"))]
WaitOption = Annotated[bool, typer.Option("--wait", help=t("cli.option.wait"))]
TimingsOption = Annotated[bool, typer.Option("--timings", help=t("cli.option.timings"))]


def build(  # noqa: PLR0913, PLR0917 - one parameter an option
    package: PackageOption = PACKAGE_DEFAULT,
    as_of: AsOfOption = None,
    out: OutOption = OUT_DEFAULT,
    engine: EngineOption = Engine.PAGES,
    stage_only: StageOnlyOption = False,
    wait: WaitOption = False,
    known: KnownOption = None,
    timings: TimingsOption = False,
    executor: ExecutorOption = Executor.LOCAL,
    scheduler: SchedulerOption = None,
    language: SiteLanguageOption = None,
) -> None:
    """Check data, assess targets, make pages and charts and build the whole site."""
    check_language(language)
    chosen = settings(package, as_of, out, engine, known)
    console = Said(soft_wrap=True, highlight=False)
    waiting = (lambda: console.print(t("site.run.waiting", path=chosen.out_dir))) if wait else None
    with crew_of(executor, scheduler) as team:
        team.begin()  # before there are bars, which have a thread, and the lock of the folder
        with bars(console) as shown, watched(*shown) as watch:
            make = bring_up_to_date if language else bring_all_up_to_date
            make(chosen, console, waiting, stage_only=stage_only, crew=lambda: nullcontext(team))
    if timings:
        console.print(table(watch))


def bring_all_up_to_date(
    chosen: Settings,
    console: Console,
    waiting: Callable[[], None] | None = None,
    *,
    stage_only: bool = False,
    crew: Callable[[], AbstractContextManager[Crew]] = Crew,
) -> None:
    """As `bring_up_to_date`, in each language the site asks for: in one as ever, in several each in its own folder.

    Raises:
        BuildError: the data holds errors, or the site could not be made; the site before is still in place.
    """
    codes = languages_of_site(read_settings(chosen.root))
    if not codes:
        bring_up_to_date(chosen, console, waiting, stage_only=stage_only, crew=crew)
        return
    sites, names = {}, {}
    with workplace(chosen.out_dir, waiting) as work:
        for code in codes:
            with speaking(code, f"{code}/"):
                part_of = replace(chosen, out_dir=chosen.out_dir / code)
                names[code] = site_identity(chosen.root).name
                bring_up_to_date(part_of, console, stage_only=stage_only, crew=crew)
                sites[code] = part_of.site_dir
        if not stage_only:
            console.print(t("cli.said.built", path=_shown(assemble(sites, names, work, chosen.site_dir))))


def bring_up_to_date(
    chosen: Settings,
    console: Console,
    waiting: Callable[[], None] | None = None,
    *,
    stage_only: bool = False,
    crew: Callable[[], AbstractContextManager[Crew]] = Crew,
) -> None:
    """Build the site, or its overlay only, and say what came of it; `waiting` as `workplace` has it.

    `crew` gives the processes that help.

    Raises:
        BuildError: the data holds errors, or the site could not be made; the site before is still in place.
    """
    with workplace(chosen.out_dir, waiting) as work, crew() as team:
        _build(chosen, work, console, team, stage_only=stage_only)


def _build(chosen: Settings, work: Path, console: Console, crew: Crew, *, stage_only: bool) -> None:
    day = today()
    with part("inputs"):
        inputs = fingerprint(chosen, day)
    report, staged = stage_all(chosen, day, crew)
    warnings = len(report.package.warnings)
    passed = [t("cli.said.passed", count=warnings)] if warnings else []
    if not site_identity(chosen.root).address:
        passed.append(t("cli.said.no_address", file=CONFIG))
    for line in passed:
        console.print(line)
    for notice in staged.notices:
        console.print(Text(notice))
    counts = {"written": len(staged.written), "removed": len(staged.removed), "unchanged": staged.unchanged}
    console.print(t("cli.said.staged", **counts))
    if not stage_only:
        with part("site"):
            site = build_site(of_day(chosen, report), work, seal(chosen, report), crew)
        console.print(t("cli.said.built", path=_shown(site)))
        if not staged.notices:
            with part("remember"):
                remember(chosen, day, inputs, [*passed, t("site.same", path=site)])  # said wherever the next caller is
        prune(chosen.cache_dir, now().timestamp())


def _shown(site: Path) -> Path:
    """The site's folder as a user would type it where they stand."""
    here = Path.cwd()
    return site.relative_to(here) if site.is_relative_to(here) else site
