"""Where each number comes from. Gets an `Edition`, gives every number with its source, counts by tier, addresses.

A target's own figure comes from the plan that prints it; the issuing document is tier 1. A baseline and a published
value come from the source their row names. Nothing is fetched: the list of addresses is for checking elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter

from build_scripts.core.beside import KEY_JOINER
from build_scripts.core.periods import written
from build_scripts.core.records import Observation, Plan, Source, Target
from build_scripts.core.tables import TABLES
from build_scripts.exports.edition import Edition
from build_scripts.locale import in_brackets, t

_KEY_OF = attrgetter(*TABLES["observations"].key)


@dataclass(frozen=True, slots=True)
class TracedNumber:
    """A published number: the table, row and column it stands in, and what it rests on.

    `source` is a `source_id`, or a `plan_id` where the plan itself prints the figure; `document` names it in words,
    with the plan's number and section.
    """

    table: str
    key: str
    field: str
    value: Decimal
    unit: str
    figure_as_printed: str
    document: str
    source: str
    tier: int
    address: str
    pub: date | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many numbers rest on sources of each tier, and on each source (or plan), most first."""

    total: int
    by_tier: tuple[tuple[int, int], ...]
    by_source: tuple[tuple[str, int], ...]
    without_address: int


@dataclass(frozen=True, slots=True)
class Address:
    """An address to be checked, with the sources and plans that give it and how many numbers rest on it."""

    url: str
    cited_by: tuple[str, ...]
    tier: int
    numbers: int


def traced_numbers(edition: Edition) -> tuple[TracedNumber, ...]:
    """Every number of the edition with its source: targets, baselines, published values; in the package's order.

    Looked up once an edition: a table, the counts by source and the list of addresses ask for them.
    """
    made: dict[str, tuple[TracedNumber, ...]] = vars(edition)  # where `cached_property` keeps things, too
    if "_traced" not in made:
        made["_traced"] = tuple(_traced_numbers(edition))
    return made["_traced"]


def _traced_numbers(edition: Edition) -> Iterator[TracedNumber]:
    for target in edition.package.targets:
        yield from _promised(edition, target)
    for seen in edition.package.observations:
        yield from _published(edition, seen)
    for project in edition.package.projects:
        if project.investment is not None:
            numbers = (project.investment, project.investment_unit, "")
            plan = edition.package.plan_by_id[project.plan_id]
            yield _from_plan("projects", project.project_id, "investment", numbers, plan, project.section)


def _promised(edition: Edition, target: Target) -> Iterator[TracedNumber]:
    plan = edition.package.plan_by_id[target.plan_id]
    for name in ("value", "value_high"):
        value = getattr(target, name)
        if value is not None:
            numbers = (value, target.unit, target.figure_as_printed)
            yield _from_plan("targets", target.target_id, name, numbers, plan, target.section)
    if target.baseline_value is not None and target.baseline_source_id:
        source = edition.package.source_by_id[target.baseline_source_id]
        unit = edition.package.indicator_by_id[target.indicator_id].unit
        yield _from_source("targets", target.target_id, "baseline_value", target.baseline_value, unit, "", source, None)


def _published(edition: Edition, seen: Observation) -> Iterator[TracedNumber]:
    key = KEY_JOINER.join(map(written, map(str, _KEY_OF(seen))))
    source = edition.package.source_by_id[seen.source_id]
    unit = edition.package.indicator_by_id[seen.indicator_id].unit
    printed = seen.figure_as_printed
    if seen.value is not None:
        yield _from_source("observations", key, "value", seen.value, unit, printed, source, seen.pub)
    if seen.yoy is not None:
        yield _from_source("observations", key, "yoy", seen.yoy, "%", printed, source, seen.pub)


def _from_plan(
    table: str, key: str, field: str, number: tuple[Decimal, str, str], plan: Plan, section: str
) -> TracedNumber:
    """A number the plan itself prints; `number` is value, unit and printed form."""
    document = t("opendata.provenance.document", title=plan.title, number=in_brackets(plan.doc_number), section=section)
    return TracedNumber(table, key, field, *number, document, plan.plan_id, 1, plan.url, plan.issued_on)


def _from_source(  # noqa: PLR0913, PLR0917 - a number has that many parts
    table: str, key: str, field: str, value: Decimal, unit: str, printed: str, source: Source, pub: date | None
) -> TracedNumber:
    return TracedNumber(
        table,
        key,
        field,
        value,
        unit,
        printed,
        source.title,
        source.source_id,
        source.tier,
        source.url,
        pub or source.published,
    )


def coverage(edition: Edition) -> Coverage:
    """Count the edition's numbers by tier and by source."""
    numbers = traced_numbers(edition)
    tiers = Counter(each.tier for each in numbers)
    sources = Counter(each.source for each in numbers)
    return Coverage(
        total=len(numbers),
        by_tier=tuple((tier, tiers[tier]) for tier in sorted({1, 2, 3} | set(tiers))),
        by_source=tuple(sorted(sources.items(), key=lambda pair: (-pair[1], pair[0]))),
        without_address=sum(not each.address for each in numbers),
    )


def numbers_by_source(edition: Edition) -> Mapping[str, tuple[TracedNumber, ...]]:
    """The numbers that rest on each source or plan, in the package's order; keys that carry none are left out."""
    found: dict[str, list[TracedNumber]] = {}
    for number in traced_numbers(edition):
        found.setdefault(number.source, []).append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}


def addresses(edition: Edition) -> tuple[Address, ...]:
    """Every address that the edition cites, in the order of the addresses.

    Checking them needs the network and is done outside the build, from the published list.
    """
    rests = Counter(each.address for each in traced_numbers(edition) if each.address)
    cited: dict[str, list[tuple[str, int]]] = {}
    for plan in edition.package.plans:
        if plan.url:
            cited.setdefault(plan.url, []).append((plan.plan_id, 1))
    for source in edition.package.sources:
        if source.url:
            cited.setdefault(source.url, []).append((source.source_id, source.tier))
    return tuple(
        Address(url, tuple(each for each, _ in by), min(tier for _, tier in by), rests[url])
        for url, by in sorted(cited.items())
    )
