"""A state set against the one in force: of a task, or of a problem.

Gets an answer, the `PackageIndex` and the `Proposal` it belongs to, adds to the proposal. The form asks for the state
now and the day it began, so a state that began before the one in force, or that goes back, can only mean that what is
in force was wrong; the row says so, and what had come to its end and goes on says that it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from build_scripts.core.method import CLOSED, FINISHED, PROBLEM_STATES, TASK_STATES
from build_scripts.core.records import ProblemEvent, TaskEvent
from build_scripts.forms.layout import Form
from build_scripts.forms.lines import Level
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.proposal import Change, Entry, Kind, Proposal, iso, said_before, says
from build_scripts.forms.submission import ProblemAnswer, TaskAnswer
from build_scripts.locale import day, t

Answer = TaskAnswer | ProblemAnswer
Step = TaskEvent | ProblemEvent
# States that go on, so that a later day says only that they still do.
LASTING = frozenset({"planned", "in_progress", "suspended", "open"})
_ENDS = {Form.TASKS: FINISHED, Form.PROBLEMS: CLOSED}
_ORDER = {Form.TASKS: TASK_STATES, Form.PROBLEMS: PROBLEM_STATES}
# State in force → states that take it back, for which readers will want a reason.
_BACK = {
    Form.TASKS: {
        "started": frozenset({"planned"}),
        "in_progress": frozenset({"planned"}),
        "done": frozenset({"planned", "started", "in_progress", "suspended", "cancelled"}),
        "cancelled": frozenset({"started", "in_progress", "suspended", "done"}),
    },
    Form.PROBLEMS: {
        "in_progress": frozenset({"open"}),
        "resolved": frozenset({"open", "in_progress"}),
        "verified": frozenset({"open", "in_progress", "resolved"}),
    },
}
# What may follow an end without a word: a problem struck off, or openly taken up again.
_FOLLOW = {Form.TASKS: frozenset[str](), Form.PROBLEMS: frozenset({"verified", "reopened"})}


def compare_task(proposal: Proposal, book: PackageIndex, answer: TaskAnswer) -> None:
    """Set a task's state against the one in force. What the unit itself said earlier today, unseen, gives way."""
    early = book.unseen_steps(answer.task_id, proposal.submission.unit_id)
    seen = book.step(answer.task_id)
    old = book.step(answer.task_id, without=early) if early else seen
    change = _compare(proposal, Form.TASKS, answer.name, answer, (seen, old))
    if change is None or change.kind is Kind.UNCHANGED:
        return
    if old:
        _note_back(proposal, Form.TASKS, answer, old)
    if answer.state == "cancelled" and not answer.note and (old is None or old.state != "cancelled"):
        proposal.line("cancel_reason", answer.place, "note", {"state": _state(Form.TASKS, answer.state)}, Level.NOTE)
    proposal.drops += [Entry("task_events", _task_key(step), answer.place) for step in early]
    if old and _nothing_new(answer, old):
        return
    begun = _begun(answer, old)
    row = {
        "task_id": answer.task_id,
        "date": iso(begun),
        "state": answer.state,
        "pub": iso(book.as_of),
        "source_id": proposal.source_id,
        "planned_date": iso(answer.planned_date),
        "note": says(_does(Form.TASKS, answer.state, begun, old), answer.note),
    }
    proposal.entries.append(Entry("task_events", row, answer.place))


def compare_problem(proposal: Proposal, book: PackageIndex, answer: ProblemAnswer) -> None:
    """Set a problem's state against the one in force."""
    early = book.unseen_moves(answer.problem_id, proposal.submission.unit_id)
    seen = book.problem_step(answer.problem_id)
    old = book.problem_step(answer.problem_id, without=early) if early else seen
    if old and answer.dated and answer.date < old.date:
        facts = {"found": iso(answer.date), "old": _state(Form.PROBLEMS, old.state), "since": iso(old.date)}
        proposal.line("date_before_step", answer.place, "date", facts, Level.ERROR)
        return
    change = _compare(proposal, Form.PROBLEMS, answer.title, answer, (seen, old))
    if change is None or change.kind is Kind.UNCHANGED:
        return
    if old:
        _note_back(proposal, Form.PROBLEMS, answer, old)
    proposal.drops += [Entry("problem_events", _problem_key(step), answer.place) for step in early]
    if old is None or not _nothing_new(answer, old):
        proposal.entries.extend(_problem_entries(proposal, book, answer, old))


def _compare(
    proposal: Proposal, form: Form, name: str, answer: Answer, steps: tuple[Step | None, Step | None]
) -> Change | None:
    """The change an answer makes; None with a line where its day is unclear. `steps`: as seen, and as without today."""
    seen, old = steps
    if old and not answer.dated and answer.state != old.state and answer.date < old.date:
        facts = {
            "state": _state(form, answer.state),
            "default": iso(answer.date),
            "old": _state(form, old.state),
            "since": iso(old.date),
        }
        proposal.line("date_before_last", answer.place, "date", facts, Level.ERROR)
        return None
    begun = _begun(answer, old)
    kind = Kind.NEW if seen is None else Kind.REVISED
    if seen and _nothing_new(answer, seen):
        kind, begun = Kind.UNCHANGED, seen.date
    elif seen and _goes_on(form, answer.state, begun, seen):
        kind = Kind.REOPENED
    change = Change(
        kind=kind,
        form=form,
        name=name,
        about=day(begun),
        old=_state(form, seen.state) if seen else "",
        new=_state(form, answer.state),
        place=answer.place,
    )
    proposal.changes.append(change)
    return change


def _note_back(proposal: Proposal, form: Form, answer: Answer, old: Step) -> None:
    """Say that a state goes back, or an end moves, where the remark does not say why. What is said last is in force."""
    if answer.note not in {"", old.note}:
        return
    facts = {"old": _state(form, old.state), "since": iso(old.date), "state": _state(form, answer.state)}
    facts |= {"title": t(f"forms.column.{form}.note"), "found": iso(answer.date)}
    earlier = answer.dated and answer.date < old.date and answer.state != old.state
    if earlier or answer.state in _BACK[form].get(old.state, ()):
        proposal.line("step_back", answer.place, "state", facts, Level.NOTE)
    elif answer.dated and answer.date > old.date and answer.state == old.state and answer.state in _ENDS[form]:
        proposal.line("end_moved", answer.place, "date", facts, Level.NOTE)


def _begun(answer: Answer, old: Step | None) -> date:
    """The day of an answer; where none was written, the period's last, but never before the step in force."""
    return answer.date if answer.dated or old is None else max(answer.date, old.date)


def _nothing_new(answer: Answer, old: Step) -> bool:
    """Whether an answer says what is in force: same state and day, no plan or remark that was not there."""
    same_day = not answer.dated or answer.date == old.date
    same_plan = not isinstance(answer, TaskAnswer) or not isinstance(old, TaskEvent) or _same_plan(answer, old)
    return answer.state == old.state and same_day and same_plan and said_before(answer.note, old.note)


def _same_plan(answer: TaskAnswer, old: TaskEvent) -> bool:
    return answer.planned_date in {None, old.planned_date}


def _goes_on(form: Form, state: str, begun: date, old: Step) -> bool:
    """Whether something that had come to its end goes on afterwards."""
    return old.state in _ENDS[form] and state not in {old.state, *_FOLLOW[form]} and begun > old.date


def _does(form: Form, state: str, begun: date, old: Step | None) -> str:
    """What a row does to the step in force, nothing where it simply follows."""
    if old is None:
        return ""
    facts = {"old": _state(form, old.state), "day": day(old.date)}
    if state == old.state:
        moved = begun < old.date or (begun != old.date and state not in LASTING)
        return t("forms.says.corrected_day", **facts) if moved else ""
    if _goes_on(form, state, begun, old):
        return t(f"forms.says.reopened.{form}", **facts)
    back = _ORDER[form].index(state) < _ORDER[form].index(old.state)
    ended = old.state in _ENDS[form] and state not in _FOLLOW[form]
    wrong = begun < old.date or ended or (begun == old.date and back)
    return t("forms.says.corrected", **facts) if wrong else ""


def _problem_entries(
    proposal: Proposal, book: PackageIndex, answer: ProblemAnswer, old: Step | None
) -> Iterator[Entry]:
    """The problem itself when it is new, its opening step where the form goes on from there, and the step reported."""
    begun = _begun(answer, old)
    said = says(_does(Form.PROBLEMS, answer.state, begun, old), answer.note)
    states: list[tuple[str, date, str]] = [(answer.state, begun, said)]
    if answer.opens:
        yield Entry("problems", _problem_row(proposal, answer), answer.place)
        if answer.state != "open":
            states.insert(0, ("open", answer.opened, ""))
    for state, date_, note in states:
        row = {
            "problem_id": answer.problem_id,
            "date": iso(date_),
            "state": state,
            "pub": iso(book.as_of),
            "source_id": proposal.source_id,
            "note": note,
        }
        yield Entry("problem_events", row, answer.place)


def _problem_row(proposal: Proposal, answer: ProblemAnswer) -> dict[str, str]:
    return {
        "problem_id": answer.problem_id,
        "project_id": answer.project_id,
        "task_id": "",
        "target_id": "",
        "title": answer.title,
        "owner_unit_id": proposal.submission.unit_id,
        "opened": iso(answer.opened),
        "due": iso(answer.due),
    }


def _task_key(step: TaskEvent) -> dict[str, str]:
    """Enough of a row to find it again."""
    return {
        "task_id": step.task_id,
        "date": iso(step.date),
        "state": step.state,
        "pub": iso(step.pub),
        "source_id": step.source_id,
    }


def _problem_key(step: ProblemEvent) -> dict[str, str]:
    return {
        "problem_id": step.problem_id,
        "date": iso(step.date),
        "state": step.state,
        "pub": iso(step.pub),
        "source_id": step.source_id or "",
    }


def _state(form: Form, code: str) -> str:
    return t(f"forms.{'task' if form is Form.TASKS else 'problem'}_state.{code}")
