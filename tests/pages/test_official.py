"""An authority's own judgement stands beside ours and changes nothing of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from packages import table, write_package

from build_scripts.checks import load_package
from build_scripts.core.errors import DataError
from build_scripts.core.language import speaking
from build_scripts.core.method import Status
from build_scripts.pages.official import official
from build_scripts.report import build_report

DAY, TODAY = date(2024, 6, 30), date(2026, 11, 21)
HEAD = "target_id,pub,source_id,verdict,same_as,baseline_period,baseline_value,period,value,reason"


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return build_report(load_package(write_package(tmp_path_factory.mktemp("plain")), TODAY), DAY)


@pytest.fixture(scope="module")
def judged(plain):
    """A target that our method judges, and the source of a figure known by the day."""
    entry = next(each for each in plain.entries if each.latest is not None and each.status is not Status.NO_DATA)
    return entry, entry.latest.observation.source_id


def with_rows(tmp_path, *rows):
    folder = write_package(tmp_path, table("official_judgements", "\n".join([HEAD, *rows]) + "\n"))
    return build_report(load_package(folder, TODAY), DAY)


def test_a_package_without_any_has_none(plain, judged):
    assert official(plain, judged[0]) is None


def test_our_status_stays_as_it_was_whatever_the_authority_says(tmp_path, plain, judged):
    entry, source = judged
    report = with_rows(tmp_path, f"{entry.target_id},2024-01-01,{source},糟糕,reversing;missed,,,,,它只看一年。")
    assert {each.target_id: each.status for each in report.entries} == {
        each.target_id: each.status for each in plain.entries
    }
    view = official(report, report.entry_by_id[entry.target_id])
    assert "“糟糕”" in view.said
    assert view.beside.endswith("它只看一年。")
    assert view.source.address == f"sources/{source}/"


def test_the_same_view_is_said_to_be_the_same(tmp_path, judged):
    entry, source = judged
    report = with_rows(tmp_path, f"{entry.target_id},2024-01-01,{source},好,{entry.status.value},2020,10,2023,12.5,")
    view = official(report, report.entry_by_id[entry.target_id])
    assert view.beside == "本站的结果与此一致。"
    assert "2023年" in view.compared
    assert "12.5" in view.compared


def test_the_latest_that_was_published_by_the_day_counts(tmp_path, judged):
    entry, source = judged
    late = DAY + timedelta(days=1)
    rows = [
        f"{entry.target_id},{day},{source},{word},,,,,," for day, word in (("2023-01-01", "旧"), ("2024-01-01", "新"))
    ]
    report = with_rows(tmp_path, *rows, f"{entry.target_id},{late},{source},明日,,,,,,")
    assert "“新”" in official(report, report.entry_by_id[entry.target_id]).said


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("nobody,2024-01-01,{source},好,,,,,,", "foreign-key"),
        ("{target},2024-01-01,{source},好,splendid,,,,,", "cell-pattern"),
        ("{target},2024-01-01,{source},,,,,,,", "cell-required"),
    ],
)
def test_rows_that_cannot_be_used_are_errors(tmp_path, judged, row, code):
    entry, source = judged
    text = row.format(target=entry.target_id, source=source)
    folder = write_package(tmp_path, table("official_judgements", f"{HEAD}\n{text}\n"))
    with pytest.raises(DataError) as failed:
        load_package(folder, TODAY)
    assert {each.code for each in failed.value.problems} == {code}


def test_years_of_a_judgement_are_named_as_its_figures_are(tmp_path, judged):
    """“6.8 litres in 2024” beside a figure for 2024/25 would look like another figure."""
    entry, source = judged
    report = with_rows(tmp_path, f"{entry.target_id},2024-01-01,{source},好,,2020,10,2023,12.5,")
    known = report.entry_by_id[entry.target_id]
    seen = known.latest
    fiscal = replace(seen, observation=replace(seen.observation, period="2023-04-01/P12M=2023"))
    with speaking("en"):
        assert "in 2023/24 with" in official(report, replace(known, figures=(fiscal,))).compared
        assert "in 2020" in official(report, replace(known, figures=(fiscal,))).compared
