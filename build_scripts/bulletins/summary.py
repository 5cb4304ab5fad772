"""A bulletin's title and its few sentences. Gets a digest, gives Chinese; every number in it is a count of the digest.

A thin stretch of time is said to be thin: what was not found is named, not passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from build_scripts.bulletins.digest import Digest, NewsKind
from build_scripts.core.method import Family, Status
from build_scripts.core.records import Bulletin
from build_scripts.locale import by_comma, day, in_a_row, listed, number, period, t, titled
from build_scripts.report import Tally
from build_scripts.report.reach import reach_words


def title(bulletin: Bulletin) -> str:
    """`2024年第二季度分析通报`, `2024年总结通报`, `2024年3月调度通报`."""
    return t(f"bulletin.title.{bulletin.kind}", period=period(bulletin.period))


def summary(digest: Digest) -> tuple[str, ...]:
    """The bulletin in two to six sentences: where things stand, what is new, what changed, what is due."""
    return tuple(sentence for sentence in _sentences(digest) if sentence)


def _sentences(digest: Digest) -> Iterator[str]:
    yield _standing(digest)
    yield _plans(digest)
    yield _news(digest)
    yield _changes(digest)
    yield _due(digest)
    yield _problems(digest)


def _standing(digest: Digest) -> str:
    """How all targets of the plans issued by then stand; the four numbers add up to the total."""
    counted = digest.report.tally
    if not counted.total:
        return t("bulletin.summary.no_plan", day=day(digest.report.as_of))
    families = [
        t("bulletin.summary.family", family=t(f"status.family.{family}"), count=_items(counted.family(family)))
        for family in Family
        if family is not Family.UNJUDGED and counted.family(family)
    ]
    key = "standing" if counted.family(Family.UNJUDGED) else "standing_all"
    return t(
        f"bulletin.summary.{key if counted.judged else 'standing_none'}",
        day=day(digest.report.as_of),
        plans=_said(len(digest.report.package.plans)),
        total=_items(counted.total),
        judged=_items(counted.judged),
        families=listed(families),
        unjudged=_items(counted.family(Family.UNJUDGED)),
        unanswered=_unanswered(counted),
    )


def _unanswered(counted: Tally) -> str:
    """How many are past their deadline without a value in this record, and what was searched for them."""
    if not counted.unanswered:
        return ""
    parts = by_comma(
        t("disclosure.part", label=t(f"disclosure.label.{state}"), count=_items(count))
        for state, count in counted.by_disclosure
        if count
    )
    return t("bulletin.summary.unanswered", count=_items(counted.unanswered), parts=parts)


def _plans(digest: Digest) -> str:
    """Plans issued since; nothing when there was none."""
    counts = Counter(entry.plan.plan_id for entry in digest.report.entries)
    named = [
        t("bulletin.summary.plan", title=titled(plan.title), count=_items(counts[plan.plan_id]))
        for plan in digest.plans_issued
    ]
    return t("bulletin.summary.plans", plans=in_a_row(named)) if named else ""


def _news(digest: Digest) -> str:
    """What was published since the bulletin before, or that nothing was found."""
    since = t("bulletin.summary.since" if digest.previous else "bulletin.summary.since_eve", day=day(digest.base))
    kinds = Counter(each.kind for each in digest.news)
    parts = [t(f"bulletin.summary.news_{kind}", count=kinds[kind]) for kind in NewsKind if kinds[kind]]
    if digest.happenings:
        parts.append(t("bulletin.summary.happenings", count=len(digest.happenings)))
    if not parts:
        return t("bulletin.summary.nothing", since=since, reach=reach_words(digest.report))
    key = "bulletin.summary.news" if digest.news else "bulletin.summary.news_works_only"
    return t(key, since=since, parts=in_a_row(parts))


def _changes(digest: Digest) -> str:
    """How many targets changed their status, and to what."""
    if not digest.changes:
        return t("bulletin.summary.unchanged")
    became = Counter(change.entry.status for change in digest.changes)
    if len(became) == 1:
        ((status, count),) = became.items()
        return t("bulletin.summary.changed_alike", count=_items(count), status=t(f"status.label.{status}"))
    parts = [
        t("bulletin.summary.became", count=_items(became[status]), status=t(f"status.label.{status}"))
        for status in Status
        if became[status]
    ]
    return t("bulletin.summary.changed", count=_items(len(digest.changes)), parts=by_comma(parts))


def _due(digest: Digest) -> str:
    """What fell due since and what is next; nothing when neither."""
    passed, coming = len(digest.newly_due), len(digest.coming)
    if not passed and not coming:
        return ""
    key = "due_both" if passed and coming else "due_passed" if passed else "due_coming"
    fresh = len(digest.newly_unanswered)
    unanswered = t("bulletin.summary.due_unanswered", count=_items(fresh)) if fresh else ""
    ahead = t(f"bulletin.summary.ahead_{digest.bulletin.kind}")
    return t(
        f"bulletin.summary.{key}", passed=_items(passed), coming=_items(coming), unanswered=unanswered, ahead=ahead
    )


def _problems(digest: Digest) -> str:
    """Officially reported problems opened and closed; nothing when none was ever reported."""
    if not digest.issues:
        return ""
    left = sum(issue.is_open for issue in digest.issues)
    counts = {"opened": len(digest.opened), "closed": len(digest.closed), "left": left}
    return t("bulletin.summary.problems", **counts)


def _items(count: int) -> str:
    return t("bulletin.summary.items", count=number(count))


def _said(count: int) -> str:
    """A small number of plans as it is said: `一份`, `两份`."""
    return t(f"bulletin.summary.copies_{count}") if 0 < count <= 10 else t("bulletin.summary.copies", count=count)
