"""Pages written by hand are there in English too: every one that Chinese readers have, with the same anchors."""

import re
from datetime import date
from pathlib import Path

from all_of import all_of
from packages import ROOT

from build_scripts.core.language import speaking
from build_scripts.core.settings import Settings
from build_scripts.site.written import written
from build_scripts.starter import write_starter

DAY = date(2026, 11, 28)
HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
ANCHOR = re.compile(r"\{ ?#([\w-]+)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)#\s:]*)(?:#([\w-]+))?\)")
# Chinese forms and how they are filled in; what developers need to know of the code, most of which is in English.
CHINESE_ONLY = {"handbook/forms.md", "architecture.md"}


def pages(code: str) -> dict[str, str]:
    settings = Settings(ROOT, ROOT / "datapackage", DAY, ROOT / "build")
    with speaking(code):
        return {each.path: each.data.decode() for each in written(settings) if each.path.endswith(".md")}


CHINESE, ENGLISH = pages("zh"), pages("en")


def test_every_page_that_chinese_readers_have_is_there_in_english():
    assert CHINESE.keys() - ENGLISH.keys() == CHINESE_ONLY
    assert ENGLISH.keys() <= CHINESE.keys()


@all_of("name", sorted(ENGLISH))
def test_it_has_the_same_anchors_in_the_same_order(name):
    shared = [anchor for anchor in ANCHOR.findall(ENGLISH[name]) if anchor in ANCHOR.findall(CHINESE[name])]
    if name == "handbook.md":  # it also leads through a first plan, so its order is its own
        assert set(shared) == set(ANCHOR.findall(CHINESE[name]))
        return
    assert ANCHOR.findall(ENGLISH[name]) == ANCHOR.findall(CHINESE[name])


@all_of("name", sorted(ENGLISH))
def test_it_has_a_title_a_description_and_no_chinese(name):
    assert re.match(r"---\ntitle: \S.*\ndescription: \S.*\.\n", ENGLISH[name])
    found = HAN.search(re.sub(r'<(\w+) lang="zh[^"]*">.*?</\1>', "", ENGLISH[name]))
    assert not found, ENGLISH[name][max(0, found.start() - 40) : found.end() + 40]


@all_of("name", sorted(ENGLISH.keys() - {"handbook.md", "about.md"}))
def test_its_tables_have_the_same_rows_codes_and_figures(name):
    def rows(text: str) -> list[list[str]]:
        """The codes of each row, and its cells that are a figure; the English page names no package and no target."""
        plain = text.replace("lishui-plan-progress", "NAME").replace("ydsq-gdp-city-2025", "TARGET")
        lines = [line for line in plain.splitlines() if line.startswith("|") and not line.startswith("|--")]
        return [
            sorted([*re.findall(r"`([\w/.-]+)`", line), *re.findall(r"\| ([\d,.]+)(?= \|)", line)]) for line in lines
        ]

    assert rows(ENGLISH[name]) == rows(CHINESE[name])


@all_of("name", sorted(ENGLISH))
def test_its_links_to_other_pages_by_hand_lead_to_anchors_that_are_there(name):
    """Links to generated pages are followed by the engine, which stops a build at a dead one."""
    text = re.sub(r"`[^`]*`", "", ENGLISH[name])
    for path, anchor in LINK.findall(text):
        target = (Path("/") / name).parent.joinpath(path).resolve().as_posix()[1:] if path else name
        if target in ENGLISH:
            assert not anchor or anchor in ANCHOR.findall(ENGLISH[target]), (path, anchor)
        else:
            assert target not in CHINESE, path
            assert target.endswith("/index.md"), path


def test_a_new_english_site_begins_with_pages_that_lead_nowhere_else(tmp_path):
    with speaking("en"):
        write_starter(tmp_path / "town", ROOT)
    there = {path.name for path in (tmp_path / "town" / "docs").glob("*.md")}
    assert {"about.md", "data-contract.md", "handbook.md", "method-notes.md", "open-data.md", "participate.md"} == there
    menu = (tmp_path / "town" / "mkdocs.yml").read_text(encoding="utf-8")
    for name in there:
        assert f": {name}" in menu
        text = re.sub(r"`[^`]*`", "", (tmp_path / "town" / "docs" / name).read_text(encoding="utf-8"))
        inner = {path for path, _anchor in LINK.findall(text) if path and not path.endswith("/index.md")}
        assert inner <= there, name
