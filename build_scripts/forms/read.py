"""One returned workbook, from the file to a `Submission`.

Gets a path and the `PackageIndex`, gives what the workbook says and every line about what is wrong with it; never
raises for what the file holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from build_scripts.forms.accept import Ticks
from build_scripts.forms.answers import read_indicators, read_tasks
from build_scripts.forms.answers_problems import read_problems
from build_scripts.forms.asked import Asked
from build_scripts.forms.cells import is_blank, is_tick, narrow, safe_text, without_phone
from build_scripts.forms.copied import ask_copied, ask_reused
from build_scripts.forms.days import read_day
from build_scripts.forms.files import read_workbook
from build_scripts.forms.filing import ask_filed, note_begun
from build_scripts.forms.grid import Grid, GridBook, UnreadableError, as_text
from build_scripts.forms.layout import FORM_VERSION, META_FIELDS, Form
from build_scripts.forms.lines import NOWHERE, Level, Line, Lines, Spot
from build_scripts.forms.locate import HeadCell, Located, find_forms, find_head
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.periods import FormPeriod
from build_scripts.forms.prefilled import read_prefilled
from build_scripts.forms.reading import CellError
from build_scripts.forms.senders import Sender, sender_of
from build_scripts.forms.sheet_reader import SheetReader
from build_scripts.forms.submission import Submission
from build_scripts.forms.ticks import read_ticks
from build_scripts.forms.unread import note_unread
from build_scripts.locale import listed, t

_PERIOD = re.compile(r"(\d{4})年(?:(\d{1,2})月|第?([一二三四1-4])季度)?")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_NAME_LIMIT = 30


@dataclass(frozen=True, slots=True)
class Returned:
    """What came of one file: its submission, None when it could not be read at all, and all lines about it."""

    path: Path
    label: str
    submission: Submission | None
    lines: tuple[Line, ...]
    ticks: Ticks = field(default_factory=Ticks)


def read_form(path: Path, book: PackageIndex, label: str = "") -> Returned:
    """Read one file that a unit sent back; `label` is how lines name it."""
    label = label or path.name
    lines = Lines(label)
    try:
        workbook = read_workbook(path)
    except UnreadableError as failure:
        lines.add_facts(failure.code, failure.facts)
        return Returned(path, label, None, tuple(lines.found))
    if workbook.lost:
        lines.add(f"file_lost_{workbook.lost}", level=Level.NOTE)
    found = find_forms(workbook)
    if not found:
        lines.add("no_forms", sheets=listed(grid.name for grid in workbook.grids[:6]))
        return Returned(path, label, None, tuple(lines.found))
    head = find_head(found)
    meta = _meta(workbook)
    _version(lines, meta)
    sender = sender_of(lines, book, meta, head)
    period = _period(lines, book, meta, found)
    if sender is None or period is None:
        return Returned(path, label, None, tuple(sorted(lines.found)))
    chosen = _chosen(lines, found)
    asked = Asked(book, sender.unit_id, period, read_prefilled(meta_grid(workbook)))
    submission = _submission(path, lines, asked, sender, chosen, head)
    note_unread(lines, workbook, chosen.values())
    return Returned(path, label, submission, tuple(sorted(lines.found)), read_ticks(workbook, chosen.values()))


def _submission(
    path: Path,
    lines: Lines,
    asked: Asked,
    sender: Sender,
    forms: Mapping[Form, Located],
    head: Mapping[str, HeadCell],
) -> Submission:
    readers = {form: SheetReader(located, lines) for form, located in forms.items()}
    indicators = readers.get(Form.INDICATORS)
    tasks, problems = readers.get(Form.TASKS), readers.get(Form.PROBLEMS)
    figures = tuple(read_indicators(indicators, asked)) if indicators else ()
    steps = tuple(read_tasks(tasks, asked)) if tasks else ()
    moves = tuple(read_problems(problems, asked)) if problems else ()
    ask_copied(lines, asked.book, figures)
    ask_reused(lines, asked.book, asked.period, sender.unit_id, figures)
    nothing_new = _nothing_new(head)
    filled_on = _filled_on(lines, head, asked.book.as_of)
    if filled_on:
        ask_filed(lines, head["filled_on"].spot, filled_on, asked.period, figures)
        note_begun(lines, filled_on, (*steps, *moves))
    if nothing_new and (figures or steps or moves):
        count = len(figures) + len(steps) + len(moves)
        lines.add("nothing_new_and_more", head["nothing_new"].spot, Level.CHECK, count=count)
    if not (figures or steps or moves or nothing_new or lines.has_errors):
        lines.add("form_blank")
    return Submission(
        path=path,
        label=lines.label,
        unit_id=sender.unit_id,
        publisher=sender.name,
        tier=sender.tier,
        period=asked.period,
        reporter=_reporter(lines, head),
        filled_on=filled_on,
        nothing_new=nothing_new and not (figures or steps or moves),
        indicators=figures,
        tasks=steps,
        problems=moves,
        lines=tuple(sorted(lines.found)),
    )


def _chosen(lines: Lines, found: list[Located]) -> dict[Form, Located]:
    """One sheet a form; a second one that looks the same is not silently left out."""
    chosen: dict[Form, Located] = {}
    for located in found:
        if located.form in chosen:
            first = chosen[located.form].grid.name
            lines.add("sheet_twice", (located.grid.name, 0, 0), form=located.form.sheet, other=first)
        else:
            chosen[located.form] = located
            _columns(lines, located)
    for form in Form:
        if form not in chosen:
            lines.add("sheet_missing", level=Level.NOTE, form=form.sheet)
    return chosen


def _columns(lines: Lines, located: Located) -> None:
    """Say which columns to fill are gone; only the ones without which nothing can be read stop the file."""
    asked = [column for column in located.form.columns if column.entry and column.kind != "tick"]
    missing = [column.code for column in asked if column.code not in located.columns]
    for code in missing:
        title = t(f"forms.column.{located.form}.{code}")
        needed = code in {"period", "project", "opened"}
        lines.add(
            "column_missing",
            (located.grid.name, located.header_row, 1),
            Level.ERROR if needed else Level.NOTE,
            title=title,
        )


def _meta(workbook: GridBook) -> dict[str, str]:
    """What the hidden sheet says of the form, wherever it is and whatever it is called now; empty when it is gone."""
    grid = meta_grid(workbook)
    return _pairs(grid) if grid else {}


def meta_grid(workbook: GridBook) -> Grid | None:
    """The hidden sheet."""
    return next((grid for grid in workbook.grids if as_text(grid.at(1, 1).value) == META_FIELDS[0]), None)


def _pairs(grid: Grid) -> dict[str, str]:
    return {as_text(grid.at(row, 1).value): as_text(grid.at(row, 2).value) for row in range(1, len(META_FIELDS) + 1)}


def _version(lines: Lines, meta: Mapping[str, str]) -> None:
    version = meta.get("form_version", "")
    if not version:
        lines.add("form_no_meta", level=Level.NOTE)
    elif not version.isdecimal() or int(version) < FORM_VERSION:
        lines.add("form_old", level=Level.NOTE, version=version, current=FORM_VERSION)
    elif int(version) > FORM_VERSION:
        lines.add("form_newer", version=version, current=FORM_VERSION)


def _period(lines: Lines, book: PackageIndex, meta: Mapping[str, str], found: list[Located]) -> FormPeriod | None:
    """The form's period: by the hidden sheet, or as printed; where both speak they must agree."""
    known = FormPeriod.parse(meta.get("period", ""))
    printed = list(_printed(found, any_words=known is None))
    period = known or (printed[0][0] if printed else None)
    if period is None:
        lines.add("form_period_missing", (found[0].grid.name, 0, 0))
        return None
    for other, at in printed:
        if known and other != period:
            lines.add("form_period_differs", at, title=other.words, period=period.words)
    if period.end > book.as_of:
        lines.add("form_period_future", (found[0].grid.name, 0, 0), period=period.words, day=book.as_of)
    return period


def _printed(found: list[Located], *, any_words: bool) -> Iterator[tuple[FormPeriod, Spot]]:
    """The periods in the titles and in the lines under them, or in any words above the tables, each with its cell."""
    for located in found:
        for (row, column), cell in sorted(located.grid.cells.items()):
            words = narrow(as_text(cell.value))
            if row >= located.header_row:
                break
            if isinstance(cell.value, str) and (printed := _PERIOD.search(words)) and (any_words or _is_title(words)):
                quarter = printed[3] and _QUARTERS.get(printed[3], printed[3])
                month = f"{int(printed[2]):02d}" if printed[2] else ""
                code = f"{printed[1]}-Q{quarter}" if quarter else f"{printed[1]}-{month}" if month else printed[1]
                if period := FormPeriod.parse(code):
                    yield period, (located.grid.name, row, column)
                    break


def _is_title(words: str) -> bool:
    """Whether words above a table are its title or its period, not some other day."""
    return words.startswith(narrow(t("forms.head.period", period=""))) or any(form.sheet in words for form in Form)


def _reporter(lines: Lines, head: Mapping[str, HeadCell]) -> str:
    """The sender's name without any telephone number; it will be public, the number will not."""
    at = head.get("reporter")
    written = as_text(at.cell.value) if at and not is_blank(at.cell) else ""
    name = safe_text(without_phone(written))[:_NAME_LIMIT]
    if not name:
        place = at.spot if at else NOWHERE
        lines.add("reporter_missing", place, Level.NOTE)
    return name


def _filled_on(lines: Lines, head: Mapping[str, HeadCell], as_of: date) -> date | None:
    """The day the clerk wrote down; told to readers. No figure is dated by it: one that is none holds nothing up."""
    at = head.get("filled_on")
    if at is None or is_blank(at.cell):
        return None
    try:
        day = read_day(at.cell).value
    except CellError as failure:
        lines.add_facts(failure.code, failure.facts, at.spot, Level.NOTE)
        return None
    if day > as_of:
        lines.add("filled_future", at.spot, Level.NOTE, found=day.isoformat(), day=as_of)
        return None
    return day


def _nothing_new(head: Mapping[str, HeadCell]) -> bool:
    at = head.get("nothing_new")
    return at is not None and is_tick(at.cell)
