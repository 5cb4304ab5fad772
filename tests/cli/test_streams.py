"""A command whose output goes nowhere, or to a disk that is full, says so by its exit code and never in a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sites

FULL = Path("/dev/full")


def run_in_shell(command: str) -> subprocess.CompletedProcess[str]:
    call = f"'{sys.executable}' -m build_scripts {command}"
    return subprocess.run(["/bin/sh", "-c", call], cwd=sites.ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        pytest.param("--help >&-", 0, marks=pytest.mark.slow),
        pytest.param("--help >&- 2>&-", 0, marks=pytest.mark.slow),
        ("check --nothing 2>&-", 2),
        pytest.param("--help <&-", 0, marks=pytest.mark.slow),
    ],
)
def test_closed_streams_change_no_exit_code(command, code):
    done = run_in_shell(command)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="a device of Linux")
@pytest.mark.parametrize(
    "verb",
    [
        pytest.param("--help", marks=pytest.mark.slow),
        "check --format json --package examples/canada/datapackage",
    ],
)
def test_a_full_disk_is_told_in_one_line(verb):
    done = run_in_shell(f"{verb} >{FULL}")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "No space left on device" in done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="a device of Linux")
def test_the_rest_of_what_is_told_may_not_fit_either():
    short = "import sys; from build_scripts.__main__ import _end; sys.stdout.write('x'); _end(0)"
    call = [sys.executable, "-c", short]
    held = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with FULL.open("w") as full:
        done = subprocess.run(
            call, cwd=sites.ROOT, env=held, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "No space left on device" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="names of files are bytes")
def test_names_of_files_are_utf8_whatever_the_system_is_told(tmp_path):
    folder = tmp_path / "新 站"
    told = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    call = [sys.executable, "-m", "build_scripts", "init", str(folder), "--language", "zh", "--place", "溪口"]
    done = subprocess.run(
        call, cwd=sites.ROOT, env={**os.environ, **told}, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert str(folder) in done.stdout
    assert "溪口" in (folder / "mkdocs.yml").read_text(encoding="utf-8")
