"""Whether `build` has anything to do: asked before any library is brought in, for that alone takes two seconds.

Understands the plain form of the command only; whatever else is asked for goes the long way and is told there what is
wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from build_scripts.cli.clock import today, today_of
from build_scripts.core.settings import ROOT, Settings, site_root
from build_scripts.site.up_to_date import up_to_date

_OPTIONS = ("--package", "--as-of", "--out", "--engine")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def nothing_to_do(arguments: Sequence[str]) -> list[str] | None:
    """What to say where the site is as `build` would make it; None where it must be asked."""
    options = _options(arguments)
    if options is None or options.get("--engine", "pages") != "pages":
        return None
    package = Path(options.get("--package", "datapackage"))
    if not package.is_dir():
        return None
    day = today()
    try:
        root = site_root(package.resolve(), ROOT)
        as_of = date.fromisoformat(options["--as-of"]) if "--as-of" in options else today_of(package)
        out = Path(options["--out"]).resolve() if "--out" in options else root / "build"
    except (ValueError, OSError):  # no day, or nobody knows where we are: the folder we stand in is gone
        return None
    return up_to_date(Settings(root, package.resolve(), as_of, out), day)


def _options(arguments: Sequence[str]) -> dict[str, str] | None:
    """The options of a plain `build`, each once and with its value; None for any other command."""
    parts = [part for each in arguments for part in (each.split("=", 1) if each.startswith("--") else [each])]
    names, values = parts[1::2], parts[2::2]
    if parts[:1] != ["build"] or len(names) != len(values) or len(set(names)) != len(names):
        return None
    found = dict(zip(names, values, strict=True))
    if not set(found) <= set(_OPTIONS):
        return None
    return None if not _DAY.fullmatch(found.get("--as-of", "2000-01-01")) else found
