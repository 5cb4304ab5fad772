"""Rules about where and when a figure comes from: the row against its source, and a source against its own address.

All are warnings, and each asks the package's own habit first: what most rows do not keep is no rule for one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache

from build_scripts.checks.check import Check
from build_scripts.checks.places import Places
from build_scripts.checks.words import words_of
from build_scripts.core.links import host_of
from build_scripts.core.periods import Period, parse_period
from build_scripts.core.records import Observation, Severity, Source, TaskEvent, Violation
from build_scripts.load import Tables, violation
from build_scripts.load.violations import shown
from build_scripts.locale import listed
from build_scripts.locale.documents import all_of, printed

_DAYS = (
    re.compile(r"(?<!\d)(20\d\d)[-/](0?[1-9]|1[0-2])[-/](0[1-9]|[12]\d|3[01]|[1-9])(?!\d)"),
    re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])/?(0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)(20\d\d)/(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"),
)
_SLUG_DAY = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
# Words for a part of the year, and how many months they are.
_PARTS = (("half_year", 6), ("three_quarters", 9), ("first_quarter", 3))
_NAMED_AT_LEAST = 20
_HABIT = 0.9
_LATE_DAYS = 366
_NEAR = 0.84
_RARE = 3
_DIGITS = re.compile(r"\d+")
_COMMON = ("gov.cn", "com.cn", "net.cn", "org.cn", "edu.cn", "co.uk")


def rows_keep_their_sources_day(tables: Tables, _today: date) -> Iterator[Violation]:
    """A row is published on the day its source is, where the rows of that source usually are."""
    sources = tables.by_id(Source)
    rows: dict[str, list[tuple[type, int, date]]] = defaultdict(list)
    for kind in (Observation, TaskEvent):
        for row, item in tables.rows(kind):
            rows[item.source_id].append((kind, row, item.pub))
    for source_id, dated in rows.items():
        source = sources.get(source_id)
        if source is None or source.published is None or source.kind == "live":
            continue
        kept = sum(pub == source.published for _record, _row, pub in dated)
        if kept < len(dated) - kept and len(dated) > 1:
            continue  # a periodical: one entry for many days
        for record, row, pub in dated:
            if pub != source.published:
                facts = {"found": pub, "day": source.published, "source": source_id}
                yield violation("pub-source", tables.place(record), row, "pub", facts)


def addresses_hold_the_day(tables: Tables, _today: date) -> Iterator[Violation]:
    """A day that stands in a source's address or id is the day it was published."""
    place = tables.place(Source)
    for row, source in tables.of(Source):
        if source.published is None or source.kind == "live":
            continue
        for field, days in (("url", _days(source.url)), ("source_id", _slug_days(source.source_id))):
            if days and source.published not in days:
                facts = {"found": source.published, "day": min(days), "field": field}
                yield violation("source-day", place, row, "published", facts)
                break


def addresses_are_one_sources(tables: Tables, _today: date) -> Iterator[Violation]:
    """No two sources have one address, unless it is of a table that changes under it."""
    first: dict[str, int] = {}
    for row, source in tables.of(Source):
        if not source.url or source.kind == "live":
            continue
        other = first.setdefault(source.url, row)
        if other != row:
            for own, twin in ((row, other), (other, row)):
                yield violation("source-twice", tables.place(Source), own, "url", {"found": source.url, "other": twin})


def publishers_keep_their_house(tables: Tables, _today: date) -> Iterator[Violation]:
    """A publisher's addresses are of one house: one that stands alone among at least two others is asked about."""
    place = tables.place(Source)
    houses: dict[str, Counter[str]] = defaultdict(Counter)
    for _row, source in tables.of(Source):
        if source.url:
            houses[source.publisher][_house(source.url)] += 1
    for row, source in tables.of(Source):
        own = houses[source.publisher]
        house = _house(source.url) if source.url else ""
        usual = own.most_common(1)[0] if own else ("", 0)
        if house and house != usual[0] and own[house] == 1 and usual[1] >= 2 and usual[1] == own.total() - 1:
            facts = {"found": house, "usual": usual[0], "publisher": source.publisher}
            yield violation("source-house", place, row, "url", facts)
    yield from _near_names(tables, [source.publisher for _row, source in tables.of(Source)])


def _near_names(tables: Tables, publishers: Sequence[str]) -> Iterator[Violation]:
    """A publisher named once that is nearly one named often: 丽水日报 and 丽水目报."""
    counts = Counter(publishers)
    often = [name for name, count in counts.items() if count > 1]
    for row, source in tables.of(Source):
        name = source.publisher
        if counts[name] > 1:
            continue
        near = next((each for each in often if _one_sign_apart(name, each)), "")
        if near:
            facts = {"found": name, "near": near}
            yield violation(
                "source-house", tables.place(Source), row, "publisher", facts, what="what_name", do="do_name"
            )


def _one_sign_apart(left: str, right: str) -> bool:
    if abs(len(left) - len(right)) > 1 or min(len(left), len(right)) < 4:
        return False
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) >= max(len(left), len(right)) - 1


def bases_are_spelt_alike(tables: Tables, _today: date) -> Iterator[Violation]:
    """A basis is spelt as elsewhere: one that is nearly another of the package is a slip."""
    counts = Counter(item.basis for _row, item in tables.of(Observation))
    near = {
        basis: next((each for each, many in counts.items() if many > own * _RARE and _nearly(basis, each)), "")
        for basis, own in counts.items()
    }
    for row, item in tables.where(Observation, "basis", lambda basis: bool(near.get(basis))):
        facts = {"found": item.basis, "near": near[item.basis]}
        yield violation("basis-near", tables.place(Observation), row, "basis", facts)


def _nearly(left: str, right: str) -> bool:
    """Whether two ids are one, misspelt; a number in them tells them apart (census5, census7)."""
    if _DIGITS.findall(left) != _DIGITS.findall(right):
        return False
    return sorted(left) == sorted(right) or SequenceMatcher(None, left, right).ratio() >= _NEAR


def words_name_the_period(tables: Tables, _today: date) -> Iterator[Violation]:
    """Words such as 上半年 and 1—7月 in a row's note or figure are its period."""
    place = tables.place(Observation)
    for row, item in tables.of(Observation):
        when = parse_period(item.period)
        months = _months_in(words_of(item))
        if when is not None and months and when.months not in months and when.frequency != "M":
            facts = {"found": item.period, "months": min(months), "words": shown(item.note or item.figure_as_printed)}
            yield violation("period-words", place, row, "period", facts)


def figures_are_news(tables: Tables, _today: date) -> Iterator[Violation]:
    """A figure is published within a year of its period, or its words name the year; so a year too early is seen."""
    place = tables.place(Observation)
    sources = tables.by_id(Source)
    late = [(row, item, when) for row, item in tables.of(Observation) if (when := _late(item))]
    if len(late) * 4 > len(tables.of(Observation)):
        return  # a package of old figures, taken from late collections
    for row, item, when in late:
        source = sources.get(item.source_id)
        if source is None or source.published is None:
            continue
        words = f"{item.figure_as_printed} {item.note} {source.title} {source.original_title}"
        if when.year not in {int(each) for each in _YEARS.findall(words)}:
            facts = {"found": item.period, "pub": item.pub}
            yield violation("period-late", place, row, "period", facts)


def titles_name_the_year(tables: Tables, _today: date) -> Iterator[Violation]:
    """A source whose title names a year is about that year, the one before or the one after, or the row says which."""
    place = tables.place(Observation)
    titles = {source.source_id: source.title for _row, source in tables.of(Source)}
    named = {source_id: {int(each) for each in _YEARS.findall(title)} for source_id, title in titles.items()}
    about = {source_id: years | {year - 1 for year in years} for source_id, years in named.items() if years}
    for row, item in tables.where(Observation, "source_id", about.__contains__):
        when = parse_period(item.period)
        if when is None or when.year in about[item.source_id]:
            continue
        if when.year not in {int(each) for each in _YEARS.findall(f"{item.figure_as_printed} {item.note}")}:
            facts = {"found": item.period, "title": shown(titles[item.source_id], 60)}
            yield violation("period-title", place, row, "period", facts)


def words_name_the_place(tables: Tables, _today: date) -> Iterator[Violation]:
    """A figure of a part is told as such in its words or its source's title or id, where the package keeps to that."""
    places, place = Places(tables), tables.place(Observation)
    sources = tables.by_id(Source)
    known = {each: places.named(_told(source)) for each, source in sources.items()}
    parts = whole = 0
    odd: list[tuple[int, Observation, frozenset[str]]] = []
    for row, item in tables.of(Observation):
        own = places.named(f"{item.figure_as_printed} {item.note}")
        title = known.get(item.source_id, frozenset())
        fits = item.region_id in own or item.region_id in title
        if item.region_id in places.wholes:
            whole += 1
            fits = (
                fits
                or places.fits(item.region_id, own | title)
                or not (len(places.below(title - places.wholes)) == 1 or len(places.below(own)) == 1)
            )
        else:
            parts += 1
        if not fits:
            odd.append((row, item, own | title))
    if parts < _NAMED_AT_LEAST or len(odd) > (1 - _HABIT) * (parts + whole):
        return
    for row, item, told in odd:
        facts = {"found": item.region_id, "named": listed(sorted(told)) or "–"}
        yield violation("place-words", place, row, "region_id", facts, what="what" if told else "what_silent")


def _told(source: Source) -> str:
    return f"{source.title} {source.original_title} {source.publisher} {source.source_id.replace('-', ' ')}"


def _late(item: Observation) -> Period | None:
    when = parse_period(item.period)
    return when if when is not None and (item.pub - when.end).days > _LATE_DAYS else None


@lru_cache(maxsize=16384)
def _months_in(words: str) -> frozenset[int]:
    found = frozenset(int(hit[1]) for hit in all_of("months_so_far", words))
    return found | {months for name, months in _PARTS if printed(name).search(words)}


def _days(url: str) -> set[date]:
    return {day for pattern in _DAYS for found in pattern.findall(url) if (day := _day(*found)) is not None}


def _slug_days(slug: str) -> set[date]:
    return {day for found in _SLUG_DAY.findall(slug) if (day := _day(*found)) is not None}


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _house(url: str) -> str:
    """The house an address is of: `paper.lsnews.com.cn` and `lsnews.com.cn` are one."""
    labels = host_of(url).split(".")
    size = 3 if ".".join(labels[-2:]) in _COMMON else 2
    return ".".join(labels[-size:])


CHECKS = (
    Check("pub-source", Severity.WARNING, rows_keep_their_sources_day),
    Check("source-day", Severity.WARNING, addresses_hold_the_day),
    Check("source-twice", Severity.WARNING, addresses_are_one_sources),
    Check("source-house", Severity.WARNING, publishers_keep_their_house),
    Check("basis-near", Severity.WARNING, bases_are_spelt_alike),
    Check("period-words", Severity.WARNING, words_name_the_period),
    Check("period-late", Severity.WARNING, figures_are_news),
    Check("period-title", Severity.WARNING, titles_name_the_year),
    Check("place-words", Severity.WARNING, words_name_the_place),
)
