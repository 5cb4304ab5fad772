"""How words are put together: brackets, quotation marks, lists, units, names. Gets words, gives strings.

What a language does stands in its `format.toml`; nothing here belongs to one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import partial
from unicodedata import category

from build_scripts.core.foreign import is_han
from build_scripts.locale.catalogue import read_words, said_in, t, words
from build_scripts.locale.format import DASH, number
from build_scripts.locale.large import said_in_large

_MARKS = ("stop", "comma", "list", "semicolon", "colon", "open", "close", "wide", "gap")

# In some languages the closing mark is the apostrophe too.
_APOSTROPHE = "’"


def in_brackets(text: str) -> str:
    """`text` in brackets; nothing for none."""
    return t("format.brackets", words=text) if text else ""


def capital(text: str) -> str:
    """`text` as it stands at the head of a line: its first letter raised, where the script has capitals."""
    return text[:1].upper() + text[1:]


def inside(text: str) -> str:
    """`text` as it stands within a line: its first letter lowered, unless what follows is raised, too (`SDG`)."""
    return text[:1].lower() + text[1:] if not text[1:2].isupper() else text


def and_then(text: str) -> str:
    """`text` before others, parted by a comma; nothing for none."""
    return t("format.clause", words=text) if text else ""


def titled(text: str) -> str:
    """The title of a document in the marks titles stand in."""
    inner = single_quotes(text) if t("format.title", words="").startswith(words("format.nested")[0]) else text
    return t("format.title", words=inner)


def quoted(text: str) -> str:
    """`text` in quotation marks; marks already inside become single ones."""
    return t("format.quoted", words=single_quotes(text))


def single_quotes(text: str) -> str:
    """`text` for use inside quotation marks: its own become those of the second level."""
    left, inner_left, right, inner_right = words("format.nested")
    said, open_marks = [], 0
    for at, sign in enumerate(text):
        apostrophe = right == _APOSTROPHE and (not open_marks or text[at + 1 : at + 2].isalpha())
        if sign == left:
            open_marks += 1
            said.append(inner_left)
        elif sign == right and not apostrophe:
            open_marks -= 1
            said.append(inner_right)
        else:
            said.append(sign)
    return "".join(said)


def listed(items: Iterable[object]) -> str:
    """Words side by side: `甲、乙、丙`."""
    return t("format.joined.words").join(map(str, items))


def both(items: Iterable[object]) -> str:
    """Two or more words as one: `甲和乙`."""
    return t("format.joined.pair").join(map(str, items))


def in_a_row(items: Iterable[object]) -> str:
    """Words in a row in a sentence, the last joined as the language has it: `甲、乙、丙`, `a, b and c`."""
    *others, last = [*map(str, items)] or [""]
    return t("format.joined.last").join([listed(others), last]) if others else last


def by_comma(items: Iterable[object]) -> str:
    """Clauses of one sentence, parted by commas."""
    return t("format.joined.clauses").join(map(str, items))


def by_semicolon(items: Iterable[object]) -> str:
    """Parts of one sentence that hold commas themselves."""
    return t("format.joined.parts").join(map(str, items))


def sentences(items: Iterable[object]) -> str:
    """Whole sentences in a row."""
    return t("format.joined.sentences").join(text for text in map(str, items) if text)


def stop() -> str:
    """The full stop."""
    return t("format.joined.stop")


def colon() -> str:
    """The colon between a word and what it is."""
    return t("format.joined.colon")


def marks() -> dict[str, str]:
    """The marks between words that a template sets itself, by name."""
    return {name: t(f"format.mark.{name}") for name in _MARKS}


def heading(printed: str) -> str:
    """A section of a document the way its headings are printed: `一/（四）/1` becomes `一、（四）1.`."""
    first, *rest = printed.split("/")
    # A document in Chinese numbers its sections its own way, whatever language speaks of it.
    say = partial(said_in, "zh") if is_han(first[:1]) else t
    levels = [say("format.heading.digit", part=part) if part.isdigit() else part for part in rest]
    return say("format.heading.pair", first=first, rest=say("format.heading.join").join(levels)) if levels else first


def place_and_name(place: str, thing: str) -> str:
    """What a place has, as one name in which nothing is said twice.

    A thing that names the place itself stands alone, words shared at the seam are said once, and words that would
    run into each other are parted, each as the language has it.
    """
    if thing.startswith((place, _bare(place))):
        return thing
    at_least = int(t("format.names.shared"))
    for shared in range(min(len(place), len(thing)), at_least - 1, -1) if at_least else ():
        if place.endswith(thing[:shared]):
            return place + thing[shared:]
    collides = thing.startswith(words("format.names.collide_starts")) and place.endswith(
        words("format.names.collide_ends")
    )
    return t(f"format.names.{'apart' if collides else 'plain'}", place=place, thing=thing)


def _bare(place: str) -> str:
    """A place's name without the word for what it is, where two characters or more are left of it."""
    return place[:-1] if len(place) > 2 and place.endswith(words("format.names.endings")) else place


def is_rank(unit: str) -> bool:
    """Whether a unit is that of places in a ranking."""
    return unit in read_words("format.rank_units")


def before_brackets(text: str) -> str:
    """A name without what stands in brackets behind it."""
    for mark in read_words("format.opening_marks"):
        text = text.partition(mark)[0]
    return text


def each_of(text: str) -> list[str]:
    """The words of a list as a document prints it."""
    marks = "|".join(map(re.escape, read_words("format.list_marks")))
    return re.split(marks, text)


def first_part(text: str) -> str:
    """The first part of a text whose parts are parted by semicolons, without its full stop: sentences take it in."""
    for mark in read_words("format.part_marks"):
        text = text.partition(mark)[0]
    return text.rstrip(stop())


def of_one_year(unit: str) -> str:
    """A unit of so much a year without saying so, for a sentence that does."""
    for ending in read_words("format.per_year"):
        unit = unit.partition(ending)[0]
    return unit


def with_unit(printed: str, unit: str) -> str:
    """A printed number with its unit as it is said: `600 homes`, `1 home`, `63%`, `$5 million`, `2,250亿元`.

    A unit that begins with a number is said with a word for large numbers (`225 billion yuan`) or, where the language
    has none, as a multiple, so that the two are not read as one: `2,250 × 100 million yuan`.
    """
    if not unit:
        return printed
    if unit[0].isdigit():
        return _large(printed, unit)
    if printed == "1":
        unit = _of_one(unit)
    if category(unit[0]) == "Sc" or (len(unit) > 1 and category(unit[1]) == "Sc"):
        sign, _, rest = unit.partition(" ")
        money = t("format.currency", number=printed, unit=sign)
        return t("format.unit", number=money, unit=rest) if rest else money
    return t(f"format.{'symbol' if unit[0] in '%‰°' else 'unit'}", number=printed, unit=unit)


def as_kept(printed: str, unit: str) -> str:
    """A number with its unit as the two are kept, in no other scale: `600 homes`, `2,250 × 100 million yuan`."""
    if unit[:1].isdigit():
        return t("format.multiple", number=printed, unit=unit)
    return with_unit(printed, unit)


def _large(printed: str, unit: str) -> str:
    try:
        value = Decimal(printed.replace(",", "").replace("−", "-"))
    except InvalidOperation:
        return t("format.multiple", number=printed, unit=unit)
    said = said_in_large(unit, [value])
    if said.unit == unit:
        return t("format.multiple", number=printed, unit=unit)
    return with_unit(number(said.figure(value)), said.unit)


def _of_one(unit: str) -> str:
    """A unit as it is said of one, where the language has another word for that."""
    for pattern, instead in zip(words("format.one.of"), words("format.one.is"), strict=True):
        said = re.sub(pattern, instead, unit)
        if said != unit:
            return said
    return unit


def how_many(count: int, measure: str) -> str:
    """A count with its measure word where the language has one (`14项`, `14`); the measures are in `format.measure`."""
    return t(f"format.measure.{measure}", n=number(count))


def count_in_words(count: int, measure: str) -> str:
    """A small count as it is said in running text: `两份`, `two`; digits for none and above ten."""
    said = words("format.counts")
    return t(f"format.measure.{measure}", n=said[count]) if 0 < count < len(said) else how_many(count, measure)


def ranked(value: Decimal | int | None) -> str:
    """A place in a ranking: `第3位`; `—` for none."""
    return DASH if value is None else t("format.rank", number=number(value))
