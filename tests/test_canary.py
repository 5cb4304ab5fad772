"""No cell of the data becomes code: a canary in every free text, looked for in every page of a small site.

The canary closes a title, a style and a script, leaves an attribute, and opens an element that HTML does not know.
Where it is printed as text it does nothing; where it is taken as HTML there is an element or an attribute of its name.
"""

import csv
import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
import sites
import yaml
from packages import TABLES, cell, descriptor, write_package
from selectolax.lexbor import LexborHTMLParser

from build_scripts.core.records import Link, Page
from build_scripts.render import TEMPLATES, _front_matter

ROOT = Path(__file__).parents[1]
SITE_NAME = "规划进展公开·丽水"
LONG = """x" onx='"'></title></style></script><x-canary>"""
SHORT = """"'><x-c>"""
TEXT = f"""测试市人民政府{LONG}

# 测试市发展规划{LONG} {{ #notice }}

<x-canary>各单位{LONG}

## 二、目标{LONG} {{ #s2 }}
"""
TAGS, ATTRIBUTE = {"x-canary", "x-c"}, "onx"
# Left empty where a row has none: an event has no unit.
MAY_STAY_EMPTY = {"unit"}
# Hold ids of other rows, which are no free text.
IDS = {"replaces", "target_ids", "task_ids"}


def free_texts() -> Iterator[tuple[str, str, int]]:
    """Table, field and greatest length of every field that takes any text."""
    for path in TABLES:
        schema = json.loads((ROOT / "datapackage" / "schemas" / f"{Path(path).stem}.json").read_text(encoding="utf-8"))
        bound = {name for key in schema.get("foreignKeys", ()) for name in key["fields"]}
        for field in schema["fields"]:
            limits = field.get("constraints", {})
            free = not limits.keys() & {"enum", "pattern"}
            if field["type"] == "string" and field["name"] not in bound | IDS and free:
                yield Path(path).stem, field["name"], limits.get("maxLength", 10_000)


def with_column(path: Path, field: str) -> None:
    """Add an optional column that the invented package leaves out, empty."""
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    if field not in head.split(","):
        path.write_text("\n".join([f"{head},{field}", *(f"{row}," for row in rows)]) + "\n", encoding="utf-8")


def explain(package: Path) -> None:
    """Let rows say why their figures cannot be read off what is printed, and sources print it."""
    printed = {}
    for table in ("targets", "observations"):
        path = package / next(path for path in TABLES if Path(path).stem == table)
        with_column(path, "printed_differs")
        for number, row in enumerate(csv.DictReader(path.read_text(encoding="utf-8").splitlines()), start=2):
            cell(table, number, "printed_differs", "nearby")(package)
            printed.setdefault(row.get("source_id"), []).append(row["figure_as_printed"])
    sources = (package / "progress" / "sources.csv").read_text(encoding="utf-8").splitlines()
    for number, row in enumerate(csv.DictReader(sources), start=2):
        cell("sources", number, "excerpt", "".join([LONG, *printed.get(row["source_id"], ())]))(package)


def infect(package: Path) -> None:
    """Put a canary into every free text of every row and into the descriptor's own texts.

    An address takes none: `address-form` refuses it.
    """
    for table, field, room in free_texts():
        path = package / next(path for path in TABLES if Path(path).stem == table)
        with_column(path, field)
        for number, row in enumerate(csv.DictReader(path.read_text(encoding="utf-8").splitlines()), start=2):
            old = row[field] or ""
            if not old and field in MAY_STAY_EMPTY:
                continue
            bird = LONG if len(old) + len(LONG) <= room else SHORT
            cell(table, number, field, f"{old[: room - len(bird)]}{bird}")(package)

    explain(package)
    # A page of what no longer holds.
    with_column(package / "targets" / "targets.csv", "withdrawn_on")
    cell("targets", 6, "withdrawn_on", "2023-06-01")(package)

    def edit(meta: dict) -> None:
        for name in ("title", "description"):
            meta[name] += LONG
        for people in (*meta["contributors"], *meta["sources"], *meta["licenses"]):
            people["title"] += LONG
        meta["keywords"].append(LONG)

    descriptor(edit)(package)
    quotes = []
    targets = (package / "targets" / "targets.csv").read_text(encoding="utf-8").splitlines()
    for number, row in enumerate(csv.DictReader(targets), start=2):
        quotes.append(f"{row['figure_as_printed']}{LONG}")
        cell("targets", number, "quote", quotes[-1])(package)
    (package / "targets" / "texts").mkdir()
    text = TEXT + "".join(f"\n{quote}\n" for quote in quotes)
    (package / "targets" / "texts" / "test-plan.md").write_text(text, encoding="utf-8")


def project(folder: Path) -> Path:
    """A project folder of its own: settings, hand-written pages and the invented package."""
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    shutil.copytree(ROOT / "docs", folder / "docs")
    (folder / "datapackage").mkdir()
    write_package(folder / "datapackage")
    return sites.share_store(folder)


class Finder(HTMLParser):
    """Whether a canary has become an element or an attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in TAGS or any(name == ATTRIBUTE for name, _value in attrs):
            self.found.append(self.get_starttag_text() or tag)


def birds(html: str) -> list[str]:
    """The canaries that are code in `html`."""
    finder = Finder()
    finder.feed(html)
    finder.close()
    return finder.found


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A project folder of its own whose package is full of canaries."""
    folder = tmp_path_factory.mktemp("canary")
    infect(project(folder) / "datapackage")
    return folder


@pytest.fixture(scope="module", params=["pages", "zensical"])
def built(request, root, tmp_path_factory):
    """The folder of a build of that package."""
    out = tmp_path_factory.mktemp(request.param)
    sites.build(out, "--package", root / "datapackage", "--engine", request.param)
    return out


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def test_no_key_of_the_front_matter_holds_html():
    bird = f"a & b{LONG}"
    page = Page(bird, "search_words", None, bird, bird, bird, (Link(bird, bird),), feed=bird, json_ld=bird)
    meta = yaml.safe_load(_front_matter(page).strip("-\n"))
    found = {key: [text for text in strings(value) if set("<>") & set(text)] for key, value in meta.items()}
    assert not {key: texts for key, texts in found.items() if texts}
    found = {key: [text for text in strings(value) if set("\"'") & set(text)] for key, value in meta.items()}
    assert not {key: texts for key, texts in found.items() if texts and key != "json_ld"}


@pytest.mark.site
@pytest.mark.xdist_group("canary")
class TestSite:
    def test_every_page_kind_is_there(self, built):
        owners = {file["owner"] for file in json.loads((built / "manifest.json").read_bytes())["files"]}
        used = {owner.partition(" (")[0] for owner in owners if owner.startswith("templates/")}
        kinds = {path.relative_to(TEMPLATES.parent).as_posix() for path in (TEMPLATES / "pages").glob("*.j2")}
        assert used == kinds | {"templates/embed.html.j2", "templates/redirect.html.j2"}

    def test_no_page_has_it_as_code(self, built):
        pages = sorted((built / "site").rglob("*.html"))
        assert len(pages) > 80
        found = {path.relative_to(built / "site").as_posix(): birds(path.read_text(encoding="utf-8")) for path in pages}
        assert not {path: tags for path, tags in found.items() if tags}

    def test_titles_and_crumbs_say_it_as_it_is(self, built):
        title = f"用地没有落实（虚构）{LONG}"
        page = LexborHTMLParser((built / "site" / "problems" / "land" / "index.html").read_text(encoding="utf-8"))
        assert page.css_first("title").text() == f"{title} - {SITE_NAME}"
        assert page.css_first('meta[property="og:title"]').attributes["content"] == title
        assert page.css_first("h1").text().removesuffix("¶") == title
        assert page.css_first(".crumbs [aria-current]").text() == title
        assert page.css_first("[data-md-component=header-topic]").text(strip=True) == title
        target = LexborHTMLParser((built / "site" / "targets" / "gdp-2025" / "index.html").read_text(encoding="utf-8"))
        assert target.css(".crumbs a")[1].text() == f"测试规划{LONG}"

    def test_the_search_index_holds_text(self, built):
        """The search shows what it reads as text: names as they are in the data, pages' texts without their tags."""
        first = json.loads((built / "site" / "search" / "names-0.json").read_bytes())
        assert any("<x-canary>" in text for text in strings(first["entries"]))
        words = [json.loads(path.read_bytes()) for path in (built / "site" / "search" / "text").glob("*.json")]
        word_or_pair = re.compile(r"(?:[^\W_\u3400-\u9fff]|\.)+|[\u3400-\u9fff]{2}")
        odd = {word for file in words for word in file if not word_or_pair.fullmatch(word)}
        assert not odd

    def test_pictures_and_feeds_hold_text(self, built):
        files = [path for end in ("svg", "xml") for path in sorted((built / "site").rglob(f"*.{end}"))]
        assert {path.suffix for path in files} == {".svg", ".xml"}
        assert not [path for path in files if birds(path.read_text(encoding="utf-8"))]


FOREIGN = """# 一页

<script>document.title = "x"</script>

<p onclick="alert(1)">点</p>

<meta http-equiv="refresh" content="9;url=https://example.org/">
"""


@pytest.mark.site
@pytest.mark.xdist_group("canary")
def test_code_in_a_page_stops_the_build_and_leaves_the_site_as_it_was(tmp_path):
    (tmp_path / "project").mkdir()
    home = project(tmp_path / "project")
    site = sites.build(tmp_path / "out", "--package", home / "datapackage")
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    (home / "docs" / "practice" / "foreign.md").write_text(FOREIGN, encoding="utf-8")
    arguments = ("--out", tmp_path / "out", "--as-of", sites.AS_OF, "--package", home / "datapackage")
    result = sites.run("build", *arguments)
    assert result.returncode == 3, result.stdout + result.stderr
    said = [line for line in result.stderr.splitlines() if "practice/foreign/index.html" in line]
    assert ["内嵌脚本" in said[0], "onclick" in said[1], "自动跳转" in said[2]] == [True] * 3
    assert "Traceback" not in result.stderr
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
