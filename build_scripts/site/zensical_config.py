"""What Zensical needs said otherwise than MkDocs. Gets the derived configuration, gives settings that replace its own.

Zensical adds the lists of an inheriting configuration to those it inherits, where MkDocs puts one in the place of the
other: a menu would stand there twice. It inherits from a copy of the site's settings without them. The copy keeps what
only the engine reads, such as tags that name Python objects.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from build_scripts.core.settings import CONFIG

# The index of its own search, which no page asks for.
SEARCH_INDEX = "search.json"
_BOX = "assets/css/search-box.css"
_STYLES = "extra_css"


def for_zensical(root: Path, own: Mapping[str, Any], derived: Mapping[str, Any], beside: Path) -> dict[str, Any]:
    """The settings that go into `derived`; what it inherits is written next to it, as the name `beside` says.

    `own` are the site's settings in `root`, as far as we read them.
    """
    styles = [*(own.get(_STYLES) or []), _BOX]
    node = yaml.compose((root / CONFIG).read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    _drop_lists(node, {**derived, _STYLES: styles})
    base = beside.with_name(f"{beside.stem}-inherited.yml")
    base.write_text(yaml.serialize(node, allow_unicode=True), encoding="utf-8")
    return {"INHERIT": base.name, _STYLES: styles}


def _drop_lists(node: yaml.MappingNode, said: Mapping[str, Any]) -> None:
    """Take out of a mapping, and of those below it, the lists that `said` has as well."""
    kept = []
    for key, value in node.value:
        other = said.get(key.value)
        if isinstance(value, yaml.SequenceNode) and isinstance(other, list):
            continue
        if isinstance(value, yaml.MappingNode) and isinstance(other, dict):
            _drop_lists(value, other)
        kept.append((key, value))
    node.value = kept
