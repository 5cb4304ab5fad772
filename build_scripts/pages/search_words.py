"""Words of this package that the search index must not cut in two. Gets the report, gives jieba's user dictionary.

A unit is entered with its whole name: cut into 市 and 发改委, a search for it would find every page with a 市 in it.
Its name without that mark is a word of its own and stands, unseen, on the unit's page, so that 发改委 finds it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from build_scripts.core.records import Artifact, Region, Unit
from build_scripts.locale import t
from build_scripts.locale.catalogue import keys
from build_scripts.report import Report
from build_scripts.report.concerns import bare_region

PATH = "assets/search/words.txt"
# Above every word of jieba's own dictionary but the commonest, so that ours win where they overlap.
_WEIGHT = 20000
_ALSO = "search.also."
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")


def bare_name(unit: Unit, regions: Iterable[Region]) -> str:
    """A unit's name without the mark of its level (市、市委) or of the city, as people say and search it.

    A short word before the city goes with it: 国网丽水供电公司 is searched as 供电公司.
    """
    cities = (re.escape(region.name.removesuffix("市")) for region in regions if region.level == "city")
    marks = "|".join(("市委", "市", *(f".{{0,2}}{city}市?" for city in cities)))
    return re.sub(rf"^(?:{marks})(?=..)", "", unit.name)


def also_called(name: str) -> tuple[str, ...]:
    """What readers search by for something of this name: `GDP` for 地区生产总值."""
    found = (t(key).split("、") for key in keys(_ALSO) if key.removeprefix(_ALSO) in name)
    return tuple(dict.fromkeys(word for words in found for word in words if word not in name))


def region_also(region: Region) -> tuple[str, ...]:
    """A region's other names: without the mark of its level, in Latin letters, and what its kind is called."""
    plain = (bare_region(region), region.region_id) if region.level in {"city", "county"} else ()
    return (*(word for word in plain if word != region.name), *also_called(region.name))


def search_words(report: Report) -> Artifact:
    """The user dictionary: a word, its weight and its kind a line, in order; weight 0 has a word cut into its parts."""
    weights = dict.fromkeys(_words(report), _WEIGHT) | dict.fromkeys(_parted(report), 0)
    lines = (f"{word} {weight} n\n" for word, weight in sorted(weights.items()))
    return Artifact(PATH, "".join(lines).encode(), "pages/search_words")


def _parted(report: Report) -> Iterator[str]:
    """Words inside the names of zones that would hide what kind of zone they are."""
    names = [region.name for region in report.package.regions if region.level == "zone"]
    return (word for word in t("region.zone_compounds").split("、") if any(word in name for name in names))


def _words(report: Report) -> Iterator[str]:
    """Unit names with and without their mark, region names, and the letters of document numbers (`丽政办发`)."""
    package = report.package
    for unit in package.units:
        yield from _CHINESE.findall(unit.name)
        yield from _CHINESE.findall(bare_name(unit, package.regions))
    for region in package.regions:
        if region.level in {"city", "county"}:  # a zone is searched by parts of its name
            yield from _CHINESE.findall(region.name)
            yield from _CHINESE.findall(bare_region(region))
    for plan in package.plans:
        yield from _CHINESE.findall(plan.doc_number)[:1]
