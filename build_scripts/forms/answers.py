"""The rows of 主要指标进度表 and 重点任务进度表 as answers.

Gets a `SheetReader` on a form, the `PackageIndex`, the unit and the form's period, gives answer records; whatever is
missing or contradicts itself becomes a line and no answer. What a blank means is said on the sheet 填表说明: no
数据性质 is 初步数, no 状态日期 is the period's last day for a state that lasts.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.checks.kinds import natures_of
from build_scripts.core.method import FINISHED
from build_scripts.core.records import Indicator
from build_scripts.forms.asked import (
    Asked,
    also_filled,
    ask_belied,
    ask_other_row,
    is_aside,
    not_before_the_plan,
    state_day,
)
from build_scripts.forms.identify import Identifier, Item, gone_series, gone_tasks, series_items, task_items
from build_scripts.forms.layout import KEY_SEPARATOR, Form
from build_scripts.forms.lines import Level
from build_scripts.forms.package_index import until
from build_scripts.forms.periods import period_end
from build_scripts.forms.prefilled import compare_row, note_row
from build_scripts.forms.reading import Figure
from build_scripts.forms.sheet_reader import SheetReader
from build_scripts.forms.submission import IndicatorAnswer, TaskAnswer

MAX_PRINTED = 20
# An end planned so many years ahead is as likely a slip in the year.
FAR = 12


def read_indicators(reader: SheetReader, asked: Asked) -> Iterator[IndicatorAnswer]:
    """The figures of 主要指标进度表."""
    identifier = Identifier(asked.book, series_items(asked.book), asked.unit_id, gone_series(asked.book))
    seen: dict[tuple[str, str], int] = {}
    for row in reader.rows():
        filled = reader.filled(row, "value", "yoy", "obs_status", "note")
        if not filled:
            note_row(reader, row, asked.book, asked.prefilled)
            continue
        if is_aside(reader, row):
            continue
        item = identifier.identify(reader, row)
        if item is None:
            continue
        compare_row(reader, row, item, asked.book, asked.prefilled)
        answer = _figure(reader, row, asked, item.key, filled)
        if answer is None or row in reader.bad:
            continue
        if (item.key, answer.period) in seen:
            reader.line("row_twice", row, "name", name=item.name, other=seen[item.key, answer.period])
            continue
        seen[item.key, answer.period] = row
        yield answer


def _figure(reader: SheetReader, row: int, asked: Asked, key: str, filled: list[str]) -> IndicatorAnswer | None:
    indicator_id, _, region_id = key.partition(KEY_SEPARATOR)
    indicator = asked.book.package.indicator_by_id[indicator_id]
    gone = reader.says_missing(row, "value")
    figure = None if gone else _value(reader, row, indicator)
    status = reader.choice(row, "obs_status", "obs_status")
    if gone and status not in {None, "M"}:
        reader.line("missing_and_status", row, "obs_status", found=reader.text(row, "value"))
    status = "M" if gone else status
    yoy = reader.number(row, "yoy", "%", 1, growth=True)
    note = reader.note(row, "note")
    period = _figure_period(reader, row, asked, (indicator_id, region_id))
    if row in reader.bad or not _is_whole(reader, row, filled, has_value=figure is not None, status=status):
        return None
    if period is None or (figure is None and status != "M"):
        return None
    ask_other_row(reader, row, indicator.name, note, r"(?:为|是|达到?|完成)?[\d.]")
    return IndicatorAnswer(
        series=(indicator_id, region_id),
        name=indicator.name,
        period=period,
        value=figure.value if figure else None,
        obs_status=status or "",
        yoy=yoy.value if yoy else None,
        printed=figure.printed if figure and len(figure.printed) <= MAX_PRINTED else "",
        note=note,
        place=reader.place(row),
        suggested=_suggested(asked, key),
    )


def _value(reader: SheetReader, row: int, indicator: Indicator) -> Figure | None:
    growth = natures_of(indicator)[0] == "growth"
    return reader.number(row, "value", indicator.unit, indicator.decimals, growth=growth)


def _suggested(asked: Asked, key: str) -> str:
    """The period a row went out with. Forms that did not keep it asked of yearly figures for the last whole year."""
    kept = asked.prefilled.of(Form.INDICATORS, key).get("period", "")
    indicator = asked.book.package.indicator_by_id[key.partition(KEY_SEPARATOR)[0]]
    if kept or indicator.frequency != "A" or asked.period.months == 12:
        return kept
    return str(asked.period.year if asked.period.last_month == 12 else asked.period.year - 1)


def _is_whole(reader: SheetReader, row: int, filled: list[str], *, has_value: bool, status: str | None) -> bool:
    """Whether value and 数据性质 fit together; a remark without a figure is not taken in."""
    if has_value and status == "M":
        reader.line("value_and_missing", row, "value")
    elif not has_value and status != "M":
        if filled == ["note"]:
            reader.line("note_alone", row, "note", Level.NOTE)
        else:
            reader.line("value_missing", row, "value")
        return False
    return row not in reader.bad


def _figure_period(reader: SheetReader, row: int, asked: Asked, key: tuple[str, str]) -> str | None:
    if not reader.filled(row, "period"):
        if "value" in reader.filled(row, "value"):
            reader.line("period_missing", row, "period")
        return None
    period = reader.period(row, "period", asked.period, lambda end: until(asked.book, key, end))
    end = period_end(period) if period else None
    if end and end > asked.book.as_of:
        reader.line("period_future", row, "period", found=reader.text(row, "period"), day=asked.book.as_of)
    return period


def read_tasks(reader: SheetReader, asked: Asked) -> Iterator[TaskAnswer]:
    """The steps of 重点任务进度表."""
    identifier = Identifier(asked.book, task_items(asked.book), asked.unit_id, gone_tasks(asked.book))
    seen: dict[str, int] = {}
    for row in reader.rows():
        same = reader.ticked(row, "same")
        if not same and not reader.filled(row, "state", "date", "planned_date", "note"):
            note_row(reader, row, asked.book, asked.prefilled)
            continue
        if is_aside(reader, row):
            continue
        item = identifier.identify(reader, row)
        if item is None:
            continue
        compare_row(reader, row, item, asked.book, asked.prefilled)
        answer = _still(reader, row, asked, item) if same else _task(reader, row, asked, item)
        if item.key in seen:
            reader.line("row_twice", row, "name", name=item.name, other=seen[item.key])
        seen.setdefault(item.key, row)
        if answer and row not in reader.bad:
            yield answer


def _task(reader: SheetReader, row: int, asked: Asked, item: Item) -> TaskAnswer | None:
    state = reader.choice(row, "state", "task_state")
    if state is None and row not in reader.bad:
        reader.line("state_missing", row, "state")
    day = state_day(reader, row, asked, state)
    planned = reader.day(row, "planned_date", end_of=True)
    if day and state != "planned":
        not_before_the_plan(reader, row, day, asked.book.plan_day(item.key))
    if planned and day and planned < day and state not in FINISHED:
        reader.line("planned_past", row, "planned_date", Level.CHECK, found=planned, day=day)
    if planned and planned.year > asked.book.as_of.year + FAR:
        reader.line("planned_far", row, "planned_date", Level.CHECK, found=planned)
    if planned and day and planned > day and state == "done":
        reader.line("planned_after_done", row, "planned_date", Level.CHECK, found=planned, day=day)
    note = reader.note(row, "note")
    if state is None or day is None:
        return None
    ask_belied(reader, row, "task_state", state, note)
    ask_other_row(reader, row, item.name, note)
    dated = bool(reader.filled(row, "date"))
    return TaskAnswer(item.key, item.name, state, day, dated, planned, note, reader.place(row))


def _still(reader: SheetReader, row: int, asked: Asked, item: Item) -> TaskAnswer | None:
    """The step in force once more: the row was ticked 无变化."""
    step = asked.book.step(item.key)
    if step is None or also_filled(reader, row, "state", "date", "planned_date", "note"):
        if step is None:
            reader.line("same_as_nothing", row, "same", name=item.name)
        return None
    return TaskAnswer(
        item.key, item.name, step.state, step.date, dated=False, planned_date=None, note="", place=reader.place(row)
    )
