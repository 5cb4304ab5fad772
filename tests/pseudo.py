"""A language made up for tests: English with every sentence in marks, so that what is from no catalogue shows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from build_scripts.core.language import speaking
from build_scripts.locale import catalogue

LEFT, RIGHT = "⟦", "⟧"
CODE = "qps"
# How a language writes, not what it says; what is read and never shown.
_WAYS = re.compile(r"format\.|.*\.(?:pattern|anchor)$")


def marked(key: str, entry: catalogue.Entry) -> catalogue.Entry:
    """An entry with each sentence in marks; lists of words and the ways of writing stay what they are."""
    if isinstance(entry, tuple) or _WAYS.match(key):
        return entry
    if isinstance(entry, dict):
        return {form: words if form in {"by", "nth"} else f"{LEFT}{words}{RIGHT}" for form, words in entry.items()}
    return f"{LEFT}{entry}{RIGHT}"


@contextmanager
def pseudo(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak the made-up language for a while, in this process alone."""
    plain = catalogue._words

    made = {key: marked(key, entry) for key, entry in plain("en").items()}

    def words(code: str) -> dict[str, catalogue.Entry]:
        return made if code == CODE else plain(code)

    patch.setattr(catalogue, "_words", words)
    with speaking(CODE):
        yield
    patch.undo()


def outside(text: str) -> str:
    """What of a text stands in no marks."""
    depth, kept = 0, []
    for piece in re.split(f"([{LEFT}{RIGHT}])", text):
        if piece == LEFT:
            depth += 1
        elif piece == RIGHT:
            depth -= 1
        elif not depth:
            kept.append(piece)
    return " ".join(kept)
