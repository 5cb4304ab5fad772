"""The `migrate` verb: a package of an earlier contract, lifted to the newest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from build_scripts.cli.clock import today
from build_scripts.core.errors import UsageError
from build_scripts.core.settings import ROOT
from build_scripts.load import DESCRIPTOR
from build_scripts.locale import t
from build_scripts.starter.migrate import migration, write_migration

FolderArgument = Annotated[Path, typer.Argument(metavar="DIR", help=t("cli.option.package"))]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help=t("cli.option.dry_run"))]


def migrate(folder: FolderArgument, dry_run: DryRunOption = False) -> None:
    """Lift a package of an older contract to the new one: add new columns, tables and schemas, change nothing else."""
    if not (folder / DESCRIPTOR).is_file():
        raise UsageError(t("migrate.no_package", folder=folder))
    done = migration(folder, ROOT, today())
    for line in done.lines:
        typer.echo(line)
    if not done.contents:
        typer.echo(t("migrate.nothing"))
    elif dry_run:
        typer.echo(t("migrate.dry", count=len(done.contents)))
    else:
        write_migration(folder, done)
        typer.echo(t("migrate.done", count=len(done.contents)))
        if done.natures:
            typer.echo(t("migrate.natures"))
