"""Rules on the members of the descriptor: each of the kind that the Data Package standard and every reader expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from build_scripts.checks.check import Check
from build_scripts.core.records import Severity, Violation
from build_scripts.load import DESCRIPTOR, Place, Tables, violation
from build_scripts.load.violations import shown, visible

_TEXTS = ("$schema", "profile", "id", "name", "title", "description", "homepage", "image", "version", "contract")
_DAYS = ("created",)
_PEOPLE = ("licenses", "contributors", "sources")
_OF_PEOPLE = ("name", "title", "path", "email", "organization", "givenName", "familyName", "version")
_OF_TABLES = ("type", "title", "description", "homepage", "format", "mediatype", "profile")
_ISO_DAY = 10


def members_are_of_their_kind(tables: Tables, _today: date) -> Iterator[Violation]:
    """A text of the descriptor is a text, a list a list; what is left out or null is nothing."""
    yield from _texts(tables.meta, _TEXTS, "")
    for name in _DAYS:
        yield from _day(tables.meta.get(name), name)
    yield from _words(tables.meta.get("keywords"), "keywords")
    yield from _people(tables.meta, "")
    for index, resource in enumerate(tables.meta.get("resources", ())):
        if isinstance(resource, dict):
            where = f"resources[{index}]."
            yield from _texts(resource, _OF_TABLES, where)
            yield from _people(resource, where)
            if not isinstance(resource.get("dialect"), dict | str | None):
                yield _wrong(resource["dialect"], f"{where}dialect", "object")


def _people(holder: Mapping[str, Any], where: str) -> Iterator[Violation]:
    """Licences, contributors and sources: lists of objects that hold texts."""
    for name in _PEOPLE:
        given = holder.get(name)
        if not isinstance(given, list | None):
            yield _wrong(given, f"{where}{name}", "objects")
        for index, each in enumerate(given if isinstance(given, list) else ()):
            path = f"{where}{name}[{index}]"
            if not isinstance(each, dict):
                yield _wrong(each, path, "object")
                continue
            yield from _texts(each, _OF_PEOPLE, f"{path}.")
            yield from _words(each.get("roles"), f"{path}.roles")


def _texts(holder: Mapping[str, Any], names: tuple[str, ...], where: str) -> Iterator[Violation]:
    for name in names:
        given = holder.get(name)
        if not isinstance(given, str | None):
            number = isinstance(given, int | float) and not isinstance(given, bool)
            yield _wrong(given, f"{where}{name}", "quoted" if number else "text")


def _words(given: object, path: str) -> Iterator[Violation]:
    if not isinstance(given, list | None):
        yield _wrong(given, path, "texts")
    for index, each in enumerate(given if isinstance(given, list) else ()):
        if not isinstance(each, str):
            yield _wrong(each, f"{path}[{index}]", "text")


def _day(given: object, path: str) -> Iterator[Violation]:
    if given is None or given == "":
        return
    try:
        date.fromisoformat(given[:_ISO_DAY] if isinstance(given, str) else "")
    except ValueError:
        yield _wrong(given, path, "day")


def _wrong(given: object, path: str, wanted: str) -> Violation:
    found = "true" if given is True else "false" if given is False else str(given)
    return violation("member-kind", Place(DESCRIPTOR), 0, visible(path), found=shown(found), do=f"do_{wanted}")


# A warning: other members still say what they say, and packages with such a slip have been built before.
CHECKS = (Check("member-kind", Severity.WARNING, members_are_of_their_kind),)
