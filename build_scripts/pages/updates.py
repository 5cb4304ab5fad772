"""Latest publications as rows, shared by home and project pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from build_scripts.core.records import Link
from build_scripts.locale import day, t
from build_scripts.locale.pub_date import published_cell
from build_scripts.pages import parts, wording
from build_scripts.report import Report, Update


@dataclass(frozen=True, slots=True)
class UpdateRow:
    """One publication: when, what, where from, and the page it is told on."""

    published: str
    text: str
    address: str
    source: Link


def update_rows(report: Report, updates: Iterable[Update]) -> tuple[UpdateRow, ...]:
    """Publications as rows, in the order given."""
    return tuple(_row(report, update) for update in updates)


def update_day(update: Update) -> str:
    """The day of a publication for a list; where its source has none, what the day is instead."""
    row = update.observation or update.event
    return published_cell(row, update.source) if row else day(update.pub)


def _row(report: Report, update: Update) -> UpdateRow:
    source = parts.source_link(update.source)
    if update.figure:
        seen, aside = update.figure.observation, wording.aside(update.figure)
        indicator = report.package.indicator_by_id[seen.indicator_id]
        name = wording.series_name(indicator, report.package.region_by_id[seen.region_id])
        words = t("home.updates.figure", subject=name, figure=wording.figure_words(seen, indicator.unit))
        words += t("home.updates.aside", words=aside) if aside else ""
        fallback = parts.indicator_link(indicator).address
    else:
        assert update.event is not None  # noqa: S101 - an update has one or the other
        task = report.package.task_by_id[update.event.task_id]
        what = update.event.note or t(f"reading.state.{update.event.state}")
        words = t("home.updates.event", task=task.name, text=what)
        return UpdateRow(update_day(update), words, parts.work_link(task).address, source)
    address = parts.target_address(update.target_ids[0]) if len(update.target_ids) == 1 else fallback
    return UpdateRow(update_day(update), words, address, source)
