"""A site in several languages: equal addresses, a switch that keeps the page, files that are the same once."""

import json
import os
import re
from pathlib import Path

import pytest
import sites
from packages import write_package
from selectolax.lexbor import LexborHTMLParser
from site_builds import by_mkdocs, hashes

from build_scripts.core.language import speaking
from build_scripts.core.translated import translated
from build_scripts.load import read, records
from build_scripts.locale import t
from build_scripts.pages.asking import letter
from build_scripts.publish.site_state import ledger_of

ROOT = Path(__file__).parents[2]
TRANSLATIONS = """\
table,key,field,lang,text,official
targets,gdp-2025,name,en,Output of 20 billion yuan,false
regions,city,name,en,Testing City,false
indicators,gdp,name,en,Gross regional product,false
units,transport,name,en,Transport Bureau,false
"""


def with_translations(folder: Path) -> None:
    (folder / "targets" / "translations.csv").write_text(TRANSLATIONS, encoding="utf-8")
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    listed = json.loads((ROOT / "datapackage" / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    descriptor["resources"] += [each for each in listed if each["name"] == "translations"]
    descriptor["disclosure"] = {"languages": ["zh", "en"]}
    path.write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")


def test_a_package_is_shown_in_another_of_its_languages(make_package):
    package = records(read(make_package(with_translations)))
    shown = translated(package, "en")
    assert shown.target_by_id["gdp-2025"].name == "Output of 20 billion yuan"
    assert shown.target_by_id["share-2025"].name == package.target_by_id["share-2025"].name
    assert shown.table("targets") == package.table("targets")
    assert translated(package, "zh") is package
    assert translated(package, "fr") is package


REQUESTS = """\
datapackage,datapackage,disclosure.information_request.wording,en,"To {body}: under {law}, please send {items}",false
datapackage,datapackage,disclosure.information_request.law,en,the Regulations,false
datapackage,datapackage,contributors.0.title,en,The editors,false
"""


def with_requests(folder: Path) -> None:
    with_translations(folder)
    with (folder / "targets" / "translations.csv").open("a", encoding="utf-8") as file:
        file.write(REQUESTS)
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["disclosure"]["information_request"] = {"wording": "{body}：依据{law}，请公开{items}"}
    descriptor["contributors"] = [{"title": "编辑组"}]
    path.write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")


def test_the_letter_of_a_package_is_said_in_another_of_its_languages(make_package):
    package = records(read(make_package(with_requests)))
    shown = translated(package, "en")
    with speaking("en"):
        text = letter(shown.government.information_request, "target.request.letter", "Transport Bureau", "the length")
    assert text == "To Transport Bureau: under the Regulations, please send the length"
    assert shown.meta["contributors"] == [{"title": "The editors"}]
    assert package.government.information_request.wording == "{body}：依据{law}，请公开{items}"
    assert package.meta["contributors"] == [{"title": "编辑组"}]


def test_a_government_without_such_a_right_gets_none_by_a_translation(make_package):
    def without(folder: Path) -> None:
        with_requests(folder)
        path = folder / "datapackage.json"
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        descriptor["disclosure"]["information_request"] = None
        path.write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")

    assert translated(records(read(make_package(without))), "en").government.information_request is None


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A site of the invented package in two languages, with a page that is written by hand in one only."""
    folder = tmp_path_factory.mktemp("two")
    (folder / "datapackage").mkdir()
    write_package(folder / "datapackage", with_translations)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("languages: []", "languages: [zh, en]")
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (folder / "docs").symlink_to(ROOT / "docs")
    return sites.share_store(folder)


@pytest.fixture(scope="module")
def site(project) -> Path:
    there = {**os.environ, "SITE_URL": "https://x.example/"}
    return sites.build(project / "out", "--package", project / "datapackage", env=there)


def pages(folder: Path) -> set[str]:
    return {path.parent.relative_to(folder).as_posix() for path in folder.rglob("index.html")}


@pytest.mark.slow
def test_both_languages_have_the_same_addresses(site):
    zh, en = pages(site / "zh"), pages(site / "en")
    docs = ROOT / "docs"
    written = {path.relative_to(docs).with_suffix("").as_posix() for path in docs.rglob("*.md")}
    by_hand = {name.removesuffix("/index") for name in written}
    assert en <= zh
    assert zh - en <= by_hand
    assert {"targets/gdp-2025", "about", "search"} <= en


@pytest.mark.slow
@pytest.mark.parametrize("code", ["zh", "en"])
def test_each_is_what_mkdocs_gives(project, site, tmp_path, monkeypatch, code):
    monkeypatch.setenv("SITE_URL", "https://x.example/")
    with speaking(code, f"{code}/"):
        assert by_mkdocs(project / "out" / code, project, tmp_path) == hashes(project / "out" / code / "site")


@pytest.mark.slow
def test_each_speaks_its_own_language(site):
    for code, lang, name in (("zh", "zh-CN", "生产总值达到200亿元"), ("en", "en", "Output of 20 billion yuan")):
        page = LexborHTMLParser((site / code / "targets" / "gdp-2025" / "index.html").read_text(encoding="utf-8"))
        assert page.css_first("html").attributes["lang"] == lang
        assert name in page.css_first("h1").text()


@pytest.mark.slow
def test_what_has_no_translation_is_marked_with_its_language(site):
    page = LexborHTMLParser((site / "en" / "targets" / "share-2025" / "index.html").read_text(encoding="utf-8"))
    assert any("城镇化率" in each.text() for each in page.css('span[lang="zh-CN"]'))


HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
# Names of languages in the switch, and how the page engine's own list of keys is called, have their own marks.
GLUED = re.compile(r"[a-z]\.[A-Z][a-z]{2}|\b\d[\d,]*[a-z]{4,}|\w\.\s?\.(?!\.)|\b[a-z]+\d{4}\b")


def unmarked(page: LexborHTMLParser) -> list[str]:
    """Texts in Chinese characters of a page's body that say no language."""
    found = []
    for node in page.body.traverse(include_text=True):
        text = node.text(deep=False) if node.tag == "-text" else ""
        above = node.parent
        while HAN.search(text) and above is not None:
            if above.tag in {"script", "style", "svg"} or (above.attributes.get("lang") or "").startswith("zh"):
                break
            above = above.parent
        else:
            found += [text] if HAN.search(text) else []
    return found


@pytest.mark.slow
def test_whatever_stays_chinese_says_so_and_nothing_is_glued_together(site):
    paths = sorted((site / "en").rglob("index.html"))
    assert len(paths) > 80
    for path in paths:
        page = LexborHTMLParser(path.read_text(encoding="utf-8"))
        assert unmarked(page) == [], path.relative_to(site)
        for apart in page.css("svg, script, style, code"):
            apart.decompose()
        for block in page.css("article p, article li, article td, article dd"):
            assert not GLUED.search(block.text()), (path.relative_to(site), block.text())


@pytest.mark.slow
def test_translations_are_said_to_be_the_sites_own(site):
    said = {code: (site / code / "index.html").read_text(encoding="utf-8") for code in ("zh", "en")}
    with speaking("en"):
        assert t("theme.translated") in said["en"]
    assert t("theme.translated") not in said["zh"]


@pytest.mark.slow
def test_the_switch_keeps_the_page_where_there_is_one(site):
    page = LexborHTMLParser((site / "zh" / "targets" / "gdp-2025" / "index.html").read_text(encoding="utf-8"))
    link = page.css_first("a.edition").attributes
    target = (site / "zh" / "targets" / "gdp-2025" / link["href"] / "index.html").resolve()
    assert target == (site / "en" / "targets" / "gdp-2025" / "index.html").resolve()
    assert link["hreflang"] == link["lang"] == "en"
    alternates = {each.attributes["hreflang"]: each.attributes["href"] for each in page.css("link[hreflang]")}
    assert alternates == {
        "zh-CN": "https://x.example/zh/targets/gdp-2025/",
        "en": "https://x.example/en/targets/gdp-2025/",
    }
    only = LexborHTMLParser((site / "zh" / "architecture" / "index.html").read_text(encoding="utf-8"))
    back = (site / "zh" / "architecture" / only.css_first("a.edition").attributes["href"]).resolve()
    assert back == (site / "en").resolve()


@pytest.mark.slow
def test_each_has_a_search_of_its_own_and_data_is_there_once(site):
    zh, en = ((site / code / "search" / "names-0.json").read_text(encoding="utf-8") for code in ("zh", "en"))
    assert "Gross regional product" in en
    assert "Gross regional product" not in zh
    assert json.loads(en)["spaced"] is True
    raw = [site / code / "data" / "csv" / "targets.csv" for code in ("zh", "en")]
    assert raw[0].samefile(raw[1])
    assert "生产总值达到200亿元" in raw[0].read_text(encoding="utf-8")


@pytest.mark.slow
def test_tables_are_described_in_each_language(site):
    said = [
        (site / code / "data" / "dictionary" / "plans" / "index.html").read_text(encoding="utf-8")
        for code in ("zh", "en")
    ]
    assert "规划" in LexborHTMLParser(said[0]).css_first("h1").text()
    assert "Plans" in LexborHTMLParser(said[1]).css_first("h1").text()


@pytest.mark.slow
def test_the_first_page_leads_to_each_language(site):
    page = LexborHTMLParser((site / "index.html").read_text(encoding="utf-8"))
    assert [each.attributes["href"] for each in page.css("a")] == ["zh/", "en/"]


@pytest.mark.slow
def test_every_link_of_the_menu_leads_somewhere(site):
    for code in ("zh", "en"):
        home = site / code / "index.html"
        page = LexborHTMLParser(home.read_text(encoding="utf-8"))
        links = {each.attributes.get("href") or "" for each in page.css("nav a")}
        inner = {link.partition("#")[0] for link in links if not re.match(r"[a-z]+:", link)}
        assert len(inner) > 10
        for link in inner - {""}:
            place = (home.parent / link).resolve()
            assert place.is_file() or (place / "index.html").is_file(), (code, link)


def in_project(project, *verb):
    """A verb that went well, in the project's folder: what it said."""
    done = sites.run(*verb, "--package", project / "datapackage", env={**os.environ, "SITE_URL": "https://x.example/"})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def names_of(folder: Path) -> dict[str, int]:
    """Every file of a folder with the number of its content on the disk."""
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_both_lists_of_pages_are_named(site):
    lines = (site / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("Sitemap")] == [
        "Sitemap: https://x.example/zh/sitemap.xml",
        "Sitemap: https://x.example/en/sitemap.xml",
    ]


@pytest.mark.slow
def test_nothing_to_do_is_found_out_first(project, site):
    before = names_of(site)
    said = in_project(project, "build", "--out", project / "out", "--as-of", sites.AS_OF)
    assert "没有变化" in said
    assert names_of(site) == before
    (site / "en" / "about" / "index.html").unlink()
    said = in_project(project, "build", "--out", project / "out", "--as-of", sites.AS_OF)
    assert "网站已建成" in said
    assert names_of(site).keys() == before.keys()


@pytest.mark.slow
def test_a_site_in_two_languages_is_reviewed_let_out_verified_and_taken_back(project, site):
    out, package = ("--out", project / "out"), project / "datapackage"
    said = in_project(project, "preview", *out, "--as-of", sites.AS_OF)
    assert "这是第一次发布" in said
    assert "English：" in said
    assert all((project / "out" / "preview" / code / "review.html").is_file() for code in ("zh", "en"))

    in_project(project, "publish", *out, "--approved-by", "王某")
    target = project / "out" / "published"
    line = {code: (target / code / "publications" / "index.html").read_text(encoding="utf-8") for code in ("zh", "en")}
    with speaking("en"):
        assert t("publication.changes") in line["en"]
    assert t("publication.changes") in line["zh"]
    assert all("王某" in each for each in line.values())
    for code in ("zh", "en"):
        assert (target / code / "publications" / "changes.html").is_file()
    assert (target / "zh/data/csv/targets.csv").samefile(target / "en/data/csv/targets.csv")
    assert "没有再次发布" in in_project(project, "publish", *out, "--approved-by", "王某")
    in_project(project, "verify", "--site", target)
    (first,) = ledger_of(project)

    table = package / "progress" / "observations.csv"
    table.write_text(
        table.read_text(encoding="utf-8") + "gdp,city,2024,main,2025-03-01,gazette,190,A,,,190亿元,\n", encoding="utf-8"
    )
    in_project(project, "build", *out, "--as-of", sites.AS_OF)
    said = in_project(project, "preview", *out, "--as-of", sites.AS_OF)
    assert "新增数据1个" in said
    assert "1 new figure" in said
    in_project(project, "publish", *out, "--approved-by", "李某")
    assert len(ledger_of(project)) == 2
    in_project(project, "rollback", first.publication_id, *out, "--approved-by", "赵某")
    assert target.resolve().name == first.publication_id
    assert [each.approved_by for each in ledger_of(project)] == ["王某", "李某", "赵某"]
    page = target / "en" / "about" / "index.html"
    page.write_text("touched", encoding="utf-8")
    refused = sites.run("verify", "--site", target, "--package", package)
    assert refused.returncode != 0
    assert "en/about/index.html" in refused.stderr
