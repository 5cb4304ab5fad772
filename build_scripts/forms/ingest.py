"""Forms in: from returned files to rows in `progress/`, all of them or none.

Gets the package folder, the files and a day, gives a `Plan` of what would change; `write` appends it. The plan holds
only if the package as it would be afterwards passes every check.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from build_scripts.checks import find_problems, load_package
from build_scripts.core.errors import UsageError
from build_scripts.core.records import Problem, Severity
from build_scripts.forms.book import Book
from build_scripts.forms.compare import Change, Entry, Kind, Proposal, Row, propose
from build_scripts.forms.failures import why
from build_scripts.forms.lines import NOWHERE, Line, Spot, make_line
from build_scripts.forms.read import Returned, read_form
from build_scripts.forms.submission import IndicatorAnswer, Place, ProblemAnswer, Submission, TaskAnswer
from build_scripts.load import Tables, append_rows, preview
from build_scripts.locale import period, t

SESSION_LOCK = ".append-session-lock"
_LOCK_SECONDS = 600.0
# Tables in the order their rows depend on one another.
_TABLES = ("sources", "observations", "task_events", "problems", "problem_events")
# Our own words for a slip of the unit say more than the package's rules for jumps and outliers.
_SLIPS = frozenset({"unit_slip", "percent_slip", "target_slip"})
_JUMPS = frozenset({"jump", "outlier"})
Answer = IndicatorAnswer | TaskAnswer | ProblemAnswer


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking the files in would do. With an error among `lines` nothing may be written."""

    returned: tuple[Returned, ...]
    proposals: tuple[Proposal, ...]
    lines: tuple[Line, ...]
    rows: Mapping[str, Sequence[Row]]

    @property
    def has_errors(self) -> bool:
        """Whether anything forbids writing."""
        return any(line.severity is Severity.ERROR for line in self.lines)

    @property
    def changes(self) -> Iterator[tuple[Submission, Change]]:
        """Every answer set against what is known."""
        return ((proposal.submission, change) for proposal in self.proposals for change in proposal.changes)

    def lines_of(self, path: Path) -> list[Line]:
        """The lines about one file."""
        labels = {item.label for item in self.returned if item.path == path}
        return [line for line in self.lines if line.file in labels]


@contextmanager
def session(package_dir: Path) -> Iterator[None]:
    """Keep every other ingest of this package out, from reading it to having written.

    Raises:
        UsageError: another ingest holds the package too long, or the folder cannot be written to.
    """
    lock = FileLock(package_dir / SESSION_LOCK, timeout=_LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        raise UsageError(t("forms.error.busy")) from None
    except OSError as failure:
        raise UsageError(t("forms.error.folder", folder=package_dir, reason=why(failure))) from None
    try:
        yield
    finally:
        lock.release()


def read_book(package_dir: Path, as_of: date, today: date) -> Book:
    """The package as it stands on `as_of`, without assessments.

    Raises:
        DataError: the package itself does not pass its checks.
    """
    return Book(load_package(package_dir, today), {}, as_of)


def read_files(paths: Sequence[Path], book: Book, step: Callable[[Path], None] = lambda _: None) -> list[Returned]:
    """Read every file; `step` is called after each. One file that breaks us does not hold up the others."""
    found = []
    names = Counter(path.name for path in paths)
    for path in dict.fromkeys(paths):
        label = path.name if names[path.name] == 1 else str(path)
        try:
            found.append(read_form(path, book, label))
        except Exception:  # a clerk's odd workbook must not end in a traceback
            found.append(Returned(path, label, None, (make_line("file_crashed", label, NOWHERE, {}),)))
        step(path)
    return found


def make_plan(package_dir: Path, returned: Sequence[Returned], book: Book, today: date) -> Plan:
    """Set every submission against the package and try the result against every check.

    Raises:
        DataError: the package's files cannot be appended to at all.
    """
    submissions = [item.submission for item in returned if item.submission]
    proposals = [propose(submission, book) for submission in submissions]
    lines = {line for item in returned for line in item.lines}
    lines |= {line for proposal in proposals for line in proposal.lines}
    lines |= set(_against_each_other(proposals))
    entries = _entries(proposals)
    if entries and not any(line.severity is Severity.ERROR for line in lines):
        lines |= set(_checked(package_dir, entries, {line for line in lines if line.code in _SLIPS}, today))
    rows = {name: [entry.row for _, entry in entries if entry.table == name] for name in _TABLES}
    return Plan(tuple(returned), tuple(proposals), tuple(sorted(lines)), {k: v for k, v in rows.items() if v})


def write(package_dir: Path, plan: Plan) -> None:
    """Append the plan's rows: all of them, or none. Inside `session`, with a plan made inside it.

    Raises:
        DataError: the files could not be written; then nothing has changed.
        ValueError: the plan has errors.
    """
    if plan.has_errors:
        raise ValueError("a plan with errors must not be written")
    if plan.rows:
        append_rows(package_dir, plan.rows)


def _entries(proposals: Sequence[Proposal]) -> list[tuple[Proposal, Entry]]:
    """The rows of all proposals by table; the same row asked for twice (a file given twice) only once."""
    found: dict[tuple[object, ...], tuple[Proposal, Entry]] = {}
    for name in _TABLES:
        for proposal in proposals:
            for entry in proposal.entries:
                if entry.table == name:
                    found.setdefault((name, *entry.row.items()), (proposal, entry))
    return list(found.values())


def _against_each_other(proposals: Sequence[Proposal]) -> Iterator[Line]:
    """Answers to one question from two files: the same is taken once, different ones are a line."""
    first: dict[tuple[object, ...], tuple[Proposal, tuple[object, ...]]] = {}
    for proposal in proposals:
        if proposal.known:
            continue
        for key, said, answer in _said(proposal.submission):
            earlier, before = first.setdefault(key, (proposal, said))
            if earlier is proposal:
                continue
            if before == said:
                _drop(proposal, answer.place)
            else:
                yield _conflict(proposal, earlier, answer, _words(said), _words(before))


def _said(submission: Submission) -> Iterator[tuple[tuple[object, ...], tuple[object, ...], Answer]]:
    """What each answer is about, and what it says."""
    for figure in submission.indicators:
        value = "" if figure.value is None else format(figure.value.normalize(), "f")
        yield ("figure", figure.series, figure.period), (value, figure.obs_status, figure.yoy), figure
    # Forms of two periods may well say different things about one task: it has moved on.
    form = submission.period.code
    for step in submission.tasks:
        state = t(f"forms.task_state.{step.state}")
        yield ("task", step.task_id, form), (state, step.date, step.planned_date, step.note), step
    for problem in submission.problems:
        state = t(f"forms.problem_state.{problem.state}")
        yield ("problem", problem.problem_id, form), (state, problem.date, problem.note), problem


def _words(said: tuple[object, ...]) -> str:
    """What was said, in the words of a line: `推进中、2025-10-31`."""
    return "、".join(str(part) for part in said if part)


def _drop(proposal: Proposal, place: Place) -> None:
    """Another file says the same: nothing to append for this answer."""
    proposal.entries = [entry for entry in proposal.entries if entry.place is not place]
    proposal.changes = [
        Change(Kind.UNCHANGED, c.form, c.name, c.about, c.new, c.new, c.place) if c.place is place else c
        for c in proposal.changes
    ]


def _conflict(proposal: Proposal, earlier: Proposal, answer: Answer, said: object, before: object) -> Line:
    figure = isinstance(answer, IndicatorAnswer)
    name = answer.title if isinstance(answer, ProblemAnswer) else answer.name
    facts = {
        "name": name,
        "period": period(answer.period) if isinstance(answer, IndicatorAnswer) else "",
        "other": earlier.submission.label,
        "old": before,
        "value": said,
    }
    at = (answer.place.sheet, answer.place.row, answer.place.column("value" if figure else "state"))
    return make_line("conflict", proposal.submission.label, at, facts)


def _checked(
    package_dir: Path, entries: Sequence[tuple[Proposal, Entry]], slips: set[Line], today: date
) -> Iterator[Line]:
    """What the checks say about the package as it would be: every error, and the warnings about the new rows."""
    rows = {name: [entry.row for _, entry in entries if entry.table == name] for name in _TABLES}
    tables = preview(package_dir, rows)
    where = _places(tables, entries)
    slipped = {(line.file, line.sheet, line.row, line.column) for line in slips}
    for found in find_problems(tables, today):
        origin = where.get((found.resource, found.row))
        if origin is None:
            if found.severity is Severity.ERROR:
                yield _package_line(found, "", NOWHERE)
            continue
        proposal, entry = origin
        line = _package_line(found, proposal.submission.label, _spot(entry, found.field))
        if found.code not in _JUMPS or (line.file, line.sheet, line.row, line.column) not in slipped:
            yield line


def _places(tables: Tables, entries: Sequence[tuple[Proposal, Entry]]) -> dict[tuple[str, int], tuple[Proposal, Entry]]:
    """Which answer each appended row came from: the last rows of each table, in the order they were given."""
    found = {}
    for name in _TABLES:
        added = [origin for origin in entries if origin[1].table == name]
        numbers = sorted([*tables.text[name].rows, *tables.text[name].dropped]) if added else []
        found.update({(name, number): origin for number, origin in zip(numbers[-len(added) :], added, strict=False)})
    return found


def _spot(entry: Entry, field: str) -> Spot:
    """The cell behind a field of an appended row; the whole file for the source row."""
    place = entry.place
    if place is None:
        return NOWHERE
    first = min((number for _, number in place.columns), default=1)
    return place.sheet, place.row, place.column(field) or place.column("value") or place.column("state") or first


def _package_line(found: Problem, file: str, at: Spot) -> Line:
    return make_line("package", file, at, {"message": found.message, "hint": found.hint}, found.severity)
