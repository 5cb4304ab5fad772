"""What each kind of target needs to be judged: comparators, directions, natures of the figure, units, fields.

`KINDS` is the one table of it: rules read it, the data contract prints it (`kinds_table`), a test builds all it allows.
Source: assessment method §3, §4.1, §4.3; data contract, rules 1 and 8.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from build_scripts.core.language import known_languages, language
from build_scripts.core.method import DIRECTIONS
from build_scripts.core.records import Indicator
from build_scripts.core.standing import AMOUNTS
from build_scripts.load import Tables
from build_scripts.locale import holds, is_rank, listed, read_words, t, words
from build_scripts.locale.catalogue import said_in

COMPARATORS = ("ge", "gt", "le", "lt", "between", "approx", "event", "none")
NATURES = ("level", "share", "growth", "index", "rank", "count", "time")
Directions = frozenset[str]

_ANY: Directions = frozenset(DIRECTIONS)
_UP, _DOWN = frozenset(("up",)), frozenset(("down",))
# A direction that contradicts the comparator turns attainment and pace ratio upside down.
_MORE, _LESS = _UP | {"none"}, _DOWN | {"none"}
_UNDIRECTED = frozenset(("none",))
_THRESHOLD: Mapping[str, Directions] = {
    "ge": _MORE, "gt": _MORE, "le": _LESS, "lt": _LESS, "between": _ANY, "approx": _ANY,
}  # fmt: skip
_OPEN = {**_THRESHOLD, "none": _ANY}
# A mean above a range would still have a pace ratio over 1; without a direction it is only met or not.
_MEAN = {**_OPEN, "between": _UNDIRECTED}
# A total grows from the first month on: "at most" is met at once, and so is "about" where less is better.
_TOTAL = dict.fromkeys(("ge", "gt", "approx", "between", "none"), _MORE)
_RANKED = dict.fromkeys(("le", "none"), _LESS)
_REFERENCE = {"ge": _MORE, "gt": _MORE, "le": _LESS, "lt": _LESS}
_EVENT = {"event": _ANY}
_BOUNDS: Mapping[str, tuple[Decimal | None, Decimal | None]] = {
    "share": (Decimal(0), None), "rank": (Decimal(1), None), "count": (Decimal(0), None), "time": (Decimal(0), None),
}  # fmt: skip
_WHOLE = {"%": Decimal(100), "％": Decimal(100), "‰": Decimal(1000)}
_MEASURES = ("level", "share", "growth", "index", "count", "time")


@dataclass(frozen=True, slots=True)
class Needs:
    """What one kind can be judged by.

    `comparators` and `natures` say with which directions; `unit` names the rule of its unit (`units`), `fields` the
    columns it reads beside value and years. `has_path`: the target may name its own scale.
    """

    comparators: Mapping[str, Directions]
    natures: Mapping[str, Directions]
    unit: str = "own"
    fields: tuple[str, ...] = ("value", "target_period")
    has_path: bool = field(default=False)


def _of(*natures: str, directions: Directions = _ANY) -> dict[str, Directions]:
    return dict.fromkeys(natures, directions)


_BY_YEAR = ("value", "target_period", "baseline_period", "baseline_value")
_WINDOW = ("value", "period_start", "target_period")
_SINCE = ("value", "baseline_period", "target_period")

KINDS: Mapping[str, Needs] = {
    "level_by": Needs(_OPEN, _of("level", "index", "count", "time"), fields=_BY_YEAR, has_path=True),
    "share_by": Needs(_OPEN, _of("share", "growth", "index"), fields=_BY_YEAR, has_path=True),
    "count_by": Needs(_OPEN, _of("count", "level"), fields=(*_BY_YEAR, "period_start"), has_path=True),
    "travel_time": Needs(
        _OPEN,
        {**_of("time", directions=_DOWN), **_of("count", directions=_UP)},
        fields=_BY_YEAR,
        has_path=True,
    ),
    "multiple_of_base": Needs(_OPEN, _of("level", "share", "index", "count"), "times", _SINCE, has_path=True),
    "cum_flow": Needs(_TOTAL, _of("level", "count"), fields=_WINDOW),
    "annual_floor": Needs(_OPEN, _of(*_MEASURES), fields=(*_WINDOW, "flow")),
    "rank": Needs(_RANKED, _of("rank"), "place", (*_WINDOW, "peers")),
    "avg_growth": Needs(_MEAN, _of("growth"), "yearly_rate", _SINCE),
    "avg_increment": Needs(_MEAN, _of("level", "share", "index", "count"), "yearly_points", _SINCE),
    "moving_ref": Needs(
        _REFERENCE,
        _of(*_MEASURES),
        fields=("target_period", "baseline_period", "reference_indicator_id", "reference_region_id"),
    ),
    "milestone": Needs(_EVENT, _of(*NATURES), fields=("due", "target_period")),
    "envelope": Needs(_THRESHOLD, _of("level", "count"), fields=("value",)),
    "annual_task": Needs(_EVENT, _of("count"), fields=_WINDOW),
    "qualitative": Needs({"none": _ANY}, _of(*NATURES), fields=()),
}


def natures_of(indicator: Indicator) -> tuple[str, ...]:
    """What an indicator's figures may be: as it says, else what its unit allows, the likeliest first.

    Contract 1.x had no column for it: where that is so, words of the package's language tell a rate from a share.
    """
    if indicator.nature:
        return (indicator.nature,)
    found = _natures_of_unit(indicator.unit)
    return ("growth",) if "growth" in found and says("growth", indicator.name) else found


def nature_of(indicator: Indicator) -> str:
    """What an indicator's figures are, as far as is known: the likeliest of `natures_of`."""
    return natures_of(indicator)[0]


def of_nature(tables: Tables, nature: str) -> dict[str, Indicator]:
    """The indicators whose figures are of a nature, by id."""
    return {item.indicator_id: item for _row, item in tables.of(Indicator) if nature_of(item) == nature}


def _natures_of_unit(unit: str) -> tuple[str, ...]:
    for name in ("growth", "share", "rank", "time", "count"):
        if unit in read_words(f"natures.unit.{name}"):
            return words(f"natures.allows.{name}")
    if not unit:
        return NATURES
    return words(f"natures.allows.{'ratio' if '/' in unit else 'other'}")


def says(what: str, text: str) -> bool:
    """Whether a name or a definition holds one of the words that stand for `what` (`natures.words`)."""
    return holds(f"natures.words.{what}", text)


def adds_up(indicator: Indicator) -> bool:
    """Whether the figures of parts add up to that of the whole: as the indicator says, else by its nature."""
    if indicator.additive is not None:
        return indicator.additive
    amount = "/" not in indicator.unit and nature_of(indicator) in AMOUNTS
    return amount and not says("apart", indicator.name)


def range_of(indicator: Indicator) -> tuple[Decimal | None, Decimal | None]:
    """The least and the greatest figure that is possible, None for no bound: as the indicator says, else by its nature.

    A bound that an indicator names is the only one it has on that side: a rate of completion may pass 100 %.
    """
    if not indicator.nature and says("unbounded", indicator.definition):
        return indicator.min, indicator.max
    nature = nature_of(indicator)
    least, most = _BOUNDS.get(nature, (None, None))
    if nature == "share":
        most = _WHOLE.get(indicator.unit)
    return (
        least if indicator.min is None else indicator.min,
        most if indicator.max is None else indicator.max,
    )


def fits_nature(kind: str, indicator: Indicator) -> bool:
    """Whether the method can judge such figures by this kind, in the indicator's direction."""
    natures = KINDS[kind].natures
    return any(indicator.direction in natures.get(nature, ()) for nature in natures_of(indicator))


def kinds_for(nature: str, direction: str) -> tuple[str, ...]:
    """The measured kinds that can judge figures of a nature: what to recommend instead."""
    measured = (kind for kind, needs in KINDS.items() if kind != "envelope" and "event" not in needs.comparators)
    return tuple(
        kind for kind in measured if kind != "qualitative" and direction in KINDS[kind].natures.get(nature, ())
    )


def fits_unit(kind: str, indicator: Indicator, unit: str) -> bool:
    """Whether a target of a kind may have this unit on an indicator, written in any language."""
    if KINDS[kind].unit == "place" and is_rank(unit):
        return True
    return any(unit in units(kind, indicator, partial(said_in, code)) for code in (language(), *known_languages()))


def units(kind: str, indicator: Indicator, say: Callable[..., str] = t) -> tuple[str, ...]:
    """The units a target of a kind may have on an indicator (rule 8), in the words of one language."""
    own = indicator.unit
    match KINDS[kind].unit:
        case "times":
            return (say("natures.unit.times"),)
        case "yearly_rate":
            return tuple(dict.fromkeys((say("natures.unit.yearly_rate"), own)))
        case "yearly_points":
            return (say("natures.unit.yearly_points"), own) if own == "%" else (own, say("natures.yearly", unit=own))
        case "place":
            return tuple(sorted({own, *words("format.rank_units")}))
    return (own,)


def allowed_directions(kind: str, nature: str, comparator: str) -> tuple[str, ...]:
    """The directions under which a kind can be judged, with this comparator, on figures of this nature."""
    needs = KINDS[kind]
    both = needs.comparators.get(comparator, frozenset()) & needs.natures.get(nature, frozenset())
    return tuple(direction for direction in DIRECTIONS if direction in both)


def kinds_table() -> str:
    """The table of the data contract: what each kind needs, in Markdown."""
    head = [t(f"natures.column.{name}") for name in ("kind", "nature", "comparator", "unit", "fields")]
    rows = [_row(kind, needs) for kind, needs in KINDS.items()]
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _row(kind: str, needs: Needs) -> list[str]:
    natures = [_limited(t(f"natures.name.{nature}"), found, _ANY) for nature, found in needs.natures.items()]
    usual = {**_OPEN, **_EVENT}
    comparators = [_limited(f"`{each}`", found, usual[each]) for each, found in needs.comparators.items()]
    everything = set(needs.natures) == set(NATURES)
    return [
        f"`{kind}` {t(f'opendata.kind.{kind}')}",
        t("natures.every") if everything else listed(natures),
        listed(comparators),
        t(f"natures.rule.{needs.unit}"),
        listed(f"`{name}`" for name in needs.fields) or t("natures.nothing"),
    ]


def _limited(name: str, directions: Directions, usual: Directions) -> str:
    """A nature or comparator, with the directions it is limited to where they are fewer than usual."""
    if directions == usual:
        return name
    return t("natures.limited", name=name, directions=listed(f"`{d}`" for d in DIRECTIONS if d in directions))
