"""A cell as understood: its value, and the remark or question that goes with it.

Gets nothing, gives types. A reading with a question is taken only once the question is answered with yes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, TypeVar

from build_scripts.forms.lines import Level

T = TypeVar("T")


class CellError(Exception):
    """What is wrong with a cell: the line's code and the facts that fill it."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A cell's value; `code` names the line to tell with it, `facts` fill it."""

    value: T
    code: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    level: Level = Level.NOTE


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as understood: `printed` is how it stood in the cell."""

    value: Decimal
    printed: str
