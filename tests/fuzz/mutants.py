"""Single slips of the pen in a package, by class, and honest edits: what a tired clerk does and what a careful one.

Each maker gets a row and a dice, and gives the row as it would then stand, or None where the class does not apply.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

Row = dict[str, str]
Rows = Mapping[str, list[Row]]
Maker = Callable[[Row, random.Random, Rows], Row | None]


@dataclass(frozen=True)
class Slip:
    """A class of harmful edits of one cell of a table."""

    name: str
    table: str
    make: Maker


def _changed(row: Row, **cells: str) -> Row | None:
    new = row | cells
    return new if new != row else None


def times_ten(field: str) -> Maker:
    def make(row: Row, _dice: random.Random, _rows: Rows) -> Row | None:
        text = row[field]
        if not text or float(text) == 0:
            return None
        whole, _, rest = text.partition(".")
        moved = f"{whole}{rest[:1] or '0'}" + (f".{rest[1:]}" if rest[1:] else "")
        return _changed(row, **{field: moved})

    return make


def point_lost(field: str) -> Maker:
    def make(row: Row, _dice: random.Random, _rows: Rows) -> Row | None:
        return _changed(row, **{field: row[field].replace(".", "")}) if "." in row[field] else None

    return make


def sign(field: str) -> Maker:
    def make(row: Row, _dice: random.Random, _rows: Rows) -> Row | None:
        text = row[field]
        if not text or float(text) == 0:
            return None
        return _changed(row, **{field: text.removeprefix("-") if text.startswith("-") else f"-{text}"})

    return make


def digit(field: str) -> Maker:
    def make(row: Row, dice: random.Random, _rows: Rows) -> Row | None:
        places = [at for at, sign_ in enumerate(row[field]) if sign_.isdigit()]
        if not places:
            return None
        at = dice.choice(places)
        other = dice.choice([each for each in "123456789" if each != row[field][at]])
        return _changed(row, **{field: row[field][:at] + other + row[field][at + 1 :]})

    return make


def year(field: str, by: tuple[int, ...] = (-1, 1)) -> Maker:
    def make(row: Row, dice: random.Random, _rows: Rows) -> Row | None:
        if not row[field]:
            return None
        return _changed(row, **{field: f"{int(row[field][:4]) + dice.choice(by)}{row[field][4:]}"})

    return make


def days(field: str, *by: int) -> Maker:
    def make(row: Row, dice: random.Random, _rows: Rows) -> Row | None:
        if not row[field]:
            return None
        return _changed(row, **{field: (date.fromisoformat(row[field]) + timedelta(days=dice.choice(by))).isoformat()})

    return make


def another(field: str, table: str, like: str = "") -> Maker:
    """Another id of a table; with `like`, one whose own `like` is the same."""

    def make(row: Row, dice: random.Random, rows: Rows) -> Row | None:
        if not row[field]:
            return None
        key = next(iter(rows[table][0]))
        own = next((each for each in rows[table] if each[key] == row[field]), None)
        if own is None:
            return None
        others = [each[key] for each in rows[table] if each is not own and (not like or each[like] == own[like])]
        return _changed(row, **{field: dice.choice(others)}) if others else None

    return make


def anothers(field: str) -> Maker:
    """What another row of the table has in the field."""

    def make(row: Row, dice: random.Random, rows: Rows) -> Row | None:
        others = [each[field] for each in rows["sources"] if each[field] and each[field] != row[field]]
        return _changed(row, **{field: dice.choice(others)}) if row[field] else None

    return make


def word(field: str, *words: str) -> Maker:
    def make(row: Row, dice: random.Random, _rows: Rows) -> Row | None:
        return _changed(row, **{field: dice.choice([each for each in words if each != row[field]])})

    return make


def typo(field: str) -> Maker:
    def make(row: Row, dice: random.Random, _rows: Rows) -> Row | None:
        text = row[field]
        pairs = [
            at
            for at in range(len(text) - 1)
            if text[at] != text[at + 1] and text[at].isalpha() and text[at + 1].isalpha()
        ]
        if not pairs:
            return None
        at = dice.choice(pairs)
        return _changed(row, **{field: text[:at] + text[at + 1] + text[at] + text[at + 2 :]})

    return make


def months_of(field: str) -> Maker:
    """Another quarter, another length of an accumulation."""

    def make(row: Row, dice: random.Random, _rows: Rows) -> Row | None:
        step = dice.choice((-1, 1))
        new = re.sub(r"(?<=/P)\d+(?=M)", lambda found: str(max(1, int(found.group()) + step)), row[field])
        new = re.sub(r"(?<=Q)\d", lambda found: str(min(4, max(1, int(found.group()) + step))), new)
        return _changed(row, **{field: new})

    return make


def unit(row: Row, dice: random.Random, _rows: Rows) -> Row | None:
    """A unit of another kind; one word for counting things is as good as another."""
    others = [each for each in ("亿元", "万元", "%", "公里") if each != row["unit"]]
    return row | {"unit": dice.choice(others)} if row["unit"] else None


_STATUSES = tuple("APEBDFMOLNQ")
_COMPARATORS = ("ge", "gt", "le", "lt", "approx", "between")
_KINDS = (
    "level_by", "share_by", "count_by", "cum_flow", "annual_floor", "avg_growth", "multiple_of_base", "rank",
    "envelope", "milestone", "qualitative",
)  # fmt: skip
SLIPS: tuple[Slip, ...] = (
    Slip("value ×10", "observations", times_ten("value")),
    Slip("value, point lost", "observations", point_lost("value")),
    Slip("value, sign", "observations", sign("value")),
    Slip("value, digit", "observations", digit("value")),
    Slip("growth, digit", "observations", digit("yoy")),
    Slip("growth, sign", "observations", sign("yoy")),
    Slip("year", "observations", year("period")),
    Slip("part of the year", "observations", months_of("period")),
    Slip("region", "observations", another("region_id", "regions")),
    Slip("indicator, same unit", "observations", another("indicator_id", "indicators", "unit")),
    Slip("indicator, any", "observations", another("indicator_id", "indicators")),
    Slip("source", "observations", another("source_id", "sources")),
    Slip("status", "observations", word("obs_status", *_STATUSES)),
    Slip("basis typo", "observations", typo("basis")),
    Slip("publication day, ten years", "observations", days("pub", -3652, 3652)),
    Slip("publication day, a month", "observations", days("pub", -31, 31)),
    Slip("target value ×10", "targets", times_ten("value")),
    Slip("target value, digit", "targets", digit("value")),
    Slip("target year", "targets", year("target_period", (-5, -2, -1, 1, 2, 5))),
    Slip("target's first year", "targets", year("period_start")),
    Slip("target day", "targets", days("due", -400, 400)),
    Slip("target comparator", "targets", word("comparator", *_COMPARATORS)),
    Slip("target kind", "targets", word("kind", *_KINDS)),
    Slip("target plan", "targets", another("plan_id", "plans")),
    Slip("target lead", "targets", another("lead_unit_id", "units")),
    Slip("target region", "targets", another("region_id", "regions")),
    Slip("target indicator, same unit", "targets", another("indicator_id", "indicators", "unit")),
    Slip("target unit", "targets", word("unit", "亿元", "万元", "%", "个", "家", "公里")),
    Slip("work's day", "tasks", days("due", -400, 400)),
    Slip("work's lead", "tasks", another("lead_unit_id", "units")),
    Slip("work's plan", "tasks", another("plan_id", "plans")),
    Slip("step's publication day, ten years", "task_events", days("pub", -3652, 3652)),
    Slip("step's day, a year", "task_events", days("date", -365, 365)),
    Slip("step's source", "task_events", another("source_id", "sources")),
    Slip("step's state", "task_events", word("state", "planned", "started", "in_progress", "done", "suspended")),
    Slip("source's day, ten years", "sources", days("published", -3652, 3652)),
    Slip("source's day, a month", "sources", days("published", -31, 31)),
    Slip("source's address is another's", "sources", anothers("url")),
    Slip("indicator's unit", "indicators", unit),
)


# ---- what an editor does on a good day ----


def next_year(row: Row, dice: random.Random, rows: Rows) -> tuple[Row, Row] | None:
    """The next year's figure with its source, as a yearly table grows: a source of its own day, a figure as printed."""
    if not re.fullmatch(r"20\d\d", row["period"]) or not row["value"] or row["printed_differs"]:
        return None
    if any(
        each["indicator_id"] == row["indicator_id"] and each["period"] > row["period"] for each in rows["observations"]
    ):
        return None
    day = date.fromisoformat(row["pub"]) + timedelta(days=365)
    source = next(each for each in rows["sources"] if each["source_id"] == row["source_id"])
    if day > date(2026, 11, 28) or not source["published"]:
        return None
    unit = next(each["unit"] for each in rows["indicators"] if each["indicator_id"] == row["indicator_id"])
    rank = unit == "位"
    value = (
        row["value"] if rank or float(row["value"]) < 5 else str(round(float(row["value"]) * dice.uniform(1.0, 1.09)))
    )
    word = "第" if rank else "下降" if value.startswith("-") else ""
    new_id = re.sub(r"-?20\d{6}", "", row["source_id"]) + "-next"
    title = re.sub(r"20\d\d", lambda found: str(int(found.group()) + 1), source["title"])
    told = {"source_id": new_id, "title": title, "published": day.isoformat(), "url": "", "note": "见报纸第一版"}
    figure = {
        "period": str(int(row["period"]) + 1), "pub": day.isoformat(), "source_id": new_id, "value": value, "yoy": "",
        "yoy_real": "", "figure_as_printed": f"{word}{value.removeprefix('-')}{unit}", "note": row["note"],
    }  # fmt: skip
    return row | figure, source | told


def note_put_better(row: Row, _dice: random.Random, _rows: Rows) -> Row | None:
    return row | {"note": f"{row['note']}；已核对" if row.get("note") else "已核对"}


def promise_put_better(row: Row, _dice: random.Random, _rows: Rows) -> Row | None:
    return row | {"promise": f"{row['promise']}（据规划原文）"} if row.get("promise") else None


def name_put_better(row: Row, _dice: random.Random, _rows: Rows) -> Row | None:
    return row | {"name": f"{row['name']}目标"}


def figure_longer(row: Row, _dice: random.Random, _rows: Rows) -> Row | None:
    return row | {"figure_as_printed": f"…{row['figure_as_printed']}…"} if row["figure_as_printed"] else None


HONEST: tuple[Slip, ...] = (
    Slip("a note put better", "observations", note_put_better),
    Slip("a figure quoted with more around it", "observations", figure_longer),
    Slip("a promise put better", "targets", promise_put_better),
    Slip("a target's name put better", "targets", name_put_better),
    Slip("a note put better (target)", "targets", note_put_better),
    Slip("a work's note put better", "tasks", note_put_better),
    Slip("a source's note put better", "sources", note_put_better),
)
