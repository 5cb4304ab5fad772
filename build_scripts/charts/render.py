"""Draws charts: gets `ChartSpec`s, gives their SVGs and PNGs, each made once and kept by the hash of what made it.

The Vega-Lite form is compiled to Vega once a kind; a drawing then only fills in data, sizes and parameters. What our
forms use of Vega is drawn here (`quick`), the rest by Vega itself. Many charts are drawn on all processors, in an order
that does not depend on which finishes first.
"""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from PIL import Image

from build_scripts.charts import fonts, quick, raster, svg, theme
from build_scripts.charts.form import Form, compiled, recall
from build_scripts.charts.letters import outlined
from build_scripts.charts.outlines import Unlike
from build_scripts.charts.palette import in_few_colours
from build_scripts.charts.spec import ChartSpec, Drawing, sizes
from build_scripts.charts.stand_ins import drawn_by, neutral
from build_scripts.charts.vega import engine
from build_scripts.core.crew import Crew, Shared
from build_scripts.core.errors import ChartError
from build_scripts.core.kept import keep, key_of, look
from build_scripts.core.stopwatch import part
from build_scripts.locale import later, t

PNG_SCALE = 2
# Up to this many charts to draw, starting another process costs more than it saves.
POOL_FROM = 23
# So many are handed over at a time.
BATCH = 4


@dataclass(frozen=True, slots=True)
class Rendered:
    """One chart drawn: inline SVGs for wide and narrow pages, a standalone SVG and a PNG for download."""

    wide: str
    narrow: str
    standalone: str
    png: bytes


@dataclass(frozen=True, slots=True)
class _Job:
    """What a worker needs to draw one chart: its form as Vega, and what fills it for each width, all as JSON."""

    chart_id: str
    title: str
    alt: str
    notes: tuple[str, ...]
    form: str
    wide: str
    narrow: str
    wide_size: tuple[float, float]
    narrow_size: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A chart to draw and where to keep it."""

    cache_dir: Path
    key: str
    job: _Job


@dataclass(frozen=True, slots=True)
class Drawings:
    """Charts at work: those found among the results kept, by id in the order given, and those being drawn."""

    found: Mapping[str, Rendered | None]
    todo: Sequence[_Kept]
    shared: Shared[_Kept, Rendered]

    def all(self) -> dict[str, Rendered]:
        """Every chart by its id, in the order given."""
        with part("draw", len(self.todo)):
            drawn = {each.job.chart_id: done for each, done in zip(self.todo, self.shared.results(), strict=True)}
        return {chart_id: found or drawn[chart_id] for chart_id, found in self.found.items()}


def begin_all(specs: Iterable[ChartSpec], cache_dir: Path, crew: Crew) -> Drawings:
    """Have every chart drawn that `cache_dir` does not hold; other processes begin while this one goes on.

    Raises:
        ChartError: two charts have one id.
    """
    jobs: dict[str, _Job] = {}
    with part("specs"):
        for spec in specs:
            if spec.id in jobs:
                raise ChartError(later("charts.fonts.twice", id=spec.id))
            recall((spec.form,), cache_dir)
            jobs[spec.id] = _job(spec)
    with part("known"):
        keys = {chart_id: _key(job) for chart_id, job in jobs.items()}
        found = {chart_id: _load(cache_dir, key) for chart_id, key in keys.items()}
    todo = [_Kept(cache_dir, keys[chart_id], jobs[chart_id]) for chart_id, known in found.items() if known is None]
    return Drawings(found, todo, crew.share(_draw_and_keep, todo, BATCH, alone=POOL_FROM))


def render_all(specs: Iterable[ChartSpec], cache_dir: Path, crew: Crew | None = None) -> dict[str, Rendered]:
    """Every chart drawn, by its id, in the order given; what `cache_dir` already holds is read from there.

    Raises:
        ChartError: two charts have one id.
    """
    with crew or Crew() as team:
        return begin_all(specs, cache_dir, team).all()


def chart_texts(drawn: Iterable[Rendered]) -> Iterator[str]:
    """Every string that the charts show."""
    for chart in drawn:
        yield from svg.texts(chart.standalone)
        yield from svg.texts(chart.narrow)


def vega(form: Form, drawing: Drawing) -> dict[str, Any]:
    """A drawing as a complete Vega specification; the form is compiled once."""
    return _filled(_of_form(form), _filling(form, drawing))


def _filled(form: str, filling: str) -> dict[str, Any]:
    """A form with the rows, parameters and sizes of one drawing."""
    spec, given = json.loads(form), json.loads(filling)
    for data in spec["data"]:
        if data["name"] == "rows":
            data["values"] = given["rows"]
    for signal in spec["signals"]:
        if signal["name"] in given["params"]:
            signal["value"] = given["params"][signal["name"]]
    return {**spec, **given["sizes"]}


def _of_form(form: Form) -> str:
    return json.dumps(compiled(form).vega, ensure_ascii=False)


def _filling(form: Form, drawing: Drawing) -> str:
    form.check_rows(drawing.rows, drawing.params)
    other = json.dumps({"params": drawing.params, "sizes": sizes(drawing)}, ensure_ascii=False, separators=(",", ":"))
    return f'{{"rows":{drawing.rows_as_json},{other[1:]}'


def _job(spec: ChartSpec) -> _Job:
    return _Job(
        chart_id=spec.id,
        title=spec.title,
        alt=spec.alt,
        notes=(spec.key, *spec.credits),
        form=_of_form(spec.form),
        wide=_filling(spec.form, spec.wide),
        narrow=_filling(spec.form, spec.narrow),
        wide_size=(spec.wide.width, spec.wide.height),
        narrow_size=(spec.narrow.width, spec.narrow.height),
    )


_DRAWING = (
    *("render", "theme", "fonts", "svg", "letters", "outlines", "raster", "palette", "stand_ins", "regional"),
    *("expressions", "quick", "quick_axes", "quick_scales"),
)


@cache
def _maker() -> str:
    """What besides the job decides the bytes: the renderer's version, the font, this package's drawing code."""
    code = [(Path(__file__).parent / f"{name}.py").read_bytes() for name in _DRAWING]
    programs = (version(name) for name in ("vl-convert-python", "thorvg-python", "pillow"))
    return key_of(*programs, fonts.FILE.read_bytes(), *code)


def _key(job: _Job) -> str:
    texts = (job.chart_id, job.title, job.alt, *job.notes, job.form, job.wide, job.narrow)
    whole = (*texts, repr((job.wide_size, job.narrow_size)))
    return key_of(_maker(), *whole, repr(drawn_by(fonts.missing(whole))))


def _draw_and_keep(batch: list[_Kept]) -> list[Rendered]:
    """Draw charts and keep them; also in another process."""
    made = []
    for each in batch:
        made.append(_draw(each.job))
        _save(each.cache_dir, each.key, made[-1])
    return made


@cache
def _prepare() -> None:
    """Make the shipped font known to this process, once."""
    engine().register_font_directory(str(fonts.FOLDER))


def _draw(job: _Job) -> Rendered:
    wide, narrow = (_picture(job.form, filling) for filling in (job.wide, job.narrow))
    whole = svg.standalone(wide, job.wide_size, job.title, job.alt, job.notes)
    pages = [
        svg.inline(body, size, f"{job.chart_id}-{name}", job.title, job.alt)
        for name, body, size in (("w", wide, job.wide_size), ("n", narrow, job.narrow_size))
    ]
    return Rendered(pages[0], pages[1], whole, _png(whole))


def _picture(form: str, filling: str) -> str:
    """The drawn part of a picture."""
    plan = quick.plan(form)
    if plan:
        try:
            return svg.finish(plan.draw(**json.loads(filling)))
        except (Unlike, KeyError, TypeError, ArithmeticError):
            pass  # Vega takes what it is given, and says so where it cannot
    return svg.clean(_svg(_filled(form, filling)))


def _svg(spec: dict[str, Any]) -> str:
    """Vega's SVG of a specification; characters the shipped font lacks pass through unread."""
    _prepare()
    plain, back = neutral(json.dumps(spec, ensure_ascii=False))
    region: Any = t("format.charts")
    # As JSON, numbers would be read a last digit off.
    drawn: str = engine().vega_to_svg(json.loads(plain), format_locale=region, time_format_locale=region)
    return drawn.translate({code: escape(char) for code, char in back.items()})


def _png(picture: str) -> bytes:
    """The picture as PNG at twice its size, in few colours: a quarter of the bytes and no difference to the eye."""
    drawable = outlined(picture)
    image = raster.pixels(drawable, PNG_SCALE) if drawable else None
    return _packed(image or _pixels_of_vega(drawable or _with_fonts(picture)), picture)


def _with_fonts(picture: str) -> str:
    _prepare()
    return svg.with_fonts(picture.replace(theme.FONT_STACK, theme.FONT))


def _pixels_of_vega(drawable: str) -> Image.Image:
    """What Vega's renderer makes of a picture; it knows fonts."""
    with Image.open(io.BytesIO(engine().svg_to_png(drawable, scale=PNG_SCALE))) as image:
        return image.convert("RGB")


def _packed(image: Image.Image, picture: str) -> bytes:
    flat = in_few_colours(image, picture)
    out = io.BytesIO()
    # Runs of one colour alone: less than half the time, a tenth more bytes.
    flat.save(out, "PNG", compress_type=zlib.Z_RLE)
    return out.getvalue()


_KIND = "charts"
# Between the pictures of a chart, which are kept in one file; no XML may hold it.
_END = b"\0"


def _load(cache_dir: Path, key: str) -> Rendered | None:
    """What an earlier run kept under `key`; None unless it is there and whole."""
    found = look(cache_dir, _KIND, key)
    if found is None:
        return None
    wide, narrow, standalone, png = found.split(_END, 3)
    return Rendered(wide.decode(), narrow.decode(), standalone.decode(), png)


def _save(cache_dir: Path, key: str, rendered: Rendered) -> None:
    pictures = [picture.encode() for picture in (rendered.wide, rendered.narrow, rendered.standalone)]
    keep(cache_dir, _KIND, key, _END.join((*pictures, rendered.png)))
