"""Figures in Chinese numerals, in mixed ones and with marks: read where they can mean one number only."""

from decimal import Decimal

import pytest
from all_of import all_of

from build_scripts.forms.grid import GridCell
from build_scripts.forms.numbers import read_number
from build_scripts.forms.numerals import in_digits
from build_scripts.forms.reading import CellError


@all_of(
    "typed, plain",
    [
        ("三百二十", "320"),
        ("一千三百二十家", "1320家"),
        ("壹仟叁佰贰拾", "1320"),
        ("一三二〇", "1320"),
        ("两千", "2000"),
        ("十二", "12"),
        ("一百零五", "105"),
        ("一万零三十", "1.003万"),
        ("三点二", "3.2"),
        ("三点二亿元", "3.2亿元"),
        ("3万2千", "3.2万"),
        ("1千3百20", "1320"),
        ("71亿3000万", "713000万"),
        ("三亿二千万元", "32000万元"),
        ("百分之二点一", "2.1%"),
        ("负三百", "-300"),
    ],
)
def test_numerals_of_one_meaning_become_digits(typed, plain):
    assert in_digits(typed) == plain


@all_of(
    "typed",
    [
        *("三百二", "三万二", "3万2", "二三百", "十几", "百", "千万", "二百三百", "五万千瓦"),
        *("三五", "1.5万3千", "百万元", "3百万元", "一千零二百三", "第三", "八点", "点八"),
    ],
)
def test_numerals_of_more_than_one_meaning_stay_as_they_are(typed):
    assert in_digits(typed) == typed


@all_of(
    "typed, unit, value",
    [
        ("三百二十", "家", "320"),
        ("3万2千", "家", "32000"),
        ("3万2千", "万人", "3.2"),
        ("三百二十", "亿元", "320"),
        ("三亿二千万", "亿元", "3.2"),
        ("71亿3千万元", "亿元", "71.3"),
        ("71.3亿元整", "亿元", "71.3"),
        ("71.3亿人民币", "亿元", "71.3"),
        ("百分之二点一", "%", "2.1"),
        ("1320个", "家", "1320"),
    ],
)
def test_figures_in_numerals_are_taken_and_told(typed, unit, value):
    read = read_number(GridCell(typed), unit, 2)
    assert (read.value.value, read.code) == (Decimal(value), "number_converted")


@all_of(
    "typed, code, facts",
    [
        ("1320①", "number_remark", {"value": "1320"}),
        ("105²", "number_remark", {"value": "105"}),
        ("1、320", "number_text", {}),
        ("2。1", "number_text", {}),
        ("预计1320", "number_text", {}),
        ("1320（预计）", "number_text", {}),
        ("第三", "number_text", {}),
        ("三百二", "number_text", {}),
        ("壹仟叁", "number_text", {}),
        ("一千三百多", "number_text", {}),
    ],
)
def test_marks_and_half_numerals_are_named_and_never_joined_to_the_figure(typed, code, facts):
    with pytest.raises(CellError) as failure:
        read_number(GridCell(typed), "家", 0)
    assert failure.value.code == code
    assert facts.items() <= failure.value.facts.items()


@all_of(
    "typed, value",
    [
        ("增长8.3%", "8.3"),
        ("同比增长8.3", "8.3"),
        ("下降3.2%", "-3.2"),
        ("同比下降3.2个百分点", None),
        ("八点三", "8.3"),
        ("增长", None),
    ],
)
def test_words_of_growth_are_read_where_a_growth_rate_is_asked_for(typed, value):
    if value is None:
        with pytest.raises(CellError):
            read_number(GridCell(typed), "%", 1, growth=True)
    else:
        assert read_number(GridCell(typed), "%", 1, growth=True).value.value == Decimal(value)
    if not typed.startswith("八"):
        with pytest.raises(CellError) as failure:
            read_number(GridCell(typed), "%", 1)
        assert failure.value.code == "number_growth"
