"""Long tables begin with what is known and fold the rest; nothing is lost."""

from dataclasses import replace

from page_samples import emptied, made, page

from build_scripts.core.language import speaking
from build_scripts.core.method import Assessment, Status
from build_scripts.pages import unit
from build_scripts.pages.folding import FEW, MOST_OPEN, folded
from build_scripts.render import render_page
from build_scripts.report import RelatedSeries
from build_scripts.report.ordering import DISCLOSED, JUDGED, NOTHING, RELATED, by_knowledge, rank

TRANSPORT = "units/transport/"


def entries(given, count=FEW + 3):
    """Copies of one target of which nothing is known, each under an id of its own."""
    blank = replace(
        given.report.entries[0], figures=(), happenings=(), related=(), assessment=Assessment(Status.NO_DATA)
    )
    return [replace(blank, target=replace(blank.target, target_id=f"t-{n}")) for n in range(count)]


def test_judged_come_first_then_data_then_data_near_then_silence(given):
    silent, near, data, judged, *_ = entries(given)
    record = given.report.package.related_indicators[0]
    near = replace(near, related=(RelatedSeries(record, near.indicator, near.region, given.report.entries[0].figures),))
    data = replace(data, figures=given.report.entries[0].figures)
    judged = replace(judged, assessment=Assessment(Status.ON_TRACK))
    ordered = by_knowledge([silent, near, data, judged])
    assert [entry.target_id for entry in ordered] == ["t-3", "t-2", "t-1", "t-0"]
    assert [rank(entry) for entry in ordered] == [JUDGED, DISCLOSED, RELATED, NOTHING]


def test_the_silent_rest_is_folded_and_counted(given):
    found = entries(given)
    found[5] = replace(found[5], assessment=Assessment(Status.ON_TRACK))
    table = folded(found, "目标")
    assert [row.link.address for row in table.shown] == ["targets/t-5/"]
    assert [fold.title for fold in table.folds] == [f"没有收录数据的{len(found) - 1}项"]
    assert table.total == len(found)


def test_where_nothing_was_published_there_is_no_column_of_dashes(tmp_path):
    silent = render_page(page(unit.pages(made(tmp_path, emptied("observations"), emptied("task_events"))), TRANSPORT))
    assert '<th scope="col">最新公布</th>' not in silent
    assert '<td class="latest">' not in silent
    assert '<th scope="col">最新公布</th>' in render_page(page(unit.pages(made(tmp_path)), TRANSPORT))


def test_of_very_many_with_data_the_rest_is_folded_too(given):
    found = [replace(each, assessment=Assessment(Status.ON_TRACK)) for each in entries(given, MOST_OPEN + 5)]
    table = folded(found, "目标")
    assert len(table.shown) == MOST_OPEN
    assert [len(fold.rows) for fold in table.folds] == [5]


def test_a_short_table_is_not_folded(given):
    table = folded(entries(given, FEW), "目标")
    assert (len(table.shown), table.folds) == (FEW, ())


def test_data_of_its_own_is_not_called_similar(given):
    """A package without similar indicators said “33 more with similar data” of targets with figures of their own."""
    own = [replace(each, assessment=Assessment(Status.ON_TRACK)) for each in entries(given, MOST_OPEN + 2)]
    record = given.report.package.related_indicators[0]
    series = RelatedSeries(record, own[0].indicator, own[0].region, given.report.entries[0].figures)
    near = [replace(each, related=(series,)) for each in entries(given, MOST_OPEN + 2)]
    assert folded(own, "目标").folds[0].title == "再列2项有数据的"
    assert folded(near, "目标").folds[0].title == "再列2项有相近数据的"
    assert folded([*own, *near], "目标").folds[0].title == f"再列{MOST_OPEN + 4}项有数据或相近数据的"
    with speaking("en"):
        assert folded(own, "x").folds[0].title == "2 more with data"
