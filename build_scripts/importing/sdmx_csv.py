"""An SDMX-CSV file made into a package: its series as indicators, the other dimensions as breakdowns.

Gets a file (SDMX-CSV 1.0 or 2.0, codes, names or both), adds to a `Draft`. SDMX knows no targets, so there are none.
Source: SDMX-CSV field guide, versions 1.0 and 2.0; cross-domain concepts and code lists of SDMX.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pandas as pd

from build_scripts.core.errors import UsageError
from build_scripts.core.periods import parse_period
from build_scripts.importing.draft import Draft, examples, short
from build_scripts.importing.figures import decimals
from build_scripts.importing.frames import cells, read_text_table
from build_scripts.importing.open_sdg_data import NO_FIGURE
from build_scripts.importing.periods import read_period
from build_scripts.importing.plan import WHOLE, Given, add_plan, read_on, whole_place
from build_scripts.importing.sdmx_heads import by_id
from build_scripts.locale import t

_TIME, _VALUE, _STATUS, _UNIT, _SCALE = "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "UNIT_MEASURE", "UNIT_MULT"
_ACTION, _DELETED = "ACTION", frozenset({"D", "DELETE"})
_INDICATORS = ("INDICATOR", "SERIES", "MEASURE", "SUBJECT", "VARIABLE")
_AREAS = ("REF_AREA", "GEO", "LOCATION", "COUNTERPART_AREA")
_FLOWS = ("DATAFLOW", "STRUCTURE_ID")
# Columns that tell no rows apart: about the file, or about one observation.
_ABOUT = frozenset({
    *_FLOWS, "STRUCTURE", "STRUCTURE_NAME", "ACTION", "FREQ", "DECIMALS", "CONF_STATUS", "OBS_COMMENT", "COMMENT_OBS",
    "SOURCE_DETAIL", "NATURE", "LAST_UPDATE",
    "TIME_DETAIL", "LOWER_BOUND", "UPPER_BOUND", "BASE_PER", "TIME_COVERAGE", "OBS_CONF",
    _TIME, _VALUE, _STATUS, _UNIT, _SCALE,
})  # fmt: skip
_TOTALS = frozenset({"", "_T", "_Z", "TOTAL", "T", "_O"})
_STATUSES = frozenset("APEBDFMOLNQ")
_PERCENT = frozenset({"PT", "PC", "PERCENT", "PERCENTAGE", "PT_TOT"})
# Codes of SDMX that the contract has another for: imputed is estimated, not validated is preliminary.
_SAME_STATUS = {"": "A", "I": "E", "V": "P"}
_SOURCE = "imported-sdmx"
# Periods of SDMX by their own way of writing: how many months each has.
_PART = re.compile(r"(\d{4})-([MSTA])(\d{1,2})")
_MONTHS, _YEAR_FROM = {"M": 1, "T": 4, "S": 6, "A": 12}, re.compile(r"(\d{4}-\d\d-01)/P1Y")
_UNIT_LENGTH, _SCALE_AT_MOST = 40, 15


def import_sdmx_csv(path: Path, draft: Draft, today: date) -> None:
    """Read an SDMX-CSV file into a draft.

    Raises:
        UsageError: it cannot be read, or is no SDMX-CSV file.
    """
    if not path.is_file():
        raise UsageError(t("importing.fault.no_file", path=path))
    frame = by_id(path, read_text_table(path).fillna(""), (_TIME, _VALUE))
    pub = read_on(draft, today)
    rows = _readable(frame, draft, path.name, pub)
    if not len(rows):
        raise UsageError(t("importing.fault.no_rows", path=path))
    rows["~region"] = _regions(rows, draft)
    flow = next((name for name in _FLOWS if name in rows), None)
    measure = next((name for name in _INDICATORS if name in rows), flow)
    apart = [name for name in (flow, measure, _UNIT) if name and name in rows]
    names = [name for name in _dimensions(rows) if name != measure]
    for said, part in rows.groupby(apart, sort=False, dropna=False) if apart else [((path.stem,), rows)]:
        own = dict(zip(apart, said, strict=False))
        other = [own[name] for name in apart if name != measure and _several(rows, measure, own, name)]
        _indicator(draft, (str(own.get(str(measure), path.stem)), *map(str, other)), part, names, pub)
    row = {"source_id": _SOURCE, "title": path.name, "publisher": t("importing.unnamed"), "published": pub}
    draft.add("sources", [row | {"tier": "2", "note": t("importing.package.no_address")}])
    years = sorted(rows["~period"].str[:4])
    add_plan(draft, Given(first=years[0], last=years[-1]))
    draft.left(path.name, "no_targets")


def _readable(frame: pd.DataFrame, draft: Draft, name: str, pub: str) -> pd.DataFrame:
    """The rows with a figure and a period that was over by the day it was public, figures in whole units."""
    frame = frame.assign(**{name: [_bare(cell) for cell in frame[name]] for name in (_TIME, _VALUE)})
    periods = {text: read_period(_spelt(text), 1) for text in frame[_TIME].unique()}
    scales = [_scale(cell) for cell in frame[_SCALE]] if _SCALE in frame else [0] * len(frame)
    frame["~value"] = [_figure(value, scale or 0) for value, scale in zip(frame[_VALUE], scales, strict=True)]
    frame["~period"] = [read.period if (read := periods[text]) else "" for text in frame[_TIME]]
    over = {key: _end(key) <= pub for key in frame["~period"].unique() if key}
    none = frame[_VALUE].str.strip().str.lower().isin(NO_FIGURE)
    checks = (
        ("rows_deleted", _where(frame, _ACTION, lambda cell: _code(cell).upper() in _DELETED), _TIME),
        ("rows_empty", none, _VALUE),
        ("rows_scale", _where(frame, _SCALE, lambda cell: _scale(cell) is None), _SCALE),
        ("rows_figure", frame["~value"] == "", _VALUE),
        ("rows_year", frame["~period"] == "", _TIME),
        ("rows_early", ~frame["~period"].map(over).fillna(value=True).astype(bool), _TIME),
    )
    gone = pd.Series(data=False, index=frame.index)
    for key, bad, column in checks:
        if (bad & ~gone).any():
            found = examples(frame[column][bad & ~gone])
            draft.left(name, key, count=int((bad & ~gone).sum()), found=found)
        gone |= bad
    return frame[~gone].copy()


def _where(frame: pd.DataFrame, column: str, holds: Callable[[str], bool]) -> pd.Series[bool]:
    """Which rows have a cell with a property; none where there is no such column."""
    cells = frame[column] if column in frame else pd.Series("", index=frame.index)
    return pd.Series([column in frame and holds(cell) for cell in cells], index=frame.index, dtype=bool)


def _several(rows: pd.DataFrame, measure: str | None, own: Mapping[str, object], name: str) -> bool:
    """Whether an indicator is there in several flows or units, which its name has to tell apart."""
    same = rows if measure is None else rows[rows[measure] == own[measure]]
    return bool(same[name].nunique() > 1)


def _regions(rows: pd.DataFrame, draft: Draft) -> pd.Series[str]:
    """The region of each row: the whole where the file names no area or one, else a region for each area."""
    column = next((name for name in _AREAS if name in rows), None)
    said = list(rows[column].unique()) if column else []
    whole_place(draft, _name(said[0]) if len(said) == 1 else "")
    if column is None or len(said) == 1:
        return pd.Series(WHOLE, index=rows.index, dtype="str")
    ids = {each: draft.identifier("regions", _name(each)) for each in said}
    draft.add(
        "regions",
        [
            {"region_id": found, "name": _name(each), "level": "county", "order": str(place)}
            for place, (each, found) in enumerate(ids.items(), 2)
        ],
    )
    return rows[column].map(ids).astype("str")


def _dimensions(rows: pd.DataFrame) -> list[str]:
    """The columns that tell rows apart: those with more than one value, but for what is about the file or a figure."""
    names = [name for name in rows.columns if name not in _ABOUT | set(_AREAS) and not name.startswith("~")]
    return [name for name in names if rows[name].nunique() > 1]


def _indicator(draft: Draft, said: Sequence[str], part: pd.DataFrame, names: list[str], pub: str) -> None:
    """One indicator: what no dimension tells apart is its own, the rest are breakdowns."""
    identifier = draft.identifier("indicators", " ".join(map(_bare, said)))
    unit = _unit(part)
    name = _name(said[0])
    for more in map(_name, said[1:]):
        name = t("importing.name_with", name=name, indicator=more)
    draft.add(
        "indicators",
        [
            {
                "indicator_id": identifier,
                "name": short(name),
                "unit": unit,
                "decimals": str(decimals(list(part["~value"]))),
                "direction": "none",
                "frequency": _frequency(part),
                "definition": name,
                "nature": "growth" if unit == "%" else "level",
            }
        ],
    )
    total = part[names].map(lambda cell: _code(cell).upper() in _TOTALS).all(axis=1) if names else part["~value"] != ""
    figures = part.assign(
        indicator_id=identifier,
        region_id=part["~region"],
        period=part["~period"],
        value=part["~value"],
        basis="main",
        pub=pub,
        source_id=_SOURCE,
        obs_status=_status(part, draft, identifier),
        recorded_on=pub,
    )
    whole = _once(figures[total], ["region_id", "period"], draft, identifier)
    draft.add("observations", whole)
    if len(whole):
        draft.mapped(identifier, "indicator", count=len(whole))
    else:
        draft.left(identifier, "no_headline")
    if not total.all():
        _breakdowns(draft, identifier, figures[~total], names)


def _breakdowns(draft: Draft, identifier: str, rows: pd.DataFrame, names: list[str]) -> None:
    order = rows.groupby(names, sort=False).ngroup() + 1
    rows = rows.assign(series_id=[f"{identifier}-{place}" for place in order])
    apart = rows.drop_duplicates("series_id")
    told = apart[["series_id", *names]].melt(id_vars="series_id", var_name="dimension", value_name="value")
    told = told[[_code(value).upper() not in _TOTALS for value in told["value"]]]
    told["value"] = told["value"].map(_name)
    draft.add("series_dimensions", told)
    titles = told.groupby("series_id", sort=False)["value"].agg(" · ".join)
    draft.add(
        "series",
        [{"series_id": key, "indicator_id": identifier, "title": short(str(titles[key]))} for key in titles.index],
    )
    draft.add("breakdowns", _once(rows, ["series_id", "region_id", "period"], draft, identifier))
    draft.mapped(identifier, "breakdowns", count=len(rows), series=len(titles))


def _once(rows: pd.DataFrame, key: list[str], draft: Draft, identifier: str) -> pd.DataFrame:
    """The first row of each key; that there were others is told."""
    twice = rows.duplicated(key)
    if twice.any():
        draft.left(identifier, "rows_twice", count=int(twice.sum()))
    return rows[~twice]


def _unit(part: pd.DataFrame) -> str:
    said = part[_UNIT].iloc[0] if _UNIT in part else ""
    return "%" if _code(said).upper() in _PERCENT else _name(said)[:_UNIT_LENGTH]


def _frequency(part: pd.DataFrame) -> str:
    found = {period.frequency for (key,) in cells(part, "~period") if (period := parse_period(key))}
    return next((each for each in ("M", "Q") if each in found), "A")


def _status(part: pd.DataFrame, draft: Draft, identifier: str) -> list[str]:
    """The status of each figure; a code the contract has no like of is told, and the figure goes without."""
    said = [_code(each).upper() for each in part[_STATUS]] if _STATUS in part else ["A"] * len(part)
    codes = [_SAME_STATUS.get(code, code) for code in said]
    if odd := [code for code in codes if code not in _STATUSES]:
        draft.assumed(identifier, "status", count=len(odd), found=examples(odd))
    return [code if code in _STATUSES else "A" for code in codes]


def _bare(cell: str) -> str:
    """A figure or a period without the name beside it."""
    return cell.partition(": ")[0].strip()


def _spelt(text: str) -> str:
    """A period of SDMX's own writing in that of the contract: halves and thirds of a year, months, whole years."""
    if found := _YEAR_FROM.fullmatch(text):
        return f"{found[1]}/P12M"
    found = _PART.fullmatch(text)
    if not found:
        return text
    months, number = _MONTHS[found[2]], int(found[3])
    if not 1 <= number <= 12 // months:
        return text
    if months in {1, 12}:
        return found[1] if months == 12 else f"{found[1]}-{number:02d}"
    return f"{found[1]}-{(number - 1) * months + 1:02d}-01/P{months}M"


def _scale(cell: str) -> int | None:
    """The power of ten a figure is written in; None where it cannot be told."""
    try:
        found = Decimal(_code(cell) or "0")
    except InvalidOperation:
        return None
    whole = found.is_finite() and found == found.to_integral_value() and abs(found) <= _SCALE_AT_MOST
    return int(found) if whole else None


def _figure(value: str, times: int) -> str:
    """A figure in whole units, exact; empty where there is none."""
    try:
        found = Decimal(value.strip())
    except InvalidOperation:
        return ""
    if not found.is_finite():
        return ""
    return f"{found.scaleb(times):f}" if times else f"{found:f}"


def _end(key: str) -> str:
    period = parse_period(key)
    return period.end.isoformat() if period else ""


def _code(cell: str) -> str:
    """The code in a cell that may hold `code: name`."""
    return cell.partition(":")[0].strip()


def _name(cell: str) -> str:
    """The name in a cell that may hold `code: name`; the code where it holds nothing else."""
    code, _, name = cell.partition(": ")
    return name.strip() or code.strip()
