"""Libraries that come when they are needed, not before."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def in_a_process(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


@pytest.mark.slow
def test_building_brings_in_no_library_that_only_a_new_form_or_table_needs():
    asked = "assert not {'altair', 'pyarrow', 'numpy', 'pandas', 'frictionless'} & set(sys.modules)"
    in_a_process(f"import sys, build_scripts.cli.build; {asked}")


@pytest.mark.slow
def test_altair_comes_with_its_first_attribute():
    in_a_process(
        "import sys; from build_scripts.charts.alt import alt; assert 'altair' not in sys.modules\n"
        "from altair import Chart; assert alt.Chart is Chart"
    )
