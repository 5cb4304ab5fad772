"""What a submission would change: rows to append, and for each answer whether it is new, revised or already in force.

Gets a `Submission` and the `PackageIndex`, gives `Proposal`: nothing is written here. Everything appended is dated
(`pub`) the day the form is taken in, not the day the clerk wrote on it: only then does an old bulletin stay as it was.
"""

from __future__ import annotations

from itertools import count

from build_scripts.forms.compare_figures import compare_figure
from build_scripts.forms.compare_steps import compare_problem, compare_task
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.proposal import Entry, Kind, Proposal, Row, iso
from build_scripts.forms.submission import Submission
from build_scripts.locale import day, t


def propose(submission: Submission, book: PackageIndex) -> Proposal:
    """Set every answer of a submission against what is in force; what was ever said before does not count."""
    proposal = Proposal(submission, _source_id(submission, book))
    for figure in submission.indicators:
        compare_figure(proposal, book, figure)
    for task in submission.tasks:
        compare_task(proposal, book, task)
    for problem in submission.problems:
        compare_problem(proposal, book, problem)
    unchanged = all(change.kind is Kind.UNCHANGED for change in proposal.changes)
    sent_before = submission.document_id() in book.whole.source_by_id
    proposal.known = sent_before and unchanged and not proposal.lines
    if not proposal.known:
        proposal.entries.insert(0, Entry("sources", source_row(proposal, book)))
    return proposal


def _source_id(submission: Submission, book: PackageIndex) -> str:
    """The submission's id as a source; the same answers sent again after others count as another document."""
    ids = (submission.document_id(times) for times in count())
    return next(source_id for source_id in ids if source_id not in book.whole.source_by_id)


def source_row(proposal: Proposal, book: PackageIndex) -> Row:
    """The submission as a source: who sent it and what it held; never the telephone number."""
    submission = proposal.submission
    unit = submission.publisher
    words = {"indicators": submission.indicators, "tasks": submission.tasks, "problems": submission.problems}
    counts = {form: len(answers) for form, answers in words.items()}
    reporter = submission.reporter or t("forms.source.reporter_unknown")
    if submission.filled_on:
        reporter = t("forms.source.filled_on", reporter=reporter, day=day(submission.filled_on))
    note = "forms.source.note_nothing_new" if submission.nothing_new else "forms.source.note"
    return {
        "source_id": proposal.source_id,
        "title": t("forms.source.title", unit=unit, period=submission.period.words),
        "publisher": unit,
        "published": iso(book.as_of),
        "url": "",
        "tier": str(submission.tier),
        "note": t(note, reporter=reporter, **counts) + _unchanged(proposal),
    }


def _unchanged(proposal: Proposal) -> str:
    """The rows whose answers bring nothing new, for they leave no row of their own by which to know who reported."""
    names = [change.name for change in proposal.changes if change.kind is Kind.UNCHANGED]
    return t("forms.source.same", names="".join(f"“{name}”" for name in dict.fromkeys(names))) if names else ""
