"""Altair, brought in when the first form is compiled: two tenths of a second that a run with kept forms is spared."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt
else:

    class _Late(ModuleType):
        """Stands for the library until something of it is asked for."""

        def __getattr__(self, attribute: str) -> Any:  # noqa: ANN401
            """Whatever the library has."""
            return getattr(import_module(self.__name__), attribute)

    alt = _Late("altair")

__all__ = ["alt"]
