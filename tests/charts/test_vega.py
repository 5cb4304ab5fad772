"""The engine that draws charts is asked only where it can start: it would take the process along."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPEC = "{'mark': 'bar', 'data': {'values': [{'a': 1}]}, 'encoding': {'x': {'field': 'a', 'type': 'quantitative'}}}"
ASK = f"""
from build_scripts.charts.vega import engine
from build_scripts.core.errors import ChartError
try:
    print(len(engine().vegalite_to_vega({SPEC})) > 5)
except ChartError as failure:
    print(failure)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count addresses otherwise")
@pytest.mark.parametrize(("gib", "said"), [(64, "最多只能用 65536 MiB 地址空间"), (128, "True")])
def test_a_limit_on_addresses_is_told_in_a_line(gib, said):
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (gib << 30, gib << 30))

    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=limited
    )
    assert done.returncode == 0, done.stderr
    assert said in done.stdout
