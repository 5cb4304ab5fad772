"""Single cells: what a spreadsheet did to them and what was meant."""

from datetime import date, timedelta
from decimal import Decimal

from all_of import all_of
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.load.cells import repair_cell

KINDS = ["number", "integer", "date", "boolean", "period", "code", "string"]


@all_of(
    "text, kind, code, meant",
    [
        ("１２", "number", "cell-fullwidth", "12"),
        ("１２．５％", "number", "cell-percent", "12.5"),
        ("12 %", "number", "cell-percent", "12"),
        ("−3.5", "number", "cell-fullwidth", "-3.5"),
        ("'12", "number", "cell-fullwidth", "12"),
        ("1，234", "number", "cell-thousands", "1234"),
        ("12,345,678.9", "number", "cell-thousands", "12345678.9"),
        ("1.2E+3", "number", "cell-scientific", "1200"),
        ("٣", "number", "cell-number", None),
        ("7.00", "integer", "cell-decimal", "7"),
        ("2024/3/1", "date", "cell-date", "2024-03-01"),
        ("2024.03.01", "date", "cell-date", "2024-03-01"),
        ("2024-3-1", "date", "cell-date", "2024-03-01"),
        ("2024/3/1 00:00:00", "date", "cell-date", "2024-03-01"),
        ("2024-03-01T00:00:00", "date", "cell-date", "2024-03-01"),
        ("2024-03-01T00:00:00.000Z", "date", "cell-date", "2024-03-01"),
        ("2024—03—01", "date", "cell-date", "2024-03-01"),
        ("20240301", "date", "cell-date", "2024-03-01"),
        ("２０２４-03-01", "date", "cell-date", "2024-03-01"),
        ("44927", "date", "cell-date-serial", "2023-01-01"),
        ("25/12/2024", "date", "cell-date", "2024-12-25"),
        ("12/25/2024", "date", "cell-date", "2024-12-25"),
        ("5/5/2024", "date", "cell-date", "2024-05-05"),
        ("1/2/2024", "date", "cell-date", None),
        ("True", "boolean", "cell-boolean", "true"),
        ("否", "boolean", "cell-boolean", "false"),
        ("0", "boolean", "cell-boolean", "false"),
        ("2024年", "period", "cell-period", "2024"),
        ("2024.0", "period", "cell-period", "2024"),
        ("2024q3", "period", "cell-period", "2024-Q3"),
        ("2024年第二季度", "period", "cell-period", "2024-Q2"),
        ("2024/3", "period", "cell-period", "2024-03"),
        ("2024年11月", "period", "cell-period", "2024-11"),
        ("2024-S1", "period", "cell-period", "2024-01-01/P6M"),
        ("2024h2", "period", "cell-period", "2024-07-01/P6M"),
        ("2H 2024", "period", "cell-period", "2024-07-01/P6M"),
        ("2024年上半年", "period", "cell-period", "2024-01-01/P6M"),
        ("2024年下半年", "period", "cell-period", "2024-07-01/P6M"),
        ("2024年1—9月", "period", "cell-period", "2024-01-01/P9M"),
        ("24-Mar", "period", "cell-period", "2024-03"),
        ("ｇｄｐ", "code", "cell-fullwidth", "gdp"),
        ("\t名称", "string", "cell-space", "名称"),
    ],
)
def test_what_was_meant(text, kind, code, meant):
    mended = repair_cell(text, kind)
    assert (mended and mended.code, mended and mended.text) == (code, meant)


@all_of(
    "text, kind",
    [
        ("12", "number"),
        ("-0.50", "number"),
        ("约5", "number"),
        ("1,23", "number"),
        ("NaN", "number"),
        ("2024-03-01", "date"),
        ("2024-02-30", "date"),
        ("2024/13/1", "date"),
        ("12345", "date"),
        ("true", "boolean"),
        ("也许", "boolean"),
        ("2024-Q1", "period"),
        ("2023-01-01/P24M", "period"),
        ("2024-13", "period"),
        ("city-a", "code"),
        ("５Ａ级景区", "string"),
        ("两 词", "string"),
        ("第一行\n第二行", "string"),
    ],
)
def test_what_is_right_or_uncertain_is_left_to_the_schema(text, kind):
    assert repair_cell(text, kind) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9))
def test_every_way_to_write_a_number_gives_it_back(value):
    plain = f"{value:f}"
    assert repair_cell(plain, "number") is None
    wide = plain.translate(str.maketrans("0123456789.-", "０１２３４５６７８９．－"))
    for written in (wide, f"{plain}%", f"{plain}％", f" {plain}　", f"'{plain}"):
        mended = repair_cell(written, "number")
        assert mended is not None
        assert Decimal(mended.text) == value
    if abs(value) >= 1000:
        mended = repair_cell(f"{value:,f}", "number")
        assert (mended.code, Decimal(mended.text)) == ("cell-thousands", value)


@given(st.dates(min_value=date(1955, 1, 1), max_value=date(2073, 12, 31)))
def test_every_way_to_write_a_day_gives_it_back(day):
    serial = str((day - date(1899, 12, 30)).days)
    ways = [f"{day.year}/{day.month}/{day.day}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}", serial]
    for written in ways:
        mended = repair_cell(written, "date")
        assert mended.text == day.isoformat()
    assert repair_cell(day.isoformat(), "date") is None
    assert date.fromisoformat(repair_cell(serial, "date").text) + timedelta(0) == day


@given(st.text(max_size=30), st.sampled_from(KINDS))
def test_any_text_is_borne_and_mending_is_final(text, kind):
    mended = repair_cell(text, kind)
    if mended and mended.text:
        again = repair_cell(mended.text, kind)
        assert again is None or again.text != text
