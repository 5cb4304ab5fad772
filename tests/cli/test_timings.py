"""`--timings` and the bars: what a run's parts took, said in words, and nothing said where nobody looks."""

import contextlib
import io
import os
import pty
import re
import subprocess
import sys
import threading
import time

import pytest
from rich.console import Console
from site_builds import ROOT, SmallSite
from typer.testing import CliRunner

from build_scripts.cli import progress
from build_scripts.cli.progress import bars
from build_scripts.cli.timings import table
from build_scripts.cli.verbs import app
from build_scripts.core.stopwatch import Watch, counted, most_memory, part, resting, step, watched
from build_scripts.locale import t
from build_scripts.locale.catalogue import keys


def spin(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_parts_are_timed_inside_each_other_and_added_up():
    with watched() as watch:
        for _ in range(2):
            with part("charts"), part("draw", 3):
                spin(0.02)
                step(2, elsewhere=5)
    assert list(watch.parts) == ["start", "charts", "charts-draw"]
    charts, draw = watch.parts["charts"], watch.parts["charts-draw"]
    assert (draw.total, draw.done, draw.elsewhere) == (6, 4, 10)
    assert (charts.done, charts.elsewhere) == (0, 10)
    # The two clocks are read one after the other: either may be a hair behind.
    assert charts.wall >= draw.wall >= 0.039
    assert charts.here >= draw.here >= 0.039


def test_where_nobody_listens_nothing_is_kept_and_things_pass_through():
    with part("charts"):
        assert list(counted("ab")) == ["a", "b"]
    with watched() as watch:
        pass
    assert list(watch.parts) == ["start"]


def test_a_part_that_fails_has_ended():
    with watched() as watch:
        with pytest.raises(ZeroDivisionError), part("charts"), part("draw"):
            raise ZeroDivisionError
        with part("cards"):
            pass
    assert "cards" in watch.parts
    assert not watch.running


def printed(watch: Watch) -> str:
    console = Console(file=io.StringIO(), width=100)
    console.print(table(watch))
    return console.file.getvalue()


def test_the_table_names_every_part_and_ends_with_the_whole():
    with watched() as watch:
        with part("charts"):
            pass
        with part("cards"):
            step(elsewhere=2)
        with part("charts"), part("draw"):
            step(7, elsewhere=1.5)
    lines = printed(watch).splitlines()
    row = next(line for line in lines if t("timings.charts-draw") in line)
    *_seconds, elsewhere, memory, done = re.findall(r"[\d.]+", row)
    assert (elsewhere, done) == ("1.50", "7")
    assert 10 < int(memory) <= most_memory()
    assert row.index(t("timings.charts-draw")) > 2, "a part stands inside its stage"
    assert t("timings.charts") in lines[lines.index(row) - 1], "also where another stage began meanwhile"
    whole = next(line for line in lines if t("timings.whole") in line)
    assert re.findall(r"[\d.]+", whole)[2] == "3.50"
    assert int(memory) <= int(re.findall(r"[\d.]+", whole)[3]) <= most_memory()


def test_bars_show_only_on_a_terminal_and_only_for_what_takes_a_while(monkeypatch):
    out = io.StringIO()
    terminal = Console(file=out, force_terminal=True, width=80)
    monkeypatch.setattr(progress, "Console", lambda **_options: terminal)
    monkeypatch.setattr(progress, "PATIENCE_S", 0.2)
    with bars() as shown, watched(*shown):
        with part("cards"):
            pass
        with part("charts"), part("draw", 40):
            step(3)
            time.sleep(0.5)
    said = out.getvalue()
    assert t("timings.charts-draw") in said
    assert "3/40" in said
    assert t("timings.cards") not in said
    monkeypatch.setattr(progress, "Console", lambda **_options: Console(file=io.StringIO(), force_terminal=False))
    with bars() as shown:
        assert shown == ()


def test_bars_that_rest_run_no_thread_and_come_back(monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr(progress, "Console", lambda **_options: Console(file=out, force_terminal=True, width=80))
    monkeypatch.setattr(progress, "PATIENCE_S", 0.2)
    before = set(threading.enumerate())
    with bars() as shown, watched(*shown), part("charts", 40):
        assert set(threading.enumerate()) - before
        with resting():
            assert not set(threading.enumerate()) - before
        time.sleep(0.5)
    assert "0/40" in out.getvalue()


@pytest.mark.site
def test_every_part_of_a_build_has_its_words_and_no_words_are_left_over(tmp_path):
    site = SmallSite(tmp_path / "[b]one")  # which Rich would take for mark-up
    options = ["--package", str(site.package), "--as-of", "2024-06-30", "--timings"]
    result = CliRunner().invoke(app, ["build", *options])
    assert result.exit_code == 0, result.output
    assert str(site.site) in result.output
    left = {name for name in keys("timings.") if t(name) not in result.output}
    others = {"timings.site-engine", "timings.site-finish", "timings.together"}
    assert left == others, "only another engine, or a site in several languages, has these"


SPOKEN = """
import time
from build_scripts.cli.progress import Said, bars
from build_scripts.core.stopwatch import part, watched
console = Said()
with bars(console) as shown, watched(*shown):
    with part("site"):
        time.sleep(1.5)
        console.print("the site is built")
        time.sleep(0.5)
"""


def screen(written: str) -> list[str]:
    """The lines a terminal shows after this was written to it."""
    lines, at, column = [""], 0, 0
    for step_, text in re.findall(r"(\x1b\[[0-9;?]*[A-Za-z]|\r|\n)|([^\x1b\r\n]+)", written):
        if text:
            lines[at] = lines[at][:column].ljust(column) + text + lines[at][column + len(text) :]
            column += len(text)
        elif step_ == "\r":
            column = 0
        elif step_ == "\n":
            at += 1
            lines += [""] * (at == len(lines))
        elif step_.endswith("K"):
            lines[at] = ""
        elif step_.endswith("A"):
            at -= int(step_[2:-1] or 1)
    return [line.rstrip() for line in lines if line.strip()]


@pytest.mark.slow
def test_what_is_said_meanwhile_stands_on_a_line_of_its_own():
    ours, theirs = pty.openpty()
    process = subprocess.Popen([sys.executable, "-c", SPOKEN], cwd=ROOT, stdout=theirs, stderr=theirs)
    os.close(theirs)
    written = b""
    with contextlib.suppress(OSError):
        while piece := os.read(ours, 65536):
            written += piece
    assert process.wait() == 0
    os.close(ours)
    assert t("timings.site") in written.decode(), "there was no bar"
    assert screen(written.decode()) == ["the site is built"]
