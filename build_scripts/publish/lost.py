"""What a publication would take away from the site that is out: published rows gone or altered, promises changed.

Gets the site, the package and the difference of their states, gives what is lost. The tables a site offers say it cell
by cell; a site that offers none has at least its state.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from build_scripts.checks.against import Lost, changed, gone, lost
from build_scripts.core.tables import TABLES
from build_scripts.load import Place, take
from build_scripts.load.earlier import held, published_tables
from build_scripts.publish.compare import Difference

# Where a site keeps the versions of its data, each in a folder with its checksums.
_RELEASES, _SUMS = "data/releases", "SHA256SUMS"


def lost_by_publishing(site: Path, package_dir: Path, difference: Difference) -> tuple[Lost, ...]:
    """Everything that `site` says and the package no longer does."""
    before = published_tables(site)
    return tuple(lost(before, held(take(package_dir).files)) if before else _by_state(difference))


def versions_lost(site: Path, new: Path) -> tuple[str, ...]:
    """The files of the versions of the data in `site` that are gone or other bytes in `new`, by paths from its root.

    Citations lead to them, so they stay whatever becomes of the data.
    """
    # A site in several languages has its data in each of their folders.
    lists = sorted(found for place in ("", "*/") for found in site.glob(f"{place}{_RELEASES}/*/{_SUMS}"))
    found = [path for each in lists for path in each.parent.iterdir() if path.is_file()]
    names = (path.relative_to(site).as_posix() for path in found)
    return tuple(name for name in names if not _same(site / name, new / name))


def _same(old: Path, new: Path) -> bool:
    return new.is_file() and old.read_bytes() == new.read_bytes()


def _by_state(difference: Difference) -> Iterator[Lost]:
    removed = {
        "observations": difference.figures_removed,
        "task_events": difference.events_removed,
        "targets": difference.targets_removed,
        "problems": difference.problems_removed,
    }
    for name, items in removed.items():
        for item in items:
            yield gone(_place(name), item.key.replace("|", ","))
    altered = {"observations": difference.figures_altered, "task_events": difference.events_altered}
    for name, pairs in altered.items():
        for pair in pairs:
            key = pair.new.key.replace("|", ",")
            yield changed(
                _place(name), key, 0, "value" if name == "observations" else "state", pair.old.value, pair.new.value
            )


def _place(name: str) -> Place:
    return Place(TABLES[name].path, name)
