"""Naughty texts in the workbooks that come back: refused with a clear line, or in the rows as they were written."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import forms_clerk
from forms_clerk import Clerk, Form
from openpyxl.utils.exceptions import IllegalCharacterError
from packages import write_package
from planting import TODAY, Text
from result import Result

from build_scripts.checks import find_violations
from build_scripts.core.records import Severity
from build_scripts.forms.export import export_forms, package_hash
from build_scripts.forms.ingest import read_book, write
from build_scripts.forms.lines import Level
from build_scripts.load import read

# Where a clerk may write what comes to mind.
_FIELDS = (
    ("figure", Form.INDICATORS, "freight|city", "note"),
    ("step", Form.TASKS, "bridge", "note"),
    ("problem", Form.PROBLEMS, "noise", "note"),
)
_HEAD = ("reporter", "phone")


class Desk:
    """A package with an exported workbook, which is filled anew for every text."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.package = folder / "package"
        self.package.mkdir(parents=True)
        write_package(self.package, *forms_clerk.CHANGES)
        book = read_book(self.package, forms_clerk.AS_OF, forms_clerk.AS_OF)
        chosen = (book, forms_clerk.PERIOD, [forms_clerk.UNIT], package_hash(self.package), folder / "forms")
        self.form = next(export_forms(*chosen))[0]

    def take(self, text: Text, result: Result) -> None:
        """Fill every field of free text with the text and take the workbook in."""
        result.tried += len(_FIELDS) + len(_HEAD)
        clerk = Clerk(Path(shutil.copyfile(self.form, self.folder / "answer.xlsx")))
        try:
            _fill(clerk, text.text)
            clerk.save()
        except (IllegalCharacterError, UnicodeEncodeError):
            result.refused += len(_FIELDS) + len(_HEAD)  # no workbook can hold it
            return
        target = Path(shutil.copytree(self.package, self.folder / "taken"))
        try:
            self._judge(target, clerk.path, text, result)
        except Exception as failure:
            result.lose(f"forms fall: {text.kind} {text.text[:40]!a}: {failure!r:.400}")
        finally:
            shutil.rmtree(target)

    def _judge(self, target: Path, path: Path, text: Text, result: Result) -> None:
        plan = forms_clerk.plan_for(target, path)
        said = [line for line in plan.lines if line.severity is Level.ERROR]
        if said or plan.questions or plan.has_errors:
            result.refused += 1
            for line in said:
                if not line.hint or not str(line).isprintable():
                    result.lose(f"{text.kind} {text.text[:40]!a}: no clear line: {line!s:.300!r}")
            return
        write(target, plan)
        found = [str(each) for each in find_violations(read(target), TODAY) if each.severity is Severity.ERROR]
        if found:
            result.lose(f"{text.kind} {text.text[:40]!a} was taken in, and check refuses it: {found[0]:.300}")
        # What a spreadsheet would take for a formula is recorded with the full-width form of its sign.
        wanted = re.sub(r"^[=+\-@]", lambda sign: chr(ord(sign.group()) + 0xFEE0), " ".join(text.text.split()))
        held = [" ".join((path_.read_text(encoding="utf-8")).replace('""', '"').split()) for path_ in _tables(target)]
        for (name, *_where), rows in zip(_FIELDS, held, strict=True):
            if wanted not in rows:
                result.lose(f"{text.kind} {text.text[:40]!a} is not in the note of the {name}")


def _tables(package: Path) -> list[Path]:
    return [package / "progress" / f"{name}.csv" for name in ("observations", "task_events", "problem_events")]


def _fill(clerk: Clerk, text: str) -> None:
    clerk.sign(**dict.fromkeys(_HEAD, text))
    clerk.figure("freight|city", 523.4)
    clerk.fill(Form.TASKS, "bridge", state="已开工", date=date(2025, 10, 8))
    clerk.fill(Form.PROBLEMS, "noise", state="整改中", date=date(2025, 10, 20))
    for _name, form, key, column in _FIELDS:
        cell = clerk.cell(form, key, column)
        cell.value = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)  # as spreadsheets write what looks like a code
        if isinstance(cell.value, str):
            cell.data_type = "s"  # what is written as a text is one, whatever it begins with
