"""The rows of somebody's table of targets. Gets a file, gives the table with its columns, and each row as fields.

What headings say for all rows, and what goes into the note, is in every row; fiscal years begin when the editor says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
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
    found = []
    for line in body.index:
        fields = {name: str(body.at[line, place]).strip() for name, place in columns.fields.items()}
        for place, title in columns.also.items():
            if text := str(body.at[line, place]).strip():
                own = t("importing.note_of", title=title, text=text)
                first = fields.get("note", "")
                fields["note"] = t("importing.note_both", first=first, second=own) if first else own
        if not fields.get("unit") and not columns.given.get("unit"):
            fields["unit"] = _unit_in_name(draft, int(line) + 1, fields)
        given = {name: text for name, text in columns.given.items() if not fields.get(name)}
        found.append((int(line) + 1, fields, given))
    times = Counter(fields["name"] for _line, fields, _given in found)
    for line, fields, given in found:
        name, indicator = fields["name"], fields.get("indicator", "")
        if times[name] > 1 and indicator and indicator != name:
            fields["name"] = t("importing.name_with", name=name, indicator=indicator)
        yield Row(line, fields | given if any(fields.values()) else fields)


def _unit_in_name(draft: Draft, line: int, fields: Mapping[str, str]) -> str:
    """The unit in the brackets of an indicator's name, where the figure has none of its own."""
    figure = read_figure(fields.get("value", ""))
    units = (read_heading(fields.get(name, "")).unit for name in ("indicator", "name"))
    unit = next((each for each in units if each), "") if figure and not figure.unit else ""
    if unit:
        draft.assumed(t("importing.row", line=line, name=fields["name"]), "unit_in_name", unit=unit)
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
