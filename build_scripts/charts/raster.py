"""Turns a picture into pixels. Gets an SVG whose texts are outlines, gives an image, or None for what it cannot read.

ThorVG does it, in a tenth of the time that the renderer of Vega takes. It is brought in with the first picture.
"""

from __future__ import annotations

import re
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from thorvg_python.engine import Engine

# The library keeps one store for the edges of all pictures, so they are drawn one after the other.
_ONE = Lock()
_SIZE = re.compile(r'<svg\b[^>]*?\bwidth="([\d.]+)" height="([\d.]+)"')


def pixels(picture: str, scale: int) -> Image.Image | None:
    """The picture at so many times its own size, without its alpha: it has a ground of its own."""
    said = _SIZE.match(picture)
    if said is None:
        return None
    size = (round(float(said[1]) * scale), round(float(said[2]) * scale))
    with _ONE:
        buffer = _drawn(picture.encode(), size)
    return None if buffer is None else Image.frombytes("RGB", size, buffer, "raw", "RGBX")


def _drawn(picture: bytes, size: tuple[int, int]) -> memoryview | None:
    engine = _engine()
    if engine is None:
        return None
    from thorvg_python.base import Result  # noqa: PLC0415 - a build that draws nothing does without it
    from thorvg_python.canvas.sw import SwCanvas  # noqa: PLC0415
    from thorvg_python.paint.picture import Picture  # noqa: PLC0415

    canvas, drawn = SwCanvas(engine), Picture(engine)
    try:
        canvas.set_target(*size)
        # A copy: the library knows pictures that it need not copy by where they lie, and that place is used again.
        read = drawn.load_data(picture, "svg", None, copy=True)
        canvas.add(drawn)
        if read != Result.SUCCESS or drawn.set_size(*size) != Result.SUCCESS:
            return None
        done = (canvas.draw(clear=False), canvas.sync())
        return memoryview(canvas.buffer_arr or b"") if done == (Result.SUCCESS, Result.SUCCESS) else None
    finally:
        canvas.destroy()


@cache
def _engine() -> Engine | None:
    """The library, None where it does not run; without threads of its own, since a process with some is not copied."""
    from thorvg_python import engine  # noqa: PLC0415

    return engine.Engine(threads=0) if engine.THORVG_LIB else None
