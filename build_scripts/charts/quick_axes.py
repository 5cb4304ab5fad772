"""Axes and labels as Vega draws them. Gets an axis as Vega has it, gives its lines and labels.

Vega measures labels and leaves out those that would touch; here they only have to be clearly apart, else Vega draws.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from build_scripts.charts.expressions import number
from build_scripts.charts.fonts import width
from build_scripts.charts.outlines import Unlike, moved, plain
from build_scripts.charts.quick_scales import Frame
from build_scripts.charts.regional import number_locale

Axis = Callable[[Frame], Iterator[ET.Element]]
_KEYS = frozenset(
    {
        "scale", "orient", "values", "gridScale", "grid", "domain", "labels", "aria", "maxExtent", "minExtent", "ticks",
        "zindex", "labelFlush", "labelOverlap", "labelPadding", "encode",
    }
)  # fmt: skip
_FIXED = {"aria": False, "zindex": 0, "maxExtent": 0, "minExtent": 0, "labelOverlap": True, "labelFlush": True}
_TICK, _PADDING = 5, 2
# Vega cuts longer labels off.
_LONGEST = 170.0
# Px between the middles of two lines, and between two labels in a line: more than Vega asks.
_LINES, _APART = 16.0, 4.0
# So near an end of the axis a label is drawn inwards.
_END = 1.0
# The part of a label that stands before its anchor.
_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}
_FORMAT = re.compile(r",\.(\d)f")
# Line ends, signs that steer, and spaces that another program may read as one.
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_LABEL = {"datum.value": "", "format(datum.value, yformat)": "yformat"}


def label(text: str, place: tuple[float, float], anchor: str, size: float, fill: str) -> Iterator[ET.Element]:
    """A text of a picture; none where it is empty.

    Raises:
        Unlike: it holds signs that programs read in different ways.
    """
    if _ODD.search(text):
        raise Unlike(text)
    shown = text.strip()
    if not shown:
        return
    look = {"x": plain(place[0]), "y": plain(place[1])}
    if "e" in "".join(look.values()):
        raise Unlike(place)
    if anchor != "start":
        look["text-anchor"] = anchor
    if size != 12:
        look["font-size"] = f"{plain(size)}px"
    element = ET.Element("text", {**look, "fill": fill})
    element.text = shown
    yield element


def axis(given: Mapping[str, Any], config: Mapping[str, Any]) -> Axis:
    """An axis at the foot or the left; reads what it shows from the signals.

    Raises:
        Unlike: it is one that Vega has to draw.
    """
    if set(given) - _KEYS or any(given.get(name, value) != value for name, value in _FIXED.items()):
        raise Unlike(given)
    if given["orient"] not in {"left", "bottom"} or config.get("domain", True):
        raise Unlike(given)
    return _Axis(given, config).draw


class _Axis:
    def __init__(self, given: Mapping[str, Any], config: Mapping[str, Any]) -> None:
        self._foot = given["orient"] == "bottom"
        self._scale: str = given["scale"]
        self._values: str = given["values"]["signal"]
        self._ticks: bool = given["ticks"]
        self._grid: str | None = given["gridScale"] if given["grid"] else None
        self._padding = given.get("labelPadding", _PADDING) + (_TICK if self._ticks else 0)
        self._format: str | None = None
        if given.get("labels", True):
            (update,) = given["encode"]["labels"].values()
            self._format = _LABEL.get(update["text"]["signal"])
            if self._format is None or set(update) != {"text"}:
                raise Unlike(given)
        if self._grid and (self._foot or self._format is not None):
            raise Unlike(given)
        self._paint = {name: config[f"{name}Color"] for name in ("grid", "tick", "label")}
        self._size: float = config["labelFontSize"]

    def draw(self, frame: Frame) -> Iterator[ET.Element]:
        """Lines and labels in a group of their own, half a px off as lines of one px have to be."""
        start, end = frame.reach(self._scale)
        values = frame.signals[self._values]
        if sorted(values) != list(values):
            raise Unlike(values)
        place = frame.placing(self._scale)
        ticks = [(value, place(value)) for value in values]
        low, high = math.floor(min(start, end)), math.ceil(max(start, end))
        shown = [(value, at) for value, at in ticks if low <= at <= high]
        group = ET.Element("g", moved(0.5, frame.signals["height"] + 0.5 if self._foot else 0.5))
        if self._grid:
            across = frame.reach(self._grid)[1]
            group.extend([self._line(at, {"x2": plain(across)}, self._paint["grid"]) for _, at in shown])
        if self._ticks:
            group.extend([self._line(at, {"y2": str(_TICK)}, self._paint["tick"]) for _, at in shown])
        if self._format is not None:
            for element in self._labels(shown, frame, (start, end)):
                group.extend(list(element))
        if len(group):
            yield group

    def _line(self, at: float, length: dict[str, str], colour: str) -> ET.Element:
        rounded = math.floor(at + 0.5)
        return ET.Element(
            "line", {**moved(*((rounded, 0) if self._foot else (0, rounded))), **length, "stroke": colour}
        )

    def _labels(
        self, shown: list[tuple[Any, float]], frame: Frame, ends: tuple[float, float]
    ) -> Iterator[Iterator[ET.Element]]:
        form = frame.signals[self._format] if self._format else ""
        free = -math.inf
        for value, at in sorted(shown, key=lambda each: each[1]):
            text = _written(number(value), form)
            long = width(text, self._size)
            anchor = _flush(at, ends) if self._foot else "end"
            reach = _BEFORE[anchor] * long if self._foot else _LINES / 2
            if long > _LONGEST or at - reach < free:
                raise Unlike(text)
            free = at - reach + long + _APART if self._foot else at + reach
        for value, at in shown:
            text = _written(number(value), form)
            # Where the foot of a text stands that hangs from a line, or is centred on it.
            if self._foot:
                place, anchor = (at, self._padding + int(0.79 * self._size + 0.5)), _flush(at, ends)
            else:
                place, anchor = (-self._padding, at + int(0.3 * self._size + 0.5)), "end"
            yield label(text, place, anchor, self._size, self._paint["label"])


def _flush(at: float, ends: tuple[float, float]) -> str:
    """Which part of a label stands at its tick: at the ends of an axis labels do not stand out."""
    before, after = abs(at - min(ends)), abs(max(ends) - at)
    return "start" if before < after and before <= _END else "end" if after <= _END else "middle"


def _written(value: float, form: str) -> str:
    """A number as an axis shows it: as JavaScript writes it, or in the region's form.

    Raises:
        Unlike: another form, or a number that it would round.
    """
    if not form:
        if value != int(value) or abs(value) > 1e9:
            raise Unlike(value)
        return str(int(value))
    found, region = _FORMAT.fullmatch(form), number_locale()
    if not found or region.get("grouping") != [3] or set(region) - {"decimal", "thousands", "grouping", "currency"}:
        raise Unlike(form)
    places = int(found[1])
    if abs(value - round(value, places)) > 1e-9 or abs(value) >= 1e12:
        raise Unlike(value)
    swapped = {"-": "−", ",": region["thousands"], ".": region["decimal"]}
    return "".join(swapped.get(char, char) for char in f"{value:,.{places}f}")
