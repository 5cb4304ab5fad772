"""Gets the staged overlay, gives the finished site: built in a new folder, swapped in only when it is complete.

The page engine builds in this process and does again only what has changed. MkDocs, the reference it equals byte for
byte, ProperDocs and Zensical run in processes of their own: they keep global state, and a crash in them must not take
ours along.
All read a small derived configuration that inherits the project's `mkdocs.yml` and adds what only this run knows: the
folders and the day of the data.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import UTC, datetime, time
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from build_scripts.core.crew import Crew
from build_scripts.core.errors import SiteError
from build_scripts.core.identity import languages_of_site, read_settings, site_identity, spoken
from build_scripts.core.language import Later, folder, language
from build_scripts.core.settings import CONFIG, THEME, Settings
from build_scripts.core.stopwatch import part
from build_scripts.load import backups, source_files
from build_scripts.locale import later, listed, t
from build_scripts.site.config_words import said_settings, theme_words
from build_scripts.site.csp import Guard
from build_scripts.site.finish import finish
from build_scripts.site.inline_code import known_code
from build_scripts.site.manifest import Seal
from build_scripts.site.mkdocs_project import surroundings
from build_scripts.site.page_engine import NO_HEAD_START, Built, HeadStart, MkDocsWarnedError, build_pages
from build_scripts.site.workplace import swap
from build_scripts.site.written import editions, is_own
from build_scripts.site.zensical_config import SEARCH_INDEX, for_zensical

_MARKUP = re.compile(r"""[<>"]|&(?=#|\w+;)""")
PAGES = "pages"
MKDOCS = "mkdocs"
PROPERDOCS = "properdocs"
ZENSICAL = "zensical"
# Sections that the frame of every page, or the page of what is not found, leads to where they were made.
_SECTIONS = ("letters", "projects", "regions", "units")
CONFIG_NAME = "site-config.yml"
# What plain MkDocs needs besides, and we do not.
PLAIN = "plain_mkdocs.py"


def build_site(
    settings: Settings,
    work: Path,
    seal: Seal | None = None,
    crew: Crew | None = None,
    head_start: HeadStart = NO_HEAD_START,
) -> Path:
    """Build the overlay into HTML, strictly, and put it in place of the site before; gives the site's folder.

    `work` is the run's own folder (`site.workplace`), in which all is made. `seal` is called with the finished site
    right before it takes its place: the last that is written into it. `crew` are the processes that help.

    Raises:
        SiteError: the engine is not installed, warns or fails; the site before is still in place then.
    """
    check_theme(THEME)
    new = work / "site"
    # Beside the overlay: Zensical takes none from outside the configuration's folder.
    config = write_config(settings, new, f"{work.name}.yml")
    built = _build_pages(settings, config, new, crew, head_start) if settings.engine == PAGES else None
    if not built:
        with part("engine"):
            _run_engine(settings, config, new)
        with part("finish"):
            finish(new, guard_of(settings))
    if seal:
        with part("seal"):
            seal(new, built.hashes if built else {})
    with part("swap"):
        swap(new, settings.site_dir, spare=built is not None)
    if built:
        built.remember(settings.site_dir)
    return settings.site_dir


def check_theme(folder: Path) -> None:
    """Hold our part of the theme to what the site engine does with it: it publishes every file that is no template.

    Raises:
        SiteError: there is something in it that an editor left, or a link that leads out.
    """
    if left := backups(folder):
        raise SiteError(later("site.source.theme", files=Later(listed, left), folder=folder))
    source_files(folder)


def _build_pages(settings: Settings, config: Path, new: Path, crew: Crew | None, head_start: HeadStart) -> Built | None:
    """Build with the page engine; None where it must leave the site to MkDocs.

    Raises:
        SiteError: something is not as it should be.
    """
    with surroundings(engine_environment(settings)), nullcontext(crew) if crew else Crew() as team:
        try:
            return build_pages(settings, config, new, guard_of(settings), team, head_start)
        except MkDocsWarnedError as failure:
            raise SiteError(later("errors.site.failed", said=_tail(str(failure)))) from failure


def guard_of(settings: Settings) -> Guard:
    """What may stand in the pages of this site."""
    return Guard(known_code(settings.engine), site_identity(settings.root).address)


def _run_engine(settings: Settings, config: Path, new: Path) -> None:
    """Let a site engine build in a process of its own.

    Raises:
        SiteError: it is not installed, warns or fails.
    """
    command = engine_command(settings.engine, config)
    if find_spec(command[2]) is None:
        raise SiteError(later("errors.site.not_installed", engine=command[2]))
    result = subprocess.run(  # noqa: S603 - our own interpreter with arguments from us
        command,
        cwd=settings.out_dir,
        env=engine_environment(settings),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if result.returncode or not (new / "index.html").is_file():
        raise SiteError(
            later("errors.site.engine_failed", engine=settings.engine, said=_tail(result.stdout, result.stderr))
        )
    if settings.engine == ZENSICAL:
        (new / SEARCH_INDEX).unlink(missing_ok=True)


def write_config(settings: Settings, site_dir: Path, name: str = CONFIG_NAME) -> Path:
    """Write the derived configuration for one run into the output folder; gives its path.

    JSON is YAML, so no second writer is needed. Paths are relative: Zensical takes no absolute ones.
    """

    def seen_from_here(path: Path) -> str:
        return os.path.relpath(path, settings.out_dir)

    own = spoken(read_settings(settings.root))
    said = said_settings(own, settings.staged_dir, own=is_own(settings, language()))
    config: dict[str, Any] = {
        **said,
        **{key: _printed(own[key]) for key in ("site_name", "site_description") if isinstance(own.get(key), str)},
        "INHERIT": seen_from_here(settings.root / CONFIG),
        "docs_dir": seen_from_here(settings.staged_dir),
        "site_dir": seen_from_here(site_dir),
        "theme": {**said["theme"], "custom_dir": seen_from_here(THEME)},
        "extra": _extra(settings, own),
    }
    if own.get("hooks"):
        hooks = [settings.root / str(each) for each in own["hooks"]]
        config |= {"hooks": [seen_from_here(each) for each in hooks if each.name != PLAIN]}
    path = settings.out_dir / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if settings.engine == ZENSICAL:
        config |= for_zensical(settings.root, own, config, path)
    path.write_text(json.dumps(config, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _extra(settings: Settings, own: Mapping[str, Any]) -> dict[str, Any]:
    """What templates read of this run, beside the project's `own` settings: days, words, which sections there are."""
    made = [name for name in _SECTIONS if (settings.staged_dir / name / "index.md").is_file()]
    extra: dict[str, Any] = {"data_as_of": settings.as_of.isoformat(), "reach": settings.reach, "words": theme_words()}
    extra |= {"letters": "letters" in made, "made": made}
    if not is_own(settings, language()):
        extra |= {"translated": True}
    if han := t("format.han"):
        extra |= {"han": han}
    if isinstance(own.get("extra"), dict) and own["extra"].get("operator"):
        extra |= {"operator": _printed(own["extra"]["operator"])}
    if folder():
        address = str(own.get("site_url") or "")
        extra |= {"editions": editions(settings, languages_of_site(own), address)}
    return extra


def _printed(value: Any) -> Any:  # noqa: ANN401 - whatever YAML holds
    """What the theme prints as it is, so that it is text and no mark-up; a plain `&` needs nothing."""
    if isinstance(value, dict):
        return {key: _printed(each) for key, each in value.items()}
    return _MARKUP.sub(lambda found: escape(found.group()), value) if isinstance(value, str) else value


def engine_command(engine: str, config: Path) -> list[str]:
    """The strict build command of `engine`, run with the interpreter that runs us.

    Raises:
        SiteError: there is no such engine.
    """
    programs = {PAGES: MKDOCS, MKDOCS: MKDOCS, PROPERDOCS: PROPERDOCS, ZENSICAL: ZENSICAL}
    if engine not in programs:
        raise SiteError(later("errors.site.engine", engine=engine, known=Later(listed, list(programs))))
    return [sys.executable, "-m", programs[engine], "build", "--strict", "-f", str(config)]


def engine_environment(settings: Settings) -> dict[str, str]:
    """The engine's environment: dates come from the data's day, not the clock, so equal input gives equal bytes."""
    midnight = datetime.combine(settings.as_of, time(), UTC)
    return {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(max(0, int(midnight.timestamp()))),  # a gzip knows no day before 1970
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "TZ": "UTC",
    }


def _tail(*outputs: str, lines: int = 30) -> str:
    """The last lines an engine printed, without empty ones."""
    printed = [line for output in outputs for line in output.splitlines() if line.strip()]
    return "\n".join(printed[-lines:])
