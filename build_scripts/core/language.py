"""The language in force: in whose words this run speaks. Chosen once a run or site; other processes are told it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeVar

from build_scripts.core.settings import DESCRIPTOR

DEFAULT = "zh"
_FOLDER = Path(__file__).parents[1] / "locale"
_WIDEST = "en"
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_force = [DEFAULT, ""]
_catalogue: list[Callable[..., str]] = []
Given = TypeVar("Given")
Result = TypeVar("Result")


def language() -> str:
    """The code of the language in force: the name of its folder of words."""
    return _force[0]


def known_languages() -> list[str]:
    """The languages there are words of: one folder each."""
    return list(_known())


@cache
def _known() -> tuple[str, ...]:
    found = (folder.name for folder in _FOLDER.iterdir() if folder.is_dir() and any(folder.glob("*.toml")))
    return tuple(sorted(found))


def folder() -> str:
    """Where the site in this language lies in a site of several (`en/`); empty where it is the only one."""
    return _force[1]


def use(code: str, folder: str = "") -> None:
    """Speak this language from now on; what was remembered in another one is forgotten."""
    if [code, folder] == _force:
        return
    _force[:] = [code, folder]
    for name, module in list(sys.modules.items()):
        if name.startswith("build_scripts."):
            for function in list(vars(module).values()):
                if hasattr(function, "cache_clear"):
                    function.cache_clear()


def speak_by(catalogue: Callable[..., str]) -> None:
    """Have `say` look words up in this catalogue; whoever keeps the words says so once."""
    _catalogue[:] = [catalogue]


def say(key: str, /, **facts: object) -> str:
    """Words for what goes wrong at the core, which knows no catalogue: the key itself as long as there is none."""
    return _catalogue[0](key, **facts) if _catalogue else f"{key} {facts}"


class Later:
    """A text that is put into words when it is read: by then the language in force is that of whoever runs us.

    What goes wrong while pages are made in another language is told so. It may be sent to another process.
    """

    __slots__ = ("_facts", "_given", "_make")

    def __init__(self, make: Callable[..., str], /, *given: object, **facts: object) -> None:
        self._make = make
        self._given = tuple(map(_lasting, given))
        self._facts = {name: _lasting(fact) for name, fact in facts.items()}

    def __str__(self) -> str:
        return self._make(*self._given, **self._facts)

    def _parts(self) -> tuple[object, ...]:
        return (self._make, self._given, tuple(self._facts.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Later) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash(self._parts())


def _lasting(fact: object) -> object:
    """A fact as it will be told; a failure may hold what cannot be sent on."""
    if isinstance(fact, list | tuple):
        return tuple(map(_lasting, fact))
    return fact if isinstance(fact, int | Later) else str(fact)


def say_later(key: str, /, **facts: object) -> Later:
    """As `say`, put into words when it is read."""
    return Later(say, key, **facts)


@contextmanager
def speaking(code: str, folder: str = "") -> Iterator[None]:
    """This language for a while, then the one before."""
    before = tuple(_force)
    use(code, folder)
    try:
        yield
    finally:
        use(*before)


def in_language(force: Sequence[str], work: Callable[[Given], Result], given: Given) -> Result:
    """What `work` makes of something in this language (`force`), for a process that does not know which it is."""
    use(*force)
    return work(given)


def in_force() -> tuple[str, ...]:
    """The language and its folder, to be told to other processes."""
    return tuple(_force)


def languages_of(package: Path) -> list[str]:
    """The languages a package asks for in `disclosure.languages` of its descriptor, in order; empty where none."""
    try:
        found = json.loads((package / DESCRIPTOR).read_bytes())
    except (OSError, ValueError, RecursionError):  # the check says what is wrong with it
        return []
    settings = found.get("disclosure") if isinstance(found, dict) else None
    asked = settings.get("languages") if isinstance(settings, dict) else None
    return [str(code) for code in asked] if isinstance(asked, list) else []


def choose(asked: str | None, package: Path, environment: Mapping[str, str] = os.environ) -> str:
    """The language of a run: the one asked for, the package's first, else the system's; of those there are words of."""
    known = known_languages()
    system = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    wanted = [*([asked] if asked else []), *languages_of(package)]
    if not (package / DESCRIPTOR).is_file():
        spoken = system.partition(".")[0].partition("_")[0].lower()
        wanted += [] if spoken in {"", "c", "posix"} else [spoken]
    plain = [code.partition("-")[0] for code in wanted]
    # Whoever asks for a language there are no words of is helped more by English than by Chinese.
    other = _WIDEST if any(plain) and _WIDEST in known and DEFAULT not in plain else DEFAULT
    return next((code for code in plain if code in known), other)
