"""What each kind needs: one table for the rules, the handbook and the tests."""

from __future__ import annotations

import re

import pytest
from all_of import all_of
from packages import ROOT

from build_scripts.assess.engine import KINDS as JUDGED
from build_scripts.checks.flags import FLAGS
from build_scripts.checks.kinds import COMPARATORS, DIRECTIONS, KINDS, NATURES, kinds_table, natures_of, units
from build_scripts.core.language import speaking
from build_scripts.core.records import Indicator
from build_scripts.core.tables import TABLES

CONTRACTS = {
    "zh": (ROOT / "docs" / "data-contract.md").read_text(encoding="utf-8"),
    "en": (ROOT / "build_scripts" / "starter" / "pages.en" / "data-contract.md").read_text(encoding="utf-8"),
}


def indicator(unit: str, nature: str = "", direction: str = "up") -> Indicator:
    return Indicator("x", "指标", unit, 1, direction, "A", "虚构", nature)


def test_every_kind_of_the_method_is_in_the_table() -> None:
    assert set(KINDS) == set(JUDGED)
    columns = {column.name for column in TABLES["targets"].columns}
    for needs in KINDS.values():
        assert set(needs.comparators) <= set(COMPARATORS)
        assert set(needs.natures) <= set(NATURES)
        assert set(needs.fields) <= columns
        for directions in (*needs.comparators.values(), *needs.natures.values()):
            assert set(directions) <= set(DIRECTIONS)


@pytest.mark.parametrize("code", CONTRACTS)
def test_the_contract_prints_the_table(code: str) -> None:
    printed = CONTRACTS[code].partition("<!-- kinds -->\n")[2].partition("<!-- /kinds -->")[0]
    with speaking(code):
        assert printed == kinds_table(), "print build_scripts.checks.kinds.kinds_table() into the data contract"


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=CONTRACTS)
def test_the_contract_names_every_flag(contract: str) -> None:
    section = contract.partition("{ #flags }")[2].partition("## ")[0]
    assert set(re.findall(r"`([a-z][a-z-]*[a-z])(?::[^`]*)?`", section)) - {"targets", "flags"} == set(FLAGS)


@all_of(
    "unit, found",
    [
        ("亿元", "level"), ("%", "share"), ("%/年", "growth"), ("位", "rank"), ("位次", "rank"), ("个", "count"),
        ("分钟", "time"), ("张/千人", "level"), ("", "level"),
    ],
)  # fmt: skip
def test_a_nature_that_is_not_named_follows_from_the_unit(unit: str, found: str) -> None:
    assert natures_of(indicator(unit))[0] == found
    assert natures_of(indicator(unit, "index")) == ("index",), "what is named counts"


@all_of(
    "kind, unit, allowed",
    [
        ("level_by", "亿元", ("亿元",)),
        ("multiple_of_base", "亿元", ("倍",)),
        ("avg_growth", "%", ("%/年", "%")),
        ("avg_increment", "%", ("个百分点/年", "%")),
        ("avg_increment", "亿元", ("亿元", "亿元/年")),
        ("rank", "位", ("位", "位次")),
    ],
)
def test_units_by_kind(kind: str, unit: str, allowed: tuple[str, ...]) -> None:
    assert units(kind, indicator(unit)) == allowed
