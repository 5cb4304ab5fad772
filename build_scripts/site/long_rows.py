"""The rows of long tables and lists in a staged page: where they are, what stands around them, and as CSV.

Gets the lines of a page, gives `Run`s. Templates write a row on a line of its own; other tables are left alone.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from build_scripts.core.spreadsheet import escape

_OPENINGS: dict[str, tuple[str, ...]] = {"tr": ("<table",), "li": ("<ul", "<ol")}
_CLOSINGS: dict[str, tuple[str, ...]] = {"tr": ("</table>",), "li": ("</ul>", "</ol>")}
_CELL = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_ID = re.compile(r'<table\b[^>]*\bid="([^"]+)"')
_KEYS = re.compile(r' data-(?!search)[a-z-]+="[^"]*"')
_FIRST_TAG = re.compile(r"^<[^>]*>")
_NEAR = re.compile(r'(\b(?:href|src|data-chart|data-chart-narrow|data-chart-bundle)=")(?![a-z]+:|/|#)')
_HERE = re.compile(r'(\bhref=")#')
# Rows that only draw an axis stand above the others, wherever these go.
_DRAWN = 'aria-hidden="true"><span class="worklines__line"'


@dataclass(frozen=True, slots=True)
class Run:
    """Rows below one another: their first and last line, the line after which the table has ended, what is around."""

    tag: str
    first: int
    last: int
    after: int
    size: int
    opening: str
    closing: str
    name: str = ""

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self.last - self.first + 1

    @property
    def is_table(self) -> bool:
        """Whether these are rows of a table, not of a list."""
        return self.tag == "tr"

    @property
    def table_id(self) -> str:
        """The id of the table, where it has one."""
        found = _ID.search(self.opening)
        return found[1] if found else ""

    def csv(self, rows: Iterable[str]) -> bytes:
        """The whole table, heads and all, in the form that Excel opens rightly."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        heads = self.opening[self.opening.find("<thead") :]
        writer.writerows([_words(cell) for cell in _CELL.findall(line)] for line in (heads, *rows))
        return codecs.BOM_UTF8 + text.getvalue().encode()


def find_runs(lines: Sequence[str]) -> list[Run]:
    """Every run of rows, in order."""
    runs = []
    for begun, last, tag in _stretches(lines):
        start = next((at for at in range(begun, -1, -1) if lines[at].startswith(_OPENINGS[tag])), None)
        end = next((at for at in range(last, len(lines)) if lines[at].startswith(_CLOSINGS[tag])), None)
        if start is not None and end is not None:
            first = next((at for at in range(begun, last) if _DRAWN not in lines[at]), begun)
            if start and lines[start - 1].startswith('<div class="frame') and lines[end + 1 : end + 2] == ["</div>"]:
                start, end = start - 1, end + 1
            size = sum(len(line.encode()) + 1 for line in lines[first : last + 1])
            opening, closing = "\n".join(lines[start:first]), "\n".join(lines[last + 1 : end + 1])
            runs.append(Run(tag, first, last, end + 1, size, opening, closing))
    return runs


def _stretches(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """First and last line of rows of one kind that follow each other, and the kind."""
    begun, kind = 0, ""
    for at, line in enumerate([*lines, ""]):
        here = next((tag for tag in _OPENINGS if line.startswith(f"<{tag}") and line.endswith(f"</{tag}>")), "")
        if here != kind:
            if kind:
                yield begun, at - 1, kind
            begun, kind = at, here


def plain_rows(lines: Sequence[str], run: Run) -> list[str]:
    """The rows without what only filters read."""
    return [_FIRST_TAG.sub(lambda tag: _KEYS.sub("", tag[0]), line) for line in lines[run.first : run.last + 1]]


def without_filter(lines: Sequence[str], runs: Iterable[Run]) -> str:
    """The page without the filters of tables that are cut: they would find a part and look as if it were all."""
    text = "\n".join(lines)
    for table_id in filter(None, (run.table_id for run in runs)):
        form = re.compile(rf'<form class="filter"[^>]*data-filter-for="{re.escape(table_id)}".*?</form>\n', re.DOTALL)
        text = form.sub("", text)
    return text


def one_deeper(text: str) -> str:
    """Links and pictures as they read from a folder below."""
    return _HERE.sub(r"\1../#", _NEAR.sub(r"\1../", text))


def _words(cell: str) -> str:
    """A cell as text that no spreadsheet takes for a formula."""
    return escape(" ".join(unescape(_TAG.sub(" ", cell)).split()))
