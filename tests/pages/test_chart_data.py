"""Every chart offers its numbers for programs: in a file of an indicator or target, or in one of its own."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest

from build_scripts.charts import chart_figure
from build_scripts.charts.render import Rendered
from build_scripts.charts.tidy import TYPES
from build_scripts.checks import load_package
from build_scripts.exports import Publication
from build_scripts.exports.edition import assessed_edition
from build_scripts.pages import chart_specs
from build_scripts.pages.chart_data import chart_files, with_data
from build_scripts.report import build_report

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 28)
NOT_DRAWN = Rendered("", "", "", b"")


@pytest.fixture(scope="module")
def made():
    """The published package's charts, not drawn, with the files that go with them."""
    report = build_report(load_package(ROOT / "datapackage", TODAY), TODAY)
    schemas = {
        path.name.removesuffix(".schema.json"): json.loads(path.read_bytes())
        for path in (ROOT / "datapackage/schemas").glob("*.json")
    }
    published = Publication(assessed_edition(report, schemas, sentences={}, base_url="https://example.org/plan/"))
    specs = list(chart_specs(report))
    figures = {each.id: chart_figure(each, NOT_DRAWN, report.package.source_by_id) for each in specs}
    files = {each.path: each.data for each in chart_files(specs, published)}
    files |= {each.path: each.content for each in published.subsets}
    return specs, with_data(figures, specs, published), files


def read(data):
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_every_chart_leads_to_rows_for_programs_and_to_what_they_are(made):
    specs, figures, files = made
    assert len(specs) > 40
    for spec in specs:
        rows, about = (link.address for link in figures[spec.id].data)
        assert rows.endswith(".csv"), spec.id
        assert read(files[rows]), spec.id
        assert not files[rows].startswith(b"\xef\xbb\xbf")
        said = json.loads(files[about])
        assert {"title", "rows", "version", "retrieved", "license", "publisher", "citation", "sha256"} <= said.keys()
        assert said["rows"] == len(read(files[rows]))
        assert [each["name"] for each in said["columns"]] == list(read(files[rows])[0])
        assert all(each["title"] for each in said["columns"])
        assert "definition" in said or "indicator" in said, spec.id


def test_no_file_is_written_for_what_a_file_holds_already(made):
    specs, _figures, files = made
    own = {path for path in files if path.startswith("assets/charts/")}
    assert len(own) == 2 * sum(spec.tidy is not None for spec in specs)
    assert len(own) < len(specs)
    kinds = {spec.kind for spec in specs if spec.tidy is not None}
    assert kinds == {"bullet", "coverage", "deadlines", "status_history", "timeline"}


def test_the_rows_are_what_the_chart_shows(made):
    specs, figures, files = made
    for spec in specs:
        rows = read(files[figures[spec.id].data[0].address])
        if spec.kind == "deadlines":
            assert sum(int(row["count"]) for row in rows) == sum(int(row[-1]) for row in spec.table.rows)
        elif spec.kind == "coverage":
            assert [row["group"] for row in rows] == [row[0] for row in spec.table.rows]
            assert [row["total"] for row in rows] == [row[1] for row in spec.table.rows]
        elif spec.kind == "status_history":
            assert {row["name"] for row in rows} == {row[0] for row in spec.table.rows}
        elif spec.tidy is None:  # the sources of all that is drawn are among those of the file
            assert set(spec.source_ids) <= {row["source_id"] for row in rows}, spec.id


def test_numbers_and_days_in_them_are_numbers_and_days(made):
    for path, data in made[2].items():
        if path.endswith(".tidy.csv"):
            for row in read(data):
                for name, value in row.items():
                    form = {"integer": r"-?\d*", "number": r"-?\d*(\.\d+)?", "date": r"\d{4}-\d\d-\d\d"}
                    assert re.fullmatch(form.get(TYPES.get(name, ""), r"[^\0]+"), value), (path, name, value)


def test_the_lines_name_the_files(made):
    specs, figures, _files = made
    for spec in specs:
        figure = figures[spec.id]
        said = dict(figure.uses)
        assert f'read_csv("https://example.org/plan/{figure.data[0].address}")' in said["pandas"]
        assert f'read.csv("https://example.org/plan/{figure.data[0].address}"' in said["R"]
        assert len(said) == 3
        assert figure.uses_note == ""
