"""The rows of somebody's table of targets. Gets a file, gives the table with its columns, and each row as fields.

What headings say for all rows, and what goes into the note, is in every row; fiscal years begin when the editor says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pandas as pd

from build_scripts.core.errors import UsageError
from build_scripts.importing.columns import Columns, find_columns
from build_scripts.importing.draft import Draft
from build_scripts.importing.figures import read_figure
from build_scripts.importing.frames import read_any, sheet_names
from build_scripts.importing.headings import read_heading
from build_scripts.importing.periods import is_fiscal
from build_scripts.locale import listed, read_words, t

_LEAST = 2
_FISCAL_START = "4"
_YEAR = r"(?:19|20|21)\d\d(?:[/–-]\d{2,4})?"


@dataclass(frozen=True, slots=True)
class Row:
    """A target's row: what stands under the headings that are known, where in the file; when fiscal years begin."""

    line: int
    cells: Mapping[str, str]
    fiscal: int = 1

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")

    @property
    def days(self) -> tuple[str, str]:
        """The cells that name a year or a day."""
        return self["target_year"], self["baseline_year"]

    @property
    def subject(self) -> str:
        """The row as the report names it."""
        return t("importing.row", line=self.line, name=self["name"])


def read_table(path: Path, sheet: str | None) -> tuple[pd.DataFrame, Columns]:
    """The table and what each column is: of the sheet named, else of the one that fits best.

    Raises:
        UsageError: the file cannot be read, or no line of it has the headings that are needed.
    """
    names = [sheet] if sheet else sheet_names(path)
    found = [(raw, find_columns(raw)) for raw in (read_any(path, name) for name in names)]
    raw, columns = max(found, key=lambda each: ("name" in each[1].fields, each[1].known))
    if "name" not in columns.fields or columns.known < _LEAST:
        needed = [read_words(f"importing.heading.{name}")[0] for name in ("name", "value", "unit", "target_year")]
        where = path if names == [None] else t("importing.sheets", path=path, names=listed(names))
        raise UsageError(t("importing.fault.headings", path=where, known=listed(needed)))
    return raw, columns


def tell(draft: Draft, columns: Columns) -> None:
    """Say of each column what it became, what was concluded, and why some are not used."""
    draft.columns += columns.account
    for title, code in columns.guessed:
        draft.assumed(title, code, unit=columns.given.get("unit", ""))
    for title, code, facts in columns.left:
        draft.left(title, code, **facts)


def rows_of(draft: Draft, body: pd.DataFrame, columns: Columns) -> list[Row]:
    """The rows below the headings."""
    cut = list(_cut(draft, body, columns))
    fiscal = _fiscal_start(draft, [*columns.years.values(), *(cell for row in cut for cell in row.days)])
    return [replace(row, fiscal=fiscal) for row in cut]


def _cut(draft: Draft, body: pd.DataFrame, columns: Columns) -> Iterator[Row]:
    """The rows as fields. Where one name stands in several rows, the indicator tells them apart."""
    found = [(int(line) + 1, _fields(body, int(line), columns)) for line in body.index]
    found = [(line, fields) for line, fields in found if any(fields.values())]
    for name in ("name", "project"):
        if name in columns.fields and columns.fields[name] != columns.fields.get("indicator"):
            _fill_down(draft, name, columns.titles[columns.fields[name]], found)
    seen: dict[tuple[str, ...], int] = {}
    times = Counter(fields["name"] for _line, fields in found)
    for line, fields in found:
        subject = t("importing.row", line=line, name=fields["name"] or t("importing.unnamed"))
        other = seen.setdefault(tuple(fields.values()), line)
        if not fields["name"]:
            draft.left(subject, "no_name")
        elif other != line:
            draft.left(subject, "row_twice", other=other)
        else:
            yield Row(line, _completed(draft, subject, fields, columns, times))


def _fields(body: pd.DataFrame, line: int, columns: Columns) -> dict[str, str]:
    """What stands in a row, by field; what goes into the note is there already."""
    fields = {name: str(body.at[line, place]).strip() for name, place in columns.fields.items()}
    for place, title in columns.also.items():
        if text := str(body.at[line, place]).strip():
            own = t("importing.note_of", title=title, text=text)
            first = fields.get("note", "")
            fields["note"] = t("importing.note_both", first=first, second=own) if first else own
    return fields


def _fill_down(draft: Draft, name: str, title: str, found: list[tuple[int, dict[str, str]]]) -> None:
    """Let a name over several rows hold for each of them, as where its cells were merged."""
    above, count = "", 0
    for _line, fields in found:
        others = any(text for key, text in fields.items() if key not in {"name", "project", "note"})
        if not fields[name] and above and others and (name != "name" or fields.get("indicator")):
            fields[name], count = above, count + 1
        above = fields[name] or above
    if count:
        draft.assumed(title, "filled_down", count=count, title=title)


def _completed(
    draft: Draft, subject: str, fields: dict[str, str], columns: Columns, times: Mapping[str, int]
) -> dict[str, str]:
    """A row's fields with what headings, the name's brackets and years inside cells say."""
    name, indicator = fields["name"], fields.get("indicator", "")
    for value, year in (("value", "target_year"), ("baseline_value", "baseline_year")):
        parted = _year_apart(fields.get(value, ""))
        if parted and not fields.get(year):
            draft.assumed(subject, "year_in_cell", found=fields[value], year=parted[1])
            fields[value], fields[year] = parted
    if not fields.get("unit") and not columns.given.get("unit"):
        fields["unit"] = _unit_in_name(draft, subject, fields)
    if times[name] > 1 and indicator and indicator != name:
        fields["name"] = t("importing.name_with", name=name, indicator=indicator)
    return fields | {key: text for key, text in columns.given.items() if not fields.get(key)}


def _year_apart(text: str) -> tuple[str, str] | None:
    """A figure and the year beside it in one cell: `62% (2019)`, `60% by 2028`, `2025年达到60%`."""
    behind, before = _beside()
    found = behind.fullmatch(text) or before.fullmatch(text)
    if not found or not read_figure(found["figure"]):
        return None
    return found["figure"].strip(), next(year for name, year in found.groupdict().items() if name != "figure" and year)


@cache
def _beside() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A year behind a figure, and one before it, with the words that stand between."""
    year, before, after = (_any(f"importing.{name}") for name in ("year", "before", "after"))
    behind = rf"(?P<figure>.*\d.*?)\s*(?:[(（,，]|\s(?:{before})\s)\s*(?P<year>{_YEAR})(?:{year})?\s*[)）]?"
    first = rf"(?:(?:{before})\s*(?P<named>{_YEAR})(?:{year})?|(?P<year>{_YEAR})(?:{year}))(?:{after})?[,，]?\s*"
    return re.compile(behind, re.IGNORECASE), re.compile(rf"{first}(?P<figure>\D*\d.*)", re.IGNORECASE)


def _any(key: str) -> str:
    """Any of some words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(read_words(key), key=len, reverse=True))


def _unit_in_name(draft: Draft, subject: str, fields: Mapping[str, str]) -> str:
    """The unit in the brackets of an indicator's name, where the figure has none of its own."""
    figure = read_figure(fields.get("value", ""))
    units = (read_heading(fields.get(name, "")).unit for name in ("indicator", "name"))
    unit = next((each for each in units if each), "") if figure and not figure.unit else ""
    if unit:
        draft.assumed(subject, "unit_in_name", unit=unit)
    return unit


def _fiscal_start(draft: Draft, texts: list[str]) -> int:
    """The month in which fiscal years begin; asked only where the table names such years."""
    told = next((text for text in texts if is_fiscal(text)), "")
    if not told:
        return 1
    found = draft.ask("fiscal_year_start", assumed=_FISCAL_START)
    month = int(found) if re.fullmatch(r"[1-9]|1[0-2]", found) else int(_FISCAL_START)
    draft.settings["fiscal_year_start"] = month
    draft.assumed(told, "fiscal", found=told, month=month)
    return month
