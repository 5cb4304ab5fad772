"""A page of the real site that keeps what it complained about."""

import pytest


@pytest.fixture(scope="session")
def address(base):
    """Where the real site is served, ending in a slash."""
    return base


@pytest.fixture
def page(chromium):
    """A page of a fresh profile; `page.complaints` collects errors of scripts, the console and the policy."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    opened = context.new_page()
    opened.complaints = []
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.on("console", lambda said: opened.complaints.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
