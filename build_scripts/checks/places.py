"""Which places of a package some words name: 青田, “一带”, 全市, and the slug of an address.

Gets the regions' names, gives region ids. A place is known by its name, by the name without 市 or 县, by what stands in
quotation marks in it, and by its id.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property

from build_scripts.core.printed import plain
from build_scripts.core.records import Region, RegionMember
from build_scripts.core.vocabulary import Role
from build_scripts.load import Tables
from build_scripts.locale.catalogue import read_words
from build_scripts.locale.documents import printed

_SHORTEST = 2


class Places:
    """The places of one package."""

    def __init__(self, tables: Tables) -> None:
        regions = [region for _row, region in tables.of(Region)]
        self._regions = {region.region_id: region for region in regions}
        self._parts: dict[str, set[str]] = defaultdict(set)
        for _row, member in tables.of(RegionMember):
            self._parts[member.group_id].add(member.region_id)
        self._seen: dict[str, frozenset[str]] = {}
        self._roles = tables.roles
        cities = {each for each, role in self._roles.items() if role is Role.WHOLE}
        first = {min(regions, key=lambda region: region.order).region_id} if regions else set()
        # Of several cities 全市 may mean any.
        self.wholes = frozenset(cities if len(cities) > 1 else first)

    def named(self, words: str) -> frozenset[str]:
        """The places some words name; the whole is named by 全市 too."""
        if words not in self._seen:
            text = plain(words)
            found = {self._owners[hit.group()] for hit in self._pattern.finditer(text)} if self._owners else set()
            self._seen[words] = frozenset(found | (self.wholes if printed("place.whole").search(text) else set()))
        return self._seen[words]

    def fits(self, region_id: str, named: frozenset[str]) -> bool:
        """Whether words that name some places can be about a place: itself, its parts, or what its name lists."""
        return region_id in named or bool(self._inside(region_id) & named)

    def below(self, named: frozenset[str]) -> frozenset[str]:
        """Those of some places that are known, and neither the whole nor an area drawn for one purpose."""
        roles = self._roles
        return frozenset(each for each in named - self.wholes if roles.get(each, Role.AREA) is not Role.AREA)

    def _inside(self, region_id: str) -> set[str]:
        """What a place consists of, as far as the package says: its members, and the places its name lists."""
        found = set(self._parts.get(region_id, ()))
        for part in tuple(found):
            found |= self._parts.get(part, set())
        region = self._regions.get(region_id)
        listed = "".join(printed("place.brackets").findall(plain(region.name))) if region else ""
        return found | (set(self.named(listed)) - {region_id} if listed else set())

    @cached_property
    def _owners(self) -> dict[str, str]:
        """Every name of every place; a short name that two places share names neither."""
        full = {name: region.region_id for region in self._regions.values() for name in _names_of(region.name)}
        short: dict[str, set[str]] = defaultdict(set)
        for region in self._regions.values():
            for name in _short_names(region.name) - full.keys():
                short[name].add(region.region_id)
        slugs = {each: each for each in self._regions}
        return {name: ids.pop() for name, ids in short.items() if len(ids) == 1} | slugs | full

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """All names at once, the longest first; 丽水市 is not named by 丽水市区, nor 云和 by 云和湖."""
        names = sorted((name for name in self._owners if name not in self._regions), key=len, reverse=True)
        wider = f"(?!{printed('place.wider').pattern})"
        plainly = _any_of(names, lambda name: re.escape(name) + ("" if printed("place.closed").search(name) else wider))
        slugs = _any_of(sorted(self._regions, key=len, reverse=True), re.escape)
        return re.compile(
            rf"(?:{plainly or '(?!)'})(?!{printed('place.other').pattern})|(?<![A-Za-z])(?:{slugs})(?![A-Za-z])"
        )


def _any_of(names: Iterable[str], written: Callable[[str], str]) -> str:
    """A pattern for any of the names, the first that fits first.

    Grouped by their first characters: it is tried at every place of a text, and a package may have a thousand names.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[name[0]].append(written(name))
    return "|".join(rf"(?={re.escape(first)})(?:{'|'.join(group)})" for first, group in groups.items())


def _names_of(name: str) -> set[str]:
    bare = printed("place.brackets").sub("", plain(name)).strip()
    return {plain(name), bare, *printed("place.quoted").findall(plain(name))} - {""}


def _short_names(name: str) -> set[str]:
    bare = printed("place.brackets").sub("", plain(name)).strip()
    for zone, short in zip(read_words("documents.place.zone"), read_words("documents.place.zone_short"), strict=False):
        if bare.endswith(zone):
            return {bare.replace(zone, short), short}
    short = printed("place.kind").sub("", bare)
    return {short} if len(short) >= _SHORTEST else set()
