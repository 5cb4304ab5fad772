"""The data as DataCite describes them, to be handed in where a DOI is registered. Gets an `Edition`, gives a dict.

The DOI itself is in it once the site has one (`extra.doi`); all else is there before.
Source: DataCite Metadata Schema 4.6, in the form of its JSON Schema.
"""

from __future__ import annotations

from typing import Any

from build_scripts.core.language import language
from build_scripts.exports.catalogue import places, temporal
from build_scripts.exports.edition import Edition


def datacite(edition: Edition) -> dict[str, Any]:
    """The whole package as a DataCite record."""
    parts = edition.doi.partition("/")
    organisation = {"name": edition.publisher, "nameType": "Organizational"}
    found = {
        "doi": edition.doi,
        "prefix": parts[0],
        "suffix": parts[2],
        "url": f"{edition.base_url}data/" if edition.base_url else "",
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Dataset"},
        "creators": [organisation],
        "titles": [{"title": edition.title, "lang": language()}],
        "publisher": {"name": edition.publisher},
        "publicationYear": str(edition.as_of.year),
        "language": language(),
        "version": edition.version,
        "subjects": [{"subject": word} for word in edition.keywords],
        "descriptions": [{"description": edition.description, "descriptionType": "Abstract", "lang": language()}],
        "dates": [
            {"date": edition.as_of.isoformat(), "dateType": "Updated"},
            *({"date": "/".join(days), "dateType": "Coverage"} for days in [temporal(edition)] if days),
        ],
        "geoLocations": [{"geoLocationPlace": region.name} for region in places(edition)],
        "rightsList": _rights(edition),
        "alternateIdentifiers": [{"alternateIdentifier": edition.name, "alternateIdentifierType": "Data Package name"}],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }
    return {key: value for key, value in found.items() if value not in ("", [])}


def _rights(edition: Edition) -> list[dict[str, str]]:
    said = {
        "rights": edition.licence.get("title", ""),
        "rightsUri": edition.licence.get("path", ""),
        "rightsIdentifier": edition.licence.get("name", ""),
    }
    known = {key: value for key, value in said.items() if value}
    return [known] if known else []
