"""The catalogue of words: `locale/<language>/<file>.toml`, asked for as `t("file.table.key")`.

A value is a sentence; a list of words; or, where a counted thing changes its form, one sentence a form and the name of
what is counted: `{ by = "count", one = "{count} target", other = "{count} targets" }`. Of what has a place in an order,
`nth` stands for `by`: `{ nth = "n", one = "{n}st", two = "{n}nd", few = "{n}rd", other = "{n}th" }`.
`{value:unit}` is a printed number with the value called `unit` as its unit, joined as the language joins the two.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from build_scripts.core.language import Later, known_languages, language

_FOLDER = Path(__file__).parent
_PRINTED = re.compile(r"[^\d.]")
_OF_UNIT = ":unit}"
_WITH_UNIT = re.compile(r"\{(\w+):unit\}")
# How a printed number and its unit are joined, which is said where languages differ in it.
_joined: list[Callable[[str, str], str]] = []
Entry = str | tuple[str, ...] | dict[str, str]


@cache
def _words(code: str) -> dict[str, Entry]:
    """Every entry of one language by its dotted key (`status.label.on_track`)."""
    words: dict[str, Entry] = {}
    for path in sorted((_FOLDER / code).glob("*.toml")):
        words |= _of_file(path)
    return words


def _of_file(path: Path) -> dict[str, Entry]:
    """The entries of one file of a catalogue."""
    words: dict[str, Entry] = {}

    def collect(prefix: str, table: dict[str, Any]) -> None:
        for key, value in table.items():
            if isinstance(value, dict) and not is_plural(value):
                collect(f"{prefix}.{key}", value)
            else:
                words[f"{prefix}.{key}"] = _entry(value)

    collect(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
    return words


@cache
def _of_another(code: str, file: str) -> dict[str, Entry]:
    """The entries of one file of a language that is not in force: of those few are asked for."""
    path = _FOLDER / code / f"{file}.toml"
    return _of_file(path) if path.is_file() else {}


def is_plural(table: dict[str, Any]) -> bool:
    """Whether a table of a catalogue is one sentence in several forms."""
    return (
        "other" in table
        and bool(table.keys() & {"by", "nth"})
        and all(isinstance(value, str) for value in table.values())
    )


def _entry(value: Any) -> Entry:  # noqa: ANN401 - whatever TOML holds
    if isinstance(value, dict):
        return {form: str(words) for form, words in value.items()}
    return tuple(map(str, value)) if isinstance(value, list) else str(value)


def t(key: str, /, **values: object) -> str:
    """The sentence named `key`, with `{names}` filled in.

    Raises:
        KeyError: the catalogue has no such key, or the sentence needs a value that was not given.
    """
    entry = _words(language())[key]
    if isinstance(entry, str):
        return _filled(entry, values) if values else entry
    if isinstance(entry, tuple):
        raise KeyError(f"{key} is a list of words")
    form = ordinal_form(values[entry["nth"]]) if "nth" in entry else plural_form(values[entry["by"]])
    return _filled(entry.get(form, entry["other"]), values)


def join_by(with_unit: Callable[[str, str], str]) -> None:
    """Have numbers and units in sentences joined by this function; whoever has it says so once."""
    _joined[:] = [with_unit]


def _filled(sentence: str, values: dict[str, object]) -> str:
    """A sentence with its names filled in."""
    if _OF_UNIT not in sentence:
        return sentence.format(**values)
    unit, told = str(values["unit"]), dict(values)

    def joined(found: re.Match[str]) -> str:
        name = f"_{found[1]}"
        told[name] = _joined[0](found[1] if found[1].isdigit() else str(values[found[1]]), unit)
        return f"{{{name}}}"

    return _WITH_UNIT.sub(joined, sentence).format(**told)


def later(key: str, /, **values: object) -> Later:
    """As `t`, put into words when it is read; of what goes wrong, since whoever runs us need not read what we write."""
    return Later(t, key, **values)


def words(key: str) -> tuple[str, ...]:
    """The words listed under `key`.

    Raises:
        KeyError: the catalogue has no such list.
    """
    entry = _words(language())[key]
    if not isinstance(entry, tuple):
        raise KeyError(f"{key} is no list of words")
    return entry


def said_in(code: str, key: str, /, **values: object) -> str:
    """The sentence named `key` as this language has it; one form of it."""
    return str(_words(code)[key]).format(**values)


def plural_form(counted: object) -> str:
    """The form a language gives to what is counted (`one`, `few`, `other`), by CLDR; numbers may be printed."""
    exact = _exact(counted)
    return "other" if exact is None else _form(language(), exact, "plural_form")


def ordinal_form(counted: object) -> str:
    """The form a language gives to a place in an order (`one` for 1st), by CLDR."""
    exact = _exact(counted)
    return "other" if exact is None else _form(language(), exact, "ordinal_form")


def _exact(counted: object) -> Decimal | None:
    """A number, which may be printed; None where it is none."""
    try:
        return Decimal(str(counted)) if not isinstance(counted, str) else Decimal(_PRINTED.sub("", counted))
    except InvalidOperation:
        return None


@cache
def _form(code: str, exact: Decimal, kind: str) -> str:
    return str(getattr(cldr(code), kind)(exact))


@cache
def cldr(code: str) -> Any:  # noqa: ANN401 - a Babel `Locale`, brought in only where a language needs it
    """What CLDR knows of a language: its `Locale` by the name in `format.cldr`."""
    return import_module("babel").Locale.parse(_words(code)["format.cldr"])


def whole() -> str:
    """The whole catalogue as one text, for whatever must be made again when any word changes."""
    return repr(sorted(_words(language()).items()))


def has(key: str) -> bool:
    """Whether the catalogue has an entry of this name."""
    return key in _words(language())


def keys(prefix: str = "") -> list[str]:
    """All keys under `prefix`, in catalogue order."""
    return list(_under(language(), prefix))


@cache
def _under(code: str, prefix: str) -> tuple[str, ...]:
    return tuple(key for key in _words(code) if key.startswith(prefix))


@cache
def read_words(key: str) -> tuple[str, ...]:
    """The words listed under `key` in any language, for what is read: a package need not speak as its site does."""
    others = (_of_another(code, key.partition(".")[0]) for code in known_languages() if code != language())
    found = (words.get(key, ()) for words in (_words(language()), *others))
    return tuple(dict.fromkeys(word for listed in found if isinstance(listed, tuple) for word in listed))


def holds(key: str, text: str) -> bool:
    """Whether `text` holds one of the words that the catalogues list under `key`."""
    return any(word in text for word in read_words(key))
