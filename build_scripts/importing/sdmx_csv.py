"""An SDMX-CSV file made into a package: its series as indicators, the other dimensions as breakdowns.

Gets a file (SDMX-CSV 1.0 or 2.0, codes, names or both), adds to a `Draft`. SDMX knows no targets, so there are none.
Source: SDMX-CSV field guide, versions 1.0 and 2.0; cross-domain concepts and code lists of SDMX.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pandas as pd

from build_scripts.core.errors import UsageError
from build_scripts.core.periods import parse_period
from build_scripts.importing.draft import Draft, examples, short
from build_scripts.importing.figures import decimals
from build_scripts.importing.frames import cells, named, read_text_table
from build_scripts.importing.open_sdg_data import NO_FIGURE
from build_scripts.importing.periods import read_period
from build_scripts.importing.plan import WHOLE, Given, add_plan, read_on, whole_place
from build_scripts.locale import t

_TIME, _VALUE, _STATUS, _UNIT, _SCALE = "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "UNIT_MEASURE", "UNIT_MULT"
_INDICATORS = ("INDICATOR", "SERIES", "MEASURE", "SUBJECT", "VARIABLE")
_AREAS = ("REF_AREA", "GEO", "LOCATION", "COUNTERPART_AREA")
_FLOWS = ("DATAFLOW", "STRUCTURE_ID")
# Columns that tell no rows apart: about the file, or about one observation.
_ABOUT = frozenset({
    *_FLOWS, "STRUCTURE", "STRUCTURE_NAME", "ACTION", "FREQ", "DECIMALS", "CONF_STATUS", "OBS_COMMENT", "COMMENT_OBS",
    "SOURCE_DETAIL", "NATURE", "TIME_DETAIL", "LOWER_BOUND", "UPPER_BOUND", "BASE_PER", "TIME_COVERAGE", "OBS_CONF",
    _TIME, _VALUE, _STATUS, _UNIT, _SCALE,
})  # fmt: skip
_TOTALS = frozenset({"", "_T", "_Z", "TOTAL", "T", "_O"})
_STATUSES = frozenset("APEBDFMOLNQ")
_PERCENT = frozenset({"PT", "PC", "PERCENT", "PERCENTAGE", "PT_TOT"})
_SOURCE, _MONTH = "imported-sdmx", re.compile(r"(\d{4})-M(\d\d)")
_UNIT_LENGTH, _SCALE_AT_MOST = 40, 15


def import_sdmx_csv(path: Path, draft: Draft, today: date) -> None:
    """Read an SDMX-CSV file into a draft.

    Raises:
        UsageError: it cannot be read, or is no SDMX-CSV file.
    """
    if not path.is_file():
        raise UsageError(t("importing.fault.no_file", path=path))
    frame = read_text_table(path).fillna("")
    frame.columns = named(path, [str(column).partition(":")[0].strip() for column in frame.columns], (_TIME, _VALUE))
    pub = read_on(draft, today)
    rows = _readable(frame, draft, path.name, pub)
    if not len(rows):
        raise UsageError(t("importing.fault.no_rows", path=path))
    rows["~region"] = _regions(rows, draft)
    flow = next((name for name in _FLOWS if name in rows), None)
    measure = next((name for name in _INDICATORS if name in rows), flow)
    groups = rows.groupby(measure, sort=False) if measure else [(path.stem, rows)]
    for said, part in groups:
        _indicator(draft, str(said), part, [name for name in _dimensions(rows) if name != measure], pub)
    row = {"source_id": _SOURCE, "title": path.name, "publisher": t("importing.unnamed"), "published": pub}
    draft.add("sources", [row | {"tier": "2", "note": t("importing.package.no_address")}])
    years = sorted(rows["~period"].str[:4])
    add_plan(draft, Given(first=years[0], last=years[-1]))
    draft.left(path.name, "no_targets")


def _readable(frame: pd.DataFrame, draft: Draft, name: str, pub: str) -> pd.DataFrame:
    """The rows with a figure and a period that was over by the day it was public, figures in whole units."""
    periods = {text: read_period(_MONTH.sub(r"\1-\2", text), 1) for text in frame[_TIME].unique()}
    scales = frame[_SCALE] if _SCALE in frame else pd.Series("", index=frame.index)
    frame["~value"] = [_figure(value, _code(scale)) for value, scale in zip(frame[_VALUE], scales, strict=True)]
    frame["~period"] = [read.period if (read := periods[text]) else "" for text in frame[_TIME]]
    over = {key: _end(key) <= pub for key in frame["~period"].unique() if key}
    none = frame[_VALUE].str.strip().str.lower().isin(NO_FIGURE)
    checks = (
        ("rows_empty", none, _VALUE),
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


def _indicator(draft: Draft, said: str, part: pd.DataFrame, names: list[str], pub: str) -> None:
    """One indicator: what no dimension tells apart is its own, the rest are breakdowns."""
    identifier = draft.identifier("indicators", _code(said))
    unit = _unit(part)
    draft.add(
        "indicators",
        [
            {
                "indicator_id": identifier,
                "name": short(_name(said)),
                "unit": unit,
                "decimals": str(decimals(list(part["~value"]))),
                "direction": "none",
                "frequency": _frequency(part),
                "definition": _name(said),
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
        obs_status=_status(part),
        recorded_on=pub,
    )
    whole = figures[total].drop_duplicates(["region_id", "period"])
    draft.add("observations", whole)
    draft.mapped(identifier, "indicator", count=len(whole))
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
    draft.add("breakdowns", rows.drop_duplicates(["series_id", "region_id", "period"]))
    draft.mapped(identifier, "breakdowns", count=len(rows), series=len(titles))


def _unit(part: pd.DataFrame) -> str:
    said = part[_UNIT].iloc[0] if _UNIT in part else ""
    return "%" if _code(said).upper() in _PERCENT else _name(said)[:_UNIT_LENGTH]


def _frequency(part: pd.DataFrame) -> str:
    found = {period.frequency for (key,) in cells(part, "~period") if (period := parse_period(key))}
    return next((each for each in ("M", "Q") if each in found), "A")


def _status(part: pd.DataFrame) -> list[str]:
    said = part[_STATUS] if _STATUS in part else pd.Series("A", index=part.index)
    return [code if (code := _code(each)) in _STATUSES else "A" for each in said]


def _figure(value: str, scale: str) -> str:
    """A figure in whole units, exact; empty where there is none."""
    try:
        found = Decimal(value.strip())
        times = int(scale or 0)
    except (InvalidOperation, ValueError):
        return ""
    if not found.is_finite() or abs(times) > _SCALE_AT_MOST:
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
