"""Works as lines of dots on one axis of years: promised days against what was published. Gets `Work`s, gives views.

Plain SVG and text: it is there at once, prints, and needs no script. Places are in % of the line's width.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from build_scripts.core.records import Link
from build_scripts.locale import by_semicolon, day, first_part, how_many, span, t
from build_scripts.pages import parts
from build_scripts.pages.parts import Badge
from build_scripts.report import Report
from build_scripts.report.works import Work

# Steps are drawn by what they tell; the promised day, the announced one and the deed have marks of their own.
LOOKS = {"planned": "planned", "started": "step", "in_progress": "step", "suspended": "stop", "cancelled": "stop"}
MARKS = ("due", "announced", "planned", "step", "stop", "done", "late")
_ROOM = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot: what it is, where it stands, what it says."""

    look: str
    x: str
    words: str


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One work: its name, state, dots, and where promise and deed lie (in %, `""` when not late).

    `plan` tells works of one name apart.
    """

    link: Link
    badge: Badge
    plan: str
    news: str
    marks: tuple[Mark, ...]
    late_from: str
    late_width: str
    words: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A year on the axis; `short` on narrow screens, where only every other one is shown."""

    x: str
    year: str
    seldom: bool


@dataclass(frozen=True, slots=True)
class WorkLines:
    """Works on one axis; `key` are the looks that occur, with their words."""

    ticks: tuple[Tick, ...]
    today: str
    today_words: str
    lines: tuple[WorkLine, ...]
    key: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FoldedLines:
    """Lines on one axis: the first few stand open, the rest is folded."""

    shown: WorkLines | None
    more: WorkLines | None
    more_title: str


def folded_lines(report: Report, found: Sequence[Work], opened: int = 5) -> FoldedLines:
    """The works of which something was published; a rest of one or two is not folded."""
    cut = opened if len(found) > opened + 2 else len(found)
    title = t("home.works.more", count=how_many(len(found) - cut, "item"))
    return FoldedLines(work_lines(report, found[:cut], over=found), work_lines(report, found[cut:], over=found), title)


def work_badge(work: Work) -> Badge:
    """The state of a work as shown: glyph and word."""
    return Badge(f"w-{work.state}", t(f"work.glyph.{work.state}"), t(f"work.state.{work.state}"))


def work_lines(report: Report, works: Sequence[Work], *, over: Sequence[Work] = ()) -> WorkLines | None:
    """The works of which something was published, on one axis; None without any.

    `over` are the works whose days the axis spans, where several drawings are to share it.
    """
    shown = [work for work in works if work.last]
    if not shown:
        return None
    axis = _Axis([report.as_of, *(each for work in (*shown, *over) for each in _days(work))])
    names = [work.task.name for work in shown]
    lines = tuple(_line(report, work, axis, twice=names.count(work.task.name) > 1) for work in shown)
    looks = {mark.look for line in lines for mark in line.marks}
    return WorkLines(
        ticks=axis.ticks(),
        today=axis.at(report.as_of),
        today_words=t("work.line.today", day=day(report.as_of)),
        lines=lines,
        key=tuple((look, t(f"work.mark.{look}")) for look in MARKS if look in looks),
    )


def news(work: Work) -> str:
    """What was published last, in a few words."""
    if work.last is None:
        return t("work.news.none")
    event = work.last.event
    what = first_part(event.note) or t(f"reading.state.{event.state}")
    words = t("work.news.last", day=day(event.date), what=what)
    if work.late_days > 0 and work.task.due and work.done:
        return words + t("work.news.late", span=span(work.task.due, work.done))
    return words


class _Axis:
    """Whole years that hold every day there is."""

    def __init__(self, days: Sequence[date]) -> None:
        self.first = min(days).year
        self.last = max(max(days).year + 1, self.first + _ROOM)

    def at(self, moment: date) -> str:
        """Where a day lies, in %."""
        start = date(moment.year, 1, 1)
        share = (moment - start).days / (date(moment.year + 1, 1, 1) - start).days
        return f"{100 * (moment.year + share - self.first) / (self.last - self.first):.2f}"

    def ticks(self) -> tuple[Tick, ...]:
        """The beginnings of years; about eight are kept where there is little room."""
        seldom = math.ceil((self.last - self.first) / 5)
        years = range(self.first, self.last)
        return tuple(Tick(self.at(date(year, 1, 1)), str(year), (year - self.first) % seldom > 0) for year in years)


def _days(work: Work) -> Iterator[date]:
    yield from (each.event.date for each in work.happenings)
    yield from (each for each in (work.task.due, work.planned, work.done) if each)


def _line(report: Report, work: Work, axis: _Axis, *, twice: bool) -> WorkLine:
    due, done = work.task.due, work.done
    late = bool(due and done and work.late_days > 0)
    start, end = (axis.at(due), axis.at(done)) if late and due and done else ("", "")
    badge = work_badge(work)
    marks = tuple(_marks(work, axis))
    return WorkLine(
        link=parts.work_link(work.task),
        badge=badge,
        plan=parts.plan_link(report.package.plan_by_id[work.task.plan_id]).label if twice else "",
        news=news(work),
        marks=marks,
        late_from=start,
        late_width=f"{float(end) - float(start):.2f}" if late else "",
        words=t("work.line.words", name=work.task.name, marks=by_semicolon(mark.words for mark in marks)),
    )


def _marks(work: Work, axis: _Axis) -> Iterator[Mark]:
    if work.task.due:
        yield _mark("due", work.task.due, axis)
    if work.planned:
        yield _mark("announced", work.planned, axis)
    for seen, state in dict.fromkeys((each.event.date, each.event.state) for each in work.happenings):
        if state in LOOKS:
            yield _mark(LOOKS[state], seen, axis)
    if work.done:
        yield _mark("late" if work.late_days > 0 else "done", work.done, axis)


def _mark(look: str, moment: date, axis: _Axis) -> Mark:
    return Mark(look, axis.at(moment), t("work.line.mark", what=t(f"work.mark.{look}"), day=day(moment)))


def count_words(works: Sequence[Work]) -> str:
    """How many works, of how many something was published, how many are done, in one sentence."""
    told = [work for work in works if work.last]
    done = sum(work.done is not None for work in told)
    late = sum(work.late_days > 0 for work in told)
    counts = {"total": len(works), "told": len(told), "done": done, "late": late}
    facts = {name: how_many(count, "item") for name, count in counts.items()}
    key = "late" if late else "done" if done else "told" if told else "silent" if works else "none"
    return t(f"work.count.{key}", **facts)
