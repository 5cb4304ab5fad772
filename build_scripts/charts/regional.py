"""How charts write numbers and days in the site's language, the same in pictures and in the interactive version."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from build_scripts.locale import t


def number_locale() -> dict[str, Any]:
    """How d3 writes numbers."""
    return _numbers(t("format.charts"))


def time_locale() -> dict[str, Any]:
    """How d3 writes days and months."""
    return _times(t("format.charts"))


@cache
def _numbers(region: str) -> dict[str, Any]:
    import vl_convert  # noqa: PLC0415 - of all pages only those with charts need it

    found: dict[str, Any] = vl_convert.get_format_locale(cast("Any", region))
    return found


@cache
def _times(region: str) -> dict[str, Any]:
    import vl_convert  # noqa: PLC0415

    found: dict[str, Any] = vl_convert.get_time_format_locale(cast("Any", region))
    return found
