"""`serve`: on loopback, in step with the data, keeping the last good pages when a change does not build."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import sites
from packages import write_package
from rich.console import Console

from build_scripts.cli.serve import _restage
from build_scripts.core.settings import Settings
from build_scripts.site.serve import Sources, engine_command, watched

PATIENCE_S = 120


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(condition: Callable[[], bool], what: str) -> None:
    limit = time.monotonic() + PATIENCE_S
    while time.monotonic() < limit:
        if condition():
            return
        time.sleep(0.5)
    pytest.fail(f"waited {PATIENCE_S} s for {what}")


def page(port: int, path: str) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=10) as answer:
            return answer.read().decode("utf-8")
    except OSError:
        return ""


def news(port: int) -> dict:
    return json.loads(page(port, ".live/news"))


@pytest.fixture
def served(tmp_path) -> Iterator[tuple[Path, int, Path]]:
    (tmp_path / "package").mkdir()
    package, port, log = write_package(tmp_path / "package"), free_port(), tmp_path / "log"
    command = [sys.executable, "-m", "build_scripts", "serve", "--package", package, "--out", tmp_path / "out"]
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            [*map(str, command), "--port", str(port), "--as-of", sites.AS_OF],
            cwd=sites.ROOT,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield package, port, log
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(timeout=30)


@pytest.mark.site
def test_a_changed_figure_shows_and_a_broken_one_changes_nothing(served):
    package, port, log = served
    wait_for(lambda: "180.00" in page(port, "targets/gdp-2025/"), "the first page")
    wait_for(lambda: not news(port)["building"], "the end of the build")
    first = news(port)
    assert first["version"]
    assert first["problems"] == []
    assert 'src="/.live/live.js"' in page(port, "targets/gdp-2025/")
    assert "预览地址" in log.read_text(encoding="utf-8")

    table = package / "progress" / "observations.csv"
    good = table.read_text(encoding="utf-8")
    row = "gdp,city,2023,main,2024-05-01,gazette,181.25,A,,,181.25亿元,\n"
    table.write_text(good + row, encoding="utf-8", newline="")
    wait_for(lambda: "181.25" in page(port, "targets/gdp-2025/"), "the new figure")
    wait_for(lambda: not news(port)["building"], "the end of the build")
    second = news(port)
    assert second["version"] != first["version"]

    table.write_text(good + row.replace("181.25", "约181"), encoding="utf-8", newline="")
    wait_for(lambda: "预览保持原样" in log.read_text(encoding="utf-8"), "the refusal")
    assert "181.25" in page(port, "targets/gdp-2025/")
    assert "progress/observations.csv:11:" in log.read_text(encoding="utf-8")
    told = news(port)
    assert told["version"] == second["version"]
    assert any("progress/observations.csv:11:" in line for line in told["problems"])

    table.write_text(good + row, encoding="utf-8", newline="")
    wait_for(lambda: news(port)["problems"] == [] and not news(port)["building"], "the all-clear")
    assert news(port)["version"] == second["version"], "what is put back is the site of before"


def test_only_sources_count_as_changes(tmp_path):
    settings = Settings(sites.ROOT, sites.ROOT / "datapackage", None, tmp_path)
    assert set(watched(settings)) == {sites.ROOT / "datapackage", sites.ROOT / "docs", sites.ROOT / "build_scripts"}
    counts = Sources()
    assert counts(1, str(sites.ROOT / "datapackage" / "progress" / "observations.csv"))
    assert counts(1, str(sites.ROOT / "build_scripts" / "templates" / "pages" / "home.md.j2"))
    assert not counts(1, str(sites.ROOT / "build_scripts" / "__pycache__" / "x.pyc"))
    assert not counts(1, str(sites.ROOT / "datapackage" / "~$observations.xlsx"))
    assert not counts(1, str(sites.ROOT / "datapackage" / ".observations.csv.swp"))


def test_a_project_without_our_code_in_it_is_watched_with_ours(tmp_path):
    (tmp_path / "datapackage").mkdir()
    (tmp_path / "mkdocs.yml").touch()
    settings = Settings(tmp_path, tmp_path / "datapackage", None, tmp_path / "build", "mkdocs")
    assert set(watched(settings)) == {tmp_path / "datapackage", sites.ROOT / "build_scripts"}
    command = engine_command(settings, tmp_path / "site-config.yml", 8123)
    followed = [Path(each) for at, each in enumerate(command) if command[at - 1] == "-w"]
    assert followed == [sites.ROOT / "build_scripts" / "theme", tmp_path / "mkdocs.yml"]
    assert all(each.exists() for each in followed)


@pytest.mark.parametrize("engine", ["mkdocs", "properdocs", "zensical"])
def test_every_engine_serves_on_loopback_only(tmp_path, engine):
    settings = Settings(sites.ROOT, sites.ROOT / "datapackage", None, tmp_path, engine)
    command = engine_command(settings, tmp_path / "site-config.yml", 8123)
    assert "127.0.0.1:8123" in command
    assert engine in command


WATCHING = """
import os, sys
from build_scripts.site.serve import serve
engine = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
serve([sys.executable, "-c", engine], dict(os.environ), [sys.argv[1]], lambda: None)
"""


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_the_engine_s_server_ends_with_ours(tmp_path, end):
    process = subprocess.Popen(
        [sys.executable, "-c", WATCHING, str(tmp_path)],
        cwd=sites.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    server = int(process.stdout.readline())
    time.sleep(1)
    process.send_signal(end)
    process.wait(timeout=PATIENCE_S)
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)


def test_what_is_staged_anew_is_for_the_engine_that_serves(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "build_scripts.cli.serve.subprocess.run",
        lambda command, **_how: asked.extend(command) or subprocess.CompletedProcess(command, 0),
    )
    chosen = Settings(sites.ROOT, sites.ROOT / "datapackage", date(2026, 11, 28), tmp_path, "zensical")
    _restage(chosen, Console())
    assert asked[asked.index("--engine") + 1] == "zensical"


def test_after_a_change_our_code_is_found_whatever_the_project_s_folder(tmp_path, monkeypatch, capfd):
    real = subprocess.run
    monkeypatch.setattr(
        "build_scripts.cli.serve.subprocess.run",
        lambda command, **how: real([command[0], "-c", "import build_scripts"], **how),
    )
    monkeypatch.delenv("PYTHONPATH", raising=False)
    _restage(Settings(tmp_path, tmp_path / "datapackage", date(2026, 11, 28), tmp_path / "build"), Console())
    assert capfd.readouterr() == ("", "")
