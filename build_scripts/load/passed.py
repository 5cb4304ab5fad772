"""What frictionless found no fault with, by a hash of its content: in memory, and between runs in a folder.

frictionless takes some 25 ms a table before it looks at the first row, and from one check to the next (`serve`, an
append, a form taken in, a build) hardly a table changes.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from build_scripts.core.kept import keep, key_of, look

MOST = 5_000
_KIND = "passed"
_known: dict[str, None] = {}


def has_passed(key: str) -> bool:
    """Whether content of this hash was validated before and had no fault."""
    return key in _known


def passed(key: str) -> None:
    """Remember content without a fault, and forget the oldest when there is too much."""
    _known.pop(key, None)
    _known[key] = None
    while len(_known) > MOST:
        del _known[next(iter(_known))]


def forget() -> None:
    """Know nothing any more."""
    _known.clear()


def recall(folder: Path) -> None:
    """Add what earlier runs kept in `folder`; a file that is not whole counts as not there."""
    for key in (look(folder, _KIND, _name()) or b"").decode().split():
        passed(key)


def store(folder: Path) -> None:
    """Keep what is known now, unless the folder says so already."""
    known = "\n".join(_known).encode()
    if known != look(folder, _KIND, _name()):
        keep(folder, _KIND, _name(), known)


def _name() -> str:
    """One list for each version of the library and of the code that asks it."""
    here = Path(__file__).parent
    return key_of(
        version("frictionless"), *((here / name).read_bytes() for name in ("validate.py", "screen.py", "preflight.py"))
    )
