"""How the command line speaks: each line whole and as it is, whatever a folder or a plan may be called."""

from __future__ import annotations

from rich.console import Console


class Plain(Console):
    """A console that breaks no line, colours no number and takes no square brackets for mark-up."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, soft_wrap=True, highlight=False, markup=False)
