"""Gets the finished site's folder, gives each page a content security policy of its own.

The policy stands in the page, so it holds on any host without settings there. Nothing may be loaded from elsewhere,
and of inline scripts only those that the page was built with may run: the theme's few, each named by its hash.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from build_scripts.core.errors import SiteError

# Pictures may also be `data:`: the theme's icons are, inside its style sheets. Styles come from files only.
_POLICY = (
    "default-src 'self'; script-src 'self'{scripts}; style-src 'self'{styles}; img-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'"
)
_INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_CHARSET = re.compile(r"<meta\s+charset=[^>]*>", re.IGNORECASE)
_TYPE = re.compile(r"""\btype\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_SOURCE = re.compile(r"\bsrc\s*=", re.IGNORECASE)
_RUNS = {"", "module", "text/javascript", "application/javascript"}


def protect(site: Path) -> int:
    """Write the policy into every HTML page under `site`; gives how many pages.

    Raises:
        SiteError: a page has no `<meta charset>` after which the policy could stand.
    """
    pages = sorted(site.rglob("*.html"))
    for path in pages:
        html = path.read_bytes().decode()
        try:
            path.write_bytes(protected(html).encode())
        except ValueError as failure:
            raise SiteError(f"无法给 {path.relative_to(site)} 写入内容安全策略：{failure}") from failure
    return len(pages)


def protected(html: str) -> str:
    """`html` with its policy right after the line that names its encoding, before anything that could load.

    Raises:
        ValueError: the page does not name its encoding.
    """
    place = _CHARSET.search(html)
    if not place:
        raise ValueError("页面没有写明编码")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(html)}">'
    return f"{html[: place.end()]}{meta}{html[place.end() :]}"


def policy(html: str) -> str:
    """The policy under which `html` works and nothing else does."""
    found: dict[str, list[str]] = {"script": [], "style": []}
    for tag, attributes, content in _INLINE.findall(html):
        if tag.lower() == "style" or _is_inline_script(attributes):
            found[tag.lower()].append(_hash(content))
    scripts, styles = ("".join(f" '{each}'" for each in dict.fromkeys(found[tag])) for tag in ("script", "style"))
    return _POLICY.format(scripts=scripts, styles=styles)


def _is_inline_script(attributes: str) -> bool:
    """Whether a script element runs what stands in it; data blocks (settings, JSON-LD) run nothing."""
    kind = _TYPE.search(attributes)
    return not _SOURCE.search(attributes) and (kind[1].lower() if kind else "") in _RUNS


def _hash(content: str) -> str:
    """The source expression that allows exactly this content."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
