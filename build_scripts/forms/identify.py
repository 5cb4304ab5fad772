"""Which series, task or problem a row is about, and whether the unit may report it.

Gets a row's key and names and the `PackageIndex`, gives the item; a row of nobody, or of somebody else, gets a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from build_scripts.core.records import Package, Target, Task
from build_scripts.forms.cells import narrow
from build_scripts.forms.layout import NO_LEAD
from build_scripts.forms.lines import Level
from build_scripts.forms.package_index import PackageIndex, series_key, unit_name
from build_scripts.forms.sheet_reader import SheetReader, plain_name, same_name
from build_scripts.locale import day, listed


@dataclass(frozen=True, slots=True)
class Item:
    """Something a row can be about: its key, its name and place as printed on the form, and who may report it.

    `printed` is the key on a form of before, where something else has taken its place since.
    """

    key: str
    name: str
    region: str
    leads: frozenset[str]
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """Something that forms of before ask about and that holds no longer: since when, and what has taken its place."""

    name: str
    since: date
    heirs: tuple[str, ...]


@dataclass(frozen=True)
class Identifier:
    """Finds items by key, or by name and region where the key column is gone."""

    book: PackageIndex
    items: tuple[Item, ...]
    unit_id: str
    gone: Mapping[str, Gone] = field(default_factory=dict)

    @cached_property
    def by_key(self) -> Mapping[str, Item]:
        """Items by their key."""
        return {item.key: item for item in self.items}

    @cached_property
    def by_name(self) -> Mapping[tuple[str, str], list[Item]]:
        """Items by name and region, written exactly and written plainly; with and without the region."""
        found: dict[tuple[str, str], list[Item]] = {}
        for item in self.items:
            for name in dict.fromkeys((narrow(item.name), plain_name(item.name))):
                for region in dict.fromkeys((plain_name(item.region), "")):
                    found.setdefault((name, region), []).append(item)
        return found

    def identify(self, reader: SheetReader, row: int) -> Item | None:
        """The item a filled row is about, None with a line where that is unclear or not this unit's to report."""
        key, name = reader.text(row, "key"), reader.text(row, "name")
        item = self._by_key(reader, row, key, name) if key else self._by_name(reader, row, name)
        if item is None or item.leads & {self.unit_id, NO_LEAD}:
            return item
        leads = listed(sorted(unit_name(self.book.package, lead) for lead in item.leads))
        reader.line("row_other_unit", row, "name", name=item.name, lead=leads)
        return None

    def _by_key(self, reader: SheetReader, row: int, key: str, name: str) -> Item | None:
        item = self.by_key.get(key)
        if item is None:
            return self._instead(reader, row, key, name)
        if not name or same_name(name, item.name):
            return item
        if self._candidates(name, reader.text(row, "region")):
            reader.line("row_mixed_up", row, "name", name=name, expected=item.name)
            return None
        reader.line("row_renamed", row, "name", Level.CHECK, name=name, expected=item.name)
        return item

    def _instead(self, reader: SheetReader, row: int, key: str, name: str) -> Item | None:
        """What has taken the place of something on a form of before, with a question that names both."""
        gone = self.gone.get(key)
        heirs = [self.by_key[heir] for heir in gone.heirs if heir in self.by_key] if gone else []
        if gone is None:
            reader.line("row_gone", row, "name", name=name or key)
        elif len(heirs) == 1:
            since, heir = day(gone.since), heirs[0].name
            reader.line("row_replaced", row, "name", Level.CHECK, name=gone.name, since=since, heir=heir)
            return replace(heirs[0], printed=key)
        else:
            code, names = "row_divided" if heirs else "row_ended", listed(each.name for each in heirs)
            reader.line(code, row, "name", name=gone.name, since=day(gone.since), heirs=names)
        return None

    def _by_name(self, reader: SheetReader, row: int, name: str) -> Item | None:
        if not name:
            reader.line("row_nameless", row, "name")
            return None
        found = self._candidates(name, reader.text(row, "region"))
        own = [item for item in found if item.leads & {self.unit_id, NO_LEAD}] or found
        if len(own) == 1:
            return own[0]
        reader.line("row_ambiguous" if own else "row_unknown", row, "name", name=name, count=len(own))
        return None

    def _candidates(self, name: str, region: str) -> list[Item]:
        for written in (narrow(name), plain_name(name)):
            found = self.by_name.get((written, plain_name(region)))
            if found:
                return found
        return []


def series_items(book: PackageIndex) -> tuple[Item, ...]:
    """Every series that some target is read off."""
    package = book.package
    return tuple(
        Item(
            series_key(indicator_id, region_id),
            package.indicator_by_id[indicator_id].name,
            package.region_by_id[region_id].name,
            book.leads_of_series[indicator_id, region_id],
        )
        for indicator_id, region_id in book.targets_by_series
    )


def gone_series(book: PackageIndex) -> Mapping[str, Gone]:
    """Series that no target is read off any more, each with those that the targets in place of its own are read off."""
    package, found = book.package, dict[str, Gone]()
    for target in package.withdrawn:
        key = (target.indicator_id, target.region_id)
        if key in book.targets_by_series or target.withdrawn_on is None:
            continue
        heirs = (each for each in package.targets if target.target_id in _replaced(package, each))
        keys = dict.fromkeys(series_key(each.indicator_id, each.region_id) for each in heirs)
        name = package.indicator_by_id[target.indicator_id].name
        found[series_key(*key)] = Gone(name, target.withdrawn_on, tuple(keys))
    return found


def gone_tasks(book: PackageIndex) -> Mapping[str, Gone]:
    """Works that hold no longer, each with those that have taken its place."""
    package, found = book.package, dict[str, Gone]()
    for task in package.ended_tasks:
        if task.withdrawn_on is not None:
            heirs = tuple(each.task_id for each in package.tasks if task.task_id in _replaced(package, each))
            found[task.task_id] = Gone(task.name, task.withdrawn_on, heirs)
    return found


def _replaced(package: Package, item: Target | Task) -> set[str]:
    """Everything an item has taken the place of, also over something that was replaced in turn."""
    ended: dict[str, Target | Task] = {each.target_id: each for each in package.withdrawn}
    if isinstance(item, Task):
        ended = {each.task_id: each for each in package.ended_tasks}
    found, ahead = set[str](), list(item.replaces)
    while ahead:
        old = ahead.pop()
        if old not in found:
            found.add(old)
            ahead += ended[old].replaces if old in ended else ()
    return found


def task_items(book: PackageIndex) -> tuple[Item, ...]:
    """Every task."""
    regions = book.package.region_by_id
    return tuple(
        Item(
            task.task_id,
            task.name,
            regions[task.region_id].name if task.region_id else "",
            frozenset({book.lead_of(task)}),
        )
        for task in book.package.tasks
    )


def project_of(book: PackageIndex, unit_id: str, written: str) -> tuple[str | None, bool]:
    """The project a clerk's words name, and whether the unit has a part in it; None when they name none."""
    own = book.projects_of(unit_id)
    for pool in (own, [project.project_id for project in book.package.projects]):
        found = [project_id for project_id in pool if _names_project(book, project_id, written)]
        if len(found) == 1:
            return found[0], found[0] in own
    return None, False


def _names_project(book: PackageIndex, project_id: str, written: str) -> bool:
    project = book.package.project_by_id[project_id]
    names: Iterable[str] = (project.short_title, project.title, project_id)
    return any(same_name(written, name) for name in names)
