"""No page of the built site says what tests/data/forbidden_wordings.toml lists."""

import csv
import re
import tomllib
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

pytestmark = pytest.mark.site
ROOT = Path(__file__).parents[1]
WORDINGS = tomllib.loads((ROOT / "tests/data/forbidden_wordings.toml").read_text(encoding="utf-8"))["wording"]
# Copied words are the plans' and publishers' own.
QUOTED = "script, style, code, .quote, .plan-text"


@pytest.fixture(scope="module")
def texts(real_site):
    """What a reader sees on each page, by address: the content alone, without what is quoted."""
    found = {}
    for path in real_site.rglob("index.html"):
        address = path.parent.relative_to(real_site).as_posix()
        if address.startswith("embed") or "/text" in f"/{address}":
            continue
        tree = HTMLParser(path.read_text(encoding="utf-8"))
        for node in tree.css(QUOTED):
            node.decompose()
        content = tree.css_first("article") or tree.body
        found[address] = re.sub(r"\s+", " ", content.text(separator=" "))
    return found


@pytest.mark.parametrize("wording", WORDINGS, ids=[each["pattern"] for each in WORDINGS])
def test_no_page_says_it(texts, wording):
    pattern = re.compile(wording["pattern"])
    left_out = set(wording.get("except", ()))
    said = {
        address: found[0]
        for address, text in texts.items()
        if address.split("/")[0] not in left_out and (found := pattern.search(text))
    }
    assert not said, wording["why"]


def test_of_a_thing_done_no_page_says_that_it_could_fall_back(texts):
    rows = csv.DictReader((ROOT / "datapackage/targets/targets.csv").open(encoding="utf-8"))
    done = [row["target_id"] for row in rows if row["kind"] == "milestone"]
    assert done
    assert not [each for each in done if "回落" in texts[f"targets/{each}"]]


def test_every_promise_is_a_whole_sentence_of_its_own(real_site):
    for path in (real_site / "targets").glob("*/index.html"):
        tree = HTMLParser(path.read_text(encoding="utf-8"))
        said = tree.css_first(".verdict .reading").text().strip()
        assert re.fullmatch(r"[^。]+。", said), (path.parent.name, said)
