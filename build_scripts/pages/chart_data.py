"""The numbers of charts for programs: where they are, what describes them, the lines that read them.

Gets the charts' specifications and the downloads. What a chart shows of one indicator or target is in a file already,
to which it leads; other charts get a file of their own with a description beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from build_scripts.charts import ChartFigure, ChartSpec
from build_scripts.charts.figure import FOLDER
from build_scripts.charts.tidy import TYPES, Tidy
from build_scripts.core.records import Artifact, Link
from build_scripts.exports import METADATA, Download, Publication
from build_scripts.exports.descriptions import chart_metadata
from build_scripts.exports.downloads import FOLDER as DATA
from build_scripts.exports.formats import csv_plain, to_json
from build_scripts.exports.tables import Table
from build_scripts.locale import t
from build_scripts.pages.reuse import read_lines, unaddressed


def chart_files(specs: Iterable[ChartSpec], published: Publication) -> list[Artifact]:
    """The files of those charts whose numbers no other file holds: rows for programs, and what they are."""
    made = []
    for spec in specs:
        if spec.tidy is None:
            continue
        table = _table(spec, spec.tidy)
        path = f"{FOLDER}/{spec.id}"
        file = Download(f"{path}.tidy.csv", "csv", spec.title, csv_plain(table), rows=len(table.rows))
        said = to_json(chart_metadata(published.edition, file, table, spec.source_ids))
        owner = f"charts/{spec.kind}"
        made += [Artifact(file.path, file.content, owner), Artifact(f"{path}{METADATA}", said, owner)]
    return made


def with_data(
    figures: Mapping[str, ChartFigure], specs: Iterable[ChartSpec], published: Publication
) -> dict[str, ChartFigure]:
    """The figures with links to their numbers and the lines that read them, by chart id."""
    there = {each.path for each in published.subsets}
    return {spec.id: _with_data(figures[spec.id], spec, published, there) for spec in specs}


def _with_data(figure: ChartFigure, spec: ChartSpec, published: Publication, there: set[str]) -> ChartFigure:
    stem = f"{DATA}subsets/{spec.data}"
    if spec.tidy is not None:
        path, about, sheet = (f"{FOLDER}/{spec.id}{end}" for end in (".tidy.csv", METADATA, ".csv"))
    elif f"{stem}.csv" in there:
        path, about, sheet = (f"{stem}{end}" for end in (".csv", METADATA, ".excel.csv"))
    else:
        return figure
    links = (Link(t("charts.part.data"), path), Link(t("charts.part.about"), about))
    uses = read_lines(published.edition.base_url, path, sheet)
    return replace(
        figure,
        data=links,
        uses=tuple((each.label, each.text) for each in uses),
        uses_note=unaddressed(published, "use"),
    )


def _table(spec: ChartSpec, tidy: Tidy) -> Table:
    """The numbers as a table whose columns say what they hold."""
    fields = [
        {"name": name, "type": TYPES.get(name, "string"), "title": t(f"charts.tidy.{name}")} for name in tidy.columns
    ]
    about = t(f"charts.tidy_row.{spec.kind}")
    return Table(spec.id, spec.title, about, {"fields": fields, "unit": spec.unit}, tidy.rows, derived=True)
