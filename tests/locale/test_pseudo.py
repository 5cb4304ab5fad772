"""Whatever a reader sees comes from the catalogue: in a made-up language nothing else is left on the pages."""

import re
from calendar import month_name
from datetime import date

import pytest
from packages import ROOT, TABLES, write_package
from pseudo import LEFT, RIGHT, outside, pseudo

from build_scripts.core.crew import Crew
from build_scripts.core.records import Artifact
from build_scripts.core.settings import Settings
from build_scripts.load import read, records
from build_scripts.overlay import overlay
from build_scripts.report import build_report
from build_scripts.search.page_text import plain_text

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 28)
# Code, and what is given to be copied for programs.
CODE = re.compile(r"<code>.*?</code>|<pre.*?</pre>", re.DOTALL)
SPOKEN = re.compile(r'\s(?:alt|title|aria-label|aria-description|placeholder|content)="([^"]*)"')
DRAWN = re.compile(r"<(?:text|tspan|title|desc)\b[^>]*>([^<]*)")
WORD = re.compile(r"\b[A-Za-z][A-Za-z’'-]{2,}\b")
# Names that are the same in every language.
NAMES = {"Atom", "CSV", "JSON", "SHA256SUMS", "SUMS", "Report", "Sans", "Noto", "GEXF", "RDF"}


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> list[Artifact]:
    folder = write_package(tmp_path_factory.mktemp("pseudo"))
    patch = pytest.MonkeyPatch()
    with pseudo(patch):
        package = records(read(folder))
        settings = Settings(ROOT, folder, DAY, folder.parent / "out")
        return list(overlay(settings, package, build_report(package, DAY), Crew(helpers=0)).files)


def known(made: list[Artifact]) -> set[str]:
    """Words that are no language's: months of the invented language, names of files, ids and texts of the package."""
    texts = [*TABLES.values(), *(artifact.path for artifact in made), *month_name]
    return NAMES | {word for text in texts for word in WORD.findall(text.replace("_", " ").replace("-", " "))}


def found(texts: dict[str, str], allowed: set[str]) -> list[tuple[str, str]]:
    """Words in no marks, with where they are."""
    seen = {word: path for path, text in texts.items() for word in WORD.findall(outside(text).replace("-", " "))}
    return sorted((path, word) for word, path in seen.items() if word not in allowed)


def test_the_pages_say_nothing_of_their_own(made):
    pages = {each.path: CODE.sub("", each.data.decode()) for each in made if each.path.endswith(".md")}
    assert len(pages) > 50
    assert all(LEFT in text for text in pages.values())
    said = {path: f"{plain_text(text)} {' '.join(SPOKEN.findall(text))}" for path, text in pages.items()}
    assert found(said, known(made)) == []


def test_neither_do_charts_and_feeds(made):
    drawn = {each.path: " ".join(DRAWN.findall(each.data.decode())) for each in made if each.path.endswith(".svg")}
    feeds = {
        each.path: re.sub(r"<(id|uri|updated)>.*?</\1>|<[^>]*>|&lt;.*?&gt;", " ", each.data.decode())
        for each in made
        if each.path.endswith(".xml") and "feeds/" in each.path
    }
    assert drawn
    assert feeds
    assert found(drawn | feeds, known(made)) == []


def test_a_word_of_its_own_is_found():
    assert found({"a.md": f"{LEFT}one {LEFT}two{RIGHT} three{RIGHT} four five-six 3baf9"}, {"four"}) == [
        ("a.md", "five"),
        ("a.md", "six"),
    ]
