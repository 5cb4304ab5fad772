"""Libraries that are brought in when something of them is first asked for. Gets a name, gives nothing."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any


class _Late(ModuleType):
    """Stands for a library until one of its attributes is asked for."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__spec__ = ModuleSpec(name, None)

    def __getattr__(self, attribute: str) -> Any:  # noqa: ANN401
        """Whatever the library has; brings it in."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), attribute)


def late(name: str) -> None:
    """Let `import name` cost nothing until an attribute of the library is asked for; what is not there fails then."""
    if name not in sys.modules:
        sys.modules[name] = _Late(name)
