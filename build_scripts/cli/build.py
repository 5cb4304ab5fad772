"""The `build` verb: everything, from the data package to the finished site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from build_scripts.build import site_of, stage_editions
from build_scripts.cli.ahead import ahead
from build_scripts.cli.clock import now, today
from build_scripts.cli.executors import Executor, ExecutorOption, SchedulerOption, crew_of
from build_scripts.cli.options import (
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
from build_scripts.core.editions import Edition, editions_of
from build_scripts.core.identity import site_identity
from build_scripts.core.prune import prune
from build_scripts.core.settings import CONFIG, Settings
from build_scripts.core.stopwatch import part, watched
from build_scripts.locale import t
from build_scripts.report import Report
from build_scripts.site.stage import Staged
from build_scripts.site.up_to_date import fingerprint, remember
from build_scripts.site.workplace import workplace

StageOnlyOption = Annotated[bool, typer.Option("--stage-only", help=t("cli.option.stage_only"))]
WaitOption = Annotated[bool, typer.Option("--wait", help=t("cli.option.wait"))]
TimingsOption = Annotated[bool, typer.Option("--timings", help=t("cli.option.timings"))]


def build(  # noqa: PLR0913, PLR0917 - one parameter an option
    package: PackageOption = PACKAGE_DEFAULT,
    as_of: AsOfOption = None,
    out: OutOption = None,
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
    console = Said()
    waiting = (lambda: console.print(t("site.run.waiting", path=chosen.out_dir))) if wait else None
    only = (Edition(language),) if language else ()
    with crew_of(executor, scheduler) as team, bars(console) as shown, watched(*shown) as watch:
        bring_up_to_date(chosen, console, waiting, only, stage_only=stage_only, crew=team)
    if timings:
        console.print(table(watch))


def bring_up_to_date(
    chosen: Settings,
    console: Console,
    waiting: Callable[[], None] | None = None,
    only: Sequence[Edition] = (),
    *,
    stage_only: bool = False,
    crew: Crew | None = None,
) -> None:
    """Build the site, or its overlay only, in each of its languages or `only` these, and say what came of it.

    `waiting` is as `workplace` has it; `crew` are the processes that help, a crew of its own by default.

    Raises:
        BuildError: the data holds errors, or the site could not be made; the site before is still in place.
    """
    with workplace(chosen.out_dir, waiting) as work, nullcontext(crew) if crew else Crew() as team:
        editions = only or editions_of(chosen.root)
        day = today()
        with part("inputs"):
            inputs = fingerprint(chosen, day)
        told = _Told(chosen, console)
        if stage_only:
            stage_editions(chosen, editions, day, team, told)
            return
        site = site_of(chosen, editions, work, day, team, told)
        console.print(t("cli.said.built", path=_shown(site)))
        if not only:
            with part("remember"):
                same = t("site.same", path=site)  # said wherever the next caller is
                remember(chosen, day, inputs, [*told.lines, same])
        prune(chosen.cache_dir, now().timestamp())


class _Told:
    """Says of each language what is known once its overlay is ready; `lines` hold for all of them and are said once."""

    def __init__(self, chosen: Settings, console: Console) -> None:
        self._chosen = chosen
        self._console = console
        self.lines: list[str] = []

    def __call__(self, report: Report, staged: Staged) -> None:
        for line in (*_passed(self._chosen, report), *map(str, staged.notices)):
            if line not in self.lines:
                self.lines.append(line)
                self._console.print(line)
        counts = {"written": len(staged.written), "removed": len(staged.removed), "unchanged": staged.unchanged}
        self._console.print(t("cli.said.staged", **counts))


def _passed(chosen: Settings, report: Report) -> Iterator[str]:
    """What whoever builds should know of the data and the settings."""
    if line := ahead(chosen):
        yield line
    if warnings := len(report.package.warnings):
        yield t("cli.said.passed", count=warnings)
    if not site_identity(chosen.root).address:
        yield t("cli.said.no_address", file=CONFIG)


def _shown(site: Path) -> Path:
    """The site's folder as a user would type it where they stand."""
    here = Path.cwd()
    return site.relative_to(here) if site.is_relative_to(here) else site
