"""Addresses that have gone and where they lead now. Gets the report and a list kept by hand, gives `Redirect`s.

`redirects.csv` beside `mkdocs.yml` has the columns `from` and `to`, addresses from the site's root. An id that another
row replaces leads to its heir by itself, and so does the light page of a target that was withdrawn to its page.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_scripts.core.errors import SiteError
from build_scripts.core.records import Package
from build_scripts.core.settings import REDIRECTS
from build_scripts.exports import embed_path
from build_scripts.locale import later
from build_scripts.pages import parts

COLUMNS = ["from", "to"]
# Below the root of the site, by names that mean the same in every file system and address.
_ADDRESS = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]*/)*(?:[A-Za-z0-9][A-Za-z0-9._-]*/|[A-Za-z0-9_-]+\.html)")
_ANCHOR = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address that has gone, and the one (perhaps with an anchor) that readers are led to."""

    address: str
    to: str


def read_redirects(root: Path) -> tuple[tuple[int, Redirect], ...]:
    """The list beside `mkdocs.yml` with its line numbers; nothing where there is none.

    Raises:
        SiteError: it is no such list, or a line names no address of a page.
    """
    path = root / REDIRECTS
    if not path.is_file():
        return ()
    try:
        reader = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
        rows = [(reader.line_num, row) for row in reader]
    except (UnicodeDecodeError, csv.Error) as failure:
        raise SiteError(later("redirect.no_list", file=REDIRECTS, found=failure)) from failure
    if reader.fieldnames != COLUMNS:
        raise SiteError(later("redirect.no_list", file=REDIRECTS, found=",".join(reader.fieldnames or ())))
    return tuple((line, _redirect(line, row)) for line, row in rows)


def _redirect(line: int, row: Mapping[str, Any]) -> Redirect:
    for name in COLUMNS:
        found = str(row[name] or "")
        path, mark, anchor = found.partition("#") if name == "to" else (found, "", "")
        home = name == "to" and row[name] is not None and not path
        fits = None not in row and (home or _ADDRESS.fullmatch(path))
        if not fits or (mark and not _ANCHOR.fullmatch(anchor)):
            raise SiteError(later("redirect.no_address", file=REDIRECTS, line=line, column=name, found=found))
    return Redirect(row["from"], row["to"])


def redirects(package: Package, listed: tuple[tuple[int, Redirect], ...], there: Collection[str]) -> Iterator[Redirect]:
    """Every address to lead on from, each once. `there` are the addresses of all pages of the site.

    Raises:
        SiteError: a line of the list leads from a page that is there, to one that is not, or stands twice.
    """
    seen: set[str] = set()
    for line, each in listed:
        place = {"file": REDIRECTS, "line": line}
        if each.address in there:
            raise SiteError(later("redirect.still_there", **place, found=each.address))
        if each.to.partition("#")[0] not in there:
            raise SiteError(later("redirect.leads_nowhere", **place, found=each.to))
        if each.address in seen:
            raise SiteError(later("redirect.twice", **place, found=each.address))
        seen.add(each.address)
        yield each
    for each in _by_itself(package):
        if each.address not in seen and each.address not in there and each.to in there:
            seen.add(each.address)
            yield each


def _by_itself(package: Package) -> Iterator[Redirect]:
    """What the data says of ids that were replaced, and of targets that are no more."""
    pairs: list[tuple[str, str, tuple[str, ...]]] = [
        *(("targets", each.target_id, each.replaces) for each in (*package.targets, *package.withdrawn)),
        *(("works", each.task_id, each.replaces) for each in package.tasks),
        *(("projects", each.project_id, each.replaces) for each in package.projects),
        *(("units", each.unit_id, each.replaces) for each in package.units),
    ]
    for folder, heir, replaced in pairs:
        for old in replaced:
            yield Redirect(f"{folder}/{old}/", f"{folder}/{heir}/")
            if folder == "targets":
                yield Redirect(embed_path(old), embed_path(heir))
    for target in package.withdrawn:
        yield Redirect(embed_path(target.target_id), parts.target_address(target.target_id))
