"""The rows of an Open SDG table that tell an indicator apart, as series, their dimensions and their figures.

Gets rows as text, adds to a `Draft`: one series for each combination of values, whatever its years.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from build_scripts.importing.draft import short, slug
from build_scripts.importing.open_sdg_data import PERIOD, UNITS, dimensions
from build_scripts.importing.open_sdg_rows import Work
from build_scripts.importing.plan import WHOLE


def add_breakdowns(
    work: Work, number: str, rows: pd.DataFrame, source: str, owner: Callable[[str, pd.DataFrame], str]
) -> None:
    """Add the rows as breakdowns; `owner` says for a unit and its rows which indicator they are of."""
    names = dimensions(rows)
    groups = rows.groupby(UNITS, sort=False) if UNITS in rows else [("", rows)]
    for unit, part in groups:
        _of_one_unit(work, owner(str(unit), part), part, names, source, number)


def add_figures(work: Work, indicator: str, rows: pd.DataFrame, source: str) -> None:
    """Add rows as an indicator's own figures."""
    figures = pd.DataFrame({"period": rows[PERIOD], "value": rows["Value"]})
    fixed = {"indicator_id": indicator, "region_id": WHOLE, "basis": "main", "source_id": source, "obs_status": "A"}
    work.draft.add("observations", figures.assign(pub=work.pub, recorded_on=work.pub, **fixed))


def _of_one_unit(work: Work, indicator: str, part: pd.DataFrame, names: list[str], source: str, number: str) -> None:
    told = part[(part[names] != "").any(axis=1)] if names else part.iloc[:0]
    whole = part.drop(index=told.index)
    if len(whole) and indicator != slug(number):
        add_figures(work, indicator, whole.drop_duplicates(PERIOD), source)
        work.draft.mapped(number, "other_unit", count=len(whole), indicator=indicator)
    elif len(whole):
        work.draft.left(number, "not_apart", count=len(whole))
    if not len(told):
        return
    order = told.groupby(names, sort=False).ngroup() + 1
    told = told.assign(series_id=[f"{indicator}-{place}" for place in order])
    apart = told.drop_duplicates("series_id")
    titles = apart[names].apply(lambda row: " · ".join(dict.fromkeys(cell for cell in row if cell)), axis=1)
    work.draft.add("series", apart[["series_id"]].assign(indicator_id=indicator, title=titles.map(short)))
    long = apart.melt(id_vars="series_id", value_vars=names, var_name="dimension", value_name="value")
    work.draft.add("series_dimensions", long[long["value"] != ""])
    figures = told[["series_id"]].assign(period=told[PERIOD], value=told["Value"])
    fixed = {"indicator_id": indicator, "region_id": WHOLE, "basis": "main", "source_id": source, "obs_status": "A"}
    twice = figures.duplicated(["series_id", "period"])
    if twice.any():
        work.draft.left(number, "rows_twice", count=int(twice.sum()))
    work.draft.add("breakdowns", figures[~twice].assign(pub=work.pub, **fixed))
    work.draft.mapped(number, "breakdowns", count=int((~twice).sum()), series=len(apart))
