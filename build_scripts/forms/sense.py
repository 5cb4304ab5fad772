"""Figures that are possible but hardly meant: held against the target, the base, their neighbours in time and place.

Gets an answer and the `PackageIndex`, gives the one question that tells most, with the two numbers side by side. The
bounds are wide: a growing city passes them, a slipped point or a wrong unit does not. Smaller jumps are for the package
check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from build_scripts.checks.kinds import adds_up, natures_of, range_of
from build_scripts.core.periods import Form, Period, parse_period
from build_scripts.core.records import Indicator, Observation, Target
from build_scripts.core.tables import DEFAULT_BASIS
from build_scripts.forms.growth import Question, bare, growth_question
from build_scripts.forms.lines import Level
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.submission import IndicatorAnswer
from build_scripts.forms.windows import part_gone
from build_scripts.locale import number, period, t

# 万元 and 亿元 are four zeros apart; what lies within a factor of two and a half of that is taken for the slip.
TEN_THOUSAND = (Decimal(4_000), Decimal(25_000))
# A share written as 0.65 instead of 65 is one hundredth.
HUNDREDTH = (Decimal("0.004"), Decimal("0.025"))
# A neighbour in time this many times larger or smaller: a point slipped by one place.
STEP = Decimal(6)
# Without a neighbour in time: this many times the target or the base, or a fifth of them.
ABOVE, BELOW = Decimal(3), Decimal("0.2")
# Places of one level differ in size; a figure this many times the largest of them is none of them.
PLACES, LEAST_PLACES = Decimal(10), 3
# This many times the largest step so far, where the series has taken several.
LEAP, LEAST_STEPS, LEAST_SHARE = Decimal(6), 3, Decimal("0.1")
_BOTH_WAYS = frozenset({"level_by", "share_by", "travel_time", "annual_floor"})
_UPWARDS = frozenset({"count_by", "cum_flow", "envelope"})
# A count may begin low; below this part of a target of some size it is as likely a slip.
LEAST_COUNT, LARGE = Decimal("0.1"), Decimal(50)
_RATES = frozenset({"growth", "index", "rank"})


@dataclass(frozen=True, slots=True)
class _Case:
    """A figure and what it is held against; `past` are the figures in force on its basis, oldest first."""

    book: PackageIndex
    answer: IndicatorAnswer
    value: Decimal
    when: Period
    indicator: Indicator
    nature: str
    past: tuple[Observation, ...]
    flow: bool

    def question(self, code: str, **facts: object) -> Question:
        """The question `code` about the figure."""
        mine = {"period": period(self.answer.period), "value": number(self.value), "unit": self.indicator.unit}
        return Question(code, {**mine, **facts})

    def against(self, code: str, figure: Observation, **facts: object) -> Question:
        """The question `code` with another figure beside it."""
        return self.question(code, old=number(figure.value), old_period=period(figure.period), **facts)


def question(book: PackageIndex, answer: IndicatorAnswer, basis: str) -> Question | None:
    """The question a figure raises; None where it makes sense."""
    when = parse_period(answer.period)
    if answer.value is None or when is None:
        return None
    indicator = book.package.indicator_by_id[answer.series[0]]
    figures = book.series(answer.series).figures
    past = tuple(item for item in figures if item.value is not None and (item.basis or DEFAULT_BASIS) == basis)
    nature = natures_of(indicator)[0]
    case = _Case(book, answer, answer.value, when, indicator, nature, past, book.is_flow(answer.series))
    rules: tuple[Callable[[_Case], Iterator[Question]], ...] = (
        _range, _whole, _growth, _share, _time, _promise, _leap, _whole_and_parts, _places,
    )  # fmt: skip
    return next((found for rule in rules for found in rule(case)), None)


def _range(case: _Case) -> Iterator[Question]:
    """Below the least or above the most an indicator can be: the package has no room for that, whoever says yes."""
    low, high = range_of(case.indicator)
    below_nothing = low is None and case.value < 0 and case.nature not in _RATES
    if low is not None and case.value < low:
        yield replace(case.question("below_least", least=number(low)), level=Level.ERROR)
    elif below_nothing and not any(item.value is not None and item.value < 0 for item in case.past):
        yield case.question("below_nothing", offer=bare(-case.value))
    if high is not None and case.value > high:
        hundredth = case.indicator.unit == "%" and case.value / 100 <= high
        code, offer = ("above_most_percent", bare(case.value / 100)) if hundredth else ("above_most", "")
        yield replace(case.question(code, most=number(high), offer=offer), level=Level.ERROR)


def _whole(case: _Case) -> Iterator[Question]:
    """A part of a thing that is counted."""
    counted = case.nature == "count" or (case.nature == "rank" and case.indicator.decimals == 0)
    if counted and case.value != case.value.to_integral_value():
        yield case.question("not_whole")


def _growth(case: _Case) -> Iterator[Question]:
    if case.nature == "growth" and (found := growth_question(case.value)):
        near = next((item for item in reversed(case.past) if item.value), None)
        if near is None or near.value is None or not _alike(case.value, near.value):
            yield found


def _alike(value: Decimal, other: Decimal) -> bool:
    return bool(other) and Decimal("0.1") < abs(value / other) < Decimal(10)


def _share(case: _Case) -> Iterator[Question]:
    """0.65 where 65 is meant, held against whatever is known of the series."""
    if case.indicator.unit != "%" or not 0 < case.value <= 1 or case.nature == "growth":
        return
    near = _neighbour(case)
    if near and near.value and HUNDREDTH[0] <= abs(case.value / near.value) <= HUNDREDTH[1]:
        yield case.against("percent_slip", near, offer=bare(case.value * 100))
    elif near is None:
        known = next((value for value, _ in _promised(case) if value), None)
        if known and case.value < known / 20:
            yield case.question("percent_slip_target", old=number(known), offer=bare(case.value * 100))


def _time(case: _Case) -> Iterator[Question]:
    """Out of scale with the nearest figure in time."""
    near = _neighbour(case)
    if near is None or not near.value or case.nature in _RATES:
        return
    if not case.value:
        # What is to fall may well have come to nothing.
        if not case.flow and case.indicator.direction != "down":
            yield case.against("zero_after", near)
        return
    ratio = abs(case.value / near.value)
    paced = ratio / _longer(case, near)
    if _slipped(ratio):
        yield case.against("unit_slip", near, ratio=_ten_thousands(ratio), offer=_other_unit(case.value, ratio))
    elif paced >= STEP or paced <= 1 / STEP:
        yield case.against("far_from_last", near, ratio=_times(ratio))


def _longer(case: _Case, other: Observation) -> Decimal:
    """How many times as long an accumulation is as another from the same day; levels have no length."""
    when = _when(other)
    return Decimal(case.when.months) / when.months if when and case.when.form is Form.SPAN else Decimal(1)


def _promise(case: _Case) -> Iterator[Question]:
    """A first figure out of scale with what is promised, or with the base of the promise."""
    if _neighbour(case) is not None or not case.value or case.nature in _RATES:
        return
    for value, kind in _promised(case):
        ratio = abs(case.value / value)
        code = f"far_from_{kind}"
        if _slipped(ratio):
            yield _slip(case, value, ratio)
        elif ratio >= ABOVE or (ratio <= BELOW and kind != "target_up" and case.when.form is not Form.SPAN):
            yield case.question(code.removesuffix("_up"), old=number(value), ratio=_times(ratio))
    yield from _pace(case)


def _pace(case: _Case) -> Iterator[Question]:
    """Far less than a fifth of what the time gone by would bring, or a small part of a large count."""
    for target in case.book.targets_by_series.get(case.answer.series, ()):
        if target.unit != case.indicator.unit or not target.value:
            continue
        ratio = abs(case.value / target.value)
        gone = part_gone(case.when, target)
        counted = target.kind == "count_by" and target.value >= LARGE
        if (gone and ratio <= BELOW * gone) or (counted and ratio <= LEAST_COUNT):
            yield case.question("far_from_target", old=number(target.value), ratio=_times(ratio))


def _slip(case: _Case, promised: Decimal, ratio: Decimal) -> Question:
    """A figure in the wrong unit, shown beside the figure it would replace where that one is as far off.

    A clerk knows what was reported better than what was promised.
    """
    for item in case.past:
        when = _when(item)
        if item.value and when and when.key == case.when.key and _slipped(abs(case.value / item.value)):
            times = abs(case.value / item.value)
            offer = _other_unit(case.value, times)
            return case.against("unit_slip", item, ratio=_ten_thousands(times), offer=offer)
    offer = _other_unit(case.value, ratio)
    return case.question("target_slip", old=number(promised), ratio=_ten_thousands(ratio), offer=offer)


def _slipped(ratio: Decimal) -> bool:
    """Whether two numbers are about four zeros apart."""
    return TEN_THOUSAND[0] <= ratio <= TEN_THOUSAND[1] or 1 / TEN_THOUSAND[1] <= ratio <= 1 / TEN_THOUSAND[0]


def _other_unit(value: Decimal, ratio: Decimal) -> str:
    """The figure four zeros up or down: what it is if the unit was mistaken."""
    return bare(value / 10_000 if ratio > 1 else value * 10_000)


def _promised(case: _Case) -> Iterator[tuple[Decimal, str]]:
    """The targets and bases of the series in its own unit; a count starts low, so its target binds upwards only."""
    for target in case.book.targets_by_series.get(case.answer.series, ()):
        if target.unit != case.indicator.unit or target.kind not in _BOTH_WAYS | _UPWARDS:
            continue
        if target.value:
            yield target.value, "target" if target.kind in _BOTH_WAYS else "target_up"
        if base := _base(target):
            yield base, "base"


def _base(target: Target) -> Decimal | None:
    return target.baseline_value if target.kind in _BOTH_WAYS else None


def _leap(case: _Case) -> Iterator[Question]:
    """A step many times as large as any the series has taken."""
    line = [item for item in case.past if _comparable(case, item)]
    before = [item for item in line if (_when(item) or case.when).end < case.when.end]
    values = [item.value for item in before if item.value is not None]
    if len(values) <= LEAST_STEPS or case.nature in _RATES or case.when.form is Form.SPAN:
        return
    usual = max(abs(after - earlier) for earlier, after in pairwise(values))
    step = abs(case.value - values[-1])
    if usual and step > LEAP * usual and step > LEAST_SHARE * abs(values[-1]):
        yield case.against("large_step", before[-1], step=number(step), usual=number(usual))


def _whole_and_parts(case: _Case) -> Iterator[Question]:
    """A part larger than its whole, or a whole smaller than one of its parts, in the same period."""
    if not adds_up(case.indicator) or case.nature in _RATES:
        return
    own = case.book.package.region_by_id[case.answer.series[1]]
    groups = {part.group_id: part.region_id for part in case.book.package.region_members}
    for region in case.book.package.regions:
        figure = case.book.series((case.answer.series[0], region.region_id)).figure(case.answer.period)
        if figure is None or figure.value is None or region is own:
            continue
        members = {part.region_id for part in case.book.package.region_members if part.group_id == region.region_id}
        whole = own.region_id in members or (region.level == "city" and own.level in {"county", "group"})
        inside = groups.get(own.region_id) == region.region_id or (own.level == "city" and region.level == "county")
        if whole and case.value > figure.value:
            yield case.against("more_than_whole", figure, place=region.name)
        elif inside and case.value < figure.value:
            yield case.against("less_than_part", figure, place=region.name)


def _places(case: _Case) -> Iterator[Question]:
    """Out of scale with every place of the same level, where nothing nearer is known."""
    if _neighbour(case) or any(True for _ in _promised(case)) or case.nature in _RATES or not case.value:
        return
    regions = case.book.package.region_by_id
    level = regions[case.answer.series[1]].level
    found: list[Observation] = []
    for region in regions.values():
        if region.level == level and region.region_id != case.answer.series[1]:
            line = case.book.series((case.answer.series[0], region.region_id)).figures
            found += [item for item in line if item.value and _comparable(case, item)][-1:]
    if len(found) < LEAST_PLACES:
        return
    sizes = sorted(found, key=_size)
    for other, beyond in (
        (sizes[-1], abs(case.value) > PLACES * _size(sizes[-1])),
        (sizes[0], abs(case.value) * PLACES < _size(sizes[0])),
    ):
        if beyond:
            yield case.against("far_from_places", other, place=regions[other.region_id].name)


def _size(item: Observation) -> Decimal:
    return abs(item.value or Decimal(0))


def _neighbour(case: _Case) -> Observation | None:
    """The figure of the same kind of period nearest before, else after; the one a correction replaces says least."""
    line = [item for item in case.past if item.value and _comparable(case, item)]
    before = [item for item in line if (_when(item) or case.when).end < case.when.end]
    after = [item for item in line if (_when(item) or case.when).end > case.when.end]
    nearest = before[-1:] or after[:1]
    if not nearest and not any(True for _ in _promised(case)):
        nearest = [item for item in line if (_when(item) or case.when).key == case.when.key]
    return nearest[0] if nearest else None


def _comparable(case: _Case, item: Observation) -> bool:
    """Whether two periods are of one kind: levels of any day, flows of one length, accumulations from one day on."""
    other = _when(item)
    if other is None:
        return False
    if Form.SPAN in {case.when.form, other.form}:
        same_start = (other.start.month, other.start.day) == (case.when.start.month, case.when.start.day)
        return other.form is case.when.form and same_start
    return not case.flow or other.months == case.when.months


def _when(item: Observation) -> Period | None:
    return parse_period(item.period)


def _times(ratio: Decimal) -> str:
    """`8.8倍`, `0.12倍`, `不到百分之一`."""
    if ratio < Decimal("0.01"):
        return t("forms.change.tiny")
    return t("forms.change.fold", times=number(ratio, 0 if ratio >= 100 else 1 if ratio >= 1 else 2))


def _ten_thousands(ratio: Decimal) -> str:
    """`1.1万倍`, `万分之一`."""
    if ratio >= 1:
        return t("forms.change.times", times=number(ratio / 10_000, 1))
    return t("forms.change.part")
