"""Nobody's numbers are published: what is told, by country, and what is not."""

from datetime import date
from pathlib import Path

import pytest
from all_of import all_of
from packages import ROOT, cell, descriptor

from build_scripts.checks import find_violations
from build_scripts.core.government import Government
from build_scripts.core.personal import chinese_identity, is_suspect, luhn, numbers, without_phones
from build_scripts.load import read

TODAY = date(2026, 11, 21)


def identity(front: str) -> str:
    return next(front + last for last in "0123456789X" if chinese_identity(front + last))


def card(front: str) -> str:
    return next(front + str(last) for last in range(10) if luhn(front + str(last)))


def kinds(text: str, country: str = "CN") -> list[str]:
    return [each.kind for each in numbers(text, country)]


@pytest.mark.parametrize(
    "text",
    [
        f"经办人{identity('33250119800229123'[:6] + '19800229123')}",
        f"证件：{identity('33250119991231001').lower()}。",
        "".join(chr(ord(char) + 0xFEE0) for char in identity("33250119991231001")),
    ],
)
def test_a_chinese_identity_number_is_known_by_its_check_character(text):
    assert kinds(text) == ["identity"]


def test_other_eighteen_digits_are_no_identity_number():
    right = identity("33250119991231001")
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    assert not chinese_identity(wrong)
    assert not chinese_identity(identity("33250119991231001").replace("19991231", "19991331"))
    assert kinds(f"{wrong[:4]}.{wrong[4:]}") == []


@all_of(
    "text",
    [
        "请联系13800138000",
        "电话138-0013-8000",
        "+86 13800138000",
        "１３８００１３８０００",
        "0578-2091234",
        "(0578)2091234",
    ],
)
def test_chinese_phones_are_known(text):
    assert kinds(text) == ["phone"]


@all_of(
    "written, name",
    [
        ("王五/13912345678", "王五/"),
        ("王五,139 1234 5678", "王五,"),
        ("王五１３９１２３４５６７８", "王五"),
        ("王五（0578-2091234-802）", "王五（-802）"),
        ("王五 +86 13912345678、(0578)2091234", "王五 、"),
        ("王五 2026年11月", "王五 2026年11月"),
    ],
)
def test_what_looks_like_a_phone_is_taken_from_a_name(written, name):
    assert without_phones(written) == name
    assert is_suspect(written) is (written != name)


def test_what_looks_like_an_identity_number_is_suspect_even_with_a_wrong_check_character():
    right = identity("33250119991231001")
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    assert is_suspect(f"经办人{wrong}，")
    assert is_suspect(f"/{right}")
    assert not is_suspect("2020—2025年累计1380013.8亿元")


@all_of(
    "text",
    [
        "投资13500000000元",
        "13800138000 千瓦时",
        "浙政发〔2020〕12345678901号"[:14],
        "2020-2025年，1,380,013.8亿元",
        "138001380001",
        "编号A13800138000",
        "n2/2022/0215/c186327-35134568.html",
        "1.3800138000",
        "2024年1月1日至2025年12月31日",
    ],
)
def test_figures_years_and_document_numbers_are_none(text):
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text", [card("622202000000000123"), card("411111111111111"), f"卡号{card('622202000000012')}。"]
)
def test_a_bank_card_is_known_by_its_check_digit(text):
    assert kinds(text) == ["bank"]
    digit = text.rstrip("。")[-1]
    assert kinds(text.rstrip("。")[:-1] + str((int(digit) + 1) % 10)) == []


def test_a_card_in_groups_of_four_is_known():
    digits = card("411111111111111")
    assert kinds(" ".join(digits[i : i + 4] for i in range(0, 16, 4)), "CA") == ["bank"]


def test_each_country_has_its_own_numbers():
    insurance = card("12345678")
    written = f"{insurance[:3]}-{insurance[3:6]}-{insurance[6:]}"
    assert kinds(written, "CA") == ["identity"]
    assert kinds(written, "CN") == []
    assert kinds("(905) 555-0123 and 1-416-555-0199", "CA") == ["phone", "phone"]
    assert kinds("123-45-6789", "US") == ["identity"]
    assert kinds("000-45-6789", "US") == []
    assert kinds("13800138000", "CA") == []
    assert kinds("+44 20 7946 0958", "GB") == ["phone"]


def test_the_country_is_that_of_the_currency_else_of_language_and_zone():
    assert Government().country == "CN"
    assert Government(currency="CAD", timezone="Asia/Shanghai").country == "CA"
    assert Government(languages=("en-GB",), timezone="Europe/London").country == "GB"
    assert Government(languages=("en",), timezone="America/Toronto").country == "CA"
    assert Government(languages=("en",)).country == ""


def found(folder: Path) -> list[tuple[str, str, str]]:
    problems = [each for each in find_violations(read(folder), TODAY) if each.code == "personal-number"]
    return [(each.file, each.field, each.message) for each in problems]


def test_a_cell_is_named_and_the_number_is_not_repeated(make_package):
    ((file, field, message),) = found(make_package(cell("sources", 2, "note", "作者电话13800138000")))
    assert (file, field) == ("progress/sources.csv", "note")
    assert "13800138000" not in message
    assert "138" in message


@pytest.mark.parametrize("note", ["办公电话0578-2091234", "服务热线：13800138000"])
def test_an_office_s_public_phone_is_excused_where_it_says_so(make_package, note):
    assert found(make_package(cell("sources", 2, "note", note))) == []


def test_an_identity_number_is_never_excused(make_package):
    note = f"办公电话 {identity('33250119991231001')}"
    assert len(found(make_package(cell("sources", 2, "note", note)))) == 1


def test_the_descriptor_is_read_too(make_package):
    spoken = descriptor(lambda said: said.update(description="请打13800138000"))
    assert [field for _file, field, _message in found(make_package(spoken))] == ["description"]


def test_the_package_that_is_published_holds_none():
    assert found(ROOT / "datapackage") == []
