"""What a process does about memory: looks rarely for circles of objects, and gives big pieces back at once.

Looked for as often as usual, circles that nobody needs cost a sixth of a build; what is left lying meanwhile is a few
megabytes. The C library puts pieces of up to 32 MB among the small ones, which then keep them from being given back:
texts of whole tables, made and let go, would cost a large build a quarter of its memory. The text of a page is no such
piece: to ask the system for the room of each anew took a twelfth of a build.
"""

from __future__ import annotations

import ctypes
import gc

_NEW_OBJECTS = 400_000
# Settings of glibc: from which size on a piece lies apart (`M_MMAP_THRESHOLD`), and how much free room is kept
# for what comes next (`M_TRIM_THRESHOLD`).
_SETTINGS = {-3: 1024 * 1024, -1: 16 * 1024 * 1024}


def collect_rarely() -> None:
    """Let this process look for circles only after some hundred thousand new objects, and give big pieces back."""
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
    try:
        for setting, size in _SETTINGS.items():
            ctypes.CDLL(None).mallopt(setting, size)
    except (OSError, AttributeError, TypeError):  # another C library
        return


def tidy_up() -> None:
    """Look for all circles now, while nobody waits, and pass over what is left until this is called again.

    A process that builds again and again holds a million objects from one build to the next; to look at them all in
    the middle of a build takes half a second.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
