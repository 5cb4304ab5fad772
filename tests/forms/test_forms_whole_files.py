"""Files that are written are there whole or not at all; periods may be said in words wherever one is named."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from all_of import all_of
from forms_clerk import AS_OF

from build_scripts.forms import archive
from build_scripts.forms.archive import write_whole
from build_scripts.forms.periods import form_period_of

ROOT = Path(__file__).parents[2]


def test_a_write_that_fails_leaves_the_file_before_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "表.xlsx"
    write_whole(path, b"before")

    def full(draft: Path, content: bytes) -> None:
        draft.write_bytes(content[:3])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, "_write_unseen", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"after")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("表.xlsx", b"before")]


def test_where_the_disk_cannot_hide_a_draft_it_is_renamed_all_the_same(tmp_path, monkeypatch):
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    (tmp_path / f"{archive._DRAFT}-1").write_bytes(b"left by a run that was killed")
    write_whole(tmp_path / "表.xlsx", b"whole")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("表.xlsx", b"whole")]


@pytest.mark.slow
def test_an_export_killed_at_any_moment_leaves_only_whole_workbooks(package_dir, tmp_path):
    reference = tmp_path / "whole"
    words = ["forms", "export", "--package", str(package_dir), "--as-of", AS_OF.isoformat()]
    call = [sys.executable, "-m", "build_scripts", *words]
    start = time.monotonic()
    subprocess.run([*call, str(reference)], cwd=ROOT, check=True, capture_output=True)
    took = time.monotonic() - start
    wanted = {path.name: path.read_bytes() for path in reference.iterdir()}
    assert len(wanted) == 3
    for number in range(5):
        out = tmp_path / f"killed{number}"
        with subprocess.Popen([*call, str(out)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
            time.sleep(took * (0.75 + 0.06 * number))
            run.send_signal(signal.SIGKILL)
        found = {path.name: path.read_bytes() for path in out.iterdir()} if out.is_dir() else {}
        assert found.items() <= wanted.items()


@all_of(
    "words, code",
    [
        ("2026-10", "2026-10"),
        ("2026年10月", "2026-10"),
        ("２０２６年１０月份", "2026-10"),
        ("2026.10", "2026-10"),
        ("二〇二六年十月", "2026-10"),
        ("2026年9月", "2026-09"),
        ("2026q3", "2026-Q3"),
        ("2026年第三季度", "2026-Q3"),
        ("2026年三季度", "2026-Q3"),
        ("2026年", "2026"),
        ("2026年度", "2026"),
    ],
)
def test_a_period_may_be_said_in_words(words, code):
    period = form_period_of(words)
    assert period
    assert period.code == code


@all_of("words", ["2026年13月", "2026年1—10月", "10月", "昨天", "", "2026年0月", "2026-Q5"])
def test_what_names_no_month_quarter_or_year_is_none(words):
    assert form_period_of(words) is None
