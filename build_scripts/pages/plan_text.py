"""The full text of a plan, each paragraph with its own address and the targets that were read from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from build_scripts.core.plan_text import Passage, PlanText
from build_scripts.core.records import Link, Page, Plan
from build_scripts.locale import and_then, day, how_many, in_brackets, t
from build_scripts.pages import parts
from build_scripts.pages.site_data import SiteData
from build_scripts.report import TargetEntry

SOURCE = "targets/plans.csv"
# The page's own title is the only first-level heading.
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class PassageView:
    """A heading (`level` 2 to 6) or a paragraph (`level` 0) with the targets that quote it."""

    anchor: str
    text: str
    level: int
    targets: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class BlockView:
    """Passages in a row that stand in one box of the plan, or in none."""

    boxed: bool
    passages: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class PlanTextView:
    """What the page of a plan's text shows."""

    title: str
    lead: str
    plan: Link
    url: str
    blocks: tuple[BlockView, ...]


def pages(given: SiteData) -> Iterator[Page]:
    """A page for every plan whose text the package holds."""
    package = given.report.package
    for plan in package.plans:
        if text := package.texts.get(plan.plan_id):
            entries = given.report.entries_by_plan.get(plan.plan_id, ())
            title = t("plan.text.title", plan=parts.plan_link(plan).label)
            yield Page(
                address=text_address(plan.plan_id),
                template="plan_text",
                view=_view(plan, text, entries, title),
                title=title,
                description=t("plan.text.description", title=plan.title, number=in_brackets(plan.doc_number)),
                source=SOURCE,
                crumbs=parts.crumbs(parts.section_link("plans"), parts.plan_link(plan)),
                searchable=False,  # the pages of the targets answer; the text would stand before them for every word
            )


def text_address(plan_id: str) -> str:
    """The address of a plan's full text."""
    return f"plans/{plan_id}/text/"


def quote_address(texts: Mapping[str, PlanText], plan_id: str, quote: str) -> str | None:
    """Where on our page of the plan's text a sentence stands; None without a text or without the sentence in it."""
    text = texts.get(plan_id)
    passage = text.passage_of(quote) if text else None
    return f"{text_address(plan_id)}#{passage.anchor}" if passage else None


def _view(plan: Plan, text: PlanText, entries: Sequence[TargetEntry], title: str) -> PlanTextView:
    quoted: dict[str, list[Link]] = defaultdict(list)
    for entry in entries:
        if passage := text.passage_of(entry.target.quote):
            quoted[passage.anchor].append(parts.target_link(entry))
    blocks = (
        BlockView(boxed, tuple(_passage(each, quoted) for each in group))
        for boxed, group in groupby(text.passages, key=lambda each: each.boxed)
    )
    words = {
        "title": plan.title,
        "number": and_then(plan.doc_number),
        "issuer": plan.issuer,
        "day": day(plan.issued_on),
    }
    lead = t("plan.text.lead", **words, count=how_many(sum(map(len, quoted.values())), "item"))
    return PlanTextView(title, lead, parts.plan_link(plan), plan.url, tuple(blocks))


def _passage(passage: Passage, quoted: Mapping[str, Sequence[Link]]) -> PassageView:
    level = min(passage.level + 1, _DEEPEST) if passage.level else 0
    return PassageView(passage.anchor, passage.text, level, tuple(quoted.get(passage.anchor, ())))
