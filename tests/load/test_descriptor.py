"""What the descriptor is told to hold at a glance is what a closer look finds."""

import json

import pytest

from build_scripts.load import descriptor
from build_scripts.load.violations import Place


@pytest.mark.parametrize("escaped", [False, True])
def test_text_taken_for_plain_holds_nothing_that_a_closer_look_would_find(escaped):
    plain = 0
    for code in (*range(0x3100), *range(0xFE00, 0x10000)):
        text = json.dumps({"label": f"a{chr(code)}"}, ensure_ascii=escaped)
        if not descriptor._is_plain(text):
            continue
        plain += 1
        assert descriptor._unsafe_strings(Place("datapackage.json"), text, json.loads(text)) == [], hex(code)
    assert plain > 90
