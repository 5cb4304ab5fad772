"""The data page and what each page offers to take away: links that exist, hashes that are true, words to be copied."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from datetime import date

import pytest
from page_samples import emptied, made, page

from build_scripts.exports import Publication
from build_scripts.exports.publication import files
from build_scripts.exports.releases import Release
from build_scripts.pages import build_pages, data, project, target
from build_scripts.pages.file_list import files_page
from build_scripts.render import render_page

RELEASE = Release("2026.06", "", date(2026, 6, 30), "data/releases/2026.06/p-2026.06.zip", 2048, "ab" * 32, "首次发布")


@pytest.fixture(scope="module")
def view(given):
    return next(data.pages(given)).view


@pytest.fixture(scope="module")
def published(given):
    return dict(files(given.published))


def test_every_download_is_listed_with_true_size_and_hash(view, published):
    listed = {row.address: row for row in (*view.whole, *view.hashes)}
    in_cells = {link.address for row in view.tables for link in row.files}
    assert in_cells == {row.address for row in view.hashes}
    subsets = {path for path in published if path.startswith("data/subsets/")}
    expected = {path for path in published if re.match(r"data/(csv|xlsx|json|jsonl|parquet|sdmx)/", path)}
    assert expected <= set(listed)
    assert not subsets & set(listed)
    for address, row in listed.items():
        assert row.sha256 == hashlib.sha256(published[address]).hexdigest()
    assert view.whole[0].address.endswith(".zip")


def test_a_day_in_the_past_offers_only_what_was_published_by_then(tmp_path):
    """The raw tables are those of the day, not the files as they lie in the folder."""
    early, late = (made(tmp_path, as_of=day) for day in (date(2022, 6, 30), date(2024, 6, 30)))
    rows = [dict(files(each.published))["data/csv/observations.csv"].decode().splitlines() for each in (early, late)]
    assert 1 < len(rows[0]) < len(rows[1])
    pub = rows[0][0].split(",").index("pub")
    assert max(row.split(",")[pub] for row in rows[0][1:]) <= "2022-06-30"
    counts = [{row.link.address: row.rows for row in next(data.pages(each)).view.tables} for each in (early, late)]
    assert counts[0]["data/dictionary/observations/"] == str(len(rows[0]) - 1)


def test_the_page_describes_the_data_set_for_search_engines(given):
    text = render_page(next(data.pages(given)))
    meta = dict(line.split(": ", 1) for line in text.split("---\n")[1].splitlines())
    described, way = json.loads(json.loads(meta["json_ld"]))
    assert described["@type"] == "Dataset"
    assert way["@type"] == "BreadcrumbList"
    assert [(step["position"], step.get("item")) for step in way["itemListElement"]] == [(1, "../"), (2, None)]
    assert any(each["contentUrl"].endswith(".zip") for each in described["distribution"])


def test_released_versions_are_listed_with_their_zip(given, view):
    assert view.releases == ()
    released = next(data.pages(replace(given, releases=(RELEASE,)))).view
    (row,) = released.releases
    assert (row.version, row.zip.address, row.zip.label) == ("2026.06", RELEASE.zip_path, "压缩包（2.0 KB）")
    assert [link.address for link in row.changes] == [
        f"data/releases/2026.06/changes.{kind}" for kind in ("txt", "json")
    ]


def test_the_one_table_for_a_spreadsheet_comes_first(given, view, published):
    assert [link.address for link in view.one] == [
        "data/xlsx/targets_wide.xlsx", "data/csv/targets_wide.excel.csv", "data/csv/targets_wide.csv",
    ]  # fmt: skip
    assert {link.address for link in view.one} <= set(published)
    text = render_page(next(data.pages(given)))
    assert text.index("targets_wide.xlsx") < text.index("{ #whole }")


def test_a_page_links_only_to_files_that_exist(given, published):
    for each in project.pages(given):
        for link in getattr(each.view, "files", ()):
            assert link.address in published
    bare = made_without_targets(given)
    assert not page(project.pages(bare), "projects/show/").view.files


def made_without_targets(given):
    """The same report with a publication in which the landmark project has neither targets nor works."""
    package = given.report.package
    kept = tuple(each for each in package.targets if each.project_id != "show")
    tasks = tuple(each for each in package.tasks if each.project_id != "show")
    edition = replace(given.published.edition, package=replace(package, targets=kept, tasks=tasks))
    return replace(given, published=Publication(edition))


def test_a_target_page_offers_five_citations_its_files_and_code_to_embed(given, published):
    shown = page(target.pages(given), "targets/gdp-2025/")
    reuse = shown.view.reuse
    assert [each.label for each in reuse.citations] == ["GB/T 7714", "APA", "BibTeX", "RIS", "CSL-JSON"]
    assert json.loads(reuse.citations[-1].text)[0]["type"] == "dataset"
    assert {link.address for link in reuse.files} <= set(published)
    assert [each.label for each in reuse.uses][:2] == ["pandas", "R"]
    assert all("data/subsets/targets/gdp-2025." in each.text for each in reuse.uses)
    assert reuse.badge in published
    assert "Cookie" in reuse.embed_hint
    assert json.loads(shown.json_ld)["identifier"] == "gdp-2025"


def test_a_site_without_an_address_says_what_is_missing_and_offers_nothing_that_cannot_work(given):
    reuse = page(target.pages(given), "targets/gdp-2025/").view.reuse
    assert "补上浏览器地址栏里的网址" in reuse.incomplete
    assert all("http" not in each.text and "targets/" not in each.text for each in reuse.citations)
    assert "首页" in reuse.uses_note
    assert reuse.embeds == ()
    assert "复制浏览器地址栏里的网址" in reuse.unembedded


def test_a_site_that_knows_its_address_needs_no_completing(given):
    edition = replace(given.published.edition, base_url="https://example.org/")
    view = page(target.pages(replace(given, published=Publication(edition))), "targets/gdp-2025/").view
    assert (view.reuse.incomplete, view.reuse.uses_note, view.reuse.unembedded) == ("", "", "")
    assert all("https://example.org/targets/gdp-2025/" in each.text for each in view.reuse.citations)
    assert "<iframe " in view.reuse.embeds[0].text
    assert "https://example.org/embed/gdp-2025/" in view.reuse.embeds[0].text


def test_without_a_publication_there_is_neither_data_page_nor_dictionary(given):
    addresses = {each.address for each in build_pages(replace(given, published=None))}
    assert "targets/gdp-2025/" in addresses
    assert not {each for each in addresses if each == "data/" or each.startswith("data/dictionary/")}


def test_a_package_without_figures_still_has_its_page(tmp_path):
    silent = made(tmp_path, emptied("observations"), emptied("task_events"))
    rows = {row.link.address: row.rows for row in next(data.pages(silent)).view.tables}
    assert rows["data/dictionary/observations/"] == "0"


def test_the_guide_is_linked_only_where_the_site_has_one(given):
    link = 'href="../open-data/"'
    for by_hand, found in ((frozenset({"open-data/"}), True), (frozenset({"about/"}), False)):
        assert (link in render_page(next(data.pages(replace(given, by_hand=by_hand))))) is found


def test_a_style_that_no_page_names_is_among_the_files():
    groups = files_page(["assets/css/search-box.css", "assets/css/layout.css"], "").view.groups
    listed = [link.address for group in groups for link in group.files]
    assert "assets/css/search-box.css" in listed
    assert "assets/css/layout.css" not in listed
