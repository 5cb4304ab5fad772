"""Fixtures for every test: `make_package` writes a small invented package with the changes a test asks for."""

from collections.abc import Callable
from pathlib import Path

import pytest
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
