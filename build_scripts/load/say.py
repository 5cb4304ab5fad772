"""Problems in words: a code and the facts give a `Problem` whose sentences come from `i18n/<lang>/checks.toml`."""

from __future__ import annotations

from dataclasses import dataclass

from build_scripts.model import Problem, Severity
from build_scripts.text import t
from build_scripts.text.catalogue import has


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem stands: the file relative to the package, and the table (resource) it holds."""

    file: str
    resource: str = ""


def problem(
    code: str,
    place: Place,
    row: int = 0,
    field: str = "",
    *,
    severity: Severity = Severity.ERROR,
    what: str = "what",
    do: str = "do",
    **facts: object,
) -> Problem:
    """The problem `code` at `place`, worded with `facts`.

    `what` and `do` name the sentences to use under `checks.<code>` where a code has several; a hint that the catalogue
    does not hold is left out.
    """
    hint = f"checks.{code}.{do}"
    return Problem(
        file=place.file,
        row=row,
        code=code,
        field=field,
        message=t(f"checks.{code}.{what}", **facts),
        hint=t(hint, **facts) if has(hint) else "",
        severity=severity,
        resource=place.resource,
    )


def shown(text: str, limit: int = 40) -> str:
    """A cell's text as a message quotes it: control characters made visible, cut to `limit` characters."""
    visible = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)
    return visible if len(visible) <= limit else f"{visible[: limit - 1]}…"
