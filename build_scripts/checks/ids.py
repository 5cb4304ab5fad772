"""Rules about names of things: ids that stay apart, pages that do not collide, groups, sources one can find (12–14)."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote

from build_scripts.checks.check import Check
from build_scripts.core.records import (
    Bulletin,
    Indicator,
    Plan,
    Problem,
    Project,
    Region,
    RegionMember,
    Search,
    Severity,
    Source,
    Target,
    Task,
    Unit,
    Violation,
)
from build_scripts.load import Tables, violation
from build_scripts.load.violations import shown

# Record → the field of its id, which becomes its page's address (`/targets/ID/`).
_IDS: dict[type, str] = {
    Plan: "plan_id",
    Project: "project_id",
    Unit: "unit_id",
    Region: "region_id",
    Indicator: "indicator_id",
    Target: "target_id",
    Task: "task_id",
    Source: "source_id",
    Problem: "problem_id",
    Bulletin: "bulletin_id",
    Search: "search_id",
}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_ID_LENGTH = 64
# Names a folder of pages or a web server keeps for itself; Windows cannot write some of them at all.
RESERVED = frozenset(
    {"index", "readme", "404", "assets", "con", "prn", "aux", "nul", "com1", "com2", "com3", "lpt1", "lpt2", "lpt3"}
)


def ids_can_be_addresses(tables: Tables, _today: date) -> Iterator[Violation]:
    """Ids have the contract's form, whatever a package's own schema allows: they become addresses and file names."""
    for record, field in _IDS.items():
        for row, item in tables.rows(record):
            name = getattr(item, field)
            if not _ID.fullmatch(name) or len(name) > _ID_LENGTH:
                yield violation("id-form", tables.place(record), row, field, found=shown(name))


def ids_stay_apart(tables: Tables, _today: date) -> Iterator[Violation]:
    """Ids of a table differ in more than case, Unicode form or URL escaping."""
    for record, field in _IDS.items():
        seen: dict[str, tuple[int, str]] = {}
        for row, item in tables.rows(record):
            name = getattr(item, field)
            folded = unicodedata.normalize("NFKC", unquote(name)).casefold()
            if folded in seen and seen[folded][1] != name:
                other, twin = seen[folded]
                yield violation("id-collision", tables.place(record), row, field, found=name, twin=twin, other=other)
            seen.setdefault(folded, (row, name))


def pages_have_their_own_address(tables: Tables, _today: date) -> Iterator[Violation]:
    """No page wants an address that the site keeps for itself or that some file systems cannot hold."""
    for record, field in _IDS.items():
        for row, item in tables.rows(record):
            name = getattr(item, field)
            if name.casefold() in RESERVED:
                yield violation("address-collision", tables.place(record), row, field, found=name)


def groups_do_not_turn_in_circles(tables: Tables, _today: date) -> Iterator[Violation]:
    """No group is, through its members, a member of itself."""
    members: dict[str, list[str]] = defaultdict(list)
    for _row, member in tables.of(RegionMember):
        members[member.group_id].append(member.region_id)
    for row, member in tables.of(RegionMember):
        if _reaches(members, member.region_id, member.group_id):
            facts = {"found": member.region_id, "group": member.group_id}
            yield violation("group-cycle", tables.place(RegionMember), row, "region_id", facts=facts)


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


def regions_are_in_one_group(tables: Tables, _today: date) -> Iterator[Violation]:
    """A region is in at most one group of a level."""
    level = {region.region_id: region.level for _row, region in tables.of(Region)}
    first: dict[tuple[str, str], tuple[int, str]] = {}
    for row, member in tables.of(RegionMember):
        key = (member.region_id, level.get(member.group_id, ""))
        if key in first and first[key][1] != member.group_id:
            other, group = first[key]
            facts = {"found": member.region_id, "group": group, "other": other}
            yield violation("group-overlap", tables.place(RegionMember), row, "region_id", facts=facts)
        first.setdefault(key, (row, member.group_id))


def sources_can_be_found(tables: Tables, _today: date) -> Iterator[Violation]:
    """A source of tier 1 or 2 has an address, or says in its note where it can be seen."""
    for row, source in tables.of(Source):
        if source.tier in {1, 2} and not source.url and not source.note:
            yield violation("source-nowhere", tables.place(Source), row, "url", title=source.title)


CHECKS = (
    Check("id-form", Severity.ERROR, ids_can_be_addresses, 12),
    Check("id-collision", Severity.ERROR, ids_stay_apart, 12),
    Check("address-collision", Severity.ERROR, pages_have_their_own_address, 12),
    Check("group-cycle", Severity.ERROR, groups_do_not_turn_in_circles, 13),
    Check("group-overlap", Severity.ERROR, regions_are_in_one_group, 13),
    Check("source-nowhere", Severity.ERROR, sources_can_be_found, 14),
)
