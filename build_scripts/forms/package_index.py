"""The package seen from the forms: who reports what, and what was last known on a day.

Gets a `Package`, the assessments and a day, gives the lookups that both the writing and the reading side ask.
A target or task belongs to who leads it (`core.leads`), else to nobody (`NO_LEAD`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from build_scripts.core.asof import asof
from build_scripts.core.leads import lead
from build_scripts.core.method import FINISHED, Assessment
from build_scripts.core.records import Observation, Package, Problem, ProblemEvent, Target, Task, TaskEvent
from build_scripts.core.tables import DEFAULT_BASIS
from build_scripts.forms.layout import KEY_SEPARATOR, NO_LEAD
from build_scripts.forms.periods import FormPeriod, accumulated, period_end
from build_scripts.forms.standing import SeriesInForce, step_in_force
from build_scripts.forms.submission import unit_prefix
from build_scripts.locale import t

# Judged by events or by words, not by a figure of a series: nothing to fill in on the first form.
NOT_MEASURED = frozenset({"milestone", "qualitative", "annual_task"})
# Judged by what came together over a window or in a year.
FLOW_KINDS = frozenset({"cum_flow", "annual_floor"})


@dataclass(frozen=True)
class PackageIndex:
    """The package seen from the forms: who leads what, and what was last known on `as_of`.

    `whole` holds what came later too: only what is new is set against it, so that no id is given twice. `unseen` are
    the ids of forms that no published site has shown yet.
    """

    whole: Package
    assessments: Mapping[str, Assessment]
    as_of: date
    unseen: frozenset[str] = frozenset()

    @cached_property
    def package(self) -> Package:
        """The package of the day."""
        return asof(self.whole, self.as_of)

    def lead_of(self, item: Target | Task) -> str:
        """The unit that reports a target or task, `NO_LEAD` where the plan names none, or only “all who lead”."""
        named = lead(self.package, item)
        return named.unit_id if named and named.unit_id not in self.collective else NO_LEAD

    def printed_lead(self, item: Target | Task) -> str:
        """The lead as the plan prints it."""
        named = lead(self.package, item)
        return named.name if named else t("forms.no_lead_unit")

    @cached_property
    def collective(self) -> frozenset[str]:
        """The units that are no unit but words for several: nobody answers for them, each of them may."""
        pattern = re.compile(t("forms.collective"))
        return frozenset(unit.unit_id for unit in self.package.units if pattern.search(unit.name))

    @cached_property
    def targets_by_series(self) -> Mapping[tuple[str, str], tuple[Target, ...]]:
        """The measurable targets that count, by (`indicator_id`, `region_id`), in file order."""
        found: dict[tuple[str, str], list[Target]] = {}
        for target in self.package.targets:
            if target.in_totals and target.kind not in NOT_MEASURED:
                found.setdefault((target.indicator_id, target.region_id), []).append(target)
        return {key: tuple(targets) for key, targets in found.items()}

    @cached_property
    def leads_of_series(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """Who may report a series: the lead of any target on it."""
        return {
            key: frozenset(self.lead_of(target) for target in targets)
            for key, targets in self.targets_by_series.items()
        }

    @cached_property
    def figures(self) -> Mapping[tuple[str, str], tuple[Observation, ...]]:
        """The observations by series, oldest period first, within a period oldest `pub` first."""
        return {
            key: tuple(sorted(series, key=_by_period_then_pub))
            for key, series in self.package.observations_by_series.items()
        }

    @cached_property
    def problem_steps(self) -> Mapping[str, tuple[ProblemEvent, ...]]:
        """The problem events by problem, oldest first."""
        found: dict[str, list[ProblemEvent]] = {}
        for event in self.package.problem_events:
            found.setdefault(event.problem_id, []).append(event)
        return {key: tuple(sorted(events, key=lambda e: (e.date, e.pub))) for key, events in found.items()}

    def series(self, key: tuple[str, str], without: Collection[Observation] = ()) -> SeriesInForce:
        """What is in force of a series, as if some rows were not there."""
        targets = self.targets_by_series.get(key, ())
        basis = next((target.baseline_basis for target in targets if target.baseline_basis), DEFAULT_BASIS)
        rows = [row for row in self.package.observations_by_series.get(key, ()) if row not in without]
        return SeriesInForce(self.package, rows, basis)

    def is_flow(self, key: tuple[str, str]) -> bool:
        """Whether a series adds up over time, so that a month of it is not a year of it."""
        targets = self.targets_by_series.get(key, ())
        spans = any("/P" in figure.period for figure in self.figures.get(key, ()))
        return spans or any(target.flow or target.kind in FLOW_KINDS for target in targets)

    def last_figure(self, key: tuple[str, str]) -> Observation | None:
        """The figure in force for the series' latest period."""
        figures = self.series(key).figures
        return figures[-1] if figures else None

    def step(self, task_id: str, without: Collection[TaskEvent] = ()) -> TaskEvent | None:
        """The step a task stands at, as if some steps had not been told."""
        told = [step for step in self.package.events_by_task.get(task_id, ()) if step not in without]
        return step_in_force(self.package, told)

    def plan_day(self, task_id: str) -> date | None:
        """The day on which the plan that names a task was issued."""
        task = self.package.task_by_id.get(task_id)
        return self.package.plan_by_id[task.plan_id].issued_on if task else None

    def problem_step(self, problem_id: str, without: Collection[ProblemEvent] = ()) -> ProblemEvent | None:
        """The step a problem stands at: by its own day, of one day the one published, then listed, last."""
        steps = [step for step in self.problem_steps.get(problem_id, ()) if step not in without]
        return steps[-1] if steps else None

    def unseen_figures(self, key: tuple[str, str], unit_id: str) -> list[Observation]:
        """What a unit's forms said of a series today, while no published site has shown it."""
        rows = self.package.observations_by_series.get(key, ())
        return [row for row in rows if row.pub == self.as_of and self._own(row.source_id, unit_id)]

    def unseen_steps(self, task_id: str, unit_id: str) -> list[TaskEvent]:
        """What a unit's forms said of a task today, while no published site has shown it."""
        steps = self.package.events_by_task.get(task_id, ())
        return [step for step in steps if step.pub == self.as_of and self._own(step.source_id, unit_id)]

    def unseen_moves(self, problem_id: str, unit_id: str) -> list[ProblemEvent]:
        """What a unit's forms said of a problem today, while unseen; not the step that put it on the books."""
        steps = self.problem_steps.get(problem_id, ())[1:]
        return [step for step in steps if step.pub == self.as_of and self._own(step.source_id or "", unit_id)]

    def _own(self, source_id: str, unit_id: str) -> bool:
        start = f"{unit_prefix(unit_id)}-"
        return source_id in self.unseen and re.match(r"\d{4}", source_id.removeprefix(start)) is not None

    def is_finished(self, task: Task) -> bool:
        """Whether a task stands at its end."""
        step = self.step(task.task_id)
        return step is not None and step.state in FINISHED

    def is_closed(self, problem: Problem) -> bool:
        """Whether a problem has been struck off."""
        step = self.problem_step(problem.problem_id)
        return step is not None and step.state == "verified"

    def lead_units(self) -> list[str]:
        """Every unit with something of its own to report, in the units' order; `NO_LEAD` last, where it is needed."""
        leading = {lead for leads in self.leads_of_series.values() for lead in leads}
        leading |= {self.lead_of(task) for task in self.package.tasks}
        leading |= {p.owner_unit_id for p in self.package.problems if not self.is_closed(p)}
        named = [unit.unit_id for unit in self.package.units if unit.unit_id in leading]
        return named + ([NO_LEAD] if NO_LEAD in leading else [])

    def projects_of(self, unit_id: str) -> list[str]:
        """The projects a unit leads or shares; every project for the workbook without a lead."""
        parts = {part.project_id for part in self.package.responsibilities if part.unit_id == unit_id}
        return [
            project.project_id
            for project in self.package.projects
            if unit_id in {NO_LEAD, project.lead_unit_id} or project.project_id in parts
        ]


def unit_name(package: Package, unit_id: str) -> str:
    """The unit's name as readers know it."""
    return t("forms.no_lead_unit") if unit_id == NO_LEAD else package.unit_by_id[unit_id].name


def series_key(indicator_id: str, region_id: str) -> str:
    """The key an indicator row carries in its hidden column."""
    return f"{indicator_id}{KEY_SEPARATOR}{region_id}"


def period_choices(
    book: PackageIndex, key: tuple[str, str], targets: tuple[Target, ...], form: FormPeriod
) -> tuple[str, ...]:
    """The periods a figure of this series may be about, the likeliest first.

    A form asks for its own period, however seldom an indicator is published: a total over a window runs from the
    window's first January, other flows from this year's January; a level or a stock is that of the form's last month.
    """
    end = form.end
    starts = {int(target.period_start[:4]) for target in targets if target.kind == "cum_flow" and target.period_start}
    totals = [accumulated(start, 1, end) for start in sorted(starts) if start <= end.year]
    flows = book.is_flow(key)
    this_year = accumulated(end.year, 1, end)
    month = f"{end.year}-{end.month:02d}"
    near = [this_year, month] if flows else [month, this_year]
    last_year = f"{end.year if end.month == 12 else end.year - 1}"
    if form.months == 12:
        near = [last_year, *near]
    elif form.months == 3:
        near.insert(1, form.code)
    return tuple(dict.fromkeys([*totals, *near, last_year]))


def until(book: PackageIndex, key: tuple[str, str], end: date) -> str:
    """The period a series most likely means by “up to the end of a month”: of its accumulations, else that month."""
    form = FormPeriod(end.year, end.month, 1)
    targets = book.targets_by_series.get(key, ())
    return next(each for each in period_choices(book, key, targets, form) if period_end(each) == end)


def _end(period: str) -> date:
    return period_end(period) or date.min


def _by_period_then_pub(observation: Observation) -> tuple[date, str, date]:
    return (_end(observation.period), observation.period, observation.pub)
