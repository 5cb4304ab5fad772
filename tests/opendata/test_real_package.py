"""The project's own package: everything that is published of it is valid, complete and reads back."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from datetime import date
from pathlib import Path

import frictionless
import jsonschema
import opendata_samples as samples
import pytest

from build_scripts.core.asof import asof
from build_scripts.core.spreadsheet import escape
from build_scripts.exports import Publication, assessed_edition, diff
from build_scripts.load import read, records
from build_scripts.report import build_report

pytestmark = pytest.mark.slow

AS_OF = date(2026, 11, 21)


@pytest.fixture(scope="module")
def real():
    """The real package as the method judges it, with its history."""
    package = records(read(samples.ROOT / "datapackage"))
    return Publication(
        assessed_edition(build_report(package, AS_OF), samples.schemas(), base_url="https://example.org/")
    )


@pytest.fixture(scope="module")
def folder(real, tmp_path_factory):
    return samples.write(real, tmp_path_factory.mktemp("real"))


def test_no_target_has_a_history_before_its_plan_was_issued(real):
    package = real.edition.package
    first = {name: points[0].as_of for name, points in real.edition.history_by_target.items()}
    assert set(first) == set(package.target_by_id)
    for name, day in first.items():
        issued = package.plan_by_id[package.target_by_id[name].plan_id].issued_on
        assert 0 <= (day - issued).days < 93


@pytest.mark.slow
def test_frictionless_and_the_engine_read_the_zip(real, folder, tmp_path):
    with zipfile.ZipFile(folder / f"data/{real.edition.name}.zip") as archive:
        archive.extractall(tmp_path)
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])[:5]
    again = records(read(tmp_path))
    assert diff(real.edition.package, again).changes == ()


def test_database_has_no_dangling_link(real, folder):
    with sqlite3.connect(folder / f"data/{real.edition.name}.sqlite") as base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("SELECT count(*) FROM targets").fetchone() == (len(real.edition.package.targets),)


@pytest.mark.slow
def test_every_answer_is_valid(folder):
    root = folder / "api/v1"
    schemas = {path.stem: json.loads(path.read_text("utf-8")) for path in (root / "schemas").glob("*.json")}
    index = json.loads((root / "index.json").read_text("utf-8"))
    for endpoint in index["endpoints"]:
        validator = jsonschema.Draft202012Validator(schemas[Path(endpoint["schema"]).stem])
        pattern = endpoint["path"].removeprefix("https://example.org/").replace("{target_id}", "*")
        paths = list(folder.glob(pattern))
        assert len(paths) == (endpoint["count"] if "*" in pattern else 1)
        for path in paths:
            assert not list(validator.iter_errors(json.loads(path.read_text("utf-8")))), path


def test_figures_of_the_package_survive_json(real):
    """JSON numbers are read as binary floats; no figure has so many digits that this would change it."""
    table = real.tables["observations"]
    for value in table.column("value"):
        assert value is None or type(value)(repr(float(value))) == value


def test_nothing_published_is_later_than_the_day(real):
    assert all(each.pub <= AS_OF for each in real.edition.package.observations)
    assert asof(real.edition.package, AS_OF) == real.edition.package


def test_every_address_in_the_guide_is_published(folder):
    """The guide for users names files and answers by address; each must be there."""
    guide = (samples.ROOT / "docs/open-data.md").read_text("utf-8")
    named = set(re.findall(r"\b((?:data|api|badges)/[\w./-]*\w/?)", guide))
    assert len(named) > 25
    assert {address for address in named if not (folder / address).exists()} == set()


def test_the_guide_names_every_sign_that_is_escaped():
    guide = (samples.ROOT / "docs/open-data.md").read_text("utf-8")
    for sign in "=+-@":
        assert f"`{sign}`" in guide
        assert escape(f"{sign}1") == f"'{sign}1"
    assert escape("\t1") == "'\t1"
