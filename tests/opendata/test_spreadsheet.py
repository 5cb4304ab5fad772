"""The rule that keeps text from becoming a formula: it holds for any text, and the way back is exact."""

from __future__ import annotations

import csv
import io

import opendata_samples as samples
import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.core.spreadsheet import escape, unescape
from build_scripts.exports import Publication
from build_scripts.exports.formats import csv_excel, csv_plain

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
nasty = st.text() | st.text(alphabet="'=+-@\t\r\n＝＋－＠1a字")


@given(nasty)
def test_escaping_is_undone_exactly_and_leaves_no_formula(text):
    assert unescape(escape(text)) == text
    assert not escape(text).startswith(STARTS_A_FORMULA)


@given(nasty, nasty)
def test_two_texts_never_become_one(first, second):
    assert (escape(first) == escape(second)) == (first == second)


@pytest.mark.parametrize("text", ["2250亿元", "'引号", "", "a=1", "约5%", "（-1）"])
def test_harmless_text_stays_as_it_is(text):
    assert escape(text) == text


def test_excel_csv_has_a_mark_and_escaped_text_the_plain_one_neither():
    table = Publication(samples.edition()).tables["targets"]
    plain, excel = csv_plain(table), csv_excel(table)
    assert excel.startswith(b"\xef\xbb\xbf")
    assert not plain.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in excel.splitlines(keepends=True)[0]
    rows = {
        name: list(csv.DictReader(io.StringIO(data.decode(encoding), newline="")))
        for name, data, encoding in (("plain", plain, "utf-8"), ("excel", excel, "utf-8-sig"))
    }
    originals = [target.name for target in samples.package().targets]
    assert [row["name"] for row in rows["plain"]] == originals
    assert [row["name"] for row in rows["excel"]] == [escape(name) for name in originals]
    for shown, original in zip(rows["excel"], rows["plain"], strict=True):
        for column, text in shown.items():
            # Figures are figures: a minus sign before digits in a number column starts no formula.
            if column not in {"value", "value_high", "baseline_value"}:
                assert not text.startswith(STARTS_A_FORMULA)
                assert unescape(text) == original[column]
