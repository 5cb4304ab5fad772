"""One test of many small cases: all of them are run, and every one that fails is named with all it says.

A case of microseconds costs two thousandths of a second more as a test of its own; thousands of them are seconds.
Cases that need something fresh, or take long, stay tests of their own (`pytest.mark.parametrize`).
"""

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any

import pytest


def all_of(
    names: str, cases: Iterable[Any], ids: Callable[[Any], object] | Iterable[str] = repr
) -> Callable[[Callable[..., None]], Any]:
    """`@all_of("word, number", CASES)`: as `parametrize`, but one test; `ids` names a case that fails."""
    given = [name.strip() for name in names.split(",")]
    every = list(cases)
    assert every, "no case at all"
    titles = [str(ids(case)) for case in every] if callable(ids) else list(ids)

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def run(**fixtures: Any) -> None:
            wrong: list[BaseException] = []
            for title, case in zip(titles, every, strict=True):
                values = case if len(given) > 1 else (case,)
                try:
                    test(**fixtures, **dict(zip(given, values, strict=True)))
                except (Exception, pytest.fail.Exception) as error:
                    error.add_note(f"in the case: {title}")
                    wrong.append(error)
            if wrong:
                named = "; ".join(note for error in wrong for note in error.__notes__[-1:])
                raise BaseExceptionGroup(f"{len(wrong)} of {len(every)} cases fail: {named}", wrong)

        whole = inspect.signature(test)
        kept = [whole.parameters[name] for name in whole.parameters if name not in given]
        assert len(kept) + len(given) == len(whole.parameters), f"{test.__name__} does not take {names}"
        run.__signature__ = whole.replace(parameters=kept)  # type: ignore[attr-defined]
        return run

    return decorate
