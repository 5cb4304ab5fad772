"""How often Python looks for circles of objects that nobody needs: rarely, for a run makes millions that stay.

Looked for as often as usual they cost a sixth of a build; what it leaves lying meanwhile is a few megabytes.
"""

from __future__ import annotations

import gc

_NEW_OBJECTS = 400_000


def collect_rarely() -> None:
    """Let this process look for circles only after some hundred thousand new objects."""
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
