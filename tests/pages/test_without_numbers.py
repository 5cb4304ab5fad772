"""A plan without a document number and short titles leaves no hole: no empty brackets, marks, links or labels."""

import re

from packages import cell
from page_samples import made

from build_scripts.core.asof import asof
from build_scripts.exports import Publication, assessed_edition
from build_scripts.exports.calendar_files import calendar_files
from build_scripts.pages import build_pages
from build_scripts.render import render_page

EMPTY = (
    cell("plans", 2, "doc_number", ""),
    cell("plans", 2, "short_title", ""),
    cell("projects", 2, "short_title", ""),
    cell("projects", 3, "short_title", ""),
)
HOLES = re.compile(
    r"（\s*）|《》|“”|（，|，，|。。|：，|、、|>，|「」|\(\)|<a [^>]*></a>"
    r"|<(dd|dt|th|option|summary|b)(?![^>]*data-)[^>]*></\1>"
)


def test_no_page_has_a_hole(tmp_path):
    given = made(tmp_path, *EMPTY)
    for page in build_pages(given):
        text = render_page(page)
        found = [text[max(0, hole.start() - 40) : hole.end() + 20] for hole in HOLES.finditer(text)]
        assert not found, (page.address, found)
        assert "None" not in text.replace("None-", ""), page.address
    names = {page.title for page in build_pages(given)}
    assert {"测试市发展规划（虚构）", "道路工程（虚构）"} <= names


def test_no_file_names_a_plan_or_project_by_nothing(tmp_path):
    given = made(tmp_path, *EMPTY)
    report = given.report
    assert asof(report.package, report.as_of).plans[0].name == "测试市发展规划（虚构）"
    tables = Publication(assessed_edition(report, {})).tables
    assert set(tables["targets_wide"].column("plan")) == {"测试市发展规划（虚构）"}
    assert "道路工程（虚构）" in tables["targets_wide"].column("project")
    assert not any("（）" in str(value) for value in tables["provenance"].column("document"))
    for each in calendar_files(report):
        assert "《》" not in each.data.decode(), each.path
