"""Kinds of edit to a small site, each with what it does to a folder; what must hold after each is in `test_edits`."""

import dataclasses
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import packages
import pytest
from packages import add, cell, copy_row, drop_row, emptied
from site_builds import ROOT, SmallSite, as_new_process

from build_scripts.core.records import Page

Edit = Callable[[SmallSite, pytest.MonkeyPatch], None]
ADDRESS = ('site_url: !ENV [SITE_URL, ""]', "site_url: https://example.org/sub/")


def package(*changes: packages.Change) -> Edit:
    """Change the data package."""

    def change(site: SmallSite, _patch: pytest.MonkeyPatch) -> None:
        for each in changes:
            each(site.package)

    return change


def text(path: str, old: str, new: str) -> Edit:
    """Replace a piece of text of a file of the site."""

    def change(site: SmallSite, _patch: pytest.MonkeyPatch) -> None:
        found = (site.folder / path).read_text(encoding="utf-8")
        assert old in found, (path, old)
        (site.folder / path).write_text(found.replace(old, new), encoding="utf-8")

    return change


def put(path: str, content: str) -> Edit:
    """Write a new file of the site."""

    def change(site: SmallSite, _patch: pytest.MonkeyPatch) -> None:
        assert not (site.folder / path).exists(), path
        (site.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (site.folder / path).write_text(content, encoding="utf-8")

    return change


def both(*edits: Edit) -> Edit:
    """One edit after another."""

    def change(site: SmallSite, patch: pytest.MonkeyPatch) -> None:
        for each in edits:
            each(site, patch)

    return change


def page_gone(site: SmallSite, _patch: pytest.MonkeyPatch) -> None:
    """A hand-written page goes, and what led to it."""
    text("mkdocs.yml", "      - about: about.md\n", "")(site, _patch)
    (site.folder / "docs" / "about.md").unlink()


def asked(**changes: object) -> Edit:
    """Ask for another day, or for what was known on one."""

    def change(site: SmallSite, _patch: pytest.MonkeyPatch) -> None:
        site.settings = dataclasses.replace(site.settings, **changes)

    return change


def picture(site: SmallSite, _patch: pytest.MonkeyPatch) -> None:
    """A picture gets other bytes."""
    path = next((site.folder / "docs" / "assets").rglob("*.svg"))
    path.write_bytes(path.read_bytes() + b"<!-- more -->")


def _code_folder(site: SmallSite, patch: pytest.MonkeyPatch, name: str, *places: str) -> Path:
    """A copy of a folder of the program that stands in the original's place."""
    copy = site.folder / name.replace("/", "-")
    shutil.copytree(ROOT / "build_scripts" / name, copy)
    for place in places:
        patch.setattr(place, copy)
    as_new_process(also=("environment", "_words"))
    return copy


def template(site: SmallSite, patch: pytest.MonkeyPatch) -> None:
    """The template of all targets says something more."""
    folder = _code_folder(site, patch, "templates", "build_scripts.render.TEMPLATES")
    with (folder / "pages" / "target.md.j2").open("a", encoding="utf-8") as file:
        file.write("\n<p>每页都添的一句。</p>\n")


def words(site: SmallSite, patch: pytest.MonkeyPatch) -> None:
    """A status has another name, everywhere."""
    folder = _code_folder(site, patch, "locale/zh")
    patch.setattr("build_scripts.locale.catalogue._FOLDER", folder.parent)
    folder.rename(folder.parent / "zh")
    path = folder.parent / "zh" / "status.toml"
    found = path.read_text(encoding="utf-8")
    assert 'achieved = "' in found
    path.write_text(found.replace('achieved = "', 'achieved = "真的'), encoding="utf-8")
    as_new_process(also=("environment", "_words"))


def theme(site: SmallSite, patch: pytest.MonkeyPatch) -> None:
    """The foot of every page says something more."""
    places = ("build_scripts.site.engine.THEME", "build_scripts.publish.site_state.THEME")
    folder = _code_folder(site, patch, "theme", *places)
    path = folder / "partials" / "footer.html"
    path.write_text(path.read_text(encoding="utf-8") + "<!-- more -->", encoding="utf-8")


@dataclasses.dataclass(frozen=True)
class Glossary:
    """The view of a new kind of page."""

    lines: tuple[str, ...]


def release(site: SmallSite, _patch: pytest.MonkeyPatch) -> None:
    """A version of the data is let out."""
    from build_scripts.cli.release import release as let_out  # noqa: PLC0415 - the verb, as it is called

    let_out(site.package, site.settings.as_of.isoformat(), site.folder / "releases")


def page_kind(site: SmallSite, patch: pytest.MonkeyPatch) -> None:
    """A new kind of page, made of the data."""
    folder = _code_folder(site, patch, "templates", "build_scripts.render.TEMPLATES")
    printed = "# 词表 { #glossary }\n\n{% for line in view.lines %}<p>{{ line }}</p>\n{% endfor %}"
    (folder / "pages" / "glossary.md.j2").write_text(printed, encoding="utf-8")

    def pages(given):
        view = Glossary(tuple(each.name for each in given.report.package.targets))
        yield Page("glossary/", "glossary", view, "词表", "词表", "targets/targets.csv")

    from build_scripts import pages as registry  # noqa: PLC0415 - the list is the module's

    patch.setattr(registry, "PAGES", (*registry.PAGES, pages))


def library(module: str, name: str, other: Callable[[Callable], Callable]) -> Edit:
    """A library of another version that gives other results, as the module `module` sees it in `name`."""

    def change(_site: SmallSite, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(f"{module}.version", lambda _library: "99.1")
        owner, _, last = f"{module}.{name}".rpartition(".")
        found = __import__("pkgutil").resolve_name(owner)
        patch.setattr(f"{owner}.{last}", other(getattr(found, last)))
        as_new_process()

    return change


def _longer(function: Callable) -> Callable:
    return lambda *given, **named: function(*given, **named) + b"\n"


def _drawn_otherwise(function: Callable) -> Callable:
    return lambda job: dataclasses.replace(function(job), png=b"another picture")


def converter(_site: SmallSite, patch: pytest.MonkeyPatch) -> None:
    """Python-Markdown of another version that ends every page differently."""
    from build_scripts.site.page_maker import PageMaker  # noqa: PLC0415 - beside what is done to it

    was = PageMaker._converted

    def converted(self, file):
        record, paths = was(self, file)
        return dataclasses.replace(record, content=record.content + "<hr>"), paths

    patch.setattr(PageMaker, "_converted", converted)
    patch.setattr("build_scripts.site.mkdocs_project.version", lambda _library: "99.1")


SOURCE = {
    "source_id": "more",
    "title": "又一份公报（虚构）",
    "publisher": "测试市统计局",
    "published": "2024-04-01",
    "tier": "1",
    "note": "见馆藏",
}
ROW = {"indicator_id": "gdp", "region_id": "city", "period": "2023", "basis": "main", "source_id": "gazette"}
FIGURE = {**ROW, "pub": "2024-05-01", "value": "181.25", "obs_status": "A"}
# Nothing that the site shows changes; the manifest names other inputs all the same.
UNSEEN = {"nothing", "a row of tomorrow"}

DATA: dict[str, Edit] = {
    "nothing": lambda _site, _patch: None,
    "a value": package(cell("observations", 2, "value", "161"), cell("observations", 2, "figure_as_printed", "")),
    "a value written otherwise": package(
        cell("observations", 2, "value", "160.0"), cell("observations", 2, "figure_as_printed", "160.0亿元")
    ),
    "a row in": package(add("observations", **FIGURE)),
    "a row out": package(drop_row("observations", 10)),
    "a row of tomorrow": package(add("observations", **{**FIGURE, "pub": "2024-07-01"})),
    "a row of another day": package(cell("observations", 4, "pub", "2024-03-02")),
    "a first row of a source": package(
        add("sources", **SOURCE), add("observations", **{**FIGURE, "source_id": "more"})
    ),
    "a source's address": package(cell("sources", 3, "url", "https://example.org/other")),
    "a target renamed": package(cell("targets", 2, "name", "生产总值超过二百亿元")),
    "a target's id": package(packages.replace("targets/targets.csv", "share-2025", "share-of-2025")),
    "a target's goal": package(cell("targets", 3, "value", "66"), cell("targets", 3, "figure_as_printed", "66%")),
    "a target in": package(
        copy_row("targets", 3, target_id="share-2024", target_period="2024", name="2024年城镇化率达到65%")
    ),
    "a target out": package(drop_row("targets", 3)),
    "a unit renamed": package(cell("units", 3, "name", "测试市交通运输局")),
    "a region renamed": package(cell("regions", 3, "name", "丙县")),
    "an indicator's definition": package(cell("indicators", 5, "definition", "另一个定义")),
    "an event in": package(
        add(
            "task_events",
            task_id="ring-road",
            date="2023-01-05",
            state="in_progress",
            pub="2023-01-06",
            source_id="paper",
        )
    ),
    "a problem out": package(emptied("problem_events"), emptied("problems")),
    "a bulletin in": package(
        add(
            "bulletins",
            bulletin_id="m-2024-04",
            kind="month",
            period="2024-04",
            as_of="2024-04-30",
            released="2024-05-02",
        )
    ),
    "a search in": package(
        add(
            "searches",
            search_id="site-2024",
            date="2024-02-01",
            target_id="parks-2025",
            place="统计局网站（虚构）",
            place_kind="issuer_site",
            url="https://example.org/s",
            query="公园",
            result="not_found",
        )
    ),
    "rows in another order": package(
        drop_row("observations", 2),
        packages.add(
            "observations",
            **{
                **ROW,
                "period": "2021",
                "pub": "2022-03-01",
                "value": "160",
                "obs_status": "A",
                "yoy": "6.5",
                "yoy_real": "true",
                "figure_as_printed": "160亿元",
            },
        ),
    ),
    "the package's title": package(packages.descriptor(lambda meta: meta.update(title="另一个名字"))),
    "a translation in": package(
        packages.table(
            "translations",
            "table,key,field,lang,text,official\ntargets,gdp-2025,name,en,Output of 20 billion yuan,false\n",
        )
    ),
    "a word of the government's own": package(
        packages.table(
            "vocabulary",
            "list,code,label,plural,order\n"
            "unit_category,department,委办局,,1\nunit_category,county_government,县里,,2\n",
        )
    ),
    "what a column means": package(
        packages.schema("observations", lambda meta: meta["fields"][0].update(description="另一个说明"))
    ),
}

SITE: dict[str, Edit] = {
    "the day": asked(as_of=date(2024, 7, 1)),
    "an earlier day": asked(as_of=date(2022, 12, 31)),
    "what was known": both(package(cell("searches", 2, "recorded_on", "2024-05-02")), asked(known=date(2024, 5, 1))),
    "the address": text("mkdocs.yml", *ADDRESS),
    "the site's name": text("mkdocs.yml", "site_name: 规划进展公开·丽水", "site_name: 另一个名字"),
    "a title in the navigation": text("mkdocs.yml", "- home: index.md", "- 首页: index.md"),
    "a page out of the search": text("docs/about.md", "\ndescription: ", "\nsearch: {exclude: true}\ndescription: "),
    "an extension's settings": text("mkdocs.yml", "permalink_title: section_link", "permalink_title: 到这一节"),
    "a hand-written page": text("docs/about.md", "\n## ", "\n这里添了一句。\n\n## "),
    "a page's front matter": text("docs/about.md", "---\n", "---\nicon: material/home\n"),
    "a page in": put(
        "docs/new.md", "# 新的一页 { #top }\n\n见[说明](about.md)和[目标](targets/gdp-2025/index.md#figures)。\n"
    ),
    "a page out": page_gone,
    "an attachment": put("docs/assets/note.txt", "一份附件\n"),
    "a style": text("docs/assets/css/tokens.css", ":root", "/* more */\n:root"),
    "a picture": picture,
    "a release made": release,
    "a publication recorded": put(
        "publications.csv",
        "publication_id,published_at,approved_by,as_of,fingerprint,summary,note,bulletins\n"
        f"2024-04-03-1,2024-04-03T10:00:00+08:00,张三,2024-03-31,{'0' * 64},收录数据1个。,,m-2024-03\n",
    ),
}

PROGRAM: dict[str, Edit] = {
    "a template": template,
    "words": words,
    "the theme": theme,
    "a kind of page": page_kind,
    "the library of charts": library("build_scripts.charts.render", "_draw", _drawn_otherwise),
    "the library of cards": library("build_scripts.cards.cards", "draw", _longer),
    "the library of workbooks": library("build_scripts.exports.downloads", "workbook", _longer),
    "the library of calendars": library("build_scripts.exports.calendar_files", "_written", _longer),
    "the converter of pages": converter,
}
EDITS = {**DATA, **SITE, **PROGRAM}
