"""The real package as it is committed, copies of it to add to, and its bulletins as staged text."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from build_scripts.bulletins import digests
from build_scripts.cards import card_files
from build_scripts.checks import load_package
from build_scripts.pages import SiteData, bulletin
from build_scripts.render import render_page
from build_scripts.report import build_report

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def real():
    return load_package(ROOT / "datapackage", TODAY)


@pytest.fixture(scope="session")
def told(real):
    """The real bulletins' digests by id."""
    return {digest.bulletin.bulletin_id: digest for digest in digests(real, TODAY)}


@pytest.fixture
def copied(tmp_path):
    """A copy of the real package to append to."""
    return Path(shutil.copytree(ROOT / "datapackage", tmp_path / "datapackage"))


def bulletin_texts(package, today=TODAY) -> dict[str, str]:
    """The staged Markdown of every bulletin's page, by address."""
    given = SiteData(build_report(package, today), digests=digests(package, today))
    return {page.address: render_page(page) for page in bulletin.pages(given)}


def bulletin_files(package, today=TODAY) -> dict[str, str | bytes]:
    """The pages as above, and the picture that each is shared with, by path."""
    given = SiteData(build_report(package, today), digests=digests(package, today))
    pages = list(bulletin.pages(given))
    made = card_files(pages, "测试站", today, ROOT / ".cache")
    return {page.address: render_page(page) for page in pages} | {card.path: card.data for card in made}
