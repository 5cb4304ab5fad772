"""Rules about what was promised: thresholds, baselines, repeats, who leads (rules 1, 2, 9, 11)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from build_scripts.checks.check import Check
from build_scripts.core.records import Plan, Project, Severity, Target, Violation
from build_scripts.load import Tables, violation
from build_scripts.locale import t

_NUMERIC = frozenset({"ge", "gt", "le", "lt", "between", "approx"})


def threshold_is_there(tables: Tables, _today: date) -> Iterator[Violation]:
    """A numeric comparator has a value, `none` has none, and a range has `value_high` not below `value`."""
    place = tables.place(Target)
    for row, target in tables.of(Target):
        if target.comparator == "none" and target.value is not None:
            yield violation(
                "threshold", place, row, "comparator", what="none_with_value", do="do_none", found=target.value
            )
        elif target.comparator in _NUMERIC and target.value is None and target.kind != "moving_ref":
            yield violation("threshold", place, row, "value", what="no_value", do="do_value", found=target.comparator)
        elif target.comparator == "between" and target.value_high is None:
            yield violation("threshold", place, row, "value_high", what="no_high", do="do_high")
        elif target.value_high is not None and not _in_order(target.value, target.value_high):
            facts = {"high": target.value_high, "value": t("checks.empty") if target.value is None else target.value}
            yield violation("threshold", place, row, "value_high", what="crossed", do="do_crossed", facts=facts)


def _in_order(low: Decimal | None, high: Decimal) -> bool:
    """Whether a range's bounds are in order; bounds that are no finite numbers are another rule's."""
    return low is not None and (not low.is_finite() or not high.is_finite() or low <= high)


def baseline_is_whole(tables: Tables, _today: date) -> Iterator[Violation]:
    """A baseline value has a period, a basis and a source."""
    place = tables.place(Target)
    for row, target in tables.of(Target):
        if target.baseline_value is None:
            continue
        for field in ("baseline_period", "baseline_basis", "baseline_source_id"):
            if not getattr(target, field):
                yield violation("baseline-incomplete", place, row, field, do=f"do_{field}", value=target.baseline_value)


def years_run_forward(tables: Tables, _today: date) -> Iterator[Violation]:
    """The base year is before the target year, the first year of a window not after it; a plan's years likewise."""
    place = tables.place(Target)
    for row, target in tables.of(Target):
        if not target.target_period:
            continue
        facts = {"target": target.target_period}
        if target.baseline_period and target.baseline_period >= target.target_period:
            yield violation("period-order", place, row, "baseline_period", found=target.baseline_period, facts=facts)
        if target.period_start and target.period_start > target.target_period:
            found = target.period_start
            yield violation("period-order", place, row, "period_start", what="start", found=found, facts=facts)
    for row, plan in tables.of(Plan):
        if plan.period_start > plan.period_end:
            facts = {"target": str(plan.period_end)}
            found = str(plan.period_start)
            yield violation(
                "period-order", tables.place(Plan), row, "period_start", what="plan", found=found, facts=facts
            )


def repeats_point_to_the_first(tables: Tables, _today: date) -> Iterator[Violation]:
    """`duplicate_of` points to a target that is not itself a repeat; a repeat is not counted in totals."""
    place = tables.place(Target)
    repeats = {target.target_id: target.duplicate_of for _row, target in tables.of(Target) if target.duplicate_of}
    for row, target in tables.of(Target):
        if target.duplicate_of is None:
            continue
        if target.duplicate_of == target.target_id:
            yield violation("duplicate-chain", place, row, "duplicate_of", what="self", do="do_self")
        elif target.duplicate_of in repeats:
            first = _first(repeats, target.target_id)
            facts = {"found": target.duplicate_of, "first": first or ""}
            do = "do" if first else "do_cycle"
            what = "what" if first else "cycle"
            yield violation("duplicate-chain", place, row, "duplicate_of", what=what, do=do, facts=facts)
        elif target.in_totals:
            yield violation("duplicate-chain", place, row, "in_totals", what="counted", do="do_counted")


def _first(repeats: dict[str, str], start: str) -> str | None:
    """The target a chain of repeats ends at; None when it runs in a circle."""
    seen = {start}
    here = repeats[start]
    while here in repeats:
        if here in seen:
            return None
        seen.add(here)
        here = repeats[here]
    return here


def major_projects_have_a_lead(tables: Tables, _today: date) -> Iterator[Violation]:
    """Every major project and every target of one has a lead unit."""
    major = {item.project_id: item for _row, item in tables.of(Project) if item.kind == "major_project"}
    for row, project in tables.of(Project):
        if project.project_id in major and not project.lead_unit_id:
            yield violation("lead-missing", tables.place(Project), row, "lead_unit_id", title=project.title)
    for row, target in tables.of(Target):
        if target.project_id in major and not target.lead_unit_id:
            project = major[target.project_id]
            facts = {"title": project.title, "lead": project.lead_unit_id or ""}
            do = "do_target" if project.lead_unit_id else "do"
            yield violation(
                "lead-missing", tables.place(Target), row, "lead_unit_id", what="target", do=do, facts=facts
            )


CHECKS = (
    Check("threshold", Severity.ERROR, threshold_is_there, 1),
    Check("baseline-incomplete", Severity.ERROR, baseline_is_whole, 2),
    Check("period-order", Severity.ERROR, years_run_forward, 2),
    Check("duplicate-chain", Severity.ERROR, repeats_point_to_the_first, 9),
    Check("lead-missing", Severity.ERROR, major_projects_have_a_lead, 11),
)
