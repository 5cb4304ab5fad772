"""schema.org JSON-LD: the shapes hold for the dataset and for every target, and can fail."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import opendata_samples as samples
import pyshacl
import pytest
from rdflib import Graph

from build_scripts.exports import bulletin_page, dataset_page, script_text, target_page

SHAPES = Path(__file__).with_name("shapes.ttl")
CONTEXT = {
    "@vocab": "https://schema.org/",
    "url": {"@type": "@id"},
    "contentUrl": {"@type": "@id"},
    "license": {"@type": "@id"},
}


def conforms(described):
    """Whether the shapes hold; schema.org's own context is not fetched, its vocabulary is all that is needed."""
    document = json.dumps(described | {"@context": CONTEXT}, ensure_ascii=False)
    graph = Graph().parse(data=document, format="json-ld", base=samples.ADDRESS)
    passed, _, text = pyshacl.validate(graph, shacl_graph=Graph().parse(SHAPES), inference="none")
    return passed, text


def test_dataset_page_conforms_and_lists_every_file(publication):
    described = dataset_page(publication.edition, publication.downloads)
    passed, text = conforms(described)
    assert passed, text
    assert described["@context"] == "https://schema.org/"
    by_url = {each["contentUrl"]: each for each in described["distribution"]}
    whole = by_url[f"{samples.ADDRESS}data/sample-plan.zip"]
    download = next(each for each in publication.downloads if each.path == "data/sample-plan.zip")
    assert whole["sha256"] == download.sha256
    assert described["temporalCoverage"] == "2023-01-01/2025-03-31"
    assert described["license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_every_target_page_conforms_and_leads_to_files_that_exist(publication, site):
    for target in publication.edition.package.targets:
        described = target_page(publication.edition, target)
        passed, text = conforms(described)
        assert passed, text
        for file in described["distribution"]:
            assert (site / file["contentUrl"].removeprefix(samples.ADDRESS)).is_file()


def test_target_page_says_what_it_rests_on(publication):
    edition = publication.edition
    described = target_page(edition, edition.package.target_by_id["gdp-2025"])
    assert [each["name"] for each in described["isBasedOn"]] == ["样例市规划（甲）", "统计公报", "报道<b>“增长”</b>"]
    assert described["temporalCoverage"] == "2023-01-01/2025-03-31"
    assert described["dateModified"] == "2025-03-01"
    assert "符合进度" in described["description"]
    assert "2026年6月30日" in described["description"]


def test_a_bulletin_is_a_report_and_a_data_set_and_names_no_later_day(publication):
    about = "评估结果有1项变化，新收录数据12个、任务进展3条。"
    described = bulletin_page(publication.edition, "2025年总结通报", about, "bulletins/y-2025/", date(2026, 1, 5))
    assert described["@type"] == ["Report", "Dataset"]
    assert len(described["description"]) >= 50
    assert {"license", "creator", "isPartOf", "name", "url"} <= described.keys()
    assert "dateModified" not in described
    assert "version" not in described
    assert samples.AS_OF.isoformat() not in json.dumps(described)


@pytest.mark.parametrize("missing", ["license", "creator", "isBasedOn", "temporalCoverage", "version"])
def test_shapes_refuse_what_lacks_something(publication, missing):
    described = dataset_page(publication.edition, publication.downloads)
    del described[missing]
    assert not conforms(described)[0]


def test_script_text_says_the_same_and_cannot_end_the_script(publication):
    for target in publication.edition.package.targets:
        described = target_page(publication.edition, target)
        text = script_text(described)
        assert json.loads(text) == described
        assert not set("<>&") & set(text)
