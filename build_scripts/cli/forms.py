"""The `forms` verbs: workbooks out to the lead units, their answers back in, and who has reported."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from build_scripts.assess import assess_package
from build_scripts.checks import load_package
from build_scripts.cli import forms_print
from build_scripts.cli.options import PACKAGE_DEFAULT, AsOfOption, PackageOption, settings, today
from build_scripts.core.errors import BuildError, UsageError
from build_scripts.forms.book import Book
from build_scripts.forms.export import chosen_units, export_forms, package_hash
from build_scripts.forms.failures import why
from build_scripts.forms.ingest import Plan, make_plan, read_book, read_files, session, write
from build_scripts.forms.mark import marked_copy, marked_path
from build_scripts.forms.periods import FormPeriod
from build_scripts.forms.read import Returned
from build_scripts.forms.status import DUE_DAYS, statuses
from build_scripts.locale import day, t

app = typer.Typer(no_args_is_help=True, add_completion=False, help="三张表单：导出给责任单位，收回填报结果。")

PeriodOption = Annotated[
    str | None,
    typer.Option("--period", metavar="P", help="哪一期：2026-10、2026-Q3 或 2025；默认最近一个已结束的月"),
]


@app.command("export")
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="表单写到哪个文件夹")],
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit", metavar="ID", help="只导出这个责任单位（编号见 units.csv；未明确牵头单位的事项用 none）"
        ),
    ] = None,
    period: PeriodOption = None,
    package: PackageOption = PACKAGE_DEFAULT,
    as_of: AsOfOption = None,
) -> None:
    """导出三张表单：每个牵头单位一个工作簿。"""
    chosen = settings(package, as_of)
    asked = _period(period, chosen.as_of)
    known = load_package(chosen.package_dir, max(today(), chosen.as_of))
    book = Book(known, assess_package(known, chosen.as_of), chosen.as_of)
    units = chosen_units(book, unit)
    written = 0
    for path, forms in export_forms(book, asked, units, package_hash(chosen.package_dir), folder):
        forms_print.exported(path, forms)
        written += 1
    forms_print.say(t("forms.print.exported", count=written, period=asked.words, folder=folder))


@app.command("ingest")
def ingest(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="收回的表单，可以一次给多个")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再询问，直接写入")] = False,
    marked: Annotated[
        Path | None, typer.Option("--marked", metavar="DIR", help="已标注的工作簿写到哪里；默认在原文件旁边")
    ] = None,
    package: PackageOption = PACKAGE_DEFAULT,
    as_of: AsOfOption = None,
) -> None:
    """收回填好的表单：检查、列出变动，确认后写入数据包；有一处须改就一处也不写。"""
    chosen = settings(package, as_of)
    real_day = max(today(), chosen.as_of)
    book = read_book(chosen.package_dir, chosen.as_of, real_day)
    with forms_print.progress(len(files)) as step:
        returned = read_files(files, book, step)
    if yes:
        with session(chosen.package_dir):
            plan = _plan(chosen.package_dir, returned, chosen.as_of, real_day)
            _show(plan, marked, chosen.as_of)
            write(chosen.package_dir, plan)
    else:
        plan = _plan(chosen.package_dir, returned, chosen.as_of, real_day)
        _show(plan, marked, chosen.as_of)
        if plan.rows:
            _confirm(plan)
            with session(chosen.package_dir):
                if _plan(chosen.package_dir, returned, chosen.as_of, real_day).rows != plan.rows:
                    raise BuildError(t("forms.error.moved"))
                write(chosen.package_dir, plan)
    forms_print.written(plan)


@app.command("status")
def status(
    period: PeriodOption = None,
    due_days: Annotated[int, typer.Option("--due-days", min=0, help="期末后多少天内应报送")] = DUE_DAYS,
    package: PackageOption = PACKAGE_DEFAULT,
    as_of: AsOfOption = None,
) -> None:
    """看这一期谁报了、谁没报、谁逾期，并列出催报清单。"""
    chosen = settings(package, as_of)
    asked = _period(period, chosen.as_of)
    book = read_book(chosen.package_dir, chosen.as_of, max(today(), chosen.as_of))
    forms_print.statuses(list(statuses(book, asked, due_days)), asked, chosen.as_of)


def _period(text: str | None, as_of: date) -> FormPeriod:
    """The period asked for.

    Raises:
        UsageError: it is none, or not over yet.
    """
    if text is None:
        return FormPeriod.last_month_before(as_of)
    period = FormPeriod.parse(text)
    if period is None:
        raise UsageError(t("forms.error.unknown_period", period=text))
    if period.end > as_of:
        raise UsageError(t("forms.error.period_not_over", period=period.words, day=day(as_of)))
    return period


def _plan(package_dir: Path, returned: list[Returned], as_of: date, real_day: date) -> Plan:
    return make_plan(package_dir, returned, read_book(package_dir, as_of, real_day), real_day)


def _show(plan: Plan, marked: Path | None, as_of: date) -> None:
    """Print lines and changes, write the marked copies; stop where something must be mended first."""
    forms_print.lines(plan)
    for item in plan.returned:
        content = marked_copy(item.path, plan.lines_of(item.path), as_of)
        if content:
            _write_marked(marked_path(item.path, marked), content)
    if plan.has_errors:
        raise typer.Exit(1)
    forms_print.changes(plan)


def _write_marked(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as failure:
        forms_print.warn(t("forms.error.file", file=path, reason=why(failure)))
    else:
        forms_print.warn(t("forms.print.marked", file=path))


def _confirm(plan: Plan) -> None:
    """Ask before writing.

    Raises:
        BuildError: the answer is not yes, or there is nobody to answer.
    """
    rows = sum(map(len, plan.rows.values()))
    try:
        confirmed = typer.confirm(t("forms.print.ask", rows=rows), default=False)
    except typer.Abort:
        confirmed = False
    if not confirmed:
        raise BuildError(t("forms.print.not_written"))
