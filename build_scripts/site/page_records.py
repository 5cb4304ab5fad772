"""What a page becomes before the frame is drawn round it, kept by the text it was made from.

A record is found by a key of everything that decides it: the converter's settings and versions, our code, the page's
text, and what each link in it led to. A page that warned is never kept, nor one whose front matter JSON cannot hold.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from build_scripts.core.kept import keep, look

# What every link asked for: the address of the page or file, empty where there is none, and nothing is forgotten.
Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Record:
    """A converted page: its HTML, front matter, outline, and what other pages and the search want to know of it."""

    content: str
    meta: dict[str, Any]
    title: str | None
    outline: list[dict[str, Any]]
    anchors: list[str]
    links: dict[str, dict[str, str]]
    search: str


def digest(*parts: str | bytes) -> str:
    """One key of several texts; equal keys only for equal texts in the same order."""
    found = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode()
        found.update(b"%d:" % len(data))
        found.update(data)
    return found.hexdigest()


def settled(settings: object) -> str:
    """Settings as a text to make a key of; what is no plain value counts by its full name, never by its place."""

    def named(value: object) -> str:
        name = getattr(value, "__qualname__", "") or repr(value)
        return f"{getattr(value, '__module__', type(value).__module__)}.{name}"

    return json.dumps(settings, sort_keys=True, ensure_ascii=False, default=named)


class Shelf:
    """Records and cut words in a folder, kept as all results are: one that is damaged or of another key is none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def record(self, key: str) -> Record | None:
        """The record kept under `key`."""
        held = self._load(key)
        try:
            return Record(**held) if isinstance(held, dict) else None
        except TypeError:
            return None

    def keep(self, key: str, record: Record) -> bool:
        """Keep a record, if JSON gives it back as it is; says whether it did."""
        held = asdict(record)
        text = json.dumps(held, ensure_ascii=False, default=str)
        if repr(json.loads(text)) != repr(held):
            return False
        self._save(key, text)
        return True

    def asked(self, key: str) -> list[str] | None:
        """Which paths the page of `key` leads to, in its own words."""
        held = self._load(digest("asked", key))
        return held if isinstance(held, list) else None

    def keep_asked(self, key: str, paths: Iterable[str]) -> None:
        """Keep which paths a page leads to."""
        self._save(digest("asked", key), json.dumps(sorted(paths), ensure_ascii=False))

    def words(self, key: str) -> dict[str, str]:
        """The runs of Chinese cut so far."""
        held = self._load(digest("words", key))
        return held if isinstance(held, dict) else {}

    def keep_words(self, key: str, words: Mapping[str, str]) -> None:
        """Keep the runs of Chinese cut so far."""
        self._save(digest("words", key), json.dumps(dict(sorted(words.items())), ensure_ascii=False))

    def _load(self, key: str) -> object:
        data = look(self.folder, key[:2], key[2:])
        return None if data is None else json.loads(data)

    def _save(self, key: str, text: str) -> None:
        keep(self.folder, key[:2], key[2:], text.encode())
