"""A government's own lists: its levels of place, kinds of project and kinds of body, in order.

Gets the rows of the vocabulary, gives `Vocabulary`; a list without rows is the one of contract 1.x
(`vocabulary.toml`). What a level of place is to the engine is its `Role`, so that no code has to know its name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from build_scripts.core.records.promised import Region, RegionMember, Word

REGION_LEVEL, PROJECT_KIND, UNIT_CATEGORY = "region_level", "project_kind", "unit_category"
LISTS = (REGION_LEVEL, PROJECT_KIND, UNIT_CATEGORY)
# The fields that hold a word of these lists, by table.
WORDS_IN = {
    "regions": ("level", REGION_LEVEL),
    "projects": ("kind", PROJECT_KIND),
    "units": ("category", UNIT_CATEGORY),
}
_DEFAULTS = Path(__file__).with_suffix(".toml")


class Role(StrEnum):
    """What a level of place is: the whole, a group of parts, a part it is divided into, a zone in them, any other.

    The values are the levels of contract 1.x, which keep their roles in every vocabulary.
    """

    WHOLE = "city"
    GROUP = "group"
    PART = "county"
    ZONE = "zone"
    AREA = "area"


@cache
def default_codes(listed: str) -> tuple[str, ...]:
    """The codes of a list in contract 1.x."""
    return tuple(tomllib.loads(_DEFAULTS.read_text(encoding="utf-8"))[listed])


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a package's lists, each list in its order; a list it does not have is missing."""

    words: Mapping[str, tuple[Word, ...]]

    def codes(self, listed: str) -> tuple[str, ...]:
        """The codes of a list, in order."""
        own = self.words.get(listed)
        return tuple(word.code for word in own) if own else default_codes(listed)

    def word(self, listed: str, code: str) -> Word | None:
        """The government's own word for a code; None where the interface has one for it."""
        return next((word for word in self.words.get(listed, ()) if word.code == code), None)

    def equal(self, level: str, other: str) -> bool:
        """Whether two levels of place stand beside each other: the list gives them the same order."""
        words = [self.word(REGION_LEVEL, code) for code in (level, other)]
        return None not in words and len({word.order for word in words if word}) == 1


def vocabulary_of(words: Iterable[Word]) -> Vocabulary:
    """The lists of a package, from the rows of its vocabulary."""
    found: dict[str, list[Word]] = {}
    for word in sorted(words, key=lambda each: each.order):
        found.setdefault(word.list, []).append(word)
    return Vocabulary({listed: tuple(rows) for listed, rows in found.items()})


def roles_of(regions: Iterable[Region], members: Iterable[RegionMember], vocabulary: Vocabulary) -> Mapping[str, Role]:
    """What each region is, by `region_id`.

    A level of contract 1.x keeps its role. Of a government's own levels the first is the whole, one whose places have
    members is a group, and the first of the others is the parts, with all levels of the same order (towns and streets);
    what is left are areas.
    """
    rows = tuple(regions)
    groups = {member.group_id for member in members}
    levels = [code for code in vocabulary.codes(REGION_LEVEL) if any(row.level == code for row in rows)]
    found: dict[str, Role] = {code: Role(code) for code in levels if code in default_codes(REGION_LEVEL)}
    for code in levels:
        if code not in found:
            beside = [other for other in found if found[other] is Role.PART and vocabulary.equal(code, other)]
            found[code] = (
                found[beside[0]] if beside else _role(found, [row for row in rows if row.level == code], groups)
            )
    return {row.region_id: found.get(row.level, Role.AREA) for row in rows}


def _role(found: Mapping[str, Role], rows: list[Region], groups: set[str]) -> Role:
    taken = set(found.values())
    if Role.WHOLE not in taken:
        return Role.WHOLE
    if any(row.region_id in groups for row in rows):
        return Role.GROUP
    return Role.AREA if Role.PART in taken else Role.PART
