"""“What if the thresholds were others?”: what the reader's own trial starts from. Gets examples and the report.

The trial itself runs in the reader's browser (`docs/assets/js/whatif.js`), stores nothing and is not this site's
verdict. Only numbers and already made badges are handed over; no word is made up in the script.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.charts.course import course
from build_scripts.core.method import BEHIND_RATIO, ON_TRACK_RATIO, Status
from build_scripts.core.periods import year_of
from build_scripts.core.records import Link
from build_scripts.locale import number, t
from build_scripts.pages import parts
from build_scripts.pages.parts import Badge
from build_scripts.report import Report, TargetEntry
from build_scripts.report.examples import WorkedExample

PATHS = ("path_log", "path_linear")
OUTCOMES = (Status.ACHIEVED, Status.ON_TRACK, Status.SLIGHTLY_BEHIND, Status.BEHIND, Status.REVERSING)


@dataclass(frozen=True, slots=True)
class Preset:
    """Numbers to start a trial from, as plain text a form field takes."""

    label: str
    base: str
    base_year: str
    latest: str
    latest_year: str
    goal: str
    goal_year: str
    log: bool


@dataclass(frozen=True, slots=True)
class RatioRow:
    """A real target with a pace ratio, to be banded again by the reader's thresholds."""

    link: Link
    ratio: str
    shown: str
    badge: Badge


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Everything the trial needs; `on_track` and `behind` are the method's own thresholds."""

    on_track: str
    behind: str
    presets: tuple[Preset, ...]
    outcomes: tuple[Badge, ...]
    rows: tuple[RatioRow, ...]
    rows_caption: str


def whatif(report: Report, examples: tuple[WorkedExample, ...]) -> WhatIf:
    """The trial's starting point."""
    rows = tuple(_rows(report))
    return WhatIf(
        on_track=str(ON_TRACK_RATIO),
        behind=str(BEHIND_RATIO),
        presets=tuple(_preset(each) for each in examples if each.path),
        outcomes=tuple(parts.badge(status) for status in OUTCOMES),
        rows=rows,
        rows_caption=t("method.whatif.rows_caption", count=len(rows)),
    )


def whatif_of(entry: TargetEntry) -> WhatIf | None:
    """The trial with one target's own numbers; None where its verdict does not come from a path."""
    judged = entry.assessment
    if judged.ratio is None or judged.method not in PATHS or judged.value is None or judged.period is None:
        return None
    path = course(entry, entry.latest)
    if not path.has_path or path.begin is None or path.end is None or path.goal is None:
        return None
    said = parts.said_together(entry.indicator, entry.figures)  # as in the table of the page
    preset = Preset(
        label=entry.target.name,
        base=f"{said.figure(path.begin[1]):f}",
        base_year=str(int(path.begin[0])),
        latest=f"{said.figure(judged.value):f}",
        latest_year=str(year_of(judged.period)),
        goal=f"{said.figure(path.goal):f}",
        goal_year=str(entry.target.target_year),
        log=judged.method == "path_log",
    )
    outcomes = tuple(parts.badge(status) for status in OUTCOMES)
    return WhatIf(str(ON_TRACK_RATIO), str(BEHIND_RATIO), (preset,), outcomes, (), "")


def _preset(example: WorkedExample) -> Preset:
    inputs, seen = example.inputs, example.inputs.observations[-1]
    return Preset(
        label=t(f"method.example.{example.key}.title"),
        base=str(inputs.base_value),
        base_year=str(inputs.base_period),
        latest=str(seen.value),
        latest_year=str(year_of(seen.period)),
        goal=str(inputs.value),
        goal_year=str(inputs.target_period),
        log=example.assessment.method == "path_log",
    )


def _rows(report: Report) -> Iterator[RatioRow]:
    """Targets whose status is a band of their pace ratio."""
    for entry in report.entries:
        ratio = entry.assessment.ratio
        if ratio is not None and entry.status in OUTCOMES[1:]:
            yield RatioRow(parts.target_link(entry), str(ratio), number(ratio), parts.badge(entry.status))
