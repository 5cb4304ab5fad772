"""A site in several languages: each made as a site of its own, then put under `/zh/`, `/en/` of one.

Files that are the same in several languages (data, pictures, scripts) are second names of one file. The first page of
the whole leads to each language; a page that is missing says so in the first.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from build_scripts.locale.catalogue import said_in
from build_scripts.site.workplace import swap

_ROOT_FILES = ("robots.txt",)
_PAGE = (
    '<!doctype html>\n<html lang="{html}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width">\n<title>{name}</title>\n</head>\n<body>\n'
    "<main>\n<h1>{name}</h1>\n"
    "<ul>\n{links}</ul>\n</main>\n</body>\n</html>\n"
)


def assemble(sites: Mapping[str, Path], names: Mapping[str, str], work: Path, site: Path) -> Path:
    """Put the sites of the languages together and in place of `site`; gives it.

    Args:
        sites: the finished site of each language, the first language first.
        names: what the site is called in each.
        work: a folder of this run, on the same file system.
        site: where the whole goes.
    """
    whole = work / "whole"
    known: dict[str, Path] = {}
    for code, source in sites.items():
        for path in sorted(each for each in source.rglob("*") if each.is_file()):
            target = whole / code / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link(known.setdefault(hashlib.sha256(path.read_bytes()).hexdigest(), path), target)
    first = next(iter(sites.values()))
    for name in _ROOT_FILES:
        if (first / name).is_file():
            shutil.copyfile(first / name, whole / name)
    (whole / "index.html").write_text(_first_page(list(sites), names), encoding="utf-8")
    swap(whole, site)
    return site


def _first_page(codes: Sequence[str], names: Mapping[str, str]) -> str:
    """Links to each language, in that language."""
    tongues = [(code, said_in(code, "format.html"), said_in(code, "format.name")) for code in codes]
    links = (
        f'<li><a href="{code}/" hreflang="{html}" lang="{html}">{escape(name)} – {escape(names[code])}</a></li>\n'
        for code, html, name in tongues
    )
    return _PAGE.format(html=tongues[0][1], name=escape(names[codes[0]]), links="".join(links))
