"""A site in several languages: each made as a site of its own, then put under `/zh/`, `/en/` of one.

Files that are the same in several languages (data, pictures, scripts) are second names of one file. The first page of
the whole leads to each language; the manifest of the whole names every file of every language.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from build_scripts.core.settings import Settings
from build_scripts.exports.robots import ROBOTS, robots_text
from build_scripts.locale.catalogue import said_in
from build_scripts.site.last_site import STATE, is_known, write_state
from build_scripts.site.manifest import Seal
from build_scripts.site.workplace import swap

_PAGE = (
    '<!doctype html>\n<html lang="{html}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width">\n<title>{name}</title>\n</head>\n<body>\n'
    "<main>\n<h1>{name}</h1>\n"
    "<ul>\n{links}</ul>\n</main>\n</body>\n</html>\n"
)


def assemble(
    chosen: Settings, sites: Mapping[str, Path], about: Mapping[str, tuple[str, str]], work: Path, seal: Seal
) -> Path:
    """Put the sites of the languages together, in place of the whole site before; gives its folder.

    Args:
        chosen: the settings of the whole site.
        sites: the finished site of each language, the first language first.
        about: what the site is called in each, and its address in it.
        work: a folder of this run, on the same file system.
        seal: writes the manifest of the whole into it.
    """
    whole = work / "whole"
    known: dict[str, Path] = {}
    hashes: dict[str, str] = {}
    for code, source in sites.items():
        for path in sorted(each for each in source.rglob("*") if each.is_file()):
            target = whole / code / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
            os.link(known.setdefault(sha256, path), target)
            hashes[target.relative_to(whole).as_posix()] = sha256
    (whole / ROBOTS).write_text(robots_text(address for _name, address in about.values()), encoding="utf-8")
    names = {code: name for code, (name, _address) in about.items()}
    (whole / "index.html").write_text(_first_page(list(sites), names), encoding="utf-8")
    seal(whole, hashes)
    swap(whole, chosen.site_dir)
    if all(is_known(site, site.parent / STATE) for site in sites.values()):
        write_state(chosen.site_dir, chosen.out_dir / STATE, {})
    return chosen.site_dir


def _first_page(codes: Sequence[str], names: Mapping[str, str]) -> str:
    """Links to each language, in that language."""
    tongues = [(code, said_in(code, "format.html"), said_in(code, "format.name")) for code in codes]
    links = (
        f'<li><a href="{code}/" hreflang="{html}" lang="{html}">{escape(name)} – {escape(names[code])}</a></li>\n'
        for code, html, name in tongues
    )
    return _PAGE.format(html=tongues[0][1], name=escape(names[codes[0]]), links="".join(links))
