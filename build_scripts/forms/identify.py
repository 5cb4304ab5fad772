"""Which series, task or problem a row is about, and whether the unit may report it.

Gets a row's key and names and the `PackageIndex`, gives the item; a row of nobody, or of somebody else, gets a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from build_scripts.forms.cells import narrow
from build_scripts.forms.layout import NO_LEAD
from build_scripts.forms.lines import Level
from build_scripts.forms.package_index import PackageIndex, series_key, unit_name
from build_scripts.forms.sheet_reader import SheetReader, plain_name, same_name


@dataclass(frozen=True, slots=True)
class Item:
    """Something a row can be about: its key, its name and place as printed on the form, and who may report it."""

    key: str
    name: str
    region: str
    leads: frozenset[str]


@dataclass(frozen=True)
class Identifier:
    """Finds items by key, or by name and region where the key column is gone."""

    book: PackageIndex
    items: tuple[Item, ...]
    unit_id: str

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
        leads = "、".join(sorted(unit_name(self.book.package, lead) for lead in item.leads))
        reader.line("row_other_unit", row, "name", name=item.name, lead=leads)
        return None

    def _by_key(self, reader: SheetReader, row: int, key: str, name: str) -> Item | None:
        item = self.by_key.get(key)
        if item is None:
            reader.line("row_gone", row, "name", name=name or key)
            return None
        if not name or same_name(name, item.name):
            return item
        if self._candidates(name, reader.text(row, "region")):
            reader.line("row_mixed_up", row, "name", name=name, expected=item.name)
            return None
        reader.line("row_renamed", row, "name", Level.CHECK, name=name, expected=item.name)
        return item

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
