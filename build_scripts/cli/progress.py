"""Bars on the console for whatever takes longer than a second; nothing where nobody looks."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Task as Bar
from rich.table import Column

from build_scripts.cli.plain import Plain
from build_scripts.core.stopwatch import Listener, Part
from build_scripts.locale import t

# What is over sooner is not worth a bar that flashes up.
PATIENCE_S = 1.0


class _Count(MofNCompleteColumn):
    """How many of how many, where both are known."""

    def render(self, task: Bar) -> RenderableType:  # type: ignore[override]
        return "" if task.total is None else super().render(task)


class _Late(Progress):
    """Bars that show only once their part has taken a while."""

    def get_renderables(self) -> Iterable[RenderableType]:
        """The bars that are worth showing now."""
        yield self.make_tasks_table([bar for bar in self.tasks if (bar.elapsed or 0) > PATIENCE_S])


class Said(Plain):
    """The console a command speaks on; what it says while bars are shown stands above them."""

    bars: Progress | None = None

    def print(self, *what: Any, **how: Any) -> None:  # noqa: ANN401 - as Rich has it
        """Print, with the bars put away meanwhile: both may go to one terminal by different ways."""
        if self.bars is None:
            super().print(*what, **how)
            return
        self.bars.stop()
        super().print(*what, **how)
        self.bars.start()


class Bars:
    """Shows each part that runs as a bar, the parts inside it below; `others` are the threads that draw none."""

    def __init__(self, progress: Progress, others: set[threading.Thread]) -> None:
        self._progress = progress
        self._others = others
        self._bars: dict[str, list[TaskID]] = {}

    def begun(self, part: Part) -> None:
        """A bar more."""
        indent = "  " * part.name.count("-")
        bar = self._progress.add_task(f"{indent}{t(f'timings.{part.name}')}", total=part.total, completed=part.done)
        self._bars.setdefault(part.name, []).append(bar)

    def moved(self, part: Part) -> None:
        """The bar has grown."""
        self._progress.update(self._bars[part.name][-1], completed=part.done)

    def ended(self, part: Part) -> None:
        """The bar goes."""
        self._progress.remove_task(self._bars[part.name].pop())

    def rest(self) -> None:
        """Put the bars away, and wait until the thread that draws them has gone."""
        self._progress.stop()
        for thread in set(threading.enumerate()) - self._others:
            thread.join()

    def go_on(self) -> None:
        """Show the bars again."""
        self._progress.start()


@contextmanager
def bars(said: Said | None = None) -> Iterator[tuple[Listener, ...]]:
    """Whoever shows bars on the console; nobody where errors do not go to a terminal. `said` is spoken on meanwhile."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield ()
        return
    words = TextColumn("{task.description}", table_column=Column(min_width=12))
    columns = (SpinnerColumn(), words, BarColumn(), _Count(), TimeElapsedColumn())
    said = said or Said()
    others = set(threading.enumerate())
    with _Late(*columns, console=console, transient=True) as progress:
        said.bars = progress
        try:
            yield (Bars(progress, others),)
        finally:
            said.bars = None
