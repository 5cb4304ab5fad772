"""The filled worksheet of what to look for, taken back: figures with their sources, and searches that found nothing.

Gets a package folder, a file and the day, gives the rows for `progress/` or lines that say what must be mended. All of
a file is taken in, or nothing.
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from openpyxl import load_workbook

from build_scripts.checks import find_violations
from build_scripts.core.records import Package, Severity
from build_scripts.core.series import MAIN_BASIS
from build_scripts.core.standing import NO_STANDINGS, series_bases, standings
from build_scripts.forms.collect_sheet import COLUMNS, choice, heads
from build_scripts.load import append_rows, preview
from build_scripts.locale import t

Row = Mapping[str, str]
_ANSWERS = ("found", "not_found", "unreachable")
_NATURES = ("A", "P", "E")
_PLACES = ("issuer_site", "official_media", "archive", "request")


@dataclass(slots=True)
class Collected:
    """What one worksheet brings: rows by table, and the lines that say what must be mended before any is taken in."""

    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def add(self, table: str, row: dict[str, str], key: str) -> None:
        """Add a row unless one of the same key is there."""
        if all(each[key] != row[key] for each in self.rows.setdefault(table, [])):
            self.rows[table].append(row)


def is_worksheet(path: Path) -> bool:
    """Whether a file is a worksheet of what to look for, by its sheet or its header row."""
    try:
        found = _grid(path) if _may_be_one(path) else []
    except Exception:  # what cannot be opened is told where forms are read
        return False
    return bool(found) and set(heads()[-4:]) <= set(found[0]) and heads()[0] in found[0]


def _may_be_one(path: Path) -> bool:
    """Whether a workbook has a sheet of that name: looked up without reading the sheets, which may be endless."""
    if not zipfile.is_zipfile(path):
        return True
    with zipfile.ZipFile(path) as archive:
        return f'"{t("collect.sheet")}"'.encode() in archive.read("xl/workbook.xml")


def collected(path: Path, package: Package, today: date) -> Collected:
    """The rows of a filled worksheet; rows without any answer are left out."""
    found = Collected()
    grid = _grid(path)
    names = dict(zip(heads(), COLUMNS, strict=True))
    columns = [names.get(head, "") for head in grid[0]]
    for number, cells in enumerate(grid[1:], start=2):
        row = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
        answer = next((code for code in _ANSWERS if row.get("result") == choice("result", code)), "")
        if row.get("result") and not answer:
            found.lines.append(_line(path, number, "result", "choice", row["result"]))
        elif answer == "found" or (not answer and row.get("value")):
            _take_figure(found, path, number, row, package, today)
        elif answer:
            _take_search(found, path, number, row, answer, today)
    return found


def take_in(package_dir: Path, path: Path, package: Package, today: date) -> Collected:
    """Take a worksheet in, all of it or nothing; with lines, nothing was written.

    Raises:
        DataError: the package's files cannot be appended to.
    """
    found = collected(path, package, today)
    if found.lines or not any(found.rows.values()):
        return found
    tables = preview(package_dir, found.rows)
    found.lines += [
        t("format.joined.parts").join((f"{each.file}:{each.row}: {each.code}: {each.message}", each.hint))
        for each in find_violations(tables, today)
        if each.severity is Severity.ERROR
    ]
    if not found.lines:
        append_rows(package_dir, found.rows, words=path.name)
    return found


def _take_figure(found: Collected, path: Path, number: int, row: Row, package: Package, today: date) -> None:
    """A published figure with its source; news of a work belongs into the forms, so it is only told."""
    if row.get("task_id"):
        found.lines.append(_line(path, number, "result", "work", row.get("what", "")))
        return
    lacking = [name for name in ("value", "pub", "title", "publisher", "tier") if not row.get(name)]
    found.lines += [_line(path, number, name, "lacking", "") for name in lacking]
    value, pub = _number(row.get("value", "")), _day(row.get("pub", ""))
    if row.get("value") and value is None:
        found.lines.append(_line(path, number, "value", "number", row["value"]))
    if row.get("pub") and pub is None:
        found.lines.append(_line(path, number, "pub", "day", row["pub"]))
    if lacking or value is None or pub is None:
        return
    url = row.get("url", "")
    known = next((each.source_id for each in package.sources if url and each.url == url), "")
    source_id = known or f"collected-{pub:%Y%m%d}-{_mark(url or row['title'])}"
    if not known:
        source = {"source_id": source_id, "title": row["title"], "publisher": row["publisher"]}
        source |= {"published": pub.isoformat(), "url": url, "tier": row["tier"], "note": row.get("remark", "")}
        found.add("sources", source, "source_id")
    seen = {name: row.get(name, "") for name in ("indicator_id", "region_id", "period", "figure_as_printed")}
    basis, nature = _like_the_latest(package, row)
    said = next((code for code in _NATURES if row.get("obs_status") == choice("obs_status", code)), nature)
    seen |= {"basis": basis, "pub": pub.isoformat(), "source_id": source_id, "value": format(value, "f")}
    seen |= {"obs_status": said, "note": row.get("remark", ""), "recorded_on": today.isoformat()}
    found.rows.setdefault("observations", []).append(seen)


def _like_the_latest(package: Package, row: Row) -> tuple[str, str]:
    """The basis and nature of the series' latest figure, which the next one continues unless it says otherwise."""
    key = (row.get("indicator_id", ""), row.get("region_id", ""))
    latest = standings(package).get(key, NO_STANDINGS).latest
    if latest is None:
        return series_bases(package).get(key, MAIN_BASIS), "A"
    return latest.basis, latest.obs_status if latest.obs_status in _NATURES else "A"


def _take_search(found: Collected, path: Path, number: int, row: Row, answer: str, today: date) -> None:
    """A search that brought nothing, with where and when."""
    kind = next((code for code in _PLACES if row.get("place_kind") == choice("place_kind", code)), "")
    day = _day(row.get("searched_on", ""))
    if not kind:
        found.lines.append(_line(path, number, "place_kind", "choice", row.get("place_kind", "")))
    if day is None:
        found.lines.append(_line(path, number, "searched_on", "day", row.get("searched_on", "")))
    if not kind or day is None:
        return
    about = {name: row.get(name, "") for name in ("indicator_id", "region_id", "task_id")}
    if about["task_id"]:
        about["indicator_id"] = about["region_id"] = ""
    place = row.get("searched_place") or row.get("place", "")
    mark = _mark("|".join((*about.values(), row.get("period", ""), place, kind, answer)))
    search = {"search_id": f"search-{day:%Y%m%d}-{mark}", "date": day.isoformat(), **about, "place": place}
    search |= {"place_kind": kind, "url": row.get("url", ""), "query": row.get("words", ""), "result": answer}
    search |= {"period": "" if about["task_id"] else row.get("period", ""), "note": row.get("remark", "")}
    found.add("searches", search | {"recorded_on": today.isoformat()}, "search_id")


def _grid(path: Path) -> list[list[str]]:
    """The cells of a worksheet as text, the header row first."""
    data = path.read_bytes()
    if not data.startswith(b"PK"):
        return [list(line) for line in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))]
    sheet = load_workbook(io.BytesIO(data), data_only=True)[t("collect.sheet")]
    return [list(map(_text, line)) for line in sheet.iter_rows(values_only=True)]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value)


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _line(path: Path, row: int, column: str, code: str, found: str) -> str:
    head = t(f"collect.column.{column}")
    return t(f"collect.wrong.{code}", file=path.name, row=row, column=head, found=found)


def counts(found: Collected) -> Iterator[tuple[str, int]]:
    """How many rows each table gets."""
    tables: Sequence[str] = ("sources", "observations", "searches")
    return ((name, len(found.rows.get(name, []))) for name in tables)
