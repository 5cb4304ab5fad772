"""Circles of objects: a process that stays looks for them between builds, not in the middle of one."""

import gc
import subprocess
import sys
import weakref
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Ring:
    """An object that holds itself."""

    def __init__(self) -> None:
        self.itself = self


def looked_at_twice() -> None:
    """What becomes of circles and of what stays, in a process of its own: it changes what the collector looks at."""
    from build_scripts.core.collector import collect_rarely, tidy_up  # noqa: PLC0415

    collect_rarely()
    stays, goes = Ring(), Ring()
    left = weakref.ref(goes)
    del goes
    tidy_up()
    assert left() is None
    assert gc.get_freeze_count() > 1000
    assert gc.get_count()[2] == 0
    later = weakref.ref(stays)
    del stays
    assert later() is not None, "a circle passed over until the next time"
    tidy_up()
    assert later() is None


def test_what_nobody_needs_goes_and_what_stays_is_passed_over_until_the_next_time():
    code = "import sys; sys.path[:0] = ['.', 'tests/core']; import test_collector as t; t.looked_at_twice()"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
