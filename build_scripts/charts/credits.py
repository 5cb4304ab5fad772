"""The lines that travel with a downloaded picture: who published its figures, and whose verdict a status is."""

from __future__ import annotations

from collections.abc import Iterable

from build_scripts.core.records import Source
from build_scripts.locale import t


def publishers(sources: Iterable[Source]) -> tuple[str, ...]:
    """`来源：甲、乙`, each publisher once in order; nothing when there is no source."""
    names = dict.fromkeys(source.publisher for source in sources)
    return (t("charts.part.source") + t("charts.part.and").join(names),) if names else ()


def disclaimer() -> tuple[str, ...]:
    """The line that the method asks for wherever a status is shown."""
    return (t("status.disclaimer"),)
