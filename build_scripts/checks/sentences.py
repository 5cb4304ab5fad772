"""Rules about the sentence a promise stands in and the plain words made of it: year, place, figure, way it binds.

What the words say must not contradict the row; where they are silent, `said` counts it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from build_scripts.checks.check import Check
from build_scripts.checks.places import Places
from build_scripts.checks.printed import sense_of, senses
from build_scripts.core.printed import Bound, bound_of, mentions, plain, prints_a_number, readings
from build_scripts.core.records import Severity, Target, Violation
from build_scripts.load import Tables, violation
from build_scripts.load.violations import shown
from build_scripts.locale import listed, with_unit
from build_scripts.locale.documents import all_of

_STRICT = frozenset({"gt", "lt", "approx"})
_ABOUT = "approx"
_COMPARED = frozenset({"ge", "gt", "le", "lt", "approx", "between"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A target's sentence without white space, and where in it the printed figure stands."""

    text: str
    start: int
    end: int

    @property
    def bound(self) -> Bound:
        """Which way the figure binds, by the words beside its numbers."""
        own = [each for each in mentions(self.text) if self.start <= each.start < self.end]
        bounds = {bound_of(self.text, each) for each in own} - {Bound.NONE}
        return bounds.pop() if len(bounds) == 1 else Bound.NONE

    @property
    def year(self) -> int | None:
        """The year a promise of this sentence is for: the last “到…年” before the figure, else the only one."""
        before = _by_years(self.text, self.end)
        found = before or _by_years(self.text)
        return int(found[-1]) if found else None


def _by_years(text: str, end: int | None = None) -> list[str]:
    """The years that a text sets as ends (到2025年, by 2025), in its order."""
    return [hit[1] for hit in sorted(all_of("by_year", text, 0, end), key=lambda hit: hit.start())]


def sentence_of(target: Target) -> Sentence | None:
    """The sentence quoted for a target, where its printed figure stands in it."""
    text, figure = _joined(target.quote), _joined(target.figure_as_printed)
    start = text.find(figure) if figure else -1
    return Sentence(text, start, start + len(figure)) if start >= 0 else None


def sentences_bind_as_the_row_says(tables: Tables, _today: date) -> Iterator[Violation]:
    """The words beside a printed figure (以上, 超过, 左右, 以内) are the target's comparator."""
    place = tables.place(Target)
    for row, target in tables.of(Target):
        sentence = sentence_of(target)
        if sentence is None or target.value is None or target.comparator not in _COMPARED:
            continue
        bound = sentence.bound.value
        if bound and bound != target.comparator:
            facts = {"found": target.comparator, "bound": bound, "quote": _near(sentence)}
            yield violation("sentence-bound", place, row, "comparator", facts)
        elif not bound and target.comparator in _STRICT and target.comparator not in target.flags:
            facts = {"found": target.comparator, "quote": _near(sentence)}
            yield violation("sentence-bound", place, row, "comparator", facts, what="what_silent")


def sentences_name_the_year(tables: Tables, _today: date) -> Iterator[Violation]:
    """The year by which a sentence, or the plain promise made of it, wants something is the target's year."""
    place = tables.place(Target)
    for row, target in tables.of(Target):
        sentence = sentence_of(target)
        year = sentence.year if sentence else None
        if year is not None and year != target.target_year:
            facts = {"found": target.target_period or "", "year": year, "quote": shown(target.quote, 80)}
            yield violation("sentence-year", place, row, "target_period", facts)
            continue
        years = {int(hit[1]) for hit in all_of("year", plain(target.promise))}
        if years and target.target_year not in years:
            facts = {"found": target.target_period or "", "year": max(years), "quote": shown(target.promise, 80)}
            yield violation("sentence-year", place, row, "target_period", facts)


def sentences_name_the_place(tables: Tables, _today: date) -> Iterator[Violation]:
    """A promise whose words name places is about one of them."""
    place, places = tables.place(Target), Places(tables)
    for row, target in tables.of(Target):
        words = f"{target.promise} {target.name}" if target.promise else ""
        named = places.named(words)
        if named and not places.fits(target.region_id, named) and _claims(places, target.region_id, named):
            facts = {"found": target.region_id, "named": listed(sorted(named)), "quote": shown(words, 80)}
            yield violation("sentence-place", place, row, "region_id", facts)


def promises_say_the_figure(tables: Tables, _today: date) -> Iterator[Violation]:
    """The plain promise says the figure that is recorded."""
    place, known = tables.place(Target), senses(tables)
    for row, target in tables.of(Target):
        there = known.get(target.indicator_id)
        if there is None or target.value is None or target.comparator == "event" or target.printed_differs:
            continue
        sense = sense_of(target, there)
        if prints_a_number(target.promise) and target.value not in readings(target.promise, sense):
            facts = {"found": with_unit(f"{target.value:f}", target.unit), "promise": shown(target.promise, 80)}
            yield violation("promise-figure", place, row, "value", facts)


def said(targets: tuple[Target, ...]) -> Mapping[str, int]:
    """How many targets have a sentence, and how many of these sentences name the year and the way the figure binds."""
    known = [(target, sentence) for target in targets if (sentence := sentence_of(target))]
    return {
        "sentences": len(known),
        "year": sum(sentence.year is not None for _target, sentence in known),
        "bound": sum(bool(sentence.bound) for _target, sentence in known),
    }


def _claims(places: Places, region_id: str, named: frozenset[str]) -> bool:
    """Whether the places named leave no room: a whole may name its parts by the way, and a part its whole."""
    if region_id in places.wholes:
        return len(places.below(named)) == 1 and not places.wholes & named
    return True


def _near(sentence: Sentence) -> str:
    """The figure with what stands around it."""
    return shown(sentence.text[max(0, sentence.start - 12) : sentence.end + 8], 80)


def _joined(text: str) -> str:
    return "".join(plain(text).split())


CHECKS = (
    Check("sentence-bound", Severity.ERROR, sentences_bind_as_the_row_says),
    Check("sentence-year", Severity.ERROR, sentences_name_the_year),
    Check("sentence-place", Severity.ERROR, sentences_name_the_place),
    Check("promise-figure", Severity.ERROR, promises_say_the_figure),
)
