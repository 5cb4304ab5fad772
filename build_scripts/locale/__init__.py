"""Words, numbers, days and periods as readers see them. Gets values, gives strings; nothing else formats."""

from build_scripts.locale.catalogue import holds, t
from build_scripts.locale.format import (
    DASH,
    RANK_UNITS,
    and_then,
    day,
    heading,
    in_brackets,
    number,
    percent,
    period,
    place_and_name,
    signed,
    single_quotes,
    size,
    span,
)

__all__ = [
    "DASH",
    "RANK_UNITS",
    "and_then",
    "day",
    "heading",
    "holds",
    "in_brackets",
    "number",
    "percent",
    "period",
    "place_and_name",
    "signed",
    "single_quotes",
    "size",
    "span",
    "t",
]
