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


def lost_by_publishing(site: Path, package_dir: Path, difference: Difference) -> tuple[Lost, ...]:
    """Everything that `site` says and the package no longer does."""
    before = published_tables(site)
    return tuple(lost(before, held(take(package_dir).files)) if before else _by_state(difference))


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
