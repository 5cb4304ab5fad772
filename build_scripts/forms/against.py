"""Answers to one question from several files that do not say the same.

Gets proposals made one after the other, gives a line a contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from build_scripts.forms.lines import Line, make_line
from build_scripts.forms.proposal import Proposal
from build_scripts.forms.submission import IndicatorAnswer, ProblemAnswer, Submission, TaskAnswer
from build_scripts.locale import listed, period, t

Answer = IndicatorAnswer | TaskAnswer | ProblemAnswer
# What a contradiction between two files would also be called, if the second came alone.
_SAME = frozenset({"same_day", "revises_other", "withdraws_other"})


def contradictions(proposals: Sequence[Proposal]) -> Iterator[Line]:
    """A line for every answer that differs from that of a file before it."""
    first: dict[tuple[object, ...], tuple[Proposal, tuple[object, ...]]] = {}
    for proposal in proposals:
        for key, said, answer in _said(proposal.submission):
            earlier, before = first.setdefault(key, (proposal, said))
            if earlier is not proposal and before != said:
                yield _conflict(proposal, earlier, answer, _words(said), _words(before))


def _said(submission: Submission) -> Iterator[tuple[tuple[object, ...], tuple[object, ...], Answer]]:
    """What each answer is about, and what it says."""
    for figure in submission.indicators:
        value = "" if figure.value is None else format(figure.value.normalize(), "f")
        yield ("figure", figure.series, figure.period), (value, figure.obs_status, figure.yoy), figure
    # Forms of two periods may well say different things about one task: it has moved on.
    form = submission.period.code
    for step in submission.tasks:
        state = t(f"forms.task_state.{step.state}")
        yield ("task", step.task_id, form), (state, step.date, step.planned_date, step.note), step
    for problem in submission.problems:
        state = t(f"forms.problem_state.{problem.state}")
        yield ("problem", problem.problem_id, form), (state, problem.date, problem.note), problem


def _words(said: tuple[object, ...]) -> str:
    """What was said, in the words of a line: `推进中、2025-10-31`."""
    return listed(part for part in said if part)


def _conflict(proposal: Proposal, earlier: Proposal, answer: Answer, said: object, before: object) -> Line:
    """The line of a contradiction; it says all that the lines about the answer alone would say."""
    place = answer.place
    cells = {(place.sheet, place.row, place.column(column)) for column in ("value", "state")}
    proposal.lines = [
        line for line in proposal.lines if line.code not in _SAME or (line.sheet, line.row, line.column) not in cells
    ]
    facts = {
        "name": answer.title if isinstance(answer, ProblemAnswer) else answer.name,
        "period": period(answer.period) if isinstance(answer, IndicatorAnswer) else "",
        "other": earlier.submission.label,
        "old": before,
        "value": said,
    }
    column = place.column("value" if isinstance(answer, IndicatorAnswer) else "state")
    return make_line("conflict", proposal.submission.label, (place.sheet, place.row, column), facts)
