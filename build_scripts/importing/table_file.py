"""A table of targets, one row each, made into a package. Gets a workbook or a text table, gives a `Draft`.

What each column is, `columns` decides; here rows become targets, and the figures under years observations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from build_scripts.checks.kinds import COMPARATORS, KINDS, natures_of
from build_scripts.core.errors import UsageError
from build_scripts.core.periods import parse_period
from build_scripts.core.records import Indicator
from build_scripts.importing.deadlines import read_deadline
from build_scripts.importing.draft import Draft
from build_scripts.importing.figures import Figure, comparator_of, decimals, read_figure
from build_scripts.importing.frames import cells
from build_scripts.importing.periods import read_period
from build_scripts.importing.plan import PLAN_ID, WHOLE, Given, add_plan, read_on, whole_place
from build_scripts.importing.table_rows import Row, read_table, rows_of, tell
from build_scripts.locale import listed, read_words, t

_SOURCE = "imported-table"
_WHOLE = 100
_FISCAL_START = "4"
_LEAST = 2
_DOWN = ("le", "lt")


def import_table(path: Path, draft: Draft, today: date, sheet: str | None = None) -> None:
    """Read a table of targets into a draft.

    Raises:
        UsageError: the file cannot be read, or no line of it has the headings that are needed.
    """
    raw, columns = read_table(path, sheet)
    tell(draft, columns)
    body = raw.iloc[columns.header + 1 :]
    rows = rows_of(draft, body, columns)
    pub = read_on(draft, today)
    whole_place(draft, "")
    ids = _Ids(draft)
    kept = [(row, found) for row in rows if row["name"] and (found := _target(draft, ids, row))]
    if not kept:
        became = listed(t("importing.said.column", title=title, what=what) for title, what in columns.account)
        raise UsageError(t("importing.fault.no_targets", path=path, columns=became))
    values = _values(body, {place: _period(year, rows) for place, year in columns.years.items()})
    _indicators(draft, kept, values)
    draft.add("targets", [target for _row, target in kept])
    _observations(draft, kept, values, pub)
    draft.add("sources", [_source(path, pub)])
    add_plan(draft, _plan_given(kept, values))


def _period(text: str, rows: Sequence[Row]) -> str:
    """A heading's year in the contract's form."""
    found = read_period(text, rows[0].fiscal if rows else 1)
    return found.period if found else text


def _end(period: str) -> str:
    """The last day of a period."""
    found = parse_period(period)
    return found.end.isoformat() if found else f"{period[:4]}-12-31"


def _values(body: pd.DataFrame, years: Mapping[int, str]) -> pd.DataFrame:
    """The figures under the years, one a row: the line they stand in, the year, the text."""
    if not years:
        return pd.DataFrame(
            {"line": pd.Series(dtype=int), "period": pd.Series(dtype=str), "text": pd.Series(dtype=str)}
        )
    wide = body[list(years)].rename(columns=dict(years))
    wide.insert(0, "line", body.index + 1)
    long = wide.melt(id_vars="line", var_name="period", value_name="text")
    return long[long["text"].str.strip() != ""]


@dataclass
class _Ids:
    """The ids of places, bodies, projects and indicators, one for each name."""

    draft: Draft

    def __post_init__(self) -> None:
        self.known: dict[tuple[str, str], str] = {("regions", ""): WHOLE}

    def of(self, table: str, name: str) -> str:
        """The id of a name in a table; new names get a row of their own."""
        if (table, name) not in self.known:
            found = self.draft.identifier(table, name)
            self.known[table, name] = found
            order = str(sum(1 for each, _name in self.known if each == table))
            rows = {
                "regions": {"region_id": found, "name": name, "level": "county", "order": order},
                "units": {"unit_id": found, "name": name, "category": "department"},
                "projects": {
                    "project_id": found, "plan_id": PLAN_ID, "kind": "major_project", "order": order,
                    "title": name, "objective": name, "section": t("importing.package.section"),
                },
            }  # fmt: skip
            if table in rows:
                self.draft.add(table, [rows[table]])
        return self.known[table, name]


def _target(draft: Draft, ids: _Ids, row: Row) -> dict[str, str] | None:
    """A target's row; None where its figure cannot be read, which is noted."""
    printed = row["printed"] or row["value"]
    period, due = _deadline(draft, row)
    figure = read_figure(row["value"], row["unit"])
    if figure is None and row["value"]:
        draft.left(row.subject, "figure", found=row["value"])
        return None
    if figure is None and not due:
        draft.left(row.subject, "no_figure")
        return None
    if figure and not row["direction"] and _is_change(row["value"]):
        draft.assumed(row.subject, "change", found=row["value"])
    unit = row["unit"] or (figure.unit if figure else "")
    comparator = _comparator(draft, row, figure)
    kind = _kind(draft, row, unit) if figure else "milestone"
    indicator = row["indicator"] or row["name"]
    target = {
        "target_id": draft.identifier("targets", row["name"]),
        "plan_id": PLAN_ID,
        "project_id": ids.of("projects", row["project"]) if row["project"] else "",
        "indicator_id": ids.of("indicators", indicator),
        "region_id": ids.of("regions", row["region"]),
        "name": row["name"],
        "kind": kind,
        "comparator": comparator,
        "value": figure.value if figure else "1",
        "value_high": figure.high if figure else "",
        "unit": unit if figure else "",
        "target_period": period,
        "due": due,
        "section": row["section"] or t("importing.package.section"),
        "figure_as_printed": (printed or row["name"])[:200],
        "lead_unit_id": ids.of("units", row["lead"]) if row["lead"] else "",
        "in_totals": "true",
        "note": row["note"],
    }
    draft.mapped(row.subject, "target", kind=t(f"method.kind.{kind}.name"))
    return target | _baseline(draft, row)


def _is_change(text: str) -> bool:
    """Whether a figure's words say by how much, and not to which level: `reduce by 10%`, but `reduce to 10%`."""
    lower = text.lower()
    changes, reaches = (
        any(word in lower for word in read_words(f"importing.{kind}")) for kind in ("change", "change_to")
    )
    return changes and not reaches


def _baseline(draft: Draft, row: Row) -> dict[str, str]:
    value, year = read_figure(row["baseline_value"], row["unit"]), read_period(row["baseline_year"], row.fiscal)
    if value is None and not row["baseline_value"]:
        return {}
    if value is None or year is None:
        draft.left(
            row.subject, "baseline", found=row["baseline_value"], year=row["baseline_year"] or t("importing.nothing")
        )
        return {}
    if _apart(value, read_figure(row["value"], row["unit"]), row):
        draft.left(row.subject, "baseline_other", found=row["baseline_value"])
        return {}
    return {
        "baseline_value": value.value,
        "baseline_period": year.period,
        "baseline_basis": "main",
        "baseline_source_id": _SOURCE,
    }


def _apart(base: Figure, target: Figure | None, row: Row) -> bool:
    """Whether a baseline cannot be in the unit of its target: a share of something that was counted."""
    if row["unit"] or target is None or target.unit != "%" or base.unit == "%":
        return False
    return float(base.value) > _WHOLE


def _deadline(draft: Draft, row: Row) -> tuple[str, str]:
    """The year and the day by which a target is due."""
    text = row["target_year"]
    if not text:
        draft.assumed(row.subject, "no_deadline")
        return "", ""
    found = read_deadline(text, row.fiscal)
    if found is None:
        draft.left(row.subject, "deadline", found=text)
        return "", ""
    return found


def _comparator(draft: Draft, row: Row, figure: Figure | None) -> str:
    if figure is None:
        return "event"
    if figure.high:
        return "between"
    said = row["comparator"].lower()
    found = said if said in COMPARATORS else comparator_of(said) or figure.comparator
    if found:
        return found
    if row["direction"]:
        return "le" if _direction(row["direction"]) == "down" else "ge"
    base = read_figure(row["baseline_value"], row["unit"])
    falls = base is not None and not _apart(base, figure, row) and float(base.value) > float(figure.value)
    draft.assumed(row.subject, "at_most" if falls else "at_least")
    return "le" if falls else "ge"


def _direction(text: str) -> str:
    words = read_words("importing.direction.down")
    return "down" if any(word in text.lower() for word in words) else "up"


def _kind(draft: Draft, row: Row, unit: str) -> str:
    said = row["kind"]
    if said in KINDS:
        return said
    names = {name: kind for kind in KINDS for name in (t(f"method.kind.{kind}.name").lower(),)}
    if said.lower() in names:
        return names[said.lower()]
    if said:
        draft.left(row.subject, "kind", found=said)
    return "share_by" if _nature(row["indicator"] or row["name"], unit) in {"share", "growth"} else "level_by"


def _nature(name: str, unit: str) -> str:
    found = natures_of(Indicator("", name, unit, 0, "", "", ""))[0]
    return found if found in {"share", "growth", "count", "time", "index"} else "level"


def _indicators(draft: Draft, kept: list[tuple[Row, dict[str, str]]], values: pd.DataFrame) -> None:
    for row, target in kept:
        name = row["indicator"] or row["name"]
        texts = [str(text) for text in values.loc[values["line"] == row.line, "text"]]
        figures = [found.value for found in map(read_figure, texts) if found]
        given = [target.get(cell, "") for cell in ("value", "value_high", "baseline_value")]
        down = target["comparator"] in _DOWN or (bool(row["direction"]) and _direction(row["direction"]) == "down")
        draft.add(
            "indicators",
            [
                {
                    "indicator_id": target["indicator_id"],
                    "name": name,
                    "unit": target["unit"],
                    "decimals": str(decimals([*figures, *given])),
                    "direction": "none" if target["comparator"] == "between" else "down" if down else "up",
                    "frequency": "A",
                    "definition": row["definition"] or name,
                    "nature": "count" if target["comparator"] == "event" else _nature(name, target["unit"]),
                }
            ],
        )


def _observations(draft: Draft, kept: list[tuple[Row, dict[str, str]]], values: pd.DataFrame, pub: str) -> None:
    """The figures of the rows that became targets; one from before its year was over is a forecast and stays out."""
    targets = {row.line: (row, target) for row, target in kept}
    found = values[values["line"].isin(list(targets))].copy()
    read = (read_figure(text, targets[int(line)][1]["unit"]) for line, text in cells(found, "line", "text"))
    found["value"] = [figure.value if figure else "" for figure in read]
    for line, period, text in cells(found[found["value"] == ""], "line", "period", "text"):
        draft.left(targets[int(line)][0].subject, "value", found=text, period=period)
    early = found["period"].map(_end) > pub
    for line, period in cells(found[early], "line", "period"):
        draft.left(targets[int(line)][0].subject, "unfinished", period=period, pub=pub)
    found = found[(found["value"] != "") & ~early]
    found["indicator_id"] = [targets[line][1]["indicator_id"] for line in found["line"]]
    found["region_id"] = [targets[line][1]["region_id"] for line in found["line"]]
    draft.add("observations", found.assign(basis="main", pub=pub, source_id=_SOURCE, obs_status="A", recorded_on=pub))


def _source(path: Path, pub: str) -> dict[str, str]:
    return {
        "source_id": _SOURCE,
        "title": path.name,
        "publisher": t("importing.package.publisher"),
        "published": pub,
        "tier": "2",
        "note": t("importing.package.source"),
    }


def _plan_given(kept: list[tuple[Row, dict[str, str]]], values: pd.DataFrame) -> Given:
    ends = [target["target_period"][:4] for _row, target in kept if target["target_period"]]
    bases = [target["baseline_period"][:4] for _row, target in kept if target.get("baseline_period")]
    starts = [str(int(max(bases)) + 1)] if bases else [each[:4] for each in sorted(values["period"])[:1]] or ends
    return Given(first=min(starts, default=""), last=max(ends, default=""))
