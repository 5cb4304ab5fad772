"""Every kind of file of a site read by a parser of its format: what text it holds, or why it cannot be read.

`texts(path)` gives the strings of a file as a program of its readers would get them. A file that does not parse raises.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import xml.parsers.expat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import rdflib
from icalendar import Calendar
from selectolax.lexbor import LexborHTMLParser

from build_scripts.core.spreadsheet import unescape

Reader = Callable[[Path], Iterator[str]]
# What TeX needs written otherwise, as every reader of BibTeX takes it back.
_TEX = {
    r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^",
    **{f"\\{sign}": sign for sign in "{}&%$#_"},
}  # fmt: skip
_TEX_SIGN = re.compile("|".join(re.escape(each) for each in sorted(_TEX, key=len, reverse=True)))


def html(path: Path) -> Iterator[str]:
    """The whole text of a page, the text of each block, its attributes, and what its blocks of data hold."""
    tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
    for node in tree.css("script"):
        if "json" in (node.attributes.get("type") or ""):
            yield from _strings(json.loads(node.text(strip=False)))
    for node in tree.css("*"):
        yield from (value for value in node.attributes.values() if value)
    yield tree.body.text(strip=False)
    yield tree.css_first("title").text(strip=False)


def json_file(path: Path) -> Iterator[str]:
    """Every string of a JSON file, names too."""
    yield from _strings(json.loads(path.read_text(encoding="utf-8")))


def json_lines(path: Path) -> Iterator[str]:
    """Every string of a file of JSON lines."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            yield from _strings(json.loads(line))


def csv_file(path: Path) -> Iterator[str]:
    """Every cell; all rows are as wide as the first. What is guarded against formulas is given without the guard."""
    with path.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.reader(text, strict=True))
    assert len({len(row) for row in rows}) <= 1, "rows of different width"
    for row in rows:
        for each in row:
            yield each
            yield unescape(each)


def xml_file(path: Path) -> Iterator[str]:
    """Text and attributes of a well-formed XML file; text that is HTML as its text, too."""
    found: list[str] = []
    text: list[str] = []

    def start(_name: str, attributes: dict[str, str]) -> None:
        found.extend(attributes.values())
        text.clear()

    def end(_name: str) -> None:
        found.append("".join(text))
        text.clear()

    parser = xml.parsers.expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text.append
    parser.Parse(path.read_bytes(), True)
    yield from found
    yield from (LexborHTMLParser(each).text(strip=False) for each in found if "<" in each or "&" in each)


def calendar(path: Path) -> Iterator[str]:
    """Every value of a calendar."""
    for part in Calendar.from_ical(path.read_bytes()).walk():
        yield from (str(value) for _name, value in part.property_items())


def turtle(path: Path) -> Iterator[str]:
    """Every literal of a graph."""
    graph = rdflib.Graph().parse(path, format="turtle")
    yield from (str(each) for each in graph.objects())


def bibtex(path: Path) -> Iterator[str]:
    """Every value of every entry, braces matched and TeX's signs taken back."""
    text = path.read_text(encoding="utf-8")
    entries = re.findall(r"^@\w+\{[A-Za-z0-9-]+,\n((?:  \w+ = .*\n)+)\}\n", text, re.MULTILINE)
    assert len(entries) == len(re.findall(r"^@", text, re.MULTILINE)), "not all entries can be read"
    for entry in entries:
        for value in re.findall(r"^  \w+ = \{(.*)\},?$", entry, re.MULTILINE):
            bare = _TEX_SIGN.sub("", value)
            assert bare.count("{") == bare.count("}"), value
            yield _TEX_SIGN.sub(lambda found: _TEX[found.group()], value.removeprefix("{").removesuffix("}"))


def ris(path: Path) -> Iterator[str]:
    """Every value of a RIS file."""
    for line in path.read_bytes().decode().split("\r\n"):
        if line:
            tag, value = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line).groups()
            assert tag
            yield value


def workbook(path: Path) -> Iterator[str]:
    """Every text cell of a workbook."""
    for sheet in openpyxl.load_workbook(path, read_only=False).worksheets:
        for row in sheet.iter_rows():
            for each in row:
                if isinstance(each.value, str) and each.data_type != "f":
                    yield each.value
                    yield unescape(each.value)


def formulas(path: Path) -> set[str]:
    """The formulas of a workbook."""
    sheets = openpyxl.load_workbook(path, read_only=False).worksheets
    return {str(each.value) for sheet in sheets for row in sheet.iter_rows() for each in row if each.data_type == "f"}


def parquet(path: Path) -> Iterator[str]:
    """Every text of a Parquet file."""
    for column in pq.read_table(path).columns:
        yield from (each for each in column.to_pylist() if isinstance(each, str))


def database(path: Path) -> Iterator[str]:
    """Every text of every table of a database."""
    with closing(sqlite3.connect(path)) as base:
        for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in base.execute(f'SELECT * FROM "{name}"'):
                yield from (each for each in row if isinstance(each, str))


def archive(path: Path) -> Iterator[str]:
    """The names in an archive, none of which leads out of the folder it is opened in; its tables' cells."""
    with zipfile.ZipFile(path) as packed:
        assert packed.testzip() is None
        for name in packed.namelist():
            assert not name.startswith("/")
            assert ".." not in name.split("/")
            if name.endswith(".csv"):
                rows = csv.reader(io.StringIO(packed.read(name).decode("utf-8-sig"), newline=""), strict=True)
                yield from (each for row in rows for each in row)


def plain(path: Path) -> Iterator[str]:
    """A text file as it is."""
    yield path.read_text(encoding="utf-8")


def picture(path: Path) -> Iterator[str]:
    """A drawing is well-formed and holds nothing that runs. What it says may be shortened or drawn as outlines."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<(script|foreignObject|iframe)|\son\w+\s*=|javascript:", re.sub(r">[^<]*<", "><", text))
    yield from xml_file(path)


READERS: dict[str, Reader] = {
    ".html": html, ".json": json_file, ".jsonld": json_file, ".jsonl": json_lines, ".csv": csv_file, ".xml": xml_file,
    ".ics": calendar, ".ttl": turtle, ".bib": bibtex, ".ris": ris, ".xlsx": workbook, ".parquet": parquet,
    ".sqlite": database, ".zip": archive, ".txt": plain, ".svg": picture,
}  # fmt: skip
# Drawings shorten and outline; these need not hold a text whole.
SHORTENED = frozenset({".svg"})


def texts(path: Path) -> Iterator[str]:
    """The strings of a file; none of one whose kind holds no text from the data (scripts, styles, fonts, pictures)."""
    reader = READERS.get(path.suffix)
    return reader(path) if reader else iter(())


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (str(key) for key in value)
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
