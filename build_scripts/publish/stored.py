"""A state as a file: gets a `State`, gives JSON; gets JSON, gives the `State` back.

The form has a number. A file of another number is refused with its reason instead of being half understood.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import Any

from build_scripts.publish.item import Item
from build_scripts.publish.state import State

FORM = 1
# Lists that came later: the state of a site made earlier lacks them.
_LATER = ("promises",)
_FIELDS = tuple(field.name for field in fields(Item))
_LISTS = tuple(field.name for field in fields(State) if str(field.type).startswith("tuple"))
_VALUES = attrgetter(*_FIELDS)
_PLAIN, _SORTED = (json.JSONEncoder(ensure_ascii=False, sort_keys=each) for each in (False, True))
_AT_ONCE = 1_000


class StateError(ValueError):
    """A file that is no state, or one of another form."""


def to_json(state: State) -> bytes:
    """`state` as JSON, one item a line, with its fingerprint; same state, same bytes."""
    head = {"form": FORM, "fingerprint": fingerprint(state), **_head(state)}
    out = io.BytesIO()
    lines = [f"{json.dumps(name)}: {_PLAIN.encode(value)}" for name, value in head.items()]
    out.write(("{\n" + ",\n".join(lines)).encode())
    for name in _LISTS:
        out.write(f",\n{json.dumps(name)}: [\n".encode())
        for place, some in enumerate(_some(getattr(state, name))):
            out.write(((",\n" if place else "") + ",\n".join(map(_PLAIN.encode, some))).encode())
        out.write(b"\n]")
    out.write(b"\n}\n")
    return out.getvalue()


def from_json(data: bytes) -> State:
    """The state in a file.

    Raises:
        StateError: it is no state, or of another form.
    """
    try:
        raw = json.loads(data)
        if raw["form"] != FORM:
            raise StateError(str(raw["form"]))
        values: dict[str, Any] = {field.name: raw[field.name] for field in fields(State) if field.name not in _LATER}
        values |= {name: tuple(Item(**item) for item in raw.get(name, ())) for name in _LATER}
        values |= {name: tuple(Item(**item) for item in raw[name]) for name in _LISTS if name not in _LATER}
        return State(**{**values, "as_of": date.fromisoformat(raw["as_of"])})
    except (ValueError, KeyError, TypeError, AttributeError) as failure:
        raise failure if isinstance(failure, StateError) else StateError(str(failure)) from failure


def fingerprint(state: State) -> str:
    """The SHA-256 over everything the state holds, as JSON with sorted keys."""
    head = _head(state)
    digest = hashlib.sha256()
    for number, name in enumerate(sorted([*head, *_LISTS])):
        digest.update(f"{', ' if number else '{'}{json.dumps(name)}: ".encode())
        if name in head:
            digest.update(_SORTED.encode(head[name]).encode())
            continue
        digest.update(b"[")
        for place, some in enumerate(_some(getattr(state, name))):
            digest.update(((", " if place else "") + _SORTED.encode(some)[1:-1]).encode())
        digest.update(b"]")
    digest.update(b"}")
    return digest.hexdigest()


def _head(state: State) -> dict[str, Any]:
    head = {field.name: getattr(state, field.name) for field in fields(State) if field.name not in _LISTS}
    return {**head, "as_of": state.as_of.isoformat()}


def _some(items: Iterable[Item]) -> Iterator[list[dict[str, str]]]:
    """The items without their empty fields, some at a time: a large site's as one text need many times the file."""
    rest = iter(items)
    while some := list(map(_lean, islice(rest, _AT_ONCE))):
        yield some


def _lean(item: Item) -> dict[str, str]:
    return {name: value for name, value in zip(_FIELDS, _VALUES(item), strict=True) if value}
