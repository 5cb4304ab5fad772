"""The site that `init` begins in English is English throughout: pages, charts, feeds, tables, catalogues."""

import re
from datetime import date

import pytest
import sites
from packages import ROOT

from build_scripts.core.crew import Crew
from build_scripts.core.language import speaking
from build_scripts.core.settings import Settings
from build_scripts.load import read, records
from build_scripts.overlay import overlay
from build_scripts.report import build_report
from build_scripts.site.config_words import said_settings, theme_words
from build_scripts.starter import write_starter

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 28)
HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
TEXTS = (".md", ".html", ".json", ".xml", ".csv", ".svg", ".ics", ".ttl", ".jsonld", ".txt", ".bib", ".ris", ".yaml")
GLUED = {
    "a number and a word": r"\b\d[\d,]*[a-z]{4,}",
    "two sentences": r"[a-z]\.[A-Z][a-z]{2}",
    "two stops": r"\w\.\s?\.(?!\.)",
    "a comma and a word": r"[a-z],[a-z]{2}",
    "an open place": r"\{[a-z_]+\}",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town") / "site"
    with speaking("en"):
        write_starter(folder, ROOT)
        sites.share_store(folder)
        package = records(read(folder / "datapackage"))
        settings = Settings(folder, folder / "datapackage", DAY, folder / "build")
        files = overlay(settings, package, build_report(package, DAY), Crew(helpers=0)).files
        return {each.path: each.data for each in files}


def test_no_chinese_sign_is_in_any_file(made):
    texts = {path: data.decode() for path, data in made.items() if path.endswith(TEXTS)}
    assert len(texts) > 200
    found = [(path, HAN.search(text)[0]) for path, text in texts.items() if HAN.search(text)]
    assert found == []


def test_nothing_is_glued_together(made):
    pages = {path: data.decode() for path, data in made.items() if path.endswith("index.md")}
    assert len(pages) > 50
    for path, page in pages.items():
        body = re.sub(
            r"\A---.*?^---$|<(code|pre|svg|script)\b.*?</\1>|<[^>]*>|\{ ?#[^}]*\}",
            "\n",
            page,
            flags=re.DOTALL | re.MULTILINE,
        )
        for what, pattern in GLUED.items():
            hit = re.search(pattern, body)
            assert not hit, f"{path}: {what}: {body[max(0, hit.start() - 40) : hit.end() + 40]}"


def test_the_frame_of_every_page_is_english_too():
    with speaking("en"):
        assert not HAN.search(repr(theme_words()))
        said = said_settings({"nav": [{"home": "index.md"}, {"My own": "own.md"}]}, ROOT / "docs", own=True)
    assert said["nav"] == [{"Overview": "index.md"}, {"My own": "own.md"}]
