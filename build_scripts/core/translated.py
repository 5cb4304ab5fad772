"""A package in another of its languages: every text that has a translation says it, all others stay as they are.

Gets a package and a language, gives the package to show. What is published as data is the package's own (`own`).
A text of the descriptor is named by the way to it, its parts joined by dots: `contributors.0.title`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from build_scripts.core.beside import DESCRIPTOR_TABLE, KEY_JOINER
from build_scripts.core.government import MEMBER, REQUEST, REQUEST_TEXTS, government
from build_scripts.core.records import Package, Translation
from build_scripts.core.tables import TABLES

_LIST_JOINER = ";"
_WAY = "."
# What of the descriptor readers see; the rest are names and numbers.
_TEXTS, _LISTS = ("title", "description"), ("contributors", "licenses", "sources")
Texts = dict[str, str]


def translated(package: Package, code: str) -> Package:
    """`package` in the language of this code; itself where that is its own, or where it has no word of it."""
    found: dict[str, dict[str, Texts]] = defaultdict(lambda: defaultdict(dict))
    for each in package.translations:
        if _is(each, code):
            found[each.table][each.key][each.field] = each.text
    if not found or package.government.language.partition("-")[0] == code:
        return package
    rows: dict[str, Any] = {
        name: _rows(getattr(package, name), name, found[name]) for name in found.keys() & TABLES.keys()
    }
    withdrawn = _rows(package.withdrawn, "targets", found.get("targets", {}))
    ended = _rows(package.ended_tasks, "tasks", found.get("tasks", {}))
    meta = _descriptor(package.meta, found.get(DESCRIPTOR_TABLE, {}).get(DESCRIPTOR_TABLE, {}))
    return replace(package, **rows, withdrawn=withdrawn, ended_tasks=ended, meta=meta, own=package)


def _is(each: Translation, code: str) -> bool:
    return code in (each.lang, each.lang.partition("-")[0])


def _rows(rows: tuple[Any, ...], name: str, found: dict[str, Texts]) -> tuple[Any, ...]:
    """The rows of a table with the texts found for them."""
    columns = TABLES[name].key
    return tuple(_row(row, found.get(KEY_JOINER.join(str(getattr(row, column)) for column in columns))) for row in rows)


def _row(row: Any, texts: Texts | None) -> Any:  # noqa: ANN401 - a record of any table
    if not texts:
        return row
    return replace(row, **{field: _value(getattr(row, field), text) for field, text in texts.items()})


def _value(own: object, text: str) -> object:
    """A text as the field holds it: one text, or a list of them."""
    return tuple(text.split(_LIST_JOINER)) if isinstance(own, tuple) else text


def descriptor_texts(meta: Mapping[str, Any]) -> Iterator[str]:
    """The ways to the texts of a descriptor that can be translated; of a request, all, for they have defaults."""
    yield from (name for name in _TEXTS if isinstance(meta.get(name), str))
    yield from (f"keywords{_WAY}{place}" for place, _word in enumerate(_list(meta.get("keywords"))))
    for name in _LISTS:
        for place, each in enumerate(_list(meta.get(name))):
            if isinstance(each, dict) and isinstance(each.get("title"), str):
                yield _WAY.join((name, str(place), "title"))
    if government(meta).information_request is not None:
        yield from (_WAY.join((MEMBER, REQUEST, name)) for name in REQUEST_TEXTS)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _descriptor(meta: Mapping[str, Any], texts: Texts) -> Mapping[str, Any]:
    """The descriptor with the texts found for it."""
    said = deepcopy(dict(meta))
    for way in set(descriptor_texts(meta)) & texts.keys():
        *above, last = way.split(_WAY)
        place: Any = said
        for part in above:
            place = place[int(part)] if isinstance(place, list) else place.setdefault(part, {})
        place[int(last) if isinstance(place, list) else last] = texts[way]
    return said
