"""Problems in words: a code and the facts give a `Violation` whose sentences come from `locale/<lang>/checks.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from build_scripts.core.characters import code_point, kind, without
from build_scripts.core.periods import as_written
from build_scripts.core.records import Severity, Violation
from build_scripts.locale import listed, t
from build_scripts.locale.catalogue import has

# What cannot be seen in a message, made visible.
_SEEN = {"\u3000": "wide_space", "\xa0": "fixed_space", "\t": "tab", "\u200b": "zero_space"}
_BREAKS = {"\n": "⏎", "\r": "⏎"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem stands: the file relative to the package, and the table (resource) it holds."""

    file: str
    resource: str = ""


def violation(  # noqa: PLR0913 - a problem has that many parts
    code: str,
    place: Place,
    row: int = 0,
    field: str = "",
    facts: Mapping[str, object] | None = None,
    *,
    severity: Severity = Severity.ERROR,
    what: str = "what",
    do: str = "do",
    **more: object,
) -> Violation:
    """The problem `code` at `place`, worded with `facts` and whatever else is named.

    `what` and `do` name the sentences to use under `checks.<code>` where a code has several; a hint that the catalogue
    does not hold is left out.
    """
    words = {name: as_written(value) for name, value in {**(facts or {}), **more}.items()}
    hint = f"checks.{code}.{do}"
    return Violation(
        file=place.file,
        row=row,
        code=code,
        field=field,
        message=t(f"checks.{code}.{what}", **words),
        hint=t(hint, **words) if has(hint) else "",
        severity=severity,
        resource=place.resource,
        sentence=what,
        facts=words,
    )


def _visible(char: str) -> str:
    if char in _SEEN:
        return t(f"errors.seen.{_SEEN[char]}")
    return _BREAKS.get(char) or (char if char.isprintable() else f"\\x{ord(char):02x}")


def shown(text: str, limit: int = 40) -> str:
    """A cell's text as a message quotes it: control characters made visible, cut to `limit` characters."""
    visible = "".join(map(_visible, text))
    return visible if len(visible) <= limit else f"{visible[: limit - 1]}…"


def unsafe_characters(place: Place, row: int, field: str, text: str, refused: str) -> Violation:
    """The problem of a string with characters that may not stand in it, each named by its number and kind."""
    points = listed(t("checks.unsafe-character.point", point=code_point(char), kind=_kind(char)) for char in refused)
    meant = shown(without(text, refused).strip())
    do = "do" if meant else "do_delete"
    return violation("unsafe-character", place, row, field, do=do, points=points, meant=meant)


def _kind(char: str) -> str:
    ends = {"\t": "tab", "\n": "line", "\r": "line"}
    return t(f"checks.unsafe-character.{ends.get(char) or kind(char)}")


def visible(name: str) -> str:
    """A name of a member or a setting, with what cannot be seen in it written as code points."""
    return "".join(t("format.negative", number=code_point(char)) if kind(char) else char for char in name)
