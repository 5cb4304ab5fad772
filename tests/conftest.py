"""Fixtures for every test: small invented packages, the real site, and the one Chromium of a test process."""

import gc
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import memory_disk
import pytest
import sites
from _pytest.nodeid import NodeId
from filelock import FileLock
from hypothesis import settings
from packages import Change, write_package
from playwright.sync_api import sync_playwright
from serving import served

from build_scripts.core import crew
from build_scripts.core.collector import collect_rarely

# A sixth of the time of a run goes into looking for circles of objects otherwise.
collect_rarely()
# Tests have the processors already: a helper of a build inside a test would only learn for itself what is known here.
# Commands that tests run have helpers, and what is said of helpers is tested with some.
crew.processors = lambda: 1
# No case of a random test is too slow: on a busy machine any would be, now and then.
settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture
def make_package(tmp_path: Path) -> Callable[..., Path]:
    """`make_package(*changes)` → the folder of a fresh package; the changes are those of `packages`."""
    count = 0

    def make(*changes: Change) -> Path:
        nonlocal count
        count += 1
        folder = tmp_path / f"package-{count}"
        folder.mkdir()
        return write_package(folder, *changes)

    return make


def _rank(item: pytest.Item) -> int:
    """The longest row of tests that one process must do comes first, the short tests that even out the ends last."""
    group = item.get_closest_marker("xdist_group")
    if group and group.args[0] == "edits":
        return 0
    long = any(map(item.get_closest_marker, ("site", "browser", "slow")))
    return (1 if group else 2) if long else (3 if group else 4)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests that share what their module makes in one process, and begin with the longest rows."""
    for item in items:
        fixtures = item._fixtureinfo.name2fixturedefs.values() if hasattr(item, "_fixtureinfo") else ()
        if not item.get_closest_marker("xdist_group") and any(each[-1].scope == "module" for each in fixtures):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
    items.sort(key=_rank)
    if getattr(config.option, "loadgroup", False):
        _say_groups(items)


def _say_groups(items: list[pytest.Item]) -> None:
    """Put the group into each test's id, by which tests are handed out (`tests/test_groups.py`).

    pytest-xdist 3.8.0 writes it where pytest 9.2 no longer looks, so that every group is torn apart without a word.
    """
    for item in items:
        group = item.get_closest_marker("xdist_group")
        if group:
            item._id = NodeId.parse(f"{item.nodeid}@{group.args[0]}")


def pytest_configure(config: pytest.Config) -> None:
    """Rows of tests are handed out in our order, not by how many tests they have; and tests write where it is quick."""
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory_disk.place()))
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """At the end pytest looks five times for circles among all that a process holds; by now nobody waits for those."""
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--site", type=Path, help="test this built site of the real package instead of building one")


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """The real package's site, built once for all test processes of a run, or the one given with `--site`."""
    given: Path | None = pytestconfig.getoption("--site")
    if given:
        assert (given / "index.html").is_file(), f"no site in {given}"
        return given.resolve()
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    out = shared / "real"
    with FileLock(shared / "real.lock"):
        return out / "site" if (out / "site").is_dir() else sites.build(out)


@pytest.fixture(scope="session")
def chromium():
    """The browser; without one the tests are skipped, in CI they fail. One a process: Playwright allows no second."""
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if not found:
        reason = "no Chromium on PATH: run `make browser`"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def base(real_site: Path):
    """The address of the real site on loopback, ending in a slash."""
    with served(real_site) as url:
        yield url
