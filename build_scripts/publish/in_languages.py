"""What a publication changes in each language of a site. Gets the new states and the site that is out.

A site in one language is the case of one edition. What was published in one language and now comes in several, or the
other way round, is set against the edition that speaks the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from build_scripts.core.editions import Edition
from build_scripts.publish.compare import Difference, compare
from build_scripts.publish.review import Review, review
from build_scripts.publish.site_state import read_state
from build_scripts.publish.state import STATE_PATH, State
from build_scripts.publish.stored import fingerprint


@dataclass(frozen=True, slots=True)
class Change:
    """What changes in one language: `before` is the site that is out in it, None where there is none."""

    edition: Edition
    difference: Difference
    before: Path | None
    found: Review


def changes(new: Mapping[Edition, State], out: Path | None) -> tuple[Change, ...]:
    """What changes in each language, the first language first; `out` is the site (or the state of one) that is out.

    Raises:
        UsageError: the state of the site that is out cannot be read.
    """
    mark = fingerprint_of(list(new.values()))
    return tuple(_change(edition, state, out, mark, is_first=not at) for at, (edition, state) in enumerate(new.items()))


def fingerprint_of(states: Sequence[State]) -> str:
    """One fingerprint of a site in all its languages; of a site in one, that of its state."""
    marks = [fingerprint(state) for state in states]
    return marks[0] if len(marks) == 1 else hashlib.sha256("\n".join(marks).encode()).hexdigest()


def _change(edition: Edition, state: State, out: Path | None, mark: str, *, is_first: bool) -> Change:
    before = _site_before(edition, out, is_first=is_first) if out else None
    with edition.speaking():
        difference = compare(read_state(before) if before else None, state)
        return Change(edition, difference, before, review(difference, mark))


def _site_before(edition: Edition, out: Path, *, is_first: bool) -> Path | None:
    """Where the edition before lies in what is out; a site in one language is taken for the first language's."""
    if not out.is_dir():
        return out if is_first else None
    places = (out / edition.folder, out / edition.code, *([out] if is_first else []))
    found = next((place for place in places if (place / STATE_PATH).is_file()), None)
    return found or (out if is_first else None)
