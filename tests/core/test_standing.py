"""What of a series is told as the latest, where no nature says whether its numbers add up."""

from dataclasses import replace
from datetime import date

import packages
import pytest
from all_of import all_of

from build_scripts.checks import load_package
from build_scripts.core.standing import standings


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    packages.write_package(folder)
    return load_package(folder, date(2026, 11, 22))


@all_of(
    "unit, amounts",
    [
        ("亿元", True),
        ("万人", True),
        ("thousand tonnes", True),
        ("%", False),
        ("per cent", False),
        ("个百分点", False),
        ("percentage points", False),
        ("位次", False),
        ("倍", False),
        ("分", False),
        ("分钟", False),
        ("hours", False),
    ],
)
def test_a_unit_says_whether_its_numbers_are_amounts(small, unit, amounts):
    package = replace(small, indicators=tuple(replace(each, unit=unit) for each in small.indicators))
    assert {each.amounts for each in standings(package).values()} == {amounts}
