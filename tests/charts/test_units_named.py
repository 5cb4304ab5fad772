"""A number in a file beside a chart is in a unit that the file names, which may be another than the data's own."""

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from build_scripts.charts.figure import table_csv, vega_lite
from build_scripts.core.language import speaking
from build_scripts.core.translated import translated
from build_scripts.load import read, records
from build_scripts.pages import chart_specs
from build_scripts.report import build_report

ROOT = Path(__file__).parents[2]
# Charts that count targets, under heads that say which.
COUNTS = {"deadlines", "coverage"}
# A unit in brackets at the end of a head.
UNIT = re.compile(r"[(（][^)）]+[)）]$")


@pytest.mark.slow
@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_heads_of_a_chart_s_table_name_the_unit_of_its_numbers(code):
    package = records(read(ROOT / "datapackage"))
    with speaking(code):
        report = build_report(translated(package, code), date(2026, 11, 28))
        specs = [spec for spec in chart_specs(report) if spec.unit and spec.kind not in COUNTS]
        assert len({spec.kind for spec in specs}) > 2
        for spec in specs:
            heads, *rows = csv.reader(io.StringIO(table_csv(spec).decode("utf-8-sig")))
            bare = [head for at, head in enumerate(heads) if _has_figures(rows, at)]
            assert all(UNIT.search(head) for head in bare), (spec.id, heads)
            if spec.kind != "bullet":  # whose cells are shares with their sign, and points
                assert any(spec.unit in head for head in heads), (spec.id, heads)
            assert json.loads(vega_lite(spec, spec.wide))["usermeta"]["unit"] == spec.unit


def _has_figures(rows, at):
    """Whether a column holds bare figures, neither days nor words nor percentages."""
    cells = [row[at] for row in rows if row[at] != "—"]
    return at > 0 and bool(cells) and all(map(_is_figure, cells))


def _is_figure(cell):
    try:
        return Decimal(cell.replace(",", "").replace("−", "-")).is_finite()
    except ArithmeticError:
        return False
