"""Words, numbers, days and periods as readers see them. Gets values, gives strings; nothing else formats."""

from build_scripts.text.catalogue import t
from build_scripts.text.format import (
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
    "t",
]
