"""Words, numbers, days and periods as readers see them. Gets values, gives strings; nothing else formats."""

from build_scripts.text.catalogue import t
from build_scripts.text.format import DASH, day, number, percent, period, signed, size

__all__ = ["DASH", "day", "number", "percent", "period", "signed", "size", "t"]
