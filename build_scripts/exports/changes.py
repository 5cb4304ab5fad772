"""A change list for readers and programs. Gets a `ChangeList`, gives Markdown, JSON and the parts of a feed entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby

from build_scripts.exports.formats import to_json
from build_scripts.exports.versions import Change, ChangeList, Kind
from build_scripts.locale import by_semicolon, listed, stop, t

# Python-Markdown knows no backslash before the three characters of HTML.
_MARKDOWN = {ord(char): f"\\{char}" for char in "\\`*_{}[]#!"} | {
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
}
# More rows than this of one table and kind are counted, not listed: a first publication adds every row.
_LISTED = 200


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """What a feed needs of one change list: `identity` never changes for the same pair of versions."""

    identity: str
    title: str
    summary: str
    updated: date


def markdown(changes: ChangeList, day: date, titles: Mapping[str, str]) -> str:
    """The change list as Markdown; `titles` are the tables' titles by name."""
    lines = [f"# {heading(changes)}", "", t("opendata.changes.day", day=day.isoformat()), ""]
    if not changes.changes:
        return "\n".join([*lines, t("opendata.changes.none"), ""])
    lines += [summary(changes, titles), ""]
    if not changes.old:  # in a first version every row is new: listing them all tells nobody anything
        return "\n".join(lines)
    for table, group in groupby(changes.changes, key=lambda change: change.table):
        lines += [f"## {_plain(titles.get(table, table))} {{ #{table.replace('_', '-')} }}", ""]
        lines += [*_listing(tuple(group)), ""]
    return "\n".join(lines)


def heading(changes: ChangeList) -> str:
    """The title of a change list."""
    first = t("opendata.changes.first")
    return t("opendata.changes.title", old=changes.old or first, new=changes.new)


def summary(changes: ChangeList, titles: Mapping[str, str]) -> str:
    """One sentence: how many rows of which table were added, revised, removed."""
    parts = []
    for table in changes.tables:
        counted = [(kind, changes.count(table, kind)) for kind in Kind]
        said = listed(t(f"opendata.changes.count.{kind}", count=count) for kind, count in counted if count)
        parts.append(t("opendata.changes.table", table=titles.get(table, table), counts=said))
    return by_semicolon(parts) + stop() if parts else t("opendata.changes.none")


def _listing(changes: tuple[Change, ...]) -> Iterator[str]:
    for kind in Kind:
        listed = [change for change in changes if change.kind is kind]
        for change in listed[:_LISTED]:
            yield f"- {_line(change)}"
        if len(listed) > _LISTED:
            yield f"- {t('opendata.changes.more', count=len(listed) - _LISTED)}"


def _line(change: Change) -> str:
    empty = t("opendata.changes.empty")
    facts = {"field": change.field, "old": change.old or empty, "new": change.new or empty}
    cleaned = {name: _plain(value) for name, value in facts.items()}
    return t(f"opendata.changes.line.{change.kind}", key=f"`{change.key_text}`", **cleaned)


def _plain(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return " ".join(text.split()).translate(_MARKDOWN)


def as_json(changes: ChangeList, day: date) -> bytes:
    """The change list as JSON: versions, day, counts by table, every change."""
    counts = {table: {kind.value: changes.count(table, kind) for kind in Kind} for table in changes.tables}
    listed = [asdict(change) | {"kind": change.kind.value, "key": list(change.key)} for change in changes.changes]
    return to_json({"old": changes.old, "new": changes.new, "day": day, "counts": counts, "changes": listed})


def feed_entry(changes: ChangeList, day: date, titles: Mapping[str, str], package: str) -> FeedEntry:
    """The entry that a feed of releases has for this change list; `package` is the package's machine name."""
    identity = f"tag:{package},{day.year}:release/{changes.old or 'first'}..{changes.new}"
    return FeedEntry(identity, heading(changes), summary(changes, titles), day)
