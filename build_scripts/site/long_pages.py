"""No page becomes too long to load: gets staged Markdown pages, gives them with the long ones in several parts.

A rule for every page alike, whatever template made it. Where tables and lists of many rows make a page too long, each
keeps its first rows and the others follow on further pages (`targets/page_2/`); the whole table lies beside as CSV.
Where rows alone cannot make it short enough, whole sections follow there and leave their heading; one of many short
lists goes on from list to list. No row is lost, with or without a script, on screen and on paper. Ids have no `_`, so
no page of the data has such an address.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from build_scripts.core.records import Artifact
from build_scripts.locale import number, t
from build_scripts.site.long_links import PARTS, list_of, places, within
from build_scripts.site.long_lists import pieces
from build_scripts.site.long_rows import Run, find_runs, one_deeper, plain_rows, without_filter
from build_scripts.site.long_ways import Moved, moved, sizes, ways
from build_scripts.site.page_weight import is_heading, weight, weight_of, weight_of_file

# The theme's frame and what the page engine adds take the rest of 300 kB.
LIMIT = 245_000
# A table is not cut below so many rows; what is too long even so is cut by sections.
LEAST_ROWS = 100
# The notes below cut tables and the way between the parts.
_ROOM_FOR_WORDS = 6_000
_FRONT = "---\n"


@dataclass(slots=True)
class _Part:
    """A further page while it is filled."""

    blocks: list[str] = field(default_factory=list)
    size: int = 0
    headings: int = 0

    def add(self, block: str) -> None:
        """Put a block at the end."""
        self.blocks.append(block)
        self.size += len(block.encode())
        self.headings += f"\n{block}".count("\n##")

    @property
    def weight(self) -> int:
        """How long it is by now."""
        return weight_of(self.size, self.headings)

    def with_one(self, block: str) -> int:
        """How long it would be with a block more."""
        return weight_of(self.size + len(block.encode()), self.headings + f"\n{block}".count("\n##"))


def in_parts(pages: Iterable[Artifact], limit: int = LIMIT) -> Iterator[Artifact]:
    """The pages as they are; each that is longer than `limit` bytes as its first part, the others, and the files."""
    for page in pages:
        if is_long(page, limit):
            yield from _Long(page, limit).artifacts()
        else:
            yield page


def is_long(page: Artifact, limit: int = LIMIT) -> bool:
    """Whether a page is longer than `limit` bytes, and may have parts."""
    return weight_of_file(page.data) > limit and (page.path.endswith("/index.md") or page.path == "index.md")


class _Long:
    """One page that is too long."""

    def __init__(self, page: Artifact, limit: int) -> None:
        self.page, self.limit = page, limit
        _, self.front, self.body = page.data.decode().split(_FRONT, 2)
        self.folder = page.path.removesuffix("index.md")
        self.parts: list[_Part] = []
        self.files: list[Artifact] = []
        self._first_of_section = 0
        self._moved: list[Moved] = []

    def artifacts(self) -> Iterator[Artifact]:
        """The first part under the page's own address, then the others, then the tables as files."""
        body = self._rows_cut(self.body)
        if body is None:
            body = self._sections_moved(self.body)
        texts = [body, *("\n".join(part.blocks) for part in self.parts)]
        found = places(texts)
        first, *further = (within(text, number, found) for number, text in enumerate(texts, 1))
        first += ways(self._moved, found)
        total, owner = len(texts), self.page.owner
        listed = list(list_of(self.folder, found, owner))
        if further:
            first = f"{first.rstrip()}\n\n{self._turn(1, total, gone=bool(listed))}\n"
        yield Artifact(self.page.path, f"{_FRONT}{self.front}{_FRONT}{first}".encode(), owner)
        for count, text in enumerate(further, 2):
            yield Artifact(f"{self.folder}page_{count}/index.md", self._text(text, count, total).encode(), owner)
        yield from listed
        yield from self.files

    def _rows_cut(self, body: str) -> str | None:
        """The body with the long tables cut so that it fits; None where that cannot be done with `LEAST_ROWS` rows."""
        lines = body.split("\n")
        runs = [run for run in find_runs(lines) if run.count > LEAST_ROWS]
        if not runs:
            return None
        slim = [(run, plain_rows(lines, run)) for run in runs]
        rest = weight(lines) - sum(run.size for run in runs)
        room = self.limit - rest - _ROOM_FOR_WORDS
        least = _taken(slim, LEAST_ROWS)
        crowded = least > room  # then a filter of very many choices goes even where its table stays
        if crowded:
            room += len(body.encode()) - len(without_filter(lines, runs).encode())
        if least > room:
            return None
        most = _most_rows(slim, room)
        long = [(run, rows) for run, rows in slim if len(rows) > most]
        cut = [
            (replace(run, name=f"rows-{count}"), rows) for count, (run, rows) in enumerate(long, len(self.files) + 1)
        ]
        for run, rows in reversed(cut):
            lines[run.first : run.last + 1] = rows[:most]
            lines.insert(run.after - run.count + most, self._note(run, most))
        for run, rows in cut:
            self._files_of(run, rows)
            self._continue(run, rows, most)
        return without_filter(lines, runs if crowded else [run for run, _rows in cut])

    def _note(self, run: Run, most: int) -> str:
        """Below a table that is cut: how much of it is here, and where all of it is."""
        facts = {"most": number(most), "all": number(run.count)}
        file = f' <a href="{run.name}.csv" download>{t("longpage.file")}</a>' if run.is_table else ""
        return f'<p class="note">{t("longpage.cut", **facts)}{file}</p>'

    def _files_of(self, run: Run, rows: Sequence[str]) -> None:
        if run.is_table:
            self.files.append(Artifact(f"{self.folder}{run.name}.csv", run.csv(rows), self.page.owner))

    def _continue(self, run: Run, rows: Sequence[str], start: int) -> None:
        """The rows from `start` on, on as many further pages as they need."""
        while start < len(rows):
            part = self._part(f"{run.opening}{rows[start]}")
            room, end = self.limit - part.weight - len(run.opening.encode()), start
            while end < len(rows) and (end == start or room > 0):
                room -= len(rows[end].encode()) + 1
                end += 1
            facts = {"first": number(start + 1), "last": number(end), "all": number(len(rows))}
            block = f'<p class="note">{t("longpage.rows", **facts)}</p>\n{run.opening}\n' + "\n".join(rows[start:end])
            part.add(one_deeper(f"{block}\n{run.closing}\n"))
            start = end

    def _part(self, block: str) -> _Part:
        """The page to go on with: the last, or a new one where it has no room for a block."""
        if not self.parts or self.parts[-1].with_one(block) > self.limit:
            self.parts.append(_Part())
        return self.parts[-1]

    def _sections_moved(self, body: str) -> str:
        """The body without its last sections, which go to further pages."""
        head, *sections = body.split("\n## ")
        kept = self._kept(head, sections)
        for section in sections[kept:]:
            self._section(f"\n## {section}", section.partition("\n")[0])
            self._moved.append(moved(section, self._first_of_section))
        return "\n## ".join([head, *sections[:kept]])

    def _kept(self, head: str, sections: Sequence[str]) -> int:
        """How many sections there is room for, with the ways to all others."""
        left = sizes([moved(section, len(sections)) for section in sections])
        size, headings = len(head.encode()), sum(map(is_heading, head.split("\n")))
        most = 0
        for count, section in enumerate(sections, 1):
            lines = f"## {section}".split("\n")
            size += sum(len(line.encode()) + 1 for line in lines)
            headings += sum(map(is_heading, lines))
            bytes_left, headings_left = left[count]
            if weight_of(size + bytes_left, headings + headings_left) > self.limit:
                break
            most = count
        return most

    def _section(self, block: str, heading: str) -> None:
        """A section on the last further page or a new one; one that is too long itself with its tables cut."""
        if weight(block.split("\n")) > self.limit:
            before = self.parts
            self.parts = []
            cut = self._rows_cut(block)
            rest, self.parts = self.parts, before
            block, *others = [cut] if cut is not None else pieces(block, self.limit - _ROOM_FOR_WORDS)
            self.parts.append(_Part())
            self.parts[-1].add(one_deeper(block))
            for other in others:
                rest.append(_Part())
                rest[-1].add(one_deeper(other))
            self._first_of_section = len(self.parts) + 1
            for part in rest:
                part.blocks.insert(0, f"\n## {heading.partition('{ #')[0].strip()}\n\n")
            self.parts += rest
            return
        self._part(block).add(one_deeper(block))
        self._first_of_section = len(self.parts) + 1

    def _text(self, text: str, count: int, total: int) -> str:
        """A further page as Markdown: the first one's front matter but for what is the first one's alone."""
        title = t("longpage.title", title=self._title(), number=count)
        heading = t("longpage.title", title=self._heading(), number=count)
        lines = [line for line in self.front.splitlines() if line.partition(":")[0] not in _ONLY_FIRST]
        # Lists of results tell pages apart by their descriptions.
        lines = [_told(line, title) if line.startswith(_SAID) else line for line in lines]
        front = [f"title: {json.dumps(title, ensure_ascii=False)}", *lines, 'search: {"exclude": true}']
        way, again = self._turn(count, total), self._turn(count, total, again=True)
        body = text.strip("\n")
        return f"{_FRONT}" + "\n".join(front) + f"\n{_FRONT}\n# {heading} {{ #top }}\n\n{way}\n\n{body}\n\n{again}\n"

    def _title(self) -> str:
        line = next(each for each in self.front.splitlines() if each.startswith("title:"))
        return str(json.loads(line.removeprefix("title:")))

    def _heading(self) -> str:
        line = next((each for each in self.body.splitlines() if each.startswith("# ")), f"# {self._title()}")
        return line.removeprefix("# ").partition(" {")[0]

    def _turn(self, count: int, total: int, *, again: bool = False, gone: bool = False) -> str:
        """The way between the parts, each by its number; `again` where it stands on the page a second time.

        Where anchors are gone from here the site's script is told where they are listed.
        """
        up = "" if count == 1 else "../"
        links = []
        for each in range(1, total + 1):
            address = (up or "./") if each == 1 else f"{up}page_{each}/"
            here = f'<b aria-current="page">{each}</b>'
            links.append(here if each == count else f'<a href="{address}">{each}</a>')
        label = t("longpage.parts", total=total)
        name = t("longpage.again") if again else label
        listed = f' data-moved="{PARTS}"' if gone else ""
        told = f'class="note" aria-label="{name}" data-search-exclude="true"{listed}'
        return f"<nav {told}>{label}{' '.join(links)}</nav>"


def _told(line: str, title: str) -> str:
    """A description in the front matter with the title of its part before it."""
    words = t("format.line.told", label=title, words=json.loads(line.removeprefix(_SAID)))
    return f"{_SAID}{json.dumps(words, ensure_ascii=False)}"


_SAID = "description: "
# What the front matter says of the first part alone.
_ONLY_FIRST = frozenset({"title", "json_ld", "search", "tags", "feed"})


def _taken(runs: Sequence[tuple[Run, Sequence[str]]], most: int) -> int:
    """How many bytes the rows need when every table keeps at most `most`."""
    return sum(
        run.size if run.count <= most else sum(len(row.encode()) + 1 for row in rows[:most]) for run, rows in runs
    )


def _most_rows(runs: Sequence[tuple[Run, Sequence[str]]], room: int) -> int:
    """The largest number of rows that every table may keep so that all fit into `room` bytes."""
    low, high = LEAST_ROWS, max(run.count for run, _rows in runs)
    while low < high:
        middle = (low + high + 1) // 2
        if _taken(runs, middle) <= room:
            low = middle
        else:
            high = middle - 1
    return low
