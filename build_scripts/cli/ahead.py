"""A day of data that is still to come: whoever rehearses one is told so, and nothing is let out as of it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from build_scripts.cli.clock import today, today_of
from build_scripts.core.errors import UsageError
from build_scripts.core.settings import Settings
from build_scripts.locale import day, t


def today_at_most(package_dir: Path) -> date:
    """Today, where it comes first: in the plans' own time zone or in the package's."""
    return max(today(), today_of(package_dir))


def ahead(chosen: Settings) -> str:
    """The line about a day of data still to come; empty where it is not."""
    now = today_at_most(chosen.package_dir)
    return t("cli.said.ahead", day=day(chosen.as_of), today=day(now)) if chosen.as_of > now else ""


def say_ahead(chosen: Settings) -> None:
    """Say it beside results that go to standard output."""
    if line := ahead(chosen):
        sys.stderr.write(f"{line}\n")


def refuse_ahead(as_of: date, package_dir: Path, key: str) -> None:
    """Let nothing out as of a day that is still to come.

    Raises:
        UsageError: it is still to come; `key` says what to do.
    """
    now = today_at_most(package_dir)
    if as_of > now:
        raise UsageError(t(key, day=day(as_of), today=day(now)))
