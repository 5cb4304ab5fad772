"""Rules about names of things: ids that stay apart, pages that do not collide, groups, sources one can find (12–14)."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote

from build_scripts.checks.check import Check
from build_scripts.load import Place, Tables, problem
from build_scripts.model import (
    Bulletin,
    Indicator,
    Plan,
    Problem,
    Project,
    Region,
    RegionMember,
    ReportedProblem,
    Severity,
    Source,
    Target,
    Task,
    Unit,
)

# Record → its id's field, and the folder its pages live in (None: it has no page of its own).
_IDS: dict[type, tuple[str, str | None]] = {
    Plan: ("plan_id", "plans"),
    Project: ("project_id", "projects"),
    Unit: ("unit_id", "units"),
    Region: ("region_id", "regions"),
    Indicator: ("indicator_id", "indicators"),
    Target: ("target_id", "targets"),
    Task: ("task_id", "tasks"),
    Source: ("source_id", "sources"),
    ReportedProblem: ("problem_id", "problems"),
    Bulletin: ("bulletin_id", "bulletins"),
}
# Names a folder of pages or a web server keeps for itself; Windows cannot write some of them at all.
RESERVED = frozenset(
    {"index", "readme", "404", "assets", "con", "prn", "aux", "nul", "com1", "com2", "com3", "lpt1", "lpt2", "lpt3"}
)


def ids_stay_apart(tables: Tables, _today: date) -> Iterator[Problem]:
    """Ids of a table differ in more than case, Unicode form or URL escaping."""
    for record, (field, _folder) in _IDS.items():
        seen: dict[str, tuple[int, str]] = {}
        for row, item in tables.rows(record):
            name = getattr(item, field)
            folded = unicodedata.normalize("NFKC", unquote(name)).casefold()
            if folded in seen and seen[folded][1] != name:
                other, twin = seen[folded]
                yield problem("id-collision", tables.place(record), row, field, found=name, twin=twin, other=other)
            seen.setdefault(folded, (row, name))


def pages_have_their_own_address(tables: Tables, _today: date) -> Iterator[Problem]:
    """No two pages want the same address, and none an address the site keeps for itself."""
    wanted: dict[str, list[tuple[Place, int, str, str]]] = defaultdict(list)
    for record, (field, folder) in _IDS.items():
        if folder is None:
            continue
        for row, item in tables.rows(record):
            name = getattr(item, field)
            if name.casefold() in RESERVED:
                yield problem("address-collision", tables.place(record), row, field, what="reserved", found=name)
            address = f"/{folder}/{unicodedata.normalize('NFKC', unquote(name)).casefold()}/"
            wanted[address].append((tables.place(record), row, field, name))
    for address, pages in wanted.items():
        first = pages[0]
        for place, row, field, name in pages[1:]:
            if name == first[3]:
                facts = {"found": name, "address": address, "file": first[0].file, "other": first[1]}
                yield problem("address-collision", place, row, field, facts=facts)


def groups_do_not_turn_in_circles(tables: Tables, _today: date) -> Iterator[Problem]:
    """No group is, through its members, a member of itself."""
    members: dict[str, list[str]] = defaultdict(list)
    for _row, member in tables.of(RegionMember):
        members[member.group_id].append(member.region_id)
    for row, member in tables.of(RegionMember):
        if _reaches(members, member.region_id, member.group_id):
            facts = {"found": member.region_id, "group": member.group_id}
            yield problem("group-cycle", tables.place(RegionMember), row, "region_id", facts=facts)


def _reaches(members: dict[str, list[str]], start: str, goal: str) -> bool:
    """Whether `goal` is `start` or below it."""
    todo, seen = [start], set()
    while todo:
        here = todo.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            todo += members.get(here, [])
    return False


def regions_are_in_one_group(tables: Tables, _today: date) -> Iterator[Problem]:
    """A region is in at most one group of a level."""
    level = {region.region_id: region.level for _row, region in tables.of(Region)}
    first: dict[tuple[str, str], tuple[int, str]] = {}
    for row, member in tables.of(RegionMember):
        key = (member.region_id, level.get(member.group_id, ""))
        if key in first and first[key][1] != member.group_id:
            other, group = first[key]
            facts = {"found": member.region_id, "group": group, "other": other}
            yield problem("group-overlap", tables.place(RegionMember), row, "region_id", facts=facts)
        first.setdefault(key, (row, member.group_id))


def sources_can_be_found(tables: Tables, _today: date) -> Iterator[Problem]:
    """A source of tier 1 or 2 has an address, or says in its note where it can be seen."""
    for row, source in tables.of(Source):
        if source.tier in {1, 2} and not source.url and not source.note:
            yield problem("source-nowhere", tables.place(Source), row, "url", title=source.title)


CHECKS = (
    Check("id-collision", Severity.ERROR, ids_stay_apart, 12),
    Check("address-collision", Severity.ERROR, pages_have_their_own_address, 12),
    Check("group-cycle", Severity.ERROR, groups_do_not_turn_in_circles, 13),
    Check("group-overlap", Severity.ERROR, regions_are_in_one_group, 13),
    Check("source-nowhere", Severity.ERROR, sources_can_be_found, 14),
)
