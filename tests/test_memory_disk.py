"""Tests write into memory only where that has the room."""

import tempfile
from pathlib import Path

import memory_disk
import pytest

ELSEWHERE = Path(tempfile.gettempdir())


@pytest.fixture
def roomy(tmp_path, monkeypatch):
    """A folder with room enough."""
    monkeypatch.setattr(memory_disk, "ROOM", 1)
    return tmp_path


def test_a_folder_with_room_on_a_machine_with_memory_is_taken(roomy):
    assert memory_disk.place(roomy, memory_disk.MEMORY) == roomy


def test_memory_that_is_nearly_full_is_left_to_programs(roomy):
    assert memory_disk.place(roomy, memory_disk.MEMORY - 1) == ELSEWHERE


def test_a_folder_that_is_too_small_is_not(tmp_path, monkeypatch):
    monkeypatch.setattr(memory_disk, "ROOM", 1 << 62)
    assert memory_disk.place(tmp_path, memory_disk.MEMORY) == ELSEWHERE


def test_a_folder_that_is_not_there_is_not(roomy):
    assert memory_disk.place(roomy / "none", memory_disk.MEMORY) == ELSEWHERE
