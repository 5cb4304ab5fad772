"""Who helps with a build: what the options ask for, and one clear line where that cannot be."""

import sys

import pytest

from build_scripts.cli.executors import Executor, crew_of
from build_scripts.core.crew import Crew
from build_scripts.core.errors import UsageError


def test_this_machine_is_the_usual_crew():
    with crew_of(Executor.LOCAL, None) as crew:
        assert type(crew) is Crew


@pytest.mark.parametrize(
    ("executor", "scheduler", "words"),
    [(Executor.DASK, None, "--scheduler tcp://"), (Executor.LOCAL, "tcp://127.0.0.1:8786", "--executor dask")],
)
def test_a_scheduler_and_dask_belong_together(executor, scheduler, words):
    with pytest.raises(UsageError, match=words):
        crew_of(executor, scheduler)


def test_without_the_library_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"requirements/dask\.txt"):
        crew_of(Executor.DASK, "tcp://127.0.0.1:9")
