"""MkDocs brought up in this process for one build: its configuration, the files, the navigation, the theme.

Says too whether the page engine may do the rest. It may where it knows everything that decides a page: Material's
theme, no plugins, no hooks, and Markdown extensions that read nothing but the page.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import cast

import jinja2
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_theme_dir
from mkdocs.utils.yaml import yaml_load

from build_scripts.core.compiled import Compiled
from build_scripts.core.kept import key_of
from build_scripts.site.page_records import settled
from build_scripts.site.theme_frame import KIND, THEME, draw_once

# The frame of every page links to it.
SEARCH_PAGE = "search/"
# Extensions that make a page of its own text alone; `snippets` reads other files, `b64` pictures.
_PURE = frozenset(("abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "meta", "sane_lists"))
_PURE |= {"smarty", "tables", "toc"}
_PURE |= {f"pymdownx.{name}" for name in ("betterem", "caret", "critic", "details", "keys", "mark", "smartsymbols")}
_PURE |= {f"pymdownx.{name}" for name in ("superfences", "tabbed", "tasklist", "tilde")}
# What a page's own text may hold besides blocks of HTML that no other extension reads.
_BESIDE_BLOCKS = frozenset(("admonition", "attr_list", "fenced_code", "pymdownx.superfences", "tables", "toc"))
_OF_THE_FRAME = frozenset(("INHERIT", "copyright", "dev_addr", "docs_dir", "extra", "extra_css", "extra_javascript"))
_WHERE = frozenset(("INHERIT", "docs_dir", "site_dir"))
_OF_THE_FRAME |= {"nav", "site_author", "site_description", "site_dir", "site_name", "site_url", "strict", "theme"}
_PROGRAMS = ("jinja2", "markdown", "mkdocs", "mkdocs-material", "pymdown-extensions", "pyyaml")
# What the frame shows of another page's front matter.
NAV_META = ("icon", "status", "subtitle", "title")


class Document(File):
    """A file of MkDocs that becomes a page, and so has one: what a type checker is told, nothing is made of it."""

    page: Page


@dataclass(slots=True)
class Project:
    """One build's MkDocs. `converting` decides a page's HTML, `drawing` the frame, next to the page's own text."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    theme: jinja2.Environment
    converting: str
    drawing: str
    has_plain_blocks: bool

    @property
    def pages(self) -> list[Document]:
        """The files that become pages, in the site's order."""
        return [cast("Document", file) for file in self.files.documentation_pages()]

    def document(self, path: str) -> Document:
        """The file at `path` below the overlay, which becomes a page."""
        return cast("Document", self.files.get_file_from_path(path))


@contextmanager
def listening(into: list[str] | None = None) -> Iterator[list[str]]:
    """Collects what MkDocs warns of, which it counts and then fails for; in a list of its own or in the one given."""
    heard: list[str] = [] if into is None else into

    class Ear(logging.Handler):
        """Hears warnings and worse."""

        def emit(self, record: logging.LogRecord) -> None:
            """Remember one."""
            heard.append(record.getMessage())

    logger, ear = logging.getLogger("mkdocs"), Ear(logging.WARNING)
    passed_on, logger.propagate = logger.propagate, False
    logger.addHandler(ear)
    try:
        yield heard
    finally:
        logger.removeHandler(ear)
        logger.propagate = passed_on


@contextmanager
def surroundings(wanted: Mapping[str, str]) -> Iterator[None]:
    """This process's environment as the engine needs it, and as it was afterwards."""
    before = dict(os.environ)
    os.environ.update(wanted)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def open_project(config_file: Path, site_dir: Path, store: Path) -> Project | None:
    """MkDocs's view of the site that `config_file` describes; None where only MkDocs itself may build it.

    The theme's templates are kept in `store` as they are compiled.

    Raises:
        Exception: whatever MkDocs raises over a configuration or files that it cannot use.
    """
    config = load_config(str(config_file), strict=True, site_dir=str(site_dir))
    if not _is_known(config):
        return None
    config.plugins.on_startup(command="build", dirty=False)
    config = config.plugins.on_config(config)
    files = get_files(config)
    theme = config.theme.get_env()
    theme.bytecode_cache = Compiled(store, KIND)
    files.add_files_from_theme(theme, config)
    set_exclusions(files, config)
    nav = get_navigation(files, config)
    for file in files.documentation_pages():
        if file.page is None:
            Page(None, file, config)
    draw_once(theme, Path(get_theme_dir(THEME)), [*(page.url for page in nav.pages), SEARCH_PAGE])
    with config_file.open("rb") as given:
        settings = yaml_load(given)
    drawing = {key: value for key, value in settings.items() if key not in _WHERE}
    converting = {key: value for key, value in settings.items() if key not in _OF_THE_FRAME}
    return Project(
        config,
        files,
        nav,
        theme,
        key_of(_maker(), settled(converting)),
        key_of(_maker(), settled(drawing), _templates(config), os.environ.get("SOURCE_DATE_EPOCH", "")),
        set(config.markdown_extensions) <= _BESIDE_BLOCKS,
    )


def nav_signature(nav: Navigation) -> str:
    """What every page shows of the navigation: titles, addresses, and a little of the front matter."""

    def said(item: StructureItem) -> list[object]:
        meta = getattr(item, "meta", None) or {}
        shown = {key: meta[key] for key in NAV_META if key in meta}
        children = [said(child) for child in getattr(item, "children", None) or ()]
        return [type(item).__name__, item.title, getattr(item, "url", None), settled(shown), children]

    return settled([said(item) for item in nav.items])


def _is_known(config: MkDocsConfig) -> bool:
    """Whether nothing takes part in the build but what the page engine knows."""
    if list(config.plugins) or config.hooks or config.extra_templates or config.theme.name != THEME:
        return False
    try:
        json.dumps(dict(config.mdx_configs))
    except TypeError:
        return False
    return set(config.markdown_extensions) <= _PURE


def _maker() -> str:
    """The programs and the code of ours that make pages."""
    here = sorted(Path(__file__).parent.glob("*.py"))
    return key_of(python_version(), *(version(name) for name in _PROGRAMS), *(path.read_bytes() for path in here))


def _templates(config: MkDocsConfig) -> str:
    """The theme's templates, ours and Material's; icons go by Material's version."""
    found = []
    for folder in config.theme.dirs:
        for place, folders, names in os.walk(folder):
            folders[:] = sorted(set(folders) - {".icons"})
            for path in (Path(place, name) for name in sorted(names) if name.endswith((".html", ".xml"))):
                found += [path.relative_to(folder).as_posix().encode(), path.read_bytes()]
    return key_of(*found)
