"""One thing a site says, as data. Gets nothing, gives a type."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One thing the site says.

    `key` is what it is matched by; `group` what it is one version of (a figure's series, period and basis); `words`
    how it is said; `value` what may change while the key stays; `about` where it comes from or why. `stands` says of a
    figure that it is the best of its group.
    """

    key: str
    words: str
    value: str = ""
    about: str = ""
    address: str = ""
    group: str = ""
    stands: bool = False
