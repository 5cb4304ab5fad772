"""Two runs in one output folder: real processes, one refused or waiting, and never a site of two days."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sites
from packages import write_package

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("two-builds")]
EARLY, LATE = "2024-06-30", "2026-11-21"
# Stands in front of the site engine: says that it was reached, waits to be let go, then hands over to the real one.
GATE = """\
import importlib, pathlib, runpy, sys, time
here = pathlib.Path(__file__).parent.resolve()
sys.path[:] = [each for each in sys.path if pathlib.Path(each or ".").resolve() != here]
if __name__ == "__main__":
    (here / "reached").touch()
    while not (here / "go").exists():
        time.sleep(0.05)
    runpy.run_module("mkdocs", run_name="__main__", alter_sys=True)
else:
    del sys.modules["mkdocs"]
    importlib.import_module("mkdocs")
"""


class Gate:
    """A build that stops right before the site engine until it is let go."""

    def __init__(self, folder: Path, *arguments: object) -> None:
        self.folder = folder
        folder.mkdir()
        (folder / "mkdocs.py").write_text(GATE, encoding="utf-8")
        command = [sys.executable, "-m", "build_scripts", "build", "--engine", "mkdocs", *map(str, arguments)]
        self.process = subprocess.Popen(
            command,
            cwd=sites.ROOT,
            env={**os.environ, "PYTHONPATH": str(folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        )
        wait_for((folder / "reached").exists)

    def let_go(self) -> str:
        """Let it finish; gives what it printed."""
        (self.folder / "go").touch()
        printed, _ = self.process.communicate(timeout=120)
        assert self.process.returncode == 0, printed
        return printed

    def kill(self) -> None:
        """End the run, as a power cut would, while its engine lives on."""
        self.process.kill()
        self.process.wait()

    def end(self) -> None:
        """End all that is left of it."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


def wait_for(what, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    return write_package(tmp_path_factory.mktemp("package"))


@pytest.fixture
def gated(tmp_path, package):
    """`gated(day)` → a build of that day into `tmp_path / "out"` that is held before its engine."""
    made: list[Gate] = []

    def start(day: str) -> Gate:
        made.append(
            Gate(tmp_path / f"gate{len(made)}", "--out", tmp_path / "out", "--package", package, "--as-of", day)
        )
        return made[-1]

    yield start
    for each in made:
        each.end()


def is_whole(site: Path, day: str) -> bool:
    """Whether every page has a policy, and all that name the day of the site's data name one, not after this."""
    pages = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
    assert len(pages) > 80
    assert all("Content-Security-Policy" in page for page in pages)  # a bulletin's page has a day of its own
    assert json.loads((site / "build-manifest.json").read_bytes())["as_of"] == day
    named = {said for page in pages for said in re.findall(r"数据截至(\d+)年(\d+)月(\d+)日 · ", page)}
    days = {f"{year}-{int(month):02}-{int(number):02}" for year, month, number in named} - {"2024-03-31"}
    return len(days) == 1 and (EARLY < min(days) <= LATE if day == LATE else min(days) <= EARLY)


def test_a_second_build_is_refused_and_the_first_ends_whole(gated, package, tmp_path):
    first = gated(LATE)
    before = sorted(path for path in (tmp_path / "out" / "docs").rglob("*"))
    second = sites.run("build", "--out", tmp_path / "out", "--package", package, "--as-of", EARLY)
    assert second.returncode == 3, second.stdout + second.stderr
    assert len(second.stderr.splitlines()) == 1
    assert "另一次" in second.stderr
    assert str(tmp_path / "out") in second.stderr
    assert sorted(path for path in (tmp_path / "out" / "docs").rglob("*")) == before
    first.let_go()
    assert is_whole(tmp_path / "out" / "site", LATE)


def test_a_build_may_wait_for_its_turn(gated, package, tmp_path):
    first = gated(LATE)
    command = [sys.executable, "-m", "build_scripts", "build", "--wait", "--out", str(tmp_path / "out")]
    command += ["--package", str(package), "--as-of", EARLY]
    with subprocess.Popen(command, cwd=sites.ROOT, stdout=subprocess.PIPE, encoding="utf-8") as second:
        assert "等" in second.stdout.readline()
        assert second.poll() is None
        first.let_go()
        second.communicate(timeout=120)
    assert second.returncode == 0
    assert is_whole(tmp_path / "out" / "site", EARLY)


def test_publish_does_not_copy_a_site_that_is_being_built(gated, package, tmp_path):
    sites.build(tmp_path / "out", "--package", package)
    held = gated(EARLY)
    result = sites.run("publish", "--approved-by", "张三", "--out", tmp_path / "out", "--package", package)
    assert result.returncode == 3, result.stdout + result.stderr
    assert "另一次" in result.stderr
    assert not (tmp_path / "out" / "published").exists()
    held.let_go()


def test_what_a_killed_run_left_is_cleared_away_and_does_not_get_into_the_next(gated, package, tmp_path):
    held = gated(EARLY)
    held.kill()
    left = [path.name for path in (tmp_path / "out").glob(".*") if path.is_dir()]
    assert left, "the run has no folder of its own"
    site = sites.build(tmp_path / "out", "--package", package)
    assert is_whole(site, LATE)
    (held.folder / "go").touch()  # the engine of the killed run wakes up and builds on
    time.sleep(3)
    assert is_whole(site, LATE)
    held.end()
    sites.build(tmp_path / "out", "--package", package)
    assert not [path.name for path in (tmp_path / "out").glob(".*") if path.name not in {".lock", ".cache"}]
