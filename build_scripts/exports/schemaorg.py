"""schema.org `Dataset` for search engines, to be put into a page as JSON-LD. Gets an `Edition`, gives a dict.

Source: schema.org Dataset, Google's dataset guidelines (name, description of 50 characters or more, licence, creator).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from build_scripts.core.language import language
from build_scripts.core.records import Indicator, Region, Source, Target
from build_scripts.exports.catalogue import covered, places, temporal
from build_scripts.exports.citation import cite_dataset, cite_target
from build_scripts.exports.downloads import Download
from build_scripts.exports.edition import Edition
from build_scripts.exports.formats import to_json
from build_scripts.exports.tables import Table
from build_scripts.locale import colon, day, heading, single_quotes, t

_CONTEXT = "https://schema.org/"
_MIN_DESCRIPTION = 50


def dataset_page(edition: Edition, downloads: Iterable[Download]) -> dict[str, Any]:
    """The whole package as a `Dataset`, for the data page; `downloads` are the files that are offered there."""
    return _dataset(
        edition,
        "data/",
        name=edition.title,
        description=edition.description,
        identifier=[edition.name, _doi(edition)] if edition.doi else edition.name,
        sameAs=edition.doi_link,
        keywords=list(edition.keywords),
        citation=cite_dataset(edition).gbt7714(),
        distribution=[_file(edition, each, "data/") for each in downloads if not each.subject],
        isBasedOn=[_document(plan.title, plan.issuer, plan.url) for plan in edition.package.plans],
        variableMeasured=sorted({indicator.name for indicator in edition.package.indicators}),
        spatialCoverage=[_place(region) for region in places(edition)],
        temporalCoverage="/".join(temporal(edition) or ()),
        includedInDataCatalog={
            "@type": "DataCatalog",
            "name": edition.publisher,
            "url": edition.address("data/", "data/"),
        },
    )


def target_page(edition: Edition, target: Target) -> dict[str, Any]:
    """What is published about one target as a `Dataset`, for its page."""
    package = edition.package
    indicator = package.indicator_by_id[target.indicator_id]
    region = package.region_by_id[target.region_id]
    plan = package.plan_by_id[target.plan_id]
    series = package.observations_by_series.get((target.indicator_id, target.region_id), ())
    sources = {each.source_id: package.source_by_id[each.source_id] for each in series}
    seen = edition.told(target)
    # Where nothing has been published, all there is to tell of is what was promised, for its own years.
    ends = target.target_period or str(plan.period_end)
    path = f"targets/{target.target_id}/"
    return _dataset(
        edition,
        path,
        name=t("opendata.cite.target", target=single_quotes(target.name)),
        description=_description(edition, target),
        identifier=target.target_id,
        keywords=[indicator.name, region.name, plan.name],
        citation=cite_target(edition, target).gbt7714(),
        distribution=[
            _link(edition, f"api/v1/targets/{target.target_id}.json", "application/json", path),
            *([_link(edition, f"data/subsets/targets/{target.target_id}.csv", "text/csv", path)] if series else []),
        ],
        isBasedOn=[_document(plan.title, plan.issuer, plan.url), *map(_source, sources.values())],
        isPartOf=_whole(edition, path),
        variableMeasured=[_variable(indicator)],
        spatialCoverage=[_place(region)],
        temporalCoverage="/".join(covered(series) or (target.period_start or str(plan.period_start), ends)),
        **({"dateModified": max(seen.pub, plan.issued_on).isoformat()} if seen else {}),
    )


def indicator_page(edition: Edition, indicator: Indicator) -> dict[str, Any]:
    """Every published figure of one indicator as a `Dataset`, for its page; `{}` where nothing is published."""
    package, name = edition.package, indicator.indicator_id
    figures = package.observations_by_indicator.get(name, ())
    if not figures:
        return {}
    places_of = {each.region_id: package.region_by_id[each.region_id] for each in figures}
    sources = {each.source_id: package.source_by_id[each.source_id] for each in figures}
    count, title = len(figures), t("opendata.schemaorg.indicator_title", indicator=single_quotes(indicator.name))
    path = f"indicators/{name}/"
    return _dataset(
        edition,
        path,
        name=title,
        description=t(
            "opendata.schemaorg.indicator",
            indicator=indicator.name,
            definition=indicator.definition,
            count=count,
            sources=len(sources),
            as_of=day(edition.as_of),
        ),
        identifier=name,
        keywords=[indicator.name],
        distribution=[_link(edition, f"data/subsets/indicators/{name}.csv", "text/csv", path)],
        isBasedOn=[_source(each) for each in sources.values()],
        isPartOf=_whole(edition, path),
        variableMeasured=[_variable(indicator)],
        spatialCoverage=[_place(region) for region in places_of.values()],
        temporalCoverage="/".join(covered(figures) or ()),
        dateModified=max(each.pub for each in figures).isoformat(),
    )


def table_page(edition: Edition, table: Table, downloads: Iterable[Download]) -> dict[str, Any]:
    """One table of the package as a `Dataset`, for its page in the dictionary."""
    path = f"data/dictionary/{table.name.replace('_', '-')}/"
    return _dataset(
        edition,
        path,
        name=edition.title + colon() + table.title,
        description=t("opendata.schemaorg.table", title=table.title, about=table.description, whole=edition.title),
        identifier=f"{edition.name}#{table.name}",
        keywords=list(edition.keywords),
        distribution=[_file(edition, each, path) for each in downloads if each.subject == table.name],
        isPartOf=_whole(edition, path),
        variableMeasured=[field.title for field in table.fields],
        temporalCoverage="/".join(temporal(edition) or ()),
    )


def bulletin_page(edition: Edition, title: str, about: str, path: str, as_of: date) -> dict[str, Any]:
    """A bulletin as a `Report` and, for its tables, a `Dataset`: only what was so on its day, for it never changes."""
    publisher = {"@type": "Organization", "name": edition.publisher}
    found = {
        "@context": _CONTEXT,
        "@type": ["Report", "Dataset"],
        "@id": edition.address(path, path),
        "url": edition.address(path, path),
        "name": title,
        "description": about if len(about) >= _MIN_DESCRIPTION else title + colon() + about + t("status.disclaimer"),
        "datePublished": as_of.isoformat(),
        "inLanguage": language(),
        "isAccessibleForFree": True,
        "license": edition.licence.get("path") or edition.licence.get("name", ""),
        "creator": publisher,
        "publisher": publisher,
        "isPartOf": _whole(edition, path),
    }
    return {key: value for key, value in found.items() if value}


def site_page(edition: Edition) -> dict[str, Any]:
    """The site itself, with the address of its search where the site's own is known."""
    searched = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{edition.base_url}search/?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    return {
        "@context": _CONTEXT,
        "@type": "WebSite",
        "@id": edition.address("", ""),
        "url": edition.address("", ""),
        "name": edition.publisher,
        "inLanguage": language(),
        "about": _whole(edition, ""),
        **({"potentialAction": searched} if edition.base_url else {}),
    }


def _doi(edition: Edition) -> dict[str, str]:
    found = {"propertyID": "https://registry.identifiers.org/registry/doi", "value": f"doi:{edition.doi}"}
    return {"@type": "PropertyValue", **found, "url": edition.doi_link}


def _whole(edition: Edition, seen_from: str) -> dict[str, str]:
    return {"@type": "Dataset", "@id": edition.address("data/", seen_from), "name": edition.title}


def _variable(indicator: Indicator) -> dict[str, str]:
    unit = {"unitText": indicator.unit} if indicator.unit else {}
    return {"@type": "PropertyValue", "name": indicator.name, **unit}


def _place(region: Region) -> dict[str, str]:
    code = {"identifier": region.adcode} if region.adcode else {}
    return {"@type": "Place", "name": region.name, **code}


def script_text(described: Mapping[str, Any]) -> str:
    """A description as the text of a `<script type="application/ld+json">`, which nothing in the data can end."""
    return to_json(described).decode().strip().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _dataset(edition: Edition, path: str, **properties: object) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": edition.publisher}
    found = {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "@id": edition.address(path, path),
        "url": edition.address(path, path),
        "version": edition.version,
        "dateModified": edition.as_of.isoformat(),
        "inLanguage": t("format.html"),
        "isAccessibleForFree": True,
        "license": edition.licence.get("path") or edition.licence.get("name", ""),
        "creator": publisher,
        "publisher": publisher,
        **properties,
    }
    return {key: value for key, value in found.items() if value not in ("", [], None)}


def _description(edition: Edition, target: Target) -> str:
    """Two sentences about a target, long enough for search engines to take them."""
    plan = edition.package.plan_by_id[target.plan_id]
    verdict = edition.assessments[target.target_id]
    text = t(
        "opendata.schemaorg.target",
        plan=plan.title,
        section=heading(target.section),
        printed=target.words,
        target=target.name,
        status=t(f"status.label.{verdict.status}"),
        as_of=day(edition.as_of),
    )
    return text if len(text) >= _MIN_DESCRIPTION else text + t("status.disclaimer")


def _file(edition: Edition, download: Download, seen_from: str) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": download.title,
        "contentUrl": edition.address(download.path, seen_from),
        "encodingFormat": download.media_type,
        "contentSize": f"{download.size} B",
        "sha256": download.sha256,
    }


def _link(edition: Edition, path: str, media_type: str, seen_from: str) -> dict[str, Any]:
    return {"@type": "DataDownload", "contentUrl": edition.address(path, seen_from), "encodingFormat": media_type}


def _source(source: Source) -> dict[str, Any]:
    found = _document(source.title, source.publisher, source.url)
    return {**found, **({"alternateName": source.original_title} if source.original_title else {})}


def _document(title: str, publisher: str, url: str) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "CreativeWork", "name": title}
    if publisher:
        found["publisher"] = {"@type": "Organization", "name": publisher}
    return {**found, **({"url": url} if url else {})}
