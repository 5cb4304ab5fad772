"""`sdmx1` reads the structure and the data back."""

from __future__ import annotations

import csv
import io

import opendata_samples as samples
import pytest
import sdmx
from all_of import all_of

from build_scripts.exports.sdmx import frequency, identity


@pytest.fixture(scope="module")
def structure(site):
    return sdmx.read_sdmx(site / "data/sdmx/structure.xml")


def test_structure_has_flow_components_and_codes(structure):
    flow = structure.dataflow["OBSERVATIONS"]
    assert flow.maintainer.id == "SAMPLE_PLAN"
    assert str(flow.version) == "2026.6.0"
    definition = structure.structure["DSD_OBSERVATIONS"]
    assert flow.structure.id == definition.id
    assert [each.id for each in definition.dimensions] == [
        "FREQ", "INDICATOR", "REF_AREA", "BASIS", "SOURCE", "PUBLISHED", "TIME_PERIOD",
    ]  # fmt: skip
    assert [each.id for each in definition.measures] == ["OBS_VALUE"]
    assert "OBS_STATUS" in [each.id for each in definition.attributes]
    assert definition.dimensions.get("INDICATOR").local_representation.enumerated.id == "CL_INDICATOR"
    codes = structure.codelist["CL_INDICATOR"]
    assert {code.id for code in codes} == {"gdp", "road", "ten"}
    assert codes["gdp"].name.localizations["zh"] == "地区生产总值"


def test_data_come_back_with_values_keys_and_attributes(site, structure):
    flow = structure.dataflow["OBSERVATIONS"]
    message = sdmx.read_sdmx(site / "data/sdmx/observations.csv", structure=flow)
    seen = [obs for data in message.data for obs in data.obs]
    assert len(seen) == 6
    by_period = {(obs.dimension["TIME_PERIOD"].value, obs.dimension["BASIS"].value): obs for obs in seen}
    final = by_period["2024", "main"]
    assert final.value == "2181.18"
    assert final.dimension["PUBLISHED"].value == "2025-03-01"
    assert final.attached_attribute["UNIT_MEASURE"].value == "亿元"
    assert final.attached_attribute["NOTE"].value == "第一行 第二行 第三行"
    assert by_period["2023", "main"].attached_attribute["YOY_REAL"].value == "true"
    assert by_period["2025-Q1", "main"].value == ""
    assert by_period["2023-01-01/P24M", "main"].dimension["FREQ"].value == "_O"


def test_every_code_used_is_in_its_list_and_keys_are_unique(site, structure):
    rows = list(csv.DictReader(io.StringIO((site / "data/sdmx/observations.csv").read_text("utf-8"))))
    lists = {"FREQ": "CL_FREQ", "INDICATOR": "CL_INDICATOR", "REF_AREA": "CL_REF_AREA", "BASIS": "CL_BASIS",
             "SOURCE": "CL_SOURCE", "OBS_STATUS": "CL_OBS_STATUS"}  # fmt: skip
    for column, codelist in lists.items():
        known = {code.id for code in structure.codelist[codelist]}
        assert {row[column] for row in rows} <= known
    dimensions = [each.id for each in structure.structure["DSD_OBSERVATIONS"].dimensions]
    keys = [tuple(row[name] for name in dimensions) for row in rows]
    assert len(set(keys)) == len(keys)
    assert {row["STRUCTURE_ID"] for row in rows} == {"SAMPLE_PLAN:OBSERVATIONS(2026.6.0)"}


@all_of("period, expected", [("2024", "A"), ("2024-Q3", "Q"), ("2024-03", "M"), ("2024-01-01/P9M", "_O")])
def test_frequency_follows_the_form_of_the_period(period, expected):
    assert frequency(period) == expected


@all_of(
    "version, expected", [("2026.11", "2026.11.0"), ("1", "1.0.0"), ("2026.08.2.9", "2026.8.2"), ("draft", "0.0.0")]
)
def test_version_has_three_numbers(version, expected):
    meta = samples.meta() | {"version": version}
    assert identity(samples.edition(meta=meta)).version == expected
