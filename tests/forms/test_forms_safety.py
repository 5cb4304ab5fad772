"""Killed at any moment the package stays valid; two ingests at once lose nothing."""

import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from forms_clerk import AS_OF, Clerk, book_of, plan_for, reload

from build_scripts.forms.ingest import write
from build_scripts.forms.layout import Form
from build_scripts.forms.periods import FormPeriod
from build_scripts.load.journal import recover

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
KILLS_WHILE_WRITING = 44
KILLS_OF_THE_COMMAND = 6


def content(package_dir: Path) -> dict[str, bytes]:
    return {str(p.relative_to(package_dir)): p.read_bytes() for p in sorted(package_dir.rglob("*.csv"))}


def filled(clerk: Clerk) -> Path:
    clerk.figure("freight|city", 523.4)
    clerk.fill(Form.TASKS, "bridge", state="已开工", date=date(2025, 10, 8))
    clerk.fill(Form.PROBLEMS, "noise", state="整改中", date=date(2025, 10, 20), note="加装声屏障")
    return clerk.save()


def command(package_dir: Path, *files: Path) -> subprocess.Popen[bytes]:
    arguments = ["forms", "ingest", "--yes", "--package", str(package_dir), "--as-of", AS_OF.isoformat()]
    return subprocess.Popen(
        [sys.executable, "-m", "build_scripts", *arguments, *map(str, files)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to kill a writer without starting Python anew")
def test_killed_while_writing_the_package_is_as_before_or_as_after(package_dir, clerk, tmp_path):
    """44 SIGKILLs spread evenly over the time a write takes; then the same write must still go through."""
    plan = plan_for(package_dir, filled(clerk))
    before = content(package_dir)
    whole = Path(shutil.copytree(package_dir, tmp_path / "whole"))
    start = time.perf_counter()
    write(whole, plan)
    seconds = time.perf_counter() - start
    after = content(whole)
    assert before != after

    seen = set()
    for number in range(KILLS_WHILE_WRITING):
        target = Path(shutil.copytree(package_dir, tmp_path / f"killed-{number}"))
        child = os.fork()
        if child == 0:
            try:
                write(target, plan)
            finally:
                os._exit(0)
        time.sleep(seconds * 1.2 * number / KILLS_WHILE_WRITING)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)

        recover(target)  # what every reader does first
        state = content(target)
        assert state in (before, after), f"kill {number}: neither before nor after"
        seen.add("after" if state == after else "before")
        reload(target)  # the checked package loads; read once per state
        if state == before:
            write(target, plan)
            assert content(target) == after
    assert "before" in seen


def test_the_command_killed_at_any_stage_leaves_a_valid_package(package_dir, clerk, tmp_path):
    path = filled(clerk)
    before = content(package_dir)
    whole = Path(shutil.copytree(package_dir, tmp_path / "whole"))
    start = time.perf_counter()
    process = command(whole, path)
    assert process.wait(timeout=180) == 0, process.stderr.read()
    seconds = time.perf_counter() - start
    after = content(whole)

    for number in range(KILLS_OF_THE_COMMAND):
        target = Path(shutil.copytree(package_dir, tmp_path / f"killed-{number}"))
        process = command(target, path)
        time.sleep(seconds * (0.5 + 0.5 * number / KILLS_OF_THE_COMMAND))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        recover(target)
        assert content(target) in (before, after)
        reload(target)


def test_two_ingests_at_once_lose_no_row(package_dir, exported):
    first, second = Clerk(exported()), Clerk(exported(period=FormPeriod(2025, 9, 3)))
    first.sign()
    first.figure("freight|city", 523.4)
    second.sign(reporter="李四")
    second.figure("paved|city", 90)
    second.fill(Form.TASKS, "tunnel", state="推进中")
    known = len(book_of(package_dir).package.observations)

    running = [command(package_dir, first.save("一.xlsx")), command(package_dir, second.save("二.xlsx"))]
    for process in running:
        assert process.wait(timeout=240) == 0, process.stderr.read()

    package = reload(package_dir)
    assert len(package.observations) == known + 2
    assert {s.title for s in package.sources if s.source_id.startswith("form-")} == {
        "测试市交通局2025年10月三张表单",
        "测试市交通局2025年第三季度三张表单",
    }
    assert [event.task_id for event in package.task_events if event.source_id.startswith("form-")] == ["tunnel"]


def test_two_ingests_of_one_file_at_once_take_it_once(package_dir, clerk):
    path = filled(clerk)
    running = [command(package_dir, path), command(package_dir, path)]
    for process in running:
        assert process.wait(timeout=240) == 0, process.stderr.read()
    package = reload(package_dir)
    assert len([s for s in package.sources if s.source_id.startswith("form-")]) == 1
    assert len([o for o in package.observations if o.source_id.startswith("form-")]) == 1
