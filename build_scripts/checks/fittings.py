"""Rules about promises and works against what stands beside them: their plan, their project, their own words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from build_scripts.checks.check import Check
from build_scripts.checks.kinds import nature_of
from build_scripts.checks.places import Places
from build_scripts.core.periods import year_of
from build_scripts.core.printed import plain
from build_scripts.core.records import Indicator, Plan, Project, Severity, Target, Task, Violation
from build_scripts.load import Tables, violation
from build_scripts.load.violations import shown
from build_scripts.locale import t
from build_scripts.locale.documents import all_of, printed

_YEAR = re.compile(r"(?<!\d)((?:19|20|21)\d\d)(?!\d)")
_AVERAGES = frozenset({"avg_growth", "avg_increment"})
# A sum over years may be worded as a number reached, and the other way round.
_SUMS = frozenset({"cum_flow", "count_by", "level_by", "envelope", "milestone"})
# What the words of a target of such a kind say, by the name of the list that holds them.
_SAID = {"annual_floor": "yearly", "multiple_of_base": "times", "envelope": "invested"}
# Words that are said of these kinds alone.
_OF_KINDS = {
    "average": _AVERAGES | {"annual_floor", "qualitative"},
    "times": frozenset({"multiple_of_base", "qualitative"}),
    "summed": _SUMS | {"qualitative"},
    "outlay": frozenset({"envelope"}),
}
_POINTS = frozenset({"level_by", "share_by", "count_by", "travel_time", "cum_flow", "envelope"})
_FLOWING = frozenset({"cum_flow", "annual_floor"})
_HABIT_AT_LEAST = 10
_HABIT = 0.9


def targets_lie_in_their_plan(tables: Tables, _today: date) -> Iterator[Violation]:
    """A target's years lie within its plan's, its day within its year, its base year before or in its own words."""
    plans = tables.by_id(Plan)
    place = tables.place(Target)
    for row, target in tables.of(Target):
        plan = plans.get(target.plan_id)
        if plan is None:
            continue
        for field in ("period_start", "target_period"):
            year = year_of(getattr(target, field))
            if year is not None and not plan.period_start <= year <= plan.period_end:
                facts = {"found": year, "first": plan.period_start, "last": plan.period_end}
                yield violation("plan-years", place, row, field, facts)
        if target.due and target.target_year and target.due.year != target.target_year:
            days = {"found": target.due, "year": target.target_year}
            yield violation("plan-years", place, row, "due", days, what="what_due", do="do_due")
        base = year_of(target.baseline_period)
        own = {int(each) for each in _YEAR.findall(plain(f"{target.figure_as_printed} {target.name} {target.quote}"))}
        if base is not None and base > plan.period_start and base not in own:
            facts = {"found": base, "first": plan.period_start}
            yield violation("plan-years", place, row, "baseline_period", facts, what="what_base", do="do_base")


def inferred_years_are_the_plans(tables: Tables, _today: date) -> Iterator[Violation]:
    """A year nobody printed (`year-inferred`) is the last of the plan, where that is the package's way."""
    ends = {plan.plan_id: plan.period_end for _row, plan in tables.of(Plan)}
    inferred = [(row, each) for row, each in tables.of(Target) if "year-inferred" in each.flags and each.target_year]
    odd = [(row, each) for row, each in inferred if each.target_year != ends.get(each.plan_id)]
    if len(inferred) >= _HABIT_AT_LEAST and len(odd) <= (1 - _HABIT) * len(inferred):
        for row, target in odd:
            facts = {"found": target.target_year, "last": ends.get(target.plan_id)}
            yield violation("year-inferred", tables.place(Target), row, "target_period", facts)
    yield from _odd_starts(tables)


def _odd_starts(tables: Tables) -> Iterator[Violation]:
    """First years that are neither the plan's nor printed, where first years usually are the plan's."""
    starts = {plan.plan_id: plan.period_start for _row, plan in tables.of(Plan)}
    begun = [(row, each) for row, each in tables.of(Target) if each.period_start]
    odd = [(row, each) for row, each in begun if year_of(each.period_start) != starts.get(each.plan_id)]
    if len(begun) < _HABIT_AT_LEAST or len(odd) > (1 - _HABIT) * len(begun):
        return
    for row, target in odd:
        if target.period_start and target.period_start[:4] not in _YEAR.findall(plain(target.quote)):
            facts = {"found": target.period_start, "first": starts.get(target.plan_id)}
            yield violation("year-inferred", tables.place(Target), row, "period_start", facts, what="what_start")


def leads_are_the_projects(tables: Tables, _today: date) -> Iterator[Violation]:
    """What belongs to a project has the project's plan, and its lead unit where that is the package's way."""
    projects = tables.by_id(Project)
    led, odd = 0, list[Violation]()
    for kind in (Target, Task):
        for row, item in tables.rows(kind):
            project = projects.get(item.project_id or "")
            if project is None:
                continue
            if project.plan_id != item.plan_id:
                facts = {"found": item.plan_id, "plan": project.plan_id, "project": project.project_id}
                yield violation("project-beside", tables.place(kind), row, "plan_id", facts, what="what_plan")
            if item.lead_unit_id and project.lead_unit_id:
                led += 1
                if item.lead_unit_id != project.lead_unit_id:
                    facts = {"found": item.lead_unit_id, "lead": project.lead_unit_id, "project": project.project_id}
                    odd.append(violation("project-beside", tables.place(kind), row, "lead_unit_id", facts))
    if led >= _HABIT_AT_LEAST and len(odd) <= (1 - _HABIT) * led:
        yield from odd
    yield from _missing_leads(tables, projects)


def _missing_leads(tables: Tables, projects: dict[str, Project]) -> Iterator[Violation]:
    """Works and targets without the lead their project's others have."""
    beside: dict[tuple[type, str], list[tuple[int, str | None]]] = defaultdict(list)
    for record in (Target, Task):
        for row, item in tables.rows(record):
            if item.project_id in projects and projects[item.project_id].lead_unit_id:
                beside[record, item.project_id].append((row, item.lead_unit_id))
    for (kind, project_id), leads in beside.items():
        without = [row for row, lead in leads if not lead]
        if len(without) == 1 and len(leads) > 2:
            facts = {"lead": projects[project_id].lead_unit_id, "project": project_id, "found": "–"}
            yield violation("project-beside", tables.place(kind), without[0], "lead_unit_id", facts)


def kinds_fit_the_words(tables: Tables, _today: date) -> Iterator[Violation]:
    """年均 is said of yearly means, 翻番 of multiples, 累计 of sums over years; and of nothing else."""
    place = tables.place(Target)
    measured, unsaid = _without_figure(tables), _unsaid(tables)
    known = tables.by_id(Indicator)
    odd = _odd_kinds(tables, known)
    for row, target in tables.of(Target):
        words = plain(f"{target.figure_as_printed} {target.name}")
        if found := _said_of_another(target, words):
            pass
        elif row in odd:
            found = t(f"natures.name.{nature_of(known[target.indicator_id])}")
        elif row in measured:
            found = "no-threshold"
        elif row in unsaid or (
            target.kind in _AVERAGES and target.quote and not printed("average").search(words + plain(target.quote))
        ):
            found = "–"
        else:
            continue
        yield violation("kind-words", place, row, "kind", {"found": target.kind, "word": found, "words": shown(words)})


def _said_of_another(target: Target, words: str) -> str:
    """The word that says the target is of another kind; empty where none does."""
    for name, kinds in _OF_KINDS.items():
        if target.kind not in kinds and (found := printed(name).search(words)):
            return found.group()
    return "flow" if target.flow is not None and target.kind not in _FLOWING else ""


def _unsaid(tables: Tables) -> frozenset[int]:
    """Rows whose words do not say what the kind needs said (every year, so many times), where most of the kind do."""
    seen: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for row, target in tables.of(Target):
        if target.kind in _SAID:
            told = f"{target.figure_as_printed} {target.name} {target.promise} {target.quote}"
            said = printed(_SAID[target.kind]).search(plain(told)) is not None
            seen[target.kind].append((row, said))
        elif target.kind == "cum_flow":
            seen[target.kind].append((row, target.flow is not None or target.period_start is not None))
    few = [rows for rows in seen.values() if 2 * sum(not said for _row, said in rows) < max(len(rows), 2)]
    return frozenset(row for rows in few for row, said in rows if not said)


def _odd_kinds(tables: Tables, known: Mapping[str, Indicator]) -> frozenset[int]:
    """Rows with the only target of a kind among many targets on figures of that nature."""
    seen: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row, target in tables.of(Target):
        indicator = known.get(target.indicator_id)
        if indicator is not None and target.kind in _POINTS:
            seen[nature_of(indicator)][target.kind].append(row)
    return frozenset(
        rows[0]
        for kinds in seen.values()
        for rows in kinds.values()
        if len(rows) == 1 and sum(map(len, kinds.values())) > _HABIT_AT_LEAST
    )


def _without_figure(tables: Tables) -> frozenset[int]:
    """Rows of targets to be measured that have neither a figure nor `no-threshold`, where most say so."""
    judged = frozenset({"qualitative", "milestone", "moving_ref", "annual_task"})
    empty = [(row, each) for row, each in tables.of(Target) if each.value is None and each.kind not in judged]
    odd = frozenset(row for row, each in empty if "no-threshold" not in each.flags)
    return odd if len(empty) >= _HABIT_AT_LEAST and len(odd) <= (1 - _HABIT) * len(empty) + 1 else frozenset()


def works_are_due_as_printed(tables: Tables, _today: date) -> Iterator[Violation]:
    """A work's day is the one printed: the same year, and the same month and day where these are printed."""
    place = tables.place(Task)
    for row, task in tables.of(Task):
        words = plain(task.due_as_printed)
        years = {int(each) for each in _YEAR.findall(words)}
        told = [hit.groups() for hit in all_of("month_day", words)]
        months = {int(month) for month, _day in told}
        days = {int(day) for _month, day in told if day}
        if task.due is None:
            fits = not years
        else:
            fits = not words or (
                task.due.year in (years or {task.due.year})
                and task.due.month in (months or {task.due.month})
                and task.due.day in (days or {task.due.day})
            )
        if not fits or (task.due and not words):
            facts = {"found": task.due or "–", "printed": task.due_as_printed or "–"}
            yield violation("due-printed", place, row, "due", facts)


def works_are_where_their_names_say(tables: Tables, _today: date) -> Iterator[Violation]:
    """A work whose name names one place is in it, or in a wider one."""
    places, place = Places(tables), tables.place(Task)
    for row, task in tables.of(Task):
        named = places.below(places.named(task.name))
        if task.region_id is None or len(named) != 1 or places.fits(task.region_id, named):
            continue
        if task.region_id in places.wholes or not places.below(frozenset({task.region_id})):
            continue
        facts = {"found": task.region_id, "named": next(iter(named)), "name": shown(task.name)}
        yield violation("work-place", place, row, "region_id", facts)


CHECKS = (
    Check("plan-years", Severity.WARNING, targets_lie_in_their_plan),
    Check("year-inferred", Severity.WARNING, inferred_years_are_the_plans),
    Check("project-beside", Severity.WARNING, leads_are_the_projects),
    Check("kind-words", Severity.WARNING, kinds_fit_the_words),
    Check("due-printed", Severity.WARNING, works_are_due_as_printed),
    Check("work-place", Severity.WARNING, works_are_where_their_names_say),
)
