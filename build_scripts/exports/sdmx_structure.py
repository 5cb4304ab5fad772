"""The structure that the SDMX-CSV refers to, as an SDMX-ML 3.0 message. Gets an `Edition`, gives bytes.

Code lists, concepts, data structure and dataflow in one file, so that a reader needs nothing else.
Source: SDMX 3.0 structure schemas (order of elements: dimensions, attributes, measures).
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from build_scripts.core.language import language
from build_scripts.exports.edition import Edition
from build_scripts.exports.sdmx import ATTRIBUTES, DIMENSIONS, FREQUENCIES, MEASURE, TIME, Identity, identity
from build_scripts.locale import t

_NAMESPACES = {
    "mes": "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message",
    "str": "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure",
    "com": "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common",
}
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_URN = "urn:sdmx:org.sdmx.infomodel"
_CONCEPTS = "CS_PROGRESS"
_STRUCTURE = "DSD_OBSERVATIONS"
_OBS_STATUS = "APEBDFMOLNQ"


def sdmx_structure(edition: Edition) -> bytes:
    """The structure message of this edition."""
    for prefix, namespace in _NAMESPACES.items():
        ET.register_namespace(prefix, namespace)
    root = ET.Element(_tag("mes:Structure"))
    names = identity(edition)
    _header(root, edition, names)
    structures = _child(root, "mes:Structures")
    _codelists(structures, edition, names)
    _concepts(structures, names)
    flow = _maintained(_child(structures, "str:Dataflows"), "Dataflow", names.dataflow, names, edition.title)
    _child(flow, "str:Structure").text = _urn("datastructure.DataStructure", names, _STRUCTURE)
    listed = _child(structures, "str:DataStructures")
    _components(_maintained(listed, "DataStructure", _STRUCTURE, names, edition.title), names)
    ET.indent(root, space=" ")
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def codes(edition: Edition) -> Mapping[str, Mapping[str, str]]:
    """The codes and their names, by code list."""
    package = edition.package
    bases = sorted({seen.basis for seen in package.observations})
    return {
        "CL_FREQ": {code: t(f"opendata.sdmx.freq.{code}") for code in FREQUENCIES},
        "CL_INDICATOR": {each.indicator_id: each.name for each in package.indicators},
        "CL_REF_AREA": {each.region_id: each.name for each in package.regions},
        "CL_BASIS": {basis: t("opendata.sdmx.main_basis") if basis == "main" else basis for basis in bases},
        "CL_SOURCE": {each.source_id: each.title for each in package.sources},
        "CL_OBS_STATUS": {code: t(f"opendata.sdmx.obs_status.{code}") for code in _OBS_STATUS},
    }


def _header(root: ET.Element, edition: Edition, names: Identity) -> None:
    header = _child(root, "mes:Header")
    _child(header, "mes:ID").text = f"{names.dataflow}-{edition.as_of:%Y%m%d}"
    _child(header, "mes:Test").text = "false"
    _child(header, "mes:Prepared").text = f"{edition.as_of.isoformat()}T00:00:00"
    _child(header, "mes:Sender", id=names.agency)


def _codelists(parent: ET.Element, edition: Edition, names: Identity) -> None:
    lists = _child(parent, "str:Codelists")
    for list_id, found in codes(edition).items():
        codelist = _maintained(lists, "Codelist", list_id, names, t(f"opendata.sdmx.list.{list_id}"))
        for code, name in found.items():
            _named(_child(codelist, "str:Code", id=code), name)


def _concepts(parent: ET.Element, names: Identity) -> None:
    scheme = _maintained(
        _child(parent, "str:ConceptSchemes"), "ConceptScheme", _CONCEPTS, names, t("opendata.sdmx.concepts")
    )
    for concept in (*DIMENSIONS, TIME, MEASURE, *ATTRIBUTES):
        _named(_child(scheme, "str:Concept", id=concept), t(f"opendata.sdmx.concept.{concept}"))


def _components(structure: ET.Element, names: Identity) -> None:
    parts = _child(structure, "str:DataStructureComponents")
    dimensions = _child(parts, "str:DimensionList", id="DimensionDescriptor")
    for position, (component, form) in enumerate(DIMENSIONS.items(), start=1):
        _component(_child(dimensions, "str:Dimension", id=component, position=str(position)), component, form, names)
    time = _child(dimensions, "str:TimeDimension", id=TIME)
    _component(time, TIME, "ObservationalTimePeriod", names)
    attributes = _child(parts, "str:AttributeList", id="AttributeDescriptor")
    for component, form in ATTRIBUTES.items():
        usage = "mandatory" if component == "OBS_STATUS" else "optional"
        attribute = _child(attributes, "str:Attribute", id=component, usage=usage)
        _component(attribute, component, form, names)
        _child(_child(attribute, "str:AttributeRelationship"), "str:Observation")
    measures = _child(parts, "str:MeasureList", id="MeasureDescriptor")
    _component(_child(measures, "str:Measure", id=MEASURE, usage="optional"), MEASURE, "Decimal", names)


def _component(element: ET.Element, concept: str, form: str, names: Identity) -> None:
    """A component's concept and the form of its values: a code list's name, or a text type."""
    _child(element, "str:ConceptIdentity").text = f"{_urn('conceptscheme.Concept', names, _CONCEPTS)}.{concept}"
    representation = _child(element, "str:LocalRepresentation")
    if form.startswith("CL_"):
        _child(representation, "str:Enumeration").text = _urn("codelist.Codelist", names, form)
    else:
        _child(representation, "str:TextFormat", textType=form)


def _maintained(parent: ET.Element, kind: str, name_id: str, names: Identity, name: str) -> ET.Element:
    element = _child(parent, f"str:{kind}", id=name_id, agencyID=names.agency, version=names.version)
    _named(element, name)
    return element


def _named(element: ET.Element, name: str) -> None:
    child = _child(element, "com:Name")
    child.set(_LANGUAGE, language())
    child.text = " ".join(name.split())


def _urn(kind: str, names: Identity, name_id: str) -> str:
    return f"{_URN}.{kind}={names.agency}:{name_id}({names.version})"


def _child(parent: ET.Element, name: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, _tag(name), attributes)


def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"
