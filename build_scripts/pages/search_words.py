"""Words of this package that the search index must not cut in two. Gets the report, gives jieba's user dictionary.

A unit is entered with its whole name: cut into 市 and 发改委, a search for it would find every page with a 市 in it.
Its name without that mark is a word of its own and stands, unseen, on the unit's page, so that 发改委 finds it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_scripts.model import Artifact, Unit
from build_scripts.report import Report

PATH = "assets/search/words.txt"
# Above every word of jieba's own dictionary but the commonest, so that ours win where they overlap.
_WEIGHT = 20000
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")


def bare_name(unit: Unit) -> str:
    """A unit's name without the mark of its level (市、市委), as people say and search it."""
    return re.sub(r"^(市委|市)(?=..)", "", unit.name)


def search_words(report: Report) -> Artifact:
    """The user dictionary: a word, its weight and its kind a line, in order."""
    words = sorted(set(_words(report)))
    return Artifact(PATH, "".join(f"{word} {_WEIGHT} n\n" for word in words).encode(), "pages/search_words")


def _words(report: Report) -> Iterator[str]:
    """Unit names with and without their mark, region names, and the letters of document numbers (`丽政办发`)."""
    package = report.package
    for unit in package.units:
        yield from _CHINESE.findall(unit.name)
        yield from _CHINESE.findall(bare_name(unit))
    for region in package.regions:
        if region.level in {"city", "county", "zone"}:
            yield from _CHINESE.findall(region.name)
    for plan in package.plans:
        yield from _CHINESE.findall(plan.doc_number)[:1]
