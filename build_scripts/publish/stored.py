"""A state as a file: gets a `State`, gives JSON; gets JSON, gives the `State` back.

The form has a number. A file of another number is refused with its reason instead of being half understood.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
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
_LINE = json.JSONEncoder(ensure_ascii=False)


class StateError(ValueError):
    """A file that is no state, or one of another form."""


def to_json(state: State) -> bytes:
    """`state` as JSON, one item a line, with its fingerprint; same state, same bytes."""
    listed = _listed(state)
    head = {"form": FORM, "fingerprint": _fingerprint(state, listed), **_head(state)}
    lines = [f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in head.items()]
    for name, rows in listed.items():
        items = ",\n".join(map(_LINE.encode, rows))
        lines.append(f"{json.dumps(name)}: [\n{items}\n]")
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


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
    """The SHA-256 over everything the state holds."""
    return _fingerprint(state, _listed(state))


def _fingerprint(state: State, listed: Mapping[str, list[dict[str, str]]]) -> str:
    whole = {**_head(state), **listed}
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _head(state: State) -> dict[str, Any]:
    head = {field.name: getattr(state, field.name) for field in fields(State) if field.name not in _LISTS}
    return {**head, "as_of": state.as_of.isoformat()}


def _listed(state: State) -> dict[str, list[dict[str, str]]]:
    """The items of each list, without their empty fields."""
    return {name: [_lean(item) for item in getattr(state, name)] for name in _LISTS}


def _lean(item: Item) -> dict[str, str]:
    return {name: value for name, value in zip(_FIELDS, _VALUES(item), strict=True) if value}
