"""What nobody has used for long leaves the store; what is used stays, and nothing outside is touched."""

import os
import time

from build_scripts.core.kept import keep, look
from build_scripts.core.prune import DAY, prune


def aged(path, days):
    then = time.time() - days * DAY
    os.utime(path, (then, then))


def test_what_nobody_asked_for_in_a_month_goes(tmp_path):
    store = tmp_path / "store"
    for name in ("old", "asked", "new"):
        keep(store, "charts", name, name.encode())
    for name in ("old", "asked"):
        aged(store / "charts" / name, 31)
    assert look(store, "charts", "asked") == b"asked"
    assert prune(store, time.time()) == 1
    assert [look(store, "charts", name) for name in ("old", "asked", "new")] == [None, b"asked", b"new"]


def test_of_a_full_store_the_longest_unasked_go(tmp_path):
    for number in range(4):
        keep(tmp_path, "charts", f"{number}", b"x" * 1000)
        aged(tmp_path / "charts" / f"{number}", 9 - number)
    assert prune(tmp_path, time.time(), most=2500) == 2
    assert sorted(path.name for path in (tmp_path / "charts").iterdir()) == ["2", "3"]


def test_it_is_looked_at_once_a_day_and_links_are_left_alone(tmp_path):
    store, outside = tmp_path / "store", tmp_path / "outside"
    keep(outside, "pages", "one", b"not ours")
    aged(outside / "pages" / "one", 90)
    store.mkdir()
    (store / "linked").symlink_to(outside)
    (store / "file").symlink_to(outside / "pages" / "one")
    assert prune(store, time.time()) == 0
    keep(store, "charts", "old", b"old")
    aged(store / "charts" / "old", 90)
    assert prune(store, time.time()) == 0
    aged(store / ".pruned", 2)
    assert prune(store, time.time()) == 1
    assert (outside / "pages" / "one").exists()


def test_a_store_that_is_not_there_needs_no_pruning(tmp_path):
    assert prune(tmp_path / "none", time.time()) == 0
    assert not (tmp_path / "none").exists()
