"""Turns a picture into pixels. Gets an SVG whose texts are outlines, gives an image, or None for what it cannot read.

ThorVG does it, in a tenth of the time that the renderer of Vega takes. It is brought in with the first picture.
"""

from __future__ import annotations

import re
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from PIL import Image

if TYPE_CHECKING:
    from thorvg_python.canvas.sw import SwCanvas
    from thorvg_python.engine import Engine

# The library keeps one store for the edges of all pictures, so they are drawn one after the other.
_ONE = Lock()
_SIZE = re.compile(r'<svg\b[^>]*?\bwidth="([\d.]+)" height="([\d.]+)"')
# Millions of pixels come one after the other: Pillow's own memory for two images is used again, not asked for anew.
cast("Any", Image).core.set_blocks_max(2)


def pixels(picture: str, scale: int) -> Image.Image | None:
    """The picture at so many times its own size, without its alpha: it has a ground of its own."""
    said = _SIZE.match(picture)
    if said is None:
        return None
    size = (round(float(said[1]) * scale), round(float(said[2]) * scale))
    with _ONE:
        canvas = _canvas(size)
        if canvas is None or not _drawn(picture.encode(), size, canvas):
            return None
        return Image.frombytes("RGB", size, memoryview(canvas.buffer_arr or b""), "raw", "RGBX")


def _drawn(picture: bytes, size: tuple[int, int], canvas: SwCanvas) -> bool:
    """Draw a picture on a canvas; whether that could be done."""
    from thorvg_python.base import Result  # noqa: PLC0415 - a build that draws nothing does without it
    from thorvg_python.paint.picture import Picture  # noqa: PLC0415

    drawn = Picture(canvas.engine)
    # A copy: the library knows pictures that it need not copy by where they lie, and that place is used again.
    read = drawn.load_data(picture, "svg", None, copy=True)
    canvas.add(drawn)
    done = (read, drawn.set_size(*size), canvas.draw(clear=True), canvas.sync())
    canvas.remove()
    return set(done) == {Result.SUCCESS}


class _Canvas:
    """The canvas last used: pictures of one size follow each other, and its memory is large."""

    last: SwCanvas | None = None


def _canvas(size: tuple[int, int]) -> SwCanvas | None:
    """A canvas of this size; None where the library does not run."""
    engine = _engine()
    if engine is None:
        return None
    from thorvg_python.canvas.sw import SwCanvas  # noqa: PLC0415

    known = _Canvas.last
    if known is not None and (known.w, known.h) == size:
        return known
    if known is not None:
        known.destroy()
    _Canvas.last = SwCanvas(engine)
    _Canvas.last.set_target(*size)
    return _Canvas.last


@cache
def _engine() -> Engine | None:
    """The library, None where it does not run; without threads of its own, since a process with some is not copied."""
    from thorvg_python import engine  # noqa: PLC0415

    return engine.Engine(threads=0) if engine.THORVG_LIB else None
