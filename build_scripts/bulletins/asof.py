"""The package as it stood on a day: gets a package and a day, gives the package without anything known only later.

Promises are known from the day their plan was issued; figures and events from the day they were published; figures
of indicators that no plan issued by then is concerned with are not part of the story either.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from build_scripts.core.records import Package, ReportedProblem


def package_at(package: Package, day: date) -> Package:
    """`package` with only the plans issued, and what was published, up to and including `day`."""
    plans = tuple(plan for plan in package.plans if plan.issued_on <= day)
    issued = {plan.plan_id for plan in plans}
    projects = tuple(each for each in package.projects if each.plan_id in issued)
    running = {project.project_id for project in projects}
    targets = tuple(each for each in package.targets if each.plan_id in issued)
    promised = {target.target_id for target in targets}
    tasks = tuple(each for each in package.tasks if each.plan_id in issued)
    named = {task.task_id for task in tasks}
    problems = tuple(each for each in package.problems if each.project_id in running and _known(package, each) <= day)
    reported = {problem.problem_id for problem in problems}
    related = tuple(each for each in package.related_indicators if each.target_id in promised)
    measured = {each.indicator_id for each in related}
    for target in targets:
        measured |= {target.indicator_id, target.reference_indicator_id or target.indicator_id}
    return replace(
        package,
        plans=plans,
        projects=projects,
        responsibilities=tuple(each for each in package.responsibilities if each.project_id in running),
        targets=targets,
        related_indicators=related,
        tasks=tasks,
        observations=tuple(s for s in package.observations if s.pub <= day and s.indicator_id in measured),
        task_events=tuple(event for event in package.task_events if event.pub <= day and event.task_id in named),
        problems=problems,
        problem_events=tuple(e for e in package.problem_events if e.pub <= day and e.problem_id in reported),
        searches=tuple(
            each
            for each in package.searches
            if each.date <= day
            and (each.plan_id is None or each.plan_id in issued)
            and (each.target_id is None or each.target_id in promised)
            and (each.task_id is None or each.task_id in named)
            and (each.indicator_id is None or each.indicator_id in measured)
        ),
        bulletins=(),
    )


def _known(package: Package, problem: ReportedProblem) -> date:
    """The day a problem became known: when its opening was published, else the day it was opened."""
    said = (
        event.pub
        for event in package.problem_events
        if event.problem_id == problem.problem_id and event.state == "open"
    )
    return min(said, default=problem.opened)
