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
from pathlib import Path

from build_scripts.core.errors import SiteError
from build_scripts.locale import t
from build_scripts.site.inline_code import OURS, KnownCode, code_of
from build_scripts.site.unsafe_code import findings, inline_code, picture_findings

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

    def __init__(self, found: Iterable[str]) -> None:
        self.findings = tuple(found)
        super().__init__("；".join(self.findings))


def protect(site: Path, known: KnownCode, address: str = "") -> int:
    """Write the policy into every page under `site`, whose own address may be known; gives how many pages.

    Raises:
        SiteError: a page or a picture holds code that no template wrote, or a page does not name its encoding.
    """
    wrong: list[str] = []
    pages = 0
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        name, kind = path.relative_to(site).as_posix(), path.suffix.lower()
        if kind in PAGES:
            pages += 1
            try:
                html = protected(path.read_bytes().decode("utf-8", "replace"), known.scripts_of(name, address), known)
                path.write_bytes(html.encode())
            except UnsafePageError as failure:
                wrong += [t("site.unsafe.line", page=name, finding=each) for each in failure.findings]
            except ValueError as failure:
                raise SiteError(t("site.unsafe.no_policy", page=name, reason=failure)) from failure
        elif kind == ".svg":
            found = picture_findings(path.read_bytes().decode("utf-8", "replace"))
            wrong += [t("site.unsafe.line", page=name, finding=each) for each in found]
    if wrong:
        more = [t("site.unsafe.more", count=len(wrong) - _SHOWN)] if len(wrong) > _SHOWN else []
        raise SiteError("\n".join([t("site.unsafe.lead"), *wrong[:_SHOWN], *more]))
    return pages


def protected(html: str, scripts: Iterable[str], known: KnownCode) -> str:
    """`html` with its policy right after the line that names its encoding, before anything that could load.

    `scripts` are the inline scripts it may have.

    Raises:
        UnsafePageError: it holds code that no template wrote.
        ValueError: it does not name its encoding.
    """
    if found := findings(html, scripts, known):
        raise UnsafePageError(found)
    place = _CHARSET.search(html)
    if not place:
        raise ValueError(t("site.unsafe.encoding"))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(*inline_code(html))}">'
    return f"{html[: place.end()]}{meta}{html[place.end() :]}"


def protected_own(html: str) -> str:
    """A page with its policy that one of our own templates wrote whole, without the site engine and its theme.

    Raises:
        SiteError: it holds code that the templates did not write.
    """
    try:
        return protected(html, (), code_of(OURS))
    except UnsafePageError as failure:
        raise SiteError("\n".join([t("site.unsafe.lead"), *failure.findings])) from failure


def policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """The policy that lets exactly these inline scripts and styles take effect."""
    allowed = ["".join(f" '{_hash(each)}'" for each in dict.fromkeys(codes)) for codes in (scripts, styles)]
    return _POLICY.format(scripts=allowed[0], styles=allowed[1])


def _hash(content: str) -> str:
    """The source expression that allows exactly this content."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
