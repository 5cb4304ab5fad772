"""A figure set against the one in force for its period: new, revised, taken back, or nothing new.

Gets an answer, the `PackageIndex` and the `Proposal` it belongs to, adds to the proposal. Where no nature is given, the
one in force stands for the same value, else the figure is preliminary.
"""

from __future__ import annotations

from decimal import Decimal

from build_scripts.core.periods import parse_period
from build_scripts.core.records import Observation
from build_scripts.core.tables import DEFAULT_BASIS
from build_scripts.forms.growth import growth_question
from build_scripts.forms.layout import Form
from build_scripts.forms.lines import Level
from build_scripts.forms.package_index import PackageIndex, period_choices
from build_scripts.forms.periods import period_end
from build_scripts.forms.proposal import Change, Entry, Kind, Proposal, Row, iso, plain, said_before, says
from build_scripts.forms.remarks import belied
from build_scripts.forms.sense import question
from build_scripts.forms.submission import IndicatorAnswer, source_prefix
from build_scripts.forms.validation import period_label
from build_scripts.locale import in_brackets, number, period, t, with_unit

_BREAK, _PRELIMINARY = "B", "P"
_NAMED = frozenset("PEDB")


def compare_figure(proposal: Proposal, book: PackageIndex, answer: IndicatorAnswer) -> None:
    """Set a figure against the one in force. What the unit itself said earlier today, unseen, gives way."""
    unit_id = proposal.submission.unit_id
    early = [item for item in book.unseen_figures(answer.series, unit_id) if _same_period(item.period, answer.period)]
    seen = book.series(answer.series).figure(answer.period)
    old = book.series(answer.series, without=early).figure(answer.period) if early else seen
    if seen and _nothing_new(answer, seen):
        proposal.changes.append(_change(book, answer, Kind.UNCHANGED, seen, seen))
        return
    proposal.drops += [Entry("observations", _as_row(item), answer.place) for item in early]
    proposal.changes.append(_change(book, answer, _kind(answer, seen), seen, old))
    if old and _nothing_new(answer, old):
        return
    _ask(proposal, book, answer, old)
    proposal.entries.append(Entry("observations", _row(proposal, book, answer, old), answer.place))


def _same_period(first: str, second: str) -> bool:
    one, other = parse_period(first), parse_period(second)
    return one is not None and other is not None and one.key == other.key


def _nothing_new(answer: IndicatorAnswer, old: Observation) -> bool:
    """Whether an answer says what is in force: same value and nature, no growth rate or remark that was not there."""
    same_nature = answer.obs_status in {"", old.obs_status} and (answer.value is None) == (old.value is None)
    same_rate = answer.yoy is None or answer.yoy == old.yoy
    return old.value == answer.value and same_nature and same_rate and said_before(answer.note, old.note)


def _kind(answer: IndicatorAnswer, old: Observation | None) -> Kind:
    if old is None:
        return Kind.NEW
    return Kind.WITHDRAWN if answer.value is None and old.value is not None else Kind.REVISED


def _status(answer: IndicatorAnswer, old: Observation | None) -> str:
    if answer.obs_status:
        return answer.obs_status
    return old.obs_status if old and old.value == answer.value else _PRELIMINARY


def _basis(book: PackageIndex, answer: IndicatorAnswer, old: Observation | None) -> str:
    """The basis of the figure in force, else of the series' latest; one that starts a new basis is named by period."""
    if answer.obs_status == _BREAK:
        return f"from-{answer.period[:7].lower()}"
    known = old or book.last_figure(answer.series)
    if known:
        return known.basis or DEFAULT_BASIS
    targets = book.targets_by_series.get(answer.series, ())
    return next((target.baseline_basis for target in targets if target.baseline_basis), DEFAULT_BASIS)


def _ask(proposal: Proposal, book: PackageIndex, answer: IndicatorAnswer, old: Observation | None) -> None:
    """The questions a figure raises that could be read without one."""
    unit = book.package.indicator_by_id[answer.series[0]].unit
    if old:
        source = book.package.source_by_id[old.source_id]
        own = proposal.submission.publisher
        facts = {
            "period": period(answer.period),
            "old": _words(old.value, old.obs_status, unit),
            "value": _words(answer.value, _status(answer, old), unit),
            "publisher": source.publisher,
            "source": source.title,
        }
        if old.pub == book.as_of and old.value is not None:
            proposal.line("same_day", answer.place, "value", facts, Level.ERROR)
        elif source.publisher != own and old.value is not None and old.value != answer.value:
            code = "withdraws_other" if answer.value is None else "revises_other"
            proposal.line(code, answer.place, "value", facts, Level.CHECK)
    if outside := _other_period(proposal, book, answer, old):
        proposal.line("period_other", answer.place, "period", outside, Level.CHECK)
    if answer.value is None and old and old.value is not None and not answer.note:
        proposal.line("withdraw_reason", answer.place, "note", {"old": facts["old"]}, Level.NOTE)
    if found := question(book, answer, _basis(book, answer, old)):
        proposal.line(found.code, answer.place, "value", found.facts, found.level)
    for each in belied(book, answer, _status(answer, old), proposal.submission.period):
        proposal.line(each.code, answer.place, "note", each.facts, each.level)
    if answer.yoy is not None and (found := growth_question(answer.yoy)):
        proposal.line(found.code, answer.place, "yoy", found.facts, Level.CHECK)


def _other_period(
    proposal: Proposal, book: PackageIndex, answer: IndicatorAnswer, old: Observation | None
) -> dict[str, object]:
    """What the question about a figure says that is not of the form's own period; nothing where it is.

    A figure taken back is one of before, and needs no such question. Forms sent out earlier asked of yearly figures
    for the last year: who answers that is asked only where a form of another month has answered it already.
    """
    form, end = proposal.submission.period, period_end(answer.period)
    if end is None or form.start <= end <= form.end or answer.value is None:
        return {}
    own = source_prefix(proposal.submission.unit_id, form)
    if _same_period(answer.suggested, answer.period) and (old is None or old.source_id.startswith(own)):
        return {}
    targets = book.targets_by_series.get(answer.series, ())
    likely = period_choices(book, answer.series, targets, form)[0]
    return {"form": form.words, "period": period(answer.period), "likely": period_label(likely)}


def _row(proposal: Proposal, book: PackageIndex, answer: IndicatorAnswer, old: Observation | None) -> Row:
    return {
        "indicator_id": answer.series[0],
        "region_id": answer.series[1],
        "period": answer.period,
        "basis": _basis(book, answer, old),
        "pub": iso(book.as_of),
        "source_id": proposal.source_id,
        "value": plain(answer.value),
        "obs_status": _status(answer, old),
        "yoy": plain(answer.yoy),
        "yoy_real": "",
        "figure_as_printed": answer.printed,
        "note": _note(book, answer, old),
    }


def _note(book: PackageIndex, answer: IndicatorAnswer, old: Observation | None) -> str:
    """What the row does to the figure in force, then what the clerk wrote."""
    if old is None or old.value is None or old.value == answer.value:
        return answer.note
    facts = {"old": _words(old.value, old.obs_status, book.package.indicator_by_id[answer.series[0]].unit)}
    if answer.value is not None:
        return says(t("forms.says.revised", **facts), answer.note)
    return says(t("forms.says.withdrawn", **facts), answer.note or t("forms.says.unexplained"))


def _as_row(item: Observation) -> Row:
    """Enough of a row to find it again."""
    return {
        "indicator_id": item.indicator_id,
        "region_id": item.region_id,
        "period": item.period,
        "pub": iso(item.pub),
        "source_id": item.source_id,
    }


def _change(
    book: PackageIndex, answer: IndicatorAnswer, kind: Kind, seen: Observation | None, old: Observation | None
) -> Change:
    indicator = book.package.indicator_by_id[answer.series[0]]
    return Change(
        kind=kind,
        form=Form.INDICATORS,
        name=t("forms.figure_name", name=answer.name, region=book.package.region_by_id[answer.series[1]].name),
        about=period(answer.period),
        old=_words(seen.value, seen.obs_status, indicator.unit) if seen else "",
        new=_words(answer.value, _status(answer, seen or old), indicator.unit),
        place=answer.place,
    )


def _words(value: Decimal | None, status: str, unit: str) -> str:
    if value is None:
        return t("forms.obs_status.M")
    label = t(f"forms.obs_status.{status}") if status in _NAMED else ""
    return with_unit(number(value), unit) + in_brackets(label)
