"""What a process that builds again and again remembers from one build to the next. In any other it remembers nothing.

A result is found by the very objects it was made from, never by equal ones: `Decimal("1.0")` equals `Decimal("1.00")`
and is not printed alike. Each result holds those objects, so no other can get their ids while it is remembered. What
a build has not asked for is forgotten when the next one ends.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from build_scripts.core.language import language

Result = TypeVar("Result")


class Memory:
    """Results of the build at work, and of the one before."""

    def __init__(self) -> None:
        self._now: dict[Hashable, tuple[object, Any]] = {}
        self._before: dict[Hashable, tuple[object, Any]] = {}

    def ask(self, key: Hashable, holds: object, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever is made
        """The result of `key`, made where neither this build nor the one before has made it."""
        found = self._now.get(key)
        if found is None:
            found = self._now[key] = self._before.get(key) or (holds, make())
        return found[1]

    def turn(self) -> None:
        """A build is over: what it did not ask for is forgotten."""
        self._before, self._now = self._now, {}


_memory: Memory | None = None


@contextmanager
def remembering() -> Iterator[Memory]:
    """Remember results from now on; whoever builds calls `turn` after each build."""
    global _memory  # noqa: PLW0603 - one memory a process
    before, _memory = _memory, Memory()
    try:
        yield _memory
    finally:
        _memory = before


def remembers() -> bool:
    """Whether this process remembers anything, so that making a key is worth while."""
    return _memory is not None


def once(kind: str, parts: Sequence[object], make: Callable[[], Result], *plain: Hashable) -> Result:
    """What `make` gives, made once for the very same `parts` and equal `plain` values.

    `make` must depend on nothing else, and nobody may change what it gives.
    """
    if _memory is None:
        return make()
    return cast("Result", _memory.ask((kind, language(), tuple(map(id, parts)), plain), parts, make))


def the_same(kind: str, key: Hashable, value: Result) -> Result:
    """The object given first for a key in place of one made anew from the same text; `key` says all that it is."""
    if _memory is None:
        return value
    return cast("Result", _memory.ask((kind, language(), key), None, lambda: value))
