"""A small tree of RDF nodes, written as Turtle and as JSON-LD. Gets `Node`s, gives text.

A library would bring a store and a parser that a build does not need and costs more time than the whole catalogue;
the tests read both forms back with rdflib and find the same graph.
Source: RDF 1.1 Turtle, JSON-LD 1.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import quote

from build_scripts.core.language import language

PREFIXES: Mapping[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_SAFE_IN_IRI = "%/:=&?~#+!$,;'@()*[]"
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Iri:
    """An address or name; written as it is except for characters that no IRI may hold."""

    value: str

    @property
    def clean(self) -> str:
        """The IRI with what is not allowed in one percent-encoded."""
        return quote(self.value, safe=_SAFE_IN_IRI)


@dataclass(frozen=True, slots=True)
class Text:
    """A literal: text in a language, or a value of an XML Schema type (`xsd:date`); plain when it has neither."""

    value: str
    datatype: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A thing: its types, its properties in order, and its name.

    Only nodes without a name (`""`) may stand inside another; a named one is listed on its own and referred to.
    """

    types: tuple[str, ...]
    properties: tuple[tuple[str, tuple[Value, ...]], ...]
    iri: str = ""


Value: TypeAlias = "Iri | Text | Node"
Given: TypeAlias = "Value | Iterable[Value] | None"


def node(types: str, iri: str = "", **properties: Given) -> Node:
    """A node; property names are written `dct_title` for `dct:title`, empty ones are left out."""
    kept = []
    for name, given in properties.items():
        values = (given,) if isinstance(given, Iri | Text | Node) else tuple(given or ())
        if values:
            kept.append((name.replace("_", ":", 1), values))
    return Node(tuple(types.split()), tuple(kept), iri)


def zh(text: str) -> Text | None:
    """Chinese text; None for none."""
    return Text(text, language=language()) if text else None


def turtle(nodes: Iterable[Node]) -> bytes:
    """The nodes as Turtle; nodes without a name are nested."""
    head = "".join(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items())
    return (head + "".join(f"\n<{Iri(each.iri).clean}>{_body(each, 1)} .\n" for each in nodes)).encode()


def _body(each: Node, depth: int) -> str:
    indent = "\n" + "  " * depth
    parts = [f"{indent}a {', '.join(each.types)}"] if each.types else []
    for name, values in each.properties:
        parts.append(f"{indent}{name} {', '.join(_turtle(value, depth) for value in values)}")
    return " ;".join(parts)


def _turtle(value: Value, depth: int) -> str:
    if isinstance(value, Iri):
        return f"<{value.clean}>"
    if isinstance(value, Node):
        inner = _body(value, depth + 1)
        return f"[{inner}\n{'  ' * depth}]"
    literal = '"' + "".join(_ESCAPES.get(char, char) for char in _CONTROL.sub("", value.value)) + '"'
    if value.language:
        return f"{literal}@{value.language}"
    return f"{literal}^^{value.datatype}" if value.datatype else literal


def json_ld(nodes: Iterable[Node]) -> dict[str, Any]:
    """The same nodes as a JSON-LD document, to be written as JSON."""
    return {"@context": dict(PREFIXES), "@graph": [_object(each) for each in nodes]}


def _object(each: Node) -> dict[str, Any]:
    found: dict[str, Any] = {"@id": Iri(each.iri).clean} if each.iri else {}
    if each.types:
        found["@type"] = list(each.types)
    for name, values in each.properties:
        found[name] = [_json(value) for value in values]
    return found


def _json(value: Value) -> dict[str, Any]:
    if isinstance(value, Iri):
        return {"@id": value.clean}
    if isinstance(value, Node):
        return _object(value)
    found: dict[str, Any] = {"@value": _CONTROL.sub("", value.value)}
    if value.language:
        found["@language"] = value.language
    if value.datatype:
        found["@type"] = value.datatype
    return found
