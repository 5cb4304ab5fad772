"""The example of another government: it is clean, it is its own, and a reader can tell that it is an example."""

import csv
import re
import shutil
import subprocess
import sys

import pytest
import sites
from selectolax.lexbor import LexborHTMLParser
from site_builds import by_mkdocs, hashes

from build_scripts.core.language import speaking

EXAMPLE = sites.ROOT / "examples" / "canada"
PACKAGE = EXAMPLE / "datapackage"
HAN = re.compile(r"[\u3400-\u9fff]")
SAID = ("Example: Canada", "Not a government website")


def rows(path: str) -> list[dict[str, str]]:
    with (PACKAGE / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def texts(folder):
    """The texts of a folder, without the engine's own styles and scripts."""
    kinds = {".md", ".yml", ".csv", ".json", ".html", ".xml", ".txt", ".ics"}
    return [path for path in sorted(folder.rglob("*")) if path.suffix in kinds and "assets" not in path.parts]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The example's site, built away from the checkout as `make example` builds it in place."""
    folder = tmp_path_factory.mktemp("canada")
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("build", ".cache", "assets"))
    subprocess.run([sys.executable, sites.ROOT / "examples" / "assets.py", folder], check=True)
    done = sites.run("build", "--package", folder / "datapackage", "--as-of", "2026-11-28")
    assert done.returncode == 0, done.stdout + done.stderr
    assert str(folder / "build" / "site") in done.stdout
    return folder / "build" / "site"


def test_the_package_has_no_errors():
    done = sites.run("check", "--package", PACKAGE)
    assert done.returncode == 0, done.stdout


def test_it_holds_every_numeric_target_with_the_authoritys_judgement():
    targets = {row["target_id"] for row in rows("targets/targets.csv")}
    assert len(targets) == 43
    assert {row["target_id"] for row in rows("progress/official_judgements.csv")} == targets
    assert all(row["url"] for row in rows("progress/sources.csv"))


def test_a_dozen_indicators_are_told_apart_by_place_sex_or_age():
    series = {row["series_id"]: row["indicator_id"] for row in rows("targets/series.csv")}
    dimensions = {row["dimension"] for row in rows("targets/series_dimensions.csv")}
    assert dimensions == {"Province or territory", "Sex", "Age"}
    assert len(set(series.values())) >= 12
    assert {row["series_id"] for row in rows("progress/breakdowns.csv")} == set(series)


def test_every_name_is_said_in_french_too():
    said = {(row["table"], row["key"]) for row in rows("targets/translations.csv") if row["lang"] == "fr"}
    for table, key in (("indicators", "indicator_id"), ("targets", "target_id"), ("projects", "project_id")):
        assert {(table, row[key]) for row in rows(f"targets/{table}.csv")} <= said


def test_nothing_of_the_first_city_is_in_it():
    found = texts(PACKAGE) + texts(EXAMPLE / "docs") + [EXAMPLE / "mkdocs.yml"]
    assert len(found) > 30
    for path in found:
        text = path.read_text(encoding="utf-8")
        assert not HAN.search(text), path
        assert "lishui" not in text.lower(), path


@pytest.mark.slow
def test_the_agreement_is_what_the_notes_say():
    script = sites.ROOT / "benchmarks" / "agreement.py"
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "| **all** | 39 | 35 | 39 |"
    notes = (sites.ROOT / "docs" / "method-notes.md").read_text(encoding="utf-8")
    assert "| 合计 | 39 | 35 | 39 |" in notes


@pytest.mark.site
def test_every_page_of_the_site_is_in_english_and_says_what_it_is(built):
    pages = sorted(built.rglob("*.html"))
    assert len(pages) > 150
    for path in texts(built):
        text = path.read_text(encoding="utf-8")
        assert not HAN.search(text), path.relative_to(built)
        assert "lishui" not in text.lower(), path.relative_to(built)
    for path in pages:
        if "embed" not in path.parts:
            text = path.read_text(encoding="utf-8")
            assert all(words in text for words in SAID), path.relative_to(built)
            bar = LexborHTMLParser(text).css_first("p.unofficial")
            assert bar.text().startswith("An example. Not a government website"), path.relative_to(built)


@pytest.mark.site
def test_the_site_is_what_mkdocs_gives(built, tmp_path):
    with speaking("en"):
        assert by_mkdocs(built.parent, built.parents[1], tmp_path) == hashes(built)


@pytest.mark.site
def test_the_authoritys_judgement_stands_beside_ours_with_the_reason(built):
    page = (built / "targets" / "zero-emission-cars-2030" / "index.html").read_text(encoding="utf-8")
    assert "The authority’s own judgement" in page
    assert "‘On track’" in page
    assert "the same number of percentage points every year" in page
    same = (built / "targets" / "clean-jobs-2026" / "index.html").read_text(encoding="utf-8")
    assert "This site reaches the same result." in same


@pytest.mark.site
def test_the_example_names_where_its_figures_are_from(built):
    page = (built / "about" / "index.html").read_text(encoding="utf-8")
    assert "not a site of the Government of Canada" in re.sub(r"\s+", " ", page).replace("It is ", "")
    assert "This does not constitute an endorsement by Statistics Canada of this product" in page
