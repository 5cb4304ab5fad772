"""The header row against the Table Schema: which column is which, and what was meant where a name is wrong.

Gets the header's cells and the schema's fields, gives the position of every field and the problems. A table is read on
when every field can be found with certainty; otherwise only its header is complained about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches

from build_scripts.core.records import Violation
from build_scripts.load.violations import Place, shown, violation


def read_header(
    place: Place, header: Sequence[str], titles: Mapping[str, str], optional: Collection[str] = ()
) -> tuple[dict[str, int] | None, list[Violation]]:
    """The position of every field, and the header's problems; no positions when a column is missing or uncertain.

    Args:
        place: the file.
        header: the cells of row 1 as they stand.
        titles: the schema's fields in order, name → title.
        optional: the fields that a file may lack.
    """
    if not any(cell.strip() for cell in header):
        return None, [violation("header-blank", place, 1)]
    if merged := _merged(place, header, titles):
        return None, merged
    positions: dict[str, int] = {}
    problems: list[Violation] = []
    unknown: list[tuple[int, str]] = []
    for position, cell in enumerate(header):
        name = cell if cell in titles else _meant(cell, titles)
        if name is None:
            unknown.append((position, cell))
        elif name in positions:
            problems.append(violation("header-duplicate", place, 1, name, column=position + 1))
        else:
            positions[name] = position
            if name != cell:
                problems.append(_renamed(place, cell, name))
    problems += _unknown(place, unknown, titles, positions)
    missing = [name for name in titles if name not in positions and name not in optional]
    problems += [violation("header-missing", place, 1, name, title=titles[name]) for name in missing]
    order = sorted(positions, key=positions.__getitem__)
    right_order = [name for name in titles if name in positions]
    if not problems and order != right_order:
        wrong = next(name for name, right in zip(order, right_order, strict=True) if name != right)
        problems.append(violation("header-order", place, 1, wrong, order=",".join(right_order)))
    return (None if missing else positions), problems


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).lower())


def _meant(cell: str, titles: Mapping[str, str]) -> str | None:
    """The field a wrongly written name certainly means: other case, spaces, hyphens, full width, or its title."""
    key = _key(cell)
    if not key:
        return None
    for name, title in titles.items():
        if key in {_key(name), _key(title)}:
            return name
    return None


def _merged(place: Place, header: Sequence[str], titles: Mapping[str, str]) -> list[Violation]:
    """A cell that holds several field names at once."""
    for cell in header:
        words = [word for word in re.split(r"[\s,，;；|/、]+", cell) if word]
        if len(words) > 1 and all(word in titles for word in words):
            return [violation("header-merged", place, 1, words[0], found=shown(cell), count=len(words))]
    return []


def _renamed(place: Place, cell: str, name: str) -> Violation:
    return violation("header-renamed", place, 1, name, found=shown(cell), meant=name)


def _unknown(
    place: Place, unknown: Sequence[tuple[int, str]], titles: Mapping[str, str], positions: dict[str, int]
) -> list[Violation]:
    """Columns the schema does not know; one that is nearly a missing field is taken for it (into `positions`)."""
    problems = []
    for position, cell in unknown:
        missing = [name for name in titles if name not in positions]
        near = get_close_matches(cell.strip().lower(), missing, n=1, cutoff=0.75)
        if near:
            positions[near[0]] = position
            problems.append(_renamed(place, cell, near[0]))
        elif not cell.strip():
            problems.append(violation("header-blank-cell", place, 1, column=position + 1))
        else:
            problems.append(violation("header-extra", place, 1, shown(cell), column=position + 1))
    return problems
