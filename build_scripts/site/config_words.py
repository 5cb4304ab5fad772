"""The words around every page: what the derived configuration says in the language of the site.

Gets what `mkdocs.yml` holds, gives the settings that take its place: titles of the menu, names of colours, the words
of the theme. A name that is in no catalogue stays as it is written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from build_scripts.core.language import folder
from build_scripts.locale import colon, stop, t, words
from build_scripts.locale.catalogue import has, keys

_LISTS = ("months",)
# Pages that the menu calls as they call themselves: by words of the government's own.
_OWN_TITLE = frozenset({"my_county"})
_TITLE = re.compile(r'^title: (".*")$', re.MULTILINE)
_ROOT = "theme."


def theme_words() -> dict[str, Any]:
    """The words of the theme, tables as tables, with the marks between words."""
    found: dict[str, Any] = {"stop": stop(), "colon": colon(), "gap": t("format.mark.gap")}
    for key in keys(_ROOT):
        *tables, name = key.removeprefix(_ROOT).split(".", 1)
        place = found.setdefault(tables[0], {}) if tables else found
        place[name] = list(words(key)) if name in _LISTS else t(key)
    found["frame"]["language"] = t("format.html")
    return found


def said_settings(settings: Mapping[str, Any], staged: Path, *, own: bool) -> dict[str, Any]:
    """The settings of the site that hold words: its menu without pages that were not made, and what marks headings.

    `own`: the site is in the language its pages by hand are written in, so that all of these must be there.
    """
    found: dict[str, Any] = {"theme": {"language": t("format.theme")}}
    if folder():
        address = str(settings.get("site_url") or "").rstrip("/")
        found["site_url"] = f"{address}/{folder()}" if address else ""
    found |= {key: settings[key] for key in ("site_name", "site_description") if key in settings and not own}
    if isinstance(settings.get("nav"), list):
        found["nav"] = list(_menu(settings["nav"], staged, own=own))
    theme = settings.get("theme")
    palette = theme.get("palette") if isinstance(theme, dict) else None
    if isinstance(palette, list):
        found["theme"]["palette"] = [_renamed(each, "theme.palette") for each in palette]
    extensions = settings.get("markdown_extensions")
    if isinstance(extensions, list):
        said = [_renamed(each, "theme") for each in extensions]
        # Else the list stays the site's own, which may hold tags that only the engine reads.
        if said != extensions:
            found["markdown_extensions"] = said
    return found


def _menu(items: Iterable[Any], staged: Path, *, own: bool) -> Iterable[Any]:
    for item in items:
        if not isinstance(item, dict):
            yield item
            continue
        for title, target in item.items():
            if isinstance(target, list):
                below = list(_menu(target, staged, own=own))
                if below:
                    yield {_said("nav", title): below}
            elif (staged / str(target)).is_file() or (own and not str(target).endswith("/index.md")):
                yield {_title_of(staged / str(target)) if title in _OWN_TITLE else _said("nav", title): target}


def _title_of(page: Path) -> str:
    """What a generated page calls itself in its front matter."""
    found = _TITLE.search(page.read_text(encoding="utf-8"))
    return str(json.loads(found[1])) if found else page.stem


def _renamed(value: Any, table: str) -> Any:  # noqa: ANN401 - whatever YAML holds
    """A setting with the names and titles in it said in the language."""
    if isinstance(value, dict):
        said = {key: _renamed(each, table) for key, each in value.items()}
        for name in ("name", "permalink_title"):
            if isinstance(said.get(name), str):
                said[name] = _said(table, said[name])
        return said
    return value


def _said(table: str, name: str) -> str:
    key = f"{table}.{name}"
    return t(key) if has(key) else name
