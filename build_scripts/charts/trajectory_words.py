"""What the trajectory chart says: title, alt text, key and table. Gets an entry and its story, gives `Words`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from string import ascii_uppercase

from build_scripts.charts.course import Course, best
from build_scripts.charts.scale import moment, shown
from build_scripts.charts.spec import Table
from build_scripts.charts.trajectory_story import Story
from build_scripts.core.periods import is_year
from build_scripts.core.records import Target
from build_scripts.locale import DASH, by_semicolon, day, is_rank, number, percent, period, stop, t, with_unit
from build_scripts.locale.pub_date import published_cell
from build_scripts.report import Figure, TargetEntry, latest_of

_MOST_POINTS = 12


@dataclass(frozen=True, slots=True)
class Words:
    """Title, alternative text, key of the marks, and the table."""

    title: str
    alt: str
    key: str
    table: Table


def goal_label(target: Target, path: Course, scale: Decimal) -> str:
    """`目标≥2,250`, `目标60—70`; empty when there is no level to draw."""
    if path.goal is None:
        return ""
    value = number(shown(_tidy(path.goal), scale))
    if path.high is not None:
        return t("charts.trajectory.target_range", value=value, high=number(shown(path.high, scale)))
    return t("charts.trajectory.target", sign=t(f"charts.sign.{target.comparator}"), value=value)


def deadline_year(target: Target) -> str:
    """The year a target is due in as the plan names it; empty where it is due on a day."""
    whole = not target.due and target.target_period and is_year(target.target_period)
    return period(target.target_period) if whole else ""


def of_target(entry: TargetEntry, story: Story) -> Words:
    """The words of a target's own chart."""
    title = _title(entry, story)
    rows = [*_base_rows(entry, story), *_figure_rows(story.figures, story), *_goal_rows(entry, story)]
    return Words(title, _alt(title, story, _goal_sentence(entry, story)), _key(story), _table(story, rows))


def of_series(name: str, story: Story) -> Words:
    """The words of a chart of a series without a goal: one near a target, or an indicator's own."""
    figure = latest_of(story.figures)
    title = name
    if figure is not None:
        title = t("charts.trajectory.title_related", name=title, **_value(figure, story))
    alt = _alt(title, story, t("charts.trajectory.alt_no_goal"))
    return Words(title, alt, _key(story), _table(story, list(_figure_rows(story.figures, story))))


def _tidy(value: Decimal) -> Decimal:
    """A level that was computed (k times the base) without a tail of digits."""
    return value if -value.as_tuple().exponent <= 4 else value.quantize(Decimal("0.01"))  # type: ignore[operator]


def _value(figure: Figure, story: Story) -> dict[str, str]:
    seen = figure.observation
    printed = story.label(seen.value)
    place = is_rank(story.unit)
    value = t("charts.trajectory.place", value=printed) if place else with_unit(printed, story.unit)
    return {"period": period(seen.period), "value": value}


def _title(entry: TargetEntry, story: Story) -> str:
    """The finding: the judged (else the latest) figure, how far that is along the way, and the status."""
    verdict = entry.assessment
    status = t(f"status.label.{verdict.status}")
    name = entry.target.name
    figure = entry.latest
    if figure is None:
        return t("charts.trajectory.title_none", name=name, status=status)
    values = {"name": name, "status": status, **_value(figure, story)}
    if verdict.progress_pct is not None and verdict.time_pct is not None:
        shares = {"progress": percent(verdict.progress_pct), "time": percent(verdict.time_pct)}
        return t("charts.trajectory.title_pace", **values, **shares)
    return t("charts.trajectory.title_value", **values)


def _alt(title: str, story: Story, goal: str) -> str:
    """The chart in words, with its numbers: the newest dozen points, oldest first."""
    standing = sorted(best(story.drawn).values(), key=lambda f: moment(f.observation.period))[-_MOST_POINTS:]
    points = by_semicolon(
        t("charts.trajectory.alt_point", period=v["period"], value=v["value"])
        for v in (_value(figure, story) for figure in standing)
    )
    return t("charts.trajectory.alt", title=title, points=points or t("charts.trajectory.alt_none"), goal=goal)


def _goal_sentence(entry: TargetEntry, story: Story) -> str:
    target, path = entry.target, story.path
    if path.goal is None:
        if target.kind == "multiple_of_base" and target.value is not None:
            return t("charts.trajectory.title_multiple", value=number(target.value))
        return t("charts.trajectory.alt_no_goal")
    value = number(shown(_tidy(path.goal), story.scale))
    if path.high is not None:
        value = f"{value}—{number(shown(path.high, story.scale))}"
    return t(
        "charts.trajectory.alt_goal",
        deadline=period(target.target_period) if target.target_period else "",
        sign=t(f"charts.sign.{target.comparator}"),
        value=with_unit(value, story.unit),
    )


def _key(story: Story) -> str:
    """What the marks mean, only those that are there."""
    path = story.path
    parts = {
        "key_path": path.has_path,
        "key_window": path.flat and path.goal is not None,
        "key_old": bool(story.replaced(story.drawn)),
        "key_part": any(not story.main(figure) for figure in story.drawn),
        "key_hidden": len(story.drawn) < len(story.figures),
        "key_basis": len({f.observation.basis for f in story.figures if story.main(f)}) > 1,
    }
    found = [t(f"charts.trajectory.{name}") for name, there in parts.items() if there]
    return t("charts.trajectory.key_joiner").join(found) + stop() if found else ""


def _table(story: Story, rows: list[tuple[str, ...]]) -> Table:
    value = (
        t("charts.trajectory.column_value_unit", unit=story.unit) if story.unit else t("charts.trajectory.column_value")
    )
    names = ("published", "source", "note")
    columns = (t("charts.trajectory.column_period"), value, *(t(f"charts.trajectory.column_{name}") for name in names))
    return Table(columns, tuple(rows))


def _base_rows(entry: TargetEntry, story: Story) -> Iterable[tuple[str, ...]]:
    begin, written = story.path.begin, entry.target.baseline_period
    if begin is not None and entry.target.baseline_value is not None and written:
        label = t("charts.trajectory.row_baseline", period=period(written))
        yield (label, number(shown(begin[1], story.scale)), DASH, DASH, "")


def _goal_rows(entry: TargetEntry, story: Story) -> Iterable[tuple[str, ...]]:
    target = entry.target
    if story.path.goal is None:
        return
    open_end = target.target_period is None
    label = t("charts.trajectory.row_target_open")
    if not open_end:
        label = t("charts.trajectory.row_target", period=period(target.target_period))
    value = number(shown(_tidy(story.path.goal), story.scale))
    if story.path.high is not None:
        value = f"{value}—{number(shown(story.path.high, story.scale))}"
    yield (
        label,
        f"{t(f'charts.sign.{target.comparator}')}{value}",
        day(entry.plan.issued_on),
        entry.plan.name,
        "",
    )


def _figure_rows(figures: Iterable[Figure], story: Story) -> Iterable[tuple[str, ...]]:
    """A row a published value, revisions included, in the order of periods and publication."""
    bases = list(dict.fromkeys(figure.observation.basis for figure in figures))
    for figure in figures:
        seen = figure.observation
        notes = [t(f"charts.obs_status.{seen.obs_status}")]
        if not figure.lead:
            notes.append(t("charts.trajectory.note_old" if figure.superseded else "charts.trajectory.note_other"))
        if len(bases) > 1:
            # The ids of bases are codes: letters in order of appearance tell the rows apart.
            notes.append(t("charts.trajectory.note_basis", letter=ascii_uppercase[bases.index(seen.basis) % 26]))
        value = number(shown(seen.value, story.scale))
        note = by_semicolon(filter(None, notes))
        yield (period(seen.period), value, published_cell(seen, figure.source), figure.source.publisher, note)
