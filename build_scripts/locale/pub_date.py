"""When something was published, in words that claim no more than is known. Gets a day and its source, gives strings.

A source without a day of publication gives its figures a day for sorting only: the day they were recorded here, or
the latest day they can have been published on. Which of the two, the row's note says (data contract).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from build_scripts.core.records import Observation, Package, Source, TaskEvent
from build_scripts.locale.catalogue import t
from build_scripts.locale.format import day


def published(pub: date, kind: str = "dated", *, aside: bool = False) -> str:
    """`2025年7月18日公布`, `2026年11月21日收录（原页没有日期）` or `按2023年12月31日计（原页没有完整日期）`.

    Args:
        pub: the row's `pub`.
        kind: `dated`, `recorded` or `assumed`, as `dating` says.
        aside: the words stand inside brackets or right before some, so they hold none themselves.
    """
    return t(f"published.{'aside' if aside else 'words'}.{kind}", day=day(pub))


def dating(source: Source, row: Observation | TaskEvent) -> str:
    """What a row's `pub` is: the `dated` publication, the day it was `recorded` here, or an `assumed` day.

    A `live` source is a table that changes under its address: it has no day, each of its rows has.
    """
    if source.published is not None:
        return "dated"
    if source.kind == "live":
        return "live"
    return "recorded" if row.recorded_on == row.pub else "assumed"


def published_words(row: Observation | TaskEvent, source: Source, *, aside: bool = False) -> str:
    """When a figure or event was published, as part of a sentence; `aside` for use inside brackets."""
    return published(row.pub, dating(source, row), aside=aside)


def published_cell(row: Observation | TaskEvent, source: Source) -> str:
    """When a figure or event was published, for a column of that name: the bare day, or what the day is instead."""
    has_day = source.published is not None or source.kind == "live"
    return day(row.pub) if has_day else published_words(row, source)


def undated(package: Package) -> Mapping[str, str]:
    """The `dating` of each source without a day of publication, by `source_id`."""
    rows: tuple[Observation | TaskEvent, ...] = (*package.observations, *package.task_events)
    sources = package.source_by_id
    return {
        row.source_id: dating(sources[row.source_id], row) for row in rows if sources[row.source_id].published is None
    }


def reached(newest: date | None, searched: date | None) -> str:
    """How far a record reaches, in words: its newest publication and the last search."""
    if newest is None:
        return t("disclosure.reach_none")
    if searched is None:
        return t("disclosure.reach_unsearched", newest=day(newest))
    return t("disclosure.reach", newest=day(newest), searched=day(searched))
