"""A benchmark exits 1 when a limit is broken, and only then."""

import sys
from pathlib import Path

import pytest
from all_of import all_of

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import measure
import peer
import site_stage

ROUND = {
    "bare MkDocs, the same pages": 8.0,
    "whole, from nothing": 10.0,
    "whole, nothing changed": 0.3,
    "whole, one value": 5.0,
    "in serve, one value": 2.9,
}


@all_of(
    "changed, broken",
    [
        ({}, False),
        ({"whole, from nothing": 10.5}, True),
        ({"whole, nothing changed": 1.6}, True),
        ({"whole, one value": 9.1}, True),
        ({"in serve, one value": 3.1}, True),
    ],
)
def test_each_limit_of_a_build_counts(changed, broken):
    seconds = {name: (wall, wall) for name, wall in {**ROUND, **changed}.items()}
    assert site_stage.is_broken([seconds]) == broken
    table = "\n".join(site_stage.shown([seconds]))
    assert table.count("(at most") == 4


@pytest.mark.parametrize(
    ("few", "many", "code"),
    [((7.9, 8.0), (44.0, 40.0), 0), ((8.1, 8.0), (44.0, 40.0), 1), ((7.0, 4.0), (44.0, 40.0), 1)],
)
def test_indicators_have_a_time_each_and_a_slope_together(monkeypatch, few, many, code):
    times = {200: few, 1000: many}
    monkeypatch.setattr(sys, "argv", ["peer.py", "200", "1000"])
    monkeypatch.setattr(peer, "build", lambda count, _root: measure.Run(*times[count], 400, 0))
    assert peer.main() == code
