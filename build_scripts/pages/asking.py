"""A request for information in a government's own words, or the interface's. Gets what is asked, gives the letter."""

from __future__ import annotations

from build_scripts.core.government import InformationRequest
from build_scripts.locale import t

CHINESE_LAW = InformationRequest()


def letter(request: InformationRequest | None, key: str, body: str, items: str, **facts: str) -> str:
    """The letter to `body` that asks for `items`; empty where the government knows no such request.

    `key` names the interface's own letter, with `facts` for what else it says.
    """
    if request is None:
        return ""
    law = request.law or t("letters.law")
    if not request.wording:
        return t(key, body=body, items=items, item=items, law=law, **facts).strip()
    said = {"{body}": body, "{law}": law, "{items}": items}
    text = request.wording
    for place, words in said.items():
        text = text.replace(place, words)
    return text.strip()


def how_to_ask(request: InformationRequest | None) -> str:
    """How a request is handed in."""
    return (request.how if request else "") or t("letters.how")
