"""Words, numbers, days and periods as readers see them. Gets values, gives strings; nothing else formats."""

from build_scripts.locale.catalogue import t
from build_scripts.locale.format import (
    DASH,
    RANK_UNITS,
    day,
    heading,
    inner,
    number,
    percent,
    period,
    possessed,
    signed,
    size,
    span,
)

__all__ = [
    "DASH",
    "RANK_UNITS",
    "day",
    "heading",
    "inner",
    "number",
    "percent",
    "period",
    "possessed",
    "signed",
    "size",
    "span",
    "t",
]
