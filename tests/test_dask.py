"""A build spread over a Dask cluster: a real scheduler and two workers on loopback, one killed on the way."""

import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="dask is not installed: requirements/dask.txt")

from site_builds import TODAY, SmallSite, hashes

from build_scripts.build import stage_all
from build_scripts.core.crew import Crew
from build_scripts.core.dask_crew import ClusterError, DaskCrew
from build_scripts.site import page_pool
from build_scripts.site.engine import build_site
from build_scripts.site.manifest import seal
from build_scripts.site.workplace import workplace

ROOT = Path(__file__).parents[1]
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("dask")]


class Cluster:
    """A scheduler and workers on this machine, each a process of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.processes = []
        paths = os.pathsep.join([str(ROOT), str(ROOT / "tests"), *filter(None, [os.environ.get("PYTHONPATH")])])
        self.environment = {**os.environ, "PYTHONPATH": paths}
        self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address = self.wait_for(r"Scheduler at:\s+(tcp://\S+)", 0)

    def start(self, kind, *arguments):
        log = self.folder / f"{kind}-{len(self.processes)}.log"
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments]
        with log.open("wb") as output:
            process = subprocess.Popen(
                command, cwd=self.folder, env=self.environment, stdout=output, stderr=subprocess.STDOUT
            )
        self.processes.append((process, log))
        return process

    def wait_for(self, pattern, number):
        end = time.monotonic() + 120
        while time.monotonic() < end:
            found = re.search(pattern, self.processes[number][1].read_text(errors="replace"))
            if found:
                return found[1]
            time.sleep(0.1)
        raise AssertionError(self.processes[number][1].read_text(errors="replace"))

    def worker(self, name):
        number = len(self.processes)
        process = self.start(
            "worker", self.address, "--host", "127.0.0.1", "--no-dashboard", "--no-nanny", "--name", name,
            "--nthreads", "1", "--local-directory", str(self.folder),
        )  # fmt: skip
        self.wait_for(r"(Registered to)", number)
        return process

    def stop(self):
        for process, _log in reversed(self.processes):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path):
    (tmp_path / "cluster").mkdir()
    it = Cluster(tmp_path / "cluster")
    yield it
    it.stop()


def built(site, crew):
    site.report, _staged = stage_all(site.settings, TODAY, crew)
    with workplace(site.settings.out_dir) as work:
        build_site(site.settings, work, seal(site.settings, site.report), crew)
    return hashes(site.site)


def slow(jobs):
    time.sleep(0.3)
    return [(job, os.getpid()) for job in jobs]


def has_made_pages():
    return bool(page_pool._helper)


def test_workers_do_the_jobs_and_the_death_of_one_loses_none(cluster):
    first, second = cluster.worker("one"), cluster.worker("two")
    with DaskCrew(cluster.address) as crew:
        assert crew.helpers == 2
        shared = crew.share(slow, range(12), 1, alone=100)
        time.sleep(0.5)
        first.kill()
        found = shared.results()
    assert [job for job, _place in found] == list(range(12))
    assert second.pid in {place for _job, place in found}


def test_the_site_is_the_same_when_a_worker_is_killed_midway(cluster, tmp_path, monkeypatch):
    monkeypatch.setattr(page_pool, "POOL_FROM", 10)
    alone = SmallSite(tmp_path / "alone")
    with Crew(0) as nobody:
        expected = built(alone, nobody)
    spread = SmallSite(tmp_path / "spread")
    first, second = cluster.worker("one"), cluster.worker("two")
    charts = spread.settings.cache_dir / "charts"

    def kill():
        while not (charts.is_dir() and any(charts.iterdir())):
            time.sleep(0.05)
        first.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    with DaskCrew(cluster.address) as crew:
        found = built(spread, crew)
        assert all(crew._client.run(has_made_pages).values())
    killer.join()
    assert first.poll() is not None
    assert second.poll() is None
    assert found == expected
    log = (cluster.folder / "scheduler-0.log").read_text(errors="replace")
    assert "Remove worker" in log


@pytest.mark.parametrize(("address", "reason"), [("tcp://127.0.0.1:9", "unreachable"), ("nonsense://", "unreachable")])
def test_without_a_scheduler_there_is_no_crew(address, reason, monkeypatch):
    monkeypatch.setattr("build_scripts.core.dask_crew._PATIENCE", "1s")
    with pytest.raises(ClusterError, match=reason):
        DaskCrew(address)


def test_a_scheduler_without_workers_is_no_crew(cluster):
    with pytest.raises(ClusterError, match="workers"):
        DaskCrew(cluster.address)
