"""Releases: what is kept, in which order, and what refuses to be released."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import opendata_samples as samples
import pytest
from all_of import all_of

from build_scripts.core.asof import asof
from build_scripts.core.records import Severity
from build_scripts.exports import Kind, Publication, diff
from build_scripts.exports.releases import published_releases, release_files, releases, version_order
from build_scripts.load import read, records


def publication(version="2026.06", **changes):
    return Publication(samples.edition(meta=samples.meta() | {"version": version}, **changes))


def test_the_released_zip_is_a_package_that_the_engine_reads_back(tmp_path):
    """Whoever downloads the zip can run the same engine on it, and the next release is compared with it."""
    # A cell that begins with a tab is an error for the engine, so no real package has one.
    clean = tuple(replace(target, name=target.name.strip()) for target in samples.package().targets)
    made = publication(targets=clean)
    with zipfile.ZipFile(io.BytesIO(made.zip.content)) as archive:
        archive.extractall(tmp_path)
    tables = read(tmp_path)
    assert {(problem.severity, problem.code) for problem in tables.problems} <= {(Severity.WARNING, "crlf")}
    assert diff(asof(samples.package(targets=clean), samples.AS_OF), records(tables)).changes == ()


def test_first_release_lists_every_row_as_added():
    files, changes = release_files(publication(), None)
    assert set(files) == {
        "2026.06/sample-plan-2026.06.zip", "2026.06/changes.txt", "2026.06/changes.json", "2026.06/release.json",
        "2026.06/SHA256SUMS",
    }  # fmt: skip
    assert changes.count("targets", Kind.ADDED) == 4
    assert {change.kind for change in changes.changes} == {Kind.ADDED}
    text = files["2026.06/changes.txt"].decode()
    assert text.startswith("# 数据变更：首次发布 → 2026.06\n")
    assert "目标：新增4行" in text
    assert "- 新增" not in text


def test_no_released_file_is_one_that_engines_make_a_page_of():
    """The checksums of a version name its files as they are on the site."""
    files, _ = release_files(publication(), None)
    assert not [path for path in files if path.endswith((".md", ".markdown", ".html"))]


def test_later_release_is_compared_and_both_stay():
    first, _ = release_files(publication(), None)
    second, changes = release_files(publication("2026.06.1", bulletins=()), samples.package())
    assert changes.count("bulletins", Kind.REMOVED) == 2
    kept = {**first, **second}
    assert [each.version for each in releases(kept)] == ["2026.06.1", "2026.06"]
    assert releases(kept)[0].previous == "2026.06"
    published = dict(published_releases(kept))
    listed = json.loads(published["data/releases/releases.json"])
    assert published[listed[0]["path"]] == second["2026.06.1/sample-plan-2026.06.1.zip"]
    assert listed[1]["previous"] is None


@all_of("version", ["2026.05", "2026.06", "2026.6", "1.0.0", "2026.13", "v2026.07"])
def test_a_version_that_is_not_later_or_no_calendar_version_is_refused(version):
    with pytest.raises(ValueError, match=version):
        release_files(publication(version), samples.package())


def test_versions_sort_as_numbers():
    versions = ["2026.11.10", "2026.11", "2025.12", "2026.11.2"]
    assert sorted(versions, key=version_order) == ["2025.12", "2026.11", "2026.11.2", "2026.11.10"]
