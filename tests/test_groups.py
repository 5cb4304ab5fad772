"""Tests of one group are done by one process: what their module makes is made once."""

from pathlib import Path

import pytest

GROUP = "one-row"


@pytest.fixture(scope="module")
def by_group(request: pytest.FixtureRequest) -> None:
    """Whether tests are handed out by group in this run; there is nothing to see otherwise."""
    if not getattr(request.config.option, "loadgroup", False):
        pytest.skip("tests are not handed out by group here")


@pytest.mark.xdist_group(GROUP)
def test_a_group_is_in_the_id_by_which_tests_are_handed_out(by_group, request):
    assert request.node.nodeid.endswith(f"@{GROUP}")


@pytest.fixture(scope="module")
def makers(by_group, tmp_path_factory) -> Path:
    """A file of all processes of the run, in which each that makes something for this module leaves a line."""
    path = tmp_path_factory.getbasetemp().parent / f"makers-{GROUP}"
    with path.open("a", encoding="utf-8") as file:
        file.write("made\n")
    return path


@pytest.mark.parametrize("turn", range(6))
def test_what_a_module_makes_for_its_tests_is_made_once(makers, turn):
    assert makers.read_text(encoding="utf-8") == "made\n", turn
