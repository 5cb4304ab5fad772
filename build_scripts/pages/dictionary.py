"""The data dictionary: a page a table, read off the Table Schemas, so that it cannot drift from the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from build_scripts.core.records import Link, Page
from build_scripts.core.settings import DESCRIPTOR
from build_scripts.exports import FieldEntry, TableEntry, dictionary, table_page, table_path
from build_scripts.locale import DASH, by_semicolon, how_many, number, stop, t
from build_scripts.pages import parts
from build_scripts.pages.reuse import described
from build_scripts.pages.site_data import SiteData

ROOT = "data/dictionary/"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table in the list; counts are text."""

    link: Link
    name: str
    about: str
    rows: str
    fields: str


@dataclass(frozen=True, slots=True)
class TableGroup:
    """The tables of the package, or those computed here."""

    anchor: str
    title: str
    about: str
    caption: str
    tables: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class DictionaryView:
    """What the list of tables shows."""

    title: str
    sentence: str
    groups: tuple[TableGroup, ...]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A column of a table; `refers_to` leads to the table it points to."""

    name: str
    title: str
    type: str
    unit: str
    constraints: str
    meaning: str
    is_key: bool
    refers_to: Link | None


@dataclass(frozen=True, slots=True)
class TableView:
    """What a table's page shows."""

    title: str
    sentence: str
    name: str
    about: str
    caption: str
    fields: tuple[FieldRow, ...]
    used_by: tuple[Link, ...]
    file: Link
    previous: Link | None
    next: Link | None


def pages(given: SiteData) -> Iterator[Page]:
    """The list of tables, then a page for every table."""
    if given.published is None:
        return
    entries = dictionary(given.published.tables.values())
    title = t("dictionary.title")
    own = sum(not entry.derived for entry in entries)
    sentence = t(
        "dictionary.sentence",
        own=how_many(own, "sheet"),
        derived=how_many(len(entries) - own, "sheet"),
        fields=how_many(sum(len(entry.fields) for entry in entries), "column"),
    )
    yield Page(
        address=ROOT,
        template="dictionary",
        view=DictionaryView(title, sentence, tuple(_groups(entries))),
        title=title,
        description=sentence,
        source=DESCRIPTOR,
        crumbs=parts.crumbs(parts.section_link("data")),
        toc=False,
    )
    for index in range(len(entries)):
        yield _page(given, entries, index)


def _groups(entries: tuple[TableEntry, ...]) -> Iterator[TableGroup]:
    for anchor in ("package", "derived"):
        tables = [entry for entry in entries if entry.derived == (anchor == "derived")]
        if tables:
            count = how_many(len(tables), "sheet")
            yield TableGroup(
                anchor=anchor,
                title=t(f"dictionary.group.{anchor}.title"),
                about=t(f"dictionary.group.{anchor}.about"),
                caption=t("dictionary.caption.tables", group=t(f"dictionary.group.{anchor}.title"), count=count),
                tables=tuple(_table_row(entry) for entry in tables),
            )


def _table_row(entry: TableEntry) -> TableRow:
    rows = DASH if entry.derived else number(entry.rows)
    return TableRow(_link(entry), entry.name, entry.description, rows, number(len(entry.fields)))


def table_link(name: str, title: str) -> Link:
    """The page that explains a table's columns."""
    return Link(title, f"{ROOT}{name.replace('_', '-')}/")


def _link(entry: TableEntry) -> Link:
    return table_link(entry.name, entry.title)


def _page(given: SiteData, entries: tuple[TableEntry, ...], index: int) -> Page:
    entry = entries[index]
    links = {each.name: _link(each) for each in entries}
    users = tuple(
        links[each.name]
        for each in entries
        if each.name != entry.name and any(field.refers_to == entry.name for field in each.fields)
    )
    sentence = t(
        "dictionary.table.sentence_derived" if entry.derived else "dictionary.table.sentence",
        title=entry.title,
        rows=how_many(entry.rows, "row"),
        fields=how_many(len(entry.fields), "column"),
        about=entry.description.rstrip(stop()),
    )
    title = t("dictionary.table.title", title=entry.title)
    view = TableView(
        title=title,
        sentence=sentence,
        name=entry.name,
        about=t("dictionary.table.derived") if entry.derived else "",
        caption=t("dictionary.caption.fields", title=entry.title, count=how_many(len(entry.fields), "column")),
        fields=tuple(_field_row(field, links) for field in entry.fields),
        used_by=users,
        file=Link(f"{entry.name}.csv", table_path(entry.name, "csv")),
        previous=_link(entries[index - 1]) if index else None,
        next=_link(entries[index + 1]) if index + 1 < len(entries) else None,
    )
    return Page(
        address=_link(entry).address,
        template="dictionary_table",
        view=view,
        title=title,
        description=sentence,
        source=DESCRIPTOR,
        crumbs=parts.crumbs(parts.section_link("data"), Link(t("dictionary.title"), ROOT)),
        toc=False,
        json_ld=_described(given, entry.name),
    )


def _described(given: SiteData, name: str) -> str:
    published = given.published
    assert published is not None  # noqa: S101 - only what is published has pages here
    return described(given, lambda edition: table_page(edition, published.tables[name], published.downloads))


def _field_row(field: FieldEntry, links: Mapping[str, Link]) -> FieldRow:
    return FieldRow(
        name=field.name,
        title=field.title,
        type=field.type,
        unit=field.unit or DASH,
        constraints=by_semicolon(field.constraints) or DASH,
        meaning=field.meaning,
        is_key=field.is_key,
        refers_to=links.get(field.refers_to),
    )
