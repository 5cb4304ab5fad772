"""Test vectors: a row of text cells becomes the inputs of one assessment, and an assessment a row of text cells.

Gets rows as `csv.DictReader` gives them, gives `(TargetInputs, as_of)`; whatever cannot be read is a `BadCellError`
with the column and what was found, so that whoever prints can say it in words.
Source: assessment method §11 (columns of the vectors).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from build_scripts.assess.engine import GROUP_KINDS, KINDS
from build_scripts.assess.inputs import Event, GroupFigures, GroupItem, TargetInputs, Variant
from build_scripts.core.method import DIRECTIONS, TASK_STATES, Assessment, Grade, Status
from build_scripts.core.numbers import is_figure
from build_scripts.core.periods import parse_period
from build_scripts.core.series import MAIN_BASIS, Obs

INPUT_COLUMNS = (
    "vector_id", "kind", "kind_inner", "direction", "comparator", "target_value", "target_value_high", "unit",
    "base_period", "base_value", "base_basis", "target_period", "period_start", "as_of", "observations_json",
    "options_json",
)  # fmt: skip
OUTPUT_COLUMNS = (
    "vector_id", "status", "reason", "method", "progress_pct", "time_pct", "gap_pp", "ratio", "attainment_pct",
    "derived", "flags", "grade",
)  # fmt: skip
_COMPARATORS = ("ge", "gt", "le", "lt", "between", "approx", "none", "event")
_OBS_STATUSES = tuple("APEBDFMOLNQ")


class BadCellError(ValueError):
    """A cell that cannot be read: its column, what kind of thing was wanted, and what was found."""

    def __init__(self, column: str, wanted: str, found: str) -> None:
        self.column = column
        self.wanted = wanted
        self.found = found
        super().__init__(f"{column}: {wanted}: {found}")


def read_row(row: Mapping[str, Any]) -> tuple[TargetInputs, date]:
    """The inputs and the day of one row.

    Raises:
        BadCellError: the first cell that cannot be read.
    """
    kind = _one_of("kind", _cell(row, "kind"), (*KINDS, *GROUP_KINDS))
    options = _object("options_json", _json("options_json", _cell(row, "options_json"), {}))
    listed = _list("observations_json", _json("observations_json", _cell(row, "observations_json"), []))
    is_events = kind == "milestone"
    if kind == "annual_task":  # only a dated trace is one (§4.3)
        listed = [each for each in listed if not isinstance(each, dict) or each.get("pub")]
    inputs = TargetInputs(
        kind=kind,
        kind_inner=_one_of("kind_inner", _cell(row, "kind_inner"), ("", *KINDS)),
        direction=_one_of("direction", _cell(row, "direction") or "none", DIRECTIONS),
        comparator=_one_of("comparator", _cell(row, "comparator") or "none", _COMPARATORS),
        value=_decimal("target_value", _cell(row, "target_value")),
        value_high=_decimal("target_value_high", _cell(row, "target_value_high")),
        unit=_cell(row, "unit"),
        base_period=_period("base_period", _cell(row, "base_period")),
        base_value=_decimal("base_value", _cell(row, "base_value")),
        base_basis=_cell(row, "base_basis") or MAIN_BASIS,
        target_period=_period("target_period", _cell(row, "target_period")),
        period_start=_period("period_start", _cell(row, "period_start")),
        observations=() if is_events else _observations("observations_json", listed),
        events=_events("observations_json", listed) if is_events else (),
        target_id=_cell(row, "vector_id"),
        **_options(options, {"base": _cell(row, "base_value"), "obs": listed}, is_events=is_events),
    )
    as_of = _day("as_of", _cell(row, "as_of"))
    if as_of is None:
        raise BadCellError("as_of", "day", "")
    return inputs, as_of


def write_row(vector_id: str, verdict: Assessment) -> dict[str, str]:
    """An assessment as the text cells of `OUTPUT_COLUMNS`."""
    return {"vector_id": vector_id, **verdict_cells(verdict)}


def verdict_cells(verdict: Assessment) -> dict[str, str]:
    """An assessment as text cells; a null is an empty cell."""
    return {
        "status": verdict.status.value,
        "reason": verdict.reason.value if verdict.reason else "",
        "method": verdict.method or "",
        "progress_pct": number_text(verdict.progress_pct),
        "time_pct": number_text(verdict.time_pct),
        "gap_pp": number_text(verdict.gap_pp),
        "ratio": number_text(verdict.ratio),
        "attainment_pct": number_text(verdict.attainment_pct),
        "derived": number_text(verdict.derived),
        "flags": ";".join(verdict.flags),
        "grade": verdict.grade.value if verdict.grade else "",
    }


def number_text(value: Decimal | None) -> str:
    """`7.02`, `60.0`, `0.6`: as short as exact, with one decimal at least where decimals were meant; days are whole."""
    if value is None:
        return ""
    text = f"{value:f}"
    if "." not in text:
        return text
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals.rstrip('0') or '0'}"


def _options(options: Mapping[str, Any], given: Mapping[str, Any], *, is_events: bool) -> dict[str, Any]:
    """The fields that the vectors keep in `options_json`; a variant keeps what is `given` and it does not replace."""
    column = "options_json"
    figures = any(key in options for key in ("official", "members", "num", "den", "o"))
    peers = _decimal(column, options.get("peers"))
    return {
        "path": _one_of(column, options.get("path") or "", ("", "linear", "log")),
        "monotone": _bool(column, options.get("monotone")),
        "flow": bool(_bool(column, options.get("flow"))),
        "frequency": _one_of(column, options.get("freq") or "A", ("A", "Q", "M")),
        "base_grade": Grade(_one_of(column, options.get("base_grade") or "A", ("A", "B", "C"))),
        "base_pending": bool(_bool(column, options.get("base_pending"))),
        "peers": int(peers) if peers is not None else None,
        "due": _day(column, options.get("due")),
        "reference": _observations(column, _list(column, options.get("ref") or [])),
        "variants": tuple(
            _variant({**given, **_object(column, each)}, is_events=is_events)
            for each in _list(column, options.get("variants") or [])
        ),
        "items": tuple(_item(each) for each in _list(column, options.get("items") or [])),
        "group": _group(options) if figures else None,
    }


def _variant(found: Mapping[str, Any], *, is_events: bool) -> Variant:
    listed = _list("options_json", found.get("obs") or [])
    base = _decimal("options_json", found.get("base"))
    if is_events:
        return Variant(base, events=_events("options_json", listed))
    return Variant(base, _observations("options_json", listed))


def _item(value: object) -> GroupItem:
    found = _object("options_json", value)
    status = Status(_one_of("options_json", found.get("status"), tuple(Status)))
    return GroupItem(
        status,
        _decimal("options_json", found.get("r")),
        _decimal("options_json", found.get("p")),
        str(found.get("id") or ""),
    )


def _group(options: Mapping[str, Any]) -> GroupFigures:
    """The group's figures; without `o` they have no period, so that only what is missing can be said of them."""
    column = "options_json"

    def members(key: str) -> dict[str, Decimal | None]:
        found = _object(column, options.get(key) or {})
        return {str(name): _decimal(column, value) for name, value in found.items()}

    form = options.get("o")
    return GroupFigures(
        form=Obs("", None, date.min) if form is None else _observation(column, {**_object(column, form), "v": None}),
        official=_decimal(column, options.get("official")),
        members=members("members"),
        numerators=members("num"),
        denominators=members("den"),
    )


def _observations(column: str, listed: Sequence[Any]) -> tuple[Obs, ...]:
    return tuple(_observation(column, each) for each in listed)


def _observation(column: str, value: object) -> Obs:
    found = _object(column, value)
    period = _period(column, found.get("p"))
    pub = _day(column, found.get("pub"))
    if period is None or pub is None:
        raise BadCellError(column, "observation", json.dumps(found, ensure_ascii=False, default=str))
    return Obs(
        period=period,
        value=_decimal(column, found.get("v")),
        pub=pub,
        obs_status=_one_of(column, found.get("s") or "A", _OBS_STATUSES),
        basis=str(found.get("b") or "").strip() or MAIN_BASIS,
        tier=_tier(column, found.get("tier")),
        source_id=str(found.get("source") or ""),
        growth=_decimal(column, found.get("yoy")),
        growth_is_real=bool(_bool(column, found.get("yoy_real"))),
    )


def _events(column: str, listed: Sequence[Any]) -> tuple[Event, ...]:
    events = []
    for each in listed:
        found = _object(column, each)
        pub = _day(column, found.get("pub"))
        if pub is None:
            raise BadCellError(column, "event", json.dumps(found, ensure_ascii=False, default=str))
        events.append(
            Event(
                state=_one_of(column, found.get("state"), TASK_STATES),
                pub=pub,
                day=_day(column, found.get("date")),
                planned=_day(column, found.get("planned")),
                tier=_tier(column, found.get("tier")),
                source_id=str(found.get("source") or ""),
            )
        )
    return tuple(events)


def _tier(column: str, value: object) -> int:
    tier = _decimal(column, value)
    if tier is None:
        return 1
    if tier not in (1, 2, 3):
        raise BadCellError(column, "tier", str(value))
    return int(tier)


def _cell(row: Mapping[str, Any], column: str) -> str:
    value = row.get(column)
    return value.strip() if isinstance(value, str) else ""


def _json(column: str, text: str, if_none: object) -> object:
    """What a JSON text holds; `if_none` for an empty cell and for `null`."""
    try:
        found = json.loads(text or "null", parse_float=Decimal, parse_int=Decimal, parse_constant=Decimal)
    except (ValueError, RecursionError) as error:
        raise BadCellError(column, "json", str(error)) from error
    return if_none if found is None else found


def _object(column: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadCellError(column, "object", _shown(value))
    return value


def _list(column: str, value: object) -> list[Any]:
    if not isinstance(value, list):
        raise BadCellError(column, "list", _shown(value))
    return value


def _decimal(column: str, value: object) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        number = Decimal(value) if isinstance(value, str | Decimal) else None
    except InvalidOperation:
        number = None
    if number is None or not is_figure(number):
        raise BadCellError(column, "number", _shown(value))
    return number


def _day(column: str, value: object) -> date | None:
    if value is None or value == "":
        return None
    try:
        return datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise BadCellError(column, "day", _shown(value)) from error


def _period(column: str, value: object) -> str | None:
    if value is None or value == "":
        return None
    text = f"{value:f}" if isinstance(value, Decimal) and value.is_finite() else value
    if isinstance(text, str):
        # Spreadsheets write a column of years with gaps as 2025.0.
        text = text.strip().removesuffix(".0")
    if not isinstance(text, str) or parse_period(text) is None:
        raise BadCellError(column, "period", _shown(value))
    return text


def _bool(column: str, value: object) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise BadCellError(column, "bool", _shown(value))


def _one_of(column: str, value: object, allowed: Iterable[str]) -> str:
    if isinstance(value, str) and value in tuple(allowed):
        return value
    raise BadCellError(column, "code", _shown(value))


def _shown(value: object) -> str:
    return str(value)[:60]


__all__ = ["INPUT_COLUMNS", "OUTPUT_COLUMNS", "BadCellError", "number_text", "read_row", "verdict_cells", "write_row"]
