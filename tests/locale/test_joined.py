"""A number and its unit are joined by one function, in sentences of the catalogue as everywhere else."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from build_scripts.core.language import known_languages, speaking
from build_scripts.core.printed import Sense, readings
from build_scripts.core.records import Observation
from build_scripts.forms.compare_figures import _words as figure_words
from build_scripts.forms.goals import figure
from build_scripts.forms.numbers import _figure
from build_scripts.locale import in_a_row, t, titled, with_unit
from build_scripts.locale.catalogue import _words

SOURCE = Path(__file__).parents[2] / "build_scripts"
# The sentences that say how the two are joined.
JOINS = {"format.unit", "format.symbol", "format.currency", "format.multiple", "format.scale.unit"}
# Here the unit stands in brackets behind words.
IN_BRACKETS = {"indicator.breakdown.caption"}
SEEN = Observation(
    indicator_id="gdp", region_id="city", period="2024", basis="main", pub=date(2025, 1, 1), source_id="s",
    value=Decimal("218.118"), obs_status="P", yoy=None,
    yoy_real=None, figure_as_printed="", note="",
)  # fmt: skip


def test_sentences_join_by_that_function():
    facts = {
        "found": "5",
        "unit": "people",
        "own_period": "2024",
        "before": "1",
        "other_period": "2023",
        "change": "up",
    }
    with speaking("en"):
        said = t("forms_lines.checked_jump.what", **facts)
        assert "5 people was entered for 2024; compared with 1 person for 2023" in said
        dollars = t("forms.goal.ge", value="5", unit="$ million")
        assert dollars == "≥ $5 million"
        assert t("forms.goal.between", value="5", high="7", unit="%") == "5–7%"
    assert t("forms.goal.ge", value="2,800", unit="亿元") == "≥2,800亿元"


def test_no_sentence_glues_a_number_and_a_unit():
    glued = re.compile(r"(?:\}|\d) ?\{unit\}")
    for code in known_languages():
        texts = {key: str(entry) for key, entry in _words(code).items() if key not in JOINS | IN_BRACKETS}
        assert [key for key, text in texts.items() if glued.search(text)] == []


def test_no_code_glues_a_number_and_a_unit():
    glued = re.compile(r"\} ?\{(?:\w+\.)*unit\}")
    found = [
        (path.name, line)
        for path in SOURCE.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if glued.search(line) and "catalogue.py" not in path.name
    ]
    assert [each for each in found if "sense.unit" not in each[1]] == []


@pytest.mark.parametrize("unit", ["billion yuan", "people", "%", "$ million", "100 million yuan"])
def test_forms_say_figures_as_pages_do(unit):
    with speaking("en"):
        said = with_unit("218.118", unit)
        assert figure(SEEN, unit) == f"2024: {said}"
        assert figure_words(SEEN.value, "P", unit) == f"{said} (Preliminary)"
        printed = _figure(SEEN.value, unit).printed
        assert printed == (said if unit[0].isalpha() or unit[0] in "%$" else f"218.118 × {unit}")
        assert SEEN.value in readings(printed, Sense(unit)), "what is kept can be read again"


def test_the_last_in_a_row_is_joined_as_the_language_does():
    assert in_a_row(["甲", "乙", "丙"]) == "甲、乙、丙"
    with speaking("en"):
        assert in_a_row(["3 figures", "1 step"]) == "3 figures and 1 step"
        assert in_a_row(["a", "b", "c"]) == "a, b and c"
        assert (in_a_row(["a"]), in_a_row([])) == ("a", "")


def test_a_title_with_quotation_marks_of_its_own_keeps_them_inside_those_around_it():
    with speaking("en"):
        assert titled("Lishui’s ‘Ten Major Projects’") == "‘Lishui’s “Ten Major Projects”’"
        title = titled("Lishui’s ‘Ten Major Projects’")
        assert t("explain.part.source", title=title).endswith("source: ‘Lishui’s “Ten Major Projects”’")
        assert with_unit("23.1", t("reading.points")) == "23.1 percentage points"
    for code in known_languages():
        texts = {key: str(entry) for key, entry in _words(code).items() if ".points" in key}
        assert [key for key, text in texts.items() if text != text.strip()] == []
