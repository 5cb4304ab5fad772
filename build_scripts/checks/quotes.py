"""Rules about the plans' own words: a quoted sentence stands in its plan's text, and so does the printed figure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from build_scripts.checks.check import Check
from build_scripts.core.periods import parse_period
from build_scripts.core.plan_text import FOLDER
from build_scripts.core.printed import plain
from build_scripts.core.records import Observation, Plan, Severity, Source, Target, Violation
from build_scripts.load import Place, Tables, violation
from build_scripts.load.violations import shown
from build_scripts.locale.documents import all_of


def texts_belong_to_plans(tables: Tables, _today: date) -> Iterator[Violation]:
    """A text in `targets/texts/` bears the id of a plan."""
    plans = {plan.plan_id for _row, plan in tables.of(Plan)}
    for plan_id in tables.texts:
        if plan_id not in plans and not tables.dropped(Plan):
            yield violation("plan-text-unknown", Place(f"{FOLDER}{plan_id}.md"), found=plan_id)


def quotes_stand_in_the_plan(tables: Tables, _today: date) -> Iterator[Violation]:
    """A target's `quote` stands word for word in its plan's text, when the package holds that text."""
    for row, target in tables.of(Target):
        text = tables.texts.get(target.plan_id)
        if text and target.quote and text.passage_of(target.quote) is None:
            found = shown(target.quote)
            yield violation("quote-not-in-plan", tables.place(Target), row, "quote", found=found, plan=target.plan_id)


def figures_stand_in_the_plan(tables: Tables, _today: date) -> Iterator[Violation]:
    """A target's `figure_as_printed` stands in the sentence quoted for it, or else in its plan's text."""
    for row, target in tables.of(Target):
        text = tables.texts.get(target.plan_id)
        printed = "".join(target.figure_as_printed.split())
        if not text or not printed:
            continue
        if target.quote and printed not in "".join(target.quote.split()):
            facts = {"found": target.figure_as_printed, "quote": shown(target.quote)}
            yield violation("figure-not-in-plan", tables.place(Target), row, "figure_as_printed", facts)
        elif text.passage_of(printed) is None:
            facts = {"found": target.figure_as_printed, "plan": target.plan_id}
            yield violation(
                "figure-not-in-plan", tables.place(Target), row, "figure_as_printed", facts, what="what_text"
            )


def plans_with_a_text_are_quoted(tables: Tables, _today: date) -> Iterator[Violation]:
    """A target of a plan whose text the package holds says where in it the target stands: by a figure or a quote."""
    for row, target in tables.of(Target):
        if target.plan_id in tables.texts and not target.figure_as_printed and not target.quote:
            place = tables.place(Target)
            yield violation("figure-missing", place, row, "figure_as_printed", {"plan": target.plan_id})


def figures_stand_in_the_excerpt(tables: Tables, _today: date) -> Iterator[Violation]:
    """A published figure stands in what is excerpted from its source, and its year is one the excerpt names, if any."""
    excerpts = {source.source_id: plain(source.excerpt) for _row, source in tables.of(Source) if source.excerpt}
    place = tables.place(Observation)
    for row, item in tables.of(Observation):
        excerpt = excerpts.get(item.source_id)
        if not excerpt:
            continue
        printed = "".join(plain(item.figure_as_printed).split())
        if printed and printed not in "".join(excerpt.split()):
            facts = {"found": item.figure_as_printed, "source": item.source_id}
            yield violation("figure-not-in-source", place, row, "figure_as_printed", facts)
        years = {int(hit[1]) for hit in all_of("year_alone", excerpt)}
        when = parse_period(item.period)
        if years and when is not None and when.year not in years:
            facts = {"found": item.period, "source": item.source_id}
            yield violation("figure-not-in-source", place, row, "period", facts, what="what_year", do="do_year")


CHECKS = (
    Check("plan-text-unknown", Severity.WARNING, texts_belong_to_plans),
    Check("quote-not-in-plan", Severity.ERROR, quotes_stand_in_the_plan),
    Check("figure-not-in-plan", Severity.ERROR, figures_stand_in_the_plan),
    Check("figure-missing", Severity.WARNING, plans_with_a_text_are_quoted),
    Check("figure-not-in-source", Severity.ERROR, figures_stand_in_the_excerpt),
)
