"""Other people's tables as frames of text. Gets a file, gives a `DataFrame` whose cells are what was written.

Figures stay texts (`dtype=str`), so that none loses a digit on its way through binary numbers.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pandas as pd
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from build_scripts.core.errors import UsageError
from build_scripts.locale import listed, t

_TITLES = 20
_SEPARATORS = (",", ";", "\t")
_WORKBOOKS = (".xlsx", ".xlsm")
_NOUGHT = re.compile(r"(-?\d+)\.0+")


def read_text_table(path: Path, header: int | None = 0) -> pd.DataFrame:
    """A CSV file as text, separated by whichever of comma, semicolon and tab its first line has most of.

    Raises:
        UsageError: the file cannot be read as such a table.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            lines = list(islice(file, _TITLES))
        first = next((line for line in lines if any(each in line for each in _SEPARATORS)), lines[0] if lines else "")
        separator = max(_SEPARATORS, key=first.count)
        # A title alone in its line must not count for the width of the table.
        width = len(next(csv.reader([first], delimiter=separator), ())) if header is None else 0
        if header is not None:
            _fits(path, separator)
        frame = pd.read_csv(
            path,
            sep=separator,
            header=header,
            names=range(width) if width else None,
            index_col=False if header is not None else None,
            dtype=str,
            keep_default_na=False,
            encoding="utf-8-sig",
        )
    except UnicodeDecodeError:
        raise UsageError(t("importing.fault.encoding", path=path)) from None
    except pd.errors.EmptyDataError:
        raise UsageError(t("importing.fault.empty", path=path)) from None
    except (pd.errors.ParserError, ValueError) as failure:
        raise UsageError(t("importing.fault.table", path=path, reason=_one_line(failure))) from None
    except OSError as failure:
        raise UsageError(t("importing.fault.unreadable", path=path, reason=failure.strerror or failure)) from None
    return frame.fillna("")


def _fits(path: Path, separator: str) -> None:
    """See that every row fits below the heads: cells that stand beyond them would be moved, or be lost.

    Raises:
        UsageError: two columns have one head, or a row has more cells than there are columns.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file, delimiter=separator)
        try:
            heads = next(lines, [])
            names = [head.strip() for head in heads if head.strip()]
            if twice := next((name for name in names if names.count(name) > 1), ""):
                raise UsageError(t("importing.fault.heads", path=path, column=twice))
            for cells in lines:
                if len(cells) > len(heads) and any(map(str.strip, cells[len(heads) :])):
                    facts = {"path": path, "line": lines.line_num, "cells": len(cells), "columns": len(heads)}
                    raise UsageError(t("importing.fault.wide", **facts))
        except csv.Error as failure:
            raise UsageError(t("importing.fault.table", path=path, reason=_one_line(failure))) from None


def named(path: Path, heads: Sequence[str], needed: Sequence[str]) -> list[str]:
    """The heads of a table, with those it needs as they are called, whatever the case of their letters.

    Raises:
        UsageError: one of those is not there, or a head is there twice.
    """
    found = list(heads)
    for name in needed:
        near = [each for each in heads if each.casefold() == name.casefold()]
        if not near:
            known = listed(each for each in heads if each)
            raise UsageError(t("importing.fault.column", path=path, column=name, known=known))
        if name not in heads:
            found[heads.index(near[0])] = name
    if twice := next((each for each in found if each and found.count(each) > 1), ""):
        raise UsageError(t("importing.fault.heads", path=path, column=twice))
    return found


def read_sheet(path: Path, sheet: str | None) -> pd.DataFrame:
    """A sheet of a workbook as text, without a header; the first one where none is named.

    Raises:
        UsageError: the file is no workbook, or has no such sheet.
    """
    try:
        with pd.ExcelFile(path, engine="calamine") as book:
            names = [str(name) for name in book.sheet_names]
            name = sheet or names[0]
            frame = book.parse(name, header=None, dtype=str, keep_default_na=False) if name in names else None
    except OSError as failure:
        raise UsageError(t("importing.fault.unreadable", path=path, reason=failure.strerror or failure)) from None
    except Exception as failure:
        raise UsageError(t("importing.fault.workbook", path=path, reason=_one_line(failure))) from None
    if frame is None:
        raise UsageError(t("importing.fault.sheet", path=path, found=name, known=listed(names)))
    return _as_shown(frame.map(_plain), path, name)


def sheet_names(path: Path) -> list[str | None]:
    """The sheets of a workbook; one without a name for a text table, or for what is no workbook."""
    if path.suffix.lower() not in _WORKBOOKS:
        return [None]
    try:
        with pd.ExcelFile(path, engine="calamine") as book:
            return [str(name) for name in book.sheet_names]
    except Exception:  # whoever reads it says what is wrong
        return [None]


def read_any(path: Path, sheet: str | None = None) -> pd.DataFrame:
    """A workbook's sheet or a text table, as text without a header.

    Raises:
        UsageError: it is neither, or is not there.
    """
    if not path.is_file():
        raise UsageError(t("importing.fault.no_file", path=path))
    if path.suffix.lower() in _WORKBOOKS:
        return read_sheet(path, sheet)
    if path.suffix.lower() not in {".csv", ".tsv", ".txt"}:
        raise UsageError(t("importing.fault.suffix", path=path))
    return read_text_table(path, header=None)


def cells(frame: pd.DataFrame, *columns: str) -> list[tuple[str, ...]]:
    """The cells of some columns as texts, one tuple a row."""
    return list(zip(*(frame[column].astype("str").to_list() for column in columns), strict=True))


def _plain(cell: str) -> str:
    """A cell's text: whole numbers and days as people write them."""
    whole = _NOUGHT.fullmatch(cell)
    return whole[1] if whole else cell.removesuffix(" 00:00:00").strip()


def _as_shown(frame: pd.DataFrame, path: Path, name: str) -> pd.DataFrame:
    """The cells that a workbook shows as percentages, as it shows them: 0.6 with the format 0% is 60%."""
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError):
        return frame
    try:
        rows = list(book[name].iter_rows())
    finally:
        book.close()
    shown = frame.copy()
    for number, cells in enumerate(rows[: len(shown)]):
        for place, cell in enumerate(cells[: shown.shape[1]]):
            if isinstance(cell.value, int | float) and "%" in str(cell.number_format):
                shown.iat[number, place] = f"{round(cell.value * 100, 10):g}%"
    return shown


def _one_line(failure: Exception) -> str:
    return " ".join(str(failure).split())[:200]
