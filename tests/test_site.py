"""The real site and a small invented one, built strictly by the real command, then read file by file."""

import csv
import hashlib
import io
import json
import os
import re
from datetime import date
from functools import cache
from itertools import accumulate
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import sites
from packages import cell, write_package
from selectolax.lexbor import LexborHTMLParser

from build_scripts.core.errors import SiteError
from build_scripts.core.method import COLOURS
from build_scripts.core.settings import Settings
from build_scripts.site.engine import build_site
from build_scripts.site.workplace import workplace

pytestmark = pytest.mark.site
ROOT = Path(__file__).parents[1]
DISCLAIMER = "本站依据公开数据按公开方法推算，非政府部门考核结论"


@pytest.fixture(scope="module")
def pages(real_site):
    """Every HTML page of the real site by its path."""
    return {
        path.relative_to(real_site).as_posix(): LexborHTMLParser(path.read_text(encoding="utf-8"))
        for path in sorted(real_site.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def small_package(tmp_path_factory):
    return write_package(tmp_path_factory.mktemp("small"))


def rows(table: str) -> list[str]:
    """The first column of a table of the real package."""
    lines = (ROOT / "datapackage" / table).read_text(encoding="utf-8").splitlines()[1:]
    return [line.split(",")[0] for line in lines if line]


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("table", "folder"),
    [
        ("targets/plans.csv", "plans"),
        ("targets/projects.csv", "projects"),
        ("targets/targets.csv", "targets"),
        ("targets/units.csv", "units"),
        ("targets/regions.csv", "regions"),
        ("progress/sources.csv", "sources"),
    ],
)
def test_every_row_has_its_page(pages, table, folder):
    missing = [row for row in rows(table) if f"{folder}/{row}/index.html" not in pages]
    assert not missing
    assert f"{folder}/index.html" in pages


def test_home_counts_every_target(pages):
    total = len(rows("targets/targets.csv"))
    home = pages["index.html"]
    assert f"{total}件事" in home.css_first(".reading").text()
    counts = [int(each.text()) for each in home.css(".panel .legend b")]
    assert len(counts) == 4
    assert sum(counts) == total


def test_pages_say_their_language_title_and_description(pages):
    for path, page in pages.items():
        assert page.css_first("html").attributes["lang"] == "zh-CN", path
        assert len(page.css("h1")) == 1, path
        assert page.css_first("title").text().strip(), path
        if path != "404.html":
            assert page.css_first('meta[name="description"]').attributes["content"], path


def test_pages_with_verdicts_carry_the_disclaimer_and_the_method(pages):
    for path, page in pages.items():
        if re.match(r"(targets|plans|projects)/.+(?<!/text)/index\.html|index\.html", path):
            assert DISCLAIMER in page.body.text(), path
        if re.match(r"targets/.+/index\.html", path):
            assert "评估方法第" in page.body.text(), path


LOADS = {
    "src": ("script", "img", "iframe", "source", "video", "audio", "embed"),
    "href": ("link", "use", "image"),
    "data": ("object",),
    "action": ("form",),
}


def test_nothing_is_loaded_from_another_host(pages, real_site):
    for path, page in pages.items():
        for attribute, tag in ((attribute, tag) for attribute, tags in LOADS.items() for tag in tags):
            for node in page.css(tag):
                if tag == "link" and node.attributes.get("rel") == "canonical":
                    continue
                address = node.attributes.get(attribute) or ""
                assert not urlsplit(address).netloc, (path, tag, address)
    for sheet in real_site.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert not re.search(r"(url\(|@import)\s*['\"]?(https?:)?//", text), sheet


def test_every_link_and_anchor_leads_somewhere(pages, real_site):
    ids = {path: {node.attributes["id"] for node in page.css("[id]")} for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        if path == "404.html":
            continue
        for node in page.css("a[href]"):
            address = urlsplit(node.attributes["href"] or "")
            if address.scheme or address.netloc:
                continue
            target = path
            if address.path:
                joined = os.path.normpath(Path(path).parent / unquote(address.path))
                is_folder = (real_site / joined).is_dir()
                target = Path(joined, "index.html").as_posix() if is_folder else Path(joined).as_posix()
            found = target in pages or (real_site / target).is_file()
            if not found or (address.fragment and address.fragment not in ids.get(target, set()) | {"__skip"}):
                broken.append((path, node.attributes["href"]))
    assert not broken, broken[:20]


def test_a_section_within_a_section_is_one_link_outside_and_a_row_of_its_own_inside(pages):
    outside = [[item.text() for item in row.css("li")] for row in pages["method/index.html"].css("nav.siblings")]
    inside = [[item.text() for item in row.css("li")] for row in pages["security/index.html"].css("nav.siblings")]
    assert len(outside) == 1
    assert len(inside) == 2
    assert outside[0] == inside[0]
    assert "安全和可信" in inside[1]
    assert "安全和可信" not in inside[0]
    assert [here.text() for here in pages["security/index.html"].css("nav.siblings [aria-current]")] == [
        "手册和说明",
        "安全和可信",
    ]


def test_ids_are_unique_on_each_page(pages):
    for path, page in pages.items():
        ids = [node.attributes["id"] for node in page.css("[id]")]
        assert len(ids) == len(set(ids)), (path, {each for each in ids if ids.count(each) > 1})


def test_search_knows_names_but_not_tables(real_site):
    first = json.loads((real_site / "search" / "names-0.json").read_text(encoding="utf-8"))
    places = {entry[3]: place for place, entry in enumerate(first["entries"])}
    assert {f"targets/{name}/" for name in rows("targets/targets.csv")} <= set(places)
    files = [json.loads(path.read_bytes()) for path in (real_site / "search" / "text").glob("*.json")]
    assert len(files) == first["shards"]
    found = {word: set(accumulate(steps)) for file in files for word, steps in file.items()}
    listing = [word for word, at in found.items() if places["targets/"] in at]
    assert 10 < len(listing) < 1000, "the table of all targets is in the search"
    assert not {"sdgc", "ydsq"} & {word for word, at in found.items() if places["targets/ydsq-gdp-city-2025/"] in at}


def test_tables_can_be_scrolled_by_keyboard_and_are_named(pages):
    for path, page in pages.items():
        for frame in page.css(".frame"):
            assert frame.attributes.get("tabindex") == "0", path
            assert frame.attributes.get("aria-label") or frame.attributes.get("aria-labelledby"), path
        for table in page.css("table.data"):
            assert table.css_first("caption"), path
            assert all(cell.attributes.get("scope") for cell in table.css("th")), path


def line_of(row: list[str]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(row)
    return out.getvalue().encode()


@cache
def first_column(path: Path) -> set[str]:
    """What a published table names its rows by, where one column does."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row[0] for row in csv.reader(file)}


def test_the_published_package_is_the_checked_one_byte_for_byte(real_site):
    for path in sorted((ROOT / "datapackage").rglob("*.csv")):
        lines = path.read_bytes().splitlines(keepends=True)
        # What is looked up beside a row (names, unit) follows after its own columns.
        own = len(next(csv.reader([lines[0].decode()])))
        rows = csv.reader(io.StringIO((real_site / "data" / "csv" / path.name).read_text(encoding="utf-8"), newline=""))
        published = [line_of(row[:own]) for row in rows]
        read = csv.reader(line.decode() for line in lines)
        assert [line_of(row) for row in read] == lines, "what is compared is the bytes"
        shown = set(published)
        assert published == [line for line in lines if line in shown], path
        # What is left out had not been published by the site's day, or translates what had not.
        for line in (line.decode() for line in lines if line not in shown):
            if path.name == "translations.csv":
                table, key = next(csv.reader([line]))[:2]
                assert key not in first_column(real_site / "data" / "csv" / f"{table}.csv"), line
                continue
            assert max(re.findall(r"\d{4}-\d\d-\d\d", line)) > sites.AS_OF, (path, line)


def test_target_pages_are_light(real_site):
    for path in (real_site / "targets").rglob("index.html"):
        if path.parent.name != "targets":
            assert path.stat().st_size < 200_000, path


def test_status_colours_in_the_styles_are_the_method_s():
    sheet = (ROOT / "docs" / "assets" / "css" / "tokens.css").read_text(encoding="utf-8")
    light = sheet.split('[data-md-color-scheme="slate"]')[0]
    for status, colour in COLOURS.items():
        assert f"--status-{status}: {colour.lower()};" in light, status


def test_two_builds_have_the_same_bytes_whatever_the_clock_zone_and_locale(small_package, tmp_path):
    odd = {**os.environ, "TZ": "Pacific/Apia", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    one = sites.build(tmp_path / "one", "--package", small_package)
    two = sites.build(tmp_path / "elsewhere" / "two", "--package", small_package, env=odd)
    assert hashes(one) == hashes(two)
    assert len(hashes(one)) > 50


def test_zensical_builds_the_same_pages(small_package, tmp_path):
    by_mkdocs = sites.build(tmp_path / "mkdocs", "--package", small_package)
    by_zensical = sites.build(tmp_path / "zensical", "--package", small_package, "--engine", "zensical")

    def html(site):
        return {path.relative_to(site).as_posix() for path in site.rglob("*.html")}

    assert html(by_zensical) == html(by_mkdocs)

    def menu(site):
        page = LexborHTMLParser((site / "about" / "index.html").read_text(encoding="utf-8"))
        return [link.text(strip=True) for link in page.css(".md-tabs__link, .md-nav--primary .md-nav__link")]

    assert menu(by_mkdocs)
    assert sorted(set(menu(by_zensical))) == sorted(set(menu(by_mkdocs)))
    assert len(LexborHTMLParser((by_zensical / "index.html").read_text(encoding="utf-8")).css(".md-tabs__link")) == len(
        LexborHTMLParser((by_mkdocs / "index.html").read_text(encoding="utf-8")).css(".md-tabs__link")
    )
    # The box of the search needs styles that Material has and Zensical has not; an index of its own nobody reads.
    page = LexborHTMLParser((by_zensical / "about" / "index.html").read_text(encoding="utf-8"))
    assert page.css_first('link[href="../assets/css/search-box.css"]')
    assert page.css_first('link[href="../assets/css/layout.css"]')
    assert not (by_zensical / "search.json").exists()


def test_a_data_error_leaves_the_site_as_it_was(small_package, tmp_path):
    site = sites.build(tmp_path / "out", "--package", small_package)
    before = hashes(site)
    broken = tmp_path / "broken"
    broken.mkdir()
    write_package(broken, cell("observations", 2, "value", "约160"))
    result = sites.run("build", "--out", tmp_path / "out", "--as-of", sites.AS_OF, "--package", broken)
    assert result.returncode == 1
    assert "progress/observations.csv:2:" in result.stdout + result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert hashes(site) == before


# In the place of MkDocs: breaks as a program, is the real one where it is only imported.
BROKEN = """\
import importlib, pathlib, sys
if __name__ == "__main__":
    raise SystemExit("engine broke")
here = pathlib.Path(__file__).parent.resolve()
sys.path[:] = [each for each in sys.path if pathlib.Path(each or ".").resolve() != here]
del sys.modules["mkdocs"]
importlib.import_module("mkdocs")
"""


def test_an_engine_that_fails_leaves_the_site_as_it_was(small_package, tmp_path):
    site = sites.build(tmp_path / "out", "--package", small_package)
    before = hashes(site)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "mkdocs.py").write_text(BROKEN, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "bin")}
    arguments = ("--out", tmp_path / "out", "--as-of", "2024-06-30", "--package", small_package)
    result = sites.run("build", "--engine", "mkdocs", *arguments, env=env)
    assert result.returncode == 3, result.stdout + result.stderr
    assert "engine broke" in result.stdout + result.stderr
    assert "原有网站保持不变" in result.stdout + result.stderr
    assert hashes(site) == before


def test_a_site_put_aside_by_a_killed_run_comes_back_even_when_the_next_build_fails(tmp_path):
    aside = tmp_path / "build" / ".site-old"
    aside.mkdir(parents=True)
    (aside / "index.html").write_text("published", encoding="utf-8")
    settings = Settings(ROOT, ROOT / "datapackage", date(2026, 11, 21), tmp_path / "build", engine="none")
    with workplace(settings.out_dir) as work, pytest.raises(SiteError):
        build_site(settings, work)
    assert (settings.site_dir / "index.html").read_text(encoding="utf-8") == "published"
    assert not aside.exists()
