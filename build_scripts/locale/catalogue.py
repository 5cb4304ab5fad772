"""The catalogue of words: `locale/<language>/<file>.toml`, asked for as `t("file.table.key")`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent
LANGUAGE = "zh"


@cache
def _words(language: str) -> dict[str, str]:
    """Every sentence of one language by its dotted key (`status.label.on_track`)."""
    words: dict[str, str] = {}

    def collect(prefix: str, table: dict[str, Any]) -> None:
        for key, value in table.items():
            if isinstance(value, dict):
                collect(f"{prefix}.{key}", value)
            else:
                words[f"{prefix}.{key}"] = str(value)

    for path in sorted((_FOLDER / language).glob("*.toml")):
        collect(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
    return words


def t(key: str, /, **values: object) -> str:
    """The sentence named `key`, with `{names}` filled in.

    Raises:
        KeyError: the catalogue has no such key, or the sentence needs a value that was not given.
    """
    sentence = _words(LANGUAGE)[key]
    return sentence.format(**values) if values else sentence


def whole() -> str:
    """The whole catalogue as one text, for whatever must be made again when any word changes."""
    return repr(sorted(_words(LANGUAGE).items()))


def has(key: str) -> bool:
    """Whether the catalogue has a sentence of this name."""
    return key in _words(LANGUAGE)


def keys(prefix: str = "") -> list[str]:
    """All keys under `prefix`, in catalogue order."""
    return list(_under(LANGUAGE, prefix))


@cache
def _under(language: str, prefix: str) -> tuple[str, ...]:
    return tuple(key for key in _words(language) if key.startswith(prefix))


def holds(key: str, text: str) -> bool:
    """Whether `text` holds one of the words that the catalogue lists under `key`."""
    return any(word in text for word in t(key).split("、"))
