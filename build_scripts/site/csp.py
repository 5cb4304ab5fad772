"""Gets the finished site's folder, gives each page a content security policy, and refuses pages with foreign code.

The policy stands in the page, so it holds on any host without settings there. Nothing may be loaded from elsewhere,
and of inline scripts only those may run that the templates write, each named by its hash. A page with any other does
not get a policy: it stops the build.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from build_scripts.core.errors import SiteError
from build_scripts.core.language import Later
from build_scripts.locale import by_semicolon, later
from build_scripts.site.inline_code import OURS, KnownCode, code_of
from build_scripts.site.unsafe_code import code_elements, findings, inline_code, picture_findings

PAGES = frozenset({".html", ".htm", ".xhtml"})
_SHOWN = 10
# Pictures may also be `data:`: the theme's icons are, inside its style sheets. Styles come from files only.
_POLICY = (
    "default-src 'self'; script-src 'self'{scripts}; style-src 'self'{styles}; img-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'"
)
_CHARSET = re.compile(r"<meta\s+charset=[^>]*>", re.IGNORECASE)


class UnsafePageError(ValueError):
    """A page that holds what no template wrote; `findings` says what, one line each."""

    def __init__(self, found: Iterable[Later]) -> None:
        self.findings = tuple(found)
        super().__init__(by_semicolon(map(str, self.findings)))


class Guard:
    """Gives the files of a site their policy, one at a time, and remembers what is wrong with any of them."""

    def __init__(self, known: KnownCode, address: str = "") -> None:
        self._known = known
        self._address = address
        self._wrong: dict[Later, None] = {}

    def passed(self, name: str, data: bytes) -> bytes:
        """The file at `name` as it may go into the site: a page with its policy, anything else as it is.

        Raises:
            SiteError: a page does not name its encoding.
        """
        kind = PurePosixPath(name).suffix.lower()
        if kind in PAGES:
            html, scripts = data.decode("utf-8", "replace"), self._known.scripts_of(name, self._address)
            try:
                return protected(html, scripts, self._known).encode()
            except UnsafePageError as failure:
                self._found(name, failure.findings)
            except ValueError as failure:
                raise SiteError(later("site.unsafe.no_policy", page=name, reason=failure.args[0])) from failure
        elif kind == ".svg":
            self._found(name, picture_findings(data.decode("utf-8", "replace")))
        return data

    def _found(self, name: str, findings: Iterable[Later]) -> None:
        self.found(later("site.unsafe.line", page=name, finding=each) for each in findings)

    def found(self, wrong: Iterable[Later]) -> None:
        """Add what is wrong, here or as another process found it."""
        self._wrong.update(dict.fromkeys(wrong))

    @property
    def wrong(self) -> tuple[Later, ...]:
        """What is wrong so far, one line each."""
        return tuple(self._wrong)

    def settle(self) -> None:
        """Let the site pass, or not.

        Raises:
            SiteError: a page or a picture holds code that no template wrote.
        """
        if self._wrong:
            wrong = sorted(self._wrong, key=str)
            more = [later("site.unsafe.more", count=len(wrong) - _SHOWN)] if len(wrong) > _SHOWN else []
            raise SiteError(Later(_in_lines, later("site.unsafe.lead"), *wrong[:_SHOWN], *more))


def protected(html: str, scripts: Iterable[str], known: KnownCode) -> str:
    """`html` with its policy right after the line that names its encoding, before anything that could load.

    `scripts` are the inline scripts it may have.

    Raises:
        UnsafePageError: it holds code that no template wrote.
        ValueError: it does not name its encoding.
    """
    elements = code_elements(html)
    if found := findings(html, elements, scripts, known):
        raise UnsafePageError(found)
    place = _CHARSET.search(html)
    if not place:
        raise ValueError(later("site.unsafe.encoding"))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(*inline_code(elements))}">'
    return f"{html[: place.end()]}{meta}{html[place.end() :]}"


def protected_own(html: str) -> str:
    """A page with its policy that one of our own templates wrote whole, without the site engine and its theme.

    Raises:
        SiteError: it holds code that the templates did not write.
    """
    try:
        return protected(html, (), code_of(OURS))
    except UnsafePageError as failure:
        raise SiteError(Later(_in_lines, later("site.unsafe.lead"), *failure.findings)) from failure


def _in_lines(*said: object) -> str:
    return "\n".join(map(str, said))


def policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """The policy that lets exactly these inline scripts and styles take effect."""
    allowed = ["".join(f" '{_hash(each)}'" for each in dict.fromkeys(codes)) for codes in (scripts, styles)]
    return _POLICY.format(scripts=allowed[0], styles=allowed[1])


def _hash(content: str) -> str:
    """The source expression that allows exactly this content."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
