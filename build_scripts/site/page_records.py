"""What a page becomes before the frame is drawn round it, kept by the text it was made from.

A record is found by a key of everything that decides it: the converter's settings and versions, our code, the page's
text, and what each link in it led to. A page that warned is never kept, nor one whose front matter JSON cannot hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_scripts.core.kept import keep, look

# What every link asked for: the address of the page or file, empty where there is none, and nothing is forgotten.
Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Record:
    """A converted page: its HTML, front matter, outline, and what other pages want to know of it."""

    content: str
    meta: dict[str, Any]
    title: str | None
    outline: list[dict[str, Any]]
    anchors: list[str]
    links: dict[str, dict[str, str]]


def settled(settings: object) -> str:
    """Settings as a text to make a key of; what is no plain value counts by its full name, never by its place."""

    def named(value: object) -> str:
        name = getattr(value, "__qualname__", "") or repr(value)
        return f"{getattr(value, '__module__', type(value).__module__)}.{name}"

    return json.dumps(settings, sort_keys=True, ensure_ascii=False, default=named)


class Shelf:
    """Records, and where their links led, in the store of results; what is damaged there is no record."""

    def __init__(self, store: Path) -> None:
        self.store = store

    def record(self, key: str) -> Record | None:
        """The record kept under `key`."""
        held = self._look("pages", key)
        try:
            return Record(**held) if isinstance(held, dict) else None
        except TypeError:
            return None

    def keep(self, key: str, record: Record) -> bool:
        """Keep a record, if JSON gives its front matter back as it is; says whether it did."""
        if repr(json.loads(_text(record.meta))) != repr(record.meta):
            return False
        self._keep("pages", key, {name: getattr(record, name) for name in Record.__slots__})
        return True

    def asked(self, key: str) -> list[str] | None:
        """Which paths the page of `key` leads to, in its own words."""
        held = self._look("page-links", key)
        return held if isinstance(held, list) else None

    def keep_asked(self, key: str, paths: Iterable[str]) -> None:
        """Keep which paths a page leads to."""
        self._keep("page-links", key, sorted(paths))

    def _look(self, kind: str, key: str) -> object:
        data = look(self.store, kind, key)
        return None if data is None else json.loads(data)

    def _keep(self, kind: str, key: str, held: object) -> None:
        keep(self.store, kind, key, _text(held).encode())


def _text(held: object) -> str:
    return json.dumps(held, ensure_ascii=False, default=str)
