"""A crew makes the status history that one process would make."""

from pathlib import Path

import pytest

from build_scripts.core.crew import Crew
from build_scripts.core.periods import year_end
from build_scripts.load import read, records
from build_scripts.report import build_report, past

ROOT = Path(__file__).parents[1]


def reports():
    package = records(read(ROOT / "datapackage"))
    return [build_report(package, year_end(2024)) for _ in range(2)]


@pytest.mark.slow
def test_a_crew_gives_the_history_of_one_process(tmp_path, monkeypatch):
    monkeypatch.setattr(past, "WORTH", 1)
    alone, shared = reports()
    with Crew(1) as crew:
        past.make_history(shared, crew, tmp_path)
    assert "history" in vars(shared)
    assert shared.history == alone.history
    assert shared.history_by_target == alone.history_by_target
    assert not any(path.is_file() for path in tmp_path.rglob("*"))


def test_a_small_package_and_no_crew_are_left_alone(tmp_path):
    small, other = reports()
    with Crew(1) as crew:
        past.make_history(small, crew, tmp_path)
    with Crew(0) as nobody:
        past.make_history(other, nobody, tmp_path)
    assert "history" not in vars(small)
    assert "history" not in vars(other)
