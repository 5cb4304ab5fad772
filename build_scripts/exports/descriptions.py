"""The data described for other catalogues: Croissant, CSV on the Web, and `data.json`. Gets an `Edition`, gives dicts.

All three say what `datapackage.json` and the DCAT catalogue say, in the words that other programs read.
Sources: Croissant 1.0 (MLCommons), CSVW (W3C Recommendation of 2015), Project Open Data metadata schema 1.1 (DCAT-US).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from build_scripts.core.language import language
from build_scripts.core.links import leads_out
from build_scripts.core.records import Observation, Source, TaskEvent
from build_scripts.exports.catalogue import places, rights, temporal
from build_scripts.exports.citation import cite_dataset
from build_scripts.exports.downloads import FOLDER, Download
from build_scripts.exports.edition import Edition
from build_scripts.exports.tables import Field, Table

_CROISSANT_CONTEXT: Mapping[str, Any] = {
    "@language": "und",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "key": "cr:key",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "sc": "https://schema.org/",
    "source": "cr:source",
}
_SCHEMA_ORG = {"number": "sc:Float", "integer": "sc:Integer", "date": "sc:Date", "boolean": "sc:Boolean"}
_XSD = {"number": "decimal", "integer": "integer", "date": "date", "boolean": "boolean"}


def croissant(edition: Edition, tables: Iterable[Table], downloads: Iterable[Download]) -> dict[str, Any]:
    """The tables as Croissant record sets, each read from its CSV."""
    files = {each.subject: each for each in downloads if each.format == "csv" and each.subject}
    listed = [table for table in tables if table.name in files]
    return {
        "@context": {**_CROISSANT_CONTEXT, "@language": language()},
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        **_known(
            name=edition.title,
            description=edition.description,
            url=edition.address(FOLDER, FOLDER),
            license=_licence(edition),
            version=edition.version,
            datePublished=edition.as_of.isoformat(),
            creator={"@type": "Organization", "name": edition.publisher},
            keywords=list(edition.keywords),
            inLanguage=language(),
            citeAs=cite_dataset(edition).bibtex(),
            identifier=edition.doi_link,
            sameAs=edition.doi_link,
        ),
        "distribution": [_file(edition, files[table.name]) for table in listed],
        "recordSet": [_record_set(table, set(files)) for table in listed],
    }


def _file(edition: Edition, download: Download) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{download.subject}.csv",
        "name": f"{download.subject}.csv",
        "description": download.title,
        "contentUrl": edition.address(download.path, FOLDER),
        "contentSize": f"{download.size} B",
        "encodingFormat": download.media_type,
        "sha256": download.sha256,
    }


def _record_set(table: Table, known: set[str]) -> dict[str, Any]:
    leads_to = dict(_references(table, known))
    key = [{"@id": f"{table.name}/{name}"} for name in table.primary_key]
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        **_known(name=table.title, description=table.description, key=key),
        "field": [_croissant_field(table, each, leads_to) for each in table.fields],
    }


def _croissant_field(table: Table, column: Field, leads_to: Mapping[str, str]) -> dict[str, Any]:
    extract = {"fileObject": {"@id": f"{table.name}.csv"}, "extract": {"column": column.name}}
    target = leads_to.get(column.name)
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        **_known(name=column.title or column.name, description=column.description),
        "dataType": _SCHEMA_ORG.get(column.type, "sc:Text"),
        "source": extract,
        **({"references": {"field": {"@id": target}}} if target else {}),
    }


def _references(table: Table, known: set[str]) -> Iterator[tuple[str, str]]:
    """Each column that alone names a row of a table, with the field it names it by."""
    for columns, other, keys in table.links():
        if len(columns) == 1 and other in known:
            yield columns[0], f"{other}/{keys[0]}"


def csvw(edition: Edition, tables: Iterable[Table]) -> dict[str, Any]:
    """The CSV files as a CSVW table group; addresses are relative to the file itself, under `data/`."""
    listed = tuple(tables)
    known = {table.name for table in listed}
    described = _known(
        **{
            "dc:title": edition.title,
            "dc:identifier": edition.doi_link,
            "dc:license": _licence(edition),
            "dc:publisher": edition.publisher,
            "dc:modified": {"@value": edition.as_of.isoformat(), "@type": "xsd:date"},
        }
    )
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": language()}],
        **described,
        "tables": [_csvw_table(table, known) for table in listed],
    }


def _csvw_table(table: Table, known: set[str]) -> dict[str, Any]:
    foreign = [
        {
            "columnReference": list(columns),
            "reference": {"resource": f"csv/{other}.csv", "columnReference": list(keys)},
        }
        for columns, other, keys in table.links()
        if other in known
    ]
    return {
        "url": f"csv/{table.name}.csv",
        **_known(**{"dc:title": table.title, "dc:description": table.description}),
        "tableSchema": {
            "columns": [_csvw_column(each) for each in table.fields],
            **_known(primaryKey=list(table.primary_key), foreignKeys=foreign),
        },
    }


def _csvw_column(column: Field) -> dict[str, Any]:
    """A column by its name in the file; what it is called for readers is its label in words."""
    return {
        "titles": column.name,
        "name": column.name,
        "datatype": _XSD.get(column.type, "string"),
        **_known(**{"dc:title": column.title, "dc:description": column.description}),
        **({"required": True} if column.required else {}),
    }


def data_json(edition: Edition, tables: Iterable[Table], downloads: Iterable[Download]) -> dict[str, Any]:
    """The catalogue as `data.json`: the package, then each table, with every file."""
    by_subject: dict[str, list[Download]] = {}
    for each in downloads:
        by_subject.setdefault(each.subject, []).append(each)
    whole = _entry(edition, edition.name, edition.title, edition.description, by_subject.get("", ()))
    parts = [
        _entry(
            edition,
            f"{edition.name}#{table.name}",
            f"{edition.title}: {table.title}",
            table.description or table.title,
            by_subject.get(table.name, ()),
        )
        | {"isPartOf": edition.name}
        for table in tables
    ]
    return {
        "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
        "@type": "dcat:Catalog",
        "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
        "describedBy": "https://project-open-data.cio.gov/v1.1/schema/catalog.json",
        "dataset": [whole, *parts],
    }


def _entry(
    edition: Edition, identifier: str, title: str, description: str, downloads: Iterable[Download]
) -> dict[str, Any]:
    return {
        "@type": "dcat:Dataset",
        "accessLevel": "public",
        **_known(
            identifier=identifier,
            title=title,
            description=description,
            keyword=list(edition.keywords) or [edition.name],
            modified=edition.as_of.isoformat(),
            publisher={"@type": "org:Organization", "name": edition.publisher},
            contactPoint=_contact(edition),
            license=_licence(edition),
            temporal="/".join(temporal(edition) or ()),
            spatial=", ".join(region.name for region in places(edition)),
            accrualPeriodicity="R/P1M",
            language=[language()],
            landingPage=edition.address(FOLDER, FOLDER),
            describedBy=edition.address(f"{FOLDER}datapackage.json", FOLDER),
            describedByType="application/json",
            distribution=[_distribution(edition, each) for each in downloads],
        ),
    }


def _distribution(edition: Edition, download: Download) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "downloadURL": edition.address(download.path, FOLDER),
        "mediaType": download.media_type.partition(";")[0],
        "format": download.format,
        "title": download.title,
    }


def values_metadata(edition: Edition, file: Download, table: Table) -> dict[str, Any]:
    """What a file with the published values of one indicator holds: its columns, where they come from, on what terms.

    `table` are the rows of `file`, columns as in `observations`. `retrieved` is the last day a row was recorded.
    """
    package = edition.package
    at = {name: table.column(name) for name in ("indicator_id", "source_id", "recorded_on", "pub")}
    indicator = package.indicator_by_id[str(at["indicator_id"][0])]
    sources = [package.source_by_id[str(name)] for name in dict.fromkeys(at["source_id"])]
    about = {
        "indicator": _known(
            id=indicator.indicator_id, name=indicator.name, unit=indicator.unit, definition=indicator.definition
        )
    }
    retrieved = str(max(filter(None, (*at["recorded_on"], *at["pub"])), key=str))
    return _file_metadata(edition, file, table, sources, {"retrieved": retrieved, **about})


def chart_metadata(edition: Edition, file: Download, table: Table, source_ids: Iterable[str]) -> dict[str, Any]:
    """What a file with the numbers of one chart holds, likewise; `table` says what a row of it is.

    Counts and statuses are made from the whole record, so they are as new as its newest row.
    """
    package, named = edition.package, tuple(source_ids)
    known: tuple[Observation | TaskEvent, ...] = (*package.observations, *package.task_events)
    days = (each.news_on(edition.as_of) for each in known if not named or each.source_id in named)
    newest = max(days, default=edition.as_of)
    sources = [package.source_by_id[name] for name in named]
    about = {"retrieved": newest.isoformat(), "unit": table.schema["unit"], "definition": table.description}
    return _file_metadata(edition, file, table, sources, _known(**about))


def _file_metadata(
    edition: Edition, file: Download, table: Table, sources: Iterable[Source], about: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "title": file.title,
        "file": edition.address(file.path, file.path),
        "sha256": file.sha256,
        "rows": file.rows,
        "version": edition.version,
        **about,
        "columns": [_known(name=c.name, title=c.title, type=c.type, description=c.description) for c in table.fields],
        "sources": [
            _known(
                id=each.source_id,
                title=each.title,
                publisher=each.publisher,
                published=each.published.isoformat() if each.published else None,
                url=each.url,
                rights=rights(each),
            )
            for each in sources
        ],
        **_known(license=_licence(edition), publisher=edition.publisher, citation=cite_dataset(edition).gbt7714()),
    }


def _contact(edition: Edition) -> dict[str, str]:
    """Whom to ask about the data; empty where the package names nobody with an address."""
    mail = edition.mail
    return {"@type": "vcard:Contact", "fn": edition.publisher, "hasEmail": f"mailto:{mail}"} if mail else {}


def _licence(edition: Edition) -> str:
    """The licence's address, else its name."""
    path = str(edition.licence.get("path") or "")
    return path if leads_out(path) else str(edition.licence.get("name") or "")


def _known(**properties: object) -> dict[str, Any]:
    """The properties that say something."""
    return {key: value for key, value in properties.items() if value not in ("", [], {}, None)}
