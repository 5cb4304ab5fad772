"""All letters at once: what is due and not found, one letter for each body that is there to answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.core.method import Disclosure
from build_scripts.core.records import Link, Page
from build_scripts.core.vocabulary import Role
from build_scripts.locale import day, how_many, t
from build_scripts.pages import parts
from build_scripts.pages.asking import how_to_ask
from build_scripts.pages.letters import body_letter
from build_scripts.pages.request import entry_addressee
from build_scripts.pages.site_data import SiteData
from build_scripts.report import Report, TargetEntry


@dataclass(frozen=True, slots=True)
class BodyLetter:
    """A letter to one body, and the targets it asks about."""

    anchor: str
    title: str
    text: str
    targets: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class LettersView:
    """What the page of letters shows."""

    title: str
    lead: str
    how: str
    letters: tuple[BodyLetter, ...]
    counties: tuple[Link, ...]


def pages(given: SiteData) -> Iterator[Page]:
    """The page of letters."""
    report = given.report
    title = t("letters.title")
    count = len(_asked(report))
    words = {"day": day(report.as_of), "count": how_many(count, "item")}
    lead = t("letters.lead" if count else "letters.none", **words)
    how = how_to_ask(report.package.government.information_request)
    regions = report.package.places(Role.PART)
    counties = tuple(Link(each.name, f"{parts.region_link(each).address}#letter") for each in regions)
    yield Page(
        address="letters/",
        template="letters",
        view=LettersView(title, lead, how, tuple(_letters(report)), counties),
        title=title,
        description=lead,
        source="targets/targets.csv",
        crumbs=parts.crumbs(),
        assessed=True,
    )


def _asked(report: Report) -> tuple[TargetEntry, ...]:
    """What to ask for: all that is due without a value here, but for what is known to be published already."""
    known = Disclosure.EXISTS_NOT_COLLECTED
    return tuple(each for each in report.unanswered if each.searched and each.searched.state is not known)


def _letters(report: Report) -> Iterator[BodyLetter]:
    """One letter a body, the body with the oldest deadline first."""
    by_body: dict[str, list[TargetEntry]] = {}
    for entry in _asked(report):
        by_body.setdefault(entry_addressee(entry)[1], []).append(entry)
    for number, (body, entries) in enumerate(by_body.items(), start=1):
        count = how_many(len(entries), "item")
        yield BodyLetter(
            anchor=f"letter-{number}",
            title=t("letters.to", body=body, count=count),
            text=body_letter(report, body, entries),
            targets=tuple(parts.target_link(entry) for entry in entries),
        )
