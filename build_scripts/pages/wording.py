"""Phrases about one target, in Chinese that reads like a person wrote it. Gets an entry, gives strings.

Units are glued to figures the way they are spoken: `2,250亿元`, `63%`, `第3位`, `0.7个百分点`. Every phrase comes
from `i18n/zh/reading.toml`; here is only the choice of phrase.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from build_scripts.method import Status
from build_scripts.model import Indicator, Observation, Region, Target
from build_scripts.report import Figure, TargetEntry
from build_scripts.text import DASH, day, number, percent, period, t
from build_scripts.text.catalogue import has

_NUMERALS = "零一两三四五六七八九十"
GROWTH_KINDS = ("avg_growth", "avg_increment")
WINDOW_KINDS = ("cum_flow", "annual_floor", "rank", *GROWTH_KINDS)
POINT_KINDS = ("level_by", "share_by", "count_by", "travel_time", "multiple_of_base", "moving_ref")


def how_many(count: int, measure: str) -> str:
    """A count with its measure word, in digits as statistics are written: `14项`, `0项`."""
    return f"{number(count)}{measure}"


def spoken(count: int, measure: str) -> str:
    """A small count as it is said in running text: `两份`, `十项`; digits for none and above ten."""
    return f"{_NUMERALS[count]}{measure}" if 0 < count <= 10 else how_many(count, measure)


def amount(value: Decimal | None, unit: str) -> str:
    """A figure glued to its unit; `—` for none."""
    if value is None:
        return DASH
    if unit.startswith("%"):
        return f"{number(value)}%"
    if unit in {"位", "位次"}:
        return f"第{number(value)}位"
    return f"{number(value)}{unit.partition('/年')[0]}"


def condition(target: Target) -> str:
    """What must hold, as a verb phrase (`达到2,250亿元以上`); empty where the plan prints no figure."""
    if target.value is None or target.comparator in {"none", "event"}:
        return ""
    table = "growth" if target.kind in GROWTH_KINDS else "condition"
    if target.comparator == "between":
        return t(f"reading.{table}.between", low=amount(target.value, target.unit), high=_high(target))
    return t(f"reading.{table}.{target.comparator}", amount=amount(target.value, target.unit))


def series_name(indicator: Indicator, region: Region) -> str:
    """Whose figure it is: the region's name and the indicator's, without saying the place twice."""
    return indicator.name if indicator.name.startswith(region.name) else f"{region.name}{indicator.name}"


def subject(entry: TargetEntry) -> str:
    """What a target is about: its region and indicator."""
    return series_name(entry.indicator, entry.region)


def short_condition(entry: TargetEntry) -> str:
    """The promise for a table cell: the figure with its comparison, or what the document says instead."""
    target = entry.target
    if target.kind == "milestone":
        return t("table.condition.milestone")
    if target.value is None or target.comparator == "none":
        return t("table.condition.none")
    if target.kind == "rank":
        return t("table.condition.rank", n=number(target.value))
    words = condition(target) or amount(target.value, target.unit)
    key = f"table.condition.{target.kind}"
    return t(key, condition=words) if has(key) else words


def deadline(entry: TargetEntry) -> str:
    """When it is due, for a table cell: `2025年`, `2023年3月10日`, `2023—2027年`, or `—`."""
    target = entry.target
    if target.due:
        return day(target.due)
    if target.kind in WINDOW_KINDS and target.period_start and target.target_period:
        return f"{target.period_start[:4]}—{target.target_period[:4]}年"
    return period(target.target_period)


def latest_figure(entry: TargetEntry) -> Figure | None:
    """The figure the verdict names, else the latest published one; None when there is none with a value."""
    usable = [figure for figure in entry.figures if figure.observation.value is not None and not figure.superseded]
    judged = entry.assessment
    for figure in reversed(usable):
        seen = figure.observation
        if (seen.period, seen.value, seen.source_id) == (judged.period, judged.value, judged.source_id):
            return figure
    return latest_of(usable)


def latest_of(figures: Sequence[Figure]) -> Figure | None:
    """The figure of the latest year, a whole year before a part of one, published last; None without a value."""
    usable = (figure.observation for figure in figures if figure.observation.value is not None)
    latest = max(usable, key=lambda seen: (seen.period[:4], len(seen.period) == 4, seen.pub), default=None)
    return next((figure for figure in figures if figure.observation is latest), None)


def figure_words(seen: Observation, unit: str) -> str:
    """A published figure with its period and standing: `2024年2,181.18亿元（初步数）`."""
    return f"{period(seen.period)}{amount(seen.value, unit)}{mark(seen.obs_status)}"


def mark(obs_status: str) -> str:
    """The standing of a figure in brackets (`（初步数）`), or nothing for a normal one."""
    key = f"reading.mark.{obs_status}"
    return t(key) if has(key) else ""


def reading(entry: TargetEntry) -> str:
    """The one sentence that opens a target's page: promise, latest figure, what is still missing."""
    missing_deadline = entry.deadline is None and entry.target.kind != "annual_task"
    return t(
        "reading.whole.sentence",
        promise=promise(entry),
        deadline=t("reading.tail.no_deadline") if missing_deadline else "",
        latest=_latest(entry),
        tail=_tail(entry),
    )


def promise(entry: TargetEntry) -> str:
    """What the plan promises, as a clause without a full stop."""
    target = entry.target
    kind = target.kind
    if target.value is None and kind in (*WINDOW_KINDS, *POINT_KINDS) and kind not in {"rank", "moving_ref"}:
        kind = "unquantified"
    elif kind == "rank" and target.value is None:
        kind = "rank_unnumbered"
    return t(
        f"reading.promise.{kind}",
        when=_when(target),
        window=_window(target),
        subject=subject(entry),
        name=target.name,
        condition=condition(target),
        amount=amount(target.value, target.unit),
        n=number(target.value),
        k=number(target.value),
        tail="以上" if target.comparator == "ge" else "",
        base=_base(target),
        reference=_reference(entry),
    )


def _high(target: Target) -> str:
    return amount(target.value_high, target.unit)


def _when(target: Target) -> str:
    if target.due:
        return t("reading.when.day", day=day(target.due))
    if target.target_year:
        return t("reading.when.year", year=target.target_year)
    return t("reading.when.none")


def _window(target: Target) -> str:
    if target.period_start and target.target_year:
        if target.period_start[:4] == str(target.target_year):
            return t("reading.when.year", year=target.target_year)
        return t("reading.when.window", first=target.period_start[:4], last=target.target_year)
    if target.period_start:
        return t("reading.when.since", first=target.period_start[:4])
    return _when(target)


def _base(target: Target) -> str:
    if target.baseline_period:
        return t("reading.base.year", year=target.baseline_period[:4])
    return t("reading.base.unknown")


def _reference(entry: TargetEntry) -> str:
    return entry.reference.name if entry.reference else t("reading.base.unknown")


def _latest(entry: TargetEntry) -> str:
    """What was published last: a figure with its attainment, an event, or that there is nothing."""
    figure = latest_figure(entry)
    if figure:
        words = t(
            "reading.latest.figure",
            period=period(figure.observation.period),
            amount=amount(figure.observation.value, entry.indicator.unit),
            mark=mark(figure.observation.obs_status),
        )
        judged = figure.observation.value == entry.assessment.value
        share = entry.assessment.attainment_pct if judged else None
        return words if share is None else words + t("reading.latest.attainment", share=percent(share))
    if entry.happenings:
        event = entry.happenings[-1].event
        return t("reading.latest.event", day=day(event.date), state=t(f"reading.state.{event.state}"))
    if entry.related:
        return t("reading.latest.related", count=len(entry.related))
    return t("reading.latest.none")


def _tail(entry: TargetEntry) -> str:
    """What is still missing: the figure of the target year, to come or overdue."""
    target, figure = entry.target, latest_figure(entry)
    if entry.status in {Status.ACHIEVED, Status.ACHIEVED_LATE, Status.MISSED}:
        return ""
    if figure is None or target.kind not in POINT_KINDS or not target.target_period:
        return t("reading.tail.silent") if entry.silent else ""
    if figure.observation.period[:4] >= target.target_period[:4]:
        return ""
    key = "year_missing" if entry.overdue else "year_to_come"
    return t(f"reading.tail.{key}", year=target.target_year)
