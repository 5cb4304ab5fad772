"""The rule that keeps text from becoming a formula: it holds for any text, and the way back is exact."""

from __future__ import annotations

import csv
import io
import re

import opendata_samples as samples
from all_of import all_of
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.core.spreadsheet import escape, keep, unescape, unkeep
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


rewritten = st.from_regex(r"'{0,2}[0-9]{1,4}[-/.年][0-9]{1,2}([-/.月][0-9]{1,2}日?)?", fullmatch=True)


@given(nasty | rewritten, nasty | rewritten)
def test_what_a_spreadsheet_would_rewrite_is_kept_and_given_back(first, second):
    assert unkeep(keep(first)) == first
    assert (keep(first) == keep(second)) == (first == second)
    assert not keep(first).startswith(STARTS_A_FORMULA)


@all_of(
    "text",
    ["2025-03", "2025-3", "2025-03-01", "3/4", "2025/3/1", "2025.3.1", "2025年3月", "3月5日", "Mar 2025",
     "18 July 2025", "012", "1e5", "12345678901234567"],
)  # fmt: skip
def test_text_that_would_become_a_day_or_another_number_is_kept_as_text(text):
    assert keep(text) == f"'{text}"
    assert unkeep(keep(text)) == text


@all_of("text", ["2025", "2025-Q1", "2023-01-01/P24M", "13.7", "331100", "约3/4", "sdgc-01", "2025年底", "一2-3"])
def test_text_that_stays_as_it_is_gets_no_apostrophe(text):
    assert keep(text) == text


def test_periods_in_every_excel_csv_stay_periods():
    """Of the downloads and subsets; days in columns of days stay days."""
    published = Publication(samples.edition())
    seen = 0
    for each in (*published.downloads, *published.subsets):
        if each.format == "excel-csv":
            for row in csv.DictReader(io.StringIO(each.content.decode("utf-8-sig"), newline="")):
                for column in row.keys() & {"period", "target_period", "latest_period", "judged_period"}:
                    assert not re.fullmatch(r"\d{4}-\d\d(-\d\d)?", row[column]), (each.path, column)
                    seen += row[column].startswith("'")
                assert all(not value.startswith("'") for name, value in row.items() if name in {"pub", "due"})
    assert seen


@all_of("text", ["2250亿元", "'引号", "", "a=1", "约5%", "（-1）"])
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
    assert [row["name"] for row in rows["excel"]] == [keep(name) for name in originals]
    for shown, original in zip(rows["excel"], rows["plain"], strict=True):
        for column, text in shown.items():
            # Figures are figures: a minus sign before digits in a number column starts no formula.
            if column not in {"value", "value_high", "baseline_value"}:
                assert not text.startswith(STARTS_A_FORMULA)
                assert unkeep(text) == original[column]
