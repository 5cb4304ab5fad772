"""What the rows of all three forms share: who was asked, asides between the rows, the day of a state.

Gets a `SheetReader` and a row, gives what it says; what is missing or contradicts itself becomes a line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from build_scripts.forms.compare_steps import LASTING
from build_scripts.forms.lines import Level
from build_scripts.forms.locate import looks_like_signature, looks_like_total
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.periods import FormPeriod
from build_scripts.forms.prefilled import Prefilled
from build_scripts.forms.sheet_reader import SheetReader, plain_name
from build_scripts.locale import t
from build_scripts.locale.catalogue import has

# A name so short may be a common word.
_NAME = 4
_FINISHED = frozenset({"done", "resolved", "verified"})


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked, and for what: the unit, the form's period, the package as it is, what the form went out with."""

    book: PackageIndex
    unit_id: str
    period: FormPeriod
    prefilled: Prefilled = field(default_factory=Prefilled)


def is_aside(reader: SheetReader, row: int, column: str = "name") -> bool:
    """Whether a row is a total, a remark or a signature, with a line that it is not taken in."""
    known = bool(reader.text(row, "key"))
    if any(looks_like_total(reader.text(row, code), known=known) for code in (column, "index")):
        reader.line("row_total", row, column, Level.NOTE)
        return True
    if known or (reader.text(row, column) and not looks_like_signature(reader.text(row, column))):
        return False
    signed = next((code for code in reader.located.columns if looks_like_signature(reader.text(row, code))), "")
    if signed:
        reader.line("row_signature", row, signed, Level.NOTE, found=reader.text(row, signed))
    return bool(signed)


def state_day(reader: SheetReader, row: int, asked: Asked, state: str | None) -> date | None:
    """The day a state began; the period's last day where a lasting state is given without one."""
    if not reader.filled(row, "date"):
        if state is None or state in LASTING:
            return asked.period.end
        reader.line("date_missing", row, "date", state=reader.text(row, "state"))
        return None
    day = reader.day(row, "date")
    if day and day > asked.book.as_of:
        reader.line("date_future", row, "date", found=day.isoformat(), day=asked.book.as_of)
    return day


def also_filled(reader: SheetReader, row: int, *columns: str) -> bool:
    """Whether a row ticked 无变化 says something all the same, with a line if so."""
    filled = reader.filled(row, *columns)
    if filled:
        reader.line("same_and_more", row, "same", title=t(f"forms.column.{reader.located.form}.{filled[0]}"))
    return bool(filled)


def not_before_the_plan(reader: SheetReader, row: int, day: date, issued: date | None, column: str = "date") -> None:
    """Ask about what is said to have begun before the plan that asks for it was issued."""
    if issued and day < issued:
        reader.line("date_before_plan", row, column, Level.CHECK, found=day, issued=issued)


def ask_other_row(reader: SheetReader, row: int, own: str, note: str, follows: str = "") -> None:
    """Ask about a remark that begins with the name of another row of the form, as where remarks slipped by a row."""
    plain, mine = plain_name(note), plain_name(own)
    for name in dict.fromkeys(reader.text(each, "name") for each in reader.rows()) if plain else ():
        other = plain_name(name)
        if len(other) < _NAME or other in mine or mine in plain or not plain.startswith(other):
            continue
        if re.match(follows, plain[len(other) :]):
            reader.line("note_other_row", row, "note", Level.CHECK, other=name, own=own)
            return


def ask_belied(reader: SheetReader, row: int, family: str, state: str, note: str) -> None:
    """Ask about a state beside a remark that says another, unless it speaks of something beside or after it."""
    besides = f"forms.besides.{family}.{state}"
    if has(besides) and re.search(t(besides), note):
        return
    facts = {"state": t(f"forms.{family}.{state}")}
    if state in _FINISHED and (found := re.search(t("forms.unfinished"), note)):
        reader.line("note_unfinished", row, "note", Level.CHECK, **facts, found=found.group())
        return
    said = f"forms.belied.{family}.{state}"
    if has(said) and (found := re.search(t(said), note)):
        reader.line("note_belied", row, "note", Level.CHECK, **facts, found=found.group().strip("，。；"))
