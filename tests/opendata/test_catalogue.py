"""The catalogue: rdflib reads both forms as one graph, SHACL shapes hold and can fail, hashes are of real bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import opendata_samples as samples
import pyshacl
import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, PROV, RDF, XSD

from build_scripts.exports import Publication, artifacts
from build_scripts.exports.rdf import Iri, Text, json_ld, node, turtle, zh

SPDX = Namespace("http://spdx.org/rdf/terms#")
SHAPES = Path(__file__).with_name("shapes.ttl")
SITE = samples.ADDRESS


@pytest.fixture(scope="module")
def graph(address):
    return Graph().parse(f"{address}data/catalog.ttl", format="turtle", publicID=f"{SITE}data/catalog.ttl")


def conforms(graph):
    passed, _, text = pyshacl.validate(graph, shacl_graph=Graph().parse(SHAPES), inference="none")
    return passed, text


@pytest.mark.slow
def test_both_forms_are_the_same_graph(site, graph):
    other = Graph().parse(site / "data/catalog.jsonld", format="json-ld", base=f"{SITE}data/catalog.jsonld")
    assert len(graph) > 500
    assert isomorphic(graph, other)


def test_graph_conforms_to_the_shapes(graph):
    passed, text = conforms(graph)
    assert passed, text


@pytest.mark.parametrize(
    ("subject", "predicate"),
    [
        (DCAT.Catalog, DCTERMS.publisher),
        (DCAT.Dataset, DCTERMS.accrualPeriodicity),
        (DCAT.Dataset, DCTERMS.temporal),
        (DCAT.Distribution, SPDX.checksum),
        (DCAT.Distribution, DCAT.byteSize),
        (DCAT.DataService, DCAT.endpointURL),
    ],
)
def test_shapes_refuse_a_catalogue_that_lacks_something(graph, subject, predicate):
    broken = Graph() + graph
    for each in graph.subjects(RDF.type, subject):
        broken.remove((each, predicate, None))
    assert not conforms(broken)[0]


def test_every_distribution_names_a_file_with_its_size_and_hash(site, graph):
    listed = list(graph.subjects(RDF.type, DCAT.Distribution))
    assert len(listed) == len(Publication(samples.edition()).downloads)
    for each in listed:
        path = site / str(graph.value(each, DCAT.downloadURL)).removeprefix(SITE)
        content = path.read_bytes()
        assert graph.value(each, DCAT.byteSize).toPython() == len(content)
        checksum = graph.value(graph.value(each, SPDX.checksum), SPDX.checksumValue)
        assert checksum.value.hex() == hashlib.sha256(content).hexdigest()
        assert str(checksum) == hashlib.sha256(content).hexdigest()


def test_provenance_coverage_and_period(graph):
    dataset = URIRef(f"{SITE}data/#dataset")
    derived = {str(each) for each in graph.objects(dataset, PROV.wasDerivedFrom)}
    assert derived == {
        f"{SITE}sources/src-a/", f"{SITE}sources/src-b/", f"{SITE}sources/src-c/",
        f"{SITE}plans/plan-a/", f"{SITE}plans/plan-b/",
    }  # fmt: skip
    period = graph.value(dataset, DCTERMS.temporal)
    assert graph.value(period, DCAT.startDate) == Literal("2023-01-01", datatype=XSD.date)
    assert graph.value(period, DCAT.endDate) == Literal("2025-03-31", datatype=XSD.date)
    place = graph.value(dataset, DCTERMS.spatial)
    assert str(graph.value(place, DCTERMS.identifier)) == "331100"
    assert str(graph.value(dataset, DCTERMS.accrualPeriodicity)).endswith("/MONTHLY")


def test_without_an_address_names_are_relative_to_the_catalogue(site):
    made = {each.path: each.data for each in artifacts(Publication(samples.edition(base_url="")))}
    there = "https://elsewhere.example/sub/data/catalog.ttl"
    graph = Graph().parse(data=made["data/catalog.ttl"], format="turtle", publicID=there)
    assert (URIRef("https://elsewhere.example/sub/data/#dataset"), RDF.type, DCAT.Dataset) in graph
    assert conforms(graph)[0]


def test_any_text_and_address_survives_both_writers():
    texts = [*samples.HOSTILE, 'x"""\\', "\x0b控制符\x00", "^^xsd:date", "🌏"]
    nodes = [
        node(
            "dcat:Dataset",
            f'https://example.org/{index}/路 径?<>"{{}}|\\^`',
            dct_title=zh(text),
            dct_identifier=Text(text),
            dct_issued=Text("2024-01-01", "xsd:date"),
            dct_publisher=node("foaf:Agent", foaf_name=[Text(text), Text("二", language="zh")]),
            dct_license=Iri("https://example.org/a b?x=<y>"),
        )
        for index, text in enumerate(texts)
    ]
    import json  # noqa: PLC0415

    first = Graph().parse(data=turtle(nodes), format="turtle")
    second = Graph().parse(data=json.dumps(json_ld(nodes)), format="json-ld")
    assert isomorphic(first, second)
    kept = {str(each) for each in first.objects(None, DCTERMS.identifier)}
    assert kept == {text.replace("\x0b", "").replace("\x00", "") for text in texts}


def test_without_an_address_things_are_identified_by_the_packages_name():
    bare = Publication(samples.edition(base_url=""))
    (text,) = (each.data for each in artifacts(bare) if each.path == "data/catalog.ttl")
    read = Graph().parse(data=text, format="turtle", publicID=f"{SITE}data/catalog.ttl")
    named = {str(read.value(each, DCTERMS.identifier)) for each in read.subjects(RDF.type, DCAT.Dataset)}
    assert {"sample-plan#dataset", "sample-plan#targets"} <= named
    assert not [name for name in named if ".." in name]
