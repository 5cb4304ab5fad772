"""The words around a printed figure that say which way it binds: 以上, 不低于, 超过, 左右, 以内, nearly, at least."""

from __future__ import annotations

import re
from enum import StrEnum

from build_scripts.core.printed.mentions import Mention


class Bound(StrEnum):
    """Which way a printed figure binds, as the words beside it say."""

    AT_LEAST = "ge"
    MORE = "gt"
    AT_MOST = "le"
    LESS = "lt"
    ABOUT = "approx"
    NONE = ""


_BEHIND = (
    (Bound.AT_LEAST, re.compile(r"\s*(?:[^\d,，。;；、]{0,6}?)(?:及以上|以上|or more|or above)")),
    (Bound.AT_MOST, re.compile(r"\s*(?:及以下|以下|以内|之内|内(?!部)|or less)")),
    (Bound.ABOUT, re.compile(r"\s*(?:左右|上下|or so)")),
)
_BEFORE = (
    (Bound.AT_LEAST, re.compile(r"(?:不低于|不少于|不小于|至少|at least|no less than)\s*$", re.IGNORECASE)),
    (
        Bound.AT_MOST,
        re.compile(r"(?:不超过|不高于|不大于|不多于|控制在|at most|no more than|within)\s*$", re.IGNORECASE),
    ),
    (Bound.ABOUT, re.compile(r"(?:接近|约为?|大约|近|nearly|about|around|some|approximately)\s*$", re.IGNORECASE)),
    (Bound.MORE, re.compile(r"(?:超过|超|突破|跨越|大于|高于|逾|more than|over|exceed\w*)\s*$", re.IGNORECASE)),
    (Bound.LESS, re.compile(r"(?:低于|少于|小于|不足|不到|less than|under|below)\s*$", re.IGNORECASE)),
)


def bound_of(text: str, figure: Mention) -> Bound:
    """The way a figure of `text` binds; the words before it count first (不低于…, 超过…以上 is rare)."""
    for bound, words in _BEFORE:
        if words.search(text, 0, figure.start):
            return bound
    for bound, words in _BEHIND:
        if words.match(text, figure.end):
            return bound
    return Bound.NONE
