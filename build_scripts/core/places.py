"""Which city a place belongs to. Gets regions and members, gives a city's id by region id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from build_scripts.core.records import Region, RegionMember
from build_scripts.core.vocabulary import Role

_CITY_DIGITS = 4


def city_of_regions(
    regions: Sequence[Region], members: Iterable[RegionMember], roles: Mapping[str, Role]
) -> Mapping[str, str]:
    """The id of each region's city; empty where it is not known.

    With one city, or none, all are of that one. Among several, a region is of the city whose code begins with the same
    four digits, a group of the city of its first member that has one.
    """
    cities = [region for region in regions if roles[region.region_id] is Role.WHOLE]
    if len(cities) <= 1:
        city = cities[0].region_id if cities else ""
        return {region.region_id: city for region in regions}
    by_code = {city.adcode[:_CITY_DIGITS]: city.region_id for city in cities if city.adcode}
    found = {region.region_id: by_code.get(region.adcode[:_CITY_DIGITS], "") for region in regions}
    parts: dict[str, list[str]] = {}
    for member in members:
        parts.setdefault(member.group_id, []).append(member.region_id)
    for group in parts:
        if not found.get(group):
            found[group] = _of_members(group, parts, found)
    return found


def _of_members(group: str, parts: Mapping[str, Sequence[str]], found: Mapping[str, str]) -> str:
    """The city of the first member, or member's member, that has one."""
    todo, seen = [group], set[str]()
    while todo:
        here = todo.pop(0)
        if found.get(here):
            return found[here]
        if here not in seen:
            seen.add(here)
            todo += parts.get(here, ())
    return ""
