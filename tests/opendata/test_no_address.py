"""A site that does not know its own address: nothing names a place on a host that nobody gave."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator

import opendata_samples as samples
import pytest

from build_scripts.core.links import relative
from build_scripts.exports import Publication, artifacts

# An address after a quotation mark, a bracket or white space.
_FROM_THE_ROOT = re.compile(
    r"""(?:^|[\s"'<(=,])/(?:data|api|targets|projects|embed|badges|indicators|bulletins)/""", re.MULTILINE
)
_ADDRESSES = {"url", "contentUrl", "downloadURL", "landingPage", "describedBy", "self", "path", "schema", "page"}
_ADDRESSES |= {"project", "indicator", "csv", "openapi", "file", "homepage"}


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return {each.path: each.data for each in artifacts(Publication(samples.edition(base_url="")))}


def test_no_file_names_an_address_from_the_root_or_an_invented_host(made):
    text = {
        path: data.decode()
        for path, data in made.items()
        if not path.endswith((".zip", ".xlsx", ".sqlite", ".parquet"))
    }
    said = {
        path: path for path, data in text.items() if _FROM_THE_ROOT.search(data) and not path.endswith("openapi.json")
    }
    assert said == {}
    assert [path for path, data in text.items() if samples.ADDRESS in data or "localhost" in data] == []


@pytest.mark.parametrize(
    "path", ["data/croissant.json", "data/data.json", "api/v1/index.json", "api/v1/targets/gdp-2025.json"]
)
def test_every_address_leads_from_its_file_to_a_file_or_page(made, path):
    found = [each for each in _addresses(json.loads(made[path])) if "{" not in each]
    assert found
    for each in found:
        there = posixpath.normpath(posixpath.join(posixpath.dirname(path), each))
        is_page = there.split("/")[0] in {"targets", "projects", "indicators"} or there == "data"
        assert there in made or (is_page and each.endswith("/")), each


def test_the_metadata_beside_a_file_names_its_neighbour(made):
    beside = next(path for path in made if path.endswith("gdp-2025.metadata.json"))
    assert json.loads(made[beside])["file"] == "gdp-2025.csv"


def test_a_relative_address_is_seen_from_a_page_or_a_file():
    assert relative("targets/x/", "data/") == "../targets/x/"
    assert relative("data/", "data/") == "./"
    assert relative("", "") == "./"
    assert relative("data/a.csv", "data/b.json") == "a.csv"
    assert relative("a.csv", "api/v1/x.json") == "../../a.csv"


def _addresses(value: object, name: str = "") -> Iterator[str]:
    """Every address on this site that a JSON document gives."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _addresses(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from _addresses(each, name)
    elif isinstance(value, str) and name in _ADDRESSES and re.fullmatch(r"[^:]*/[^:]*|[^:]*[.]json", value):
        yield value
