"""The `bulletin` verb: records a new month's, quarter's or year's bulletin in the package."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from build_scripts.bulletins import Proposal, ProposalError, propose, title
from build_scripts.checks import checked, load_package
from build_scripts.cli.clock import today
from build_scripts.cli.options import PACKAGE_DEFAULT, PackageOption, day_of, settings
from build_scripts.cli.plain import Plain
from build_scripts.core.errors import BuildError, UsageError
from build_scripts.forms.ingest import session
from build_scripts.forms.periods import form_period_of
from build_scripts.load import append_rows, preview
from build_scripts.locale import t

app = typer.Typer(no_args_is_help=False, add_completion=False, help=t("cli.about.bulletin"))


class Kind(StrEnum):
    """The three turns of the rhythm."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@app.callback(help=t("cli.about.bulletins"))
def group() -> None:
    """Monthly, quarterly and annual bulletins."""


@app.command("new", help=t("cli.about.bulletin_new"))
def new(
    kind: Annotated[Kind, typer.Argument(metavar="month|quarter|year", help=t("cli.option.bulletin_kind"))],
    period: Annotated[str, typer.Argument(metavar="PERIOD", help=t("cli.option.bulletin_period"))],
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="YYYY-MM-DD", help=t("cli.option.bulletin_as_of")),
    ] = None,
    headline: Annotated[str, typer.Option("--headline", help=t("cli.option.headline"))] = "",
    package: PackageOption = PACKAGE_DEFAULT,
) -> None:
    """Register a bulletin; once registered it is never changed, and registering it again adds nothing."""
    chosen = settings(package)
    until = day_of(as_of) if as_of else None
    with session(chosen.package_dir):
        named = form_period_of(period)
        code = named.code if named else period.upper()
        proposal = _proposed(chosen.package_dir, kind, code, until, " ".join(headline.split()))
        bulletin = proposal.bulletin
        if not proposal.known:
            rows = {"bulletins": [asdict(bulletin)]}
            checked(preview(chosen.package_dir, rows), today())
            append_rows(chosen.package_dir, rows)
    key = "bulletin.new.known" if proposal.known else "bulletin.new.done"
    said = t(key, id=bulletin.bulletin_id, title=title(bulletin), as_of=bulletin.as_of)
    Plain().print(said)


def _proposed(package_dir: Path, kind: Kind, period: str, as_of: date | None, headline: str) -> Proposal:
    """The bulletin to record.

    Raises:
        UsageError: there is no such period.
        BuildError: its data day does not fit, or another bulletin is already there.
        DataError: the package holds errors.
    """
    known = load_package(package_dir, today())
    try:
        return propose(known, kind.value, period, today=today(), as_of=as_of, headline=headline)
    except ProposalError as failure:
        facts = dict(failure.facts)
        if "kind" in facts:
            facts["kind"] = t(f"bulletin.kind.{facts['kind']}")
        said = t(f"bulletin.new.{failure.code}", **facts)
        raise (UsageError if failure.code == "period" else BuildError)(said) from None
