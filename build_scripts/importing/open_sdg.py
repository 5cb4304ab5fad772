"""An Open SDG folder made into a package: indicators, their figures and breakdowns, numeric targets, sources.

Gets a folder, adds to a `Draft`. What Open SDG itself takes for granted is taken here too and noted: base year 2015,
target year 2030, less is better.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from build_scripts.core.periods import Period, parse_period
from build_scripts.importing.draft import Draft, examples, slug
from build_scripts.importing.open_sdg_breakdowns import add_breakdowns, add_figures
from build_scripts.importing.open_sdg_data import PERIOD, Headline, bounds, fiscal_in, headlines, tidy
from build_scripts.importing.open_sdg_files import SdgFolder, read_folder
from build_scripts.importing.open_sdg_options import sound_options
from build_scripts.importing.open_sdg_rows import Work, text
from build_scripts.importing.plan import PLAN_ID, WHOLE, Given, add_plan, read_on, whole_place

BASE_YEAR, TARGET_YEAR = 2015, 2030
_FISCAL_START, _MONTHS = "4", 12


def import_open_sdg(path: Path, draft: Draft, today: date) -> None:
    """Read an Open SDG folder into a draft.

    Raises:
        UsageError: it is no such folder, or a file in it cannot be read.
    """
    folder = read_folder(path)
    draft.languages = folder.languages
    pub = read_on(draft, today)
    whole_place(draft, _place(folder))
    tables = {number: folder.table(number) for number in folder.tables}
    work = Work(folder, draft, pub, _fiscal_start(tables, draft))
    for number, meta in folder.meta.items():
        frame = tables.get(number)
        if frame is None:
            draft.left(number, "no_table")
        elif meta.get("published") is False or meta.said("published").lower() == "false":
            draft.left(number, "not_published")
        else:
            _indicator(work, number, frame)
    for number in sorted(set(tables) - set(folder.meta)):
        draft.left(number, "no_meta")
    ends = [int(year) for year in draft.frame("targets")["target_period"] if year]
    bases = [int(year) for year in draft.frame("targets")["baseline_period"] if year]
    add_plan(draft, Given(first=str(max([BASE_YEAR, *bases])), last=str(max([TARGET_YEAR, *ends]))))


def _fiscal_start(tables: Mapping[str, pd.DataFrame | None], draft: Draft) -> int:
    """The month in which fiscal years begin; asked only where a table has such years."""
    if not any(fiscal_in(table) for table in tables.values() if table is not None):
        return 1
    found = draft.ask("fiscal_year_start", assumed=_FISCAL_START)
    month = int(found) if found.isdigit() and 1 <= int(found) <= _MONTHS else int(_FISCAL_START)
    draft.settings["fiscal_year_start"] = month
    return month


def _place(folder: SdgFolder) -> str:
    """The place that most indicators say they cover, its first one where they name several."""
    said = [text(meta.said("national_geographical_coverage")).split(",")[0].strip() for meta in folder.meta.values()]
    named = [each for each in said if each]
    return max(sorted(set(named)), key=named.count) if named else ""


def _indicator(work: Work, number: str, frame: pd.DataFrame) -> None:
    """One indicator: its headlines, its targets, and what is left as breakdowns."""
    rows, lost = tidy(frame, work.fiscal)
    for reason, texts in lost.items():
        if texts:
            work.draft.left(number, f"rows_{reason}", count=len(texts), found=examples(texts))
    rows = _finished(work, number, rows)
    if not len(rows):
        work.draft.left(number, "no_rows")
        return
    work.range = bounds([str(value) for value in rows["Value"]])
    meta = work.folder.meta[number]
    found = headlines(rows, meta, sound_options(work.draft, number, meta))
    source = work.sources(number)
    taken: list[object] = []
    for place, headline in enumerate(found, 1):
        _one(work, slug(number) if len(found) == 1 else f"{slug(number)}-{place}", number, headline, source)
        taken += [] if headline.by_progress else list(headline.rows.index)
    if len(found) != 1:
        work.indicator(slug(number), number, rows, None)
        if not found:
            work.draft.left(number, "no_headline")
    rest = rows.drop(index=taken)
    if len(rest):
        add_breakdowns(work, number, rest, source, lambda unit, part: _owner(work, number, unit, part))


def _finished(work: Work, number: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose period was over on the day they were public; the others are no observations yet."""
    over = {key: _period(key).end.isoformat() <= work.pub for key in rows[PERIOD].unique()}
    early = rows[~rows[PERIOD].map(over).astype(bool)]
    if len(early):
        years = ", ".join(sorted(early["Year"].unique()))
        work.draft.left(number, "rows_unfinished", count=len(early), periods=years, pub=work.pub)
    return rows.drop(index=early.index)


def _owner(work: Work, number: str, unit: str, part: pd.DataFrame) -> str:
    """The indicator for rows in a unit: those in another one than the headline's are not a part of it."""
    said = work.unit(number, part)
    if work.units[slug(number)] == said:
        return slug(number)
    identifier = f"{slug(number)}-{slug(unit)[:30].strip('-')}"
    if identifier not in work.units:
        work.indicator(identifier, number, part, None, ending=said)
    return identifier


def _one(work: Work, identifier: str, number: str, headline: Headline, source: str) -> None:
    """One headline: its indicator, its figures, and its target if it has one."""
    rows = headline.rows
    unit, nature = work.indicator(identifier, number, rows, headline)
    add_figures(work, identifier, rows, source)
    work.draft.mapped(number, "indicator", count=len(rows))
    if headline.by_progress:
        work.draft.assumed(number, "progress_column")
    if headline.option.get("target") is not None:
        row = _target(work, identifier, number, headline, unit) | _baseline(headline, source)
        work.draft.add("targets", [row | {"kind": "share_by" if nature in {"share", "growth"} else "level_by"}])
        work.judge(number, row)


def _target(work: Work, identifier: str, number: str, headline: Headline, unit: str) -> dict[str, str]:
    """The numeric target of a headline."""
    meta, option = work.folder.meta[number], headline.option
    for name, default in (("target_year", TARGET_YEAR), ("base_year", BASE_YEAR)):
        if option.get(name) is None:
            work.draft.assumed(number, name, year=default)
    if option.get("direction") is None:
        work.draft.assumed(number, "direction")
    value = str(option["target"])
    words = [meta.said("target_name", "indicator_name") or number, *headline.apart]
    name = work.named(number, words)
    work.translate("targets", f"t-{identifier}", "name", words)
    work.draft.mapped(number, "target_of", name=name, value=value)
    return {
        "target_id": f"t-{identifier}",
        "plan_id": PLAN_ID,
        "indicator_id": identifier,
        "region_id": WHOLE,
        "name": name,
        "comparator": "ge" if option.get("direction") == "positive" else "le",
        "value": value,
        "unit": unit,
        "target_period": str(option.get("target_year") or TARGET_YEAR),
        "section": text(meta.said("target_id")) or number,
        "figure_as_printed": value,
        "in_totals": "true",
    }


def _baseline(headline: Headline, source: str) -> dict[str, str]:
    """The figure of the base year, or the first after it where there is none: so Open SDG has it."""
    base = int(headline.option.get("base_year") or BASE_YEAR)
    end = int(headline.option.get("target_year") or TARGET_YEAR)
    by_year = {
        _counts_for(key): value for key, value in zip(headline.rows[PERIOD], headline.rows["Value"], strict=True)
    }
    years = sorted(year for year in by_year if base <= year < end)
    if not years:
        return {}
    return {
        "baseline_value": by_year[years[0]],
        "baseline_period": str(years[0]),
        "baseline_basis": "main",
        "baseline_source_id": source,
    }


def _counts_for(key: str) -> int:
    """The year that a period counts for: a fiscal year's first, else the last."""
    period = _period(key)
    return period.start.year if period.months == _MONTHS else period.year


def _period(key: str) -> Period:
    found = parse_period(key)
    if found is None:
        raise ValueError(key)
    return found
