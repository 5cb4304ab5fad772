"""Croissant, CSVW and `data.json`: they name files that are there, by their own bytes, and the columns these have."""

import csv
import hashlib
import json

import opendata_samples as samples
import pytest
from rdflib import Graph


def read(site, name):
    return json.loads((site / "data" / name).read_text(encoding="utf-8"))


def at(site, address):
    return site / address.removeprefix(samples.ADDRESS)


def test_croissant_files_are_the_published_ones(site):
    described = read(site, "croissant.json")
    assert described["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    assert len(described["distribution"]) == len(list((site / "data/csv").glob("*.csv"))) / 2
    for file in described["distribution"]:
        content = at(site, file["contentUrl"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
        assert file["contentSize"] == f"{len(content)} B"


def test_croissant_fields_are_the_columns_of_their_file(site):
    described = read(site, "croissant.json")
    names = {each["@id"] for each in described["distribution"]}
    fields = {field["@id"] for each in described["recordSet"] for field in each["field"]}
    assert fields
    for each in described["recordSet"]:
        columns = [field["source"]["extract"]["column"] for field in each["field"]]
        with (site / f"data/csv/{each['@id']}.csv").open(encoding="utf-8", newline="") as file:
            assert columns == next(csv.reader(file))
        assert {field["source"]["fileObject"]["@id"] for field in each["field"]} <= names
        leads = [field["references"]["field"]["@id"] for field in each["field"] if "references" in field]
        assert set(leads) <= fields
        assert {key["@id"] for key in each.get("key", ())} <= fields
    observations = next(each for each in described["recordSet"] if each["@id"] == "observations")
    types = {field["source"]["extract"]["column"]: field["dataType"] for field in observations["field"]}
    assert (types["value"], types["pub"], types["period"]) == ("sc:Float", "sc:Date", "sc:Text")


def test_croissant_is_a_graph_of_one_dataset(site):
    graph = Graph().parse(site / "data/croissant.json", format="json-ld", publicID=samples.ADDRESS)
    found = graph.query("SELECT ?d WHERE { ?d a <https://schema.org/Dataset> }")
    assert len(list(found)) == 1


def test_csvw_columns_are_those_of_each_file(site):
    for table in read(site, "csvw.json")["tables"]:
        with (site / "data" / table["url"]).open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        schema = table["tableSchema"]
        assert [column["titles"] for column in schema["columns"]] == header
        assert set(schema.get("primaryKey", ())) <= set(header)
        for key in schema.get("foreignKeys", ()):
            assert set(key["columnReference"]) <= set(header)
            assert (site / "data" / key["reference"]["resource"]).is_file()


def test_data_json_has_what_the_schema_asks_for_and_every_file(site, publication):
    entries = read(site, "data.json")["dataset"]
    for entry in entries:
        wanted = ("title", "description", "keyword", "modified", "publisher", "identifier", "accessLevel")
        assert all(entry[name] for name in wanted)
        assert all(at(site, file["downloadURL"]).is_file() for file in entry["distribution"])
    offered = sum(len(entry["distribution"]) for entry in entries)
    assert offered == len(publication.downloads)
    assert len({entry["identifier"] for entry in entries}) == len(entries)


def test_ask_whom_stands_only_where_somebody_is_named(site, publication):
    from dataclasses import replace  # noqa: PLC0415 - of use here alone

    from build_scripts.exports.descriptions import data_json  # noqa: PLC0415

    assert "contactPoint" not in read(site, "data.json")["dataset"][0]
    named = data_json(replace(publication.edition, mail="data@example.org"), (), ())
    assert named["dataset"][0]["contactPoint"]["hasEmail"] == "mailto:data@example.org"


@pytest.mark.parametrize("kind", ["targets", "indicators"])
def test_figures_of_one_subject_are_described_beside_them(site, kind):
    described = sorted((site / "data/subsets" / kind).glob("*.metadata.json"))
    assert described
    for path in described:
        about = json.loads(path.read_text(encoding="utf-8"))
        content = at(site, about["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == about["sha256"]
        rows = list(csv.DictReader(content.decode().splitlines()))
        assert len(rows) == about["rows"]
        assert [column["name"] for column in about["columns"]] == list(rows[0])
        assert {row["source_id"] for row in rows} == {source["id"] for source in about["sources"]}
        assert {row["unit"] for row in rows} == {about["indicator"].get("unit", "")}
        assert about["retrieved"] >= max(row["pub"] for row in rows)
        assert (path.parent / path.name.replace(".metadata.json", ".excel.csv")).is_file()
