"""Vega's engine, given out only where it can start: where it cannot, it takes the whole process along.

It reserves far more addresses than it ever fills with memory.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

import vl_convert

from build_scripts.core.errors import ChartError
from build_scripts.locale import later

# It starts with 128 GiB of addresses, and not with 64.
_ADDRESSES_GIB = 128


@cache
def engine() -> Any:  # noqa: ANN401 - a module without types
    """The module that drives the engine.

    Raises:
        ChartError: this process may have fewer addresses than the engine reserves.
    """
    try:
        resource = import_module("resource")
        most = resource.getrlimit(resource.RLIMIT_AS)[0]
    except (ImportError, AttributeError):  # another system
        return vl_convert
    if most != resource.RLIM_INFINITY and most < _ADDRESSES_GIB << 30:
        raise ChartError(later("errors.chart.addresses", most=most >> 20, least=_ADDRESSES_GIB))
    return vl_convert
