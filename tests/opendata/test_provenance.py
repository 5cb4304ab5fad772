"""Every number has a source, and the counts by tier are counts of real cells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import opendata_samples as samples
import pytest

from build_scripts.exports import addresses, coverage, numbers_by_source, traced_numbers


@pytest.fixture(scope="module")
def edition():
    return samples.edition()


def test_every_number_of_the_package_is_traced_once(edition):
    package = edition.package
    promised = ("value", "value_high", "baseline_value")
    expected = (
        sum(getattr(target, name) is not None for target in package.targets for name in promised)
        + sum(getattr(seen, name) is not None for seen in package.observations for name in ("value", "yoy"))
        + sum(project.investment is not None for project in package.projects)
    )
    numbers = list(traced_numbers(edition))
    assert len(numbers) == expected == 12
    assert len({(each.table, each.key, each.field) for each in numbers}) == expected


def test_a_published_value_names_source_tier_address_day_and_printed_form(edition):
    found = next(each for each in traced_numbers(edition) if each.value == Decimal("2190.00"))
    assert (found.source, found.tier, found.address) == ("src-b", 2, "http://example.org/b?x=1&y=2")
    assert (found.pub, found.figure_as_printed, found.unit) == (date(2025, 4, 1), "+2190", "亿元")
    assert found.key == "gdp;city;2024;post-census5;2025-04-01;src-b"


def test_a_promised_figure_rests_on_the_plan_and_a_baseline_on_its_source(edition):
    numbers = {(each.key, each.field): each for each in traced_numbers(edition) if each.table == "targets"}
    assert numbers["gdp-2025", "value"].source == "plan-a"
    assert numbers["gdp-2025", "value"].document == "样例市规划（甲）（样政〔2020〕1号）一/（二）"
    assert numbers["gdp-2025", "baseline_value"].document == "年鉴"
    assert numbers["gdp-2025", "value"].pub == date(2020, 12, 30)
    assert numbers["gdp-2025", "baseline_value"].source == "src-c"
    assert numbers["road-again", "value_high"].unit == "公里"


def test_coverage_adds_up(edition):
    counted = coverage(edition)
    assert counted.total == 12
    assert counted.by_tier == ((1, 9), (2, 3), (3, 0))
    assert sum(count for _, count in counted.by_tier) == counted.total
    assert sum(count for _, count in counted.by_source) == counted.total
    assert counted.by_source[0] == ("plan-a", 3)
    assert counted.without_address == 4
    assert sum(map(len, numbers_by_source(edition).values())) == counted.total


def test_addresses_list_each_once_with_what_rests_on_it(edition):
    listed = {each.url: each for each in addresses(edition)}
    assert len(listed) == 3
    assert listed["http://example.org/b?x=1&y=2"].numbers == 3
    assert listed["https://example.org/规划乙.html?a=<b>"].cited_by == ("plan-b",)
    assert "https://example.org/late" not in listed


def test_the_published_table_holds_all_of_it(publication):
    table = publication.tables["provenance"]
    assert len(table.rows) == 12
    assert set(table.column("tier")) == {1, 2}


def test_a_key_of_a_published_value_is_the_primary_key_of_its_row(edition, publication):
    table = publication.tables["observations"]
    keys = {";".join(str(row[name]) for name in table.primary_key) for row in table.records()}
    told = {each.key for each in traced_numbers(edition) if each.table == "observations"}
    assert told <= keys
    assert not {key for key in keys if key.count(";") != len(table.primary_key) - 1}
