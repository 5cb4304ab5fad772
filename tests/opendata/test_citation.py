"""Citations in four forms, with what each format would misread made harmless."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import opendata_samples as samples
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from build_scripts.exports import (
    Publication,
    citation_cff,
    cite_dataset,
    cite_target,
    dataset_page,
    script_text,
)
from build_scripts.exports.publication import files


@pytest.fixture(scope="module")
def edition():
    return samples.edition()


def test_dataset_in_every_form(edition):
    cited = cite_dataset(edition)
    assert cited.gbt7714() == (
        "规划进展公开 编辑组. 样例市规划进展：2026.06版[DS/OL]. (2026-06-30)[2026-06-30]. https://example.org/plan/data/."
    )
    assert cited.apa() == (
        "规划进展公开 编辑组. (2026). 样例市规划进展 (Version 2026.06, data as of 2026-06-30) [Data set]. "
        "https://example.org/plan/data/"
    )
    assert cited.csl()["issued"] == {"date-parts": [[2026, 6, 30]]}
    assert cited.csl()["version"] == "2026.06"


def test_target_names_the_dataset_it_is_part_of(edition):
    cited = cite_target(edition, edition.package.target_by_id["gdp-2025"])
    assert cited.gbt7714() == (
        "规划进展公开 编辑组. “地区生产总值”目标进展数据：样例市规划进展：2026.06版[DS/OL]. "
        "(2026-06-30)[2026-06-30]. https://example.org/plan/targets/gdp-2025/."
    )
    assert cited.csl()["container-title"] == "样例市规划进展"
    assert cited.bibtex().startswith("@misc{gdp-2025-20260630,\n  author = {{规划进展公开 编辑组}},\n")


@given(st.text(min_size=1, max_size=30))
def test_bibtex_braces_balance_whatever_the_name(name):
    target = samples.target("t", name=name)
    entry = cite_target(samples.edition(targets=(target,)), target).bibtex()
    bare = re.sub(r"\\[{}]", "", entry)
    depth = 0
    for char in bare:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0
    assert not re.search(r"(?<!\\)[%#$&]", entry)


def test_every_target_has_its_own_key(edition):
    keys = [cite_target(edition, target).key for target in edition.package.targets]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[A-Za-z0-9-]+", key) for key in keys)


def valid_cff(text):
    """Whether the text is what the format's own schema asks for, as shipped with check-jsonschema; asks no network."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "CITATION.cff"
        path.write_text(text, encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "check_jsonschema",
            "--builtin-schema",
            "vendor.citation-file-format",
            str(path),
        ]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_the_projects_own_citation_file_is_valid_and_of_the_data_package():
    root = Path(__file__).parents[2]
    text = (root / "CITATION.cff").read_text(encoding="utf-8")
    assert valid_cff(text)
    said, package = yaml.safe_load(text), json.loads((root / "datapackage" / "datapackage.json").read_bytes())
    assert said["title"] == package["title"]
    assert said["version"] == package["version"]
    assert said["date-released"] == package["created"][:10]
    assert said["license"] == package["licenses"][0]["name"]
    assert [each["name"] for each in said["authors"]] == [each["title"] for each in package["contributors"]]


@pytest.mark.slow
def test_citation_cff_is_yaml_with_what_the_format_asks_for(edition):
    said = yaml.safe_load(citation_cff(edition))
    assert said["cff-version"] == "1.2.0"
    assert said["type"] == "dataset"
    assert said["authors"] == [{"name": "规划进展公开 编辑组"}]
    assert (said["version"], said["date-released"], said["license"]) == ("2026.06", "2026-06-30", "CC-BY-4.0")
    assert valid_cff(citation_cff(edition))
    assert not valid_cff(citation_cff(edition).replace("authors:", "writers:"))
    hostile = samples.edition(meta=samples.meta() | {"title": 'x": [1]\n- \\y'})
    assert yaml.safe_load(citation_cff(hostile))["title"] == 'x": [1] - \\y'


def parsed_bibtex(text):
    """One entry as BibTeX reads it: its type, key and fields, each value with its braces balanced."""
    head = re.match(r"@(\w+)\{([^\s,{}]+),\n", text)
    assert head, text
    place, fields = head.end(), {}
    while found := re.compile(r"  (\w+) = \{").match(text, place):
        depth, place = 1, found.end()
        start = place
        while depth:
            if text[place] == "\\":
                place += 1
            else:
                depth += {"{": 1, "}": -1}.get(text[place], 0)
            place += 1
        fields[found[1]] = text[start : place - 1]
        rest = re.compile(r",?\n").match(text, place)
        assert rest, text[place : place + 20]
        place = rest.end()
    assert text[place:] == "}\n"
    return head[1], head[2], fields


@given(st.text(min_size=1, max_size=30))
def test_bibtex_is_read_back_field_by_field(name):
    target = samples.target("t", name=name)
    cited = cite_target(samples.edition(targets=(target,)), target)
    kind, key, fields = parsed_bibtex(cited.bibtex())
    assert (kind, key) == ("misc", cited.key)
    assert {"author", "title", "year", "version", "urldate", "url"} <= set(fields)
    assert fields["url"] == cited.url
    assert fields["year"] == str(cited.day.year)


# The properties of CSL-JSON (citation-style-language/schema, csl-data.json) that a data set can have here.
CSL = {
    "type": "object",
    "required": ["id", "type"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": ["string", "number"]},
        "type": {"enum": ["dataset"]},
        **{
            name: {"type": "string"} for name in ("title", "publisher", "version", "language", "URL", "container-title")
        },
        "author": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {name: {"type": "string"} for name in ("family", "given", "literal")},
            },
        },
        **{name: {"$ref": "#/$defs/date"} for name in ("issued", "accessed")},
    },
    "$defs": {
        "date": {
            "type": "object",
            "additionalProperties": False,
            "required": ["date-parts"],
            "properties": {
                "date-parts": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 2,
                    "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
                }
            },
        }
    },
}


def test_csl_is_what_reference_managers_take(edition):
    check = Draft202012Validator(CSL)
    for cited in (cite_dataset(edition), *(cite_target(edition, each) for each in edition.package.targets)):
        assert not list(check.iter_errors(cited.csl()))
    assert list(check.iter_errors({**cite_dataset(edition).csl(), "author": "规划进展公开"}))


DOI = "10.5281/zenodo.1234567"


def says_of_itself(edition):
    """Every file that describes the data as a whole, by path, and the descriptor inside the zip."""
    made = dict(files(Publication(edition)))
    names = ("datapackage.json", "CITATION.cff", "citation.bib", "citation.ris", "citation.json", "datacite.json",
             "croissant.json", "csvw.json", "catalog.ttl", "catalog.jsonld")  # fmt: skip
    found = {name: made[f"data/{name}"].decode() for name in names}
    with zipfile.ZipFile(io.BytesIO(next(data for path, data in made.items() if path.endswith(".zip")))) as whole:
        found["zip"] = whole.read("datapackage.json").decode()
    found["page"] = script_text(dataset_page(edition, ()))
    found["marks"] = repr(cite_dataset(edition).marks())
    found["printed"] = cite_dataset(edition).gbt7714()
    found["apa"] = cite_dataset(edition).apa()
    return found


@pytest.mark.slow
def test_a_doi_is_in_everything_that_describes_the_data(edition):
    said = says_of_itself(replace(edition, doi=DOI))
    assert [name for name, text in said.items() if DOI not in text] == []
    assert json.loads(said["datapackage.json"])["id"] == f"https://doi.org/{DOI}"
    assert json.loads(said["citation.json"])[0]["DOI"] == DOI
    assert f"  doi = {{{DOI}}}" in said["citation.bib"]
    assert f"DO  - {DOI}\r\n" in said["citation.ris"]
    assert valid_cff(said["CITATION.cff"])
    assert yaml.safe_load(said["CITATION.cff"])["doi"] == DOI
    cite = json.loads(said["datacite.json"])
    assert (cite["doi"], cite["prefix"], cite["suffix"]) == (DOI, "10.5281", "zenodo.1234567")
    page = json.loads(said["page"])
    assert page["sameAs"] == f"https://doi.org/{DOI}"
    assert page["identifier"][1]["value"] == f"doi:{DOI}"
    assert said["apa"].endswith(f"https://doi.org/{DOI}")
    assert "doi" not in cite_target(replace(edition, doi=DOI), edition.package.targets[0]).csl()


def test_without_a_doi_nothing_speaks_of_one(edition):
    said = says_of_itself(edition)
    assert [name for name, text in said.items() if re.search(r"\bdoi\b", text, re.IGNORECASE)] == []
    cite = json.loads(said["datacite.json"])
    assert {"types", "creators", "titles", "publisher", "publicationYear", "schemaVersion"} <= cite.keys()
    assert all(cite.values())
