"""The `init` verb: a new, small, valid package and site to start from."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from build_scripts.cli.options import check_language
from build_scripts.core.errors import UsageError
from build_scripts.core.links import leads_out
from build_scripts.core.settings import CONFIG, ROOT
from build_scripts.locale import t
from build_scripts.starter import Names, write_starter

LONGEST_NAME = 60
LanguageOption = Annotated[str | None, typer.Option("--language", help=t("cli.option.language"))]
PlaceOption = Annotated[str | None, typer.Option("--place", help=t("cli.option.place"))]
PlanOption = Annotated[str | None, typer.Option("--plan", help=t("cli.option.plan"))]
OperatorOption = Annotated[str, typer.Option("--operator", help=t("cli.option.operator"))]
AddressOption = Annotated[str, typer.Option("--address", metavar="URL", help=t("cli.option.address"))]
MailOption = Annotated[str, typer.Option("--mail", help=t("cli.option.mail"))]
IssuesOption = Annotated[str, typer.Option("--issues", metavar="URL", help=t("cli.option.issues"))]


def init(  # noqa: PLR0913, PLR0917 - one for each option
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=t("cli.option.new_folder"))],
    language: LanguageOption = None,
    place: PlaceOption = None,
    plan: PlanOption = None,
    operator: OperatorOption = "",
    address: AddressOption = "",
    mail: MailOption = "",
    issues: IssuesOption = "",
) -> None:
    """Start a new data package and site: replace the example rows with your own plan, no programming needed."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(t("errors.folder_full", path=folder))
    check_language(language)
    names = Names((place or "").strip(), (plan or "").strip(), operator.strip(), address.strip(), mail, issues)
    for option, given, value in (("--place", place, names.place), ("--plan", plan, names.plan)):
        if given is not None and (not value or len(value) > LONGEST_NAME):
            raise UsageError(t("errors.name_length", option=option, most=LONGEST_NAME))
    for option, value, example in (("--address", names.address, "https://"), ("--issues", issues, "https://")):
        if value and not leads_out(value):
            raise UsageError(t("errors.no_address", option=option, found=value, example=example))
    write_starter(folder, ROOT, names)
    typer.echo(t("cli.said.made", path=folder))
    typer.echo(t("cli.said.next"))
    typer.echo(t("cli.said.own_rows", path=folder / "datapackage"))
    typer.echo(t("cli.said.own_name", path=folder / CONFIG))
    package_dir = shlex.quote(str(folder / "datapackage"))
    typer.echo(f"  3. python -m build_scripts check --package {package_dir}")
    typer.echo(f"  4. python -m build_scripts build --package {package_dir}")
