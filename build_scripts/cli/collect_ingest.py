"""The part of `forms ingest` that takes worksheets of what to look for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import typer

from build_scripts.checks import load_package
from build_scripts.cli import forms_print
from build_scripts.forms.collect_read import collected, counts, is_worksheet, take_in
from build_scripts.forms.ingest import session
from build_scripts.locale import t


def take_worksheets(paths: list[Path], package_dir: Path, real_day: date, *, yes: bool) -> list[Path]:
    """Take in the worksheets among `paths`; gives the files that are forms."""
    sheets = [path for path in paths if is_worksheet(path)]
    for path in sheets:
        _take(path, package_dir, real_day, yes=yes)
    return [path for path in paths if path not in sheets]


def _take(path: Path, package_dir: Path, real_day: date, *, yes: bool) -> None:
    found = collected(path, load_package(package_dir, real_day), real_day)
    if not found.lines and not any(found.rows.values()):
        forms_print.say(t("collect.taken.nothing", file=path.name))
        return
    if not found.lines and not yes and not typer.confirm(t("collect.taken.ask", file=path.name), default=False):
        raise typer.Exit(1)
    if not found.lines:
        with session(package_dir):
            found = take_in(package_dir, path, load_package(package_dir, real_day), real_day)
    for line in found.lines:
        forms_print.warn(line)
    if found.lines:
        raise typer.Exit(1)
    forms_print.say(t("collect.taken.done", file=path.name, **dict(counts(found))))
