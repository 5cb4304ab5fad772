"""Whole pages of the invented package, compared with reviewed copies: a change in any word or mark shows as a diff.

After an intended change: `UPDATE_GOLDEN=1 python -m pytest tests/pages/test_golden.py`, then read the diff.
"""

import os
from pathlib import Path

import pytest

from build_scripts.pages import build_pages
from build_scripts.render import render_page

GOLDEN = Path(__file__).parents[1] / "golden" / "pages"
SHOWN = (
    "",
    "plans/test-plan/",
    "projects/road/",
    "projects/show/",
    "targets/gdp-2025/",
    "targets/parks-again/",
    "targets/open-2024/",
    "indicators/parks/",
    "regions/group-ab/",
    "units/transport/",
    "sources/gazette/",
)


@pytest.fixture(scope="module")
def rendered(given):
    return {page.address: render_page(page) for page in build_pages(given) if page.address in SHOWN}


@pytest.mark.parametrize("address", SHOWN)
def test_the_page_is_as_reviewed(rendered, address):
    file = GOLDEN / f"{address.strip('/').replace('/', '.') or 'home'}.md"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(rendered[address], encoding="utf-8", newline="\n")
    assert rendered[address] == file.read_text(encoding="utf-8")
