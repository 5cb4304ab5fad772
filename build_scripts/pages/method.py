"""The method page: how this site judges, in plain words, with every threshold and code taken from the code itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.core import method as rules
from build_scripts.core.method import FLAG_ORDER, METHOD_VERSION, Grade, Reason, Status
from build_scripts.core.records import Link, Page
from build_scripts.explain import explain, grade_meaning, reason_label, reason_meaning
from build_scripts.locale import day, number, t
from build_scripts.locale.catalogue import keys
from build_scripts.pages import disclosure, parts
from build_scripts.pages.parts import Badge
from build_scripts.pages.site_data import SiteData
from build_scripts.pages.whatif import WhatIf, whatif
from build_scripts.report import Report
from build_scripts.report.examples import WorkedExample, worked_examples

SOURCE = "build_scripts/core/method.py"
ARGUMENT = "……"
BANDS = (Status.ON_TRACK, Status.SLIGHTLY_BEHIND, Status.BEHIND, Status.REVERSING)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number the method uses: what for, and how much."""

    name: str
    value: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Band:
    """A status that a pace ratio decides, and between which ratios."""

    badge: Badge
    limits: str


@dataclass(frozen=True, slots=True)
class StatusRow:
    """A status: its badge, family, meaning, and how many targets have it now."""

    badge: Badge
    family: str
    meaning: str
    count: str


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A reason, flag, grade or kind: its name and what it means; `count` is how many targets have it now."""

    name: str
    meaning: str
    count: str = ""


@dataclass(frozen=True, slots=True)
class ExampleView:
    """A worked example: what was promised and published, the steps, the verdict."""

    anchor: str
    title: str
    story: str
    badge: Badge
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MethodView:
    """What the page shows, in the order it shows it."""

    title: str
    sentence: str
    formula: tuple[str, ...]
    bands: tuple[Band, ...]
    thresholds: tuple[Threshold, ...]
    statuses: tuple[StatusRow, ...]
    statuses_caption: str
    disclosures: tuple[CodeRow, ...]
    order: tuple[str, ...]
    kinds: tuple[CodeRow, ...]
    reasons: tuple[CodeRow, ...]
    flags: tuple[CodeRow, ...]
    grades: tuple[CodeRow, ...]
    examples: tuple[ExampleView, ...]
    whatif: WhatIf
    version: str
    changes_title: str
    changes: tuple[str, ...]
    more: tuple[Link, ...]


def pages(given: SiteData) -> Iterator[Page]:
    """The method page."""
    report = given.report
    title = t("method.title")
    sentence = t("method.sentence")
    yield Page(
        address="method/",
        template="method",
        view=_view(report, title, sentence),
        title=title,
        description=sentence,
        source=SOURCE,
        crumbs=parts.crumbs(),
        assessed=True,
    )


def _view(report: Report, title: str, sentence: str) -> MethodView:
    examples = worked_examples()
    return MethodView(
        title=title,
        sentence=sentence,
        formula=tuple(t(key) for key in keys("method.formula.")),
        bands=tuple(_band(status) for status in BANDS),
        thresholds=tuple(_thresholds()),
        statuses=tuple(_status_row(report, status) for status in Status),
        statuses_caption=t("method.caption.statuses", day=day(report.as_of)),
        disclosures=tuple(_disclosures(report)),
        order=tuple(
            t(key, months=rules.STALE_MONTHS["A"], evidence=rules.EVIDENCE_YEARS) for key in keys("method.order.")
        ),
        kinds=tuple(_kinds(report)),
        reasons=tuple(_reasons(report)),
        flags=tuple(_flags(report)),
        grades=tuple(_grades(report)),
        examples=tuple(_example(each) for each in examples),
        whatif=whatif(report, examples),
        version=t("method.version", version=METHOD_VERSION),
        changes_title=t("method.heading.changes", version=METHOD_VERSION),
        changes=tuple(t(key) for key in keys("method.change.")),
        more=(Link(t("quality.title"), "data/quality/"), Link(t("revisions.title"), "data/revisions/")),
    )


def _band(status: Status) -> Band:
    limits = t(f"explain.band.{status}", high=number(rules.ON_TRACK_RATIO), low=number(rules.BEHIND_RATIO))
    return Band(parts.badge(status), t("method.band", limits=limits))


def _thresholds() -> Iterator[Threshold]:
    """Every number of the method, read from the constants the code uses."""
    values = {
        "on_track": number(rules.ON_TRACK_RATIO),
        "behind": number(rules.BEHIND_RATIO),
        "approx": f"{number(rules.APPROX_TOLERANCE * 100, 0)}%",
        "conflict": f"{number(rules.CONFLICT_TOLERANCE * 100, 0)}%",
        "stale": t(
            "method.threshold.stale.value",
            year=rules.STALE_MONTHS["A"],
            quarter=rules.STALE_MONTHS["Q"],
            month=rules.STALE_MONTHS["M"],
        ),
        "overdue": _months(rules.OVERDUE_DISCLOSURE_MONTHS),
        "baseline": _months(rules.BASELINE_WAIT_MONTHS),
        "forward": t("method.threshold.years", count=rules.FORWARD_WINDOW_YEARS),
        "evidence": t("method.threshold.years", count=rules.EVIDENCE_YEARS),
        "real": t("method.threshold.points", count=number(rules.REAL_NOMINAL_MARGIN_PP)),
        "early": t(
            "method.threshold.early.value", months=rules.EARLY_MONTHS, share=f"{number(rules.EARLY_SHARE * 100, 0)}%"
        ),
        "rank": t("method.threshold.rank.value", n=rules.RANK_TOP),
        "group": t(
            "method.threshold.group.value",
            share=f"{number(rules.GROUP_MIN_COVERAGE * 100, 0)}%",
            count=rules.GROUP_MIN_SCORED,
        ),
    }
    for key, value in values.items():
        yield Threshold(t(f"method.threshold.{key}.name"), value, t(f"method.threshold.{key}.meaning"))


def _months(count: int) -> str:
    return t("method.threshold.months", count=count)


def _status_row(report: Report, status: Status) -> StatusRow:
    return StatusRow(
        badge=parts.badge(status),
        family=t(f"status.family.{status.family}"),
        meaning=t(f"status.meaning.{status}"),
        count=number(report.tally.status(status)),
    )


def _disclosures(report: Report) -> Iterator[CodeRow]:
    """What may be said of a target past its deadline without a value, in the order in which it is decided."""
    for state, count in report.tally.by_disclosure:
        yield CodeRow(disclosure.label(state), t(f"method.disclosure.{state}"), number(count))


def _kinds(report: Report) -> Iterator[CodeRow]:
    """The kinds of targets that have a rule, in the order the method tells them."""
    counts = Counter(entry.target.kind for entry in report.entries)
    for key in keys("method.kind."):
        if key.endswith(".name"):
            kind = key.split(".")[2]
            yield CodeRow(t(key), t(f"method.kind.{kind}.rule"), number(counts[kind]))


def _reasons(report: Report) -> Iterator[CodeRow]:
    counts = Counter(entry.assessment.reason for entry in report.entries)
    for reason in Reason:
        yield CodeRow(reason_label(reason), reason_meaning(reason), number(counts[reason]))


def _flags(report: Report) -> Iterator[CodeRow]:
    """Every flag in the order they are written, with dots where an argument stands."""
    counts = Counter(flag.partition(":")[0] for entry in report.entries for flag in entry.assessment.flags)
    for name in FLAG_ORDER:
        label, meaning = (t(f"flags.{part}.{name}", arg=ARGUMENT) for part in ("label", "meaning"))
        yield CodeRow(label, meaning, number(counts[name]))


def _grades(report: Report) -> Iterator[CodeRow]:
    counts = Counter(entry.assessment.grade for entry in report.entries)
    for grade in Grade:
        yield CodeRow(grade.value, grade_meaning(grade), number(counts[grade]))


def _example(example: WorkedExample) -> ExampleView:
    verdict = example.assessment
    return ExampleView(
        anchor=f"example-{example.key.replace('_', '-')}",
        title=t(f"method.example.{example.key}.title"),
        story=t(f"method.example.{example.key}.story", day=day(example.as_of)),
        badge=parts.badge(verdict.status),
        steps=explain(verdict, unit=example.unit),
    )
