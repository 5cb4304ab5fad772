"""A package without groups, counties, projects, units or bulletins has no link that leads nowhere, no empty heading."""

import posixpath
import re
from collections.abc import Callable
from datetime import date
from functools import cache

import pytest
from packages import ROOT, Change, descriptor, emptied, keep, write_package

from build_scripts.checks import find_violations
from build_scripts.core.language import speaking
from build_scripts.core.records import Severity
from build_scripts.core.settings import Settings
from build_scripts.load import read, records
from build_scripts.overlay import overlay
from build_scripts.report import build_report
from build_scripts.starter import write_starter

TODAY = date(2026, 11, 28)
# Files that are made of the finished site.
OF_THE_ENGINE = {"404.html", "build-manifest.json", "sitemap.xml", "sitemap.xml.gz"}
LINK = re.compile(r'href="([^"#?:]*)[#?"]')
HEADING = re.compile(r"^(#{2,4}) ", re.MULTILINE)
NO_REQUESTS = descriptor(lambda meta: meta.update(disclosure={"information_request": None}))
# A town: one place, targets with figures, nothing else.
TOWN = (
    keep(regions={2}, region_members=set(), projects=set(), responsibilities=set(), units=set(), tasks=set(),
         task_events=set(), problems=set(), problem_events=set(), bulletins=set(), unanswered=set(), searches=set(),
         targets={2, 3}, related_indicators=set(), observations={2, 3, 4, 7}, indicators={2, 3}),
)  # fmt: skip
PACKAGES: dict[str, tuple[Change, ...]] = {
    "whole": (),
    "town": TOWN,
    "town without requests": (*TOWN, NO_REQUESTS),
    "no bulletins": (emptied("bulletins"),),
    "no requests": (NO_REQUESTS,),
    "no works": (keep(tasks=set(), task_events=set(), problems=set(), problem_events=set()),),
    "no groups": (keep(regions={2, 3, 4}, region_members=set()),),
    "no searches": (emptied("searches"),),
}


def pages(folder, tmp_path, day: date = TODAY) -> tuple[dict[str, str], set[str]]:
    """Generated pages by address, and every path of the site."""
    return made_of(Settings(ROOT, folder, day, tmp_path / "out"))


@pytest.fixture(scope="module")
def pages_of(tmp_path_factory) -> Callable[[str], tuple[dict[str, str], set[str]]]:
    """`pages_of(name)` → the pages and paths of one of `PACKAGES`, made once."""

    @cache
    def make(name: str) -> tuple[dict[str, str], set[str]]:
        folder = tmp_path_factory.mktemp("package")
        return pages(write_package(folder, *PACKAGES[name]), folder)

    return make


def made_of(settings: Settings) -> tuple[dict[str, str], set[str]]:
    """The same of any site."""
    folder, day, docs = settings.package_dir, settings.as_of, settings.docs_dir
    problems = find_violations(read(folder), TODAY)
    assert [str(item) for item in problems if item.severity is Severity.ERROR] == []
    package = records(read(folder))
    made = overlay(settings, package, build_report(package, day))
    found = {
        each.path.removesuffix("index.md"): each.data.decode() for each in made.files if each.path.endswith("index.md")
    }
    hand_written = {path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file()}
    return found, {each.path for each in made.files} | hand_written | OF_THE_ENGINE


def is_there(address: str, paths: set[str]) -> bool:
    if address in ("", "./") or address in paths:
        return True
    plain = address.rstrip("/")
    return f"{plain}/index.md" in paths or f"{plain}.md" in paths or f"{plain}/index.html" in paths


@pytest.mark.parametrize("name", PACKAGES)
def test_every_link_leads_to_something(pages_of, name):
    assert dead_links(*pages_of(name)) == set()


@pytest.mark.slow
@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_link_of_a_new_site_leads_to_something(tmp_path, code):
    with speaking(code):
        write_starter(tmp_path / "new", ROOT)
        settings = Settings(tmp_path / "new", tmp_path / "new" / "datapackage", TODAY, tmp_path / "out")
        assert dead_links(*made_of(settings)) == set()


def dead_links(found: dict[str, str], paths: set[str]) -> set[tuple[str, str]]:
    dead = set()
    for address, text in found.items():
        for target in LINK.findall(text):
            path = posixpath.normpath(posixpath.join(address, target)).lstrip("./") if target else address
            if not is_there(path, paths):
                dead.add((address, target))
    return dead


@pytest.mark.parametrize("name", PACKAGES)
def test_every_anchor_of_a_page_is_on_it(pages_of, name):
    found, _paths = pages_of(name)
    dead = {
        (address, anchor)
        for address, text in found.items()
        for anchor in re.findall(r'href="#([^"]+)"', text)
        if f'id="{anchor}"' not in text and not re.search(rf"\{{[^}}]*#{re.escape(anchor)}\b", text)
    }
    assert dead == set()


@pytest.mark.parametrize("name", PACKAGES)
def test_no_heading_stands_over_nothing(pages_of, name):
    found, _paths = pages_of(name)
    bare = set()
    for address, text in found.items():
        body = text.split("\n---\n", 1)[-1]
        marks = [(each.start(), len(each[1])) for each in HEADING.finditer(body)]
        for (start, level), (end, below) in zip(marks, [*marks[1:], (len(body), 0)], strict=False):
            said = body[start:end].split("\n", 1)[-1].strip()
            if below <= level and not re.sub(r"<[^>]+>|\s", "", said) and "<img" not in said and "<svg" not in said:
                bare.add((address, body[start:end].strip()))
    assert bare == set()


def test_a_section_of_nothing_is_not_made(make_package, tmp_path):
    found, _paths = pages(make_package(*TOWN, NO_REQUESTS), tmp_path)
    absent = {"projects/", "works/", "units/", "forms/tasks/", "letters/", "organisation/", "bulletins/"}
    assert absent & found.keys() == set()
    assert {"", "targets/", "indicators/", "regions/", "data/", "method/", "calendar/"} <= found.keys()
