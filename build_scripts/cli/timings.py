"""What `--timings` prints: gets the parts of a run, gives a table of them."""

from __future__ import annotations

from rich.table import Table

from build_scripts.core.stopwatch import Part, Watch
from build_scripts.locale import t

_COLUMNS = ("wall", "here", "elsewhere", "done")


def table(watch: Watch) -> Table:
    """Each stage with the parts inside it: seconds by the clock and of processors, how many things were made."""
    shown = Table(title=t("timings.title"), caption=t("timings.caption"), title_justify="left", caption_justify="left")
    shown.add_column(t("timings.column.part"), no_wrap=True)
    for name in _COLUMNS:
        shown.add_column(t(f"timings.column.{name}"), justify="right", no_wrap=True)
    for part in watch.parts.values():
        indent = "  " * part.name.count("-")
        shown.add_row(f"{indent}{t(f'timings.{part.name}')}", *_figures(part), str(part.done or ""))
    stages = [part for part in watch.parts.values() if "-" not in part.name]
    whole = Part("", None, 0, *(sum(getattr(part, name) for part in stages) for name in _COLUMNS[:3]))
    shown.add_section()
    shown.add_row(t("timings.whole"), *_figures(whole), "")
    return shown


def _figures(part: Part) -> tuple[str, ...]:
    return tuple(f"{seconds:.2f}" for seconds in (part.wall, part.here, part.elsewhere))
