"""Reads what a site says of targets and series back out of its files, whatever their form."""

import csv
import html
import io
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pyarrow.parquet

from build_scripts.core.records import Indicator, Observation, Package, Source
from build_scripts.locale import number, period
from build_scripts.report import TargetEntry

Files = Mapping[str, bytes]
Row = dict[str, object]


def files_of(site: Path) -> dict[str, bytes]:
    """The files of a built site by path."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def page(files: Files, address: str) -> str:
    """The text of a page, staged as Markdown or built as HTML: no tags, no scripts, single spaces."""
    data = files.get(f"{address}index.html") or files[f"{address}index.md"]
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", data.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def table(files: Files, name: str) -> dict[str, list[Row]]:
    """One published table in every form it is published in, each cell as text or None."""
    plain = list(csv.reader(io.StringIO(files[f"data/csv/{name}.csv"].decode())))
    excel = list(csv.reader(io.StringIO(files[f"data/csv/{name}.excel.csv"].decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(files[f"data/xlsx/{name}.xlsx"]), data_only=True)
    names = plain[0]
    # Forms for people have titles above the columns, in the same order.
    in_order = {"csv": plain, "excel": excel, "xlsx": list(book.worksheets[0].iter_rows(values_only=True))}
    found: dict[str, list[Row]] = {
        form: [dict(zip(names, row, strict=True)) for row in rows[1:]] for form, rows in in_order.items()
    }
    lines = files[f"data/jsonl/{name}.jsonl"].decode().splitlines()
    found["json"] = json.loads(files[f"data/json/{name}.json"], parse_float=Decimal)
    found["jsonl"] = [json.loads(line, parse_float=Decimal) for line in lines]
    stored = pyarrow.parquet.read_table(io.BytesIO(files[f"data/parquet/{name}.parquet"])).to_pylist()
    found["parquet"] = [{key: row.get(f"{key}_text", row[key]) for key in names} for row in stored]
    found["sqlite"] = query(files, f"SELECT * FROM {name}")
    return {form: [{key: said(row.get(key)) for key in names} for row in rows] for form, rows in found.items()}


def query(files: Files, statement: str) -> list[Row]:
    """The rows that a query of the published database gives."""
    path = next(path for path in files if path.startswith("data/") and path.endswith(".sqlite"))
    base = sqlite3.connect(":memory:")
    base.row_factory = sqlite3.Row
    base.deserialize(files[path])
    rows = [dict(row) for row in base.execute(statement)]
    base.close()
    return rows


def sdmx(files: Files) -> list[Row]:
    """The rows of the SDMX data."""
    return list(csv.DictReader(io.StringIO(files["data/sdmx/observations.csv"].decode())))


def said(value: object) -> str | None:
    """A cell as one text for every form: numbers without idle zeros, days as ISO, nothing as None."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).removeprefix("'")
    return f"{Decimal(text).normalize():f}" if re.fullmatch(r"-?\d+(\.\d+)?", text) else text


def subset(files: Files, subject: str) -> dict[str, list[Row]]:
    """The rows of a project's, region's or unit's own table in each of its forms."""
    plain = list(csv.reader(io.StringIO(files[f"data/subsets/{subject}.csv"].decode())))
    excel = list(csv.reader(io.StringIO(files[f"data/subsets/{subject}.excel.csv"].decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(files[f"data/subsets/{subject}.xlsx"]), data_only=True)
    # A workbook has no sheet for what is empty.
    sheet = list(book.worksheets[0].iter_rows(values_only=True)) if plain[1:] else [()]
    forms = {"csv": plain, "excel": excel, "xlsx": sheet}
    return {
        form: [{key: said(value) for key, value in zip(plain[0], row, strict=True)} for row in rows[1:]]
        for form, rows in forms.items()
    }


def feeds(files: Files) -> Iterator[tuple[str, str, str]]:
    """Every entry of every Atom feed: the feed's path, the entry's title and its text."""
    atom = "{http://www.w3.org/2005/Atom}"
    for path, data in files.items():
        if path.startswith("feeds/"):
            for entry in ElementTree.fromstring(data).iter(f"{atom}entry"):
                yield path, entry.findtext(f"{atom}title") or "", entry.findtext(f"{atom}content") or ""


def judged_rows(data: bytes) -> Iterator[tuple[str, str, str]]:
    """Every row of a page's tables that names a target and a status: the target's id, the badge, the latest figure."""
    for row in re.findall(r"<tr\b.*?</tr>", data.decode(), flags=re.DOTALL):
        link = re.search(r'<th scope="row"><a href="[^"]*?targets/([a-z0-9-]+)/', row)
        badges = re.findall(r'<span class="badge [^"]*"><span [^>]*>[^<]*</span>([^<]*)</span>', row)
        latest = re.search(r'<td class="latest">(.*?)</td>', row, flags=re.DOTALL)
        if link and len(badges) == 1:
            yield link[1], badges[0], html.unescape(latest[1]) if latest else ""


def lists_of(entry: TargetEntry) -> Iterator[str]:
    """The pages that list a target with its latest figure whatever its status."""
    yield f"indicators/{entry.indicator.indicator_id}/"


def drawn(rows: list[list[str]], seen: Observation, source: Source) -> bool:
    """Whether the table of a chart has a figure, in the chart's own unit, and does not call it unused."""
    return any(
        row[0] == period(seen.period)
        and row[3] == source.publisher
        and is_same(row[1], seen.value)
        and not re.search("未采用|已修订", row[4])
        for row in rows[1:]
    )


def labels(value: Decimal | None) -> set[str]:
    """How a drawing may write a figure: as recorded, or in 万 or 亿 with two decimals."""
    scaled = [value] if value is None else [value, *(round(value / 10**power, 2).normalize() for power in (4, 8))]
    return {number(each) for each in scaled}


def is_same(cell: str, value: Decimal | None) -> bool:
    """Whether a chart's cell is a figure, perhaps in 万 or 亿 with two decimals."""
    plain = cell.replace(",", "").replace("−", "-")
    told = Decimal(plain) if re.fullmatch(r"-?\d+(\.\d+)?", plain) else None
    if value is None or told is None:
        return value is told
    return told == value or any(told == round(value / 10**power, 2) for power in (4, 8))


def in_order(package: Package, indicator: Indicator) -> list[tuple[str, str]]:
    """The keys an indicator's series may have, regions in their own order."""
    regions = sorted(package.regions, key=lambda region: region.order)
    return [(indicator.indicator_id, region.region_id) for region in regions]
