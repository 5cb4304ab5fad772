"""Tables that a browser lays out when the reader nears them take their room before."""

import pytest

pytestmark = [pytest.mark.site, pytest.mark.browser]
# Tables not laid out yet that would reach over the end of the room they are given, onto what comes after them.
REACHING_OVER = """() => [...document.querySelectorAll(".frame:has(> table.report)")]
  .filter(frame => frame.firstElementChild.getBoundingClientRect().bottom > frame.getBoundingClientRect().bottom + 1)
  .map(frame => frame.getAttribute("aria-labelledby"))"""
FRAMES = "() => document.querySelectorAll('.frame:has(> table.report)').length"


@pytest.mark.parametrize("width", [360, 1440])
def test_no_table_of_the_report_reaches_over_the_next(window, base, width):
    page = window(width)
    page.goto(f"{base}report/")
    assert page.evaluate(FRAMES) > 10
    assert page.evaluate(REACHING_OVER) == []
