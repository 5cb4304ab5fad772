"""Which pages have a card and what stands on it. Gets pages, gives artifacts; drawn cards are kept by their content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path

from build_scripts.cards import draw as drawing
from build_scripts.cards.draw import Bar, Card, draw
from build_scripts.charts import fonts, stand_ins
from build_scripts.core.crew import Crew, Shared
from build_scripts.core.kept import kept, key_of, look
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
_KIND = "cards"
# Up to this many cards to draw, another process costs more than it saves; so many are handed over at a time.
POOL_FROM = 80
BATCH = 8
# What pages without a card of their own are shared with: the home page's.
SITE_CARD = f"{FOLDER}/site.png"
KINDS = frozenset({"home", "plan", "project", "target", "region", "county", "unit", "bulletin"})


def card_path(page: Page) -> str:
    """Where the page's card is, from the site's root."""
    if page.template not in KINDS or not page.address:
        return SITE_CARD
    return f"{FOLDER}/{page.address.strip('/')}.png"


@dataclass(frozen=True, slots=True)
class _Kept:
    """A card to draw and where to keep it."""

    cache_dir: Path
    key: str
    card: Card


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards at work: each with its path and owner, drawn before or being drawn now."""

    found: Sequence[tuple[str, str, bytes | None]]
    shared: Shared[_Kept, bytes]

    def files(self) -> Iterator[Artifact]:
        """One PNG for each page that has one, in the pages' order."""
        drawn = iter(self.shared.results())
        for path, owner, data in self.found:
            yield Artifact(path, next(drawn) if data is None else data, owner)


def begin_cards(pages: Iterable[Page], site_name: str, as_of: date, cache_dir: Path, crew: Crew) -> Cards:
    """Have one PNG drawn for each page of these kinds; `as_of` is the day of the data, printed on every card."""
    found, todo = [], []
    for page in pages:
        if page.template in KINDS:
            card = _card(page, site_name, page.as_of or as_of)
            key = _key(card)
            data = look(cache_dir, _KIND, key)
            found.append((card_path(page), f"cards ({page.source})", data))
            if data is None:
                todo.append(_Kept(cache_dir, key, card))
    return Cards(found, crew.share(_draw_and_keep, todo, BATCH, alone=POOL_FROM))


def card_files(pages: Iterable[Page], site_name: str, as_of: date, cache_dir: Path) -> Iterator[Artifact]:
    """As `begin_cards`, all in this process."""
    with Crew(0) as nobody:
        yield from begin_cards(pages, site_name, as_of, cache_dir, nobody).files()


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


def _draw_and_keep(batch: list[_Kept]) -> list[bytes]:
    """Draw cards and keep them; also in another process."""
    return [kept(each.cache_dir, _KIND, each.key, partial(draw, each.card)) for each in batch]


def _key(card: Card) -> str:
    borrowed = stand_ins.drawn_by(fonts.missing(card.texts))
    return f"{key_of(_maker(), repr(card), repr(borrowed))}.png"


@cache
def _maker() -> str:
    """What besides the card decides the bytes: the drawing code, its colours, the font, the library."""
    code = (Path(module.__file__ or "").read_bytes() for module in (drawing, stand_ins, fonts))
    return key_of(version("pillow"), fonts.FILE.read_bytes(), repr(COLOURS), *code)
