"""Every published figure is in the package as printed or left out with a reason; nothing else got in.

`tests/data/evidence_*.csv` is the ledger of what was found for the two plans: `published` (every row that may be
used), `placed` (where it stands in `datapackage/progress/`), `left_out` (and why), `refused` (SHA-256 of addresses
and hosts that carry figures we must not use; kept as hashes so that they appear nowhere).
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from all_of import all_of

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "datapackage"
LEDGER = ROOT / "tests" / "data"
SAME_UNIT = {"位次": "位"}
COUNTED = ("new-5a-sites", "lishui", "2025-03", "main", "2025-04-15", "lishui-en-20250415-spring-travel")
"""The one observation that is a count of a published list and not a printed figure; its note says so."""

GROWTH_OF = {
    "gdp": "gdp-growth",
    "rural-income": "rural-income-growth",
    "urban-income": "urban-income-growth",
    "industry-va": "industry-va-growth",
    "rd-spend-industry": "rd-spend-industry-growth",
    "digital-core-mfg-va": "digital-core-mfg-va-growth",
    "fixed-asset-invest": "fixed-asset-invest-growth",
}

Row = dict[str, str]
OBS_KEY = ("indicator_id", "region_id", "period", "basis", "pub", "source_id")
EVENT_KEY = ("task_id", "date", "state", "pub", "source_id")


def rows(path: Path) -> list[Row]:
    """The rows of a CSV as text."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def key(row: Row, fields: tuple[str, ...]) -> tuple[str, ...]:
    """The values of `fields`, as a tuple."""
    return tuple(row[field] for field in fields)


PUBLISHED = {row["row_key"]: row for row in rows(LEDGER / "evidence_published.csv")}
PLACED = rows(LEDGER / "evidence_placed.csv")
LEFT_OUT = rows(LEDGER / "evidence_left_out.csv")
LEDGER_SOURCES = {row["source_id"] for row in PLACED}
"""The publications the ledger covers; what rests on any later source is not its business, so months can be added."""
OBSERVATIONS = {key(row, OBS_KEY): row for row in rows(PACKAGE / "progress" / "observations.csv")}
EVENTS = {key(row, EVENT_KEY): row for row in rows(PACKAGE / "progress" / "task_events.csv")}
SOURCES = {row["source_id"]: row for row in rows(PACKAGE / "progress" / "sources.csv")}
INDICATORS = {row["indicator_id"]: row for row in rows(PACKAGE / "targets" / "indicators.csv")}
TARGETS = {row["target_id"]: row for row in rows(PACKAGE / "targets" / "targets.csv")}
TASKS = {row["task_id"]: row for row in rows(PACKAGE / "targets" / "tasks.csv")}
RELATED = rows(PACKAGE / "targets" / "related_indicators.csv")


def placed_as(use: str) -> list[Row]:
    """The ledger lines that went in as `use`: value, yoy or event."""
    return [row for row in PLACED if row["used_as"] == use]


def test_every_published_row_is_in_or_left_out_with_a_reason() -> None:
    placed = {row["row_key"] for row in PLACED}
    left = {row["row_key"] for row in LEFT_OUT}
    assert Counter(row["table"] for row in PUBLISHED.values()) == {"observations": 323, "events": 63}
    assert not placed & left
    assert placed | left == set(PUBLISHED)
    assert all(len(row["reason"]) >= 8 for row in LEFT_OUT)


@all_of("line", placed_as("value"), ids=lambda line: f"{line['indicator_id']}-{line['row_key']}")
def test_a_value_stands_in_the_package_as_it_was_published(line: Row) -> None:
    found, stands = PUBLISHED[line["row_key"]], OBSERVATIONS[key(line, OBS_KEY)]
    unit = INDICATORS[line["indicator_id"]]["unit"]
    assert Decimal(stands["value"]) == Decimal(found["value"])
    assert unit == SAME_UNIT.get(found["unit"], found["unit"])
    assert 0 < len(stands["figure_as_printed"]) <= 20
    assert stands["figure_as_printed"] in found["passage"]


@all_of("line", placed_as("yoy"), ids=lambda line: f"{line['indicator_id']}-{line['row_key']}")
def test_a_growth_rate_stands_beside_the_value_it_was_printed_with(line: Row) -> None:
    found, stands = PUBLISHED[line["row_key"]], OBSERVATIONS[key(line, OBS_KEY)]
    assert found["unit"] == "%"
    assert Decimal(stands["yoy"]) == Decimal(found["value"])


def test_every_placed_event_stands_in_the_package() -> None:
    placed = {key(line, EVENT_KEY) for line in placed_as("event")}
    assert placed == {found for found, row in EVENTS.items() if row["source_id"] in LEDGER_SOURCES}


def test_no_observation_came_from_nowhere() -> None:
    traced = {key(line, OBS_KEY) for line in placed_as("value")}
    stands = {found for found, row in OBSERVATIONS.items() if row["source_id"] in LEDGER_SOURCES}
    assert stands == traced | {COUNTED}
    assert "按名单计数" in OBSERVATIONS[COUNTED]["note"]


@all_of("line", PLACED, ids=lambda line: f"{line['used_as']}-{line['row_key']}")
def test_source_and_rank_of_evidence_are_kept(line: Row) -> None:
    found, source = PUBLISHED[line["row_key"]], SOURCES[line["source_id"]]
    assert source["tier"] == found["tier"]
    assert source["url"] == found["url"]
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", line["pub"])
    if len(found["published"]) == 10:
        assert line["pub"] == source["published"] == found["published"]
    else:
        assert line["pub"] >= found["published"]
        assert source["note"], f"{line['source_id']}: 日期不全须在备注说明"


def test_no_refused_address_or_host_is_anywhere_in_the_package() -> None:
    refused = {(row["what"], row["sha256"]) for row in rows(LEDGER / "evidence_refused.csv")}
    assert {what for what, _ in refused} == {"url", "host"}
    texts = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*") if path.is_file()]
    texts += [path.read_text(encoding="utf-8") for path in LEDGER.glob("evidence_*.csv")]
    addresses = {url for text in texts for url in re.findall(r"https?://[^\s\"',，；]+", text)}
    addresses |= {row["url"] for row in SOURCES.values() if row["url"]}
    assert len(addresses) > 100
    for address in addresses:
        digest = hashlib.sha256(address.encode()).hexdigest()
        host = hashlib.sha256(urlsplit(address).netloc.encode()).hexdigest()
        assert ("url", digest) not in refused, address
        assert ("host", host) not in refused, address


def test_every_source_is_used_and_can_be_found() -> None:
    used = {row["source_id"] for row in OBSERVATIONS.values()} | {row["source_id"] for row in EVENTS.values()}
    used |= {row["baseline_source_id"] for row in TARGETS.values()}
    assert set(SOURCES) <= used
    assert [row["source_id"] for row in SOURCES.values() if not row["url"] and not row["note"]] == []
    urls = [row["url"] for row in SOURCES.values() if row["url"]]
    assert len(urls) == len(set(urls))


def test_gdp_is_never_compared_across_the_census() -> None:
    gdp = [row for row in OBSERVATIONS.values() if row["indicator_id"] == "gdp"]
    assert {row["basis"] for row in gdp} == {"pre-census5", "census5"}
    for row in gdp:
        revised = row["period"] >= "2024" and row["pub"] >= "2025"
        assert row["basis"] == ("census5" if revised else "pre-census5"), key(row, OBS_KEY)


def test_a_growth_rate_is_the_same_on_both_of_its_rows() -> None:
    compared = 0
    for row in OBSERVATIONS.values():
        growth = GROWTH_OF.get(row["indicator_id"])
        same = [
            other
            for other in OBSERVATIONS.values()
            if other["indicator_id"] == growth and all(other[f] == row[f] for f in ("region_id", "period", "source_id"))
        ]
        for other in same:
            assert row["yoy"], key(row, OBS_KEY)
            assert Decimal(row["yoy"]) == Decimal(other["value"]), key(row, OBS_KEY)
            compared += 1
    assert compared > 40


def test_related_figures_exist_are_not_the_target_and_say_how_they_differ() -> None:
    published = {(row["indicator_id"], row["region_id"]) for row in OBSERVATIONS.values()}
    for row in RELATED:
        target, series = TARGETS[row["target_id"]], (row["indicator_id"], row["region_id"])
        assert series in published, row
        assert series != (target["indicator_id"], target["region_id"]), row
        assert not target["duplicate_of"], row
    notes = Counter(row["note"] for row in RELATED)
    assert [note for note, times in notes.items() if times > 1 or len(note) < 12] == []


@pytest.mark.parametrize(
    ("target_id", "day"), [("ydsq-airport-2022", "2025-07-18"), ("sdgc-08-5a-yunhe", "2024-02-06")]
)
def test_a_finished_work_reaches_its_milestone(target_id: str, day: str) -> None:
    tasks = {task["task_id"] for task in TASKS.values() if task["target_id"] == target_id}
    done = [row["date"] for row in EVENTS.values() if row["task_id"] in tasks and row["state"] == "done"]
    assert TARGETS[target_id]["kind"] == "milestone"
    assert done == [day]
