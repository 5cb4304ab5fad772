"""A state as a file: gets a `State`, gives JSON; gets JSON, gives the `State` back.

The form has a number. A file of another number is refused with its reason instead of being half understood.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from itertools import islice
from json.encoder import encode_basestring
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from build_scripts.publish.item import Item
from build_scripts.publish.state import Head, State

FORM = 1
# Lists that came later: the state of a site made earlier lacks them.
_LATER = ("promises",)
_FIELDS = tuple(field.name for field in fields(Item))
_TEXTS = tuple(field.name for field in fields(Head))
_LISTS = tuple(field.name for field in fields(State) if field.name not in _TEXTS)
_NAMES = tuple(f"{json.dumps(name)}: " for name in _FIELDS)
_VALUES = attrgetter(*_FIELDS)
# The fields in the order of their names.
_BY_NAME = itemgetter(*sorted(range(len(_FIELDS)), key=_FIELDS.__getitem__))
_PLAIN = json.JSONEncoder(ensure_ascii=False)
_AT_ONCE = 1_000


class StateError(ValueError):
    """A file that is no state, or one of another form."""


class Written(NamedTuple):
    """A list of items as JSON: `lines` as the file has it, an item a line, `marked` as the fingerprint is of."""

    lines: bytes
    marked: bytes


def written(items: Iterable[Item]) -> Written:
    """A list of items as JSON, without their empty fields."""
    lines, marked = [], []
    rest = iter(items)
    while some := [_pairs(item) for item in islice(rest, _AT_ONCE)]:
        lines.append(",\n".join(f"{{{', '.join(filter(None, pairs))}}}" for pairs in some).encode())
        marked.append(", ".join(f"{{{', '.join(filter(None, _BY_NAME(pairs)))}}}" for pairs in some).encode())
    return Written(b",\n".join(lines), b", ".join(marked))


def _pairs(item: Item) -> list[str]:
    """Each field of an item as JSON with its name, in order; an empty one as nothing."""
    values = zip(_NAMES, _VALUES(item), strict=True)
    return [name + ("true" if value is True else encode_basestring(value)) if value else "" for name, value in values]


def to_json(state: State) -> bytes:
    """`state` as JSON, one item a line, with its fingerprint; same state, same bytes."""
    return document(state, _lists(state))


def document(head: Head, lists: Mapping[str, Written]) -> bytes:
    """A state as JSON, of its head and its lists by name."""
    whole = {"form": FORM, "fingerprint": _mark(head, lists), **_texts(head)}
    pairs = [f"{json.dumps(name)}: {_PLAIN.encode(value)}".encode() for name, value in whole.items()]
    pairs += [b"".join((b'"', name.encode(), b'": [\n', lists[name].lines, b"\n]")) for name in _LISTS]
    return b"".join((b"{\n", b",\n".join(pairs), b"\n}\n"))


def from_json(data: bytes) -> State:
    """The state in a file.

    Raises:
        StateError: it is no state, or of another form.
    """
    try:
        raw = json.loads(data)
        if raw["form"] != FORM:
            raise StateError(str(raw["form"]))
        values: dict[str, Any] = {name: raw[name] for name in _TEXTS} | {"as_of": date.fromisoformat(raw["as_of"])}
        for name in _LISTS:
            items = raw.get(name, ()) if name in _LATER else raw[name]
            values[name] = tuple(Item(**item) for item in items)
        return State(**values)
    except (ValueError, KeyError, TypeError, AttributeError) as failure:
        raise failure if isinstance(failure, StateError) else StateError(str(failure)) from failure


def fingerprint(state: State) -> str:
    """The SHA-256 over everything the state holds, as JSON with sorted keys."""
    return _mark(state, _lists(state))


def _mark(head: Head, lists: Mapping[str, Written]) -> str:
    digest, texts = hashlib.sha256(), _texts(head)
    for number, name in enumerate(sorted([*texts, *lists])):
        digest.update(f"{', ' if number else '{'}{json.dumps(name)}: ".encode())
        for part in (b"[", lists[name].marked, b"]") if name in lists else (_PLAIN.encode(texts[name]).encode(),):
            digest.update(part)
    digest.update(b"}")
    return digest.hexdigest()


def _texts(head: Head) -> dict[str, str]:
    """The fields of a head by name, its day as JSON has it."""
    return {name: str(getattr(head, name)) for name in _TEXTS}


def _lists(state: State) -> dict[str, Written]:
    return {name: written(getattr(state, name)) for name in _LISTS}
