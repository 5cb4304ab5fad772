"""Every answer of the static API is valid against its own schema, and the OpenAPI file is valid and complete."""

from __future__ import annotations

import copy
import json
import re
import urllib.error
import urllib.request

import jsonschema
import opendata_samples as samples
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from build_scripts.exports import Publication, artifacts
from build_scripts.exports.api import ROOT


def answers(site):
    return sorted(path for path in (site / ROOT).rglob("*.json") if "schemas" not in path.parts)


def read(path):
    return json.loads(path.read_text("utf-8"))


def schema_of(site, path):
    """The schema that the index (or the address) names for an answer."""
    if path.name == "index.json":
        name = "Index"
    elif path.parent.name == "targets":
        name = "TargetDetail"
    else:
        listed = {each["path"]: each["schema"] for each in read(site / ROOT / "index.json")["endpoints"]}
        name = listed[f"{samples.ADDRESS}{ROOT}{path.name}"].rpartition("/")[2].removesuffix(".json")
    return read(site / ROOT / "schemas" / f"{name}.json")


def test_every_answer_is_valid_against_its_schema(site):
    checked = 0
    for path in answers(site):
        if path.name == "openapi.json":
            continue
        schema = schema_of(site, path)
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
        assert not list(validator.iter_errors(read(path))), path
        checked += 1
    endpoints = json.loads((site / ROOT / "index.json").read_text(encoding="utf-8"))["endpoints"]
    assert checked == len(endpoints) + len(samples.package().targets)


def spoil(answer, how):
    broken = copy.deepcopy(answer)
    how(broken)
    return broken


@pytest.mark.parametrize(
    "how",
    [
        lambda answer: answer.pop("meta"),
        lambda answer: answer["meta"].update(as_of="gestern"),
        lambda answer: answer["target"].update(value="2250"),
        lambda answer: answer["target"].pop("unit"),
        lambda answer: answer["target"].update(extra=1),
        lambda answer: answer["target"].update(kind="guess"),
        lambda answer: answer["target"].update(target_id=None),
        lambda answer: answer["assessment"].update(status="splendid"),
        lambda answer: answer["explanation"]["steps"][0].pop("rule"),
        lambda answer: answer["observations"][0].update(pub="2024-13-01"),
    ],
)
def test_a_wrong_answer_is_refused(site, how):
    path = site / ROOT / "targets/gdp-2025.json"
    validator = jsonschema.Draft202012Validator(schema_of(site, path), format_checker=jsonschema.FormatChecker())
    assert list(validator.iter_errors(spoil(read(path), how)))


def test_a_target_is_whole(site):
    answer = read(site / ROOT / "targets/gdp-2025.json")
    assert answer["target"]["value"] == 2250
    assert answer["target"]["baseline_value"] == 1540.02
    assert answer["assessment"]["status"] == "on_track"
    assert answer["assessment"]["ratio"] == 1.1472
    step = answer["explanation"]["steps"][0]
    assert step == {
        "code": "path",
        "rule": "§4.1",
        "values": {"value": 2181.18, "year": 2024, "until": "2025-12-31", "none": None},
    }
    assert answer["explanation"]["unlock"] is None
    assert "公布" in read(site / ROOT / "targets/road-2025.json")["explanation"]["unlock"]
    assert answer["explanation"]["sentences"][1] == "进度比1.1472，符合进度。"
    assert [point["as_of"] for point in answer["history"]] == ["2024-12-31", "2025-03-31"]
    assert [each["period"] for each in answer["observations"]] == ["2023", "2024", "2024", "2023-01-01/P24M", "2025-Q1"]
    assert [each["source_id"] for each in answer["sources"]] == ["src-a", "src-b", "src-c"]
    assert answer["related_indicators"][0]["note"] == samples.HOSTILE[1]
    assert answer["links"]["csv"] == f"{samples.ADDRESS}data/subsets/targets/gdp-2025.csv"
    assert answer["citation"]["csl"]["type"] == "dataset"


def test_text_is_original_utf8_with_sorted_keys(site):
    path = site / ROOT / "targets.json"
    text = path.read_text("utf-8")
    assert "地区生产总值" in text
    assert "\\u" not in text
    assert [each["name"] for each in read(path)["items"]] == [target.name for target in samples.package().targets]
    ordered = json.dumps(read(path), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert text == f"{ordered}\n"


def test_index_leads_to_every_answer(site, address):
    index = json.loads(urllib.request.urlopen(f"{address}{ROOT}index.json", timeout=10).read())
    for endpoint in index["endpoints"]:
        for name in ("path", "schema"):
            local = endpoint[name].replace(samples.ADDRESS, address).replace("{target_id}", "gdp-2025")
            assert urllib.request.urlopen(local, timeout=10).status == 200
        if "{target_id}" not in endpoint["path"]:
            local = endpoint["path"].replace(samples.ADDRESS, address)
            answer = json.loads(urllib.request.urlopen(local, timeout=10).read())
            assert len(answer["items"]) == endpoint["count"]
            assert answer["meta"]["self"] == endpoint["path"]
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"{address}{ROOT}targets/nothing.json", timeout=10)


def test_openapi_is_valid_and_names_every_answer(site):
    described = read(site / ROOT / "openapi.json")
    OpenAPIV31SpecValidator(described).validate()
    assert described["openapi"] == "3.1.0"
    assert described["servers"][0]["url"] == f"{samples.ADDRESS}api/v1"
    found = {path.relative_to(site / ROOT).as_posix() for path in answers(site)} - {"openapi.json"}
    found = {f"/{re.sub(r'^targets/.*', 'targets/{target_id}.json', name)}" for name in found}
    assert set(described["paths"]) == found
    example = described["paths"]["/targets/{target_id}.json"]["get"]["parameters"][0]["example"]
    assert (site / ROOT / "targets" / f"{example}.json").is_file()


def test_openapi_and_schema_files_say_the_same(site):
    described = read(site / ROOT / "openapi.json")["components"]["schemas"]
    for path in sorted((site / ROOT / "schemas").glob("*.json")):
        for name, definition in read(path)["$defs"].items():
            there = json.dumps(described[name]).replace("#/components/schemas/", "#/$defs/")
            assert json.loads(there) == definition


def test_without_an_address_links_start_at_the_file():
    made = {each.path: each.data for each in artifacts(Publication(samples.edition(base_url="")))}
    index = json.loads(made[f"{ROOT}index.json"])
    assert index["openapi"] == "openapi.json"
    links = json.loads(made[f"{ROOT}targets/gdp-2025.json"])["links"]
    assert (links["page"], links["csv"]) == ("../../../targets/gdp-2025/", "../../../data/subsets/targets/gdp-2025.csv")
    assert json.loads(made[f"{ROOT}openapi.json"])["servers"][0]["url"] == "."
    schema = json.loads(made[f"{ROOT}schemas/TargetsList.json"])
    assert "$id" not in schema
    assert not list(jsonschema.Draft202012Validator(schema).iter_errors(json.loads(made[f"{ROOT}targets.json"])))
