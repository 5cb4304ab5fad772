"""Nothing published after the edition's day is in it, and the computed tables say what the records say."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import opendata_samples as samples
import openpyxl
import pytest

from build_scripts.core.language import speaking
from build_scripts.exports import Publication, artifacts, assessed_edition, dictionary
from build_scripts.exports.tables import package_tables
from build_scripts.report import build_report


def test_what_was_published_later_is_left_out():
    package = samples.edition().package
    assert [seen.period for seen in package.observations if seen.source_id == "src-late"] == []
    assert len(package.observations) == 6
    assert [event.state for event in package.task_events] == ["started"]
    assert [each.problem_id for each in package.problems] == ["problem-a"]
    assert [each.problem_id for each in package.problem_events] == ["problem-a"]
    assert [each.bulletin_id for each in package.bulletins] == ["2025-q1"]
    assert [each.source_id for each in package.sources] == ["src-a", "src-b", "src-c"]


def test_nothing_of_the_future_is_in_any_file():
    for artifact in artifacts(Publication(samples.edition())):
        for secret in ("src-late", "以后的", "2027-q1", "problem-late"):
            if not artifact.path.endswith((".zip", ".xlsx", ".parquet")):
                assert secret.encode() not in artifact.data, artifact.path


def test_a_later_day_brings_it_in():
    package = samples.edition(as_of=date(2027, 12, 31)).package
    assert package == samples.package()


def test_columns_follow_the_record_and_describe_themselves_by_the_schema():
    tables = {table.name: table for table in package_tables(samples.edition())}
    targets = tables["targets"]
    assert targets.names[:3] == ("target_id", "plan_id", "project_id")
    assert targets.primary_key == ("target_id",)
    assert {field.name: field.type for field in targets.fields}["value"] == "number"
    assert targets.rows[0][targets.names.index("flags")] == "year-inferred;aspirational"
    assert targets.rows[0][targets.names.index("value")] == Decimal(2250)
    assert targets.rows[3][targets.names.index("unit")] is None


def test_a_package_without_schemas_still_gets_types_from_its_records():
    from dataclasses import replace  # noqa: PLC0415

    tables = {table.name: table for table in package_tables(replace(samples.edition(), schemas={}))}
    types = {field.name: field.type for field in tables["targets"].fields}
    assert (types["value"], types["due"], types["peers"], types["in_totals"]) == (
        "number",
        "date",
        "integer",
        "boolean",
    )
    assert types["flags"] == "string"


def test_wide_table_joins_names_status_and_latest_source(publication):
    rows = {row["target_id"]: row for row in publication.tables["targets_wide"].records()}
    first = rows["gdp-2025"]
    assert (first["plan"], first["project"], first["region"], first["lead_unit"]) == (
        "规划甲",
        "甲工程",
        "样例市",
        "甲局",
    )
    assert (first["status"], first["status_label"], first["family_label"]) == ("on_track", "符合进度", "推进中")
    assert (first["judged_period"], first["judged_value"]) == ("2024", Decimal("2181.18"))
    # The latest figure is the one the verdict names, whatever else was published of its period.
    assert (first["latest_period"], first["latest_value"]) == (first["judged_period"], first["judged_value"])
    assert first["latest_pub"] == date(2025, 3, 1)
    assert first["latest_publisher"] == "样例市统计局"
    assert first["address"] == f"{samples.ADDRESS}targets/gdp-2025/"
    assert rows["road-2025"]["latest_value"] is None
    assert (first["kind_label"], first["comparator_label"]) == ("到期达到某一水平", "不低于")
    assert first["flags_label"] == "初步数；2023年曾达到"
    assert rows["words-only"]["reason_label"] == "没有可核对的数值"
    assert (first["plan_id"], first["indicator_id"], first["region_id"]) == ("plan-a", "gdp", "city")
    assert first["explanation"] == "2024年为2,181.18亿元。"
    assert first["judged_source"]
    assert first["figures"] == sum(
        (each.indicator_id, each.region_id) == ("gdp", "city") for each in publication.edition.package.observations
    )
    assert rows["road-2025"]["figures"] == 0


def test_works_and_groups_have_their_verdicts(publication):
    (task,) = publication.tables["task_assessments"].records()
    assert (task["task_id"], task["status"], task["derived"]) == ("task-a", "achieved_late", 60)
    (group,) = publication.tables["group_assessments"].records()
    assert (group["region_id"], group["targets"], group["score"]) == ("group", 1, 60)
    assert str(group["label"]).startswith("非官方分组视图")


def test_history_has_a_row_a_target_a_day(publication):
    table = publication.tables["status_history"]
    assert len(table.rows) == 8
    assert len({row[:2] for row in table.rows}) == 8


@pytest.mark.parametrize("name", ["assessments", "status_history", "observations"])
def test_units_stand_behind_the_columns_that_were_there_before(publication, name):
    assert publication.tables[name].names[-1] == "unit"


def test_dictionary_says_all_columns_in_words(publication):
    entries = {entry.name: entry for entry in dictionary(publication.tables.values())}
    assert set(entries) == set(publication.tables)
    for entry in entries.values():
        assert [field.name for field in entry.fields] == list(publication.tables[entry.name].names)
        assert all(field.title and field.meaning for field in entry.fields)
    target = {field.name: field for field in entries["targets"].fields}
    assert target["target_id"].is_key
    assert target["project_id"].refers_to == "projects"
    assert target["duplicate_of"].refers_to == "targets"
    assert "不能为空" in target["target_id"].constraints
    assert target["peers"].constraints == ("不小于 2",)
    assert entries["targets_wide"].derived


@pytest.mark.parametrize(
    "meta",
    [
        {},
        {"name": "../../etc/passwd", "title": None, "licenses": "CC", "contributors": {"title": "x"}, "keywords": None},
        {"name": "样例", "licenses": [1, {"name": None}], "contributors": ["甲", {"role": "author"}], "keywords": [3]},
    ],
)
def test_an_empty_package_with_a_careless_descriptor_is_published_all_the_same(meta):
    empty = samples.model.Package(meta, *((),) * 13)
    made = {
        each.path: each.data
        for each in artifacts(Publication(assessed_edition(build_report(empty, samples.AS_OF), {})))
    }
    assert all(re.fullmatch(r"[a-z0-9._/-]+", path.lower()) for path in made)
    assert not any(".." in path for path in made)
    assert json.loads(made["api/v1/targets.json"])["items"] == []
    assert made["data/csv/targets.csv"].startswith(b"target_id,plan_id,")
    assert openpyxl.load_workbook(io.BytesIO(made["data/xlsx/targets.xlsx"])).worksheets[0].max_row == 1


def test_subsets_are_found_by_what_they_are_about(publication):
    found = publication.subsets_by_subject
    assert {each.format for each in found["projects/proj-a"]} == {"csv", "excel-csv", "xlsx"}
    assert [each.path for each in found["targets/gdp-2025"]] == [
        f"data/subsets/targets/gdp-2025.{end}" for end in ("csv", "excel.csv", "metadata.json")
    ]
    assert "regions/group" not in found
    wide = found["units/unit-b"][0].content.decode()
    assert wide.count("\n") > 1
    assert "gdp-2025" in wide


def test_a_table_the_package_leaves_out_is_called_what_the_contract_calls_it():
    edition = samples.edition()
    with speaking("en"):
        bare = replace(edition.package, meta={**edition.package.meta, "resources": []})
        tables = {table.name: table for table in package_tables(replace(edition, package=bare, schemas={}))}
    assert tables["unanswered"].title == "Words no plan answers"
    assert [name for name, table in tables.items() if table.title == name] == []
    assert tables["searches"].fields[1].title == "Search date"
