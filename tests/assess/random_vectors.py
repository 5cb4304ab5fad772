"""Rows of test vectors made at random, dense where the method's rules meet: near thresholds, days, ties and breaks."""

from __future__ import annotations

import json
from calendar import monthrange
from datetime import date, timedelta
from random import Random
from typing import Any

POINT_KINDS = ("level_by", "share_by", "count_by", "travel_time", "multiple_of_base")
WINDOW_KINDS = ("cum_flow", "annual_floor", "rank", "avg_growth", "avg_increment")
OTHER_KINDS = ("moving_ref", "milestone", "envelope", "annual_task", "qualitative")
GROUP_KINDS = ("group", "group_sum", "group_ratio")
KINDS = (*POINT_KINDS, *WINDOW_KINDS, *OTHER_KINDS, *GROUP_KINDS)
COLUMNS = (
    "vector_id", "kind", "kind_inner", "direction", "comparator", "target_value", "target_value_high", "unit",
    "base_period", "base_value", "base_basis", "target_period", "period_start", "as_of", "observations_json",
    "options_json",
)  # fmt: skip
STATUSES = (
    "achieved", "achieved_late", "on_track", "slightly_behind", "behind", "reversing", "missed", "pending",
    "due_no_data", "no_data", "not_assessable",
)  # fmt: skip


def random_row(rng: Random, kind: str) -> dict[str, str]:
    """A readable row of `kind`; not every one is sensible, but each has one right answer."""
    return _Maker(rng, kind).row()


class _Maker:
    def __init__(self, rng: Random, kind: str) -> None:
        self.rng = rng
        self.kind = kind
        self.inner = rng.choice(("", *POINT_KINDS, "annual_floor")) if kind in ("group_sum", "group_ratio") else ""
        self.judged_as = self.inner or kind
        self.direction, self.comparator = self._condition()
        self.value = self._target()
        self.year = rng.randint(2021, 2027)
        self.start = self.year - rng.randint(0, 4)
        self.base_year = self.year - rng.randint(1, 7) if rng.random() < 0.9 else self.year + rng.randint(0, 2)
        self.bases = ["main"] if rng.random() < 0.6 else ["main", "new"]
        before, after, anywhere = rng.randint(-1500, 0), rng.randint(0, 900), rng.randint(-1400, 1200)
        self.as_of = date(self.year, 12, 31) + timedelta(days=rng.choice((before, before, after, 0, 1, anywhere)))

    def chance(self, p: float) -> bool:
        return self.rng.random() < p

    def row(self) -> dict[str, str]:
        rng = self.rng
        has_base = self.chance(0.6)
        wants_start = self.kind in WINDOW_KINDS or self.kind == "annual_task"
        has_start = self.chance(0.95 if wants_start else 0.3 if self.judged_as == "count_by" else 0.1)
        no_value = self.kind == "qualitative" or self.chance(0.02)
        listed = self._events() if self.kind == "milestone" else self._observations()
        cells = {
            "vector_id": "R",
            "kind": self.kind,
            "kind_inner": self.inner,
            "direction": self.direction,
            "comparator": self.comparator,
            "target_value": "" if no_value else str(self.value),
            "target_value_high": str(round(self.value + abs(self.value) / 5, 2)) if self.chance(0.9) else "",
            "unit": rng.choice(("", "%")),
            "base_period": str(self.base_year) if has_base or self.chance(0.2) else "",
            "base_value": str(self._near(0.4)) if has_base and self.chance(0.6) else "",
            "base_basis": rng.choice(self.bases) if self.chance(0.3) else "",
            "target_period": str(self.year) if self.chance(0.92) else "",
            "period_start": str(self.start) if has_start else "",
            "as_of": self.as_of.isoformat(),
            "observations_json": json.dumps(listed),
            "options_json": json.dumps(self._options()),
        }
        if cells["target_value_high"] and self.comparator != "between" and self.chance(0.8):
            cells["target_value_high"] = ""
        return cells

    def _condition(self) -> tuple[str, str]:
        rng = self.rng
        if self.kind in ("milestone", "annual_task") and self.chance(0.9):
            return "none", "event"
        if self.chance(0.08):
            everything = ("ge", "gt", "le", "lt", "between", "approx", "none", "event")
            return rng.choice(("up", "down", "none")), rng.choice(everything)
        if self.kind == "rank":
            return "down", rng.choice(("le", "le", "none"))
        direction = rng.choice(("up", "up", "up", "down", "none"))
        kept = {"up": ("ge", "ge", "gt", "approx"), "down": ("le", "lt", "approx"), "none": ("approx", "between")}
        return direction, rng.choice(kept[direction])

    def _target(self) -> float | int:
        rng = self.rng
        if self.judged_as == "multiple_of_base":
            return rng.choice((2, 1.5, 3, 1, 0.5))
        if self.judged_as in ("count_by", "travel_time", "annual_task", "rank"):
            return rng.choice((1, 2, 3, 5, 8, 12, 40))
        if self.judged_as in ("avg_growth", "avg_increment"):
            return rng.choice((6, 8, 0.7, 15, 0, -3))
        return rng.choice((70, 50, 1000, 12.5, 0.4, 300)) if self.chance(0.95) else rng.choice((0, -20))

    def _near(self, low: float = 0.5) -> float | int:
        """A value about where the target is, often exactly there or a hair beside it."""
        rng = self.rng
        target = self.value * rng.choice((20, 50)) if self.judged_as == "multiple_of_base" else self.value
        if self.kind == "rank":
            return rng.randint(1, 7)
        if self.chance(0.35):
            value = target * rng.choice((1, 1, 0.999, 1.001, 0.99, 1.01, 0.951, 1.049, 0.9996))
        else:
            value = target * rng.uniform(low, 1.3)
        if self.chance(0.02):
            value = -value
        if self.judged_as in ("count_by", "travel_time") and self.chance(0.8):
            return round(value)
        return round(value, rng.choice((0, 1, 2, 3)))

    def _period(self) -> str:
        rng = self.rng
        last = self.as_of.year - 1
        year = rng.choice((self.year, self.base_year, last, last, last, last - 1, last - 2, rng.randint(2016, 2028)))
        at = rng.random()
        spans = self.kind == "cum_flow" or (self.kind == "annual_floor" and self.chance(0.3))
        if spans and at < 0.7:
            first = self.start if self.chance(0.85) else year
            months = 12 * rng.randint(1, 5) if self.chance(0.4) else rng.randint(1, 60)
            if self.kind == "annual_floor":
                first, months = rng.randint(self.start, self.year), rng.randint(1, 12)
            return f"{first}-{rng.choice(('01', '01', '01', '01', '04'))}-01/P{months}M"
        if at < 0.76:
            return str(year)
        if at < 0.8:
            return f"{year}-01-01/P12M"
        if at < 0.87:
            return f"{year}-Q{rng.randint(1, 4)}"
        if at < 0.94:
            return f"{year}-{rng.randint(1, 12):02}"
        return f"{year}-01-01/P{rng.choice((3, 6, 9, 24, 36))}M"

    def _observation(self) -> dict[str, Any]:
        rng, period = self.rng, self._period()
        end = _end(period)
        later = rng.choice((0, 30, 60, 60, 60, 200, 240)) if self.chance(0.97) else -1
        pub = end + timedelta(days=later)
        seen: dict[str, Any] = {"p": period, "v": self._near(), "pub": pub.isoformat()}
        if self.chance(0.25):
            seen["s"] = rng.choice("PPPEDDBFMQ")
        if self.chance(0.3):
            seen["tier"] = rng.choice((1, 2, 2, 3))
        if len(self.bases) > 1 and self.chance(0.5):
            seen["b"] = "new"
        if self.chance(0.2):
            seen["yoy"] = rng.choice((6.6, 9, 3, -2, 12.5, 0))
            seen["yoy_real"] = self.chance(0.6)
        if self.chance(0.02):
            seen["v"] = None
        return seen

    def _observations(self) -> list[dict[str, Any]]:
        rng = self.rng
        listed = [self._observation() for _ in range(rng.choice((0, 1, 2, 2, 3, 4, 5, 6)))]
        listed += [self._beside(seen) for seen in listed if self.chance(0.35)]
        if self.kind in ("avg_growth", "annual_floor", "rank") and self.chance(0.6):
            years = range(self.start, self.year + 1)
            listed += [{"p": str(year), "v": self._near(), "pub": f"{year + 1}-03-01"} for year in years]
        rng.shuffle(listed)
        return listed

    def _beside(self, seen: dict[str, Any]) -> dict[str, Any]:
        """Another publication of the same period: a rival of the day, a revision, or a copy."""
        rng = self.rng
        other = dict(seen)
        if seen["v"] is not None:
            other["v"] = round(seen["v"] * rng.choice((1, 0.999, 1.001, 1.004, 0.99, 1.01, 1.03, 0.97)), 3)
            if self.judged_as == "rank" or self.chance(0.1):
                other["v"] = seen["v"] + rng.choice((0, 1, 2))
        if self.chance(0.4):
            other["tier"] = rng.choice((1, 2, 2, 3))
        if self.chance(0.3):
            other["pub"] = (date.fromisoformat(seen["pub"]) + timedelta(days=rng.choice((1, 30, 200)))).isoformat()
        if self.chance(0.2):
            other["s"] = rng.choice("APE")
        if len(self.bases) > 1 and self.chance(0.2):
            other["b"] = rng.choice(self.bases)
        if seen["p"].endswith("-12") and self.chance(0.5):
            other["p"] = seen["p"][:4] + "-Q4"
        return other

    def _events(self) -> list[dict[str, Any]]:
        rng = self.rng
        listed = []
        for _ in range(rng.choice((0, 1, 1, 2, 3, 4))):
            pub = date(self.year, 12, 31) + timedelta(days=rng.choice((0, 1, rng.randint(-700, 700))))
            event: dict[str, Any] = {"state": rng.choice(("in_progress", "done", "done", "cancelled")), "pub": str(pub)}
            if self.chance(0.5):
                event["date"] = str(pub - timedelta(days=rng.choice((0, 1, 30))))
            if self.chance(0.4):
                event["planned"] = str(pub + timedelta(days=rng.randint(1, 600)))
            if self.chance(0.4):
                event["tier"] = rng.choice((1, 2, 3, 3))
            listed.append(event)
        return listed

    def _options(self) -> dict[str, Any]:
        rng = self.rng
        options: dict[str, Any] = {}
        may: dict[str, tuple[float, tuple[Any, ...]]] = {
            "path": (0.15, ("log", "linear")),
            "monotone": (0.2, (True, False)),
            "freq": (0.3, ("A", "Q", "M")),
            "base_grade": (0.2, ("A", "B", "C")),
            "base_pending": (0.05, (True,)),
            "flow": (0.6 if self.kind == "annual_floor" else 0.05, (True,)),
            "peers": (0.8 if self.kind == "rank" else 0, (4, 7, 9, 11)),
            "due": (0.4 if self.kind == "milestone" else 0.05, (f"{self.year}-06-30", f"{self.year}-12-31")),
        }
        for name, (p, values) in may.items():
            if self.chance(p):
                options[name] = rng.choice(values)
        if self.kind == "moving_ref":
            options["ref"] = self._observations()
        if self.kind == "group":
            options["items"] = [self._item() for _ in range(rng.randint(0, 8))]
        if self.kind in ("group_sum", "group_ratio") and self.chance(0.95):
            options |= self._group()
        if self.kind not in GROUP_KINDS and self.chance(0.04):
            listed = self._events if self.kind == "milestone" else self._observations
            options["variants"] = [{"base": self._near(), "obs": listed()} for _ in range(2)]
        return options

    def _item(self) -> dict[str, Any]:
        status = self.rng.choice(STATUSES)
        item: dict[str, Any] = {"status": status}
        if status in ("on_track", "slightly_behind", "behind") and self.chance(0.8):
            item["r"] = round(self.rng.uniform(-0.2, 1.4), 4)
        if status == "missed" and self.chance(0.7):
            item["p"] = round(self.rng.uniform(-0.2, 1.2), 3)
        return item

    def _group(self) -> dict[str, Any]:
        """The figures behind a group's value, about as large as the target."""
        rng, names = self.rng, ("甲", "乙", "丙")[: self.rng.choice((0, 1, 2, 3, 3))]
        seen = self._observation()
        form = {key: seen[key] for key in ("p", "pub", "s", "b", "tier") if key in seen}
        whole = self._near()
        given: dict[str, Any] = {"o": form}
        if self.kind == "group_sum":
            given["members"] = {name: round(whole / len(names), 2) for name in names}
            if names and self.chance(0.15):
                given["members"][names[-1]] = None
        else:
            given["den"] = {name: rng.choice((100, 300, 900, 7)) for name in names}
            given["num"] = {name: round(given["den"][name] * whole * rng.uniform(0.9, 1.1) / 100, 2) for name in names}
            if names and self.chance(0.15):
                given[rng.choice(("num", "den"))][names[0]] = None
        if self.chance(0.5):
            given["official"] = round(whole * rng.choice((1, 1.004, 0.996, 1.02)), 2)
        return given


def _end(period: str) -> date:
    """The last day of a period this module writes."""
    year = int(period[:4])
    if "/P" in period:
        month = int(period[5:7]) - 1 + int(period.partition("/P")[2][:-1])
    elif "-Q" in period:
        month = 3 * int(period[-1])
    else:
        month = int(period[5:7]) if "-" in period else 12
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])
