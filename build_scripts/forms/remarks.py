"""What a remark says of its figure, held against what the row says: unit, kind of figure, period, area, growth.

Gets an answer with its remark, the `PackageIndex`, the nature and the form's period, gives questions. Only a remark
that speaks of the figure itself counts: `1—6月累计` does, `其中1—6月210亿元` does not. The phrases are in the
catalogues (`forms.remark`). Pure functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from build_scripts.core.periods import Form, Period, parse_period
from build_scripts.core.printed.units import wanted
from build_scripts.forms.cells import narrow
from build_scripts.forms.growth import Question
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.period_words import counted_until, plain_period
from build_scripts.forms.periods import FormPeriod, read_period
from build_scripts.forms.sheet_reader import plain_name, same_name
from build_scripts.forms.submission import IndicatorAnswer
from build_scripts.locale import number, period, t

_ESTIMATED, _FINAL, _DIFFERS = "E", "A", "D"
# Rates of growth are rounded on the way; a remark may tell them with fewer places.
_NEAR, _HALF = Decimal("0.06"), Decimal("0.5")


@dataclass(frozen=True, slots=True)
class _Said:
    """A figure with its remark, the phrases taken out that only sound as if they spoke of it."""

    book: PackageIndex
    answer: IndicatorAnswer
    value: Decimal
    status: str
    form: FormPeriod
    when: Period
    unit: str
    remark: str
    note: str

    def question(self, kind: str, found: str, **facts: object) -> Question:
        """The question about a phrase."""
        mine = {"found": found.strip(_AROUND), "value": number(self.value), "unit": self.unit}
        return Question(f"remark_{kind}", {**mine, "period": period(self.answer.period), **facts})

    def search(self, kind: str) -> re.Match[str] | None:
        """Where the remark speaks of the figure in this way."""
        return _pattern(kind).search(self.note)


_AROUND = " ，。；、,.;()（）"


def belied(book: PackageIndex, answer: IndicatorAnswer, status: str, form: FormPeriod) -> Iterator[Question]:
    """What the remark on a figure says otherwise than its row; `status` is the nature it is filed with."""
    when = parse_period(answer.period)
    if answer.value is None or when is None or not answer.note:
        return
    unit = book.package.indicator_by_id[answer.series[0]].unit
    note = _pattern("innocent").sub("", answer.note)
    said = _Said(book, answer, answer.value, status, form, when, unit, answer.note, note)
    rules: tuple[Callable[[_Said], Iterator[Question]], ...] = (
        _unit, _estimate, _preliminary, _planned, _period, _place, _growth, _no_data, _bare,
    )  # fmt: skip
    for rule in rules:
        yield from rule(said)


@lru_cache(64)
def _pattern_of(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _pattern(kind: str, places: str = "") -> re.Pattern[str]:
    """The phrases of one kind; `<units>` and `<places>` stand for the words for them."""
    return _pattern_of(
        t(f"forms.remark.{kind}").replace("<units>", t("forms.remark.units")).replace("<places>", places)
    )


def _unit(said: _Said) -> Iterator[Question]:
    """Another unit than the row's, named as the figure's own or behind the very number."""
    for found in _pattern("unit").finditer(said.note):
        named = next((each for each in found.groups() if each), "")
        if named and _differs(named, said.unit):
            yield said.question("unit", found.group())
            return
    for found in _pattern("number").finditer(said.note):
        if _number(found["number"]) == said.value and _differs(found["unit"], said.unit):
            yield said.question("unit", found.group())
            return


def _differs(named: str, unit: str) -> bool:
    """Whether a unit is another than an indicator's: another thing, or another scale of it."""
    plain, own = narrow(named).lower(), narrow(unit).lower()
    scale = t("forms.remark.scales").split("|")
    if plain in scale:
        return plain.rstrip("s") not in own
    if own.startswith(plain) or (plain.endswith(own) and plain.removesuffix(own) not in scale):
        return False
    one, other = wanted(named.strip()), wanted(unit)
    return (one.kind, one.size) != (other.kind, other.size)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(re.sub("[,，]", "", text))
    except InvalidOperation:
        return None


def _estimate(said: _Said) -> Iterator[Question]:
    """An estimate or a forecast, filed as something else."""
    if said.status == _ESTIMATED:
        return
    found = said.search("estimate")
    if found and found["year"] and int(found["year"]) != said.when.year:
        found = None
    if found is None:
        told = _pattern("estimated_number").finditer(said.note)
        found = next((each for each in told if _number(each["number"]) == said.value), None)
    if found:
        yield said.question("estimate", found.group(), status=_status(said))


def _status(said: _Said) -> str:
    return t(f"forms.obs_status.{said.status}")


def _preliminary(said: _Said) -> Iterator[Question]:
    """A figure that is not final, filed as final."""
    if said.status == _FINAL and (found := said.search("preliminary")):
        yield said.question("preliminary", found.group(), status=_status(said))


def _planned(said: _Said) -> Iterator[Question]:
    """What was to be reached, filed as what was."""
    if found := said.search("planned"):
        yield said.question("planned", found.group())


def _period(said: _Said) -> Iterator[Question]:
    """Another period than the row's, named as the figure's own."""
    inside = said.when.form is Form.INSIDE
    flow = said.book.is_flow(said.answer.series)
    found = (
        (None if inside else said.search("single"))
        or (said.search("cumulative") if inside and flow else None)
        or (None if _is_earlier(said) else said.search("earlier"))
    )
    if found:
        yield said.question("period", found.group())
    else:
        for each in _pattern("period").finditer(said.note):
            if _other_period(said, each["words"], flow=flow):
                yield said.question("period", each.group())
                return


def _is_earlier(said: _Said) -> bool:
    """Whether a row is about a time before the form's own, so that “last year” may be what it says."""
    return said.when.end < said.form.start or (said.form.months == said.when.months and said.form.months > 1)


def _other_period(said: _Said, words: str, *, flow: bool) -> bool:
    """Whether words for a period mean another than the row's, in whichever year they may be meant."""
    own = FormPeriod(said.when.year, said.when.end.month, 1)
    meant = [_meant(words, form) for form in (said.form, own)]
    read = [each for each in meant if each]
    return bool(read) and all(_apart(said.when, each, flow=flow) for each in read)


def _meant(words: str, form: FormPeriod) -> Period | None:
    plain = plain_period(narrow(words).removesuffix("累计"), form)
    if end := counted_until(plain, form):
        return parse_period(f"{end.year}-{end.month:02d}")
    return parse_period(read_period(plain, form.year) or "")


def _apart(when: Period, named: Period, *, flow: bool) -> bool:
    """Whether two periods cannot be of one figure: another end, or of what adds up another beginning."""
    return when.end != named.end or (flow and named.form is not Form.INSIDE and when.key != named.key)


def _place(said: _Said) -> Iterator[Question]:
    """Another area than the row's, or a part of it that is left out."""
    package = said.book.package
    own = package.region_by_id[said.answer.series[1]].name
    names = sorted((each.name for each in package.regions), key=len, reverse=True)
    known = "|".join(map(re.escape, names))
    found = _pattern("place", known).search(said.note)
    if found and not _is_own(found["place"], own) and said.status != _DIFFERS:
        yield said.question("place", found.group(), place=own)
    left = _pattern("without", known).search(said.note)
    if left and not same_name(left["place"], own) and said.status != _DIFFERS:
        yield said.question("part", left.group(), place=own)


def _is_own(named: str, own: str) -> bool:
    """Whether words for an area mean this one: its name, or “the whole city” of a city."""
    whole = re.fullmatch(t("forms.remark.whole"), named)
    return plain_name(named) in plain_name(own) or (whole is not None and plain_name(own).endswith(whole[1]))


def _growth(said: _Said) -> Iterator[Question]:
    """Another rate of growth than the row's, or the other way."""
    rates = list(_pattern("growth").finditer(said.note))
    if said.answer.yoy is None or len(rates) != 1 or _pattern("parts").search(said.remark):
        return
    falls = re.fullmatch(t("forms.remark.falls"), rates[0]["way"], re.IGNORECASE)
    rate = _number(rates[0]["rate"])
    if rate is None:
        return
    rounded = _HALF.scaleb(int(rate.as_tuple().exponent))
    if abs((-rate if falls else rate) - said.answer.yoy) > max(_NEAR, rounded):
        yield said.question("growth", rates[0].group(), value=number(said.answer.yoy))


def _no_data(said: _Said) -> Iterator[Question]:
    """Nothing known, filed as nought."""
    if said.value == 0 and (found := said.search("no_data")):
        yield said.question("no_data", found.group())


def _bare(said: _Said) -> Iterator[Question]:
    """A number and nothing else: it belongs in another cell."""
    found = re.fullmatch(r"(?!20\d\d$)([+-]?[\d.,，]*\d)[%％]?", said.remark.strip())
    if found and _number(found[1]) != said.value:
        yield said.question("bare", found.group())
