"""Hand-written notes on practice and supervision: the strict build checks their links to target pages."""

from pathlib import Path

import pytest
import sites

from build_scripts.starter import write_starter

pytestmark = pytest.mark.site
ROOT = Path(__file__).parents[1]
NOTE = "# 一项做法\n\n见[绿化覆盖率](../targets/{target}/index.md)。\n"


@pytest.fixture
def city(tmp_path):
    """A small site of its own with the project's folder of notes."""
    folder = tmp_path / "city"
    write_starter(folder, ROOT)
    sites.share_store(folder)
    notes = folder / "docs" / "practice"
    notes.mkdir()
    (notes / "index.md").write_bytes((ROOT / "docs" / "practice" / "index.md").read_bytes())
    return folder


def build(city, target):
    (city / "docs" / "practice" / "2026-note.md").write_text(NOTE.format(target=target), encoding="utf-8")
    return sites.run("build", "--package", city / "datapackage", "--as-of", "2026-07-01")


def test_a_note_that_links_to_a_target_becomes_a_page(city):
    result = build(city, "green-coverage-2030")
    assert result.returncode == 0, result.stdout + result.stderr
    page = (city / "build" / "site" / "practice" / "2026-note" / "index.html").read_text(encoding="utf-8")
    assert 'href="../../targets/green-coverage-2030/"' in page
    folder = (city / "build" / "site" / "practice" / "index.html").read_text(encoding="utf-8")
    assert "尚未收录" in folder


def test_a_note_that_links_to_no_target_stops_the_build_and_is_named(city):
    result = build(city, "no-such-target")
    said = result.stdout + result.stderr
    assert result.returncode == 3
    assert "practice/2026-note.md" in said
    assert "../targets/no-such-target/index.md" in said
    assert "Traceback" not in said
    assert not (city / "build" / "site").exists()
