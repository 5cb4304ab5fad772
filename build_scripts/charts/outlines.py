"""Outlines as Vega writes them: lines, areas, rectangles, signs. Gets numbers, gives the text of SVG attributes.

Every form here repeats Vega's arithmetic in its order, so that pictures drawn without Vega are the same to the byte.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache

# Where the handle of a curve stands that rounds a corner off, from the corner.
_HANDLE = 0.448084975506
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_LENGTHS = {"M": 2, "L": 2, "A": 7, "Z": 0}
Point = tuple[float, float]


class Unlike(Exception):  # noqa: N818 - a sign between modules, never shown
    """Vega has to draw this: it is nothing that is known here."""


def plain(number: float) -> str:
    """A number as it stands in a picture: at most two decimals, no needless ones.

    Raises:
        Unlike: so large or odd that JavaScript writes it in another way.
    """
    if type(number) is int:
        return str(number)
    size = abs(number)
    if 1e-6 <= size < 1e15:
        return f"{number:.2f}".rstrip("0").rstrip(".")
    if not number:
        return "0"
    if not size < 1e15:
        raise Unlike(number)
    digits, _, power = repr(number).partition("e")  # what a sum that should be nought leaves over; Vega writes it all
    return f"{plain(float(digits))}e{int(power)}"


def cut(number: float) -> str:
    """A coordinate of a path: Vega's three decimals first, then the two of a picture."""
    return plain(math.floor(number * 1000 + 0.5) / 1000)


def moved(x: float, y: float) -> dict[str, str]:
    """The attribute that puts something at a place; nothing at the origin."""
    return {"transform": f"translate({plain(x)},{plain(y)})"} if x or y else {}


def line(points: Sequence[Point]) -> str:
    """A line through points; a lone one is a dot."""
    drawn = "L".join(f"{cut(x)},{cut(y)}" for x, y in points)
    return f"M{drawn}" if len(points) > 1 else f"M{drawn}Z"


def area(upper: Sequence[Point], lower: Sequence[Point]) -> str:
    """What lies between two lines."""
    return f"M{'L'.join(f'{cut(x)},{cut(y)}' for x, y in (*upper, *reversed(lower)))}Z"


def box(x: float, y: float, width: float, height: float, corner: float) -> str:
    """A rectangle, its corners rounded off by `corner`."""
    if corner <= 0:
        return f"M{plain(x)},{plain(y)}h{plain(width)}v{plain(height)}h{plain(-width)}Z"
    radius = min(corner, min(width, height) / 2)
    near, far = _HANDLE * radius, radius
    right, foot = x + width, y + height
    steps = (
        ("M", x + far, y),
        ("L", right - far, y),
        ("C", right - near, y, right, y + near, right, y + far),
        ("L", right, foot - far),
        ("C", right, foot - near, right - near, foot, right - far, foot),
        ("L", x + far, foot),
        ("C", x + near, foot, x, foot - near, x, foot - far),
        ("L", x, y + far),
        ("C", x, y + near, x + near, y, x + far, y),
    )
    return "".join(f"{name}{','.join(map(plain, numbers))}" for name, *numbers in steps) + "Z"


@cache
def sign(shape: str, size: float) -> str:
    """The outline of a sign of this size in square px: a circle, or a path drawn from -1 to 1.

    Raises:
        Unlike: another shape, or a path of other steps than M, L, A and Z.
    """
    scale = math.sqrt(size) / 2
    if shape == "circle":
        r = cut(scale)
        return f"M{r},0A{r},{r},0,1,1,{cut(-scale)},0A{r},{r},0,1,1,{r},0"
    if not shape.startswith("M"):
        raise Unlike(shape)
    made, at = [], (0.0, 0.0)
    for name, text in _STEP.findall(shape.replace("ZM", "M")):  # Vega closes the last part of an outline alone
        numbers = [float(each) for each in _NUMBER.findall(text)]
        if _LENGTHS.get(name) != len(numbers):
            raise Unlike(shape)
        if name == "Z":
            made.append("Z")
            continue
        to = (numbers[-2] * scale, numbers[-1] * scale)
        if name == "A":
            made += _arc(at, to, (numbers[0] * scale, numbers[1] * scale), numbers[2:5])
        else:
            made.append(f"{name}{cut(to[0])},{cut(to[1])}")
        at = to
    return "".join(made)


def _arc(at: Point, to: Point, radii: Point, flags: Sequence[float]) -> list[str]:
    """An arc as curves of at most a quarter of a turn each."""
    turned, large, sweep = flags
    if turned:
        raise Unlike(flags)
    rx, ry = radii
    half_x, half_y = (at[0] - to[0]) * 0.5, (at[1] - to[1]) * 0.5
    reach = (half_x * half_x) / (rx * rx) + (half_y * half_y) / (ry * ry)
    if reach > 1:
        rx, ry = rx * math.sqrt(reach), ry * math.sqrt(reach)
    x0, y0, x1, y1 = at[0] / rx, at[1] / ry, to[0] / rx, to[1] / ry
    apart = (x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0)
    aside = math.sqrt(max(0.0, 1 / apart - 0.25)) * (-1 if sweep == large else 1)
    xc, yc = 0.5 * (x0 + x1) - aside * (y1 - y0), 0.5 * (y0 + y1) + aside * (x1 - x0)
    first, last = math.atan2(y0 - yc, x0 - xc), math.atan2(y1 - yc, x1 - xc)
    whole = last - first
    if whole < 0 and sweep:
        whole += 2 * math.pi
    elif whole > 0 and not sweep:
        whole -= 2 * math.pi
    count = math.ceil(abs(whole / (math.pi / 2 + 0.001)))
    turns = [(first + step * whole / count, first + (step + 1) * whole / count) for step in range(count)]
    return [_quarter((xc, yc), turn, (rx, ry)) for turn in turns]


def _quarter(middle: Point, turn: Point, radii: Point) -> str:
    """One curve of an arc."""
    begin, end = turn
    half = 0.5 * (end - begin)
    handle = (8 / 3) * math.sin(half * 0.5) ** 2 / math.sin(half)
    x1 = middle[0] + math.cos(begin) - handle * math.sin(begin)
    y1 = middle[1] + math.sin(begin) + handle * math.cos(begin)
    x3, y3 = middle[0] + math.cos(end), middle[1] + math.sin(end)
    x2, y2 = x3 + handle * math.sin(end), y3 - handle * math.cos(end)
    rx, ry = radii
    return "C" + ",".join(map(cut, (rx * x1, ry * y1, rx * x2, ry * y2, rx * x3, ry * y3)))
