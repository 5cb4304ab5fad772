"""What a trajectory chart is drawn from, and the scales of a layout. Gives types to its rows, labels and words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from build_scripts.charts.course import Course, best
from build_scripts.charts.scale import Axis, moment, shown
from build_scripts.charts.spec import Padding
from build_scripts.core.method import Status
from build_scripts.locale import number
from build_scripts.report import Figure

TOP = 34.0
BOTTOM = 26.0


@dataclass(frozen=True, slots=True)
class Story:
    """What is drawn, whatever it comes from. `scale` divides every value; `judged` is the period of the verdict.

    `deadline` is the year of the deadline where the plan names it otherwise than by its last day (`2025/26`).
    """

    figures: tuple[Figure, ...]
    reference: tuple[Figure, ...]
    reference_name: str
    path: Course
    kind: str
    rising: bool
    status: Status | None
    judged: str | None
    scale: Decimal
    unit: str
    decimals: int
    goal_label: str
    deadline: str = ""

    def label(self, exact: Decimal | None) -> str:
        """A value as labels write it: in the chart's unit, with no more decimals than its indicator has."""
        return number(shown(exact, self.scale, self.decimals))

    def value(self, exact: Decimal | float) -> float:
        """A value as drawn, in the chart's unit."""
        return float(exact) / float(self.scale)

    @property
    def drawn(self) -> tuple[Figure, ...]:
        """The figures that are drawn: those on the line; only when there is none, the others (parts of years)."""
        return tuple(figure for figure in self.figures if self.main(figure)) or self.figures

    def replaced(self, figures: tuple[Figure, ...]) -> list[Figure]:
        """Those of `figures` that do not stand, the best of another basis apart; equal ones would hide behind it."""
        leads = best(figures)

        def differs(figure: Figure) -> bool:
            seen = figure.observation
            lead = leads.get((seen.period, seen.basis))
            return lead is None or lead.observation.value != seen.value

        return [figure for figure in figures if not figure.lead and differs(figure)]

    def main(self, figure: Figure) -> bool:
        """Whether a figure belongs on the line: a full year, or for an accumulation one from the window's start."""
        seen = figure.observation.period
        if self.kind == "cum_flow":
            start = f"{int(self.path.since) + 1}-01-01/P" if self.path.since is not None else ""
            return seen.startswith(start) or (len(seen) == 4 and moment(seen) == (self.path.since or 0) + 1)
        return len(seen) == 4 or (self.kind == "count_by" and "/" not in seen and "Q" not in seen)


@dataclass(frozen=True, slots=True)
class Frame:
    """The scales of one layout."""

    x: Axis
    y: Axis
    xticks: list[float]
    yticks: list[float]
    padding: Padding


def point(story: Story, figure: Figure) -> dict[str, float]:
    """Where a figure stands, in the units of the axes."""
    value = figure.observation.value
    assert value is not None  # noqa: S101 - `usable` left out figures without one
    return {"x": moment(figure.observation.period), "y": story.value(value)}
