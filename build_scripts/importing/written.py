"""A draft put into a new folder: descriptor, schemas, tables, and the report beside the folder.

Gets a `Draft` and a folder that is empty or not there, gives the files of a package. Beside it lie `Beside`: the report
for reading, the same as a table, and the decisions, which come back through `--decisions` once they are filled in.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from build_scripts.core.errors import UsageError
from build_scripts.core.language import known_languages, language, speaking
from build_scripts.core.spreadsheet import escape, unescape
from build_scripts.core.tables import TABLES
from build_scripts.importing.draft import Draft, Outcome
from build_scripts.importing.frames import cells, read_text_table
from build_scripts.locale import t
from build_scripts.locale.schema_words import worded
from build_scripts.starter.resources import resource, schema_of

_DECISION_COLUMNS = ("decision", "subject", "question", "assumed", "answer")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|])")
# How many things of one kind the report for reading lists; the table beside it has all.
_LISTED = 200


@dataclass(frozen=True, slots=True)
class Beside:
    """The three files that an import writes beside the package's folder; they are no part of the package."""

    report: Path
    table: Path
    decisions: Path

    @classmethod
    def of(cls, folder: Path) -> Beside:
        """Those of a package folder."""
        endings = ("-report.md", "-report.csv", "-decisions.csv")
        return cls(*(folder.with_name(folder.name + ending) for ending in endings))

    def all(self) -> tuple[Path, ...]:
        """All three."""
        return (self.report, self.table, self.decisions)


def read_decisions(path: Path | None) -> dict[tuple[str, str], str]:
    """The answers in a list of decisions, by key and subject.

    Raises:
        UsageError: the file cannot be read, or is no such list.
    """
    if path is None:
        return {}
    frame = read_text_table(path)
    missing = [name for name in ("decision", "subject", "answer") if name not in frame.columns]
    if missing:
        raise UsageError(t("importing.fault.decisions", path=path, missing=missing[0]))
    said = (map(str.strip, row) for row in cells(frame.fillna(""), "decision", "subject", "answer"))
    return {(key, unescape(subject)): unescape(answer) for key, subject, answer in said if answer}


def write_package(draft: Draft, folder: Path, engine: Path, today: date) -> dict[str, int]:
    """Write the package of a draft into `folder`; gives how many rows each table has that has any.

    Args:
        draft: what was read.
        folder: where to; must be empty or not exist yet (the caller checks).
        engine: the engine's checkout, whose schemas are copied.
        today: the day of the import.
    """
    frames = {name: draft.frame(name) for name, table in TABLES.items()}
    kept = {name: frame for name, frame in frames.items() if len(frame) or not TABLES[name].rare}
    said = draft.languages[0].partition("-")[0]
    with speaking(said if said in known_languages() else language()):
        resources = [worded(name, resource(engine, name)) for name in kept]
        schemas = {name: worded(name, schema_of(engine, name)) for name in kept}
    for name, frame in kept.items():
        path = folder / TABLES[name].path
        path.parent.mkdir(parents=True, exist_ok=True)
        _without_empty(frame, name).to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
        _write(folder / "schemas" / f"{name}.json", _json(_fitting(schemas[name], frame, name)))
    _write(folder / "datapackage.json", _json(_descriptor(draft, resources, today)))
    counts = {name: len(frame) for name, frame in kept.items() if len(frame)}
    beside = Beside.of(folder)
    _write(beside.report, report(draft, counts, beside))
    _write_rows(beside.table, ("outcome", "subject", "what"), _note_rows(draft))
    _write_rows(beside.decisions, _DECISION_COLUMNS, _decision_rows(draft))
    return counts


def report(draft: Draft, counts: dict[str, int], beside: Beside) -> str:
    """The report for reading, in Markdown."""
    parts = [
        f"# {t('importing.report.title')}",
        t("importing.report.lead", decisions=beside.decisions.name, table=beside.table.name),
    ]
    if draft.columns:
        parts.append(f"## {t('importing.report.columns')}")
        parts.append("\n".join(f"- {_md(title)} → {_md(what)}" for title, what in draft.columns))
    rows = "\n".join(f"| {name} | {count} |" for name, count in counts.items())
    parts += [f"| {t('importing.report.table')} | {t('importing.report.rows')} |\n|---|---:|\n{rows}"]
    if open_ones := draft.open():
        parts.append(f"## {t('importing.report.decisions')}")
        head = "| {} | {} | {} |\n|---|---|---|\n".format(
            *(t(f"importing.report.{it}") for it in ("asked", "of", "now"))
        )
        parts.append(
            head + "\n".join(f"| {each.question} | {_md(each.subject)} | {_md(each.assumed)} |" for each in open_ones)
        )
    for outcome in (Outcome.LEFT, Outcome.ASSUMED, Outcome.MAPPED):
        found = [note for note in draft.notes if note.outcome is outcome]
        if found:
            parts.append(f"## {t(f'importing.report.{outcome}', count=len(found))}")
            parts.append("\n".join(f"- {_md(note.subject)}: {_md(note.text)}" for note in found[:_LISTED]))
        if len(found) > _LISTED:
            parts.append(t("importing.report.more", count=len(found) - _LISTED, table=beside.table.name))
    return "\n\n".join(parts) + "\n"


def _descriptor(draft: Draft, resources: list[dict[str, Any]], today: date) -> dict[str, Any]:
    title = draft.ask("title", assumed=t("importing.package.title"))
    publisher = draft.ask("publisher", assumed=t("importing.package.publisher"))
    disclosure: dict[str, object] = {"languages": list(draft.languages), **draft.settings}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "imported-plan-progress",
        "title": title,
        "description": t("importing.package.description"),
        "version": "0.1.0",
        "contract": "2.0",
        "created": f"{today.isoformat()}T00:00:00Z",
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
                "title": t("importing.package.licence"),
            }
        ],
        "contributors": [{"title": publisher, "roles": ["author", "maintainer"]}],
        "keywords": [t("importing.package.keyword")],
        "sources": [{"title": title}],
        "disclosure": disclosure,
        "resources": resources,
    }


def _without_empty(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """A table without the optional columns in which nothing stands."""
    optional = {column.name for column in TABLES[name].columns if column.optional}
    return frame[[column for column in frame.columns if column not in optional or (frame[column] != "").any()]]


def _fitting(schema: dict[str, Any], frame: pd.DataFrame, name: str) -> dict[str, Any]:
    """A schema with the columns that the table has."""
    has = set(_without_empty(frame, name).columns)
    return schema | {"fields": [each for each in schema["fields"] if each["name"] in has]}


def _note_rows(draft: Draft) -> Iterable[Sequence[str]]:
    yield from (("column", title, what) for title, what in draft.columns)
    yield from ((str(note.outcome), note.subject, note.text) for note in draft.notes)


def _decision_rows(draft: Draft) -> Iterable[Sequence[str]]:
    return ((each.key, each.subject, each.question, each.assumed, each.answer) for each in draft.decisions.values())


def _write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([escape(cell) for cell in row] for row in rows)


def _md(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
