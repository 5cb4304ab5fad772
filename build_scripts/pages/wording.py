"""Phrases about one target as a person would write them. Gets an entry, gives strings.

Every phrase comes from `reading.toml` of the language; here is only the choice of phrase.
"""

from __future__ import annotations

from decimal import Decimal

from build_scripts.core.method import Family
from build_scripts.core.periods import year_of
from build_scripts.core.records import Indicator, Observation, Plan, Region, Target, Unit
from build_scripts.locale import (
    DASH,
    both,
    day,
    first_part,
    heading,
    holds,
    is_rank,
    number,
    of_one_year,
    percent,
    period,
    place_and_name,
    quoted,
    ranked,
    read_words,
    span,
    stop,
    t,
    with_unit,
    words,
    year_range,
    year_words,
)
from build_scripts.locale.catalogue import has
from build_scripts.report import Figure, TargetEntry

WHOLE = Decimal(100)
LONGEST_STEP = 40
GROWTH_KINDS = ("avg_growth", "avg_increment")
WINDOW_KINDS = ("cum_flow", "annual_floor", "rank", *GROWTH_KINDS)
MEASURED_KINDS = ("level_by", "share_by", "count_by", "travel_time", "multiple_of_base", "cum_flow", "annual_floor")
POINT_KINDS = ("level_by", "share_by", "count_by", "travel_time", "multiple_of_base", "moving_ref")


def amount(value: Decimal | None, unit: str) -> str:
    """A figure glued to its unit; `—` for none."""
    if value is None:
        return DASH
    if unit.startswith("%"):
        return f"{number(value)}%"
    if is_rank(unit):
        return ranked(value)
    return with_unit(number(value), of_one_year(unit))


def condition(target: Target) -> str:
    """What must hold, as a verb phrase (`达到2,250亿元`); empty where the plan prints no figure."""
    if target.value is None or target.comparator in {"none", "event"}:
        return ""
    comparison = "ge_more" if target.comparator == "ge" and _prints(target, "more") else target.comparator
    table = "growth" if target.kind in GROWTH_KINDS else "estimate" if target.kind == "envelope" else "condition"
    words = {"amount": amount(target.value, target.unit), "high": amount(target.value_high, target.unit)}
    if target.kind == "multiple_of_base":
        return t(f"reading.multiple.{comparison}", base=_base(target), **words)
    return t(f"reading.{table}.{_bound(target, comparison) if table == 'condition' else comparison}", **words)


def _bound(target: Target, comparison: str) -> str:
    """The comparison, or that the target asks for all: no share is larger."""
    return "all" if comparison == "ge" and target.kind == "share_by" and target.value == WHOLE else comparison


def comparison(target: Target) -> str:
    """How a target compares with another place's figure: `超过`, `不高于`."""
    return t(f"reading.comparison.{target.comparator}")


def _prints(target: Target, words: str) -> bool:
    """Whether the plan itself prints one of the words listed under `reading.<words>`."""
    return holds(f"reading.{words}", target.figure_as_printed)


def series_name(indicator: Indicator, region: Region) -> str:
    """Whose figure it is: the region's name and the indicator's, without saying the place twice."""
    return place_and_name(region.name, indicator.name)


def subject(entry: TargetEntry) -> str:
    """What a target is about: its region and indicator."""
    return series_name(entry.indicator, entry.region)


def is_collective(unit: Unit) -> bool:
    """Whether a unit's name stands for several bodies together (`各牵头单位`), none of which it names."""
    return holds("unit.collective", unit.name)


def document(plan: Plan) -> str:
    """What a plan calls itself (`规划`, `方案`): the last such word of its title, else that it is a document."""
    title = plan.title.lower()
    found = [word for word in words("reading.document.words") if word in title]
    return max(found, key=title.rfind) if found else t("reading.document.other")


def section(printed: str) -> str:
    """A section of the document the way its headings are printed: `一/（四）/1` becomes `一、（四）1.`.

    Where the mark behind its number ends sentences, it is left off: readers would take it for that.
    """
    return heading(printed).rstrip(stop())


def short_condition(entry: TargetEntry) -> str:
    """The promise for a table cell: the figure with its comparison, or what the document says instead."""
    target = entry.target
    if target.kind == "moving_ref":
        key = "moving_ref_average" if _prints(target, "average") else "moving_ref"
        return t(f"table.condition.{key}", reference=_reference(entry), comparison=comparison(target))
    if target.kind == "milestone":
        dated = entry.deadline is not None and "year-inferred" not in target.flags
        return t("table.condition.milestone_dated" if dated else "table.condition.milestone")
    if target.value is None or target.comparator == "none":
        return t("table.condition.none")
    if target.kind == "rank":
        return t("table.condition.rank_first" if target.value == 1 else "table.condition.rank", n=number(target.value))
    words = amount(target.value, target.unit) if target.kind == "annual_task" else condition(target)
    key = f"table.condition.{target.kind}"
    return t(key, condition=words) if has(key) else words


def deadline(entry: TargetEntry) -> str:
    """When it is due, for a table cell: `2025年`, `2023年3月10日`, `2023—2027年`, or `—`."""
    target = entry.target
    if target.due:
        return day(target.due)
    if target.kind in (*WINDOW_KINDS, "annual_task") and target.period_start and target.target_period:
        return year_range(target.period_start, target.target_period)
    return period(target.target_period)


def figure_words(seen: Observation, unit: str) -> str:
    """A published figure with its period and standing: `2024年2,181.18亿元（初步数）`."""
    if seen.value is None:
        return t("reading.no_value", period=period(seen.period))
    words = {"period": period(seen.period), "amount": amount(seen.value, unit), "mark": mark(seen.obs_status)}
    return t("reading.figure", **words)


def aside(figure: Figure) -> str:
    """Why a figure is not the one of its period; empty for the one that is, and for the same figure said again."""
    seen = figure.observation
    same_again = figure.instead is not None and figure.instead.value == seen.value and figure.why != "other_basis"
    key = f"table.aside.{figure.why}"
    return "" if figure.stands or same_again or seen.value is None or not has(key) else t(key)


def mark(obs_status: str) -> str:
    """The standing of a figure in brackets (`（初步数）`), or nothing for a normal one."""
    key = f"reading.mark.{obs_status}"
    return t(key) if has(key) else ""


def reading(entry: TargetEntry) -> str:
    """A target in one sentence: promise, latest figure, what is still missing."""
    return t("reading.whole.sentence", promise=plain_promise(entry), standing=standing(entry))


def plain_promise(entry: TargetEntry) -> str:
    """The promise in plain words: as written by hand for readers, else put together from its parts."""
    written = entry.target.promise.rstrip(stop())
    if written:
        return written
    words = {"promise": promise(entry), "missing": _missing(entry)}
    return t("reading.whole.promise", document=document(entry.plan), **words)


def standing(entry: TargetEntry) -> str:
    """Where it stands: the latest figure or step against what was asked, and what is still missing."""
    return _latest(entry) + _tail(entry)


def promise(entry: TargetEntry) -> str:
    """What the plan promises, as a clause without a full stop."""
    target = entry.target
    unquantified = target.value is None and target.kind in MEASURED_KINDS
    named = subject(entry)
    uncounted = target.value is None and target.kind == "annual_task"
    key = "unquantified" if unquantified else "uncounted" if uncounted else target.kind
    return t(
        f"reading.promise.{key}",
        when=_when(target),
        window=_window(target),
        subject=named,
        name=quoted(target.name),
        named=quoted(entry.indicator.name),
        condition=condition(target),
        multiple=condition(target),
        amount=amount(target.value, target.unit),
        place=_place(target),
        total=t("reading.total.said" if holds("reading.total.words", named) else "reading.total.unsaid"),
        grow=t("reading.grow.said" if named.endswith(read_words("reading.grow.words")) else "reading.grow.unsaid"),
        reference=_reference(entry),
        comparison=comparison(target) if target.kind == "moving_ref" else "",
    )


def _place(target: Target) -> str:
    if target.value is None:
        return t("reading.place.unnumbered")
    return t("reading.place.first" if target.value == 1 else "reading.place.top", n=number(target.value))


def _missing(entry: TargetEntry) -> str:
    """What the document leaves open (place, figure, deadline), as one clause; empty when nothing."""
    target = entry.target
    items = []
    if target.kind == "rank" and target.value is None:
        items.append(t("reading.missing.place"))
    elif target.kind == "qualitative" or (target.value is None and target.kind in MEASURED_KINDS):
        items.append(t("reading.missing.threshold"))
    if entry.deadline is None and target.kind != "annual_task":
        items.append(t("reading.missing.deadline"))
    return t("reading.missing.clause", items=both(items)) if items else ""


def _when(target: Target) -> str:
    if target.due:
        last_day = (target.due.month, target.due.day) == (12, 31)
        key = "reading.when.year_end" if last_day else "reading.when.day"
        return t(key, day=day(target.due), year=target.due.year)
    if target.target_period:
        return t("reading.when.year", year=year_words(target.target_period))
    return t("reading.when.none")


def _window(target: Target) -> str:
    first, last = (year_words(text or "") for text in (target.period_start, target.target_period))
    if first and last:
        return t("reading.when.year", year=last) if first == last else t("reading.when.window", first=first, last=last)
    if first:
        return t("reading.when.since", first=first)
    return _when(target)


def _base(target: Target) -> str:
    if target.baseline_period:
        return t("reading.base.year", year=year_words(target.baseline_period))
    return t("reading.base.unknown")


def _reference(entry: TargetEntry) -> str:
    return entry.reference.name if entry.reference else t("reading.base.unknown")


def _latest(entry: TargetEntry) -> str:
    """What was published last: a figure with its attainment, an event, or that there is nothing."""
    figure = entry.latest
    if figure:
        seen = figure.observation
        words = t(
            "reading.latest.figure",
            period=period(seen.period),
            amount=amount(seen.value, entry.indicator.unit),
            mark=mark(seen.obs_status),
        )
        return words + _against_goal(entry, figure)
    if entry.happenings:
        return _latest_step(entry)
    related = t("reading.latest.related", count=len(entry.related)) if entry.related else ""
    if entry.target.kind == "qualitative":
        return t("reading.latest.qualitative") + related
    return t("reading.latest.none_overdue" if entry.overdue else "reading.latest.none") + related


def ratio_misleads(unit: str) -> bool:
    """Whether a share of the goal says little: of shares, ages, ranks and times only the distance can be felt."""
    return unit.startswith("%") or is_rank(unit) or unit in read_words("reading.distance_units")


def _says_little(entry: TargetEntry) -> bool:
    """Whether a share of the goal would mislead: of an upper bound, 17 where 20 are allowed is 117.6% of nothing."""
    return ratio_misleads(entry.target.unit) or entry.target.comparator in {"le", "lt"}


def distance(entry: TargetEntry, value: Decimal) -> str:
    """How much is missing to the goal, with its unit; empty when nothing is or the goal is no such figure."""
    target = entry.target
    if target.value is None or target.kind not in ("level_by", "share_by", "count_by", "travel_time"):
        return ""
    missing = value - target.value if target.comparator in ("le", "lt") else target.value - value
    if missing <= 0 or target.unit != entry.indicator.unit:
        return ""
    unit = t("reading.points") if target.unit.startswith("%") else of_one_year(target.unit)
    return with_unit(number(missing), unit)


def _against_goal(entry: TargetEntry, figure: Figure) -> str:
    """The latest figure set against the goal: what is missing, and its share of the goal where that can be felt."""
    value, share = figure.observation.value, entry.assessment.attainment_pct
    if value is None or value != entry.assessment.value:
        return ""
    missing = distance(entry, value)
    if missing:
        words = t("reading.latest.distance", missing=missing)
        plain = share is None or _says_little(entry)
        return words if plain else words + t("reading.latest.share", share=percent(share))
    if share is None or _says_little(entry):
        return ""
    if share == WHOLE:
        return t("reading.latest.attainment_whole")
    return t("reading.latest.attainment", share=percent(share))


def _latest_step(entry: TargetEntry) -> str:
    """The last published step; of a thing done its own words, and how late it was."""
    done = [each.event for each in entry.happenings if each.event.state == "done"]
    event = done[-1] if done else entry.happenings[-1].event
    if not done or entry.status.family is not Family.MET:
        # What happened says more than its state, and of one work among several it is not the target that is done.
        told = first_part(event.note)
        state = told if 0 < len(told) <= LONGEST_STEP else t(f"reading.state.{event.state}")
        return t("reading.latest.event", day=day(event.date), state=state)
    what = first_part(event.note) or t("reading.state.done")
    if entry.deadline and event.date > entry.deadline:
        return t("reading.latest.late", day=day(event.date), what=what, span=span(entry.deadline, event.date))
    return t("reading.latest.done", day=day(event.date), what=what)


def _tail(entry: TargetEntry) -> str:
    """What is still missing beside the latest figure: that of the target year, to come or overdue."""
    target, figure = entry.target, entry.latest
    if figure is None or target.kind not in POINT_KINDS or not target.target_period:
        return ""
    if entry.status.family is Family.MET or (year_of(figure.observation.period) or 0) >= (target.target_year or 0):
        return ""
    key = "year_missing" if entry.overdue else "year_to_come"
    return t(f"reading.tail.{key}", year=year_words(target.target_period))
