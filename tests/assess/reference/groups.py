"""§8: groups; and the way in: variants (§4.3, robustness rule) and rows of vectors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from .kinds import apart, assess_kind, robust
from .records import Target, Verdict, no, read_listed, read_seen, read_target, rounded

NOT_ON_TRACK = ("behind", "reversing", "missed")


def verdict_of(row: Mapping[str, str]) -> dict[str, str]:
    """The expected columns of a row of vectors."""
    t = read_target(row)
    variants = t.options.get("variants")
    if not variants:
        return assess(t).cells()
    readings = []
    for each in variants:
        base = each.get("base", t.base)
        given = replace(t, base=None if base is None else Fraction(base))
        if "obs" in each:
            seen, events = read_listed(t.kind, each["obs"])
            given = replace(given, seen=seen, events=events)
        readings.append(assess(given))
    return robust(readings, "sensitive_to_assumption").cells()


def assess(t: Target) -> Verdict:
    if t.kind == "group":
        return bundle(t.options.get("items") or [])
    if t.kind in ("group_sum", "group_ratio"):
        return group_value(t)
    return assess_kind(t)[0]


def group_value(t: Target) -> Verdict:
    o, is_ratio = t.options, t.kind == "group_ratio"
    inner = replace(t, kind=t.inner or ("share_by" if is_ratio else "level_by"))
    if not any(key in o for key in ("official", "members", "num", "den", "o")):
        return assess(inner)
    form = read_seen({**o["o"], "v": 0}) if o.get("o") else None
    if form is not None and form.pub > t.as_of:
        return assess(inner)
    value, missing = _ratio(o, percent=t.unit == "%") if is_ratio else _sum(o.get("members") or {})
    official = None if o.get("official") is None else Fraction(o["official"])
    flags: dict[str, str] = {}
    if official is None and value is None:
        verdict = no("member_missing")
        if missing:
            verdict.flags["missing"] = "|".join(missing)
        return verdict
    if official is not None:
        if value is not None and 100 * abs(official - value) > abs(official):
            flags["sum_mismatch"] = ""
        seen = None if form is None else replace(form, v=official, sum=value)
        derived = official
    else:
        flags["weighted" if is_ratio else "summed"] = ""
        derived = value or Fraction(0)
        seen = None if form is None else replace(form, v=derived)
    verdict, series = assess_kind(inner if seen is None else replace(inner, seen=(*inner.seen, seen)))
    if seen is not None and seen.sum is not None and series.met(seen, seen.v) != series.met(seen, seen.sum):
        flags["sum_mismatch"] = ""
    verdict.flags |= flags
    verdict.derived = rounded(derived, 2)
    if verdict.is_judged and official is None:
        verdict.grade = max(verdict.grade, "B")
    return verdict


def _sum(members: Mapping[str, Any]) -> tuple[Fraction | None, list[str]]:
    missing = [name for name, value in members.items() if value is None]
    return (sum(map(Fraction, members.values()), Fraction(0)) if members and not missing else None), missing


def _ratio(o: Mapping[str, Any], *, percent: bool) -> tuple[Fraction | None, list[str]]:
    num, den = o.get("num") or {}, o.get("den") or {}
    names = list(dict.fromkeys((*num, *den)))
    missing = [name for name in names if num.get(name) is None or den.get(name) is None]
    bottom = sum((Fraction(each) for each in den.values() if each is not None), Fraction(0))
    if missing or not names or not bottom:
        return None, missing or names
    return sum(map(Fraction, num.values()), Fraction(0)) / bottom * (100 if percent else 1), []


def bundle(items: list[Mapping[str, Any]]) -> Verdict:
    scores = [s for s in map(score, items) if s is not None]
    flags = {"coverage": f"{len(scores)}/{len(items)}"}
    if len(scores) < 3 or 2 * len(scores) < len(items):
        return Verdict("not_assessable", "low_coverage", flags=flags)
    mean = sum(scores, Fraction(0)) / len(scores)
    shown, statuses = rounded(mean, 4), [each["status"] for each in items]
    if all(status in ("achieved", "achieved_late") for status in statuses):
        status = "achieved"
    elif 100 * shown >= 95 and not any(each in NOT_ON_TRACK for each in statuses):
        status = "on_track"
    else:
        status = "slightly_behind" if 100 * shown >= 60 else "behind"
    return Verdict(status, "", "group", ratio=shown, derived=rounded(100 * mean, 1), flags=flags, grade="C")


def score(item: Mapping[str, Any]) -> Fraction | None:
    def clamped(x: object) -> Fraction:
        return min(max(Fraction(str(x)), Fraction(0)), Fraction(1))

    status, r, p = item["status"], item.get("r"), item.get("p")
    if status in ("achieved", "achieved_late"):
        return Fraction(1)
    if status in ("on_track", "slightly_behind", "behind"):
        if r is not None:
            return clamped(r)
        return {"on_track": Fraction(1), "slightly_behind": Fraction(3, 5), "behind": Fraction(0)}[status]
    if status == "missed":
        return clamped(p) if p is not None else Fraction(0)
    return Fraction(0) if status == "reversing" else None


__all__ = ["apart", "verdict_of"]
