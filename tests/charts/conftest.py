"""The sample charts, drawn once a session."""

from pathlib import Path

import pytest
import samples

from build_scripts import charts

ROOT = Path(__file__).parents[2]


def all_specs():
    specs = [charts.trajectory(entry) for entry in samples.trajectories().values()]
    specs.append(charts.related(samples.related_series()))
    specs += [charts.status_bar(f"status-{name}", tally) for name, tally in samples.TALLIES.items()]
    specs += samples.other_specs()
    return [spec for spec in specs if spec is not None]


@pytest.fixture(scope="session")
def specs():
    return all_specs()


@pytest.fixture(scope="session")
def drawn(specs):
    """What this code has drawn before is taken from the store that all runs share."""
    return charts.render_all(specs, ROOT / ".cache")
