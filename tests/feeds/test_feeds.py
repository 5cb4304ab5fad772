"""Feeds are valid Atom, tell everything once, keep their ids for ever and come out the same from the same report."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest

from build_scripts.bulletins import digests
from build_scripts.checks import load_package
from build_scripts.core.identity import Site
from build_scripts.feeds import feed_files
from build_scripts.feeds.atom import Feed, atom
from build_scripts.feeds.entries import Entry
from build_scripts.feeds.feeds import KEPT
from build_scripts.pages import SiteData, build_pages, feedlinks
from build_scripts.report import build_report

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
ATOM = "{http://www.w3.org/2005/Atom}"
GUIDES = {"zh": ROOT / "docs/open-data.md", "en": ROOT / "build_scripts/starter/pages.en/open-data.md"}
NO_ADDRESS = Site("规划进展公开", "项目组")
WITH_ADDRESS = Site("规划进展公开", "项目组", "https://example.org/plan/")


@pytest.fixture(scope="module")
def real():
    return load_package(ROOT / "datapackage", TODAY)


def feeds_of(package, site=NO_ADDRESS, today=TODAY):
    """Every feed's bytes by path."""
    told = digests(package, today)
    return {each.path: each.data for each in feed_files(build_report(package, today), told, site)}


@pytest.fixture(scope="module")
def feeds(real):
    return feeds_of(real)


def test_there_is_one_of_everything_and_one_for_each_project_and_region(real, feeds):
    wanted = {feedlinks.UPDATES, feedlinks.REVISIONS, feedlinks.BULLETINS}
    wanted |= {feedlinks.project_feed(project.project_id) for project in real.projects}
    wanted |= {feedlinks.region_feed(region.region_id) for region in real.regions}
    assert set(feeds) == wanted


def test_entries_are_written_as_the_library_writes_them():
    odd = Entry("k|<&>", date(2026, 1, 2), 'a & b <c> "d"\x01', "两行\n与\t空格 'e'", 'x/?a="1"&b=2')
    feed = Feed("feeds/x.xml", "x", "题", "说明", "", date(2026, 1, 1), (odd, replace(odd, title="", text="")))
    document = atom(feed, NO_ADDRESS, "name")
    ET.register_namespace("", ATOM[1:-1])
    again = ET.tostring(ET.fromstring(document), encoding="utf-8", xml_declaration=True) + b"\n"
    assert document == again
    assert document.count(b"<entry>") == 2


def test_every_feed_is_what_rfc_4287_asks_for(feeds):
    moment = re.compile(r"\d{4}-\d{2}-\d{2}T00:00:00\+08:00")
    for path, data in feeds.items():
        root = ET.fromstring(data)
        assert root.tag == f"{ATOM}feed", path
        for scope in (root, *root.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                found = scope.findall(f"{ATOM}{name}")
                assert len(found) == 1, (path, name)
                assert found[0].text.strip(), (path, name)
            assert moment.fullmatch(scope.findtext(f"{ATOM}updated"))
            assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", scope.findtext(f"{ATOM}id"))
            alternates = [link for link in scope.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
            assert len(alternates) == 1
        assert root.findtext(f"{ATOM}author/{ATOM}name")
        ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
        assert len(ids) == len(set(ids)), path
        days = [entry.findtext(f"{ATOM}updated") for entry in root.findall(f"{ATOM}entry")]
        assert days == sorted(days, reverse=True)
        assert not days or root.findtext(f"{ATOM}updated") == days[0]


def test_a_feed_reader_takes_every_feed_without_complaint(feeds):
    for path, data in feeds.items():
        parsed = feedparser.parse(data)
        assert not parsed.bozo, (path, parsed.get("bozo_exception"))
        assert parsed.version == "atom10"
        assert parsed.feed.language == "zh-CN"
        assert len(parsed.entries) == data.count(b"<entry>")
        for entry in parsed.entries:
            assert not re.search(r"None|\{|\}|_", entry.title + entry.content[0].value), entry.title


def test_the_revisions_feed_lists_each_revision_of_the_real_package(real, feeds):
    entries = feedparser.parse(feeds[feedlinks.REVISIONS]).entries
    # What other media say later is no revision of what the county itself reported.
    assert any("其他媒体另有说法301.51亿元（初步数），未采用，仍以301.5亿元（初步数）为准" in e.title for e in entries)
    bulletins = feedparser.parse(feeds[feedlinks.BULLETINS]).entries
    assert {entry.title for entry in bulletins} >= {"2024年第二季度分析通报", "2025年总结通报"}
    assert len(bulletins) == len(real.bulletins)


def test_updates_are_in_the_feeds_of_their_project_and_region(real, feeds):
    task = next(t for t in real.tasks if t.task_id in real.events_by_task and t.project_id)
    entries = feedparser.parse(feeds[feedlinks.project_feed(task.project_id)]).entries
    assert any(entry.title.startswith(f"{task.name}：") for entry in entries)
    county = feedparser.parse(feeds[feedlinks.region_feed("jinyun")]).entries
    assert any("缙云县地区生产总值" in entry.title for entry in county)
    assert not any("庆元县" in entry.title for entry in county)


@pytest.mark.slow
def test_ids_stay_whatever_is_renamed_added_or_moved(real, feeds):
    def ids(found):
        return {path: {e.id for e in feedparser.parse(data).entries} for path, data in found.items()}

    seen = real.observations[0]
    later = replace(seen, pub=date(2026, 11, 21), period="2026-09", value=Decimal(1))
    renamed = replace(
        real,
        indicators=tuple(replace(each, name=f"{each.name}（新名）") for each in real.indicators),
        sources=tuple(replace(each, title=f"改名：{each.title}") for each in real.sources),
        observations=(*reversed(real.observations), later),
    )
    before, after = ids(feeds), ids(feeds_of(renamed, WITH_ADDRESS))
    for path, found in before.items():
        if path != feedlinks.UPDATES:  # that one holds the newest entries only, so the added one pushes one out
            assert found <= after[path], path
    assert len(before[feedlinks.UPDATES] - after[feedlinks.UPDATES]) == 1
    assert sum(len(after[path] - found) for path, found in before.items()) >= 1


def entry_lines(data):
    """Every entry of a feed as it is written, by id."""
    written = re.findall(r"<entry>.*?</entry>", data.decode(), re.DOTALL)
    return {re.search(r"<id>(.*?)</id>", each)[1]: each for each in written}


@pytest.mark.slow
@pytest.mark.parametrize("recorded", [date(2026, 11, 20), date(2026, 11, 22)])
def test_a_figure_recorded_late_is_new_on_the_day_it_was_recorded_and_changes_no_other(real, feeds, recorded):
    """A figure of 2024 that is found in 2026 is news in 2026: programs show what is dated after their last look."""
    seen = next(each for each in real.observations if each.region_id == "jinyun" and each.pub.year == 2024)
    late = replace(seen, period="2019", pub=date(2024, 3, 1), recorded_on=recorded, value=Decimal(7))
    after = feeds_of(replace(real, observations=(late, *real.observations)))
    for path in (feedlinks.UPDATES, feedlinks.region_feed("jinyun")):
        old, new = entry_lines(feeds[path]), entry_lines(after[path])
        (added,) = new.keys() - old.keys()
        assert f"<updated>{recorded}T00:00:00+08:00</updated>" in new[added]
        assert f"<published>{recorded}T00:00:00+08:00</published>" in new[added]
        assert "2024年3月1日" in new[added]  # when it was published stands in its text
        days = [re.search(r"<updated>(.{10})", each)[1] for each in new.values()]
        assert days == sorted(days, reverse=True)
        assert all(new[each] == old[each] for each in new.keys() & old.keys())
        assert len(old.keys() - new.keys()) == (path == feedlinks.UPDATES)  # of everything, the newest are kept


@pytest.mark.slow
def test_what_a_record_was_begun_with_is_told_by_its_publication(real, feeds):
    entries = feedparser.parse(feeds[feedlinks.region_feed("jinyun")]).entries
    assert len({each.updated for each in entries}) > 3
    unsaid = replace(real, meta={**real.meta, "created": "some day"})
    again = feedparser.parse(feeds_of(unsaid)[feedlinks.region_feed("jinyun")]).entries
    together = [each for each in again if each.updated.startswith("2026-11-21")]
    assert len(again) == len(entries)
    assert len(together) > len(again) - 3  # all but those recorded only after the day of the site
    said = [re.findall(r"(\d{4})年(\d+)月(\d+)日公布", each.content[0].value) for each in together]
    said = [tuple(map(int, each[0])) for each in said if each]
    assert len(said) > 3
    assert said == sorted(said, reverse=True)  # those of one day by their publication


def test_a_site_of_an_earlier_day_dates_nothing_after_itself(real):
    """What was recorded only later counts there from the day it was published."""
    early = date(2025, 6, 30)
    for path, data in feeds_of(real, today=early).items():
        assert all(e.updated <= f"{early}T24" for e in feedparser.parse(data).entries), path


def many(real, count):
    """The real package with `count` more figures of one county, a day apart, of which each second is revised."""
    seen = next(each for each in real.observations if each.region_id == "yunhe" and each.value)
    added = [
        replace(
            seen,
            period=f"{1950 + at // 24}-{at // 2 % 12 + 1:02}",
            pub=date(1990, 1, 1) + timedelta(at),
            recorded_on=None,
            value=Decimal(at),
        )
        for at in range(count)
    ]
    return replace(real, observations=(*real.observations, *added))


@pytest.mark.slow
def test_every_feed_holds_the_newest_entries_only_and_says_where_the_others_are(real, feeds):
    whole = feeds_of(many(real, 2 * KEPT + 6), WITH_ADDRESS)
    assert max(data.count(b"<entry>") for data in whole.values()) == KEPT
    wanted = {
        feedlinks.UPDATES: "data/",
        feedlinks.region_feed("yunhe"): "data/",
        feedlinks.REVISIONS: "data/revisions/",
    }
    cut = {path for path, data in whole.items() if b'rel="related"' in data}
    assert cut == set(wanted)
    for path, page in wanted.items():
        root = ET.fromstring(whole[path])
        (link,) = [each for each in root.findall(f"{ATOM}link") if each.get("rel") == "related"]
        assert link.get("href") == f"{WITH_ADDRESS.address}{page}"
        assert f"只收最近{KEPT}条" in root.findtext(f"{ATOM}subtitle")
    old, new = (entry_lines(found[feedlinks.region_feed("yunhe")]) for found in (feeds_of(real, WITH_ADDRESS), whole))
    assert old.keys() <= new.keys()  # newer than all that were added
    assert b"1991-01-" in whole[feedlinks.region_feed("yunhe")]
    assert b"1990-01-" not in whole[feedlinks.region_feed("yunhe")]


def test_a_feed_that_is_whole_says_nothing_of_it(feeds):
    data = feeds[feedlinks.region_feed("jinyun")]
    assert data.count(b"<entry>") < KEPT
    assert b"related" not in data
    assert "最近" not in ET.fromstring(data).findtext(f"{ATOM}subtitle")


@pytest.mark.slow
def test_a_revision_is_new_when_the_later_recorded_of_its_two_rows_was(real):
    old = next(each for each in real.observations if each.basis == "main" and each.value and each.region_id == "lishui")
    first = replace(old, period="2018", pub=date(2019, 2, 1), recorded_on=date(2026, 11, 19), value=Decimal(7))
    second = replace(first, pub=date(2019, 9, 1), recorded_on=date(2026, 11, 10), value=Decimal(8))
    entries = feedparser.parse(
        feeds_of(replace(real, observations=(*real.observations, first, second)))[feedlinks.REVISIONS]
    ).entries
    (found,) = [e for e in entries if "2018年" in e.title]
    assert found.updated == "2026-11-19T00:00:00+08:00"


@pytest.mark.slow
def test_another_package_has_other_ids(real, feeds):
    other = feeds_of(replace(real, meta={**real.meta, "name": "another-city"}))
    ids = {entry.id for entry in feedparser.parse(feeds[feedlinks.BULLETINS]).entries}
    assert not ids & {entry.id for entry in feedparser.parse(other[feedlinks.BULLETINS]).entries}


@pytest.mark.slow
def test_links_are_relative_without_an_address_and_absolute_with_one(real, feeds):
    def links(data):
        return [link.get("href") for link in ET.fromstring(data).iter(f"{ATOM}link")]

    absolute = feeds_of(real, WITH_ADDRESS)
    for path, data in feeds.items():
        assert all("://" not in link and not link.startswith("/") for link in links(data))
        assert all(link.startswith("https://example.org/plan/") for link in links(absolute[path]))
    project = feedlinks.project_feed("sdgc-09")
    assert "../../projects/sdgc-09/" in links(feeds[project])
    assert f"https://example.org/plan/{project}" in links(absolute[project])


@pytest.mark.slow
def test_every_link_leads_to_a_page_of_the_site(real, feeds):
    report = build_report(real, TODAY)
    known = {page.address for page in build_pages(SiteData(report, digests=digests(real, TODAY)))}
    known.add("data/")  # made with the files it lists
    absolute = feeds_of(real, WITH_ADDRESS)
    for path, data in absolute.items():
        for link in ET.fromstring(data).iter(f"{ATOM}link"):
            address = link.get("href").removeprefix(WITH_ADDRESS.address)
            assert address in known or address == path, (path, address)


@pytest.mark.parametrize("language", GUIDES)
def test_the_guide_names_every_feed_and_how_many_entries_each_holds(language, feeds):
    section = GUIDES[language].read_text("utf-8").partition("{ #feeds }")[2].partition("\n## ")[0]
    named = re.findall(r"`(feeds/[^`]*)`", section)
    assert {name for name in named if any(path.startswith(name) for path in feeds)} == {*named}
    assert [path for path in feeds if not path.startswith(tuple(named))] == []
    assert {*re.findall(r"\d+", section)} == {str(KEPT)}


@pytest.mark.slow
def test_the_same_report_gives_the_same_bytes(real, feeds):
    assert feeds_of(real) == feeds


@pytest.mark.slow
def test_characters_xml_cannot_hold_do_not_break_a_feed(real):
    seen = real.sources[0]
    package = replace(real, sources=(replace(seen, title="甲\x0b乙<b>&“丙”\ufffe"), *real.sources[1:]))
    for path, data in feeds_of(package).items():
        assert not feedparser.parse(data).bozo, path


def test_a_package_with_nothing_published_has_valid_empty_feeds(real):
    empty = replace(real, observations=(), task_events=(), problem_events=(), bulletins=())
    for path, data in feeds_of(empty).items():
        parsed = feedparser.parse(data)
        assert not parsed.bozo, path
        assert not parsed.entries
        assert parsed.feed.updated == f"{min(plan.issued_on for plan in real.plans)}T00:00:00+08:00"
