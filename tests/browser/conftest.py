"""One Chromium and one server for all browser tests of a process."""

import os
import shutil
from pathlib import Path

import pytest
from kinds import KINDS
from playwright.sync_api import sync_playwright
from serving import served

NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromium():
    """The browser; without one the tests are skipped, in CI they fail."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    if not found:
        reason = "no Chromium on PATH: run `make browser`"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def base(real_site: Path):
    """The address of the real site on loopback, ending in a slash."""
    with served(real_site) as url:
        yield url


@pytest.fixture(params=KINDS, ids=lambda kind: kind.name)
def kind(request):
    """Every kind of page in turn."""
    return request.param


@pytest.fixture
def window(chromium):
    """`window(width=1440, dark=False, …)` → a page in a fresh profile; all are closed after the test."""
    opened = []

    def make(width: int = 1440, *, dark: bool = False, **options):
        scheme = "dark" if dark else "light"
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, locale="zh-CN", **options
        )
        opened.append(context)
        return context.new_page()

    yield make
    for context in opened:
        context.close()
