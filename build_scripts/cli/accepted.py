"""What somebody has named as meant."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from build_scripts.checks.against import Accepted, read_accepted
from build_scripts.core.errors import UsageError
from build_scripts.core.settings import ACCEPTED
from build_scripts.core.tables import TABLES
from build_scripts.locale import t

AcceptOption = Annotated[
    list[str] | None,
    typer.Option("--accept-lost", metavar="TABLE:KEY", help=t("cli.option.accept_lost")),
]


def accepted(root: Path, names: Iterable[str] | None) -> Accepted:
    """The rows named on the command line and the cells named in the site's file.

    Raises:
        UsageError: a name has not the form `TABLE:KEY`, or the file cannot be read.
    """
    rows = set()
    for name in names or ():
        table, _colon, key = name.partition(":")
        if table not in TABLES or not key:
            raise UsageError(t("checks.against.accept", found=name))
        rows.add(name)
    path = root / ACCEPTED
    try:
        cells = read_accepted(path.read_bytes()) if path.is_file() else frozenset()
    except (ValueError, OSError) as failure:
        raise UsageError(t("checks.against.list", path=path, line=failure)) from None
    return Accepted(frozenset(rows), cells)
