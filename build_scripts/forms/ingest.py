"""Forms in: from returned files to rows in `progress/`, all of them or none.

Gets the package folder, the files and a day, gives a `Plan` of what would change; `write` appends it. The plan holds
only if the package as it would be afterwards passes every check, and every question has been answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from build_scripts.checks import load_package
from build_scripts.core.errors import UsageError
from build_scripts.forms.accept import NOT_ASKED, Acceptance, record
from build_scripts.forms.against import contradictions
from build_scripts.forms.compare import propose
from build_scripts.forms.failures import why
from build_scripts.forms.lines import NOWHERE, Level, Line, Spot, make_line
from build_scripts.forms.outcome import TABLE_ORDER, book_after, checked, rows_of
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.proposal import Change, Entry, Proposal, Row
from build_scripts.forms.read import Returned, read_form
from build_scripts.forms.submission import Submission
from build_scripts.load import append_rows
from build_scripts.locale import listed, t

SESSION_LOCK = ".append-session-lock"
_LOCK_SECONDS = 600.0
# So many forms of one ingest are named.
_NAMED = 3
_RECORDED = frozenset({"observations", "task_events", "problem_events"})


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking the files in would do. With an error or an open question among `lines` nothing may be written.

    `accepted` are the questions answered with yes; `left_out` the files that are not part of it, because something
    is wrong with them and the good ones were asked for.
    """

    returned: tuple[Returned, ...]
    proposals: tuple[Proposal, ...]
    lines: tuple[Line, ...]
    rows: Mapping[str, Sequence[Row]]
    drops: Mapping[str, Sequence[Row]]
    accepted: frozenset[Line] = frozenset()
    left_out: tuple[Returned, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether something must be changed before anything is written."""
        return any(line.severity is Level.ERROR for line in self._counted)

    @property
    def questions(self) -> tuple[Line, ...]:
        """The questions nobody has answered yet."""
        return tuple(line for line in self._counted if line.severity is Level.CHECK and line not in self.accepted)

    @property
    def changes(self) -> Iterator[tuple[Submission, Change]]:
        """Every answer set against what is in force."""
        return ((proposal.submission, change) for proposal in self.proposals for change in proposal.changes)

    @property
    def _counted(self) -> Iterator[Line]:
        out = {item.label for item in self.left_out}
        return (line for line in self.lines if line.file not in out)

    def lines_of(self, path: Path) -> list[Line]:
        """The lines about one file."""
        labels = {item.label for item in (*self.returned, *self.left_out) if item.path == path}
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


def read_book(
    package_dir: Path, as_of: date, today: date, unseen: Callable[[PackageIndex], frozenset[str]] | None = None
) -> PackageIndex:
    """The package as it stands on `as_of`, without assessments; `unseen` says which forms no site has shown yet.

    Raises:
        DataError: the package itself does not pass its checks.
    """
    book = PackageIndex(load_package(package_dir, today), {}, as_of)
    return replace(book, unseen=unseen(book)) if unseen else book


def read_files(
    paths: Sequence[Path], book: PackageIndex, step: Callable[[Path], None] = lambda _: None
) -> list[Returned]:
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


def make_plan(
    package_dir: Path, returned: Sequence[Returned], book: PackageIndex, today: date, accept: Acceptance = NOT_ASKED
) -> Plan:
    """Set every submission against the package and try the result against every check.

    Raises:
        DataError: the package's files cannot be appended to at all.
    """
    proposals = _proposals(returned, book, today)
    lines = {line for item in returned for line in item.lines}
    lines |= set(contradictions(proposals))
    lines |= {line for proposal in proposals for line in proposal.lines}
    entries = _entries(proposals)
    drops = {name: [entry.row for p in proposals for entry in p.drops if entry.table == name] for name in TABLE_ORDER}
    if entries:
        asked: set[Spot] = {(line.sheet, line.row, line.column) for line in lines if line.severity is not Level.NOTE}
        lines |= set(checked(package_dir, entries, drops, asked, today))
    ticks = {item.label: item.ticks for item in returned}
    accepted = frozenset(line for line in lines if accept.covers(line, ticks))
    record(proposals, accepted)
    return Plan(
        returned=tuple(returned),
        proposals=tuple(proposals),
        lines=tuple(sorted(lines)),
        rows=rows_of(_entries(proposals)),
        drops={name: rows for name, rows in drops.items() if rows},
        accepted=accepted,
    )


def good_plan(
    package_dir: Path, returned: Sequence[Returned], book: PackageIndex, today: date, accept: Acceptance = NOT_ASKED
) -> Plan:
    """As `make_plan`, with the files left out in which something is wrong or asked; what is wrong is still told."""
    good, out, told = list(returned), list[Returned](), set[Line]()
    while True:
        plan = make_plan(package_dir, good, book, today, accept)
        wrong = {line.file for line in plan.lines if line.severity is Level.ERROR or line in plan.questions}
        bad = [item for item in good if item.label in wrong]
        if not bad:
            return replace(plan, lines=tuple(sorted({*plan.lines, *told})), left_out=tuple(out))
        labels = {item.label for item in bad}
        told |= {line for line in plan.lines if line.file in labels}
        out += bad
        good = [item for item in good if item.label not in labels]


def write(package_dir: Path, plan: Plan) -> None:
    """Append the plan's rows: all of them, or none. Inside `session`, with a plan made inside it.

    Raises:
        DataError: the files could not be written; then nothing has changed.
        ValueError: the plan has errors or open questions.
    """
    if plan.has_errors or plan.questions:
        raise ValueError("a plan with errors or open questions must not be written")
    if plan.rows or plan.drops:
        append_rows(package_dir, plan.rows, plan.drops, _words(plan))


def _words(plan: Plan) -> str:
    """What is taken in, in words: the titles of the forms."""
    titles = [row["title"] for row in plan.rows.get("sources", ())]
    if len(titles) > _NAMED:
        return t("forms.undo.many", first=listed(titles[:_NAMED]), count=len(titles))
    return listed(titles) or t("forms.undo.same_day")


def _proposals(returned: Sequence[Returned], book: PackageIndex, today: date) -> list[Proposal]:
    """One after the other, older periods first: each file is set against what those before it will have said."""
    submissions = [item.submission for item in returned if item.submission]
    found: dict[int, Proposal] = {}
    for place, submission in sorted(enumerate(submissions), key=lambda each: (each[1].period.end, each[0])):
        found[place] = _dated(propose(submission, book), today)
        book = book_after(book, found[place])
    return [found[place] for place in range(len(submissions))]


def _dated(proposal: Proposal, today: date) -> Proposal:
    """With the day on which this record gets each row: no bulletin released before it will ever show it."""
    proposal.entries = [
        replace(entry, row={**entry.row, "recorded_on": today.isoformat()}) if entry.table in _RECORDED else entry
        for entry in proposal.entries
    ]
    return proposal


def _entries(proposals: Sequence[Proposal]) -> list[tuple[Proposal, Entry]]:
    """The rows of all proposals by table, those of older periods first."""
    ordered = sorted(proposals, key=lambda proposal: proposal.submission.period.end)
    return [(p, entry) for name in TABLE_ORDER for p in ordered for entry in p.entries if entry.table == name]
