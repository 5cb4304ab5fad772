"""The sample charts, drawn once a session."""

import pytest
import samples

from build_scripts import charts


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
def drawn(specs, tmp_path_factory):
    return charts.render_all(specs, tmp_path_factory.mktemp("cache"))
