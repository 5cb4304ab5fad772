"""What would settle an unjudged target: which publication, by whom, and when one may look for it.

Gets a target, its assessment and the package, gives one Chinese sentence; a judged target needs none.
Source: assessment method §6 (every reason code has a "what would unlock this" line).
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from build_scripts.core.leads import lead
from build_scripts.core.method import Assessment, Reason, Status
from build_scripts.core.periods import parse_period, year_of
from build_scripts.core.records import Package, Target
from build_scripts.explain.codes import is_unjudged
from build_scripts.explain.sentences import periods_of, place_condition
from build_scripts.explain.years import YearNames
from build_scripts.locale import (
    before_brackets,
    day,
    in_a_row,
    is_rank,
    number,
    place_and_name,
    quoted,
    read_words,
    said_in_large,
    t,
    with_unit,
)
from build_scripts.locale.catalogue import has

_SMALL_START = re.compile(r"(?:^|(?<=\. ))[a-z]")
_SPECIAL = {"milestone": "event", "annual_task": "task", "envelope": "envelope", "rank": "rank"}
_WINDOWS = frozenset(("annual_floor", "rank", "avg_growth"))


def unlock(target: Target, assessment: Assessment, package: Package) -> str:
    """The sentence that says what is missing; empty where a verdict has been passed."""
    if not is_unjudged(assessment):
        return ""
    words = _words(target, assessment, package)
    said = t(f"reason.unlock.{_key(target, assessment)}", **words)
    # A body that is not known by name is “the responsible body”, at the head of a sentence too.
    return _SMALL_START.sub(lambda found: found[0].upper(), said)


def _key(target: Target, assessment: Assessment) -> str:
    """The sentence for this status or reason, and for this kind where the kind needs its own."""
    code = assessment.reason.value if assessment.reason else assessment.status.value
    variants = [_SPECIAL.get(target.kind, "")]
    if assessment.status in (Status.NO_DATA, Status.DUE_NO_DATA):
        if target.target_year is None:
            variants.append("undated")
        elif target.kind == "cum_flow":
            variants += ["flow", "window"]
        elif target.kind in _WINDOWS:
            variants.append("window")
    if assessment.reason is Reason.NO_DEADLINE and assessment.value is not None and target.value is not None:
        variants.append("met")
    if assessment.reason is Reason.NO_BASELINE and not target.baseline_period and not target.period_start:
        variants.append("undated")
    return next((f"{code}_{each}" for each in variants if each and has(f"reason.unlock.{code}_{each}")), code)


def _beside(period: str, step: int) -> str:
    """The year so many after a period's own."""
    return str((year_of(period) or 0) + step)


def _words(target: Target, assessment: Assessment, package: Package) -> dict[str, str]:
    """Names and years for the sentence."""
    indicator = package.indicator_by_id[target.indicator_id]
    region = package.region_by_id[target.region_id].name
    year = target.target_year
    start = target.period_start or (_beside(target.baseline_period, 1) if target.baseline_period else "")
    base = target.baseline_period or (_beside(target.period_start, -1) if target.period_start else "")
    names = YearNames(periods_of(target))
    published = YearNames([assessment.period, *periods_of(target)])
    next_words = t(f"reason.when.{indicator.frequency}")
    return {
        "body": _body(target, package),
        "issuer": package.plan_by_id[target.plan_id].issuer,
        "what": quoted(place_and_name(region, indicator.name)),
        "name": indicator.name,
        "condition": _condition(target, indicator.unit),
        "year": names.of(str(year or "")),
        "first_year": names.of(start),
        "base_year": names.of(base),
        "base_next": names.of(_beside(base, 1)) if base else "",
        "last": published.of(assessment.flag("last") or str(year_of(assessment.period) or "")),
        "due": day(target.due) if target.due else t("format.line.year_end", year=names.of(str(year or ""))),
        "members": in_a_row((assessment.flag("missing") or "").split("|")),
        "reference": _reference(target, package),
        "next_words": next_words,
        "deadline_words": _deadline_words(_last_year(target, year), assessment) if year else next_words,
    }


def _last_year(target: Target, year: int) -> int:
    """The calendar year in which the target's year ends: of a fiscal one the second of its two."""
    found = parse_period(target.target_period) if target.target_period else None
    return found.end.year if found and found.counts_for else year


def _deadline_words(year: int, assessment: Assessment) -> str:
    """When the year's figure is usually published: still to come, or past on the day of the assessment."""
    days = (dict(step.values)["as_of"] for step in assessment.steps if step.code == "as_of")
    past = any(isinstance(each, date) and each >= date(year + 1, 4, 1) for each in days)
    return t("reason.when.deadline_past" if past else "reason.when.deadline", next_year=year + 1)


def _body(target: Target, package: Package) -> str:
    """Who would publish it: the lead the plan names, else the authority whose figures this series mostly holds."""
    named = lead(package, target)
    if named:
        return named.name
    seen = package.observations_by_series.get((target.indicator_id, target.region_id), ())
    # A copy is listed as “丽水市统计局（转载页）”: the authority is what stands before the bracket.
    names = (before_brackets(package.source_by_id[each.source_id].publisher) for each in seen)
    authorities = Counter(name for name in names if name.endswith(read_words("reason.authority_endings")))
    # most_common() keeps the first counted among equals, so the file order decides.
    return authorities.most_common(1)[0][0] if authorities else t("reason.responsible_body")


def _condition(target: Target, unit: str) -> str:
    """The condition in words: “不低于70%”."""
    if target.value is None:
        return ""
    if is_rank(unit) and target.comparator == "le":
        return place_condition(number(target.value))
    # The lower end is told without its unit: it is said in that of the upper.
    said = said_in_large(unit, (target.value, target.value_high))
    words = {
        "target_u": with_unit(number(target.value), unit),
        "low_u": number(said.figure(target.value)),
        "high_u": with_unit(number(target.value_high and said.figure(target.value_high)), said.unit),
    }
    return t(f"explain.condition.{target.comparator}", **words)


def _reference(target: Target, package: Package) -> str:
    """The region that a moving reference is taken from."""
    region = package.region_by_id.get(target.reference_region_id or "")
    return region.name if region else t("reason.reference")
