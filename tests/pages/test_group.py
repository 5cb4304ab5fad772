"""Groups of regions: an unofficial bundle of their own targets, never compared with another group."""

from dataclasses import replace
from decimal import Decimal

import pytest
from packages import cell
from page_samples import made

from build_scripts.core.method import Assessment, Status
from build_scripts.pages.group import group_view
from build_scripts.report import join_report

ROWS = (2, 3, 5, 7)


@pytest.fixture(scope="module")
def given_group(tmp_path_factory):
    """The invented package with four targets moved to the group."""
    return made(tmp_path_factory.mktemp("group"), *(cell("targets", row, "region_id", "group-ab") for row in ROWS))


def seen(given, **statuses):
    """The group's view when its targets have these verdicts, in file order."""
    report = given.report
    verdicts = {entry.target_id: entry.assessment for entry in report.entries}
    verdicts |= {key.replace("_", "-"): value for key, value in statuses.items()}
    package = report.package
    return group_view(join_report(package, report.as_of, verdicts), package.region_by_id["group-ab"])


NONE = Assessment(Status.NO_DATA)


def test_too_little_to_judge_is_said_with_the_rule(given_group):
    view = seen(given_group, gdp_2025=NONE, share_2025=NONE, parks_2025=NONE, open_2024=NONE)
    assert view.badge.code == "not_assessable"
    assert view.score == ""
    assert "不少于50%且不少于3项" in view.why
    assert "没有一项收录到可以评分的数据" in view.sentence
    assert view.weakest is None


def test_a_scored_group_shows_score_coverage_and_weakest(given_group):
    view = seen(
        given_group,
        gdp_2025=Assessment(Status.ACHIEVED),
        share_2025=Assessment(Status.SLIGHTLY_BEHIND, ratio=Decimal("0.8")),
        parks_2025=Assessment(Status.ON_TRACK, ratio=Decimal("1.2")),
        open_2024=NONE,
    )
    assert view.badge.code == "slightly_behind"
    assert "综合得分93.3" in view.score
    assert view.why == ""
    assert view.weakest.address == "targets/share-2025/"
    assert "其中3项有公开数据可以评分，1项已达到" in view.sentence
    assert sum(part.count for part in view.strip.segments) == 4


def test_the_label_says_unofficial_and_nothing_is_ranked(given_group):
    view = seen(given_group)
    assert view.label.startswith("非官方分组视图")
    assert "不给区块或县（市、区）排名" in view.note


def test_only_groups_with_targets_of_their_own_have_the_view(report):
    regions = report.package.region_by_id
    assert group_view(report, regions["group-ab"]) is None
    assert group_view(report, regions["city"]) is None
    assert group_view(report, replace(regions["county-a"], level="zone")) is None
