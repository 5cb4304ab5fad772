"""The `forms` verbs: workbooks out to the lead units, and their answers back in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from build_scripts.cli.later import not_yet

app = typer.Typer(no_args_is_help=True)


@app.command("export")
def export(folder: Annotated[Path, typer.Argument(metavar="DIR", help="表单写到哪个文件夹")]) -> None:  # noqa: ARG001
    """导出三张表单。"""
    not_yet("forms export")


@app.command("ingest")
def ingest(files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="收回的表单")]) -> None:  # noqa: ARG001
    """收回填好的表单。"""
    not_yet("forms ingest")
