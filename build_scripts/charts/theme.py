"""Colours, shapes and the Vega-Lite configuration of every chart. Gets the method's colours, gives the one theme.

Every role has a light colour that no other role has, so that a drawing made once in light colours can be shown in
the dark scheme by `charts.css`, which maps each light colour to a variable; `tests/charts/test_theme.py` keeps the
two in step.
"""

from __future__ import annotations

from typing import Any

from build_scripts.core.method import COLOURS, Family, Status

FONT = "Report Sans SC"
# What a browser uses in place of the measuring font; Chinese characters are one em wide in all of them.
FONT_STACK = f"'{FONT}','PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',sans-serif"
FONT_SIZE = 12
SMALL = 11

INK = "#1b2430"
MUTED = "#56606b"
AXIS = "#8b949e"
GRID = "#e4e7eb"
GROUND = "#ffffff"
SERIES = "#31475e"
SERIES_2 = "#8a6d9c"
BAND_ON = "#dceee7"
BAND_SLIGHT = "#f5ecd2"
TRACK = "#eceff2"
UNJUDGED_FILL = "#cfd4d9"
CARD = "#f6f7f9"
# Four tints from low to high, pale enough for ink on all of them.
TINTS = ("#edf2f8", "#d3e1ef", "#b2cbe3", "#8db1d4")

FAMILY_COLOURS = {
    Family.MET: COLOURS[Status.ACHIEVED].lower(),
    Family.PROGRESSING: COLOURS[Status.ON_TRACK].lower(),
    Family.LAGGING: COLOURS[Status.BEHIND].lower(),
    Family.UNJUDGED: UNJUDGED_FILL,
}

# Light colour → (name of its CSS variable, dark colour).
ROLES = {
    INK: ("ink", "#e8ebef"),
    MUTED: ("muted", "#a9b3be"),
    AXIS: ("axis", "#6d7783"),
    GRID: ("grid", "#343b45"),
    GROUND: ("ground", "#14181f"),
    SERIES: ("series", "#b9cbe0"),
    SERIES_2: ("series-2", "#c3a6d6"),
    BAND_ON: ("band-on", "#12352d"),
    BAND_SLIGHT: ("band-slight", "#39311a"),
    TRACK: ("track", "#2a3039"),
    UNJUDGED_FILL: ("unjudged", "#4f5863"),
    CARD: ("card", "#1d222a"),
    TINTS[0]: ("tint-1", "#1b2532"),
    TINTS[1]: ("tint-2", "#20344a"),
    TINTS[2]: ("tint-3", "#264562"),
    TINTS[3]: ("tint-4", "#2f587f"),
    COLOURS[Status.ACHIEVED].lower(): ("met", "#74b4f0"),
    COLOURS[Status.ON_TRACK].lower(): ("on-track", "#3fc39a"),
    COLOURS[Status.SLIGHTLY_BEHIND].lower(): ("slightly-behind", "#dcb640"),
    COLOURS[Status.BEHIND].lower(): ("behind", "#f58a5f"),
    COLOURS[Status.REVERSING].lower(): ("reversing", "#d48cc6"),
    COLOURS[Status.MISSED].lower(): ("missed", "#f7f7f7"),
    COLOURS[Status.NO_DATA].lower(): ("no-verdict", "#9aa2ab"),
}


def status_colour(status: Status) -> str:
    """The colour of a status, as its light hexadecimal form."""
    return COLOURS[status].lower()


def unanswered_colour() -> str:
    """The colour of what is due without a value in this record."""
    return status_colour(Status.BEHIND)


SQUARE = "M-1,-1L1,-1L1,1L-1,1Z"
_CIRCLE = "M-1,0A1,1,0,1,1,1,0A1,1,0,1,1,-1,0Z"
# One outline a status, drawn in a square from -1 to 1: the same forms as the glyphs in `locale/zh/status.toml`.
SHAPES = {
    Status.ACHIEVED: _CIRCLE,
    Status.ACHIEVED_LATE: _CIRCLE,
    Status.ON_TRACK: "M0,-1L1,0.85L-1,0.85Z",
    Status.SLIGHTLY_BEHIND: "M0,-1.1L1.1,0L0,1.1L-1.1,0Z",
    Status.BEHIND: "M0,1L1,-0.85L-1,-0.85Z",
    Status.REVERSING: "M-0.3,-1L-1,-0.35L-0.3,0.3M-1,-0.35L0.3,-0.35A0.62,0.62,0,0,1,0.3,0.9L-0.6,0.9",
    Status.MISSED: "M-1,-0.6L-0.6,-1L0,-0.4L0.6,-1L1,-0.6L0.4,0L1,0.6L0.6,1L0,0.4L-0.6,1L-1,0.6L-0.4,0Z",
    Status.PENDING: _CIRCLE,
    Status.DUE_NO_DATA: f"{_CIRCLE}M0,-0.65L0,0L0.5,0.3",
    Status.NO_DATA: _CIRCLE,
    Status.NOT_ASSESSABLE: f"{_CIRCLE}M-0.55,0L0.55,0",
}
HOLLOW = frozenset({Status.ACHIEVED_LATE, Status.PENDING, Status.DUE_NO_DATA, Status.NO_DATA, Status.NOT_ASSESSABLE})
OPEN = frozenset({Status.REVERSING})
DASHED = frozenset({Status.PENDING})


def glyph(status: Status) -> dict[str, Any]:
    """Fill, stroke, outline and dash of a status' glyph, as fields of a data row."""
    colour = status_colour(status)
    return {
        "shape": SHAPES[status],
        "fill": GROUND if status in HOLLOW else "none" if status in OPEN else colour,
        "stroke": colour,
        "dash": [2, 2] if status in DASHED else [1, 0],
    }


def config() -> dict[str, Any]:
    """The Vega-Lite configuration shared by all charts."""
    return {
        "font": FONT,
        "background": None,
        "aria": False,
        "view": {"stroke": None},
        "axis": {
            "domain": False,
            "gridColor": GRID,
            "tickColor": AXIS,
            "labelColor": MUTED,
            "labelFontSize": SMALL,
            "titleColor": MUTED,
            "titleFontSize": SMALL,
            "titleFontWeight": "normal",
        },
        "text": {"color": INK, "fontSize": FONT_SIZE},
        "header": {"labelColor": INK, "labelFontSize": FONT_SIZE, "title": None},
    }
