"""Who sent a workbook: a unit of the package, or a body that leads nothing but holds figures.

Gets the hidden sheet, the head and the `PackageIndex`, gives a `Sender`. A body that the package's sources know keeps
the tier it has there; a new one is asked about. Only a form of rows without a lead is open to bodies.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from build_scripts.core.asof import heirs_of
from build_scripts.core.records import Source
from build_scripts.forms.cells import safe_text, visible, without_phone
from build_scripts.forms.grid import as_text
from build_scripts.forms.layout import NO_LEAD
from build_scripts.forms.lines import NOWHERE, Level, Lines, Spot
from build_scripts.forms.locate import HeadCell
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.sheet_reader import plain_name, same_name
from build_scripts.locale import t

UNIT_TIER, OTHER_TIER = 1, 3
_LONGEST = 60
# A name this short says too little to be taken for part of a publisher's.
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Sender:
    """A unit's or body's id, the name readers see, and the tier its forms have as a source."""

    unit_id: str
    name: str
    tier: int = UNIT_TIER


def sender_of(lines: Lines, book: PackageIndex, meta: Mapping[str, str], head: Mapping[str, HeadCell]) -> Sender | None:
    """Who answers: by the hidden sheet, or by the name above the table; where both speak they must agree."""
    at = head.get("unit")
    written = as_text(at.cell.value) if at else ""
    place = at.spot if at else NOWHERE
    units = book.package.unit_by_id
    named = [unit.unit_id for unit in book.package.units if written and same_name(unit.name, written)]
    known = meta.get("unit_id", "")
    if known and (heir := heirs_of(book.whole.units, book.as_of).get(known)):
        lines.add("unit_heir", place, Level.NOTE, old=_name(book, known), name=_name(book, heir))
        return Sender(heir, _name(book, heir))
    if known and known != NO_LEAD:
        if known not in units:
            lines.add("unit_gone", place, unit=known)
            return None
        if written and known not in named:
            lines.add("unit_mismatch", place, found=written, expected=units[known].name)
            return None
        return Sender(known, units[known].name)
    if not written:
        lines.add("unit_missing", place)
        return None
    if len(named) == 1 and named[0] not in book.collective:
        return Sender(named[0], units[named[0]].name)
    if named or not known or not plain_name(written):
        lines.add("unit_collective" if named else "unit_unknown", place, found=written)
        return None
    return _body(lines, book, written, place)


def _name(book: PackageIndex, unit_id: str) -> str:
    return book.whole.unit_by_id[unit_id].name


def _body(lines: Lines, book: PackageIndex, written: str, place: Spot) -> Sender:
    """A body outside the package's units."""
    name = safe_text(visible(without_phone(written)))[:_LONGEST]
    known = _known(book, name)
    if known:
        found = known[0]
        lines.add("body_known", place, Level.NOTE, found=name, publisher=found.publisher, tier=found.tier)
        return Sender(_id_of(found.publisher), found.publisher, found.tier)
    tier = UNIT_TIER if re.search(t("forms.public_body"), name) else OTHER_TIER
    lines.add("body_new", place, Level.CHECK, found=name, tier=tier)
    return Sender(_id_of(name), name, tier)


def _known(book: PackageIndex, name: str) -> list[Source]:
    """The sources of the one publisher that bears the name, or ends in it; none where several do."""
    plain = plain_name(name)
    sources = [source for source in book.package.sources if plain_name(source.publisher).endswith(plain)]
    exact = [source for source in sources if plain_name(source.publisher) == plain]
    if not exact and len(plain) < _SHORTEST:
        return []
    found = exact or sources
    best = sorted(found, key=lambda source: (source.tier, len(source.publisher)))
    return best if len({plain_name(source.publisher) for source in found}) == 1 else []


def _id_of(name: str) -> str:
    return f"body-{hashlib.sha256(plain_name(name).encode()).hexdigest()[:7]}"
