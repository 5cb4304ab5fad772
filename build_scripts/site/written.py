"""The pages written by hand in the language of the site. Gets a project, gives its files below `docs/`.

`docs/` is in the package's own language. In another one a page is that of `docs/<language>/`, else the one every new
site begins with, else there is none; pictures, styles and scripts are the same in all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from build_scripts.core.language import DEFAULT, known_languages, language, languages_of
from build_scripts.core.links import page_address
from build_scripts.core.records import Artifact
from build_scripts.core.settings import Settings
from build_scripts.load import source_files
from build_scripts.locale.catalogue import said_in

_STARTER = Path(__file__).parents[1] / "starter"

# Chinese characters and their punctuation; quotation marks are shared with other languages.
_WIDE, _QUOTES = r"\u3001-\u30ff\u3400-\u9fff\uff01-\uff60", r"\u2018-\u201d"
# A line break between two of them; fenced code first, which keeps its own.
_BREAK = re.compile(
    r"(?P<code>^(?P<fence>```|~~~).*?^(?P=fence)[^\n]*$)"
    rf"|(?<=[{_WIDE}])\n(?=[{_WIDE}{_QUOTES}])|(?<=[{_QUOTES}])\n(?=[{_WIDE}])",
    re.MULTILINE | re.DOTALL,
)


def written(settings: Settings) -> list[Artifact]:
    """The files of `docs/` for the site in the language in force, in path order.

    Raises:
        SiteError: a link leads out of the folder, to a folder, or nowhere.
    """
    files = _files(settings, language())
    return [Artifact(name, _read(files[name]), f"docs/{name}") for name in sorted(files)]


def _read(file: Path) -> bytes:
    """The bytes of a file; a page's with its Chinese paragraphs in one line each.

    A browser shows a line break as a space, which Chinese does not have.
    """
    data = file.read_bytes()
    if file.suffix != ".md":
        return data
    text = data.decode(errors="surrogateescape")
    return _BREAK.sub(lambda found: found["code"] or "", text).encode(errors="surrogateescape")


def _files(settings: Settings, code: str) -> Mapping[str, Path]:
    files = dict(source_files(settings.docs_dir))
    apart = {name: file for name, file in files.items() if _of_a_language(name)}
    shared = {name: file for name, file in files.items() if name not in apart}
    if is_own(settings, code):
        return shared
    folder = f"{code}/"
    starter = sorted((_STARTER / f"pages.{code}").glob("*.md"))
    pictures = {name: file for name, file in shared.items() if not name.endswith(".md")}
    pictures |= {file.name: file for file in starter if file.name in shared}
    return pictures | {name.removeprefix(folder): file for name, file in apart.items() if name.startswith(folder)}


def is_own(settings: Settings, code: str) -> bool:
    """Whether a language is the package's own, which `docs/` is in too."""
    return (languages_of(settings.package_dir) or [DEFAULT])[0].partition("-")[0] == code


def editions(settings: Settings, codes: Sequence[str], address: str) -> list[dict[str, Any]]:
    """The site in each of its languages as the theme links to it.

    `address` is that of the whole, if known; `absent` are addresses of the site in force that another one lacks.
    """
    here = _pages(settings, language())
    return [
        {
            "code": code,
            "name": said_in(code, "format.name"),
            "html": said_in(code, "format.html"),
            "root": f"{address.rstrip('/')}/{code}/" if address else "",
            "here": code == language(),
            "absent": sorted(here - _pages(settings, code)),
        }
        for code in codes
    ]


def _pages(settings: Settings, code: str) -> set[str]:
    """The addresses of the pages written by hand."""
    return {page_address(name) for name in _files(settings, code) if name.endswith(".md")}


def _of_a_language(name: str) -> bool:
    first, _, rest = name.partition("/")
    return bool(rest) and first in known_languages()
