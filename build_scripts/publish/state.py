"""Everything a site says, as data: gets the report, the bulletins and the files to be published, gives `State`.

Items hold the words a reader sees beside the keys they are matched by, so that two states can be compared, and the
difference told, without the packages they came from.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from html import unescape

from build_scripts.bulletins import Digest, title
from build_scripts.core.links import page_address
from build_scripts.core.periods import written
from build_scripts.core.records import Artifact
from build_scripts.locale import colon, day, in_brackets, t
from build_scripts.locale.pub_date import published_words
from build_scripts.pages import parts, wording
from build_scripts.pages.bulletin import bulletin_address
from build_scripts.pages.bulletin_rows import why
from build_scripts.publish.item import Item
from build_scripts.publish.promises import promises
from build_scripts.report import Report
from build_scripts.report.problems import issues

STATE_PATH = "publications/state.json"
_PAGE = ".md"
# The lists of a state by the name of their field.
Sayings = Mapping[str, tuple[Item, ...]]


@dataclass(frozen=True, slots=True)
class Head:
    """What a site is made from. `look` is a hash of its theme and settings; `inputs` one of the package's files."""

    as_of: date
    method: str
    data_version: str
    look: str
    inputs: str


@dataclass(frozen=True, slots=True)
class State(Head):
    """A site as data: what it is made from, and lists of all that it says."""

    figures: tuple[Item, ...] = ()
    events: tuple[Item, ...] = ()
    statuses: tuple[Item, ...] = ()
    problems: tuple[Item, ...] = ()
    bulletins: tuple[Item, ...] = ()
    pages: tuple[Item, ...] = ()
    files: tuple[Item, ...] = ()
    promises: tuple[Item, ...] = ()


def sayings(report: Report, digests: tuple[Digest, ...]) -> Sayings:
    """The lists of a state that ask for none of its files."""
    return {
        "figures": tuple(sorted(_figures(report), key=_key)),
        "events": tuple(sorted(_events(report), key=_key)),
        "statuses": tuple(_statuses(report)),
        "problems": tuple(_problems(report)),
        "bulletins": tuple(sorted((_bulletin(digest) for digest in digests), key=_key)),
        "promises": tuple(promises(report)),
    }


def made_of(artifacts: Iterable[Artifact], as_of: date) -> Sayings:
    """The lists of a state that are its files: of the site made of `artifacts` (by hand, too), on the report's day."""
    listed = sorted(artifacts, key=lambda artifact: artifact.path)
    return {
        "pages": tuple(_page(artifact, as_of) for artifact in listed if artifact.path.endswith(_PAGE)),
        "files": tuple(_file(artifact) for artifact in listed if not artifact.path.endswith(_PAGE)),
    }


def digest_of(files: Mapping[str, bytes]) -> str:
    """One SHA-256 over several files, by path."""
    total = hashlib.sha256()
    for path, data in sorted(files.items()):
        total.update(f"{hashlib.sha256(data).hexdigest()}  {path}\n".encode())
    return total.hexdigest()


def _key(item: Item) -> str:
    return item.key


def _figures(report: Report) -> Iterator[Item]:
    package = report.package
    said_by = cache(partial(t, "preview.said_by"))  # a source says many figures
    for (indicator_id, region_id), series in report.figures_by_series.items():
        indicator = package.indicator_by_id[indicator_id]
        name = wording.series_name(indicator, package.region_by_id[region_id]) + colon()
        address = parts.indicator_link(indicator).address
        for figure in series:
            seen = figure.observation
            published = published_words(seen, figure.source, aside=True)
            value = wording.figure_words(seen, indicator.unit)
            group = f"{seen.indicator_id}|{seen.region_id}|{written(seen.period)}|{seen.basis}"
            yield Item(
                key=f"{group}|{seen.pub}|{seen.source_id}",
                words=f"{name}{value}{in_brackets(wording.aside(figure))}",
                value=value,
                about=said_by(source=figure.source.title, published=published),
                address=address,
                group=group,
                stands=figure.lead,
            )


def _events(report: Report) -> Iterator[Item]:
    for happenings in report.happenings_by_task.values():
        for happening in happenings:
            event, task = happening.event, happening.task
            state = t(f"reading.state.{event.state}")
            said = published_words(event, happening.source, aside=True)
            project = report.package.project_by_id.get(task.project_id or "")
            yield Item(
                key="|".join((task.task_id, str(event.date), event.state, str(event.pub), event.source_id)),
                words=task.name + colon() + day(event.date) + state + in_brackets(event.note),
                value=f"{state}|{event.planned_date or ''}|{event.note}",
                about=t(
                    "preview.said_by",
                    source=happening.source.title,
                    published=said,
                ),
                address=parts.project_link(project).address if project else "",
            )


def _statuses(report: Report) -> Iterator[Item]:
    for entry in report.entries:
        yield Item(
            key=entry.target_id,
            words=entry.target.name,
            value=t(f"status.label.{entry.status}"),
            about=why(entry),
            address=parts.target_address(entry.target_id),
            group=entry.plan.name,
        )


def _problems(report: Report) -> Iterator[Item]:
    for issue in issues(report):
        yield Item(
            key=issue.problem.problem_id,
            words=issue.problem.title,
            value=t(f"problem.state.{issue.state}"),
            about=issue.owner.name,
            address=parts.problem_link(issue.problem).address,
        )


def _bulletin(digest: Digest) -> Item:
    bulletin = digest.bulletin
    words = title(bulletin)
    return Item(bulletin.bulletin_id, words, str(bulletin.as_of), address=bulletin_address(bulletin))


def _page(artifact: Artifact, as_of: date) -> Item:
    """A page by its text; the day of the data, which every page names, does not count as a change."""
    text = artifact.data.decode("utf-8", "replace")
    timeless = text.replace(day(as_of), "").replace(as_of.isoformat(), "")
    digest = hashlib.sha256(timeless.encode()).hexdigest()
    return Item(artifact.path, _title(text) or artifact.path, digest, address=page_address(artifact.path))


def _file(artifact: Artifact) -> Item:
    return Item(artifact.path, artifact.path, artifact.sha256)


def _title(text: str) -> str:
    """A page's title: from its front matter, else its first heading; as text, which pages hold escaped."""
    if found := re.search(r'^title: (".*")$', text, flags=re.MULTILINE):
        return unescape(str(json.loads(found[1])))
    found = re.search(r"^(?:title:|#)\s+(.+?)\s*(?:\{.*\})?$", text, flags=re.MULTILINE)
    return unescape(found[1]) if found else ""
