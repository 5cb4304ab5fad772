"""What sections that follow on further pages leave behind on the first: gets them, gives the ways that lead on.

Their addresses are out there, so every anchor of theirs stays as long as there is room for it: a heading each, below it
its own headings; a list where these are too many; a line a page where the list would be as long as a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from build_scripts.locale import t

# More sections than this that follow elsewhere are a list of links, not a heading each.
MOST_HEADINGS = 30
# More than this are a line a page; so many headings below them are named each.
MOST_LISTED = 1_000
MOST_BELOW = 300
# More anchors than this are left to the script, which reads them from a file.
MOST_ANCHORS = 3_000
_BELOW = re.compile(r"(?m)^#{3,6} (.+) \{ #(\S+) \}$")


@dataclass(frozen=True, slots=True)
class Moved:
    """A section that follows on a further page: its heading with anchor, the number of the page, those below it."""

    heading: str
    number: int
    below: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The heading alone."""
        return self.heading.partition(" { #")[0]

    @property
    def anchor(self) -> str:
        """What stands behind `#` in its address; empty for none."""
        return self.heading.partition("{ #")[2].removesuffix(" }").strip()


def moved(section: str, number: int) -> Moved:
    """A section, without the marks before its heading, that begins on that page."""
    return Moved(section.partition("\n")[0], number, tuple(_BELOW.findall(section)))


def ways(sections: Sequence[Moved], places: Mapping[str, int]) -> str:
    """What they leave behind; `places` says for the anchors below them on which page they are."""
    below = sum(len(each.below) for each in sections)
    if len(sections) <= MOST_HEADINGS:
        return "".join(_stub(each, places, below) for each in sections)
    if len(sections) <= MOST_LISTED:
        rows = [_item(each, below) for each in sections]
    else:
        spared = below + len(sections) > MOST_ANCHORS
        rows = [
            _page_line(list(group), number, spared=spared) for number, group in groupby(sections, lambda s: s.number)
        ]
    return f"\n<p>{t('longpage.sections')}</p>\n<ul>\n" + "\n".join(rows) + "\n</ul>\n"


def sizes(sections: Sequence[Moved]) -> list[tuple[int, int]]:
    """At most how many bytes and headings the sections from each on leave behind; the last is that of none."""
    below = _sums([len(each.below) for each in sections])
    stubs = {over: _sums([_length(_stub(each, {}, over)) for each in sections]) for over in _STEPS}
    items = {over: _sums([_length(_item(each, over)) for each in sections]) for over in _STEPS}
    found = []
    for at in range(len(sections) + 1):
        step = next((step for step in _STEPS if below[at] <= step), _STEPS[-1])
        left = len(sections) - at
        listed = items[step][at] if left <= MOST_LISTED else _MOST_OF_LINES
        found.append((stubs[step][at], left) if left <= MOST_HEADINGS else (listed + _AROUND, 0))
    return found


# So many headings below are named each, are anchors alone, are left out.
_STEPS = (MOST_BELOW, MOST_ANCHORS, MOST_ANCHORS + 1)
_AROUND = 200
# Lines of very many sections: their anchors, and two headings a page.
_MOST_OF_LINES = 90_000


def _sums(numbers: Sequence[int]) -> list[int]:
    """The sum from each on, and of none."""
    found = [0]
    for number in reversed(numbers):
        found.append(found[-1] + number)
    return found[::-1]


def _length(text: str) -> int:
    return len(text.encode())


def _stub(section: Moved, places: Mapping[str, int], below: int) -> str:
    """A heading with the way to its section, and the headings below it if there are no more than `MOST_BELOW`."""
    named = 0 < below <= MOST_BELOW
    link = f'<a href="{_address(section)}" data-moved>{t("longpage.section", number=section.number)}</a>'
    text = f'\n## {section.heading}\n\n<p class="note">{"" if named else "".join(_anchors(section, below))}{link}</p>\n'
    if not named or not section.below:
        return text
    rows = "\n".join(_item(Moved(f"{name} {{ #{anchor} }}", places.get(anchor, section.number)), 0)
                     for name, anchor in section.below)  # fmt: skip
    said = t("longpage.below", count=len(section.below))
    return f'{text}\n<details class="rest">\n<summary>{said}</summary>\n<ul>\n{rows}\n</ul>\n</details>\n'


def _item(section: Moved, below: int) -> str:
    """A section in such a list, under its own address still."""
    own = f' id="{section.anchor}"' if section.anchor else ""
    words = t("longpage.title", title=section.name, number=section.number)
    inside = "".join(_anchors(section, below))
    return f'<li{own}>{inside}<a href="{_address(section)}" data-moved>{words}</a></li>'


def _page_line(sections: Sequence[Moved], number: int, *, spared: bool) -> str:
    """All sections of a page as one: the first and the last of them."""
    first, last = sections[0].name, sections[-1].name
    words = t("longpage.title", title=first, number=number)
    if len(sections) > 1:
        words = t("longpage.from_to", first=first, last=last, number=number)
    ids = [] if spared else [f'<span id="{each.anchor}"></span>' for each in sections if each.anchor]
    below = [] if spared else [each for section in sections for each in _anchors(section, 1)]
    return f'<li>{"".join((*ids, *below))}<a href="page_{number}/">{words}</a></li>'


def _anchors(section: Moved, below: int) -> Iterator[str]:
    """The anchors of the headings below a section alone, unless all together are too many."""
    if below <= MOST_ANCHORS:
        yield from (f'<span id="{anchor}"></span>' for _name, anchor in section.below)


def _address(section: Moved) -> str:
    return f"page_{section.number}/" + (f"#{section.anchor}" if section.anchor else "")
