"""The data-quality page: every check of the registry, every warning with its row, coverage that adds up."""

from dataclasses import replace
from datetime import date

from packages import ROOT, add, cell
from page_samples import made

from build_scripts.checks import CHECKS, load_package
from build_scripts.checks.sentences import said
from build_scripts.exports import coverage
from build_scripts.exports.publication import files
from build_scripts.locale import t
from build_scripts.pages import quality
from build_scripts.render import render_page

JUMP = cell("observations", 4, "value", "900")


def view(given):
    return next(quality.pages(given)).view


def test_every_check_of_the_registry_is_listed_once(given):
    shown = view(given)
    assert [row.name for row in shown.checks] == [check.name for check in CHECKS]
    assert not set(shown.reading) & {check.name for check in CHECKS}
    assert t("checks.encoding.name") in shown.reading


def test_a_warning_is_shown_with_file_row_and_advice(tmp_path):
    given = made(tmp_path, JUMP)
    warnings = [each for each in given.report.package.warnings if each.file == "progress/observations.csv"]
    assert warnings
    shown = view(given)
    assert len(shown.warnings) == len(given.report.package.warnings)
    row = next(each for each in shown.warnings if each.message == warnings[0].message)
    assert row.file.address == "data/csv/observations.csv"
    assert row.row == f"第{warnings[0].row}行"
    assert row.hint
    assert row.name
    code = next(check for check in CHECKS if check.name == row.name)
    assert next(each for each in shown.checks if each.name == code.name).found
    assert f"有{len(shown.warnings)}条提醒" in shown.sentence


def test_a_clean_package_is_called_clean(given):
    assert given.report.package.warnings == ()
    assert view(given).sentence.endswith("这一版全部通过，没有错误，也没有提醒。")
    assert not any(row.found for row in view(given).checks)
    assert "warning-rows" not in render_page(next(quality.pages(given)))


def test_coverage_by_project_and_by_unit_counts_every_target_once(given):
    shown = view(given)
    total = len(given.report.entries)
    for rows in (shown.projects, shown.units):
        assert sum(int(row.total) for row in rows) == total
        assert sum(int(row.disclosed) for row in rows) == given.report.tally.disclosed
        assert sum(int(row.unanswered) for row in rows) == len(given.report.unanswered)
        assert all(sum(map(int, row.states)) == int(row.unanswered) for row in rows)
    assert shown.units[-1].link.label == "原文没有写明"


def test_tiers_add_up_to_all_figures(tmp_path):
    row = {"indicator_id": "gdp", "region_id": "city", "period": "2020", "basis": "main", "pub": "2021-03-01"}
    given = made(tmp_path, cell("sources", 4, "tier", "3"), add("observations", **row, source_id="yearbook",
                                                               value="150", obs_status="A"))  # fmt: skip
    total = sum(len(series) for series in given.report.figures_by_series.values())
    assert f"{total}个公布的数字" in view(given).tiers
    assert "“三级：其他媒体”1个" in view(given).tiers


def test_all_numbers_are_counted_by_the_tier_of_their_source(given):
    traced = view(given).traced
    counted = coverage(given.published.edition)
    assert sum(int(row.numbers) for row in traced.tiers) == counted.total
    assert f"{counted.total}个数字" in traced.sentence
    assert {link.address for link in traced.files} <= {path for path, _ in files(given.published)}
    assert view(replace(given, published=None)).traced is None


def test_sentences_that_say_nothing_are_counted(given):
    view = next(quality.pages(given)).view
    counts = said(given.report.package.targets)
    if counts["sentences"]:
        assert f"{counts['sentences'] - counts['year']}没有写年份" in view.sentences
        assert f"{counts['sentences'] - counts['bound']}没有写" in view.sentences
    else:
        assert view.sentences == ""


def test_the_published_package_counts_its_silent_sentences():
    package = load_package(ROOT / "datapackage", date(2026, 11, 28))
    counts = said(package.targets)
    assert 0 < counts["year"] < counts["sentences"] == len([each for each in package.targets if each.quote])
    assert 0 < counts["bound"] < counts["sentences"]
