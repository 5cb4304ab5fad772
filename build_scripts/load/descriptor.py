"""`datapackage.json` and its Table Schemas, read and checked before any table is opened.

Gets a snapshot, gives `Descriptor` (the metadata and a `Listed` for every table) and the problems. Knows the contract:
a table that is not listed, or a schema that lacks one of its columns, is an error here; whatever a package has beyond
the contract is borne.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import Any

from build_scripts.core.characters import kind, strings, unsafe
from build_scripts.core.records import Severity, Violation
from build_scripts.core.settings import DESCRIPTOR
from build_scripts.core.tables import TABLES
from build_scripts.core.vocabulary import WORDS_IN
from build_scripts.load.snapshot import Snapshot
from build_scripts.load.violations import Place, shown, unsafe_characters, violation, visible
from build_scripts.locale import t

_PLACE = Place(DESCRIPTOR)
_UTF8 = {"utf-8", "utf8", "utf-8-sig"}
# An escape that may stand for a character no string may hold.
_SPELT = re.compile(r"\\[bfnrtu]")


@dataclass(frozen=True, slots=True)
class Listed:
    """A table the descriptor lists: its name, file and Table Schema."""

    name: str
    place: Place
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Descriptor:
    """The package's metadata as read, and its tables in order."""

    meta: Mapping[str, Any]
    tables: tuple[Listed, ...]


def read_descriptor(snapshot: Snapshot) -> tuple[Descriptor | None, list[Violation]]:
    """The descriptor and what is wrong with it; none when it cannot be read at all."""
    if DESCRIPTOR not in snapshot.files:
        return None, [_missing(snapshot)]
    meta, problems = _json_object(_PLACE, snapshot.files[DESCRIPTOR], "descriptor-not-json")
    if meta is None:
        return None, problems
    resources = meta.get("resources")
    if not isinstance(resources, list) or not resources:
        return None, [*problems, violation("descriptor-no-resources", _PLACE, field="resources")]
    tables: list[Listed] = []
    for index, resource in enumerate(resources):
        listed, found = _resource(snapshot, index, resource, {table.name for table in tables})
        problems += found
        if listed:
            tables.append(listed)
    if any(table.name == "vocabulary" for table in tables):
        tables = [_by_vocabulary(table) for table in tables]
    return Descriptor(meta, tuple(tables)), problems + _lacking(resources)


def _missing(snapshot: Snapshot) -> Violation:
    candidates = [name for name in snapshot.names if name.endswith(".json") and "/" not in name]
    near = get_close_matches(DESCRIPTOR, candidates, n=1, cutoff=0.5)
    if DESCRIPTOR in snapshot.unreadable:
        return violation("file-unreadable", _PLACE, reason=snapshot.unreadable[DESCRIPTOR])
    return violation("descriptor-missing", _PLACE, do="do_near" if near else "do", near=near[0] if near else "")


def _json_object(place: Place, data: bytes, code: str) -> tuple[dict[str, Any] | None, list[Violation]]:
    """A JSON object from bytes, or the line and column where it stops being one."""
    try:
        text = data.decode("utf-8-sig")
        twice: list[tuple[str, Any]] = []
        value = json.loads(text, object_pairs_hook=lambda pairs: _object(pairs, twice))
        plain = _is_plain(text)
        problems = [] if plain else _unsafe_strings(place, text, value)
        problems += [_said_twice(place, text, name, given, code) for name, given in twice]
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        return None, [violation(code, place, row, what="what_encoding", do="do_encoding")]
    except json.JSONDecodeError as error:
        return None, [violation(code, place, error.lineno, column=error.colno, reason=_reason(error))]
    except (RecursionError, ValueError):
        return None, [violation(code, place, 1, what="what_object")]
    if not isinstance(value, dict):
        return None, [violation(code, place, 1, what="what_object")]
    if plain:
        return value, problems
    odd = (string for _path, string, _prose in strings(value) if not string.isprintable())
    halves = any(kind(char) == "half" for string in odd for char in string)
    return (None if halves else value), problems  # half a character cannot even be printed


def _object(pairs: list[tuple[str, Any]], twice: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; what stands in it twice is noted, for only the last would be read."""
    value = dict(pairs)
    if len(value) < len(pairs):
        counts = Counter(name for name, _value in pairs)
        twice += [(name, value[name]) for name in value if counts[name] > 1]
    return value


def _said_twice(place: Place, text: str, name: str, value: object, code: str) -> Violation:
    """The problem of a name that stands twice in one object, with its line where there is no doubt which it is."""
    written = re.escape(json.dumps(value, ensure_ascii=False)) if isinstance(value, str | int | float) else r"[\[{]"
    found = list(re.finditer(rf"{re.escape(json.dumps(name, ensure_ascii=False))}\s*:\s*{written}", text))
    row = text.count("\n", 0, found[0].start()) + 1 if len(found) == 1 else 0
    return violation(code, place, row, visible(name), what="what_twice", do="do_twice")


def _is_plain(text: str) -> bool:
    """Whether JSON text neither holds nor spells a character that a string may not hold: most text, told at once."""
    # One by one: `translate` looks at every character and takes thirty times as long.
    between = text.replace("\n", "").replace("\r", "").replace("\t", "")
    return not _SPELT.search(text) and not unsafe(between)


def _unsafe_strings(place: Place, text: str, value: object) -> list[Violation]:
    """A problem for each string of a JSON value that holds characters it may not."""
    problems: dict[tuple[str, str], Violation] = {}
    for path, string, prose in strings(value):
        if refused := unsafe(string, prose=prose):
            named = visible(path)
            found = unsafe_characters(place, _row_of(text, refused[0]), named, string, refused)
            problems.setdefault((named, refused), found)
    return list(problems.values())


def _row_of(text: str, char: str) -> int:
    """The first line of JSON text that holds a character, as itself or escaped."""
    units = char.encode("utf-16-be", "surrogatepass").hex()
    escaped = "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
    places = [at for at in (text.find(char), text.lower().find(escaped)) if at >= 0]
    return text.count("\n", 0, min(places)) + 1 if places else 1


def _reason(error: json.JSONDecodeError) -> str:
    """Python's reason in words, for the mistakes people make."""
    reasons = {
        "Expecting ',' delimiter": "comma",
        "Expecting property name": "name",
        "Expecting value": "value",
        "Expecting ':' delimiter": "colon",
        "Extra data": "extra",
        "Unterminated string": "unterminated",
        "Invalid control character": "control",
        "Invalid \\escape": "escape",
        "Illegal trailing comma": "trailing",
    }
    found = next((key for start, key in reasons.items() if error.msg.startswith(start)), "other")
    return t(f"errors.json.{found}")


def _resource(
    snapshot: Snapshot, index: int, resource: object, known: set[str]
) -> tuple[Listed | None, list[Violation]]:
    """One entry of `resources`; None for what is no table or cannot be used."""
    where = f"resources[{index}]"
    if not isinstance(resource, dict) or not isinstance(resource.get("name"), str) or not resource["name"]:
        return None, [violation("resource-invalid", _PLACE, field=where)]
    name = resource["name"]
    if name in known:
        return None, [violation("resource-duplicate", _PLACE, field=where, name=shown(name))]
    path = resource.get("path")
    if isinstance(path, str) and not _inside(path):
        return None, [violation("resource-path", _PLACE, field=f"{where}.path", name=shown(name), found=shown(path))]
    if name not in TABLES and ("schema" not in resource or not str(path).lower().endswith(".csv")):
        return None, []
    if not isinstance(path, str):
        written = t("errors.load.not_written") if path is None else shown(str(path))
        return None, [violation("resource-path", _PLACE, field=f"{where}.path", name=shown(name), found=written)]
    path = PurePosixPath(path).as_posix()
    problems = []
    encoding = str(resource.get("encoding", "utf-8"))
    if encoding.lower() not in _UTF8:
        problems.append(violation("resource-encoding", _PLACE, field=f"{where}.encoding", found=shown(encoding)))
    schema, found = _schema(snapshot, name, where, resource.get("schema"))
    if schema is None:
        return None, problems + found
    return Listed(name, Place(path, name), schema), problems + found


def _inside(path: str) -> bool:
    """Whether a path stays in the package: relative, without `..`, no address, no drive."""
    return (
        bool(path)
        and "://" not in path
        and ":" not in path[:2]
        and "\\" not in path
        and "\0" not in path
        and (not PurePosixPath(path).is_absolute() and ".." not in PurePosixPath(path).parts)
    )


def _schema(snapshot: Snapshot, name: str, where: str, given: object) -> tuple[dict[str, Any] | None, list[Violation]]:
    """The Table Schema of a resource, inline or in a file, with at least the contract's columns."""
    place, schema = _PLACE, given
    problems: list[Violation] = []
    if isinstance(given, str):
        place = Place(given, name)
        if given in snapshot.unreadable:
            return None, [violation("file-unreadable", place, reason=snapshot.unreadable[given])]
        if not _inside(given) or given not in snapshot.files:
            near = get_close_matches(
                given, [file for file in snapshot.names if file.endswith(".json")], n=1, cutoff=0.9
            )
            do = "do_near" if near else "do"
            facts: dict[str, Any] = {"found": shown(given), "name": name, "near": near[0] if near else ""}
            return None, [violation("schema-missing", _PLACE, field=f"{where}.schema", do=do, facts=facts)]
        schema, problems = _json_object(place, snapshot.files[given], "schema-not-json")
        if schema is None:
            return None, problems
    if not isinstance(schema, dict) or not _fields_are_sound(schema.get("fields")):
        return None, [violation("schema-invalid", place, field="fields", name=name)]
    have = {item["name"] for item in schema["fields"]}
    lacking = (
        [column.name for column in TABLES[name].columns if not (column.optional or column.name in have)]
        if name in TABLES
        else []
    )
    if lacking:
        return None, [violation("schema-field-missing", place, field=field, name=name) for field in lacking]
    return schema, problems


def _by_vocabulary(listed: Listed) -> Listed:
    """A table whose schema names the words of contract 1.x, with the check of them left to the vocabulary."""
    field, _list = WORDS_IN.get(listed.name, ("", ""))
    fields = [_without_enum(item) if item["name"] == field else item for item in listed.schema["fields"]]
    return replace(listed, schema={**listed.schema, "fields": fields}) if field else listed


def _without_enum(item: Mapping[str, Any]) -> Mapping[str, Any]:
    constraints = {key: value for key, value in item.get("constraints", {}).items() if key != "enum"}
    return {**item, "constraints": constraints}


def _fields_are_sound(fields: object) -> bool:
    if not isinstance(fields, list) or not fields:
        return False
    sound = all(
        isinstance(item, dict)
        and isinstance(item.get("name"), str)
        and item["name"]
        and isinstance(item.get("constraints", {}), dict)
        and isinstance(item.get("type", "string"), str)
        and _is_pattern(item.get("constraints", {}).get("pattern", ""))
        for item in fields
    )
    return sound and len({item["name"] for item in fields}) == len(fields)


def _is_pattern(pattern: object) -> bool:
    """Whether a pattern constraint is a regular expression that can be tried."""
    try:
        return isinstance(pattern, str) and bool(re.compile(pattern))
    except (re.error, RecursionError, OverflowError):
        return False


def _lacking(resources: list[Any]) -> list[Violation]:
    """A problem for each table of the contract that the descriptor does not list."""
    names = [resource.get("name") for resource in resources if isinstance(resource, dict)]
    texts = [name for name in names if isinstance(name, str)]
    problems = []
    for name, table in TABLES.items():
        if name in texts or table.optional:
            continue
        strays = [text for text in texts if text not in TABLES]
        near = get_close_matches(name, strays, n=1, cutoff=0.75)
        facts: dict[str, Any] = {"name": name, "path": table.path, "near": near[0] if near else ""}
        problems.append(
            violation("resource-missing", _PLACE, field="resources", do="do_near" if near else "do", facts=facts)
        )
    return problems


def unlisted(snapshot: Snapshot, descriptor: Descriptor) -> list[Violation]:
    """A warning for each CSV or workbook in the package that no resource names: it is not read."""
    used = {table.place.file for table in descriptor.tables}
    for resource in descriptor.meta["resources"]:
        if isinstance(resource, dict):
            path = resource.get("path")
            used |= {path} if isinstance(path, str) else set(map(str, path)) if isinstance(path, list) else set()
    return [
        violation("file-unlisted", Place(visible(name)), severity=Severity.WARNING)
        for name in snapshot.names
        if not name.endswith((".json", ".md")) and name not in used
    ]
