"""What `--timings` prints: gets the parts of a run, gives a table of them."""

from __future__ import annotations

from rich.table import Table

from build_scripts.core.stopwatch import Part, Watch
from build_scripts.locale import t

_SECONDS = ("wall", "here", "elsewhere")
_COLUMNS = (*_SECONDS, "peak", "done")


def table(watch: Watch) -> Table:
    """Each stage with the parts inside it: seconds by the clock and of processors, memory, how many were made."""
    shown = Table(title=t("timings.title"), caption=t("timings.caption"), title_justify="left", caption_justify="left")
    shown.add_column(t("timings.column.part"), no_wrap=True)
    for name in _COLUMNS:
        shown.add_column(t(f"timings.column.{name}"), justify="right", no_wrap=True)
    stages = [part for part in watch.parts.values() if "-" not in part.name]
    # A stage goes on after another has begun: its parts stand together all the same.
    places = {part.name: number for number, part in enumerate(stages)}
    for part in sorted(watch.parts.values(), key=lambda part: places.get(part.name.partition("-")[0], 0)):
        indent = "  " * part.name.count("-")
        shown.add_row(f"{indent}{t(f'timings.{part.name}')}", *_figures(part), str(part.done or ""))
    sums = {name: sum(getattr(part, name) for part in stages) for name in _SECONDS}
    whole = Part("", **sums, peak=max(part.peak for part in stages))
    shown.add_section()
    shown.add_row(t("timings.whole"), *_figures(whole), "")
    return shown


def _figures(part: Part) -> tuple[str, ...]:
    return (*(f"{getattr(part, name):.2f}" for name in _SECONDS), str(part.peak or ""))
