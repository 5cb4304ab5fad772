"""A difference in words, for the person who lets a site out. Gets a `Difference`, gives `Review`: text, no marks.

The same review is printed, written as Markdown and HTML, and published beside the site it was made for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from build_scripts.locale import colon, day, listed, t
from build_scripts.publish.compare import Altered, Difference
from build_scripts.publish.item import Item

# Pages and files beyond this many of one folder are counted, not listed.
LISTED = 40
_FIRST = frozenset({"promises"})
# What stands beside a change, where it is not its source or reason.
_ABOUT = {
    "pages_added": "path",
    "pages_altered": "path",
    "pages_removed": "path",
    "files": "files",
    "problems": "owner",
    "promises": "plan",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One change: what, how it was (empty where it is new), how it is (empty where it is gone), and why or whence."""

    what: str
    old: str
    new: str
    about: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Changes of one kind; `about` names what the last column holds, `rest` says how many more there are than lines."""

    key: str
    title: str
    count: int
    lines: tuple[Line, ...]
    about: str
    alarming: bool = False
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """Everything a publication would change, in words."""

    title: str
    lead: str
    summary: str
    remarks: tuple[str, ...]
    sections: tuple[Section, ...]
    fingerprint: str

    @property
    def first(self) -> tuple[Section, ...]:
        """What stands before everything, the counts too: changes of what was promised."""
        return tuple(section for section in self.sections if section.key in _FIRST)

    @property
    def others(self) -> tuple[Section, ...]:
        """The sections that stand after the counts."""
        return tuple(section for section in self.sections if section.key not in _FIRST)


def review(difference: Difference, fingerprint: str) -> Review:
    """`difference` in words. A first publication is told by its counts; nothing in it is a change yet."""
    new, old = difference.new, difference.old
    facts = {"day": day(new.as_of), "method": new.method, "before": day(old.as_of) if old else ""}
    return Review(
        title=t("preview.title"),
        lead=t("preview.lead_first" if difference.first else "preview.lead", **facts),
        summary=summary_line(difference),
        remarks=tuple(_remarks(difference)),
        sections=tuple(_sections(difference)),
        fingerprint=fingerprint,
    )


def summary_line(difference: Difference) -> str:
    """The counts in one sentence."""
    if difference.first:
        new = difference.new
        counts = {"figures": len(new.figures), "events": len(new.events), "targets": len(new.statuses)}
        return t("preview.summary_first", pages=len(new.pages), **counts)
    counted = [
        (t(f"preview.counted.{key}", count=count))
        for key, count in (
            ("promises", len(difference.promises)),
            ("figures_added", len(difference.figures_added)),
            ("figures_revised", len(difference.figures_revised)),
            ("events_added", len(difference.events_added)),
            ("statuses", len(difference.statuses)),
            ("problems", len(difference.problems_added) + len(difference.problems)),
            ("bulletins_added", len(difference.bulletins_added)),
            ("pages_added", len(difference.pages_added)),
            ("pages_altered", len(difference.pages_altered)),
            ("pages_removed", len(difference.pages_removed)),
        )
        if count
    ]
    return t("preview.summary", counts=listed(counted)) if counted else t("preview.nothing")


def _remarks(difference: Difference) -> Iterator[str]:
    if difference.promises:
        yield t("preview.remark.promises", count=len(difference.promises))
    if difference.alarming:
        yield t("preview.remark.alarming")
    if difference.method_changed and difference.old:
        yield t("preview.remark.method", old=difference.old.method, new=difference.new.method)
    if difference.look_changed:
        yield t("preview.remark.look")
    if difference.old and difference.old.as_of > difference.new.as_of:
        yield t("preview.remark.backwards", old=day(difference.old.as_of), new=day(difference.new.as_of))


def _sections(difference: Difference) -> Iterator[Section]:
    d = difference
    yield from _section("promises", map(_promise, d.promises))
    yield from _section("figures_removed", map(_gone, d.figures_removed), alarming=True)
    yield from _section("figures_altered", map(_pair, d.figures_altered), alarming=True)
    yield from _section("events_removed", map(_gone, d.events_removed), alarming=True)
    yield from _section("events_altered", map(_said_anew, d.events_altered), alarming=True)
    yield from _section("bulletins_altered", map(_bare, d.bulletins_altered), alarming=True)
    yield from _section("targets_removed", map(_gone, d.targets_removed), alarming=True)
    yield from _section("problems_removed", map(_gone, d.problems_removed), alarming=True)
    yield from _section("pages_removed", map(_path, d.pages_removed), alarming=True)
    if d.first:
        return
    yield from _section("statuses", map(_pair, d.statuses))
    yield from _section("figures_revised", map(_pair, d.figures_revised))
    yield from _section("figures_added", map(_added, d.figures_added))
    yield from _section("events_added", map(_added, d.events_added))
    yield from _section("problems", map(_pair, d.problems))
    yield from _section("problems_added", map(_state, d.problems_added))
    yield from _section("targets_added", map(_state, d.targets_added))
    yield from _section("bulletins_added", map(_bare, d.bulletins_added))
    yield from _section("pages_added", map(_path, d.pages_added), limit=LISTED)
    yield from _section("pages_altered", map(_path, _spread(d.pages_altered)), limit=LISTED)
    files = (*d.files_added, *d.files_altered, *d.files_removed)
    yield from _section("files", _folders(files), count=len(files))


def _section(
    key: str, lines: Iterable[Line], *, alarming: bool = False, limit: int | None = None, count: int | None = None
) -> Iterator[Section]:
    """A section, unless there is nothing to put into it; `count` where a line stands for several changes."""
    all_lines = tuple(lines)
    if all_lines:
        shown = all_lines[:limit]
        left = len(all_lines) - len(shown)
        rest = t("preview.rest", count=left) if left else ""
        about = t(f"preview.column.{_ABOUT.get(key, 'about')}")
        yield Section(key, t(f"preview.heading.{key}"), count or len(all_lines), shown, about, alarming, rest)


def _pair(pair: Altered) -> Line:
    name = pair.new.words.partition(colon())[0] if pair.new.group.count("|") else pair.new.words
    return Line(name, pair.old.value, pair.new.value, pair.new.about, pair.new.address)


def _promise(pair: Altered) -> Line:
    return Line(pair.old.words, pair.old.value, pair.new.value, pair.new.about, pair.new.address)


def _said_anew(pair: Altered) -> Line:
    return Line(pair.new.words, pair.old.words, pair.new.words, pair.new.about, pair.new.address)


def _added(item: Item) -> Line:
    return Line(item.words, "", "", item.about, item.address)


def _gone(item: Item) -> Line:
    return Line(item.words, item.value, "", item.about, item.address)


def _state(item: Item) -> Line:
    return Line(item.words, "", item.value, item.about, item.address)


def _bare(item: Item) -> Line:
    return Line(item.words, "", "", "", item.address)


def _path(item: Item) -> Line:
    return Line(item.words, "", "", f"/{item.address}", item.address)


def _folders(files: Iterable[Item]) -> Iterator[Line]:
    """Files by the folder they lie in, with how many there are in each."""
    for folder, count in sorted(Counter(f"/{item.key}".rpartition("/")[0] for item in files).items()):
        yield Line(f"{folder}/", "", "", t("preview.files", count=count))


def _spread(pages: tuple[Item, ...]) -> list[Item]:
    """Pages with a few of every kind first, so that a long list still shows each kind that changed."""
    seen: Counter[str] = Counter()
    ranked = []
    for page in pages:
        kind = page.key.partition("/")[0]
        ranked.append((seen[kind], page))
        seen[kind] += 1
    return [page for _rank, page in sorted(ranked, key=lambda each: each[0])]
