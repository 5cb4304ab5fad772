"""The worksheet of what to look for next: one row a figure or work, with room for what was found.

Gets leads and a day, gives rows, CSV text or a workbook; `forms.collect_read` takes it back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from build_scripts.locale import period, t
from build_scripts.report.collect import Lead, Wanted

# What is told, then what is filled in; the ids come last, they bring a row back to its place.
TOLD = ("number", "kind", "what", "unlocks", "targets", "body", "place", "address", "words", "note")
FILLED = (
    *("result", "searched_on", "searched_place", "place_kind", "url", "value", "obs_status", "pub"),
    *("title", "publisher", "tier", "figure_as_printed", "remark"),
)
IDS = ("indicator_id", "region_id", "period", "task_id")
COLUMNS = (*TOLD, *FILLED, *IDS)
_CHOICES = {
    "result": ("found", "not_found", "unreachable"),
    "obs_status": ("A", "P", "E"),
    "place_kind": ("issuer_site", "official_media", "archive", "request"),
}
_WIDE = {"what": 34, "targets": 44, "words": 40, "note": 40, "address": 36, "url": 36, "title": 36}
_PAPER, _HEAD = PatternFill("solid", fgColor="FFF7E0"), PatternFill("solid", fgColor="E6EBF0")


def heads() -> tuple[str, ...]:
    """The columns' names for people."""
    return tuple(t(f"collect.column.{name}") for name in COLUMNS)


def choice(column: str, code: str) -> str:
    """The word for one of the answers to choose from."""
    return t(f"collect.{column}.{code}")


def rows(leads: Iterable[Lead]) -> Iterator[tuple[str, ...]]:
    """A row for each figure or work, best first."""
    for number, lead in enumerate(leads, start=1):
        for wanted in lead.wanted:
            yield _row(number, lead, wanted)


def _row(number: int, lead: Lead, wanted: Wanted) -> tuple[str, ...]:
    entries = wanted.entries
    told = {
        "number": str(number),
        "kind": t(f"collect.kind.{lead.kind}"),
        "what": what(wanted),
        "unlocks": str(len(entries)),
        "targets": t("forms.separator").join(entry.target.name for entry in entries),
        "body": lead.body,
        "place": lead.place,
        "address": lead.address,
        "words": " ".join(lead.words),
        "note": lead.note,
        "indicator_id": wanted.indicator_id,
        "region_id": wanted.region_id,
        "period": wanted.period,
        "task_id": wanted.task_id,
    }
    return tuple(told.get(name, "") for name in COLUMNS)


def what(wanted: Wanted) -> str:
    """What to look for, in words."""
    key = "work" if wanted.task_id else "figure" if wanted.period else "news"
    return t(f"collect.what.{key}", name=wanted.name, period=period(wanted.period))


def as_csv(leads: Iterable[Lead]) -> str:
    """The worksheet as CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads())
    writer.writerows(rows(leads))
    return out.getvalue()


def as_workbook(leads: Iterable[Lead]) -> bytes:
    """The worksheet as XLSX: what to fill in is tinted, answers are chosen from lists."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has one
    sheet.title = t("collect.sheet")
    sheet.append(heads())
    for row in rows(leads):
        sheet.append(row)
    last = max(sheet.max_row, 2)
    for index, name in enumerate(COLUMNS, start=1):
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = _WIDE.get(name, 14)
        sheet.column_dimensions[letter].hidden = name in IDS
        head = sheet.cell(1, index)
        head.font, head.fill = Font(bold=True), _HEAD
        for number in range(2, last + 1):
            cell = sheet.cell(number, index)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if name in FILLED:
                cell.fill = _PAPER
        if name in _CHOICES:
            words = ",".join(choice(name, code) for code in _CHOICES[name])
            rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{last}")
    sheet.freeze_panes = "D2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
