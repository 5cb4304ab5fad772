"""The page engine: the bytes MkDocs gives, in a clean build and after every kind of change, and as strict."""

import dataclasses
import json
import os
import pickle
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from packages import cell
from site_builds import ROOT, SmallSite, copy_of, hashes, in_its_place

from build_scripts.build import stage_all
from build_scripts.checks import load_day
from build_scripts.core.crew import Crew
from build_scripts.core.errors import SiteError
from build_scripts.core.settings import Settings
from build_scripts.core.stopwatch import watched
from build_scripts.report import build_report
from build_scripts.report.reach import reach_words
from build_scripts.site.csp import Guard
from build_scripts.site.engine import THEME
from build_scripts.site.inline_code import KnownCode
from build_scripts.site.last_site import STATE, LastSite
from build_scripts.site.page_engine import Built
from build_scripts.site.page_pool import Batch, Bench, share_pages
from build_scripts.starter import write_starter

pytestmark = pytest.mark.site
ADDRESS = ('site_url: !ENV [SITE_URL, ""]', "site_url: https://example.org/sub/")


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> SmallSite:
    """A small site, built once; changed only in copies."""
    site = SmallSite(tmp_path_factory.mktemp("small") / "one")
    site.build()
    return site


@pytest.fixture
def site(built, tmp_path) -> SmallSite:
    return copy_of(built, tmp_path / "copy")


def edit(path: str, old: str, new: str) -> Callable[[SmallSite], None]:
    """Replace a piece of text of a file of the site."""

    def change(site: SmallSite) -> None:
        text = (site.folder / path).read_text(encoding="utf-8")
        assert old in text
        (site.folder / path).write_text(text.replace(old, new), encoding="utf-8")

    return change


def package(*changes: Callable[[Path], None]) -> Callable[[SmallSite], None]:
    """Change the data package."""

    def change(site: SmallSite) -> None:
        for each in changes:
            each(site.package)

    return change


def new_page(site: SmallSite) -> None:
    text = "# 新的一页 { #top }\n\n一段话，见[说明](about.md)和[目标](targets/gdp-2025/index.md#figures)。\n"
    (site.folder / "docs" / "new.md").write_text(text, encoding="utf-8")


def theme_part_drawn_once(site: SmallSite) -> None:
    path = site.folder / "theme" / "partials" / "tabs.html"
    path.write_text("<nav>{{ page.title }}</nav>", encoding="utf-8")


def theme_reads_all_pages(site: SmallSite) -> None:
    path = site.folder / "theme" / "partials" / "footer.html"
    path.write_text("{% for file in pages %}<a href='{{ file.url | url }}'></a>{% endfor %}", encoding="utf-8")


def theme_reads_front_matter(site: SmallSite) -> None:
    path = site.folder / "theme" / "partials" / "footer.html"
    path.write_text("{% for each in nav.pages %}{{ each.meta.description }}{% endfor %}", encoding="utf-8")


@pytest.mark.parametrize("change", [theme_part_drawn_once], ids=lambda each: each.__name__)
def test_a_part_drawn_once_reaches_every_page(site, monkeypatch, change):
    shutil.copytree(THEME, site.folder / "theme")
    monkeypatch.setattr("build_scripts.site.engine.THEME", site.folder / "theme")
    before = site.finish()
    change(site)
    after = site.finish()
    assert after == site.clean()
    assert after != before


@pytest.mark.parametrize("change", [theme_reads_all_pages, theme_reads_front_matter], ids=lambda each: each.__name__)
def test_a_theme_whose_pages_lean_on_all_others_is_drawn_anew_each_time(site, monkeypatch, change):
    shutil.copytree(THEME, site.folder / "theme")
    monkeypatch.setattr("build_scripts.site.engine.THEME", site.folder / "theme")
    change(site)
    site.finish()
    new_page(site)
    edit("docs/about.md", "description: ", "description: 另外")(site)
    assert site.build() == site.clean()


def inodes(site: SmallSite) -> dict[str, int]:
    return {str(path.relative_to(site.site)): path.stat().st_ino for path in site.site.rglob("*") if path.is_file()}


def test_what_has_not_changed_stays_the_same_file_and_what_has_is_a_new_one(site):
    before = inodes(site)
    published = site.folder / "published"
    shutil.copytree(site.site, published, copy_function=os.link)
    kept = hashes(published)
    package(cell("observations", 2, "value", "161"))(site)
    site.build()
    after = inodes(site)
    same = {path for path in after if before.get(path) == after[path]}
    assert "data/csv/observations.csv" not in same
    assert "targets/gdp-2025/index.html" not in same
    assert len(same) > len(after) / 2
    assert hashes(published) == kept, "a file with two names was written into"


def test_only_pages_that_changed_are_drawn(site, monkeypatch):
    drawn = []
    monkeypatch.setattr(Built, "remember", lambda self, _site: drawn.append(self.drawn))
    site.finish()
    edit("docs/about.md", "\n## ", "\n这里添了一句。\n\n## ")(site)
    site.build()
    assert drawn == [0, 1]


def overwrite(path: Path) -> None:
    path.write_bytes(b"<!doctype html><meta charset=utf-8>edited")


def touch_inside(path: Path) -> None:
    """Another byte, but the size and the time of before."""
    was = path.stat()
    data = path.read_bytes()
    path.write_bytes(data[:-1] + b"?")
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


@pytest.mark.parametrize("damage", [overwrite, touch_inside, Path.unlink], ids=lambda each: each.__name__)
@pytest.mark.parametrize("path", ["targets/gdp-2025/index.html", "assets/css/tokens.css", "search/names-0.json"])
def test_an_output_touched_since_is_made_again(site, damage, path):
    whole = hashes(site.site)
    damage(site.site / path)
    (site.site / "stray.html").write_text("not ours", encoding="utf-8")
    assert site.finish() == whole


@pytest.mark.parametrize("damage", [overwrite, touch_inside], ids=lambda each: each.__name__)
def test_a_file_that_is_one_with_the_overlay_s_is_made_again_in_both(site, damage):
    shutil.rmtree(site.site)
    whole = site.build()
    path = "data/csv/observations.csv"
    staged = site.settings.staged_dir / path
    assert staged.samefile(site.site / path), "a file that goes in as it is should not be copied"
    assert not (site.settings.staged_dir / "assets/img/favicon.svg").samefile(site.site / "assets/img/favicon.svg")
    kept = staged.read_bytes()
    damage(site.site / path)
    assert staged.read_bytes() != kept
    assert site.build() == whole
    assert staged.read_bytes() == kept


def test_damaged_records_and_state_are_as_if_there_were_none(site):
    whole = hashes(site.site)
    kinds = ("pages", "page-links")
    records = [path for kind in kinds for path in (site.settings.cache_dir / kind).iterdir()]
    assert len(records) > 60
    for number, path in enumerate(records):
        data = path.read_bytes()
        path.write_bytes((data[:-9] + b"x" + data[-8:], b"", data[:40], b"[]")[number % 4])
    for state in (
        b"",
        b"{}",
        b'{"manifest": 1, "pages": []}',
        (site.settings.out_dir / STATE).read_bytes()[:99],
    ):
        (site.settings.out_dir / STATE).write_bytes(state)
        assert site.finish() == whole


def test_a_site_of_another_engine_is_not_taken_for_its_own(site):
    site.settings = dataclasses.replace(site.settings, engine="mkdocs")
    by_mkdocs = site.finish()
    site.settings = dataclasses.replace(site.settings, engine="pages")
    assert site.finish() == by_mkdocs


FAULTS = {
    "a link to nowhere": ("docs/about.md", "[参与和纠错](participate.md)", "[参与和纠错](nowhere.md)", "nowhere.md"),
    "an anchor that is not there": ("docs/about.md", "(participate.md)", "(participate.md#nowhere)", "#nowhere"),
    "a page gone from the navigation's folder": ("mkdocs.yml", "about.md", "gone.md", "gone.md"),
    "an unknown setting": ("mkdocs.yml", "use_directory_urls: true", "use_directory_urls: maybe", "use_directory_urls"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_mkdocs_warns_of_fails_the_build_each_time_it_is_tried(site, fault):
    path, old, new, said = FAULTS[fault]
    whole = hashes(site.site)
    edit(path, old, new)(site)
    for _ in range(2):
        with pytest.raises(SiteError, match=re.escape(said)):
            site.build()
        assert hashes(site.site) == whole
    edit(path, new, old)(site)
    assert site.build() == whole


def test_a_page_is_held_against_places_that_another_page_has_lost(site):
    edit("docs/about.md", "(participate.md)", "(participate.md#mail)")(site)
    edit("docs/participate.md", "# 参与", '<p id="mail">这里</p>\n\n# 参与')(site)
    site.build()
    edit("docs/participate.md", 'id="mail"', 'id="post"')(site)
    with pytest.raises(SiteError, match="#mail"):
        site.build()


def test_a_link_follows_its_target_to_another_address(site):
    new_page(site)
    edit("docs/about.md", "(participate.md)", "(new.md)")(site)
    assert "../new/" in (site.build() and (site.site / "about" / "index.html").read_text(encoding="utf-8"))
    (site.folder / "docs" / "new").mkdir()
    (site.folder / "docs" / "new.md").unlink()
    with pytest.raises(SiteError, match=r"new\.md"):
        site.build()


def test_a_site_with_a_hook_is_left_to_mkdocs(site):
    (site.folder / "hook.py").write_text("def on_page_content(html, **_): return html + '<p>by the hook</p>'\n")
    (site.folder / "mkdocs.yml").open("a", encoding="utf-8").write(f"\nhooks: [{site.folder}/hook.py]\n")
    site.build()
    assert "by the hook" in (site.site / "about" / "index.html").read_text(encoding="utf-8")


def test_a_clean_build_of_a_small_site_is_what_mkdocs_gives(built, tmp_path):
    site = copy_of(built, tmp_path / "copy")
    edit("mkdocs.yml", *ADDRESS)(site)
    assert site.build() == site.clean("mkdocs")


def test_properdocs_gives_the_same_but_for_its_name(built, tmp_path):
    site = copy_of(built, tmp_path / "copy")
    found = site.clean("properdocs")
    assert found.keys() == hashes(site.site).keys()
    named = re.compile(rb'<meta name="generator"[^>]*>')
    by_properdocs = site.folder / "elsewhere" / "build" / "site"
    for path in (path for path, sha256 in hashes(site.site).items() if found[path] != sha256):
        one, other = (named.subn(b"", (folder / path).read_bytes()) for folder in (site.site, by_properdocs))
        assert one == other, path
        assert one[1] == 1, path


@pytest.mark.parametrize("engine", ["properdocs", "zensical"])
def test_an_engine_that_is_not_installed_says_how_to_get_it(site, monkeypatch, engine):
    monkeypatch.setattr("build_scripts.site.engine.find_spec", lambda _name: None)
    site.settings = dataclasses.replace(site.settings, engine=engine)
    with pytest.raises(SiteError, match=r"requirements/test\.txt"):
        in_its_place(site.settings)


def test_a_clean_build_of_the_starter_is_what_mkdocs_gives(tmp_path):
    write_starter(tmp_path, ROOT)
    settings = Settings(tmp_path, tmp_path / "datapackage", date(2026, 11, 28), tmp_path / "build")
    stage_all(settings, date(2026, 11, 28))
    by_pages = hashes(in_its_place(settings))
    assert by_pages == hashes(in_its_place(dataclasses.replace(settings, engine="mkdocs")))


def test_the_real_site_is_what_mkdocs_gives(real_site, tmp_path):
    manifest = json.loads((real_site / "build-manifest.json").read_text(encoding="utf-8"))
    assert manifest["engine"] == "pages"
    out = tmp_path / "build"
    out.mkdir()
    (out / "docs").symlink_to(real_site.parent / "docs")
    settings = Settings(ROOT, ROOT / "datapackage", date.fromisoformat(manifest["as_of"]), out, "mkdocs")
    package = load_day(settings.package_dir, settings.as_of, settings.as_of).seen
    settings = dataclasses.replace(settings, reach=reach_words(build_report(package, settings.as_of)))
    assert hashes(in_its_place(settings)) == hashes(real_site)


@pytest.mark.parametrize("copies", [True, False])
def test_pages_shared_among_processes_are_the_same_and_as_strict(built, tmp_path, monkeypatch, copies):
    if not copies:
        monkeypatch.setattr("build_scripts.core.crew.may_copy", lambda: False)
    monkeypatch.setattr("build_scripts.site.page_pool.POOL_FROM", 20)
    monkeypatch.setattr("build_scripts.core.crew.processors", lambda: 3)
    site = copy_of(built, tmp_path / "copy")
    with watched() as watch:
        assert site.clean() == hashes(site.site)
    assert watch.parts["pages"].elsewhere > 0
    assert watch.parts["pages"].done == watch.parts["pages"].total
    edit("docs/about.md", "(participate.md)", "(nowhere.md)")(site)
    edit("mkdocs.yml", *ADDRESS)(site)
    with pytest.raises(SiteError, match=r"nowhere\.md"):
        site.build()


def test_pages_of_a_process_that_died_are_made_here(tmp_path, monkeypatch):
    monkeypatch.setattr("build_scripts.site.page_pool.POOL_FROM", 20)
    monkeypatch.setattr("build_scripts.core.crew.may_copy", lambda: False)
    bench = Bench(
        tmp_path / "no.yml", tmp_path / "new", LastSite(tmp_path), tmp_path / "pages", Guard(KnownCode((), ()))
    )
    names = [f"{number}.md" for number in range(100)]
    made = []

    def make_here(tasks):
        made.extend(name for _note, some in tasks for name in some)
        return [Batch({name: {} for name in some}) for _note, some in tasks]

    note = tmp_path / "note"
    with Crew(1) as crew:
        shared = share_pages(crew, bench, names, note, make_here)
        note.write_bytes(pickle.dumps((Falls(), {})))
        got = {name for batch in shared.results() for name in batch.pages}
    assert got == set(names)
    assert sorted(made) == sorted(names)


class Falls:
    """Ends the process that reads it."""

    def __reduce__(self):
        return os._exit, (1,)
