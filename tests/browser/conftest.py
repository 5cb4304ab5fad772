"""Pages of every kind, and windows of every width, for the walk through the real site."""

import pytest
from kinds import KINDS


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
