"""What a submission would change: rows to append, and for each answer whether it is new, revised or already known.

Gets a `Submission` and the `Book`, gives `Proposal`: nothing is written here. Everything appended is dated
(`pub`) the day the form is taken in, not the day the clerk wrote on it: only then does an old bulletin stay as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from build_scripts.core.records import Observation, Severity
from build_scripts.core.tables import DEFAULT_BASIS
from build_scripts.forms.book import Book
from build_scripts.forms.layout import Form
from build_scripts.forms.lines import Line, make_line
from build_scripts.forms.periods import same_period
from build_scripts.forms.slips import slip
from build_scripts.forms.submission import IndicatorAnswer, Place, ProblemAnswer, Submission, TaskAnswer
from build_scripts.locale import day, number, period, t

FORM_TIER = 1
BREAK = "B"
Row = Mapping[str, str]


class Kind(StrEnum):
    """What an answer does to the package."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Change:
    """One answer set against what is known: the words for both, and where the answer stood."""

    kind: Kind
    form: Form
    name: str
    about: str
    old: str
    new: str
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A row to append to a table, and the answer's place, so that a complaint about the row can name the cell."""

    table: str
    row: Row
    place: Place | None = None


@dataclass(slots=True)
class Proposal:
    """All that one submission would change; `known` when the very same answers were taken in before."""

    submission: Submission
    known: bool = False
    changes: list[Change] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def propose(submission: Submission, book: Book) -> Proposal:
    """Set every answer of a submission against the package."""
    proposal = Proposal(submission)
    if submission.source_id in book.package.source_by_id:
        proposal.known = True
        return proposal
    proposal.entries.append(Entry("sources", source_row(submission, book)))
    for figure in submission.indicators:
        _compare_figure(proposal, book, figure)
    for step in submission.tasks:
        _compare_step(proposal, book, step)
    for problem in submission.problems:
        _compare_problem(proposal, book, problem)
    return proposal


def source_row(submission: Submission, book: Book) -> Row:
    """The submission as a source: who sent it and what it held; never the telephone number."""
    unit = book.package.unit_by_id[submission.unit_id].name
    words = {"indicators": submission.indicators, "tasks": submission.tasks, "problems": submission.problems}
    counts = {form: len(answers) for form, answers in words.items()}
    reporter = submission.reporter or t("forms.source.reporter_unknown")
    if submission.filled_on:
        reporter = t("forms.source.filled_on", reporter=reporter, day=day(submission.filled_on))
    note = "forms.source.note_nothing_new" if submission.nothing_new else "forms.source.note"
    return {
        "source_id": submission.source_id,
        "title": t("forms.source.title", unit=unit, period=submission.period.words),
        "publisher": unit,
        "published": book.as_of.isoformat(),
        "url": "",
        "tier": str(FORM_TIER),
        "note": t(note, reporter=reporter, **counts),
    }


def _compare_figure(proposal: Proposal, book: Book, answer: IndicatorAnswer) -> None:
    indicator = book.package.indicator_by_id[answer.series[0]]
    basis = _basis(book, answer)
    old = _known_figure(book, answer, basis)
    kind = Kind.NEW if old is None else Kind.UNCHANGED if _same_figure(old, answer) else Kind.REVISED
    change = Change(
        kind=kind,
        form=Form.INDICATORS,
        name=_named(book, answer),
        about=period(answer.period),
        old=_figure_words(old.value, old.obs_status, indicator.unit) if old else "",
        new=_figure_words(answer.value, answer.obs_status, indicator.unit),
        place=answer.place,
    )
    proposal.changes.append(change)
    if kind is Kind.UNCHANGED:
        return
    if old and old.pub == book.as_of:
        facts = {"period": change.about, "old": change.old, "value": change.new}
        proposal.lines.append(_line(proposal, "same_day", answer.place, "value", facts))
    found = slip(book, answer, basis)
    if found:
        proposal.lines.append(_line(proposal, found.code, answer.place, "value", found.facts, warning=True))
    proposal.entries.append(Entry("observations", _observation_row(proposal, book, answer, basis), answer.place))


def _basis(book: Book, answer: IndicatorAnswer) -> str:
    """The basis of the series' latest figure; a figure that says it starts a new basis gets one named by its period."""
    if answer.obs_status == BREAK:
        return f"from-{answer.period[:7].lower()}"
    last = book.last_figure(answer.series)
    if last:
        return last.basis or DEFAULT_BASIS
    targets = book.targets_by_series.get(answer.series, ())
    return next((target.baseline_basis for target in targets if target.baseline_basis), DEFAULT_BASIS)


def _known_figure(book: Book, answer: IndicatorAnswer, basis: str) -> Observation | None:
    """The figure in force for the answer's period and basis: tier 1 and 2 before 3, then the latest published."""
    figures = [
        item
        for item in book.figures.get(answer.series, ())
        if same_period(item.period, answer.period) and (item.basis or DEFAULT_BASIS) == basis
    ]
    sources = book.package.source_by_id
    return max(figures, key=lambda item: (sources[item.source_id].tier < 3, item.pub), default=None)


def _same_figure(old: Observation, answer: IndicatorAnswer) -> bool:
    """Whether an answer says nothing new: same value and nature, no growth rate or remark that was not there."""
    same_rate = answer.yoy is None or answer.yoy == old.yoy
    same_note = not answer.note or answer.note == old.note
    return old.value == answer.value and old.obs_status == answer.obs_status and same_rate and same_note


def _observation_row(proposal: Proposal, book: Book, answer: IndicatorAnswer, basis: str) -> Row:
    return {
        "indicator_id": answer.series[0],
        "region_id": answer.series[1],
        "period": answer.period,
        "basis": basis,
        "pub": book.as_of.isoformat(),
        "source_id": proposal.submission.source_id,
        "value": _plain(answer.value),
        "obs_status": answer.obs_status,
        "yoy": _plain(answer.yoy),
        "yoy_real": "",
        "figure_as_printed": answer.printed,
        "note": answer.note,
    }


def _compare_step(proposal: Proposal, book: Book, answer: TaskAnswer) -> None:
    steps = book.steps.get(answer.task_id, ())
    last = steps[-1] if steps else None
    said = (answer.state, answer.date, answer.planned_date, answer.note)
    known = any((step.state, step.date, step.planned_date, step.note) == said for step in steps)
    quiet = last is not None and last.state == answer.state and not answer.note and not answer.planned_date
    kind = Kind.UNCHANGED if known or quiet else Kind.REVISED if last else Kind.NEW
    proposal.changes.append(
        Change(
            kind=kind,
            form=Form.TASKS,
            name=answer.name,
            about=day(answer.date),
            old=t(f"forms.task_state.{last.state}") if last else "",
            new=t(f"forms.task_state.{answer.state}"),
            place=answer.place,
        )
    )
    if kind is Kind.UNCHANGED:
        return
    row = {
        "task_id": answer.task_id,
        "date": answer.date.isoformat(),
        "state": answer.state,
        "pub": book.as_of.isoformat(),
        "source_id": proposal.submission.source_id,
        "planned_date": _iso(answer.planned_date),
        "note": answer.note,
    }
    proposal.entries.append(Entry("task_events", row, answer.place))


def _compare_problem(proposal: Proposal, book: Book, answer: ProblemAnswer) -> None:
    steps = book.problem_steps.get(answer.problem_id, ())
    last = steps[-1] if steps else None
    quiet = last is not None and last.state == answer.state and not answer.note
    known = any((step.state, step.date, step.note) == (answer.state, answer.date, answer.note) for step in steps)
    kind = Kind.UNCHANGED if known or quiet else Kind.REVISED if last else Kind.NEW
    proposal.changes.append(
        Change(
            kind=kind,
            form=Form.PROBLEMS,
            name=answer.title,
            about=day(answer.date),
            old=t(f"forms.problem_state.{last.state}") if last else "",
            new=t(f"forms.problem_state.{answer.state}"),
            place=answer.place,
        )
    )
    if kind is not Kind.UNCHANGED:
        proposal.entries.extend(_problem_entries(proposal, book, answer))


def _problem_entries(proposal: Proposal, book: Book, answer: ProblemAnswer) -> Iterator[Entry]:
    """The problem itself when it is new, its opening step where the form goes on from there, and the step reported."""
    source_id = proposal.submission.source_id
    states: list[tuple[str, date, str]] = [(answer.state, answer.date, answer.note)]
    if answer.opens:
        yield Entry(
            "problems",
            {
                "problem_id": answer.problem_id,
                "project_id": answer.project_id,
                "task_id": "",
                "target_id": "",
                "title": answer.title,
                "owner_unit_id": proposal.submission.unit_id,
                "opened": answer.opened.isoformat(),
                "due": _iso(answer.due),
            },
            answer.place,
        )
        if answer.state != "open":
            states.insert(0, ("open", answer.opened, ""))
    for state, date_, note in states:
        row = {
            "problem_id": answer.problem_id,
            "date": date_.isoformat(),
            "state": state,
            "pub": book.as_of.isoformat(),
            "source_id": source_id,
            "note": note,
        }
        yield Entry("problem_events", row, answer.place)


def _named(book: Book, answer: IndicatorAnswer) -> str:
    return f"{answer.name}（{book.package.region_by_id[answer.series[1]].name}）"


def _figure_words(value: Decimal | None, status: str, unit: str) -> str:
    if value is None:
        return t("forms.obs_status.M")
    label = t(f"forms.obs_status.{status}") if status in {"P", "E", "D", "B"} else ""
    return f"{number(value)}{unit}" + (f"（{label}）" if label else "")


def _line(
    proposal: Proposal, code: str, place: Place, column: str, facts: Mapping[str, object], *, warning: bool = False
) -> Line:
    severity = Severity.WARNING if warning else Severity.ERROR
    at = (place.sheet, place.row, place.column(column))
    return make_line(code, proposal.submission.label, at, facts, severity)


def _plain(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""
