"""The steps of a verdict as sentences a resident can recompute with a calculator.

Gets an `Assessment`, gives one sentence a step. The sentences stand in `locale/<lang>/explain.toml` under the step's
code; every figure is there twice: `{value}` bare, for formulas, and `{value_u}` with its unit, for prose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal

from build_scripts.core.method import BEHIND_RATIO, ON_TRACK_RATIO, Assessment, Step, StepValue
from build_scripts.core.records import Target
from build_scripts.explain.codes import status_words
from build_scripts.explain.years import YearNames
from build_scripts.locale import (
    SaidIn,
    day,
    in_a_row,
    is_rank,
    listed,
    number,
    percent,
    period,
    said_in_large,
    t,
    titled,
    with_unit,
)
from build_scripts.locale.catalogue import has
from build_scripts.locale.pub_date import published

_PERCENTS = frozenset(("progress", "time"))
_CONTEXT = Context(prec=28)
# Figures in the indicator's unit that formulas hold bare, where no step is about growth rates.
_FIGURES = frozenset(("value", "base", "start", "target", "low", "high", "amount", "reference", "gap"))
# Steps about the years that the target itself names.
_OF_THE_TARGET = frozenset(
    (
        "baseline.recorded",
        "baseline.awaited",
        "baseline.none",
        "baseline.had_met",
        "multiple.target",
        "values.none_for_target_year",
        "values.later_judge",
    )
)
Words = dict[str, str]


def explain(
    verdict: Assessment,
    *,
    unit: str = "",
    titles: Mapping[str, str] | None = None,
    undated: Mapping[str, str] | None = None,
    periods: Iterable[str | None] = (),
) -> tuple[str, ...]:
    """Every step of a verdict as a sentence.

    Args:
        verdict: the assessment to explain.
        unit: the indicator's unit, put behind figures in prose (`亿元`).
        titles: source titles by `source_id` and, for bundles, target names by `target_id`; others are not named.
        undated: what the days of sources without a day of publication are, by `source_id` (`text.published.undated`).
        periods: what the target's own years are written as (`periods_of`), so that years are named as there.
    """
    names = _names(verdict.steps, [verdict.period], periods)
    told = _Telling(_together(verdict.steps, unit), *names, titles or {}, undated or {})
    return tuple(_sentence(step, told) for step in verdict.steps)


def sentence(
    step: Step,
    *,
    unit: str = "",
    titles: Mapping[str, str] | None = None,
    undated: Mapping[str, str] | None = None,
    periods: Iterable[str | None] = (),
) -> str:
    """One step as a sentence, with the rule of the method it follows; what is given is as `explain` has it."""
    told = _Telling(_together((step,), unit), *_names((step,), (), periods), titles or {}, undated or {})
    return _sentence(step, told)


def periods_of(target: Target) -> tuple[str | None, ...]:
    """The periods a target itself is about."""
    return (target.target_period, target.baseline_period, target.period_start)


def figure_years(verdict: Assessment, periods: Iterable[str | None] = ()) -> YearNames:
    """How a verdict's years are named, as its figures name them; `periods` as `explain` has them."""
    return _names(verdict.steps, [verdict.period], periods)[0]


@dataclass(frozen=True, slots=True)
class _Telling:
    """What all steps of a verdict are told with; `years` are named as figures name them, `own_years` as targets do."""

    said: SaidIn
    years: YearNames
    own_years: YearNames
    titles: Mapping[str, str]
    undated: Mapping[str, str]


def _names(
    steps: Sequence[Step], judged: Iterable[str | None], own: Iterable[str | None]
) -> tuple[YearNames, YearNames]:
    told = [str(value) for step in steps for name, value in step.values if name == "period" and value]
    seen, own = [*judged, *told], tuple(own)
    return YearNames([*seen, *own]), YearNames([*own, *seen])


def _together(steps: Sequence[Step], unit: str) -> SaidIn:
    """The unit in which steps are told; all in one, so that each can be worked out from those before.

    Means of growth keep that of the data: their formulas hold rates under the names of figures.
    """
    if any(step.code.startswith("average.") for step in steps):
        return SaidIn(unit)
    figures = (value for step in steps for name, value in step.values if name in _FIGURES)
    return said_in_large(unit, [value for value in figures if isinstance(value, Decimal)])


def _sentence(step: Step, told: _Telling) -> str:
    values, unit = dict(step.values), told.said.unit
    words: Words = {"rule": step.rule, "unit": unit}
    for name, value in values.items():
        words |= dict(_words(name, value, told.said))
    words |= dict(_more(step.code, values, words, told.titles))
    if "year" in values:
        years = told.own_years if step.code in _OF_THE_TARGET else told.years
        words["year_name"] = "" if values["year"] is None else years.name(int(str(values["year"])))
    if isinstance(pub := values.get("pub"), date):
        kind = told.undated.get(str(values.get("source_id")), "dated")
        words["published"] = published(pub, kind, aside=True)
    place = f"explain.place.{step.code}"
    return t(place if is_rank(unit) and has(place) else f"explain.{step.code}", **words)


def _words(name: str, value: StepValue, said: SaidIn) -> Iterator[tuple[str, str]]:
    """A step's value as text, under its own name and, for figures, with unit and in brackets when negative."""
    if isinstance(value, date):
        yield name, day(value)
    elif isinstance(value, Decimal) and name in _PERCENTS:
        yield name, percent(value)
    elif isinstance(value, Decimal):
        figure = number(said.figure(value))
        text = figure if name in _FIGURES else number(value)
        yield name, text
        yield f"{name}_u", t("explain.part.place", value=text) if is_rank(said.unit) else with_unit(figure, said.unit)
        yield f"{name}_b", t("format.negative", number=text) if value < 0 else text
    elif name == "period" and isinstance(value, str):
        yield name, period(value)
    elif value is None:
        yield from ((each, "") for each in (name, f"{name}_u", f"{name}_b"))
    else:
        yield name, str(value)


def _more(
    code: str, values: Mapping[str, StepValue], words: Words, titles: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """What a sentence needs beyond its step's own values."""
    for name, say in _COMPANIONS.items():
        if name in values:
            yield from say(values, words)
    if "source_id" in values:
        title = titles.get(str(values["source_id"]))
        yield "source", t("explain.part.source", title=titled(title)) if title else ""
    if code == "path.growth":
        yield from _growth(values)
    elif code == "verdict":
        yield from _verdict(values)
    elif code == "bundle.item":
        target_id = str(values["target_id"])
        yield "name", titles.get(target_id) or target_id or t("explain.part.item")
        yield "status_words", status_words(str(values["status"]))


def _known(table: str, code: StepValue, words: Words | None = None) -> str:
    """The words for a code; nothing for one that is in no catalogue, which `check` has then refused."""
    key = f"{table}.{code}"
    return t(key, **(words or {})) if has(key) else ""


def _tier(values: Mapping[str, StepValue], _words: Words) -> Iterator[tuple[str, str]]:
    yield "tier_words", t(f"explain.tier.{min(max(int(str(values['tier'])), 1), 3)}")


def _quality(values: Mapping[str, StepValue], _words: Words) -> Iterator[tuple[str, str]]:
    yield "quality", _known("explain.quality", values["obs_status"])


def _condition(values: Mapping[str, StepValue], words: Words) -> Iterator[tuple[str, str]]:
    if is_rank(words["unit"]) and values["comparator"] == "le":
        yield "condition", place_condition(words["target"])
    else:
        yield "condition", _known("explain.condition", _about(values), words)


def _about(values: Mapping[str, StepValue]) -> StepValue:
    """The comparator, and for "about" with its bounds, where the step knows them."""
    low, high = values.get("low"), values.get("high")
    if values["comparator"] != "approx" or (low is None and high is None):
        return values["comparator"]
    return "approx_within" if low is not None and high is not None else f"approx_{'high' if low is None else 'low'}"


def place_condition(target: str) -> str:
    """The places that meet a target, in words: `前3位`, `第1位`."""
    return t("explain.place.condition.first" if target == "1" else "explain.place.condition.top", target=target)


def _event(values: Mapping[str, StepValue], words: Words) -> Iterator[tuple[str, str]]:
    """What happened and when, where that is not the day of publication; and the end announced then."""
    yield "state_words", _known("explain.state", values["state"])
    yield "day_words", "" if values["day"] == values["pub"] else t("explain.event.on", day=words["day"])
    yield "planned_words", t("explain.part.planned", **words) if values["planned"] else ""


def _statuses(values: Mapping[str, StepValue], _words: Words) -> Iterator[tuple[str, str]]:
    names = [status_words(each) for each in str(values["statuses"]).split("|")]
    yield "statuses_words", listed(names)
    yield "first_words", names[0]


def _members(values: Mapping[str, StepValue], _words: Words) -> Iterator[tuple[str, str]]:
    yield "members", in_a_row(str(values["members"]).split("|"))


def _rates(values: Mapping[str, StepValue], _words: Words) -> Iterator[tuple[str, str]]:
    """The yearly rates as the product under the root: “（1+18%）×（1+12%）”."""
    factors = (Decimal(each) for each in str(values["rates"]).split("|"))
    yield (
        "product",
        "×".join(t("format.negative", number=f"1{'' if rate < 0 else '+'}{number(rate)}%") for rate in factors),
    )


def _band(values: Mapping[str, StepValue], _words: Words) -> Iterator[tuple[str, str]]:
    """The band a pace ratio falls in, with its bounds."""
    ratio = Decimal(str(values["ratio"]))
    if ratio >= ON_TRACK_RATIO:
        name = "on_track"
    elif ratio >= BEHIND_RATIO:
        name = "slightly_behind"
    else:
        name = "behind" if ratio >= 0 else "reversing"
    yield "band", t(f"explain.band.{name}", low=number(BEHIND_RATIO), high=number(ON_TRACK_RATIO))
    yield "status_words", status_words(name)


# What has to be said along with a value of this name.
_COMPANIONS: Mapping[str, Callable[[Mapping[str, StepValue], Words], Iterator[tuple[str, str]]]] = {
    "tier": _tier,
    "obs_status": _quality,
    "comparator": _condition,
    "state": _event,
    "statuses": _statuses,
    "ratio": _band,
    "rates": _rates,
    "members": _members,
}


def _growth(values: Mapping[str, StepValue]) -> Iterator[tuple[str, str]]:
    """The observed and the required growth a year, for display beside a log-scale ratio (method §4.1)."""
    base, value, target = (Decimal(str(values[name])) for name in ("base", "value", "target"))
    yield "observed", _yearly(base, value, int(str(values["years"])))
    yield "required", _yearly(base, target, int(str(values["all_years"])))


def _yearly(start: Decimal, end: Decimal, years: int) -> str:
    """The constant growth a year from `start` to `end`, in % with 2 decimals."""
    root = _CONTEXT.power(_CONTEXT.divide(end, start), _CONTEXT.divide(Decimal(1), Decimal(years)))
    return percent(100 * (root - 1), 2)


def _verdict(values: Mapping[str, StepValue]) -> Iterator[tuple[str, str]]:
    """The status in words, and the reason where there is one."""
    yield "status_words", status_words(str(values["status"]))
    reason = values["reason"]
    yield "reason_words", t("explain.part.reason", reason=t(f"reason.label.{reason}")) if reason else ""
