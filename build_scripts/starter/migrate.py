"""A package of an earlier contract lifted to the newest: new columns, tables and schemas written out.

Gets a package folder and the engine's own checkout, gives the new bytes of every file that changes and what changed in
words; `write_migration` puts them in place, all or none. Nothing that a package says is changed: columns are added at
the end, and what a default would have meant stands there (`recorded_on` is the day of publication, `kind` a document,
`nature` what the unit says).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from build_scripts.checks import CHECKS, checked
from build_scripts.checks.kinds import nature_of, range_of
from build_scripts.core.errors import DataError, UsageError
from build_scripts.core.records import Indicator, Severity
from build_scripts.core.tables import PERIOD_FIELDS, TABLES, Table
from build_scripts.load import DESCRIPTOR, read_snapshot, take, write_files
from build_scripts.load.snapshot import Snapshot
from build_scripts.locale import t
from build_scripts.starter.resources import schema_of

CONTRACT = "2.0"
_EARLIER = ("", "1.0", "1.1", "1.2")
Row = Mapping[str, str]


def _nature(row: Row) -> str:
    """What the unit says of an indicator's figures; nothing where only an editor knows the bounds."""
    cells = (row.get(name) or "" for name in ("indicator_id", "name", "unit", "definition"))
    identifier, name, unit, definition = cells
    indicator = Indicator(identifier, name, unit, 0, "", "", definition)
    nature = nature_of(indicator)
    bounded = range_of(indicator) == range_of(replace(indicator, nature=nature))
    return nature if bounded else ""


# What an absent column meant, where it is not simply empty.
_MEANT: Mapping[tuple[str, str], Callable[[Row], str]] = {
    ("indicators", "nature"): _nature,
    ("sources", "kind"): lambda _row: "document",
    ("observations", "recorded_on"): lambda row: row.get("pub") or "",
    ("task_events", "recorded_on"): lambda row: row.get("pub") or "",
    ("problem_events", "recorded_on"): lambda row: row.get("pub") or "",
}


@dataclass
class Migration:
    """What lifting a package changes: new bytes by path, and a line for each change.

    `natures`: whether natures of indicators were filled in, which an editor should look through.
    """

    contents: dict[str, bytes] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    natures: bool = False


def migration(package: Path, engine: Path, today: date) -> Migration:
    """What would lift the package in `package` to the newest contract; empty where it is there already.

    Args:
        package: the package's folder.
        engine: the engine's checkout, whose descriptor and schemas state the newest contract.
        today: the real day, for the checks before and after.

    Raises:
        UsageError: the package says it is of a contract nobody knows.
        DataError: the package has errors, which are to be mended first.
    """
    snapshot = take(package)
    checked(read_snapshot(snapshot), today)
    meta: dict[str, Any] = json.loads(snapshot.files[DESCRIPTOR].decode("utf-8-sig"))
    version = str(meta.get("contract") or "")
    if version not in (*_EARLIER, CONTRACT):
        raise UsageError(t("migrate.unknown", found=version, newest=CONTRACT))
    newest = {
        each["name"]: each for each in json.loads((engine / "datapackage" / DESCRIPTOR).read_bytes())["resources"]
    }
    done = Migration()
    before = json.dumps(meta)
    listed = {each.get("name"): each for each in meta["resources"]}
    for table in TABLES.values():
        schema = schema_of(engine, table.name)
        if table.name in listed:
            _columns(done, snapshot, table, listed[table.name], schema)
        elif not table.rare:
            _whole_table(done, meta, newest[table.name], schema)
    if version != CONTRACT:
        meta["contract"] = CONTRACT
        done.lines.append(t("migrate.contract", old=version or "1.x", new=CONTRACT))
    if json.dumps(meta) != before:
        done.contents[DESCRIPTOR] = _json(meta)
    if unanswered := _unanswered(snapshot.with_files(done.contents), today):
        done.lines.append(t("migrate.unanswered", count=unanswered))
    return done


def _unanswered(lifted: Snapshot, today: date) -> int:
    """How many rows break rules that only the newest contract's columns can answer: an editor has to.

    Raises:
        DataError: the lifted package has other errors.
    """
    try:
        checked(read_snapshot(lifted), today)
    except DataError as failure:
        later = {check.code for check in CHECKS if check.since}
        errors = [each for each in failure.problems if each.severity is Severity.ERROR]
        if any(each.code not in later for each in errors):
            raise
        return len(errors)
    return 0


def write_migration(package: Path, done: Migration) -> None:
    """Put the changed files in place, all of them or none.

    Raises:
        DataError: a file cannot be written, or another process holds the package's lock.
    """
    write_files(package, done.contents)


def _columns(
    done: Migration, snapshot: Snapshot, table: Table, resource: dict[str, Any], newest: Mapping[str, Any]
) -> None:
    """Add the optional columns that a listed table lacks: to its file, and to its schema."""
    path = resource["path"]
    old = snapshot.files[path].decode("utf-8-sig")
    header = next(csv.reader(io.StringIO(old, newline="")))
    missing = [column.name for column in table.columns if column.optional and column.name not in header]
    if missing:
        done.natures |= table.name == "indicators" and "nature" in missing
        done.contents[path] = _extended(table.name, old, missing).encode("utf-8")
        done.lines.append(t("migrate.columns", file=path, columns=t("migrate.and").join(missing)))
    schema = resource["schema"]
    inline = isinstance(schema, dict)
    said: dict[str, Any] = schema if inline else json.loads(snapshot.files[schema].decode("utf-8-sig"))
    known = {each["name"] for each in said["fields"]}
    optional = {column.name for column in table.columns if column.optional}
    new = [each for each in newest["fields"] if each["name"] in optional - known]
    loosened = _loosened(said, newest)
    said["fields"] += new
    if (new or loosened) and not inline:
        done.contents[schema] = _json(said)
    file = DESCRIPTOR if inline else schema
    if new:
        done.lines.append(t("migrate.schema", file=file, count=len(new)))
    if loosened:
        done.lines.append(t("migrate.loosened", file=file, columns=t("migrate.and").join(loosened)))


def _loosened(said: dict[str, Any], newest: Mapping[str, Any]) -> list[str]:
    """Let cells be empty, and texts as long, as the newest schema does; gives the columns this concerns."""
    wanted = {each["name"]: each.get("constraints", {}) for each in newest["fields"]}
    found = []
    for each in said["fields"]:
        own, limits = each.get("constraints"), wanted.get(each["name"])
        if not own or limits is None:
            continue
        longest = limits.get("maxLength")
        if own.get("required") and not limits.get("required"):
            del own["required"]
            found.append(each["name"])
        if "maxLength" in own and (longest is None or longest > own["maxLength"]):
            own.pop("maxLength")
            own |= {"maxLength": longest} if longest else {}
            found += [] if each["name"] in found else [each["name"]]
        if each["name"] in PERIOD_FIELDS and own.get("pattern", limits.get("pattern")) != limits.get("pattern"):
            own["pattern"] = limits["pattern"]
            found += [] if each["name"] in found else [each["name"]]
        if not own:
            del each["constraints"]
    return found


def _extended(name: str, old: str, missing: list[str]) -> str:
    """A table's text with columns added at the end of every row; line ends stay as they are."""
    newline = "\r\n" if "\r\n" in old else "\n"
    rows = [row for row in csv.reader(io.StringIO(old, newline="")) if row]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=newline)
    writer.writerow([*rows[0], *missing])
    for cells in rows[1:]:
        row = dict(zip(rows[0], cells, strict=False))
        writer.writerow([*cells, *(_meaning(name, column, row) for column in missing)])
    return out.getvalue()


def _meaning(table: str, column: str, row: Row) -> str:
    meant = _MEANT.get((table, column))
    return meant(row) if meant else ""


def _whole_table(done: Migration, meta: dict[str, Any], resource: Mapping[str, Any], schema: Mapping[str, Any]) -> None:
    """Add an optional table that is not listed: an empty file, its schema, its line in the descriptor."""
    header = ",".join(each["name"] for each in schema["fields"])
    done.contents[resource["path"]] = f"{header}\n".encode()
    done.contents[resource["schema"]] = _json(schema)
    meta["resources"].append(dict(resource))
    done.lines.append(t("migrate.table", file=resource["path"], title=resource["title"]))


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
