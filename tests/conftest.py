"""Fixtures for every test: `make_package` writes a small invented package with the changes a test asks for."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import sites
from filelock import FileLock
from packages import Change, write_package


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long walk of every page kind through a browser is an audit of its own: `make audit`."""
    for item in items:
        folder = item.path.parent.name
        if folder == "browser" or (folder == "reader" and item.get_closest_marker("browser")):
            item.add_marker(pytest.mark.audit)
