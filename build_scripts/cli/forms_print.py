"""How the `forms` verbs print: tables on a terminal, plain tab-separated lines where piped."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from build_scripts.forms.content import UnitForms
from build_scripts.forms.ingest import Plan
from build_scripts.forms.layout import Form
from build_scripts.forms.lines import Level
from build_scripts.forms.periods import FormPeriod
from build_scripts.forms.proposal import Change, Kind
from build_scripts.forms.status import State, UnitStatus, missing_lines, reminder
from build_scripts.forms.submission import Submission
from build_scripts.locale import DASH, day, listed, t

_LINE_STYLES = {Level.ERROR: "bold red", Level.CHECK: "yellow", Level.NOTE: ""}
_KIND_STYLES = {
    Kind.NEW: "green",
    Kind.REVISED: "yellow",
    Kind.WITHDRAWN: "bold yellow",
    Kind.REOPENED: "bold yellow",
    Kind.UNCHANGED: "dim",
}
_STATE_STYLES = {State.REPORTED: "green", State.PARTIAL: "yellow", State.WAITING: "", State.LATE: "bold red"}


def say(text: str) -> None:
    """One line to standard output."""
    sys.stdout.write(f"{text}\n")


def warn(text: str, style: str = "") -> None:
    """One line to standard error."""
    Console(stderr=True, soft_wrap=True, highlight=False).print(Text(text, style=style))


def exported(path: Path, forms: UnitForms) -> None:
    """One line per workbook: file, and how many rows each form has."""
    counts = (len(forms.indicators), len(forms.tasks), len(forms.problems))
    say(t("forms.print.file", file=path.name, indicators=counts[0], tasks=counts[1], problems=counts[2]))


@contextmanager
def progress(total: int) -> Iterator[Callable[[Path], None]]:
    """A bar on standard error while files are read; silent where that is no terminal, or for a single file."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=total < 2 or not console.is_terminal) as bar:
        task = bar.add_task(t("forms.print.reading"), total=total)
        yield lambda _: bar.advance(task)


def lines(plan: Plan) -> None:
    """Every line, to standard error: what is wrong where, and what to do; then why nothing is written, if so."""
    for line in plan.lines:
        words = f"{line}{t('forms.print.accepted')}" if line in plan.accepted else str(line)
        warn(words, _LINE_STYLES[line.severity])
    for item in plan.left_out:
        warn(t("forms.print.left_out", file=item.label), "bold red")
    if plan.has_errors:
        wrong = [line for line in plan.lines if line.severity is Level.ERROR]
        warn(t("forms.print.refused", errors=len(wrong), files=len({line.file for line in wrong})), "bold red")
    elif plan.questions:
        asked(plan)


def asked(plan: Plan) -> None:
    """How to answer the open questions: the words to type, cell by cell."""
    several = len(plan.returned) > 1
    cells = [f"{line.file}:{line.where}" if several else line.where for line in plan.questions if line.cell]
    typed = " ".join(f"--accept '{cell}'" for cell in dict.fromkeys(cells))
    warn(t("forms.print.asked", count=len(plan.questions), typed=typed), "bold yellow")


def changes(plan: Plan) -> None:
    """What would change: per answer new, revised or unchanged, with the old and the new words."""
    for proposal in plan.proposals:
        if proposal.known:
            say(t("forms.print.known", file=proposal.submission.label))
    found = [(submission, change) for submission, change in plan.changes if change.kind is not Kind.UNCHANGED]
    if Console().is_terminal:
        _change_table(found)
    else:
        for submission, change in found:
            say("\t".join(_cells(submission, change)))
    counts = Counter(change.kind for _, change in plan.changes)
    say(
        t(
            "forms.print.summary",
            files=len(plan.proposals),
            new=counts[Kind.NEW],
            revised=counts[Kind.REVISED],
            unchanged=counts[Kind.UNCHANGED],
        )
    )
    if counts[Kind.WITHDRAWN] or counts[Kind.REOPENED]:
        say(t("forms.print.summary_more", withdrawn=counts[Kind.WITHDRAWN], reopened=counts[Kind.REOPENED]))


def _cells(submission: Submission, change: Change) -> list[str]:
    return [
        t(f"forms.change.{change.kind}"),
        submission.label,
        t(f"forms.form.{change.form}"),
        change.name,
        change.about,
        f"{change.old or DASH} → {change.new}",
    ]


def _change_table(found: Sequence[tuple[Submission, Change]]) -> None:
    if not found:
        return
    table = Table(title=t("forms.print.changes"))
    for name in ("kind", "file", "form", "name", "about", "values"):
        table.add_column(t(f"forms.print.column.{name}"))
    for submission, change in found:
        table.add_row(*map(Text, _cells(submission, change)), style=_KIND_STYLES[change.kind])
    Console().print(table)


def counts(rows: Mapping[str, int]) -> str:
    """How many rows of each table: `来源1行、数据2行`."""
    return listed(t("forms.print.rows", table=t(f"forms.table.{name}"), n=number) for name, number in rows.items())


def written(plan: Plan) -> None:
    """What has been written."""
    if not plan.rows and not plan.drops:
        say(t("forms.print.nothing"))
        return
    if plan.drops:
        dropped = listed(
            t("forms.print.rows", table=t(f"forms.table.{name}"), n=len(rows)) for name, rows in plan.drops.items()
        )
        say(t("forms.print.replaced", counts=dropped))
    counts = listed(
        t("forms.print.rows", table=t(f"forms.table.{name}"), n=len(rows)) for name, rows in plan.rows.items()
    )
    say(t("forms.print.written", counts=counts))


def statuses(found: Sequence[UnitStatus], others: Sequence[tuple[str, date]], period: FormPeriod, as_of: date) -> None:
    """Units by forms: reported of due, when last, and the reminders to send."""
    say(t("forms.status.title", period=period.words, day=day(as_of)))
    if not found:
        say(t("forms.status.none_due"))
        return
    header = [t("forms.status.unit"), *(form.sheet for form in Form), t("forms.status.last"), t("forms.status.state")]
    rows = [(_status_cells(item), _STATE_STYLES[item.state]) for item in found]
    if Console().is_terminal:
        table = Table(*header)
        for cells, style in rows:
            table.add_row(*map(Text, cells), style=style)
        Console().print(table)
    else:
        for cells in (header, *(cells for cells, _ in rows)):
            say("\t".join(cells))
    if others:
        names = listed(t("forms.status.other", unit=unit, day=day(last)) for unit, last in others)
        say(t("forms.status.others", names=names))
    _reminders(found, as_of)


def _status_cells(item: UnitStatus) -> list[str]:
    state = "forms.status.nothing_new" if item.nothing_new else f"forms.status.label.{item.state}"
    counts = [t("forms.status.count", reported=item.reported[form], expected=item.expected[form]) for form in Form]
    return [item.unit, *counts, day(item.last), t(state)]


def _reminders(found: Sequence[UnitStatus], as_of: date) -> None:
    counts = Counter(item.state for item in found)
    missing = counts[State.WAITING] + counts[State.LATE]
    reported, partial = counts[State.REPORTED], counts[State.PARTIAL]
    say(t("forms.status.summary", units=len(found), reported=reported, partial=partial, missing=missing))
    open_units = [item for item in found if item.state is not State.REPORTED]
    say("")
    say(t("forms.status.reminders") if open_units else t("forms.status.all_in"))
    for item in open_units:
        say(reminder(item, as_of))
        for line in missing_lines(item):
            say(line)
