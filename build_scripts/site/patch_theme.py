"""Gets a script of the theme, gives it with our repair: it takes every `rel="alternate"` for a translation.

It then asks each for its sitemap; feeds are left alone, for only translations are named with a language. The repair is
one exact text; a script that has it no longer is left as it is, and a test says whether that was right.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

BUNDLES = "assets/javascripts/bundle.*.min.js"
_OLD, _NEW = '"link[rel=alternate]"', '"link[rel=alternate][hreflang]"'


def is_mended(path: str) -> bool:
    """Whether the file of a site at `path` is one that we repair."""
    return fnmatchcase(path, BUNDLES)


def mended(code: str) -> str:
    """The script with the repair, if its place is there exactly once."""
    return code.replace(_OLD, _NEW) if code.count(_OLD) == 1 else code
