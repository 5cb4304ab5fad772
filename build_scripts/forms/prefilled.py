"""The prefilled cells of a form: what stood in them when it went out, and what stands in them now.

Gets the hidden sheet and the forms found, gives a line for each cell that differs, with both values. Forms of before
the hidden sheet kept the values are held against the package: the place and the unit of a row hardly ever change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from build_scripts.forms.cells import narrow
from build_scripts.forms.conversions import converted
from build_scripts.forms.grid import Grid, as_text
from build_scripts.forms.identify import Item
from build_scripts.forms.layout import KEY_SEPARATOR, META_FORM, META_KEY, META_VALUES, PROBLEM_FACTS, Form
from build_scripts.forms.lines import Level
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.sheet_reader import SheetReader, same_name
from build_scripts.locale import t

# Fields without which nobody can tell what a figure is about: a change must be taken back, not waved through.
_DECISIVE = frozenset({"region", "unit"})
# Fields that only repeat what is known; what somebody writes over them is not taken in.
_REPEATED = frozenset(
    {"last_value", "last_period", "last_source", "last_state", "last_date", "last_note", "status", "required"}
)
# The name is compared where a row is recognised.
_ELSEWHERE = frozenset({"key", "index", "name"})


@dataclass(frozen=True, slots=True)
class Prefilled:
    """The values that a form went out with, by form and key; empty for a form that did not keep them."""

    values: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)

    def of(self, form: Form, key: str) -> Mapping[str, str]:
        """What a row's cells held, by field."""
        return self.values.get((form.value, key), {})


def pack(code: str, value: str) -> str:
    """A field and its value as one cell of the hidden sheet."""
    return f"{code}:{value}"


def read_prefilled(grid: Grid | None) -> Prefilled:
    """The values kept on the hidden sheet."""
    if grid is None:
        return Prefilled()
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in range(2, grid.rows + 1):
        key = (as_text(grid.at(row, META_FORM).value), as_text(grid.at(row, META_KEY).value))
        cells = (as_text(grid.at(row, column).value).partition(":") for column in range(META_VALUES, grid.columns + 1))
        values = {code: value for code, colon, value in cells if colon}
        if key[1] and values:
            found[key] = values
    return Prefilled(found)


def compare_row(reader: SheetReader, row: int, item: Item, book: PackageIndex, prefilled: Prefilled) -> None:
    """Ask about every prefilled cell of an answered row that was changed."""
    form = reader.located.form
    known = dict(prefilled.of(form, item.printed or item.key)) or {"region": item.region}
    if form is Form.INDICATORS:
        unit = book.package.indicator_by_id[item.key.partition(KEY_SEPARATOR)[0]].unit
        if known.setdefault("unit", unit) != unit:
            reader.line("unit_since_changed", row, "unit", old=known["unit"], unit=unit)
            return
        _last_value(reader, row, book, item.key, known)
    for code, was, now in _changed(reader, row, known):
        _ask(reader, row, code, was, now)


def note_row(reader: SheetReader, row: int, book: PackageIndex, prefilled: Prefilled) -> None:
    """Say of a row that answers nothing what was written over its prefilled cells: it is not taken in."""
    form, key = reader.located.form, reader.text(row, "key")
    known = prefilled.of(form, key)
    if form is Form.INDICATORS and key:
        _last_value(reader, row, book, key, known)
    for code, was, now in _changed(reader, row, known):
        reader.line("cell_not_read", row, code, Level.NOTE, **_facts(reader, code, was, now))


def _last_value(reader: SheetReader, row: int, book: PackageIndex, key: str, known: Mapping[str, str]) -> None:
    """Say that a figure written over the last one is not read, on forms that did not keep what they went out with."""
    indicator_id, _, region_id = key.partition(KEY_SEPARATOR)
    now = reader.text(row, "last_value")
    values = {as_text(figure.value) for figure in book.figures.get((indicator_id, region_id), ())}
    if "last_value" not in known and now and now not in values:
        reader.line("cell_not_read", row, "last_value", Level.NOTE, **_facts(reader, "last_value", "", now))


def _changed(reader: SheetReader, row: int, known: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    form = reader.located.form
    for code, was in known.items():
        entry = code not in PROBLEM_FACTS if form is Form.PROBLEMS else form.column(code).entry
        if code in _ELSEWHERE or entry or code not in reader.located.columns:
            continue
        now = reader.text(row, code)
        same = same_name if code in {"region", "project", "title"} else _same_words
        if now and not same(now, was):
            yield code, was, now


def _same_words(now: str, was: str) -> bool:
    return narrow(now).replace(",", "") == narrow(was).replace(",", "")


def _ask(reader: SheetReader, row: int, code: str, was: str, now: str) -> None:
    facts = _facts(reader, code, was, now)
    if code == "unit":
        value = reader.text(row, "value")
        reader.line("unit_changed", row, code, Level.ERROR, **facts, value=value, offer=converted(value, now, was))
    elif code in _DECISIVE:
        reader.line("cell_changed", row, code, Level.ERROR, **facts)
    elif code in _REPEATED:
        reader.line("cell_not_read", row, code, Level.NOTE, **facts)
    else:
        reader.line("cell_changed", row, code, Level.CHECK, **facts)


def _facts(reader: SheetReader, code: str, was: str, now: str) -> dict[str, object]:
    title = t(f"forms.column.{reader.located.form}.{code}")
    return {"title": title, "was": was or t("forms.none"), "now": now}
