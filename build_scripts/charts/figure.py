"""A drawn chart as pages show it, and as files to download. Gets `ChartSpec` and `Rendered`, gives records."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from build_scripts.charts.regional import number_locale, time_locale
from build_scripts.charts.render import Rendered
from build_scripts.charts.spec import ChartSpec, Drawing, bind
from build_scripts.charts.svg import on_ground
from build_scripts.core.records import Artifact, Link, Source
from build_scripts.core.spreadsheet import escape_words
from build_scripts.locale import t, titled

FOLDER = "assets/charts"
_NO_ROWS = '"data":{"name":"rows","values":[]'
# Bytes of both widths together; heavier pictures are fetched when they come into view, in the width that is needed.
INLINE_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as a file that the page shows: its name, address and size in px."""

    name: str
    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ChartFigure:
    """What `templates/parts/_chart.md.j2` prints.

    `wide` and `narrow` are inline SVG, or empty where `pictures` are the two as files; `spec` and `narrow_spec` the
    site addresses of the Vega-Lite files; `sources` and `downloads` link inside the site, `data` to its numbers for
    programs and what describes them; `uses` are the lines that read those, each after its name, with a note on them.
    """

    id: str
    kind: str
    title: str
    key: str
    wide: Markup
    narrow: Markup
    width: int
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sources: tuple[Link, ...]
    downloads: tuple[Link, ...]
    spec: str
    narrow_spec: str
    pictures: tuple[Picture, ...] = ()
    data: tuple[Link, ...] = ()
    uses: tuple[tuple[str, str], ...] = ()
    uses_note: str = ""


def chart_figure(spec: ChartSpec, rendered: Rendered, sources: Mapping[str, Source]) -> ChartFigure:
    """The figure of a chart; `sources` are the package's by id. Raises KeyError for a source that is not there."""
    files = {end: f"{FOLDER}/{spec.id}.{end}" for end in ("svg", "png", "csv", "vl.json", "narrow.vl.json")}
    heavy = _is_heavy(rendered)
    names = {"svg": "SVG", "png": "PNG", "csv": "CSV", "vl.json": "Vega-Lite"}
    return ChartFigure(
        id=spec.id,
        kind=spec.kind,
        title=spec.title,
        key=spec.key,
        wide=Markup("" if heavy else rendered.wide),  # noqa: S704 - our own renderer escaped it
        narrow=Markup("" if heavy else rendered.narrow),  # noqa: S704 - our own renderer escaped it
        width=round(spec.wide.width),
        columns=spec.table.columns,
        rows=spec.table.rows,
        sources=tuple(source_links(sources[i] for i in spec.source_ids)),
        downloads=tuple(Link(name, files[end]) for end, name in names.items()),
        spec=files["vl.json"],
        narrow_spec=files["narrow.vl.json"],
        pictures=tuple(
            Picture(name, f"{FOLDER}/{spec.id}.{name}.svg", round(drawing.width), round(drawing.height))
            for name, drawing in (("wide", spec.wide), ("narrow", spec.narrow))
            if heavy
        ),
    )


def _is_heavy(rendered: Rendered) -> bool:
    return len(rendered.wide.encode()) + len(rendered.narrow.encode()) > INLINE_MOST


def source_links(sources: Iterable[Source]) -> Iterator[Link]:
    """Links to sources; those of one publisher and year go by their titles, each title once."""
    listed = list(sources)
    names = Counter(source_name(source) for source in listed)
    seen: set[str] = set()
    for source in listed:
        name = source_name(source)
        label = name if names[name] == 1 else titled(source.title)
        if label not in seen:
            seen.add(label)
            yield Link(label, f"sources/{source.source_id}/")


def source_name(source: Source) -> str:
    """A source in a word: its publisher and the year; the link leads to its title and all the rest."""
    if source.published is None:
        return source.publisher
    return t("charts.part.source_name", publisher=source.publisher, year=source.published.year)


def artifacts(spec: ChartSpec, rendered: Rendered) -> list[Artifact]:
    """The files of a chart: its pictures, and what they are drawn from."""
    return [*picture_files(spec, rendered), *data_files(spec)]


def picture_files(spec: ChartSpec, rendered: Rendered) -> list[Artifact]:
    """A chart as SVG and as PNG; where a page cannot carry it, also in the two widths that pages show."""
    files = {"svg": rendered.standalone.encode(), "png": rendered.png}
    if _is_heavy(rendered):
        files |= {f"{name}.svg": on_ground(getattr(rendered, name)).encode() for name in ("wide", "narrow")}
    return _files(spec, files)


def data_files(spec: ChartSpec) -> list[Artifact]:
    """What a chart is drawn from: CSV, and the two Vega-Lite specifications that the interactive version loads."""
    drawings = {"vl.json": spec.wide, "narrow.vl.json": spec.narrow}
    return _files(spec, {"csv": table_csv(spec), **{end: vega_lite(spec, each) for end, each in drawings.items()}})


def _files(spec: ChartSpec, files: Mapping[str, bytes]) -> list[Artifact]:
    return [Artifact(f"{FOLDER}/{spec.id}.{end}", data, f"charts/{spec.kind}") for end, data in files.items()]


def table_csv(spec: ChartSpec) -> bytes:
    """The chart's table as CSV for spreadsheets: UTF-8 with a byte order mark, no text that would be a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([escape_words(cell) for cell in row] for row in (spec.table.columns, *spec.table.rows))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def vega_lite(spec: ChartSpec, drawing: Drawing) -> bytes:
    """A drawing as a Vega-Lite file: with its words and the Chinese locale in `usermeta`."""
    bound = bind(spec.form, replace(drawing, rows=()))
    whole = {
        "$schema": bound["$schema"],
        "description": spec.alt,
        "usermeta": {
            "title": spec.title,
            "key": spec.key,
            **({"unit": spec.unit} if spec.unit else {}),
            "embedOptions": {"formatLocale": number_locale(), "timeFormatLocale": time_locale()},
        },
        **{name: value for name, value in bound.items() if name != "$schema"},
    }
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    # The rows are text already; inside a string of JSON no quotation mark stands like these.
    return (text.replace(_NO_ROWS, f"{_NO_ROWS[:-2]}{drawing.rows_as_json}", 1) + "\n").encode()
