"""Which inline scripts and styles a page may have: those that the templates write, the theme's and our own.

Gets folders of templates, gives `KnownCode`. Read off the templates and never off finished pages: what got into a page
by way of the data is not in any of them. Two things vary in what templates write, and only these: a script may name
the way to the site's root, a style a colour.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from build_scripts.core.errors import SiteError
from build_scripts.core.settings import THEME
from build_scripts.locale import later

OURS = (THEME, THEME.with_name("templates"))
# Where each site engine brings the theme's templates.
THEMES = {"pages": "material", "mkdocs": "material", "properdocs": "material", "zensical": "zensical"}
ERROR_PAGE = "404.html"
ELEMENT = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_SUFFIXES = {".html", ".j2"}
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_DATA = {"application/json", "application/ld+json"}
_HOLE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_STATEMENT = re.compile(r"\{[%#].*?[%#]\}", re.DOTALL)
_ROOT = re.compile(r"\{\{[^}]*\bbase_url\b[^}]*\}\}")
_COLOUR = r"#[0-9A-Fa-f]{3,8}"


@dataclass(frozen=True, slots=True)
class KnownCode:
    """The inline code of a set of templates. `scripts` hold `{{ base_url }}` where the way to the root belongs."""

    scripts: tuple[str, ...]
    styles: tuple[re.Pattern[str], ...]

    def scripts_of(self, path: str, address: str = "") -> frozenset[str]:
        """The scripts that the page at `path` may have, word for word; `address` is the site's own, if it has one."""
        base = way_to_root(path, address)
        return frozenset(_ROOT.sub(lambda _found: base, script) for script in self.scripts)

    def is_style(self, text: str) -> bool:
        """Whether a style is one of the templates'."""
        return any(style.fullmatch(text) for style in self.styles)


def known_code(engine: str) -> KnownCode:
    """The inline code of the theme that `engine` uses and of our own templates.

    Raises:
        SiteError: the theme is not installed.
    """
    theme = find_spec(THEMES[engine])
    if theme is None or not theme.submodule_search_locations:
        raise SiteError(later("errors.site.theme", engine=engine, theme=THEMES[engine]))
    folders = [Path(folder) / "templates" for folder in theme.submodule_search_locations]
    return code_of((*folders, *OURS))


def code_of(folders: Iterable[Path]) -> KnownCode:
    """The inline code that the templates in `folders` write; code of which more than that may vary is left out."""
    scripts: dict[str, None] = {}
    styles: dict[str, None] = {}
    files = (path for folder in folders for path in _templates(folder))
    for path in files:
        for tag, attributes, content in ELEMENT.findall(path.read_text(encoding="utf-8")):
            if _STATEMENT.search(content):
                continue
            if tag.lower() == "style":
                styles.setdefault(_COLOUR.join(re.escape(part) for part in _HOLE.split(content)))
            elif runs(attributes) and not _HOLE.search(_ROOT.sub("", content)):
                scripts.setdefault(content)
    return KnownCode(tuple(scripts), tuple(re.compile(style) for style in styles))


def _templates(folder: Path) -> Iterator[Path]:
    """The templates below a folder; icons, of which there are thousands, are none."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - {".icons"})
        yield from (Path(place, name) for name in sorted(names) if Path(name).suffix in _SUFFIXES)


def runs(attributes: str) -> bool:
    """Whether a script element runs what stands in it; one of a kind that nobody knows counts as one that does."""
    named = {name.lower(): value for name, value in reversed(_ATTRIBUTE.findall(attributes))}
    return "src" not in named and named.get("type", "").strip("\"' ").lower() not in _DATA


def way_to_root(path: str, address: str = "") -> str:
    """What the site engine writes for `base_url` in the page at `path`: relative, but for the page of errors."""
    if path == ERROR_PAGE:
        return urlsplit(address).path or "/"
    return "/".join([".."] * (len(PurePosixPath(path).parts) - 1)) or "."
