"""The `check` verb: every problem of a package, one a line, or as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from build_scripts.checks import examine
from build_scripts.checks.against import lost, refused
from build_scripts.cli.accepted import AcceptOption, accepted
from build_scripts.cli.ahead import say_ahead
from build_scripts.cli.clock import today
from build_scripts.cli.options import PACKAGE_DEFAULT, AsOfOption, CheckFormat, PackageOption, settings
from build_scripts.cli.plain import Plain
from build_scripts.core.errors import SiteError
from build_scripts.core.identity import read_settings, unsafe_settings
from build_scripts.core.records import Severity, Violation
from build_scripts.core.settings import CONFIG
from build_scripts.load import Place, Tables, take, violation
from build_scripts.load.earlier import earlier, held
from build_scripts.load.violations import unsafe_characters, visible
from build_scripts.locale import t

FormatOption = Annotated[CheckFormat, typer.Option("--format", help=t("cli.option.check_format"))]
AgainstOption = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="REF",
        help=t("cli.option.earlier"),
    ),
]
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow"}
_JSON_FIELDS = ("severity", "code", "resource", "file", "row", "field", "message", "hint")


def check(
    package: PackageOption = PACKAGE_DEFAULT,
    as_of: AsOfOption = None,
    output: FormatOption = CheckFormat.TEXT,
    against: AgainstOption = None,
    accept_lost: AcceptOption = None,
) -> None:
    """Check a data package."""
    chosen = settings(package, as_of)
    say_ahead(chosen)
    # What was published cannot be dated after the real day; an old --as-of only hides newer figures, it refuses none.
    tables, problems = examine(chosen.package_dir, max(today(), chosen.as_of))
    problems = (*_in_settings(chosen.root), *problems)
    if against is not None:
        found = lost(earlier(against, chosen.package_dir), held(take(chosen.package_dir).files))
        problems = tuple(sorted((*problems, *refused(found, accepted(chosen.root, accept_lost)))))
    if output is CheckFormat.JSON:
        _print_json(problems)
    else:
        _print_lines(problems)
    _print_summary(problems, tables)
    if any(each.severity is Severity.ERROR for each in problems):
        raise typer.Exit(1)


def _in_settings(root: Path) -> tuple[Violation, ...]:
    """What keeps `mkdocs.yml` from being read, and characters in it that would reach pages."""
    try:
        found = tuple(unsafe_settings(read_settings(root)))
    except SiteError as failure:
        return (violation("settings-unreadable", Place(CONFIG), reason=" ".join(str(failure).split())),)
    return tuple(unsafe_characters(Place(CONFIG), 0, visible(key), text, refused) for key, text, refused in found)


def _print_json(problems: Sequence[Violation]) -> None:
    """A JSON array, one object a problem, to standard output."""
    rows = [{name: getattr(each, name) for name in _JSON_FIELDS} for each in problems]
    sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")


def _print_lines(problems: Sequence[Violation]) -> None:
    """`file:row: code: what; what to do` a line: coloured in a terminal, plain text where piped."""
    console = Plain()
    for each in problems:
        if console.is_terminal:
            console.print(Text(str(each), style=_STYLES[each.severity]))
        else:
            sys.stdout.write(f"{each}\n")


def _print_summary(problems: Sequence[Violation], tables: Tables) -> None:
    """One line to standard error: how many problems, over how much data."""
    errors = sum(each.severity is Severity.ERROR for each in problems)
    facts = {"rows": tables.row_count, "tables": len(tables.text)}
    if problems:
        line = t("checks.label.summary", errors=errors, warnings=len(problems) - errors, **facts)
    else:
        line = t("checks.label.none", **facts)
    sys.stderr.write(f"{line}\n")
