"""What was published stays, and what was promised: a package held against an earlier state of itself.

Gets both as tables of text, gives an error for every row that is gone or reads differently. Honest work stays quiet:
new rows, notes, a gap filled in. Whoever means a change names it (`Accepted`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from build_scripts.core.records import Recorded, Severity, Violation
from build_scripts.core.tables import TABLES, Cell, Table
from build_scripts.load import Place, violation
from build_scripts.load.earlier import Held, Key, Line
from build_scripts.load.violations import shown
from build_scripts.locale import t

# Fields that may be rewritten at any time: they say nothing that was published or promised.
_FREE = {
    "plans": {"summary", "url"},
    "projects": {"order", "objective", "convener", "section", "also_called"},
    "units": {"also_called"},
    "regions": {"adcode", "order", "url", "tile", "also_called"},
    "indicators": {"decimals", "definition", "nature", "additive", "min", "max", "interval_months", "also_called"},
    "targets": {"section", "promise", "quote", "path", "printed_differs", "also_called"},
    "observations": {"printed_differs"},
    "tasks": {"section", "also_called"},
}
# How a promise is changed openly: the row stays as it was, and says until when it held.
_AMENDED = {"valid_from", "withdrawn_on", "replaces"}
_DAYS = ("valid_from", "withdrawn_on")
_TOLD = "amendment-told"
# Tables with days that no bulletin tells of.
_UNTOLD = frozenset({"breakdowns", "official_judgements"})
# Rows count in a bulletin by the day of this column, and by `recorded_on`, which is the same day where it is empty.
_SINCE = {
    name: table.record.DAY
    for name, table in TABLES.items()
    if issubclass(table.record, Recorded) and name not in _UNTOLD
}
_LATE = "late-row-told"
# Tables that say nothing that was published or promised: a plan may come to answer a word.
_LOOSE = frozenset({"unanswered"})
# Names may be put better; that is said, and stops nothing.
_WORDED = {
    "plans": {"title", "short_title"},
    "projects": {"title", "short_title"},
    "units": {"name", "category"},
    "regions": {"name"},
    "indicators": {"name"},
    "targets": {"name"},
    "tasks": {"name"},
}
# What a cell said may be put in other words where another cell of the row keeps it: a translated title.
_KEPT_IN = {("sources", "title"): "original_title"}
# Cells of `progress/` that may not even be filled in later: what a row says would be another thing.
_SAYING = {"value", "obs_status", "yoy", "yoy_real", "planned_date", "due", "target_id", "task_id", "source_id"}


@dataclass(frozen=True, slots=True)
class Accepted:
    """What somebody has named as meant: whole rows (`observations:gdp,city,…`), or one cell as it was."""

    rows: frozenset[str] = frozenset()
    cells: frozenset[tuple[str, str, str]] = frozenset()

    def covers(self, lost: Lost) -> bool:
        """Whether a loss was named; for a bulletin that would read differently nobody can."""
        return lost.problem.code not in {_TOLD, _LATE} and (
            lost.name in self.rows or (lost.name, lost.field, lost.old) in self.cells
        )


@dataclass(frozen=True, slots=True)
class Lost:
    """A row that is gone (no `field`) or a cell that reads differently; `name` is what it is accepted by."""

    name: str
    field: str
    old: str
    problem: Violation


def lost(before: Mapping[str, Held], now: Mapping[str, Held]) -> Iterator[Lost]:
    """Every row and cell of `before` that is not so in `now`; a table that cannot be read is another check's."""
    for name, old in before.items():
        table = TABLES[name]
        new = now.get(name)
        if name in _LOOSE or (new is None and not table.optional):
            continue
        yield from _lost_in(table, old, new or Held(Place(table.path, name), {}))
    yield from _told(before, now)
    yield from _late(before, now)


def _told(before: Mapping[str, Held], now: Mapping[str, Held]) -> Iterator[Lost]:
    """Days of amendments, new ones and changed ones, that lie in the time a bulletin that is out tells of."""
    bulletins = before["bulletins"].lines.values() if "bulletins" in before else ()
    until = max((line.cells.get("as_of", "") for line in bulletins), default="")
    for name in (name for name in now if until and "withdrawn_on" in {column.name for column in TABLES[name].columns}):
        old = before[name].lines if name in before else {}
        for key, line in now[name].lines.items():
            known = old[key].cells if key in old else {}
            for field in _DAYS:
                was, day = known.get(field, ""), line.cells.get(field, "")
                if was != day and "" < min(each for each in (was, day) if each) <= until:
                    facts = {"found": day or was, "until": until, "key": ",".join(key)}
                    problem = violation(_TOLD, now[name].place, line.row, field, facts)
                    yield Lost(f"{name}:{','.join(key)}", field, was, problem)


def _late(before: Mapping[str, Held], now: Mapping[str, Held]) -> Iterator[Lost]:
    """Rows that a bulletin that is out would now tell of, or tell of no more, for the day they were recorded."""
    bulletins = [line.cells for line in before["bulletins"].lines.values()] if "bulletins" in before else []
    for name, since in _SINCE.items() if bulletins else ():
        old = before[name].lines if name in before else {}
        new = now[name].lines if name in now else {}
        gone_keys = old.keys() - new.keys()
        for key, line in new.items():
            known = old[key].cells if key in old else {}
            told = [each for each in bulletins if _tells(each, line.cells, since) != _tells(each, known, since)]
            # What a row that is gone has become is told as that.
            became = told and key not in old and any(len(_apart(key, other)) == 1 for other in gone_keys)
            if told and not became and known.get(since, "") in {"", line.cells[since]}:
                day = line.cells.get("recorded_on", "") or line.cells[since]
                facts = {"found": day, "until": max(each["released"] for each in told), "key": ",".join(key)}
                said = violation(
                    _LATE, now[name].place, line.row, "recorded_on", facts, bulletin=told[0]["bulletin_id"]
                )
                yield Lost(f"{name}:{','.join(key)}", "recorded_on", known.get("recorded_on", ""), said)


def _tells(bulletin: Mapping[str, str], row: Mapping[str, str], since: str) -> bool:
    """Whether a row was out by a bulletin's day, and recorded by its release; days are texts that sort."""
    day = row.get(since, "")
    return "" < day <= bulletin["as_of"] and (row.get("recorded_on", "") or day) <= bulletin["released"]


def refused(found: Iterable[Lost], accepted: Accepted) -> tuple[Violation, ...]:
    """The problems of what nobody has named."""
    return tuple(
        each.problem for each in found if each.problem.severity is Severity.WARNING or not accepted.covers(each)
    )


def named(found: Iterable[Lost], accepted: Accepted) -> tuple[str, ...]:
    """The names of what is lost with somebody's word for it, each once."""
    taken = (each.name for each in found if each.problem.severity is Severity.ERROR and accepted.covers(each))
    return tuple(dict.fromkeys(taken))


def gone(place: Place, key: str, row: int = 0, *, moved: Mapping[str, object] | None = None) -> Lost:
    """A published row that is no longer there; `moved` says which new row it seems to have become."""
    name = f"{place.resource}:{key}"
    code = "published-row-gone" if TABLES[place.resource].folder == "progress" else "promise-gone"
    what = "moved" if moved else "what"
    return Lost(name, "", "", violation(code, place, row, what=what, facts=moved, key=key, accept=name))


def changed(place: Place, key: str, row: int, field: str, old: str, new: str) -> Lost:
    """A published cell that reads differently."""
    name = f"{place.resource}:{key}"
    worded = field in _WORDED.get(place.resource, ())
    promised = TABLES[place.resource].folder == "targets"
    code = "published-reworded" if worded else "promise-changed" if promised else "published-row-changed"
    severity = Severity.WARNING if worded else Severity.ERROR
    facts = {
        "old": shown(old, 80) or t("checks.empty"),
        "new": shown(new, 80) or t("checks.empty"),
        "key": key,
        "accept": name,
    }
    return Lost(name, field, old, violation(code, place, row, field, facts, severity=severity))


def read_accepted(data: bytes) -> frozenset[tuple[str, str, str]]:
    """Cells named in a file: `table,key,field,old`, further columns (who, why) as one likes.

    Raises:
        ValueError: the file is not such a table; the text says in which line.
    """
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    if not {"table", "key", "field", "old"} <= set(reader.fieldnames or ()):
        raise ValueError("1")
    cells = set()
    for line in reader:
        if line["table"] not in TABLES or not line["key"] or None in line.values():
            raise ValueError(str(reader.line_num))
        cells.add((f"{line['table']}:{line['key']}", line["field"], line["old"]))
    return frozenset(cells)


def _lost_in(table: Table, old: Held, new: Held) -> Iterator[Lost]:
    fresh = {key: line for key, line in new.lines.items() if key not in old.lines}
    for key, line in old.lines.items():
        said = ",".join(key)
        if key not in new.lines:
            yield gone(new.place, said, line.row, moved=_moved(table, key, fresh))
            continue
        now = new.lines[key]
        for field, before in line.cells.items():
            after = now.cells.get(field, before)
            kept = now.cells.get(_KEPT_IN.get((table.name, field), ""))
            if kept != before and _differs(table, field, before, after):
                yield changed(new.place, said, now.row, field, before, after)


def _differs(table: Table, field: str, before: str, after: str) -> bool:
    """Whether a cell says another thing than it did, and one that may not change."""
    column = table.column(field)
    if before == after or column is None or field == "note" or field in _AMENDED | _FREE.get(table.name, set()):
        return False
    if table.folder == "progress" and not before and field not in _SAYING:
        return False
    return _value(table, field, before) != _value(table, field, after)


def _value(table: Table, field: str, text: str) -> Cell:
    """What a cell stands for: 160 and 160.0 are one number."""
    column = table.column(field)
    try:
        return column.convert(text) if column else text
    except ValueError:
        return text


def _moved(table: Table, key: Key, fresh: Mapping[Key, Line]) -> Mapping[str, object] | None:
    """The new row that differs from a lost one in a single part of its key."""
    for other, line in fresh.items():
        parts = _apart(key, other)
        if len(parts) == 1 and len(key) > 1:
            (part,) = parts
            return {"row": line.row, "field": table.key[part], "old": key[part], "new": other[part]}
    return None


def _apart(key: Key, other: Key) -> list[int]:
    """The parts in which two keys differ."""
    return [part for part in range(len(key)) if key[part] != other[part]]
