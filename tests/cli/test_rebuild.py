"""The warm process behind `serve` tidies up only when nobody waits."""

import os

import pytest

from build_scripts.cli import rebuild


@pytest.fixture
def asked(monkeypatch):
    """The writing end of what the process reads its lines from."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as lines, os.fdopen(writing, "w") as ask:
        monkeypatch.setattr(rebuild.sys, "stdin", lines)
        yield ask


def test_a_line_that_comes_soon_is_seen_and_still_there(asked):
    assert not rebuild._is_asked(0.01)
    asked.write("build\n")
    asked.flush()
    assert rebuild._is_asked(5)
    assert rebuild.sys.stdin.readline() == "build\n"


def test_a_system_that_cannot_say_says_no(monkeypatch):
    def refuse(*_files):
        raise OSError

    monkeypatch.setattr(rebuild.select, "select", refuse)
    assert not rebuild._is_asked(5)
