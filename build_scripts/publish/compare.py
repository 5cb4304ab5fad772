"""What differs between two states: gets the one before (or none) and the new one, gives `Difference`.

Beside what was added and changed it names what should never happen, each apart: rows that were published and are gone
or read differently, bulletins whose page is another one, addresses that no longer lead anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from build_scripts.publish.item import Item
from build_scripts.publish.state import State


@dataclass(frozen=True, slots=True)
class Altered:
    """An item that reads differently: as it was, as it is now."""

    old: Item
    new: Item


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs. `first` when there was no state before: then all of the new one is new."""

    old: State | None
    new: State
    figures_added: tuple[Item, ...]
    figures_revised: tuple[Altered, ...]
    figures_altered: tuple[Altered, ...]
    figures_removed: tuple[Item, ...]
    events_added: tuple[Item, ...]
    events_altered: tuple[Altered, ...]
    events_removed: tuple[Item, ...]
    promises: tuple[Altered, ...]
    statuses: tuple[Altered, ...]
    targets_added: tuple[Item, ...]
    targets_removed: tuple[Item, ...]
    problems_added: tuple[Item, ...]
    problems: tuple[Altered, ...]
    problems_removed: tuple[Item, ...]
    bulletins_added: tuple[Item, ...]
    bulletins_altered: tuple[Item, ...]
    pages_added: tuple[Item, ...]
    pages_altered: tuple[Item, ...]
    pages_removed: tuple[Item, ...]
    files_added: tuple[Item, ...]
    files_altered: tuple[Item, ...]
    files_removed: tuple[Item, ...]

    @property
    def first(self) -> bool:
        """Whether nothing was published before."""
        return self.old is None

    @property
    def look_changed(self) -> bool:
        """Whether theme or settings differ."""
        return self.old is not None and self.old.look != self.new.look

    @property
    def method_changed(self) -> bool:
        """Whether the method's version differs."""
        return self.old is not None and self.old.method != self.new.method

    @property
    def alarming(self) -> bool:
        """Whether something happened that append-only data and lasting addresses rule out."""
        never = (self.figures_altered, self.figures_removed, self.events_altered, self.events_removed)
        gone = (self.targets_removed, self.problems_removed, self.bulletins_altered, self.pages_removed)
        return any(never) or any(gone)


def compare(old: State | None, new: State) -> Difference:
    """`new` set against `old`, in the order of `new` (what is gone: in the order of `old`)."""
    before = old or State(new.as_of, new.method, "", new.look, "")
    figures, revised = _new_figures(before.figures, new.figures)
    bulletin_pages = {f"{item.address}index.md": item for item in before.bulletins}
    pages_altered = [pair.new for pair in _altered(before.pages, new.pages)]
    frozen = tuple(bulletin_pages[page.key] for page in pages_altered if page.key in bulletin_pages)
    return Difference(
        old=old,
        new=new,
        figures_added=figures,
        figures_revised=revised,
        figures_altered=_altered(before.figures, new.figures),
        figures_removed=_missing(before.figures, new.figures),
        events_added=_missing(new.events, before.events),
        events_altered=_altered(before.events, new.events),
        events_removed=_missing(before.events, new.events),
        promises=_altered(before.promises, new.promises),
        statuses=_altered(before.statuses, new.statuses),
        targets_added=_missing(new.statuses, before.statuses),
        targets_removed=_missing(before.statuses, (*new.statuses, *new.promises)),
        problems_added=_missing(new.problems, before.problems),
        problems=_altered(before.problems, new.problems),
        problems_removed=_missing(before.problems, new.problems),
        bulletins_added=_missing(new.bulletins, before.bulletins),
        bulletins_altered=frozen,
        pages_added=_missing(new.pages, before.pages),
        pages_altered=tuple(page for page in pages_altered if page.key not in bulletin_pages),
        pages_removed=_missing(before.pages, new.pages),
        files_added=_missing(new.files, before.files),
        files_altered=tuple(pair.new for pair in _altered(before.files, new.files)),
        files_removed=_missing(before.files, new.files),
    )


def _new_figures(old: Iterable[Item], new: tuple[Item, ...]) -> tuple[tuple[Item, ...], tuple[Altered, ...]]:
    """Figures that are new, and those that say something else about what was already published.

    A figure that stands where another one stood revises it. One published again with the same value, or that does not
    stand (other media, a rounded copy, one found only now), is new as a publication and is listed among the added ones.
    """
    # A state of an earlier version does not say what stands: there the one published last counts.
    stood = {item.group: item for item in old} | {item.group: item for item in old if item.stands}
    known = {item.key for item in old}
    added, revised = [], []
    for item in new:
        if item.key in known:
            continue
        before = stood.get(item.group)
        if item.stands and before and before.value != item.value:
            revised.append(Altered(before, item))
        else:
            added.append(item)
    return tuple(added), tuple(revised)


def _by_key(items: Iterable[Item]) -> Mapping[str, Item]:
    return {item.key: item for item in items}


def _missing(these: Iterable[Item], there: Iterable[Item]) -> tuple[Item, ...]:
    """Items of `these` whose key is not among `there`."""
    known = _by_key(there)
    return tuple(item for item in these if item.key not in known)


def _altered(old: Iterable[Item], new: Iterable[Item]) -> tuple[Altered, ...]:
    """Items in both whose value differs."""
    before = _by_key(old)
    return tuple(
        Altered(before[item.key], item) for item in new if item.key in before and before[item.key].value != item.value
    )
