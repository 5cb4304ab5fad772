"""The rows of the three forms as answers.

Gets a `SheetReader` on a form, the `Book`, the unit and the form's period, gives answer records; whatever is missing
or contradicts itself becomes a line and no answer. What a blank means is said on the sheet 填表说明: no 数据性质 is
初步数, no 状态日期 is the period's last day for a state that lasts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from build_scripts.core.records import ReportedProblem
from build_scripts.forms.book import Book
from build_scripts.forms.compare_steps import LASTING
from build_scripts.forms.identify import Identifier, Item, project_of, series_items, task_items
from build_scripts.forms.layout import KEY_SEPARATOR
from build_scripts.forms.lines import Level
from build_scripts.forms.locate import looks_like_total
from build_scripts.forms.periods import FormPeriod, period_end
from build_scripts.forms.sheet_reader import SheetReader, plain_name
from build_scripts.forms.submission import IndicatorAnswer, ProblemAnswer, TaskAnswer, problem_id
from build_scripts.locale import t

# States that strike a problem off the list: what they rest on must be written down.
CLOSING = frozenset({"resolved", "verified"})
MAX_PRINTED = 20
TITLE_LIMIT = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked, and for what: the unit, the form's period, and the package as it stands."""

    book: Book
    unit_id: str
    period: FormPeriod


def read_indicators(reader: SheetReader, asked: Asked) -> Iterator[IndicatorAnswer]:
    """The figures of 主要指标进度表."""
    identifier = Identifier(asked.book, series_items(asked.book), asked.unit_id)
    seen: dict[tuple[str, str], int] = {}
    for row in reader.rows():
        filled = reader.filled(row, "value", "yoy", "obs_status", "note")
        if not filled:
            continue
        if _is_total(reader, row):
            reader.line("row_total", row, "name", Level.NOTE)
            continue
        item = identifier.identify(reader, row)
        if item is None:
            continue
        answer = _figure(reader, row, asked, item.key, filled)
        if answer is None or row in reader.bad:
            continue
        if (item.key, answer.period) in seen:
            reader.line("row_twice", row, "name", name=item.name, other=seen[item.key, answer.period])
            continue
        seen[item.key, answer.period] = row
        yield answer


def _figure(reader: SheetReader, row: int, asked: Asked, key: str, filled: list[str]) -> IndicatorAnswer | None:
    indicator_id, region_id = key.split(KEY_SEPARATOR)
    indicator = asked.book.package.indicator_by_id[indicator_id]
    gone = reader.says_missing(row, "value")
    figure = None if gone else reader.number(row, "value", indicator.unit, indicator.decimals)
    status = reader.choice(row, "obs_status", "obs_status")
    if gone and status not in {None, "M"}:
        reader.line("missing_and_status", row, "obs_status", found=reader.text(row, "value"))
    status = "M" if gone else status
    yoy = reader.number(row, "yoy", "%", 1)
    note = reader.note(row, "note")
    period = _figure_period(reader, row, asked)
    if row in reader.bad or not _is_whole(reader, row, filled, has_value=figure is not None, status=status):
        return None
    if period is None or (figure is None and status != "M"):
        return None
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
    )


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


def _figure_period(reader: SheetReader, row: int, asked: Asked) -> str | None:
    if not reader.filled(row, "period"):
        if "value" in reader.filled(row, "value"):
            reader.line("period_missing", row, "period")
        return None
    period = reader.period(row, "period", asked.period.year)
    end = period_end(period) if period else None
    if end and end > asked.book.as_of:
        reader.line("period_future", row, "period", found=reader.text(row, "period"), day=asked.book.as_of)
    return period


def read_tasks(reader: SheetReader, asked: Asked) -> Iterator[TaskAnswer]:
    """The steps of 重点任务进度表."""
    identifier = Identifier(asked.book, task_items(asked.book), asked.unit_id)
    seen: dict[str, int] = {}
    for row in reader.rows():
        same = reader.ticked(row, "same")
        if not same and not reader.filled(row, "state", "date", "planned_date", "note"):
            continue
        if _is_total(reader, row):
            reader.line("row_total", row, "name", Level.NOTE)
            continue
        item = identifier.identify(reader, row)
        if item is None:
            continue
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
    day = _state_day(reader, row, asked, state)
    planned = reader.day(row, "planned_date", end_of=True)
    note = reader.note(row, "note")
    if state is None or day is None:
        return None
    dated = bool(reader.filled(row, "date"))
    return TaskAnswer(item.key, item.name, state, day, dated, planned, note, reader.place(row))


def _still(reader: SheetReader, row: int, asked: Asked, item: Item) -> TaskAnswer | None:
    """The step in force once more: the row was ticked 无变化."""
    step = asked.book.step(item.key)
    if step is None or _also_filled(reader, row, "state", "date", "planned_date", "note"):
        if step is None:
            reader.line("same_as_nothing", row, "same", name=item.name)
        return None
    return TaskAnswer(
        item.key, item.name, step.state, step.date, dated=False, planned_date=None, note="", place=reader.place(row)
    )


def _also_filled(reader: SheetReader, row: int, *columns: str) -> bool:
    """Whether a row ticked 无变化 says something all the same, with a line if so."""
    filled = reader.filled(row, *columns)
    if filled:
        reader.line("same_and_more", row, "same", title=t(f"forms.column.{reader.located.form}.{filled[0]}"))
    return bool(filled)


def _state_day(reader: SheetReader, row: int, asked: Asked, state: str | None) -> date | None:
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


def read_problems(reader: SheetReader, asked: Asked) -> Iterator[ProblemAnswer]:
    """The steps of 问题销号进度表: of known problems by key, of new ones by their title."""
    known = {problem.problem_id: problem for problem in asked.book.package.problems}
    seen: dict[str, int] = {}
    for row in reader.rows():
        key = reader.text(row, "key")
        same = reader.ticked(row, "same")
        if not same and not reader.filled(row, "state", "date", "note", *(() if key else ("title",))):
            continue
        if _is_total(reader, row, "title"):
            continue
        answer = _known(reader, row, asked, known.get(key), key) if key else _new(reader, row, asked, known)
        if answer is None or row in reader.bad:
            continue
        if answer.problem_id in seen:
            reader.line("row_twice", row, "title", name=answer.title, other=seen[answer.problem_id])
            continue
        seen[answer.problem_id] = row
        yield answer


def _known(
    reader: SheetReader, row: int, asked: Asked, problem: ReportedProblem | None, key: str
) -> ProblemAnswer | None:
    if problem is None:
        reader.line("row_gone", row, "title", name=reader.text(row, "title") or key)
        return None
    if problem.owner_unit_id != asked.unit_id:
        owner = asked.book.package.unit_by_id[problem.owner_unit_id].name
        reader.line("row_other_unit", row, "title", name=problem.title, lead=owner)
        return None
    if reader.ticked(row, "same"):
        return _unmoved(reader, row, asked, problem)
    state = reader.choice(row, "state", "problem_state")
    if state is None and row not in reader.bad:
        reader.line("state_missing", row, "state")
    return _step(reader, row, asked, problem, state, opens=False)


def _unmoved(reader: SheetReader, row: int, asked: Asked, problem: ReportedProblem) -> ProblemAnswer | None:
    """The problem's step in force once more: the row was ticked 无变化."""
    step = asked.book.problem_step(problem.problem_id)
    if step is None:
        reader.line("same_as_nothing", row, "same", name=problem.title)
    if step is None or _also_filled(reader, row, "state", "date", "note"):
        return None
    return _answer(reader, row, problem, _Said(step.state, step.date, dated=False, note=""), opens=False)


def _new(reader: SheetReader, row: int, asked: Asked, known: dict[str, ReportedProblem]) -> ProblemAnswer | None:
    title = reader.note(row, "title", TITLE_LIMIT)
    if not title:
        if row not in reader.bad:
            reader.line("title_missing", row, "title")
        return None
    project_id = _project(reader, row, asked)
    if project_id is None:
        return None
    same = [p for p in known.values() if p.owner_unit_id == asked.unit_id and plain_name(p.title) == plain_name(title)]
    on_book = next((problem for problem in same if problem.project_id == project_id), None)
    opened = reader.day(row, "opened")
    due = reader.day(row, "due", end_of=True)
    if opened is None and row not in reader.bad:
        reader.line("opened_missing", row, "opened")
    if opened is None:
        return None
    if opened > asked.book.as_of:
        reader.line("date_future", row, "opened", found=opened.isoformat(), day=asked.book.as_of)
    if due and due < opened:
        reader.line("due_before_opened", row, "due", found=due.isoformat(), opened=opened.isoformat())
    state = reader.choice(row, "state", "problem_state") or "open"
    new_id = problem_id(asked.unit_id, project_id, plain_name(title))
    problem = on_book or ReportedProblem(new_id, project_id, None, None, title, asked.unit_id, opened, due)
    return _step(reader, row, asked, problem, state, opens=on_book is None)


def _step(
    reader: SheetReader, row: int, asked: Asked, problem: ReportedProblem, state: str | None, *, opens: bool
) -> ProblemAnswer | None:
    blank_day = not reader.filled(row, "date")
    day = problem.opened if state == "open" and blank_day else _state_day(reader, row, asked, state)
    note = reader.note(row, "note")
    if state in CLOSING and not note and row not in reader.bad:
        reader.line("evidence_missing", row, "note", state=reader.text(row, "state"))
    if day and day < problem.opened:
        reader.line("date_before_opened", row, "date", found=day.isoformat(), opened=problem.opened.isoformat())
    if state is None or day is None or row in reader.bad:
        return None
    return _answer(reader, row, problem, _Said(state, day, not blank_day, note), opens=opens)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a row says of a problem."""

    state: str
    date: date
    dated: bool
    note: str


def _answer(reader: SheetReader, row: int, problem: ReportedProblem, said: _Said, *, opens: bool) -> ProblemAnswer:
    return ProblemAnswer(
        problem_id=problem.problem_id,
        opens=opens,
        project_id=problem.project_id,
        title=problem.title,
        opened=problem.opened,
        due=problem.due,
        state=said.state,
        date=said.date,
        dated=said.dated,
        note=said.note,
        place=reader.place(row),
    )


def _project(reader: SheetReader, row: int, asked: Asked) -> str | None:
    written = reader.text(row, "project")
    if not written:
        reader.line("project_missing", row, "project")
        return None
    project_id, own = project_of(asked.book, asked.unit_id, written)
    if project_id is None:
        reader.line("project_unknown", row, "project", found=written)
    elif not own:
        reader.line("project_other", row, "project", found=written)
        return None
    return project_id


def _is_total(reader: SheetReader, row: int, column: str = "name") -> bool:
    return any(looks_like_total(reader.text(row, code)) for code in (column, "index"))
