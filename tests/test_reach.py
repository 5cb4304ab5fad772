"""Every page of the built site says how far the record reaches, those written by hand too."""

import re

import pytest

REACH = re.compile(r"资料收到\d{4}年\d{1,2}月\d{1,2}日|还没有收录资料")
# Pages without a frame of ours: the light ones for other sites, and where an address leads to another.
BARE = ("embed/", "search/")


@pytest.mark.site
def test_every_page_says_how_far_the_record_reaches(real_site):
    without = []
    for path in sorted(real_site.rglob("*.html")):
        name = path.relative_to(real_site).as_posix()
        text = path.read_text(encoding="utf-8")
        if not name.startswith(BARE) and 'http-equiv="refresh"' not in text and not REACH.search(text):
            without.append(name)
    assert without == []
