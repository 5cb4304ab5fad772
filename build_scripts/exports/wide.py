"""The table for people with only a spreadsheet: one row a target, words beside codes, names beside ids.

Gets an `Edition`, gives a `Table`: what was promised, where it stands, what was last published and by whom.
"""

from __future__ import annotations

from typing import Any

from build_scripts.core.method import Assessment
from build_scripts.core.records import Observation, Source, Target
from build_scripts.explain import figure_years, flag_label, periods_of, reason_label
from build_scripts.exports.derived import DISCLOSURE, derived_table, disclosure_cells
from build_scripts.exports.edition import Edition
from build_scripts.exports.tables import Cell, Row, Table, cell
from build_scripts.locale import by_semicolon, sentences, t

_HEAD = ("target_id", "plan", "project", "name", "indicator", "region", "lead_unit")
_PROMISED = ("kind_label", "comparator_label", "value", "value_high", "unit", "figure_as_printed", "section")
_TIMED = ("baseline_period", "baseline_value", "baseline_source", "period_start", "target_period", "due", "in_totals")
_JUDGED = ("status", "status_label", "family_label", "reason_label", "progress_pct", "time_pct", "gap_pp", "ratio")
_SHOWN = ("attainment_pct", "grade", "judged_period", "judged_value", "judged_source", "judged_url", "flags_label")
_TOLD = ("explanation",)
_LATEST = ("latest_period", "latest_value", "latest_basis", "latest_obs_status_label", "latest_figure_as_printed")
_SOURCED = ("latest_pub", "latest_source", "latest_publisher", "latest_tier", "latest_url")
_TAIL = ("figures", "as_of", "address", "note")
_IDS = ("plan_id", "project_id", "indicator_id", "region_id", "lead_unit_id", "baseline_source_id", "latest_source_id")
COLUMNS = (*_HEAD, *_PROMISED, *_TIMED, *_JUDGED, *_SHOWN, *_TOLD, *DISCLOSURE, *_LATEST, *_SOURCED, *_TAIL, *_IDS)
# Columns that are the package's own and keep its title, type and meaning.
_OWN = frozenset(("target_id", "name", *_PROMISED[2:], *_TIMED, "note", *_IDS))


def wide_table(edition: Edition, targets: Table) -> Table:
    """The wide table; `targets` is the package's own table of targets, whose columns are described as there."""
    given = {field.name: dict(field.raw) for field in targets.fields if field.name in _OWN}
    rows = tuple(_row(edition, target) for target in edition.package.targets)
    return derived_table("targets_wide", COLUMNS, rows, key=("target_id",), links={"target_id": "targets"}, given=given)


def _row(edition: Edition, target: Target) -> Row:
    verdict = edition.assessments[target.target_id]
    values: dict[str, Any] = {name: getattr(target, name, None) for name in COLUMNS}
    values |= _names(edition, target) | _status(edition, target, verdict) | _grounds(edition, target, verdict)
    values |= dict(zip(DISCLOSURE, disclosure_cells(edition, target.target_id), strict=True))
    values |= {"as_of": edition.as_of, "address": f"{edition.base_url}targets/{target.target_id}/"}
    seen = edition.told(target)
    if seen:
        values |= _latest(seen, edition.package.source_by_id[seen.source_id])
    return tuple(cell(values[name]) for name in COLUMNS)


def _names(edition: Edition, target: Target) -> dict[str, Cell]:
    package = edition.package
    return {
        "plan": package.plan_by_id[target.plan_id].name,
        "project": package.project_by_id[target.project_id].name if target.project_id else None,
        "indicator": package.indicator_by_id[target.indicator_id].name,
        "region": package.region_by_id[target.region_id].name,
        "lead_unit": package.unit_by_id[target.lead_unit_id].name if target.lead_unit_id else None,
        "kind_label": t(f"opendata.kind.{target.kind}"),
        "comparator_label": t(f"opendata.comparator.{target.comparator}"),
    }


def _grounds(edition: Edition, target: Target, verdict: Assessment) -> dict[str, Cell]:
    """What the verdict rests on: its steps in words, the sources of its figure and of the baseline, figures at hand."""
    sources = edition.package.source_by_id
    judged = sources.get(verdict.source_id or "")
    baseline = sources.get(target.baseline_source_id or "")
    told = zip(verdict.steps, edition.sentences.get(target.target_id, ()), strict=False)
    series = edition.package.observations_by_series.get((target.indicator_id, target.region_id), ())
    return {
        "explanation": sentences(words for step, words in told if not step.left_out),
        "judged_source": judged.title if judged else None,
        "judged_url": judged.url if judged else None,
        "baseline_source": baseline.title if baseline else None,
        "figures": len(series),
    }


def _status(edition: Edition, target: Target, verdict: Assessment) -> dict[str, Cell]:
    series = edition.package.observations_by_series.get((target.indicator_id, target.region_id), ())
    years = figure_years(verdict, (*(seen.period for seen in series), *periods_of(target)))
    return {
        "status": verdict.status.value,
        "status_label": t(f"status.label.{verdict.status}"),
        "family_label": t(f"status.family.{verdict.status.family}"),
        "reason_label": reason_label(verdict.reason) if verdict.reason else None,
        "progress_pct": verdict.progress_pct,
        "time_pct": verdict.time_pct,
        "gap_pp": verdict.gap_pp,
        "ratio": verdict.ratio,
        "attainment_pct": verdict.attainment_pct,
        "grade": verdict.grade.value if verdict.grade else None,
        "judged_period": verdict.period,
        "judged_value": verdict.value,
        "flags_label": by_semicolon(flag_label(flag, years) for flag in verdict.flags),
    }


def _latest(seen: Observation, source: Source) -> dict[str, Cell]:
    return {
        "latest_period": seen.period,
        "latest_value": seen.value,
        "latest_basis": seen.basis,
        "latest_obs_status_label": t(f"opendata.sdmx.obs_status.{seen.obs_status}"),
        "latest_figure_as_printed": seen.figure_as_printed,
        "latest_pub": seen.pub,
        "latest_source_id": source.source_id,
        "latest_source": source.title,
        "latest_publisher": source.publisher,
        "latest_tier": source.tier,
        "latest_url": source.url,
    }
