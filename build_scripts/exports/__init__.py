"""Open data: everything downloadable, citable and readable by programs. Gets an `Edition`, gives artifacts.

    edition = assessed_edition(report, schemas, base_url=...)
    publication = Publication(edition)
    stage(artifacts(publication))

Pages ask the `Publication` for its downloads, tables and dictionary, and the functions here for citations, JSON-LD,
embeds, change lists and provenance. Nothing here reads or writes a file.
"""

from build_scripts.exports.changes import FeedEntry, as_json, feed_entry, markdown
from build_scripts.exports.citation import Citation, citation_cff, cite_dataset, cite_target
from build_scripts.exports.dictionary import FieldEntry, TableEntry, dictionary
from build_scripts.exports.downloads import Download, table_path
from build_scripts.exports.edition import Edition, assessed_edition
from build_scripts.exports.embeds import Embed, badge_path, embed, embed_path
from build_scripts.exports.manifest import MANIFEST, build_manifest
from build_scripts.exports.provenance import (
    Address,
    Coverage,
    TracedNumber,
    addresses,
    coverage,
    numbers_by_source,
    traced_numbers,
)
from build_scripts.exports.publication import Publication, about, artifacts
from build_scripts.exports.schemaorg import (
    bulletin_page,
    dataset_page,
    indicator_page,
    script_text,
    site_page,
    table_page,
    target_page,
)
from build_scripts.exports.subsets import METADATA
from build_scripts.exports.versions import Change, ChangeList, Kind, diff

__all__ = [
    "MANIFEST",
    "METADATA",
    "Address",
    "Change",
    "ChangeList",
    "Citation",
    "Coverage",
    "Download",
    "Edition",
    "Embed",
    "FeedEntry",
    "FieldEntry",
    "Kind",
    "Publication",
    "TableEntry",
    "TracedNumber",
    "about",
    "addresses",
    "artifacts",
    "as_json",
    "assessed_edition",
    "badge_path",
    "build_manifest",
    "bulletin_page",
    "citation_cff",
    "cite_dataset",
    "cite_target",
    "coverage",
    "dataset_page",
    "dictionary",
    "diff",
    "embed",
    "embed_path",
    "feed_entry",
    "indicator_page",
    "markdown",
    "numbers_by_source",
    "script_text",
    "site_page",
    "table_page",
    "table_path",
    "target_page",
    "traced_numbers",
]
