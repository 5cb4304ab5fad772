"""Disclosure requests: sent to a body that can answer, about what can be there, in words that fit the promise."""

from dataclasses import replace
from datetime import date

import pytest

from build_scripts.core.government import InformationRequest
from build_scripts.core.method import Assessment, Status
from build_scripts.core.records import Unit
from build_scripts.pages.request import request_lead, request_text

ROADS = Unit("roads", "市交通局", "department")
LEADS = Unit("leads", "各牵头单位", "other")
POWER = Unit("power", "市供电公司", "enterprise")
PARTY = Unit("party", "市委组织部", "department")


def with_units(entry, lead=None, responsible=()):
    return replace(entry, lead=lead, responsible=tuple(responsible))


def test_the_lead_unit_is_asked(entry):
    asked = with_units(entry("gdp-2025"), ROADS, (LEADS,))
    assert request_text(asked).startswith("市交通局：\n")
    assert request_lead(asked).startswith("如果需要这项数据，可以向牵头单位市交通局提出")


@pytest.mark.parametrize("passed_over", [LEADS, POWER, PARTY], ids=lambda unit: unit.name)
def test_a_body_that_cannot_answer_is_passed_over(entry, passed_over):
    assert request_text(with_units(entry("gdp-2025"), passed_over, (passed_over, ROADS))).startswith("市交通局：\n")


def test_the_government_office_that_issued_the_plan_is_asked_last(entry):
    base = entry("gdp-2025")
    both = replace(base.plan, issuer="中共测试市委办公室、测试市人民政府办公室")
    asked = with_units(replace(base, plan=both), LEADS)
    assert request_text(asked).startswith("测试市人民政府办公室：\n")
    assert "印发文件的测试市人民政府办公室" in request_lead(asked)


def test_no_result_is_asked_of_a_year_to_come(entry):
    early = request_text(entry("gdp-2025"))
    assert "请公开“测试市地区生产总值”的最新进展" in early
    late = request_text(replace(entry("gdp-2025"), as_of=date(2026, 3, 1)))
    assert "请公开2025年“测试市地区生产总值”的完成情况" in late


def test_what_is_done_early_is_asked_for_its_proof(entry):
    done = request_text(replace(entry("open-2024"), assessment=Assessment(Status.ACHIEVED)))
    assert "的完成情况，包括完成时间和认定依据。" in done


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("annual_task", "请公开“地区生产总值”的开展情况，包括文件印发以来每一次的时间、内容和结果。"),
        ("envelope", "包括计划总投资、累计完成投资和统计时点。"),
        ("qualitative", "包括衡量标准、目前的做法和成效，以及认定依据。"),
        ("rank", "包括历年名次、排位口径和参加排位的范围。"),
    ],
)
def test_every_kind_is_asked_for_what_it_can_have(entry, kind, expected):
    base = entry("gdp-2025")
    assert expected in request_text(replace(base, target=replace(base.target, kind=kind)))


def test_the_passage_is_named_and_quoted(entry):
    assert "（测政〔2021〕1号）“二、（一）”部分提出“200亿元”。" in request_text(entry("gdp-2025"))


OWN = InformationRequest(
    law="Freedom of Information Act 2000", wording="To {body}, under the {law}:\n{items}\nThank you."
)


def test_a_government_asks_in_its_own_words(entry):
    said = request_text(entry("gdp-2025"), OWN)
    assert said.startswith("To ")
    assert "under the Freedom of Information Act 2000:\n" in said
    assert said.endswith("\nThank you.")
    assert "“200亿元”" in said


def test_a_law_of_its_own_stands_in_the_usual_letter(entry):
    said = request_text(entry("gdp-2025"), replace(OWN, wording=""))
    assert "根据Freedom of Information Act 2000，" in said
    assert "《中华人民共和国政府信息公开条例》" not in said
    assert "《中华人民共和国政府信息公开条例》" in request_text(entry("gdp-2025"))


def test_where_nobody_may_ask_there_is_no_letter(entry):
    assert request_text(entry("gdp-2025"), None) == ""
