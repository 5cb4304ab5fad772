"""The `import` verbs: another system's data into a new package, with a report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from build_scripts.cli.clock import today
from build_scripts.cli.plain import Plain
from build_scripts.core.errors import UsageError
from build_scripts.core.language import known_languages
from build_scripts.core.language import language as spoken
from build_scripts.core.settings import ROOT
from build_scripts.importing import (
    Beside,
    Draft,
    import_open_sdg,
    import_sdmx_csv,
    import_table,
    read_decisions,
    write_package,
)
from build_scripts.importing.draft import Outcome
from build_scripts.locale import by_comma, listed, t

app = typer.Typer(no_args_is_help=False, add_completion=False, help=t("cli.about.import"))

NewOption = Annotated[Path, typer.Option("--out", metavar="DIR", help=t("cli.option.import_out"))]
DecisionsOption = Annotated[
    Path | None, typer.Option("--decisions", metavar="FILE", help=t("cli.option.import_decisions"))
]
LanguageOption = Annotated[str | None, typer.Option("--language", help=t("cli.option.import_language"))]
SheetOption = Annotated[str | None, typer.Option("--sheet", metavar="NAME", help=t("cli.option.import_sheet"))]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help=t("cli.option.import_file"))]
OUT_DEFAULT = Path("imported")


@app.callback()
def _kinds() -> None:
    """The kinds of data that can be imported."""


@app.command("table", help=t("cli.about.import_table"))
def table(
    file: FileArgument,
    out: NewOption = OUT_DEFAULT,
    decisions: DecisionsOption = None,
    sheet: SheetOption = None,
    language: LanguageOption = None,
) -> None:
    """A table of targets, one row each."""
    _run(out, decisions, language, lambda draft, day: import_table(file, draft, day, sheet))


@app.command("open-sdg", help=t("cli.about.import_open_sdg"))
def open_sdg(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=t("cli.option.import_folder"))],
    out: NewOption = OUT_DEFAULT,
    decisions: DecisionsOption = None,
) -> None:
    """A folder in the format of Open SDG."""
    _run(out, decisions, None, lambda draft, day: import_open_sdg(folder, draft, day))


@app.command("sdmx-csv", help=t("cli.about.import_sdmx_csv"))
def sdmx_csv(
    file: FileArgument,
    out: NewOption = OUT_DEFAULT,
    decisions: DecisionsOption = None,
    language: LanguageOption = None,
) -> None:
    """An SDMX-CSV file."""
    _run(out, decisions, language, lambda draft, day: import_sdmx_csv(file, draft, day))


def _run(out: Path, decisions: Path | None, asked: str | None, read: Callable[[Draft, date], None]) -> None:
    """Read into a draft, write it, say what came of it; nothing is written where anything fails before."""
    if asked is not None and asked not in known_languages():
        raise UsageError(t("errors.language", found=asked, known=listed(known_languages())))
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(t("importing.fault.full", path=out))
    beside = Beside.of(out)
    if taken := next((path for path in beside.all() if path.exists()), None):
        raise UsageError(t("importing.fault.taken", path=taken))
    draft = Draft(read_decisions(decisions), (asked or spoken(),))
    read(draft, today())
    counts = write_package(draft, out, ROOT, today())
    console = Plain()
    console.print(t("importing.said.made", path=out))
    console.print(by_comma(t("importing.said.table_rows", name=name, count=count) for name, count in counts.items()))
    if draft.columns:
        became = listed(t("importing.said.column", title=title, what=what) for title, what in draft.columns)
        console.print(t("importing.said.columns", columns=became))
    left = sum(1 for note in draft.notes if note.outcome is Outcome.LEFT)
    if left:
        console.print(t("importing.said.left", count=left))
    console.print(t("importing.said.report", path=beside.report))
    if waiting := len(draft.open()):
        console.print(t("importing.said.open", count=waiting))
        console.print(t("importing.said.next", decisions=beside.decisions, path=out))
    console.print(t("importing.said.site"))
