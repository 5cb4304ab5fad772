"""The data dictionary: every table and every column of the schemas, in their own words."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from packages import ROOT, TABLES, schema
from page_samples import made

from build_scripts.exports.tables import ADDED, JUDGED, NAMED
from build_scripts.pages import dictionary

LISTED = [Path(path).stem for path in TABLES]
SCHEMAS = {name: json.loads((ROOT / "datapackage" / "schemas" / f"{name}.json").read_bytes()) for name in LISTED}


@pytest.fixture(scope="module")
def pages(given):
    return {page.address: page for page in dictionary.pages(given)}


def test_every_table_of_the_package_has_a_page_with_every_column(pages):
    for name, table in SCHEMAS.items():
        view = pages[f"data/dictionary/{name.replace('_', '-')}/"].view
        own = [row for row in view.fields if row.name not in ADDED or name not in {*NAMED, JUDGED}]
        assert {row.name: row.title for row in own} == {f["name"]: f["title"] for f in table["fields"]}
        keys = table["primaryKey"]
        assert [row.name for row in view.fields if row.is_key] == ([keys] if isinstance(keys, str) else keys)
        assert view.file.address.endswith(f"/{name}.csv")


def test_the_list_tells_package_tables_from_computed_ones(pages):
    own, derived = pages["data/dictionary/"].view.groups
    assert {row.name for row in own.tables} == set(SCHEMAS)
    assert all(row.rows != "—" for row in own.tables)
    assert derived.tables
    assert not {row.name for row in derived.tables} & set(SCHEMAS)
    assert len(pages) == 1 + len(own.tables) + len(derived.tables)


def test_a_foreign_key_leads_to_the_table_it_points_to(pages):
    fields = {row.name: row for row in pages["data/dictionary/targets/"].view.fields}
    assert fields["plan_id"].refers_to.address == "data/dictionary/plans/"
    assert fields["name"].refers_to is None
    users = {link.address for link in pages["data/dictionary/plans/"].view.used_by}
    assert {"data/dictionary/targets/", "data/dictionary/projects/"} <= users


def test_what_a_schema_says_is_what_the_page_says(tmp_path):
    def edit(meta):
        meta["fields"][0]["description"] = "只在这个测试里的说明"
        meta["fields"][0]["constraints"] = {"required": True, "maxLength": 12}

    found = {page.address: page for page in dictionary.pages(made(tmp_path, schema("plans", edit)))}
    row = found["data/dictionary/plans/"].view.fields[0]
    assert row.meaning == "只在这个测试里的说明"
    assert row.constraints == "不能为空；不超过 12 个字"


def test_neighbours_form_one_chain(pages):
    views = [page.view for address, page in pages.items() if address != "data/dictionary/"]
    assert views[0].previous is None
    assert views[-1].next is None
    for first, second in pairwise(views):
        assert second.previous.label
        assert first.next.address in pages
