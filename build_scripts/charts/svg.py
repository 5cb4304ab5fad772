"""Makes a page's SVG out of Vega's: light, labelled for screen readers, free of scripts and of ids that could clash.

Gets the SVG text of Vega, gives the inline form for pages and the standalone form for downloads. Colours stay as the
theme's light ones: `charts.css` maps each to a variable, so one picture serves both schemes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr, unescape

from build_scripts.charts import theme
from build_scripts.charts.fonts import wrap
from build_scripts.charts.stand_ins import StandIn, runs

_DROPPED = frozenset({"class", "role", "pointer-events", "font-family", "stroke-miterlimit", "style"})
_DEFAULTS = {
    "opacity": "1",
    "fill-opacity": "1",
    "stroke-width": "1",
    "stroke-dasharray": "1,0",
    "font-size": f"{theme.FONT_SIZE}px",
    "font-weight": "normal",
    "text-anchor": "start",
    "transform": "translate(0,0)",
    "x2": "0",
    "y2": "0",
}
_NUMBER = re.compile(r"-?\d+\.\d{2,}")
_LINE = 22.0
_TITLE_SIZE = 16
_SIDE = 12.0
PREFIX = "\ue000"
_MOVE = re.compile(r"translate\((-?[\d.]+),(-?[\d.]+)\)")
# A sign drawn at least so often is worth a definition of its own.
_OFTEN = 3
_MOVED = frozenset({"text", "path"})
_OWN = frozenset({"transform", "fill", "stroke"})
_SIGNS = re.compile('[&<>"\r\n\t]')
_QUOTED = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"}
)
# The string in a `text` or `tspan`, up to the next tag.
_SHOWN = re.compile(r"(<(?:text|tspan)\b[^>]*>)([^<]+)")


def clean(svg: str) -> str:
    """The drawn part of Vega's SVG: no classes, no roles, no empty groups, defaults left out, signs drawn once.

    Ids in it begin with `PREFIX`, which `inline` and `standalone` replace.
    """
    root = ET.fromstring(svg)  # noqa: S314 - our own renderer wrote it
    for node in root.iter():
        node.tag = node.tag.rpartition("}")[2]
    _prune(root)
    return finish(root)


def finish(root: ET.Element) -> str:
    """A picture with nothing needless in it as text, its signs drawn once."""
    _share(root)
    body = "".join(map(_written, root))
    return re.sub(r"\s*\n\s*", " ", body) if "\n" in body else body


def _written(node: ET.Element) -> str:
    """An element as text, as `ElementTree` writes it; that looks for name spaces first, and takes twice the time."""
    values: Iterable[str] = node.attrib.values()
    if _SIGNS.search("".join(values)):
        values = [value.translate(_QUOTED) for value in values]
    look = "".join([f' {name}="{value}"' for name, value in zip(node.attrib, values, strict=True)])
    inside = escape(node.text or "") + "".join(map(_written, node))
    return f"<{node.tag}{look}>{inside}</{node.tag}>" if inside else f"<{node.tag}{look}/>"


def inline(body: str, size: tuple[float, float], svg_id: str, title: str, alt: str) -> str:
    """The SVG for a page: scaled by its frame, named by its finding, described by its alt text."""
    width, height = size
    own = body.replace(PREFIX, f"{svg_id}-")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" aria-labelledby="{svg_id}-t {svg_id}-d" font-size="{theme.FONT_SIZE}">'
        f'<title id="{svg_id}-t">{escape(title)}</title><desc id="{svg_id}-d">{escape(alt)}</desc>{own}</svg>'
    )


def standalone(body: str, size: tuple[float, float], title: str, alt: str, notes: tuple[str, ...]) -> str:
    """The SVG for downloads: on white, with its title above and `notes` (key, source) below, text in a font stack."""
    width, height = size[0] + 2 * _SIDE, size[1]
    room = size[0]
    heading = wrap(title, _TITLE_SIZE, room, 3)
    small = [line for note in notes if note for line in wrap(note, theme.SMALL, room, 3)]
    top = 12 + len(heading) * _LINE
    total = round(top + height + len(small) * 17 + 12)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {total}" width="{width:g}" '
            f'height="{total}" role="img" aria-labelledby="t d" font-size="{theme.FONT_SIZE}" '
            f'font-family="{theme.FONT_STACK}">'
        ),
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(alt)}</desc>',
        f'<path fill="{theme.GROUND}" d="M0,0h{width:g}v{total}h-{width:g}Z"/>',
    ]
    for index, line in enumerate(heading):
        y = 26 + index * _LINE
        parts.append(
            f'<text x="{_SIDE:g}" y="{y:g}" font-size="{_TITLE_SIZE}" fill="{theme.INK}">{escape(line)}</text>'
        )
    parts.append(f'<g transform="translate({_SIDE:g},{top:g})">{body.replace(PREFIX, "s")}</g>')
    for index, line in enumerate(small):
        y = top + height + 14 + index * 17
        parts.append(
            f'<text x="{_SIDE:g}" y="{y:g}" font-size="{theme.SMALL}" fill="{theme.MUTED}">{escape(line)}</text>'
        )
    return "".join([*parts, "</svg>\n"])


def on_ground(svg: str) -> str:
    """A page's SVG as a file that a page shows: in fonts of its own and on white, for no style sheet reaches it."""
    head, end, rest = svg.partition("</desc>")
    tag, desc = head.split(">", 1)
    ground = f'<rect width="100%" height="100%" fill="{theme.GROUND}"/>'
    return f'{tag} font-family="{theme.FONT_STACK}">{desc}{end}{ground}{rest}\n'


def texts(svg: str) -> list[str]:
    """The strings an SVG shows."""
    return [unescape(found[2]) for found in _SHOWN.finditer(svg)]


def with_fonts(svg: str) -> str:
    """The SVG with every character that the shipped font lacks marked with a font of this machine that has it."""
    return _SHOWN.sub(lambda found: found[1] + "".join(map(_piece, runs(unescape(found[2])))), svg)


def _piece(run: tuple[str, StandIn | None]) -> str:
    text, font = run
    return f"<tspan font-family={quoteattr(font.family)}>{escape(text)}</tspan>" if font else escape(text)


def _prune(node: ET.Element) -> None:
    """Drop what says nothing, deepest first."""
    for child in list(node):
        _prune(child)
        if _says_nothing(child):
            node.remove(child)
    node.attrib = {
        name: _NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), value)
        for name, value in node.attrib.items()
        if name not in _DROPPED and not name.startswith("aria-") and _DEFAULTS.get(name) != value
    }
    node.tail = None
    for child in list(node):
        if child.tag == "g" and not child.attrib:
            at = list(node).index(child)
            node.remove(child)
            for offset, grandchild in enumerate(child):
                node.insert(at + offset, grandchild)


def _share(root: ET.Element) -> None:
    """Define each sign (a path put somewhere by a shift) once and refer to it; texts get plain coordinates.

    Colours stay with each use: the style sheet's rules do not reach into what a `use` refers to.
    """
    signs: dict[tuple[tuple[str, str], ...], list[tuple[ET.Element, str, str]]] = {}
    for node in root.iter():
        if node.tag not in _MOVED or not (move := _MOVE.fullmatch(node.get("transform", ""))):
            continue
        x, y = move.groups()
        if node.tag == "text":
            del node.attrib["transform"]
            node.attrib = {"x": x, "y": y, **node.attrib}
        else:
            look = tuple([each for each in node.attrib.items() if each[0] not in _OWN])
            signs.setdefault(look, []).append((node, x, y))
    often = {look: nodes for look, nodes in signs.items() if len(nodes) >= _OFTEN}
    if not often:
        return
    shelf = ET.Element("defs")
    root.insert(0, shelf)
    for number, (look, nodes) in enumerate(often.items()):
        name = f"{PREFIX}{number}"
        ET.SubElement(shelf, "path", {"id": name, **dict(look)})
        for node, x, y in nodes:
            node.tag = "use"
            paint: dict[str, str] = {key: node.attrib[key] for key in ("fill", "stroke") if key in node.attrib}
            node.attrib = {"href": f"#{name}", "x": x, "y": y, **paint}


def _says_nothing(node: ET.Element) -> bool:
    if node.get("display") == "none":
        return True
    if node.tag == "g":
        return len(node) == 0
    if node.tag == "path":
        painted = node.get("fill", "none") != "none" or node.get("stroke", "none") != "none"
        return not node.get("d") or not painted
    if node.tag == "text":
        return not (node.text or "").strip()
    return node.tag == "rect" and node.get("fill") in {None, "transparent"}
