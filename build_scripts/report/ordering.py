"""The order of lists: what can be judged, then what has data, then what has data near it, then silence.

Gets entries, gives them ordered; within one rank they keep the package's order.
"""

from __future__ import annotations

from collections.abc import Iterable

from build_scripts.core.method import Family
from build_scripts.report.entries import TargetEntry

JUDGED, DISCLOSED, RELATED, NOTHING = range(4)


def rank(entry: TargetEntry) -> int:
    """How much is known of a target: the smaller, the more."""
    if entry.status.family is not Family.UNJUDGED:
        return JUDGED
    if entry.disclosed:
        return DISCLOSED
    return RELATED if entry.related else NOTHING


def by_knowledge(entries: Iterable[TargetEntry]) -> tuple[TargetEntry, ...]:
    """The entries, those of which most is known first."""
    return tuple(sorted(entries, key=rank))


def nearness(entries: Iterable[TargetEntry]) -> str:
    """Whose data targets have of which something is known: their `own`, that of what is `near` them, or `both`."""
    near = {rank(entry) == RELATED for entry in entries if rank(entry) < NOTHING}
    return "both" if len(near) > 1 else "near" if near == {True} else "own"
