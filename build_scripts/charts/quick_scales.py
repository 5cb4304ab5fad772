"""Where values stand in a picture, reckoned as Vega does. Gets scales as Vega has them and the signals, gives px."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from build_scripts.charts.expressions import number
from build_scripts.charts.outlines import Unlike

_KEYS = frozenset({"name", "type", "domain", "range", "nice", "zero"})


class Frame:
    """One picture's signals, and its scales.

    Raises:
        Unlike: a scale is not a plain linear one.
    """

    def __init__(self, scales: Sequence[Mapping[str, Any]], signals: Mapping[str, Any]) -> None:
        self.signals = signals
        self._scales = {scale["name"]: self._linear(scale) for scale in scales}

    def placing(self, scale: str) -> Callable[[object], float]:
        """What says where a value stands, in px; it raises `Unlike` for what is no number."""
        low, span, start, end = self._scales[scale]

        def place(value: object) -> float:
            part = (number(value) - low) / span
            return start * (1 - part) + end * part

        return place

    def reach(self, scale: str) -> tuple[float, float]:
        """The px at which a scale begins and ends."""
        _low, _span, start, end = self._scales[scale]
        return start, end

    def _linear(self, scale: Mapping[str, Any]) -> tuple[float, float, float, float]:
        if set(scale) - _KEYS or scale["type"] != "linear" or scale.get("nice") or scale.get("zero"):
            raise Unlike(scale)
        (low, high), (start, end) = (self._bounds(scale[name]) for name in ("domain", "range"))
        if high <= low:
            raise Unlike(scale)
        return low, high - low, start, end

    def _bounds(self, given: object) -> tuple[float, float]:
        if not isinstance(given, list) or len(given) != 2:
            raise Unlike(given)
        first, last = (number(self.signals[end["signal"]] if isinstance(end, Mapping) else end) for end in given)
        return first, last
