"""Exits: what makes going on senseless. Problems found in data are records (`records.Violation`), not exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from build_scripts.core.language import say
from build_scripts.core.records import Violation

_NUMBERED = re.compile(r"^\[Errno \d+\] ([^:]+).*$", re.DOTALL)


def reason_of(failure: OSError) -> str:
    """Why something could not be read or written, in the system's own words; of several files, of the first."""
    first = failure.args[0] if failure.args else None
    if isinstance(first, list) and first and isinstance(first[0], tuple):  # what `shutil` gathers over a folder
        return _NUMBERED.sub(r"\1", str(first[0][-1]))
    return failure.strerror or str(failure)


class BuildError(Exception):
    """A run that cannot go on. `__main__` prints the message and exits with `exit_code`, never with a traceback."""

    exit_code = 1


class UsageError(BuildError):
    """The call itself cannot be carried out: an unknown folder, a date that is not one."""

    exit_code = 2


class DataError(BuildError):
    """The package holds errors, or cannot be read at all; carries every problem found."""

    def __init__(self, problems: Iterable[Violation]) -> None:
        self.problems = tuple(problems)
        super().__init__(say("errors.problems", count=len(self.problems)))


class SiteError(BuildError):
    """Pages could not be rendered, staged or turned into HTML. What was published before stays."""

    exit_code = 3


class ChartError(SiteError):
    """A chart cannot be drawn as it should: an unknown field, a character the shipped font lacks."""
