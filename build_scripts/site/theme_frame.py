"""Draws the parts of a page's frame that say nothing of the page itself once for all pages of a folder.

Navigation, tabs, search box and the choice of colours differ only in how their links lead out of the folder that a
page lies in, unless the page is in the navigation itself. They are some 29,000 of a page's 35,000 characters.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import jinja2
from jinja2.meta import find_referenced_templates
from mkdocs.theme import Theme
from mkdocs.utils import get_theme_dir

from build_scripts.core.compiled import Compiled
from build_scripts.core.crew import Crew
from build_scripts.core.settings import THEME as OURS

THEME = "material"
# What compiled templates of the theme are kept as.
KIND = "theme"
# The theme's own partials, and ours, that read of the page nothing but where it lies.
PARTIALS = (
    "partials/nav.html",
    "partials/tabs.html",
    "partials/search.html",
    "partials/palette.html",
    "partials/logo.html",
    "partials/top.html",
    "partials/icons.html",
    "partials/javascripts/base.html",
    "partials/javascripts/palette.html",
    "partials/javascripts/content.html",
)
_WHOLE = "drawn-anew/"
# Jinja keeps what a block sets as text; the draft is drawn only where nothing is kept.
_ONCE = (
    "{{%- set drawn_frame = kept_frame('{name}', page) -%}}"
    "{{%- if drawn_frame is none -%}}"
    "{{%- set drawn_frame -%}}{{% include '{whole}{name}' %}}{{%- endset -%}}"
    "{{{{ keep_frame('{name}', page, drawn_frame) }}}}"
    "{{%- else -%}}{{{{ drawn_frame }}}}{{%- endif -%}}"
)


class Frames:
    """The parts drawn so far, by partial and folder."""

    def __init__(self, nav_addresses: Collection[str]) -> None:
        self._nav = tuple(nav_addresses)
        self._drawn: dict[tuple[str, str], str] = {}

    def kept(self, name: str, page: Any) -> str | None:  # noqa: ANN401 - a page of MkDocs
        """What is drawn already and true of `page`."""
        place = self._place(page)
        return None if place is None else self._drawn.get((name, place))

    def keep(self, name: str, page: Any, drawn: str) -> str:  # noqa: ANN401
        """Keep what was drawn for `page`, where it is true of others; gives it back."""
        place = self._place(page)
        if place is not None:
            self._drawn[name, place] = drawn
        return drawn

    def _place(self, page: Any) -> str | None:  # noqa: ANN401
        """The folder `page` lies in; None for a page that the navigation names, or has pages below."""
        if page is None or page.parent is not None or any(url.startswith(page.url) for url in self._nav):
            return None
        folder, _, _ = page.url.rstrip("/").rpartition("/")
        return f"{folder}{page.url[-1:]}"


class _Once(jinja2.BaseLoader):
    """A theme's loader that puts a part drawn once in the place of each of `names`."""

    def __init__(self, theme: jinja2.BaseLoader, names: Collection[str]) -> None:
        self._theme = theme
        self._names = names

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The theme's own source, or the one that asks first whether the part is drawn already."""
        if template in self._names:
            return _ONCE.format(name=template, whole=_WHOLE), None, None
        return self._theme.get_source(environment, template.removeprefix(_WHOLE))

    def list_templates(self) -> list[str]:
        """The theme's templates."""
        return self._theme.list_templates()


def draw_once(environment: jinja2.Environment, own: Path, nav_addresses: Collection[str]) -> None:
    """Let `environment` draw those partials once a folder that are the theme's `own` or ours."""
    frames = Frames(nav_addresses)
    loader = environment.loader
    if loader is None:
        return
    names = {name for name in PARTIALS if _file(environment, loader, name) in (own / name, OURS / name)}
    environment.loader = _Once(loader, names)
    environment.globals.update(kept_frame=frames.kept, keep_frame=frames.keep)


def _file(environment: jinja2.Environment, loader: jinja2.BaseLoader, name: str) -> Path | None:
    """Where the theme finds a template."""
    try:
        found = loader.get_source(environment, name)[1]
    except jinja2.TemplateNotFound:
        return None
    return Path(found) if found else None


def begin_frame(store: Path, crew: Crew) -> None:
    """Have another process compile what every page's frame is drawn of, if nothing of it is kept in `store`."""
    if not (store / KIND).is_dir():
        crew.share(_compile, [store], 1)


def _compile(stores: list[Path]) -> list[int]:
    return [_compiled_into(store) for store in stores]


def _compiled_into(store: Path) -> int:
    """Compile the theme's main template and all that it names, as the page engine will ask for them."""
    theme = Theme(name=THEME, custom_dir=os.fspath(OURS)).get_env()
    theme.bytecode_cache = Compiled(store, KIND)
    draw_once(theme, Path(get_theme_dir(THEME)), ())
    names, seen = ["main.html"], set[str]()
    while names:
        name = names.pop()
        if name in seen or theme.loader is None:
            continue
        seen.add(name)
        theme.get_template(name)
        source = theme.loader.get_source(theme, name)[0]
        names += [each for each in find_referenced_templates(theme.parse(source)) if each]
    return len(seen)
