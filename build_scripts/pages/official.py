"""The authority's own judgement of a target, beside this site's. Gets the report and a target, gives the latest one."""

from __future__ import annotations

from dataclasses import dataclass

from build_scripts.core.periods import is_year, year_of
from build_scripts.core.records import Link
from build_scripts.locale import day, period, quoted, t
from build_scripts.pages import parts, wording
from build_scripts.report import Report, TargetEntry


@dataclass(frozen=True, slots=True)
class OfficialView:
    """What the authority says, what it compared, how that stands to this site's status; empty where nothing is said."""

    said: str
    compared: str
    beside: str
    source: Link


def official(report: Report, entry: TargetEntry) -> OfficialView | None:
    """The latest judgement of a target that had been published; None where there is none."""
    rows = [each for each in report.package.official_judgements if each.target_id == entry.target_id]
    if not rows:
        return None
    last = max(rows, key=lambda each: each.pub)
    source = report.package.source_by_id[last.source_id]
    unit = entry.indicator.unit
    compared = ""
    if last.value is not None and last.period and last.baseline_value is not None and last.baseline_period:
        compared = t(
            "target.official.compared",
            value=wording.amount(last.value, unit),
            period=_year(entry, last.period),
            base=wording.amount(last.baseline_value, unit),
            base_period=_year(entry, last.baseline_period),
        )
    said = t("target.official.said", publisher=source.publisher, verdict=quoted(last.verdict), day=day(last.pub))
    return OfficialView(said, compared, _beside(entry, last.same_as, last.reason), parts.source_link(source))


def _year(entry: TargetEntry, printed: str) -> str:
    """A period of a judgement; a year as the figures for it are named, which may be fiscal where it says so nowhere."""
    years = {each.observation.period for each in entry.figures if is_year(each.observation.period)}
    same = {each for each in years if year_of(each) == year_of(printed)}
    return period(same.pop() if is_year(printed) and len(same) == 1 else printed)


def _beside(entry: TargetEntry, same_as: tuple[str, ...], reason: str) -> str:
    """Whether this site's status says the same, and why not."""
    if not same_as:
        return reason
    if entry.status.value in same_as:
        return t("target.official.same")
    ours = quoted(t(f"status.label.{entry.status.value}"))
    key = "differs" if reason else "differs_bare"
    return t(f"target.official.{key}", status=ours, reason=reason)
