"""`forms ingest`: reads returned workbooks, prints what would change, asks, writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from build_scripts.cli import forms_print
from build_scripts.cli.clock import today
from build_scripts.cli.collect_ingest import take_worksheets
from build_scripts.cli.options import PACKAGE_DEFAULT, AsOfOption, PackageOption, settings
from build_scripts.core.errors import BuildError, UsageError
from build_scripts.core.settings import Settings
from build_scripts.forms.accept import EVERYTHING, Acceptance, is_cell
from build_scripts.forms.archive import write_whole
from build_scripts.forms.failures import why
from build_scripts.forms.folders import forms_in, newest
from build_scripts.forms.ingest import Plan, good_plan, make_plan, read_book, read_files, session, write
from build_scripts.forms.lines import Level
from build_scripts.forms.mark import marked_copy, marked_path
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.read import Returned
from build_scripts.forms.received import refuse_impossible
from build_scripts.forms.submission import FORM_SOURCES
from build_scripts.locale import listed, t
from build_scripts.publish.shown import shown_sources
from build_scripts.publish.versions import target_of


@dataclass(frozen=True)
class _Run:
    """One call: where, on which day, and what may be taken as answered."""

    chosen: Settings
    real_day: date
    take_good: bool
    marked: Path | None

    def book(self) -> PackageIndex:
        """The package as it is now."""
        shown = shown_sources(target_of(self.chosen, None))
        return read_book(self.chosen.package_dir, self.chosen.as_of, self.real_day, lambda book: unseen(book, shown))

    def plan(self, returned: list[Returned], accept: Acceptance) -> Plan:
        """What taking the files in would do."""
        make = good_plan if self.take_good else make_plan
        return make(self.chosen.package_dir, returned, self.book(), self.real_day, accept)


def unseen(book: PackageIndex, shown: frozenset[str]) -> frozenset[str]:
    """The ids of forms taken in that no published site has shown."""
    ids = {source.source_id for source in book.package.sources}
    return frozenset(source_id for source_id in ids if source_id.startswith(FORM_SOURCES)) - shown


def ingest(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=t("cli.option.forms_files"))],
    yes: Annotated[bool, typer.Option("--yes", "-y", help=t("cli.option.ingest_yes"))] = False,
    accept: Annotated[
        list[str] | None, typer.Option("--accept", metavar="CELL", help=t("cli.option.accept_cell"))
    ] = None,
    take_good: Annotated[bool, typer.Option("--take-good", help=t("cli.option.take_good"))] = False,
    marked: Annotated[Path | None, typer.Option("--marked", metavar="DIR", help=t("cli.option.marked"))] = None,
    package: PackageOption = PACKAGE_DEFAULT,
    as_of: AsOfOption = None,
) -> None:
    """Read back filled-in forms."""
    chosen = settings(package, as_of)
    run = _Run(chosen, today(), take_good, marked)
    paths, cells = _sorted_out(files, accept or [])
    paths = take_worksheets(paths, chosen.package_dir, run.real_day, yes=yes)
    if not paths:
        return
    book = run.book()
    refuse_impossible(book.whole, chosen.as_of, run.real_day)
    with forms_print.progress(len(paths)) as step:
        returned = read_files(paths, book, step)
    plan = _taken(run, returned, cells) if yes else _asked(run, returned, cells)
    forms_print.written(plan)
    if plan.left_out:
        raise typer.Exit(1)


def _sorted_out(files: list[Path], accept: list[str]) -> tuple[list[Path], Acceptance]:
    """Files and cells: a cell after `--accept` may stand among the files, and a folder means the workbooks in it.

    Raises:
        UsageError: a folder holds no workbook.
    """
    cells = [str(path) for path in files if accept and is_cell(str(path)) and not path.exists()]
    paths = []
    for path in files:
        if str(path) in cells:
            continue
        if not path.is_dir():
            paths.append(path)
            continue
        found = newest(forms_in(path))
        if not found:
            raise UsageError(t("forms.error.no_files", folder=path))
        for file, older in found.items():
            for each in older:
                forms_print.warn(t("forms.print.older", file=each.name, newer=file.name))
        paths += sorted(found)
    return paths, Acceptance.of([*accept, *cells])


def _taken(run: _Run, returned: list[Returned], cells: Acceptance) -> Plan:
    with session(run.chosen.package_dir):
        plan = run.plan(returned, cells)
        _show(run, plan, cells)
        _stop_at_questions(plan)
        write(run.chosen.package_dir, plan)
    return plan


def _asked(run: _Run, returned: list[Returned], cells: Acceptance) -> Plan:
    plan = run.plan(returned, cells)
    _show(run, plan, cells)
    if plan.questions:
        count = len(plan.questions)
        if not _yes(t("forms.print.ask_checked", count=count)):
            _stop_at_questions(plan)
        cells = Acceptance(frozenset({EVERYTHING}))
        plan = run.plan(returned, cells)
    if plan.rows or plan.drops:
        if not _yes(t("forms.print.ask", rows=sum(map(len, plan.rows.values())))):
            raise BuildError(t("forms.print.not_written"))
        with session(run.chosen.package_dir):
            if run.plan(returned, cells).rows != plan.rows:
                raise BuildError(t("forms.error.moved"))
            write(run.chosen.package_dir, plan)
    return plan


def _stop_at_questions(plan: Plan) -> None:
    if plan.questions:
        raise typer.Exit(1)


def _show(run: _Run, plan: Plan, cells: Acceptance) -> None:
    """Print lines and changes, write the marked copies; stop where something must be mended first."""
    forms_print.lines(plan)
    if unknown := cells.unknown(plan.lines):
        forms_print.warn(t("forms.print.no_such_question", cells=listed(unknown)))
    for item in (*plan.returned, *plan.left_out):
        lines = [line for line in plan.lines_of(item.path) if line not in plan.accepted]
        if all(line.severity is Level.NOTE for line in lines):
            continue
        content = marked_copy(item.path, lines, run.chosen.as_of)
        if content:
            _write_marked(marked_path(item.path, run.marked), content, item.path.suffix)
    if plan.has_errors:
        raise typer.Exit(1)
    forms_print.changes(plan)


def _write_marked(path: Path, content: bytes, sent: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as failure:
        forms_print.warn(t("forms.error.file", file=path, reason=why(failure)))
    else:
        same = sent.lower() in {"", path.suffix}
        forms_print.warn(t("forms.print.marked" if same else "forms.print.marked_as", file=path, sent=sent))


def _yes(question: str) -> bool:
    """The answer to a question; no where there is nobody to answer."""
    try:
        return typer.confirm(question, default=False)
    except typer.Abort:
        return False
