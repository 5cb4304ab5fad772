"""Which pages have a card and what stands on it. Gets pages, gives artifacts; drawn cards are kept by their content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path

from build_scripts.cards import draw as drawing
from build_scripts.cards.draw import Bar, Card, draw
from build_scripts.charts import fonts, stand_ins
from build_scripts.core.kept import kept, key_of
from build_scripts.core.method import COLOURS
from build_scripts.core.records import Artifact, Page
from build_scripts.locale import day, t
from build_scripts.pages.bulletin import BulletinView
from build_scripts.pages.county import CountyView
from build_scripts.pages.home import HomeView
from build_scripts.pages.parts import Strip
from build_scripts.pages.plan import PlanView
from build_scripts.pages.project import ProjectView
from build_scripts.pages.region import RegionView
from build_scripts.pages.target import TargetView
from build_scripts.pages.unit import UnitView

FOLDER = "assets/cards"
# What pages without a card of their own are shared with: the home page's.
SITE_CARD = f"{FOLDER}/site.png"
KINDS = frozenset({"home", "plan", "project", "target", "region", "county", "unit", "bulletin"})


def card_path(page: Page) -> str:
    """Where the page's card is, from the site's root."""
    if page.template not in KINDS or not page.address:
        return SITE_CARD
    return f"{FOLDER}/{page.address.strip('/')}.png"


def card_files(pages: Iterable[Page], site_name: str, as_of: date, cache_dir: Path) -> Iterator[Artifact]:
    """One PNG for each page of these kinds; `as_of` is the day of the data, printed on every card."""
    for page in pages:
        if page.template in KINDS:
            card = _card(page, site_name, page.as_of or as_of)
            yield Artifact(card_path(page), _drawn(card, cache_dir), f"cards（{page.source}）")


def card_texts(pages: Iterable[Page], site_name: str, as_of: date) -> Iterator[str]:
    """Every string that stands on a card."""
    for page in pages:
        if page.template in KINDS:
            yield from _card(page, site_name, page.as_of or as_of).texts


def _card(page: Page, site_name: str, as_of: date) -> Card:
    view = page.view
    code, status = "", ""
    bars: tuple[Bar, ...] = ()
    if isinstance(view, TargetView):
        code, status = view.badge.code, view.badge.label
    elif isinstance(view, HomeView):
        bars = _bars(view.families)
    elif isinstance(view, PlanView | ProjectView | RegionView | CountyView | UnitView | BulletinView):
        bars = _bars(view.strip)
    foot = t("card.foot", day=day(as_of), disclaimer=t("status.disclaimer"))
    above = page.crumbs[-1].label if len(page.crumbs) > 1 else ""
    return Card(site_name, above, page.title if page.address else site_name, page.description, code, status, bars, foot)


def _bars(strip: Strip) -> tuple[Bar, ...]:
    """The parts of a strip as parts of a bar; a strip over nothing is no bar."""
    parts = (Bar(part.code, f"{part.label} {part.count}", part.count) for part in strip.segments)
    return tuple(parts) if any(part.count for part in strip.segments) else ()


def _drawn(card: Card, cache_dir: Path) -> bytes:
    """The card's PNG, from the cache when it was drawn before."""
    borrowed = stand_ins.drawn_by(fonts.missing(card.texts))
    key = key_of(_maker(), repr(card), repr(borrowed))
    return kept(cache_dir, "cards", f"{key}.png", lambda: draw(card))


@cache
def _maker() -> str:
    """What besides the card decides the bytes: the drawing code, its colours, the font, the library."""
    code = (Path(module.__file__ or "").read_bytes() for module in (drawing, stand_ins, fonts))
    return key_of(version("pillow"), fonts.FILE.read_bytes(), repr(COLOURS), *code)
