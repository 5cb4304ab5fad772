"""The English texts of the package: a text for everything a reader meets, and the plan's own numbers in each."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from all_of import all_of

from build_scripts.checks import load_day
from build_scripts.core.asof import settled
from build_scripts.core.language import speaking
from build_scripts.core.printed import Mention, mentions, plain
from build_scripts.core.tables import TABLES
from build_scripts.core.translated import translated
from build_scripts.pages.wording import document
from build_scripts.report.build import build_report
from build_scripts.report.concerns import Naming, bare_region

PACKAGE = Path("datapackage")
HAN = re.compile(r"[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”]|[^\x00-\u024f\u2010-\u2027]")
# What has to have an English text: every row of these tables, in these fields where they are filled.
WANTED = {
    "plans": ("title", "short_title", "issuer", "doc_number", "summary"),
    "projects": ("title", "short_title", "objective", "convener", "investment_unit"),
    "units": ("name",),
    "regions": ("name",),
    "indicators": ("name", "unit", "definition"),
    "targets": ("name", "promise", "unit", "note"),
    "tasks": ("name", "due_as_printed"),
    "related_indicators": ("note",),
    "task_events": ("note",),
    "observations": ("note",),
    "searches": ("place", "query", "note"),
    "sources": ("note",),
}
# Names and turns of phrase in which a numeral counts nothing.
IDIOMS = re.compile(
    r"长三角|百山祖|千峡湖|千八户外|一体化|一带|翻一番|三区|千万工程|千村示范、万村整治|(?<=\d)千(?=伏)|\d+月(?=\d+日)"
)
# Numbers as English writes them in one word, as the reader of numbers wants them.
SPELT = (
    (re.compile(r"half an hour|half-hour", re.IGNORECASE), "0.5 hours"),
    (re.compile(r"\btertiary\b|(?<=class )3B"), "3"),
    (re.compile(r"(?<=\d)-(billion|million)"), r" \1"),
    (re.compile(r"\b(class|one|two)-(?=\w)"), r"\1 "),
)
# A word of the plan that sets how firm or how far a promise goes, and how English may say it.
SAYINGS = {
    r"力争|争取": r"\baims?\b|\bseeks?\b",
    r"左右|约(?=\d)": r"\baround\b|\babout\b",
    r"(?<=\d)(亿元|亩|%|家|人|项|个|公里|元|万吨标煤)以上|翻一番以上": r"\bat least\b",
    r"不低于": r"\bno less than\b",
    r"超过|突破(?!性)|跨越(?=\d)": r"\bexceeds?\b|\bmore than\b|\bpass\b",
    r"接近": r"\bclose to\b",
    r"基本(?!公共|养老|适应|农田)": r"\bbasically\b",
    r"原则上": r"\bas a rule\b",
    r"翻一番": r"\bdoubl",
    r"累计": r"\bcumulative\b|\bover five years\b",
    r"年均": r"\ba year on average\b",
    r"每年|年度": r"\bevery year\b|\byearly\b|\ba year\b",
    r"每月": r"\bevery month\b",
    r"每季度": r"\bevery quarter\b",
    r"总投资": r"\btotal investment\b",
    r"谋划": r"\bplan\b",
    r"全国前列": r"\bin the country\b",
    r"全省": r"\bprovince",
    r"到20\d\d年": r"\b(by|up to) 20\d\d\b",
}


def rows(table: str) -> list[dict[str, str]]:
    folder = TABLES[table].folder
    with (PACKAGE / folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def key_of(table: str, row: dict[str, str]) -> str:
    return ";".join(row[column] for column in TABLES[table].key)


TRANSLATIONS = rows("translations")
ENGLISH = {(row["table"], row["key"], row["field"]): row["text"] for row in TRANSLATIONS if row["lang"] == "en"}
TABLES_TRANSLATED = sorted({row["table"] for row in TRANSLATIONS} & TABLES.keys())


def pairs(*fields: str) -> Iterator[tuple[str, str, str]]:
    """Where a text stands, the text, and its English, for the fields of these names."""
    for table in TABLES_TRANSLATED:
        for row in rows(table):
            for field in fields:
                english = ENGLISH.get((table, key_of(table, row), field))
                if english is not None:
                    yield f"{table} {key_of(table, row)} {field}", row[field], english


def chinese_numbers(text: str) -> tuple[set[Decimal], set[Decimal]]:
    """The numbers an English text must say, and all it may: those in digits, with a unit, or of ten thousand and up."""
    said = plain(IDIOMS.sub("之", text))
    found = mentions(said)

    def counts(one: Mention) -> bool:
        printed = said[one.start : one.end]
        in_words = not any(sign.isdigit() and sign.isascii() for sign in printed)
        return not in_words or one.value >= 10_000 or (one.unit is not None and one.value != 1)

    may = {abs(one.value) for one in (*found, *mentions(plain(text)))}
    return {abs(one.value) for one in found if counts(one)}, may


def english_numbers(text: str) -> tuple[set[Decimal], set[Decimal]]:
    """All numbers of an English text, and those it prints in digits."""
    said = plain(text)
    for pattern, instead in SPELT:
        said = pattern.sub(instead, said)
    found = mentions(said)
    digits = {abs(one.value) for one in found if re.search(r"\d", said[one.start : one.end])}
    return {abs(one.value) for one in found}, digits


@all_of("table", sorted(WANTED))
def test_everything_a_reader_meets_has_an_english_text(table):
    wanted = {
        (table, key_of(table, row), field) for row in rows(table) for field in WANTED[table] if row.get(field, "")
    }
    assert wanted
    assert not wanted - ENGLISH.keys()


def test_every_translation_is_of_a_text_that_is_there():
    there = {
        (table, key_of(table, row), field)
        for table in TABLES_TRANSLATED
        for row in rows(table)
        for field, text in row.items()
        if text
    }
    assert not {place for place in ENGLISH if place[0] != "datapackage"} - there


def test_every_text_is_english_and_ours():
    assert {row["lang"] for row in TRANSLATIONS} == {"en"}
    assert {row["official"] for row in TRANSLATIONS} == {"false"}
    strange = {place: found[0] for place, text in ENGLISH.items() if (found := HAN.search(text))}
    assert not strange
    untidy = {place: text for place, text in ENGLISH.items() if text != " ".join(text.split()) or "'" in text}
    assert not untidy


def test_each_indicator_has_a_name_of_its_own():
    names = Counter(
        text.casefold() for (table, _, field), text in ENGLISH.items() if (table, field) == ("indicators", "name")
    )
    assert not [name for name, count in names.items() if count > 1]


def test_every_number_of_the_plan_stands_in_the_english_text():
    lost = {}
    for place, chinese, english in pairs("name", "title", "promise", "objective", "summary"):
        must, _may = chinese_numbers(chinese)
        if missing := must - english_numbers(english)[0]:
            lost[place] = (chinese, english, missing)
    assert not lost


def test_no_english_text_has_a_number_the_plan_lacks():
    added = {}
    for place, chinese, english in pairs("name", "title", "promise", "objective", "summary", "definition"):
        if more := english_numbers(english)[1] - chinese_numbers(chinese)[1]:
            added[place] = (chinese, english, more)
    assert not added


@all_of("saying", SAYINGS)
def test_a_promise_is_as_firm_in_english_as_in_the_plan(saying):
    found = [(place, zh, en) for place, zh, en in pairs("promise") if re.search(saying, zh)]
    assert found, "no promise says this any more"
    assert not [each for each in found if not re.search(SAYINGS[saying], each[2], re.IGNORECASE)]


@all_of(
    "chinese, english, right",
    [
        ("达到2250亿元", "to reach 225 billion yuan", True),
        ("达到2250亿元", "to reach 22.5 billion yuan", False),
        ("突破千亿元", "to exceed 100 billion yuan", True),
        ("突破千亿元", "to exceed 1,000 billion yuan", False),
        ("800万千瓦", "8 million kilowatts", True),
        ("800万千瓦", "80 million kilowatts", False),
        ("三大交通圈", "three transport circles", True),
        ("三大交通圈", "transport circles", False),
        ("到2025年", "by 2026", False),
    ],
)
def test_the_numbers_are_compared_by_their_worth(chinese, english, right):
    assert (chinese_numbers(chinese)[0] <= english_numbers(english)[0]) is right


def named(regions: dict[str, str], text: str) -> set[str]:
    """The ids of the places of these names that a text names, read from the left, longer names first."""
    by_name = {name: place for place, name in regions.items()}
    pattern = "|".join(map(re.escape, sorted(by_name, key=len, reverse=True)))
    return {by_name[found] for found in re.findall(pattern, text)}


def test_both_languages_name_the_same_counties():
    counties = [row for row in rows("regions") if row["level"] == "county"]
    chinese = {row["region_id"]: re.sub(r"(?<=..)(市|区|县|畲族自治县)$", "", row["name"]) for row in counties}
    english = {row["region_id"]: ENGLISH["regions", row["region_id"], "name"].split()[0] for row in counties}
    told = {}
    for place, zh, en in pairs("name", "promise"):
        table, key, _field = place.split(" ")
        if table in {"targets", "tasks"}:
            before = told.get((table, key), ("", ""))
            told[table, key] = (f"{before[0]}\n{zh}", f"{before[1]}\n{en}")
    assert any(named(chinese, zh) for zh, _ in told.values())
    assert not {key: both for key, both in told.items() if named(chinese, both[0]) != named(english, both[1])}


@pytest.fixture(scope="module")
def reports():
    """The report of one day in each language."""
    day = date(2026, 11, 28)
    seen = load_day(PACKAGE, day, day).seen
    found = {}
    for code in ("zh", "en"):
        with speaking(code):
            package = translated(seen, code)
            report = build_report(package, settled(package, day))
            naming = Naming(report)
            names = {each.region_id: bare_region(each) for each in package.regions}
            concerned = {
                region: (
                    {report.entries[at].target.target_id for at in naming.entries_naming.get(name, ())},
                    {package.tasks[at].task_id for at in naming.tasks_naming.get(name, ())},
                    {report.entries[at].target.target_id for at in naming.for_every("lishui")},
                )
                for region, name in names.items()
            }
            verdicts = {
                each.target.target_id: (each.assessment.status, each.assessment.reason, each.assessment.flags)
                for each in report.entries
            }
            found[code] = (verdicts, concerned)
    return found


def test_every_verdict_is_the_same_in_both_languages(reports):
    chinese, english = reports["zh"][0], reports["en"][0]
    assert len(chinese) > 200
    assert {key: (chinese[key], english[key]) for key in chinese if chinese[key] != english[key]} == {}


def test_the_same_promises_concern_a_place_in_both_languages(reports):
    chinese, english = reports["zh"][1], reports["en"][1]
    assert chinese["jingning"][1]
    assert chinese["jingning"][2]
    assert {key: (chinese[key], english[key]) for key in chinese if chinese[key] != english[key]} == {}


def test_a_plan_is_called_what_its_title_calls_it():
    day = date(2026, 11, 28)
    seen = load_day(PACKAGE, day, day).seen
    assert [document(plan) for plan in seen.plans] == ["规划", "方案"]
    with speaking("en"):
        assert [document(plan) for plan in translated(seen, "en").plans] == ["plan", "programme"]
