"""The page of the search: answers to the question in its address, and, without scripts, lists to look things up in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.core.records import Link, Page
from build_scripts.locale import how_many, listed, t
from build_scripts.pages import parts
from build_scripts.pages.site_data import SiteData
from build_scripts.report import Report

ADDRESS = "search/"


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list of all things of one kind."""

    link: Link
    count: str


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name that people use, and the page it leads to."""

    word: str
    link: Link


@dataclass(frozen=True, slots=True)
class AbsentRow:
    """Words that no plan answers, and what is near them."""

    words: str
    near: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """What the page shows."""

    title: str
    lists: tuple[ListRow, ...]
    names: tuple[NameRow, ...]
    absent: tuple[AbsentRow, ...]


def pages(given: SiteData) -> Iterator[Page]:
    """The page of the search."""
    report = given.report
    title = t("search.title")
    yield Page(
        address=ADDRESS,
        template="search",
        view=SearchView(title, tuple(_lists(report)), tuple(_names(report)), tuple(_absent(report))),
        title=title,
        description=t("search.description"),
        source="targets/",
        crumbs=parts.crumbs(),
        searchable=False,
        toc=False,
    )


def _lists(report: Report) -> Iterator[ListRow]:
    package = report.package
    counted = {
        "targets": (len(package.targets), "item"),
        "works": (len(package.tasks), "item"),
        "projects": (len(package.projects), "item"),
        "plans": (len(package.plans), "copy"),
        "regions": (len(package.regions), "each"),
        "units": (len(package.units), "each"),
        "indicators": (len(package.indicators), "each"),
        "sources": (len(package.sources), "copy"),
    }
    for section, (count, measure) in counted.items():
        if count:
            yield ListRow(Link(t(f"search.list.{section}"), f"{section}/"), how_many(count, measure))


def _names(report: Report) -> Iterator[NameRow]:
    """The names of the data, each once, to the first that bears it."""
    package = report.package
    named: list[tuple[tuple[str, ...], Link]] = [
        *((unit.also_called, parts.unit_link(unit)) for unit in package.units),
        *((region.also_called, parts.region_link(region)) for region in package.regions),
        *((project.also_called, parts.project_link(project)) for project in package.projects),
        *((entry.target.also_called, parts.target_link(entry)) for entry in report.entries),
        *((entry.indicator.also_called, parts.target_link(entry)) for entry in report.entries),
        *((task.also_called, parts.work_link(task)) for task in package.tasks),
        *((indicator.also_called, parts.indicator_link(indicator)) for indicator in package.indicators),
    ]
    seen: set[str] = set()
    for words, link in named:
        for word in words:
            if word not in seen:
                seen.add(word)
                yield NameRow(word, link)


def _absent(report: Report) -> Iterator[AbsentRow]:
    package = report.package
    for each in package.unanswered:
        entries = report.entry_by_id
        targets = (parts.target_link(entries[name]) for name in each.target_ids if name in entries)
        works = (parts.work_link(package.task_by_id[name]) for name in each.task_ids if name in package.task_by_id)
        yield AbsentRow(listed((each.word, *each.also_called)), (*targets, *works))
