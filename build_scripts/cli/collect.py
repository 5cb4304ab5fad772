"""The `collect` verb: what to look for next, best first, as a list to read, CSV or a worksheet to fill in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from build_scripts.checks import load_package
from build_scripts.cli.ahead import say_ahead
from build_scripts.cli.clock import today
from build_scripts.cli.options import PACKAGE_DEFAULT, AsOfOption, PackageOption, settings
from build_scripts.core.errors import UsageError
from build_scripts.forms.collect_sheet import as_csv, as_workbook, rows, what
from build_scripts.locale import day, how_many, listed, t
from build_scripts.report import build_report
from build_scripts.report.collect import Lead, leads

_NAMED = 3


class Output(StrEnum):
    """How the list is given."""

    TEXT = "text"
    CSV = "csv"
    XLSX = "xlsx"


def collect(
    package: PackageOption = PACKAGE_DEFAULT,
    as_of: AsOfOption = None,
    output: Annotated[Output, typer.Option("--format", help=t("cli.option.collect_format"))] = Output.TEXT,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=t("cli.option.out_file"))] = None,
) -> None:
    """List what to look for next."""
    chosen = settings(package, as_of)
    say_ahead(chosen)
    report = build_report(load_package(chosen.package_dir, max(today(), chosen.as_of)), chosen.as_of)
    found = leads(report)
    if output is Output.XLSX and out is None and sys.stdout.isatty():
        raise UsageError(t("collect.need_out"))
    if output is Output.TEXT:
        content = "".join(f"{line}\n" for line in _lines(found, chosen.as_of)).encode()
    else:
        content = as_workbook(found) if output is Output.XLSX else as_csv(found).encode("utf-8-sig" if out else "utf-8")
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    out.write_bytes(content)
    sys.stderr.write(t("collect.written", path=out, count=len(list(rows(found)))) + "\n")


def _lines(found: tuple[Lead, ...], as_of: date) -> Iterator[str]:
    if not found:
        yield t("collect.none")
        return
    targets = {entry.target_id for lead in found for each in lead.wanted for entry in each.entries}
    yield t("collect.head", day=day(as_of), count=len(found), targets=how_many(len(targets), "item"))
    before = ""
    for number, lead in enumerate(found, start=1):
        if lead.kind != before:
            before = lead.kind
            yield "\n" + t("format.line.alarm", words=t(f"collect.kind.{lead.kind}")).rstrip()
        yield from _lead(number, lead)


def _lead(number: int, lead: Lead) -> Iterator[str]:
    told = listed(what(wanted) for wanted in lead.wanted)
    yield t("collect.line.title", number=number, what=told, unlocks=how_many(lead.unlocks, "item"))
    yield t("collect.line.body", body=lead.body)
    yield t("collect.line.place", place=lead.place, address=lead.address).rstrip()
    yield t("collect.line.words", words=" ".join(lead.words))
    names = list(dict.fromkeys(entry.target.name for each in lead.wanted for entry in each.entries))
    if names:
        more = t("collect.line.more", count=len(names)) if len(names) > _NAMED else ""
        yield t("collect.line.targets", targets=listed(names[:_NAMED]) + more)
    if lead.note:
        yield t("collect.line.note", note=lead.note)
