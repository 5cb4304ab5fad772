"""The `forms` verbs: workbooks out to the lead units, their answers back in, and who has reported."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from build_scripts.assess import assess_package
from build_scripts.checks import load_package
from build_scripts.cli import forms_print
from build_scripts.cli.ahead import say_ahead
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

app = typer.Typer(no_args_is_help=False, add_completion=False, help=t("cli.about.forms"))

PeriodOption = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="P",
        help=t("cli.option.form_period"),
    ),
]


@app.command("export", help=t("cli.about.forms_export"))
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=t("cli.option.forms_folder"))],
    unit: Annotated[
        str | None,
        typer.Option("--unit", metavar="NAME", help=t("cli.option.unit")),
    ] = None,
    period: PeriodOption = None,
    package: PackageOption = PACKAGE_DEFAULT,
    as_of: AsOfOption = None,
) -> None:
    """Export the forms: one workbook for each lead body."""
    chosen = settings(package, as_of)
    say_ahead(chosen)
    asked = _period(period, chosen.as_of)
    known = load_package(chosen.package_dir, max(today(), chosen.as_of))
    book = PackageIndex(known, assess_package(known, chosen.as_of), chosen.as_of)
    units = chosen_units(book, unit)
    written = 0
    for path, forms in export_forms(book, asked, units, package_hash(chosen.package_dir), folder):
        forms_print.exported(path, forms)
        written += 1
    forms_print.say(t("forms.print.exported", count=written, period=asked.words, folder=folder))


app.command("ingest", help=t("cli.about.forms_ingest"))(ingest)
app.command("undo", help=t("cli.about.forms_undo"))(undo)


@app.command("status", help=t("cli.about.forms_status"))
def status(
    period: PeriodOption = None,
    due_days: Annotated[int, typer.Option("--due-days", min=0, help=t("cli.option.due_days"))] = DUE_DAYS,
    package: PackageOption = PACKAGE_DEFAULT,
    as_of: AsOfOption = None,
) -> None:
    """See who has reported for a period, who has not and who is late, with a list of whom to remind."""
    chosen = settings(package, as_of)
    say_ahead(chosen)
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
