"""From a row appended by a clerk to the bulletin, the revision's feed and the next preview."""

from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal

import feedparser
import pytest
from bulletin_samples import TODAY, bulletin_texts

from build_scripts.bulletins import NewsKind, digests
from build_scripts.checks import load_package
from build_scripts.cli import bulletin as verb
from build_scripts.core.errors import BuildError, UsageError
from build_scripts.core.identity import Site
from build_scripts.feeds import feed_files
from build_scripts.load import append_rows
from build_scripts.pages import feedlinks
from build_scripts.report import build_report


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch):
    monkeypatch.setattr(verb, "today", lambda: TODAY)


@pytest.mark.slow
def test_a_revision_is_on_the_bulletin_and_in_the_feeds(real, copied):
    seen = next(s for s in real.observations if (s.indicator_id, s.region_id, s.period) == ("gdp", "lishui", "2023"))
    revised = replace(
        seen, pub=date(2026, 11, 15), value=Decimal("1970.12"), obs_status="A", note="", figure_as_printed=""
    )
    append_rows(copied, {"observations": [asdict(revised)]})
    before = bulletin_texts(load_package(copied, TODAY))
    verb.new(verb.Kind.MONTH, "2026-10", as_of="2026-11-20", headline="", package=copied)

    package = load_package(copied, TODAY)
    digest = next(d for d in digests(package, TODAY) if d.bulletin.bulletin_id == "2026-10")
    assert [(n.kind, n.figure.observation.value) for n in digest.news if n.figure.observation.period == "2023"] == [
        (NewsKind.REVISED, Decimal("1970.12"))
    ]
    texts = bulletin_texts(package)
    assert "修订，原为1,964.4亿元" in texts["bulletins/2026-10/"]
    assert {address: text for address, text in texts.items() if address != "bulletins/2026-10/"} == before

    report = build_report(package, TODAY)
    feeds = {f.path: f.data for f in feed_files(report, digests(package, TODAY), Site("甲", "甲"))}
    titles = {path: [e.title for e in feedparser.parse(data).entries] for path, data in feeds.items()}
    assert "丽水市地区生产总值：2023年由1,964.4亿元（初步数）修订为1,970.12亿元" in titles[feedlinks.REVISIONS]
    assert "2026年10月调度通报" in titles[feedlinks.BULLETINS]
    assert "丽水市地区生产总值：2023年1,970.12亿元" in titles[feedlinks.UPDATES]
    assert "丽水市地区生产总值：2023年1,970.12亿元" in titles[feedlinks.region_feed("lishui")]


@pytest.mark.slow
def test_recording_again_writes_nothing_and_another_day_is_refused(copied, capsys):
    file = copied / "progress" / "bulletins.csv"
    verb.new(verb.Kind.MONTH, "2026-09", as_of=None, headline="九月调度", package=copied)
    once = file.read_bytes()
    assert once.splitlines()[-1].decode() == "2026-09,month,2026-09,2026-10-31,2026-11-22,九月调度"
    verb.new(verb.Kind.MONTH, "2026-09", as_of=None, headline="", package=copied)
    assert file.read_bytes() == once
    assert "已经登记过" in capsys.readouterr().out
    with pytest.raises(BuildError, match="已有通报 2026-09"):
        verb.new(verb.Kind.MONTH, "2026-09", as_of="2026-11-10", headline="", package=copied)
    with pytest.raises(BuildError, match="已有通报 2026-q3"):
        verb.new(verb.Kind.QUARTER, "2026-q3", as_of="2026-11-10", headline="", package=copied)
    with pytest.raises(UsageError, match="请写成 2026-Q3 这样"):
        verb.new(verb.Kind.QUARTER, "2026-09", as_of=None, headline="", package=copied)
    with pytest.raises(BuildError, match="还没有到"):
        verb.new(verb.Kind.QUARTER, "2026-Q4", as_of="2027-01-05", headline="", package=copied)
    assert file.read_bytes() == once
