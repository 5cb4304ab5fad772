"""What the words of a government's lists are called: by its own vocabulary, else by the interface's words."""

from __future__ import annotations

from build_scripts.core.records import Package
from build_scripts.core.vocabulary import PROJECT_KIND, REGION_LEVEL, UNIT_CATEGORY, Role
from build_scripts.locale import inside, t
from build_scripts.locale import listed as listed_words
from build_scripts.locale.catalogue import has

# Where the interface has the words of contract 1.x.
_KEYS = {REGION_LEVEL: "region.level", PROJECT_KIND: "project.kinds", UNIT_CATEGORY: "unit.category"}


def word(package: Package, listed: str, code: str) -> str:
    """What several things of a kind are called, as a heading over them."""
    own = package.lists.word(listed, code)
    return (own.plural or own.label) if own else t(f"{_KEYS[listed]}.{code}")


def own_parts(package: Package) -> str:
    """What the places a government is divided into are called, by its own words; empty where it has those of 1.x."""
    levels = dict.fromkeys(region.level for region in package.places(Role.PART))
    return (
        ""
        if set(levels) <= {Role.PART.value}
        else listed_words(word.label for each in levels if (word := package.lists.word(REGION_LEVEL, each)))
    )


def parts_words(package: Package) -> str:
    """The same, in the interface's words where the government has none of its own."""
    return own_parts(package) or t(f"{_KEYS[REGION_LEVEL]}.{Role.PART}")


def of_places(package: Package, key: str) -> str:
    """The words of this key of the page of all places, for a government with its own words or for any other."""
    own = own_parts(package)
    return t(f"region.own.{key}", parts=own) if own else t(f"region.{key}")


def this_project(package: Package, kind: str) -> str:
    """A project pointed at, as a sentence about it begins."""
    if own := package.lists.word(PROJECT_KIND, kind):
        return t("project.kind.own", kind=inside(own.label))
    return t(f"project.kind.{kind if has(f'project.kind.{kind}') else 'other'}")
