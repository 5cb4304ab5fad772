"""Pictures shown where a page is shared: gets pages, gives one small PNG a page kind that has numbers of its own.

A card carries what the page opens with: its title, its sentence, and its status or its bar over all targets.
"""

from build_scripts.cards.cards import KINDS, SITE_CARD, begin_cards, card_files, card_path, card_texts
from build_scripts.cards.draw import HEIGHT, WIDTH, Bar, Card, draw

__all__ = [
    "HEIGHT",
    "KINDS",
    "SITE_CARD",
    "WIDTH",
    "Bar",
    "Card",
    "begin_cards",
    "card_files",
    "card_path",
    "card_texts",
    "draw",
]
