"""What the words of a government's lists are called: by its own vocabulary, else by the interface's words."""

from __future__ import annotations

from build_scripts.core.records import Package
from build_scripts.core.vocabulary import PROJECT_KIND, REGION_LEVEL, UNIT_CATEGORY
from build_scripts.locale import t
from build_scripts.locale.catalogue import has

# Where the interface has the words of contract 1.x.
_KEYS = {REGION_LEVEL: "region.level", PROJECT_KIND: "project.kinds", UNIT_CATEGORY: "unit.category"}


def word(package: Package, listed: str, code: str) -> str:
    """What several things of a kind are called, as a heading over them."""
    own = package.lists.word(listed, code)
    return (own.plural or own.label) if own else t(f"{_KEYS[listed]}.{code}")


def this_project(package: Package, kind: str) -> str:
    """A project pointed at, as a sentence about it begins."""
    known = package.lists.word(PROJECT_KIND, kind) is None and has(f"project.kind.{kind}")
    return t(f"project.kind.{kind if known else 'other'}")
