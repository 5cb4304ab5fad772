"""The returned forms in a folder: which files are meant, and of a form and its marked copies the one to read.

Gets a folder, gives paths. A marked copy is written beside its form, and mended there or not: the newest is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from build_scripts.locale import t

# Workbooks, and what people send instead of one: refused with what to do rather than passed over without a word.
_SENT = frozenset(
    {".xlsx", ".xlsm", ".xls", ".et", ".xlsb", ".ods", ".csv", ".pdf", ".doc", ".docx", ".wps", ".html", ".htm", ".mht"}
)


def forms_in(folder: Path) -> list[Path]:
    """The files of a folder that somebody sent: no hidden ones, no locks of office programs."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and path.suffix.lower() in _SENT and not path.name.startswith((".", "~$"))
    )


def newest(paths: Iterable[Path]) -> Mapping[Path, list[Path]]:
    """Of each form and its marked copies the one written last, and the others, which are not read."""
    groups: defaultdict[str, list[Path]] = defaultdict(list)
    for path in paths:
        groups[path.stem.split(t("forms.marked_suffix"))[0]].append(path)
    found: dict[Path, list[Path]] = {}
    for group in groups.values():
        marked = [path for path in group if t("forms.marked_suffix") in path.stem]
        if not marked or len(group) == 1:
            found |= {path: [] for path in group}
            continue
        last = max(group, key=lambda path: (path.stat().st_mtime_ns, path.name))
        found[last] = [path for path in group if path != last]
    return found
