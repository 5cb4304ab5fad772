"""axe-core on every kind of page, in both schemes and on a phone: no finding."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.site]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
VIEWS = [(1440, False), (1440, True), (360, False)]


def findings(results):
    """One line a finding: rule, how grave, and the first places."""
    return [
        f"{each['id']} ({each['impact']}) ×{len(each['nodes'])}: "
        + " | ".join(
            f"{node['target']} {node['html'][:160]} {node['failureSummary'][-200:]}" for node in each["nodes"][:3]
        )
        for each in results["violations"]
    ]


@pytest.mark.parametrize(("width", "dark"), VIEWS, ids=["desk-light", "desk-dark", "phone-light"])
def test_axe_finds_nothing(window, base, kind, width, dark):
    page = window(width, dark=dark, reduced_motion="reduce")
    page.goto(base + kind.sample)
    if kind.name != "embed":  # always light, on another site's page
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate" if dark else "default")
    assert not findings(Axe().run(page, options=OPTIONS).response)
