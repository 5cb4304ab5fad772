"""Gets a page's HTML, gives its entries of the search as the theme's own search plugin writes them, in less time.

The plugin reads a page with a slow parser, tables and charts too, that it then leaves out; here they are taken out
first. Chinese is cut into words by a dictionary that takes half a second to load; each run of characters is cut once
and remembered, so that a build in which no new run appears does without it.
"""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from backrefs import bre
from material.plugins.search.plugin import SearchIndex, jieba

from build_scripts.site.html_blocks import VOID

_GAP = "\u200b"
_CHINESE = bre.compile(r"(\p{script: Han}+)", bre.UNICODE)
_LEFT_OUT = re.compile(
    r"<([a-z][a-z0-9]*)\b(?:[^<>\"]|\"[^\"]*\")*?\sdata-search-exclude(?:=\"[^\"]*\")?(?=[\s>])(?:[^<>\"]|\"[^\"]*\")*>"
)
_SEARCH_MARK = re.compile(r"\s?data-search-\w+=\"[^\"]+\"")


class Words:
    """Cuts runs of Chinese into words, as the dictionary of the language and the site's own words have it."""

    def __init__(self, own: bytes, known: dict[str, str]) -> None:
        self.known = known
        self.new: dict[str, str] = {}
        self._own = own

    def cut(self, run: str) -> str:
        """The words of `run`, with a mark of no width between them."""
        if run not in self.known:
            self.new[run] = self.known[run] = _GAP.join(_tokenizer(self._own).cut(run))
        return self.known[run]

    def learn(self, words: Mapping[str, str]) -> None:
        """Take over what another process has cut."""
        new = {run: cut for run, cut in words.items() if run not in self.known}
        self.new.update(new)
        self.known.update(new)


class Entries(SearchIndex):  # type: ignore[misc]  # Material brings no types
    """The plugin's index, asked for one page at a time."""

    def __init__(self, words: Words, **settings: Any) -> None:  # noqa: ANN401 - the plugin's settings as they are
        super().__init__(**settings)
        self.words = words

    def of(self, page: Any) -> str:  # noqa: ANN401 - a page of MkDocs
        """The entries of a converted page as JSON without the brackets; takes the search's marks out of its HTML."""
        html = page.content
        page.content = without_left_out(html)
        self.entries: list[dict[str, Any]] = []
        self.add_entry_from_context(page)
        page.content = _SEARCH_MARK.sub("", html)
        return json.dumps(self.entries, separators=(",", ":"), default=str)[1:-1]

    def _segment_chinese(self, data: str) -> str:
        """`data` with its runs of Chinese cut into words."""
        if not jieba:
            return data
        cut: str = _CHINESE.sub(lambda run: f"{_GAP}{self.words.cut(run[0])}{_GAP}", data)
        return cut.strip(_GAP)


def without_left_out(html: str) -> str:
    """`html` with the elements emptied that the search leaves out.

    The plugin ends such an element at the first inner end tag of its name and makes a section of a heading in it, so
    an element that holds either stays as it is.
    """
    kept: list[str] = []
    done = 0
    while found := _LEFT_OUT.search(html, done):
        tag, end = found[1], -1
        if tag not in VOID:
            end = html.find(f"</{tag}>", found.end())
        kept.append(html[done : found.end()])
        done = found.end()
        if end > 0 and not re.search(rf"<(?:{tag}|h[1-6])\b", html[done:end]):
            done = end
    return "".join([*kept, html[done:]])


@lru_cache(maxsize=1)
def _tokenizer(own: bytes) -> Any:  # noqa: ANN401 - jieba brings no types
    """A dictionary of its own: jieba's one for all would keep the words of the site before."""
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    if own:
        tokenizer.load_userdict(io.BytesIO(own))
    return tokenizer
