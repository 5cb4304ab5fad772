"""The one writer: rows land in all files or in none, even when the process is killed at any moment."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from packages import ROOT, data

from build_scripts.core.errors import DataError
from build_scripts.core.records import Observation, TaskEvent
from build_scripts.load import append_rows, journal, preview, read

OBS = "progress/observations.csv"
EVENTS = "progress/task_events.csv"
FIGURE = {
    "indicator_id": "gdp",
    "region_id": "city",
    "period": "2024",
    "basis": "main",
    "pub": date(2025, 3, 1),
    "source_id": "gazette",
    "value": Decimal("190.10"),
    "obs_status": "P",
    "yoy_real": True,
    "note": '含逗号,和“引号"',
}
EVENT = {
    "task_id": "ring-road",
    "date": date(2025, 1, 2),
    "state": "done",
    "pub": date(2025, 1, 3),
    "source_id": "paper",
}
BOTH = {"observations": [FIGURE], "task_events": [EVENT, {**EVENT, "date": date(2025, 1, 3)}]}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of the package but the lock."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != journal.LOCK)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_rows_are_added_at_the_end_and_nothing_else_changes(make_package):
    folder = make_package()
    before = contents(folder)
    append_rows(folder, BOTH)
    after = contents(folder)
    assert {name for name in after if after[name] != before.get(name)} == {OBS, EVENTS}
    assert after.keys() == before.keys()
    added = after[OBS].removeprefix(before[OBS]).decode()
    assert added == 'gdp,city,2024,main,2025-03-01,gazette,190.10,P,,true,,"含逗号,和“引号"""\n'
    assert after[EVENTS].startswith(before[EVENTS])
    tables = read(folder)
    assert tables.problems == ()
    assert tables.of(Observation)[-1][0] == 11
    assert tables.of(Observation)[-1][1].value == Decimal("190.10")
    assert len(tables.of(TaskEvent)) == 4


def test_line_ends_and_a_missing_last_one_are_kept(make_package):
    folder = make_package(data(OBS, lambda b: b.replace(b"\n", b"\r\n").removesuffix(b"\r\n")))
    append_rows(folder, {"observations": [FIGURE]})
    content = (folder / OBS).read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") == 11
    assert len(read(folder).of(Observation)) == 10


def test_preview_reads_the_package_as_it_would_be_and_writes_nothing(make_package):
    folder = make_package()
    before = contents(folder)
    tables = preview(folder, {"observations": [{**FIGURE, "region_id": "nowhere"}]})
    assert [(item.code, item.row, item.field) for item in tables.problems] == [("foreign-key", 11, "region_id")]
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ({"observations": [FIGURE], "targets": [{"target_id": "x"}]}, "append-table"),
        ({"observations": [FIGURE], "nonsense": [{"a": "b"}]}, "append-table"),
        ({"task_events": [EVENT], "observations": [{**FIGURE, "vlaue": "1"}]}, "append-column"),
    ],
)
def test_what_cannot_be_appended_changes_nothing(make_package, rows, code):
    folder = make_package()
    before = contents(folder)
    with pytest.raises(DataError) as refused:
        append_rows(folder, rows)
    assert [item.code for item in refused.value.problems] == [code]
    assert contents(folder) == before


class Killed(BaseException):
    """Stands for a process that ends here: nothing after it runs, no `except` or clean-up of ours sees it."""


def test_killed_before_every_single_step_it_is_all_or_nothing(make_package, monkeypatch):
    """Ends the run before its n-th change on disk, for every n there is, and reads the package afterwards."""
    outcomes = []
    for limit in range(100):
        folder = make_package()
        before = contents(folder)
        append_until(limit, folder, monkeypatch)
        survived = (folder / journal.JOURNAL).exists()
        tables = read(folder)
        assert tables.problems == () or survived
        counts = (len(tables.of(Observation)), len(tables.of(TaskEvent)))
        assert counts in {(9, 2), (10, 4)}, f"half written when ended before step {limit}"
        append_rows(folder, {"task_events": [{**EVENT, "date": date(2025, 2, 1), "pub": date(2025, 2, 2)}]})
        assert contents(folder).keys() == before.keys(), "leftovers were not swept up"
        assert len(read(folder).of(TaskEvent)) == counts[1] + 1
        outcomes.append(counts)
        if limit_reached_end(folder):
            break
    assert outcomes[0] == (9, 2)
    assert outcomes[-1] == (10, 4)
    assert outcomes == sorted(outcomes), "once decided, it stays decided"
    assert len(outcomes) > 8


_finished: set[Path] = set()


def limit_reached_end(folder: Path) -> bool:
    return folder in _finished


def append_until(limit: int, folder: Path, monkeypatch) -> None:
    """Run the append, ending it before its `limit`-th write, rename or removal."""
    steps = 0

    def counted(real):
        def step(*args, **kwargs):
            nonlocal steps
            if steps == limit:
                raise Killed
            steps += 1
            return real(*args, **kwargs)

        return step

    with monkeypatch.context() as patch:
        patch.setattr(journal, "_flush", counted(journal._flush))
        patch.setattr(journal, "_flush_folder", counted(journal._flush_folder))
        patch.setattr(Path, "replace", counted(Path.replace))
        patch.setattr(Path, "unlink", counted(Path.unlink))
        try:
            append_rows(folder, BOTH)
        except Killed:
            return
    _finished.add(folder)


CHILD = """
import sys
from datetime import date
from pathlib import Path
from build_scripts.load import append_rows
folder = Path(sys.argv[1])
print("ready", flush=True)
n = 0
while True:
    n += 1
    note = f"n{n}"
    append_rows(folder, {
        "observations": [dict(indicator_id="gdp", region_id="city", period="2024", basis=f"b{n}", pub=date(2025, 3, 1),
                              source_id="gazette", value=n, obs_status="A", note=note)],
        "task_events": [dict(task_id="ring-road", date=date(2025, 1, 2), state="done", pub=date(2025, 1, 3),
                             source_id="paper", note=note)],
    })
"""


def notes(folder: Path, path: str) -> list[str]:
    lines = (folder / path).read_text(encoding="utf-8").splitlines()
    return [line.rsplit(",", 1)[1] for line in lines if line.rsplit(",", 1)[1].startswith("n") and line[-1].isdigit()]


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_kill_9_at_random_moments_leaves_both_files_in_step(make_package):
    folder = make_package()
    rng = random.Random(20261121)
    for _round in range(6):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, env={**os.environ}
        )
        assert child.stdout.readline() == b"ready\n"
        time.sleep(rng.uniform(0.01, 0.25))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        journal.recover(folder)
        figures, events = notes(folder, OBS), notes(folder, EVENTS)
        assert figures == events
    assert figures, "the child never got to write"
    assert (folder / OBS).read_bytes().endswith(b"\n")


def test_a_file_changed_by_hand_after_the_crash_is_not_overwritten(make_package, monkeypatch):
    folder = make_package()
    limit = 0
    while not (folder / journal.JOURNAL).exists():
        append_until(limit, folder, monkeypatch)
        limit += 1
    by_hand = (folder / OBS).read_bytes() + b"# by hand\n"
    (folder / OBS).write_bytes(by_hand)
    problems = read(folder).problems
    assert [(item.code, item.file) for item in problems] == [("append-unfinished", OBS)]
    assert (folder / OBS).read_bytes() == by_hand
    with pytest.raises(DataError):
        append_rows(folder, BOTH)


HOLDER = """
import sys
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_waits_for_the_first_and_says_so_when_it_takes_too_long(make_package, monkeypatch):
    folder = make_package()
    monkeypatch.setattr(journal, "_LOCK_SECONDS", 0.05)
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            HOLDER,
            str(folder / journal.LOCK),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(DataError) as refused:
            append_rows(folder, BOTH)
    finally:
        holder.communicate()
    assert [item.code for item in refused.value.problems] == ["append-busy"]


@pytest.mark.parametrize(
    "content", [b"", b"[]x", b'{"a": 1}', b'[{"path": "../x", "old": "", "new": ""}]', b"\xff\xfe"]
)
def test_a_journal_nobody_wrote_is_refused_in_words(make_package, content):
    folder = make_package(lambda package: (package / journal.JOURNAL).write_bytes(content))
    assert [item.code for item in read(folder).problems] == ["append-unfinished"]


def test_rows_taken_out_leave_every_other_byte(make_package):
    folder = make_package()
    before = contents(folder)
    append_rows(folder, BOTH)
    named = {name: FIGURE[name] for name in ("indicator_id", "period", "pub", "value")}
    append_rows(folder, {}, {"observations": [named], "task_events": [{**EVENT, "date": date(2025, 1, 3)}]})
    after = contents(folder)
    assert after[OBS] == before[OBS]
    assert after[EVENTS].decode() == before[EVENTS].decode() + "ring-road,2025-01-02,done,2025-01-03,paper,,\n"


def test_a_row_is_taken_out_and_another_added_at_one_moment(make_package):
    folder = make_package()
    append_rows(folder, {"observations": [FIGURE]})
    mended = {**FIGURE, "value": Decimal(191), "note": "两行\n的说明"}
    append_rows(folder, {"observations": [mended]}, {"observations": [{"pub": FIGURE["pub"], "value": "190.10"}]})
    text = contents(folder)[OBS].decode()
    assert "190.10" not in text
    assert text.endswith('gdp,city,2024,main,2025-03-01,gazette,191,P,,true,,"两行\n的说明"\n')
    append_rows(folder, {}, {"observations": [{"value": "191"}]})
    assert "两行" not in contents(folder)[OBS].decode()


def test_of_equal_rows_the_last_goes_and_a_row_that_is_not_there_is_named(make_package):
    folder = make_package()
    with pytest.raises(DataError) as caught:
        append_rows(folder, {}, {"observations": [{"indicator_id": "gdp", "value": "999"}]})
    [found] = caught.value.problems
    assert (found.code, found.message) == ("append-gone", "找不到要撤销的一行：gdp，999")
    before = contents(folder)
    append_rows(folder, {"task_events": [EVENT, EVENT]})
    append_rows(folder, {}, {"task_events": [EVENT]})
    assert contents(folder)[EVENTS].decode().count("2025-01-02,done") == 1
    assert contents(folder)[OBS] == before[OBS]
