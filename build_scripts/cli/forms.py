"""The `forms` verbs: workbooks out to the lead units, their answers back in, and who has reported."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from build_scripts.assess import assess_package
from build_scripts.checks import load_package
from build_scripts.cli import forms_print
from build_scripts.cli.clock import today
from build_scripts.cli.forms_ingest import ingest
from build_scripts.cli.forms_undo import undo
from build_scripts.cli.options import PACKAGE_DEFAULT, AsOfOption, PackageOption, settings
from build_scripts.core.errors import UsageError
from build_scripts.forms.export import chosen_units, export_forms, package_hash
from build_scripts.forms.ingest import read_book
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.periods import FormPeriod, form_period_of
from build_scripts.forms.status import DUE_DAYS, others, statuses
from build_scripts.locale import day, t

app = typer.Typer(no_args_is_help=False, add_completion=False, help="三张表单：导出给责任单位，收回填报结果。")

PeriodOption = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="P",
        help="哪一期：2026年10月、2026年第三季度或 2025年，也可写 2026-10；默认最近一个已结束的月",
    ),
]


@app.command("export")
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="表单写到哪个文件夹")],
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit", metavar="NAME", help="只导出这个责任单位，写名称或编号都行（未明确牵头单位的事项用 none）"
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
    book = PackageIndex(known, assess_package(known, chosen.as_of), chosen.as_of)
    units = chosen_units(book, unit)
    written = 0
    for path, forms in export_forms(book, asked, units, package_hash(chosen.package_dir), folder):
        forms_print.exported(path, forms)
        written += 1
    forms_print.say(t("forms.print.exported", count=written, period=asked.words, folder=folder))


app.command("ingest")(ingest)
app.command("undo")(undo)


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
    forms_print.statuses(list(statuses(book, asked, due_days)), list(others(book, asked)), asked, chosen.as_of)


def _period(text: str | None, as_of: date) -> FormPeriod:
    """The period asked for.

    Raises:
        UsageError: it is none, or not over yet.
    """
    if text is None:
        return FormPeriod.last_month_before(as_of)
    period = form_period_of(text)
    if period is None:
        raise UsageError(t("forms.error.unknown_period", period=text))
    if period.end > as_of:
        raise UsageError(t("forms.error.period_not_over", period=period.words, day=day(as_of)))
    return period
