"""The rows of 问题销号进度表 as answers: steps of problems on the books by key, new problems by their title.

Gets a `SheetReader` on the form and who was asked, gives answer records; whatever is missing or contradicts itself
becomes a line and no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from build_scripts.core.method import CLOSED
from build_scripts.core.records import Problem
from build_scripts.forms.asked import Asked, also_filled, ask_belied, is_aside, not_before_the_plan, state_day
from build_scripts.forms.cells import names_a_state
from build_scripts.forms.identify import Item, project_of
from build_scripts.forms.lines import Level
from build_scripts.forms.prefilled import compare_row, note_row
from build_scripts.forms.sheet_reader import SheetReader, plain_name
from build_scripts.forms.submission import ProblemAnswer, problem_id
from build_scripts.locale import t

# States that strike a problem off the list: what they rest on must be written down.
TITLE_LIMIT = 80
# Names so much alike, or one within the other, may be of one problem.
_ALIKE, _LEAST_NAME = 0.8, 4
_WORDS = re.compile(r"[^\W\d_]{2}")
# Names that differ in these are of two places, parts or roads.
_MARKS = re.compile(r"^\w{1,4}?[县市区镇乡村]|[0-9a-z]+|[一二三四五六七八九十东南西北甲乙丙丁]")


def read_problems(reader: SheetReader, asked: Asked) -> Iterator[ProblemAnswer]:
    """The steps of 问题销号进度表: of known problems by key, of new ones by their title."""
    known = {problem.problem_id: problem for problem in asked.book.whole.problems}
    seen: dict[str, int] = {}
    for row in reader.rows():
        key = reader.text(row, "key")
        same = reader.ticked(row, "same")
        if not same and not reader.filled(row, "state", "date", "note", *(() if key else ("title",))):
            note_row(reader, row, asked.book, asked.prefilled)
            continue
        if is_aside(reader, row, "title"):
            continue
        if not key and re.fullmatch(t("forms.no_problem"), reader.text(row, "title"), re.IGNORECASE):
            reader.line("no_problem", row, "title", Level.NOTE, found=reader.text(row, "title"))
            continue
        answer = _known(reader, row, asked, known.get(key), key) if key else _new(reader, row, asked, known)
        if answer is None or row in reader.bad:
            continue
        if answer.problem_id in seen:
            reader.line("row_twice", row, "title", name=answer.title, other=seen[answer.problem_id])
            continue
        seen[answer.problem_id] = row
        yield answer


def _known(reader: SheetReader, row: int, asked: Asked, problem: Problem | None, key: str) -> ProblemAnswer | None:
    if problem is None:
        reader.line("row_gone", row, "title", name=reader.text(row, "title") or key)
        return None
    if problem.owner_unit_id != asked.unit_id:
        owner = asked.book.package.unit_by_id[problem.owner_unit_id].name
        reader.line("row_other_unit", row, "title", name=problem.title, lead=owner)
        return None
    item = Item(problem.problem_id, problem.title, "", frozenset({asked.unit_id}))
    compare_row(reader, row, item, asked.book, asked.prefilled)
    if reader.ticked(row, "same"):
        return _unmoved(reader, row, asked, problem)
    state = reader.choice(row, "state", "problem_state")
    if state is None and row not in reader.bad:
        reader.line("state_missing", row, "state")
    return _step(reader, row, asked, problem, state, opens=False)


def _unmoved(reader: SheetReader, row: int, asked: Asked, problem: Problem) -> ProblemAnswer | None:
    """The problem's step in force once more: the row was ticked 无变化."""
    step = asked.book.problem_step(problem.problem_id)
    if step is None:
        reader.line("same_as_nothing", row, "same", name=problem.title)
    if step is None or also_filled(reader, row, "state", "date", "note"):
        return None
    return _answer(reader, row, problem, _Said(step.state, step.date, dated=False, note=""), opens=False)


def _new(reader: SheetReader, row: int, asked: Asked, known: dict[str, Problem]) -> ProblemAnswer | None:
    title = reader.note(row, "title", TITLE_LIMIT)
    if not title:
        if row not in reader.bad:
            reader.line("title_missing", row, "title")
        return None
    if not _WORDS.search(title):
        reader.line("title_text", row, "title", found=title)
    project_id = _project(reader, row, asked)
    if project_id is None:
        return None
    same = [p for p in known.values() if p.owner_unit_id == asked.unit_id and plain_name(p.title) == plain_name(title)]
    on_book = next((problem for problem in same if problem.project_id == project_id), None)
    if on_book is None:
        _ask_near(reader, row, asked, title)
    opened = reader.day(row, "opened")
    due = reader.day(row, "due", end_of=True)
    if opened is None and row not in reader.bad:
        reader.line("opened_missing", row, "opened")
    if opened is None:
        return None
    package = asked.book.package
    issued = package.plan_by_id[package.project_by_id[project_id].plan_id].issued_on
    not_before_the_plan(reader, row, opened, issued, "opened")
    if opened > asked.book.as_of:
        reader.line("opened_future", row, "opened", found=opened.isoformat(), day=asked.book.as_of)
    if due and due < opened:
        reader.line("due_before_opened", row, "due", found=due.isoformat(), opened=opened.isoformat())
    state = reader.choice(row, "state", "problem_state") or "open"
    new_id = problem_id(asked.unit_id, project_id, plain_name(title))
    problem = on_book or Problem(new_id, project_id, None, None, title, asked.unit_id, opened, due)
    return _step(reader, row, asked, problem, state, opens=on_book is None)


def _ask_near(reader: SheetReader, row: int, asked: Asked, title: str) -> None:
    """Ask about a new problem whose name is nearly that of an open one."""
    plain = plain_name(title)
    for problem in asked.book.whole.problems:
        other = plain_name(problem.title)
        short, long = sorted((plain, other), key=len)
        near = (len(short) >= _LEAST_NAME and short in long) or SequenceMatcher(None, plain, other).ratio() >= _ALIKE
        if (
            near
            and not _told_apart(plain, other)
            and problem.owner_unit_id == asked.unit_id
            and not asked.book.is_closed(problem)
        ):
            reader.line("problem_near", row, "title", Level.CHECK, found=title, other=problem.title)
            return


def _told_apart(plain: str, other: str) -> bool:
    """Whether two names are alike but for the place, the part or the number they name."""
    mine, theirs = _MARKS.findall(plain), _MARKS.findall(other)
    return bool(mine and theirs) and mine != theirs


def _step(
    reader: SheetReader, row: int, asked: Asked, problem: Problem, state: str | None, *, opens: bool
) -> ProblemAnswer | None:
    blank_day = not reader.filled(row, "date")
    day = problem.opened if state == "open" and blank_day else state_day(reader, row, asked, state)
    note = reader.note(row, "note")
    says_nothing = not _WORDS.search(note) or names_a_state(note, "problem_state")
    says_nothing = says_nothing or re.fullmatch(t("forms.no_evidence"), note, re.IGNORECASE) is not None
    if state in CLOSED and says_nothing and row not in reader.bad:
        code, level = ("evidence_thin", Level.CHECK) if note else ("evidence_missing", Level.ERROR)
        reader.line(code, row, "note", level, state=reader.text(row, "state"), found=note)
    if day and day < problem.opened:
        reader.line("date_before_opened", row, "date", found=day.isoformat(), opened=problem.opened.isoformat())
    if state is None or day is None or row in reader.bad:
        return None
    ask_belied(reader, row, "problem_state", state, note)
    return _answer(reader, row, problem, _Said(state, day, not blank_day, note), opens=opens)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a row says of a problem."""

    state: str
    date: date
    dated: bool
    note: str


def _answer(reader: SheetReader, row: int, problem: Problem, said: _Said, *, opens: bool) -> ProblemAnswer:
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
