"""A few hundred slips of the pen in the published package: few pass in silence, and honest edits make no noise."""

import random
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))
from mutants import HONEST, SLIPS, next_year
from tally import NOISE_AT_MOST, SILENT_AT_MOST, Bench, run, table, totals

pytestmark = pytest.mark.slow

# Classes that a row cannot prove by itself, with the reason (docs/security.md); all others are caught by half.
KNOWN_WEAK = {"growth, digit", "growth, sign", "indicator, same unit", "target region"}


@pytest.fixture(scope="module")
def bench():
    return Bench()


def test_few_slips_pass_in_silence(bench):
    tally = run(SLIPS, 240, 7, bench)
    made, silent = totals(tally)
    assert made > 200
    assert silent <= SILENT_AT_MOST * made, table(tally)
    weak = {name for name, count in tally.items() if len(count.silent or []) * 2 > count.made}
    assert weak <= KNOWN_WEAK, table(tally)


def test_honest_edits_make_no_noise(bench):
    tally = run(HONEST, 140, 7, bench)
    made, silent = totals(tally)
    assert made > 100
    assert made - silent <= NOISE_AT_MOST * made, {name: count.silent for name, count in tally.items()}


def test_next_years_figures_make_no_noise(bench):
    dice = random.Random(7)
    made = [new for row in bench.rows["observations"] if (new := next_year(row, dice, bench.rows)) is not None]
    sources = {source["source_id"]: source for _figure, source in made}
    ends = len(bench.rows["observations"]), len(bench.rows["sources"])
    rows = {("observations", ends[0] + at): figure for at, (figure, _source) in enumerate(made)}
    rows |= {("sources", ends[1] + at): source for at, source in enumerate(sources.values())}
    known = {(each.file, each.row, each.code) for each in bench.before}
    new = [each for each in bench.problems(rows) if (each.file, each.row, each.code) not in known]
    assert len(made) > 20
    assert len(new) <= NOISE_AT_MOST * len(made), [str(each) for each in new]


def test_the_dice_is_seeded(bench):
    assert run(SLIPS[:3], 6, 1, bench) == run(SLIPS[:3], 6, 1, bench)
