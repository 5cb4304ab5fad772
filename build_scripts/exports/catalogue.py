"""The catalogue entry of the data: DCAT 3. Gets an `Edition` and its downloads, gives RDF nodes.

One catalogue with the package as a dataset, each table as a dataset that is part of it, every file as a distribution
with size and SHA-256, the API as a service, and every publication the figures rest on as `prov:wasDerivedFrom`.
Sources: DCAT 3 (W3C), DCAT-AP 3 (properties it asks for), EU authority tables for frequency and language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter

from build_scripts.core.language import language
from build_scripts.core.periods import parse_period
from build_scripts.core.records import Observation, Region, Source
from build_scripts.core.vocabulary import Role
from build_scripts.exports.api import ROOT
from build_scripts.exports.downloads import Download
from build_scripts.exports.edition import Edition
from build_scripts.exports.rdf import Given, Iri, Node, Text, node, zh
from build_scripts.exports.tables import Table
from build_scripts.locale import t

FOLDER = "data/"
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_FILE_TYPES: Mapping[str, str] = {
    "csv": "CSV", "excel-csv": "CSV", "xlsx": "XLSX", "json": "JSON", "jsonl": "JSON", "parquet": "PARQUET",
    "sqlite": "SQLITE", "zip": "ZIP", "sdmx-csv": "CSV", "sdmx-ml": "XML",
}  # fmt: skip


def catalogue(edition: Edition, tables: Iterable[Table], downloads: Iterable[Download]) -> tuple[Node, ...]:
    """Every node of the catalogue. Subsets are left out: they hold nothing that the tables do not.

    Names are absolute when the site's address is known, else relative to the catalogue's own address under `data/`.
    """
    whole = [each for each in downloads if not each.subject]
    by_table = {
        name: tuple(group) for name, group in groupby((d for d in downloads if d.subject), key=attrgetter("subject"))
    }
    listed = tuple(tables)
    parts = [node_ for table in listed for node_ in _part(edition, table, by_table.get(table.name, ()))]
    return (
        _catalog(edition, listed),
        *_dataset(edition, listed, whole),
        *parts,
        _service(edition),
        *_sources(edition),
    )


def iri(edition: Edition, path: str) -> str:
    """The name of something on this site, as the catalogue under `data/` writes it."""
    return f"{edition.base_url}{path}" if edition.base_url else f"../{path}"


def _identifier(edition: Edition, name: str) -> str:
    """What something is called where its own address may be unknown: then by the package's name, never relatively."""
    return name if edition.base_url else f"{edition.name}#{name.rpartition('#')[2]}"


def temporal(edition: Edition) -> tuple[str, str] | None:
    """The first and last day that the published figures are about; None without figures."""
    return covered(edition.package.observations)


def covered(figures: Iterable[Observation]) -> tuple[str, str] | None:
    """The first and last day that some figures are about; None without figures."""
    periods = [found for text in {each.period for each in figures} if (found := parse_period(text))]
    if not periods:
        return None
    return min(each.start for each in periods).isoformat(), max(each.end for each in periods).isoformat()


def rights(source: Source) -> str:
    """Whose the figures and words of a source are, and what that asks of whoever takes them on."""
    return t("opendata.rights", publisher=source.publisher)


def places(edition: Edition) -> tuple[Region, ...]:
    """The regions with an administrative code, the widest level only where there is a city; else all of them."""
    coded = [region for region in edition.package.regions if region.adcode]
    cities = tuple(region for region in coded if edition.package.roles[region.region_id] is Role.WHOLE)
    return cities or tuple(coded)


def _catalog(edition: Edition, tables: Iterable[Table]) -> Node:
    names = ["dataset", *(each.name for each in tables)]
    return node(
        "dcat:Catalog",
        iri(edition, f"{FOLDER}#catalog"),
        dct_title=zh(t("opendata.catalogue.title", title=edition.title)),
        dct_description=zh(t("opendata.catalogue.description")),
        dct_publisher=_publisher(edition),
        dct_language=Iri(f"{_AUTHORITY}language/{t('format.authority')}"),
        dct_license=_licence(edition),
        dct_modified=_day(edition.as_of.isoformat()),
        foaf_homepage=Iri(iri(edition, "")),
        dcat_dataset=[Iri(iri(edition, f"{FOLDER}#{name}")) for name in names],
        dcat_service=Iri(iri(edition, f"{ROOT}#service")),
    )


def _dataset(edition: Edition, tables: Iterable[Table], downloads: Iterable[Download]) -> Iterator[Node]:
    name = iri(edition, f"{FOLDER}#dataset")
    listed = tuple(downloads)
    yield node(
        "dcat:Dataset",
        name,
        **_shared(edition, name, edition.title, edition.description)
        | {"dct_identifier": [Text(_identifier(edition, name)), *([Text(edition.doi_link)] if edition.doi else [])]},
        dcat_distribution=[Iri(_distribution_iri(edition, each)) for each in listed],
        dct_hasPart=[Iri(iri(edition, f"{FOLDER}#{each.name}")) for each in tables],
        prov_wasDerivedFrom=[Iri(_source_iri(edition, each.source_id)) for each in edition.package.sources]
        + [Iri(iri(edition, f"plans/{plan.plan_id}/")) for plan in edition.package.plans],
    )
    yield from (_distribution(edition, each) for each in listed)


def _part(edition: Edition, table: Table, downloads: Iterable[Download]) -> Iterator[Node]:
    name = iri(edition, f"{FOLDER}#{table.name}")
    listed = tuple(downloads)
    yield node(
        "dcat:Dataset",
        name,
        **_shared(
            edition,
            name,
            t("format.line.told", label=edition.title, words=table.title),
            table.description or table.title,
        ),
        dct_isPartOf=Iri(iri(edition, f"{FOLDER}#dataset")),
        dcat_distribution=[Iri(_distribution_iri(edition, each)) for each in listed],
    )
    yield from (_distribution(edition, each) for each in listed)


def _shared(edition: Edition, name: str, title: str, description: str) -> dict[str, Given]:
    """The properties that the package and its tables have in common."""
    covered = temporal(edition)
    period = covered and node("dct:PeriodOfTime", dcat_startDate=_day(covered[0]), dcat_endDate=_day(covered[1]))
    keywords = [Text(word, language=language()) for word in edition.keywords]
    created = str(edition.package.meta.get("created") or "")[:10]
    return {
        "dct_title": zh(title),
        "dct_description": zh(description),
        "dct_identifier": Text(_identifier(edition, name)),
        "dcat_version": Text(edition.version),
        "dct_issued": _day(created) if created else None,
        "dct_modified": _day(edition.as_of.isoformat()),
        "dct_publisher": _publisher(edition),
        "dct_language": Iri(f"{_AUTHORITY}language/{t('format.authority')}"),
        "dct_accrualPeriodicity": Iri(f"{_AUTHORITY}frequency/MONTHLY"),
        "dcat_theme": Iri(f"{_AUTHORITY}data-theme/REGI"),
        "dcat_keyword": keywords,
        "dcat_landingPage": Iri(iri(edition, FOLDER)),
        "dct_temporal": period,
        "dct_spatial": [_place(region) for region in places(edition)],
    }


def _place(region: Region) -> Node:
    return node("dct:Location", skos_prefLabel=zh(region.name), dct_identifier=Text(region.adcode))


def _publisher(edition: Edition) -> Node:
    return node("foaf:Agent", foaf_name=zh(edition.publisher))


def _licence(edition: Edition) -> Iri | None:
    return Iri(edition.licence["path"]) if edition.licence.get("path") else None


def _distribution_iri(edition: Edition, download: Download) -> str:
    return iri(edition, f"{FOLDER}#file-{download.path.removeprefix(FOLDER).replace('/', '-')}")


def _distribution(edition: Edition, download: Download) -> Node:
    address = Iri(iri(edition, download.path))
    file_type = _FILE_TYPES.get(download.format)
    media = download.media_type.split(";", maxsplit=1)[0]
    checksum = node(
        "spdx:Checksum",
        spdx_algorithm=Iri("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"),
        spdx_checksumValue=Text(download.sha256, "xsd:hexBinary"),
    )
    return node(
        "dcat:Distribution",
        _distribution_iri(edition, download),
        dct_title=zh(download.title),
        dcat_accessURL=Iri(iri(edition, FOLDER)),
        dcat_downloadURL=address,
        dcat_mediaType=Iri(f"https://www.iana.org/assignments/media-types/{media}"),
        dct_format=Iri(f"{_AUTHORITY}file-type/{file_type}") if file_type else None,
        dcat_byteSize=Text(str(download.size), "xsd:nonNegativeInteger"),
        dct_modified=_day(edition.as_of.isoformat()),
        dct_license=_licence(edition),
        spdx_checksum=checksum,
    )


def _service(edition: Edition) -> Node:
    return node(
        "dcat:DataService",
        iri(edition, f"{ROOT}#service"),
        dct_title=zh(t("opendata.api.title", title=edition.title)),
        dct_description=zh(t("opendata.api.description")),
        dct_publisher=_publisher(edition),
        dct_license=_licence(edition),
        dcat_endpointURL=Iri(iri(edition, ROOT)),
        dcat_endpointDescription=Iri(iri(edition, f"{ROOT}openapi.json")),
        dcat_servesDataset=Iri(iri(edition, f"{FOLDER}#dataset")),
    )


def _source_iri(edition: Edition, source_id: str) -> str:
    return iri(edition, f"sources/{source_id}/")


def _sources(edition: Edition) -> Iterator[Node]:
    """The publications the figures rest on, the plans among them."""
    for source in edition.package.sources:
        yield node(
            "prov:Entity foaf:Document",
            _source_iri(edition, source.source_id),
            dct_title=zh(source.title),
            dct_alternative=Text(source.original_title) if source.original_title else None,
            dct_publisher=node("foaf:Agent", foaf_name=zh(source.publisher)),
            dct_issued=_day(source.published.isoformat()) if source.published else None,
            dct_rights=node("dct:RightsStatement", rdfs_label=zh(rights(source))),
            foaf_page=Iri(source.url) if source.url else None,
        )
    for plan in edition.package.plans:
        yield node(
            "prov:Entity foaf:Document",
            iri(edition, f"plans/{plan.plan_id}/"),
            dct_title=zh(plan.title),
            dct_identifier=Text(plan.doc_number) if plan.doc_number else None,
            dct_publisher=node("foaf:Agent", foaf_name=zh(plan.issuer)),
            dct_issued=_day(plan.issued_on.isoformat()),
            foaf_page=Iri(plan.url) if plan.url else None,
        )


def _day(day: str) -> Text:
    return Text(day, "xsd:date")
