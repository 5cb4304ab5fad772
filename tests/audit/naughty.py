"""Naughty texts through every field: `check` refuses them with a clear line, or the site shows them as text.

A site of plain samples, one in each cell, tells which file shows which cell. The same package with naughty texts in
place of the samples must then give the same files, each of which parses and holds the text where the sample stood; no
page has an element, a script or a kind of address that the plain one has not.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from planting import LANES, Headed, Place, Planted, Text, unclear
from readers import SHORTENED, formulas, texts
from result import Result
from selectolax.lexbor import LexborHTMLParser
from site_builds import SmallSite

from build_scripts.pages.wording import LONGEST_STEP, first_part

# So many times is what `check` refuses taken out, until the rest passes.
_ROUNDS = 24
# Longer texts may be shortened where there is little room.
_LONG = 40
_SCHEMES = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):")
_SAFE = frozenset({"http", "https", "mailto", "data"})
_ADDRESSES = ("href", "src", "action", "formaction", "xlink:href", "poster", "data")
# How many of these a drawing has depends on how long its labels are.
_DRAWN = frozenset({"text", "tspan", "rect", "path", "g", "line"})
_HARMLESS = _DRAWN | {
    "a", "abbr", "b", "br", "button", "caption", "circle", "code", "dd", "details", "div", "dl", "dt", "em", "figure",
    "figcaption", "h1", "h2", "h3", "h4", "hr", "i", "label", "li", "nav", "ol", "option", "p", "section", "select",
    "small", "span", "strong", "summary", "svg", "table", "tbody", "td", "th", "thead", "time", "tr", "ul", "use",
    "wbr",
}  # fmt: skip
# Lists what `check` noticed, which texts may well give it cause to.
_QUALITY = "data/quality/index.html"
_SAMPLE = "样例{number:03d}乙"
Look = Callable[[Path], list[str]]


class Bench:
    """A package and its site; built with samples, then with naughty texts."""

    def __init__(self, folder: Path, kind: type[Planted | Headed] = Planted) -> None:
        self.site = SmallSite(folder)
        shutil.rmtree(self.site.package)
        self.site.package.mkdir()
        self.planted = kind(self.site.package)
        self.free = self.planted.places(free=True)
        samples = {place: _SAMPLE.format(number=number) for number, place in enumerate(self.free)}
        self.planted.write(samples)
        self.site.build()
        self.shown = _shown(self.site.site, samples)
        # As many different texts as naughty ones come, for pages put together what is said alike.
        self.planted.write({place: _SAMPLE.format(number=place.lane) for place in self.free})
        self.site.build()
        self.pages = {path: _makeup(self.site.site / path) for path in _files(self.site.site) if path.endswith(".html")}
        self.formulas = {path: formulas(self.site.site / path) for path in self.shown if path.endswith(".xlsx")}

    def through(self, some: Sequence[Text], result: Result, look: Look | None = None) -> None:
        """So many texts as there are lanes through every field of free text."""
        assert len(some) <= LANES
        cells = {place: some[place.lane].text for place in self.free if place.lane < len(some)}
        left = self._let_through(cells, some, result)
        if left is None:
            return
        try:
            self.site.build()
        except Exception as failure:
            result.lose(f"passed check and stopped the build: {_names(some)}: {failure!r:.600}")
            return
        for line in self._judged(left, some):
            result.lose(line)
        for line in look(self.site.site) if look else ():
            result.lose(f"{_names(some)}: {line}")

    def coded(self, text: Text, result: Result) -> None:
        """One text through every cell that is no free text: each is refused, or what it says is valid."""
        for name in self.planted.rows:
            cells = {place: text.text for place in self.planted.places(free=False) if place[:2] == (name, 2)}
            result.tried += len(cells)
            self._let_pass(cells, text, result)

    def _let_pass(self, cells: dict[Place, str], text: Text, result: Result) -> None:
        for _round in range(_ROUNDS):
            self.planted.write(cells)
            problems = self.planted.errors()
            if not problems:
                return
            for each in problems:
                if why := unclear(each):
                    result.lose(f"{text.kind} {text.text[:40]!a}: {why}")
            named, _stray = self.planted.hit(problems, cells)
            if not named:  # a row elsewhere that pointed here
                return
            cells = {place: value for place, value in cells.items() if place not in named}
        result.lose(f"{text.kind} {text.text[:40]!a}: check finds no end")

    def _let_through(self, cells: dict[Place, str], some: Sequence[Text], result: Result) -> dict[Place, str] | None:
        """The cells that `check` lets pass, the package standing so; None where it tells of something else."""
        result.tried += len(cells)
        for _round in range(_ROUNDS):
            self.planted.write(cells)
            try:
                problems = self.planted.errors()
            except Exception as failure:
                result.lose(f"check itself falls: {_names(some)}: {failure!r:.600}")
                return None
            if not problems:
                return cells
            named, stray = self.planted.hit(problems, cells)
            found = [why for each in problems if (why := unclear(each))]
            found += [f"refused where nothing was written: {each}" for each in stray if not named]
            for line in found:
                result.lose(f"{_names(some)}: {line:.500}")
            if not named:
                return None
            result.refused += len(named)
            cells = {place: value for place, value in cells.items() if place not in named}
        result.lose(f"{_names(some)}: check finds no end")
        return None

    def _judged(self, cells: Mapping[Place, str], some: Sequence[Text]) -> Iterator[str]:
        site = self.site.site
        for path in _files(site):
            try:
                held = _held(site / path)
            except Exception as failure:
                yield f"{path} does not parse: {_names(some)}: {failure!r:.300}"
                continue
            for lane in sorted({place.lane for place in self.shown.get(path, ()) if place in cells}):
                text = some[lane].text
                if not _stands(text, held) and Path(path).suffix not in SHORTENED and not _left_out(path, text):
                    yield f"{path} has lost {some[lane].kind} {some[lane].text[:60]!a}"
            if path.endswith(".html"):
                whole = len(cells) == len(self.free)
                yield from (f"{path}: {_names(some)}: {line}" for line in self._made_up_otherwise(path, whole=whole))
            if path in self.formulas and (new := formulas(site / path) - self.formulas[path]):
                yield f"{path}: {_names(some)} became formulas: {sorted(new)[:3]}"
        for path in sorted(self.shown.keys() - set(_files(site))):
            yield f"{path} is gone: {_names(some)}"

    def _made_up_otherwise(self, path: str, *, whole: bool) -> list[str]:
        """Elements and addresses that the page of plain samples has not; where some cells stayed as they were, only
        those that do something."""
        now, plain = _makeup(self.site.site / path), self.pages.get(path)
        if plain is None:
            return []
        borne = _HARMLESS if not whole or path == _QUALITY else _DRAWN
        more = {tag: count - plain[tag] for tag, count in now.items() if count > plain[tag] and tag not in borne}
        return [f"more elements than the plain page: {more}"] if more else []


def _held(path: Path) -> tuple[set[str], str]:
    """The strings of a file, and all of them in one with every white space as one blank."""
    found = list(texts(path))
    return set(found), " ".join(" ".join(found).split())


def _stands(text: str, held: tuple[set[str], str]) -> bool:
    """Whether a text is there, as it is or with its white space folded; of a long one the beginning is enough."""
    folded = " ".join(text.split())
    return text in held[0] or folded in held[1] or (len(folded) > _LONG and folded[: _LONG // 2] in held[1])


def _left_out(path: str, text: str) -> bool:
    """Whether a card for other sites tells a step by its state, its own words being many or several."""
    return path.startswith("embed/") and (first_part(text) != text or len(text) > LONGEST_STEP)


def _shown(site: Path, samples: Mapping[Place, str]) -> dict[str, set[Place]]:
    """Which file shows which cells."""
    by_text = {text: place for place, text in samples.items()}
    pattern = re.compile(_SAMPLE.format(number=0).replace("000", r"\d{3}"))
    shown: dict[str, set[Place]] = defaultdict(set)
    for path in _files(site):
        found = set(pattern.findall(_held(site / path)[1]))
        shown[path].update(by_text[each] for each in found if each in by_text)
    return {path: places for path, places in shown.items() if places}


def _makeup(path: Path) -> Counter[str]:
    """How many elements of each tag a page has, of attributes that run, and of addresses by scheme."""
    found: Counter[str] = Counter()
    for node in LexborHTMLParser(path.read_text(encoding="utf-8")).css("*"):
        found[node.tag] += 1
        for name, value in node.attributes.items():
            if name.startswith("on") or name in {"style", "srcdoc"}:
                found[f"@{name}"] += 1
            scheme = _SCHEMES.match(value or "") if name in _ADDRESSES else None
            if scheme and scheme[1].lower() not in _SAFE:
                found[f"{name}={scheme[1].lower()}:"] += 1
    return found


def _files(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())


def _names(some: Sequence[Text]) -> str:
    return " | ".join(f"{each.kind} {each.text[:40]!a}" for each in some)
