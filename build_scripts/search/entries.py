"""One entry a page: what it is called, of which kind it is, how much is known of it, and a sentence about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from build_scripts.core.links import page_address
from build_scripts.core.records import Page, Task
from build_scripts.core.vocabulary import Role
from build_scripts.locale import t
from build_scripts.pages.worklines import work_badge
from build_scripts.report import Report
from build_scripts.report.ordering import NOTHING, rank
from build_scripts.report.works import Work, work_of
from build_scripts.search import names

# In the order in which pages come that fit a question equally well; the browser knows them by their place here.
KINDS = ("region", "unit", "plan", "page", "project", "target", "work", "indicator", "bulletin", "source", "table")
# Pages of a template that are of a kind of their own; all others are plain pages.
_KIND_OF = {"county": "region", "bulletin_later": "bulletin", "dictionary_table": "table"}
_Record = TypeVar("_Record")
_WITHOUT = frozenset({"bulletin_later"})
_HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the search knows of a page.

    `standing` orders pages that fit equally well, least first; `silent` says that nothing is known of what it tells.
    `label` is the kind and state in words; `note` the sentence about it.
    """

    address: str
    title: str
    kind: str
    label: str
    note: str
    names: tuple[str, ...] = ()
    standing: int = 0
    silent: bool = False


def entries(report: Report, pages: Iterable[Page]) -> Iterator[Entry]:
    """An entry for every page that may be found."""
    told = _Told(report)
    for page in pages:
        if page.searchable and page.template not in _WITHOUT:
            yield told.entry(page)


def written_by_hand(texts: Mapping[str, str]) -> Iterator[Entry]:
    """An entry for every hand-written page, by its path under `docs/`."""
    for path, text in texts.items():
        head = _HEAD.match(text)
        said = dict(line.split(": ", 1) for line in head[1].splitlines() if ": " in line) if head else {}
        heading = re.search(r"^# (.+?)(?: \{.*)?$", text, re.MULTILINE)
        title = said.get("title") or (heading[1] if heading else path)
        yield Entry(page_address(path), title, "page", t("search.kind.page"), said.get("description", ""))


class _Told:
    """Entries of the pages of one report, each record asked once."""

    def __init__(self, report: Report) -> None:
        self.report = report
        package = report.package
        self.names: dict[str, tuple[str, ...]] = {}
        self.wide = {region.region_id for region in package.places(Role.WHOLE)}
        self.works: dict[str, Work] = {task.task_id: work_of(report, task) for task in package.task_by_id.values()}
        self.measured = {indicator_id for indicator_id, _region in report.figures_by_series}
        self._take("plans", package.plan_by_id, names.of_plan)
        self._take("projects", package.project_by_id, names.of_project)
        self._take("units", package.unit_by_id, lambda unit: names.of_unit(unit, package.regions))
        self._take("regions", package.region_by_id, names.of_region)
        self._take("indicators", package.indicator_by_id, names.of_indicator)
        self._take("works", package.task_by_id, names.of_task)
        for entry in report.entries:
            self.names[f"targets/{entry.target_id}/"] = names.of_target(entry.target, entry.indicator)

    def _take(self, folder: str, records: Mapping[str, _Record], said: Callable[[_Record], tuple[str, ...]]) -> None:
        self.names |= {f"{folder}/{key}/": said(record) for key, record in records.items()}

    def entry(self, page: Page) -> Entry:
        """What is known of one page."""
        kind = _KIND_OF.get(page.template, page.template)
        kind = kind if kind in KINDS else "page"
        plain = Entry(
            page.address,
            page.title,
            kind,
            t(f"search.kind.{kind}"),
            page.description,
            self.names.get(page.address, ()),
        )
        name = page.address.rstrip("/").rpartition("/")[2]
        if kind == "target":
            return self._target(plain, name)
        if kind == "work":
            return self._work(plain, self.report.package.task_by_id[name])
        if kind == "indicator":
            known = name in self.measured
            state = t("search.with_data" if known else "search.without_data")
            return replace(plain, label=_label(kind, state), silent=not known, standing=0 if known else 6)
        return plain

    def _target(self, plain: Entry, name: str) -> Entry:
        entry = self.report.entry_by_id[name]
        known = min(rank(entry), NOTHING)
        label = _label("target", t(f"status.label.{entry.status}"))
        standing = 2 * known + (entry.region.region_id not in self.wide)
        return replace(plain, label=label, standing=standing, silent=known >= NOTHING)

    def _work(self, plain: Entry, task: Task) -> Entry:
        work = self.works[task.task_id]
        known = NOTHING if work.last is None else 0 if work.done else 1
        return replace(plain, label=_label("work", work_badge(work).label), standing=2 * known, silent=known == NOTHING)


def _label(kind: str, state: str) -> str:
    return t("search.label", kind=t(f"search.kind.{kind}"), state=state)
