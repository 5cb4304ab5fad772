"""The `release` verb on a real folder: twice, with a correction between; refusals leave everything as it was."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from packages import column

from build_scripts.checks import load_package
from build_scripts.cli.options import settings
from build_scripts.cli.release import release
from build_scripts.core.errors import SiteError, UsageError
from build_scripts.exports import artifacts
from build_scripts.exports.citation import cite_dataset
from build_scripts.exports.project import called, kept_files, publication, release_files
from build_scripts.exports.publication import files as opendata_files
from build_scripts.exports.releases import altered
from build_scripts.exports.sdmx import identity
from build_scripts.report import build_report

DAY = "2026-06-30"


def set_version(package: Path, version: str) -> None:
    path = package / "datapackage.json"
    described = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(described | {"version": version}, ensure_ascii=False), "utf-8")


def rename_unit(package: Path, name: str) -> str:
    path = package / "targets/units.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["name"] = name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return rows[0]["unit_id"]


@pytest.fixture
def released(make_package, tmp_path):
    """A package, and the folder with its first release in it."""
    package, folder = make_package(), tmp_path / "releases"
    set_version(package, "2026.06")
    release(package, DAY, folder)
    return package, folder


@pytest.mark.slow
def test_two_releases_and_what_changed_between_them(released, capsys):
    package, folder = released
    first = kept_files(folder)
    unit_id = rename_unit(package, "改名局")
    set_version(package, "2026.07")
    release(package, DAY, folder)
    assert "修改1行" in capsys.readouterr().out
    kept = kept_files(folder)
    assert {path: kept[path] for path in first} == first
    said = json.loads(kept["2026.07/changes.json"])
    (change,) = said["changes"]
    assert (said["old"], said["new"]) == ("2026.06", "2026.07")
    assert (change["kind"], change["table"], change["key"], change["field"]) == ("revised", "units", [unit_id], "name")
    assert change["new"] == "改名局"
    described = json.loads(kept["2026.07/release.json"])
    assert hashlib.sha256(kept[f"2026.07/{described['zip']}"]).hexdigest() == described["sha256"]


@pytest.mark.parametrize(
    ("version", "said"), [("2026.06", "已经发布过"), ("2026.05", "晚于上一版本"), ("七月", "应写成")]
)
def test_a_version_that_cannot_be_released_is_refused_in_words(released, version, said):
    package, folder = released
    before = kept_files(folder)
    set_version(package, version)
    with pytest.raises(UsageError, match=said):
        release(package, DAY, folder)
    assert kept_files(folder) == before


def test_a_version_as_of_a_day_to_come_is_refused(make_package, tmp_path):
    package = make_package()
    set_version(package, "2026.06")
    with pytest.raises(UsageError, match=r"数据截止日 2099年12月31日 还没有到，今天是 .*；版本只能截止到今天或以前"):
        release(package, "2099-12-31", tmp_path / "releases")
    assert not (tmp_path / "releases").exists()


def test_a_damaged_archive_is_named(released):
    package, folder = released
    (archive,) = folder.rglob("*.zip")
    archive.write_bytes(b"not a zip")
    set_version(package, "2026.07")
    with pytest.raises(SiteError, match=r"\.zip 不是发布时的样子"):
        release(package, DAY, folder)
    # And where the checksums say that it was let out so:
    record, right = archive.parent / "release.json", hashlib.sha256(b"not a zip").hexdigest()
    record.write_text(json.dumps(json.loads(record.read_text("utf-8")) | {"sha256": right}), "utf-8")
    (archive.parent / "SHA256SUMS").unlink()
    with pytest.raises(SiteError, match="压缩包"):
        release(package, DAY, folder)
    assert not (folder / "2026.07").exists()


def test_a_build_publishes_the_data_and_the_released_versions(released):
    package, folder = released
    (folder.parent / "mkdocs.yml").write_text("site_url: https://example.org/sub\n", encoding="utf-8")
    chosen = replace(settings(package, DAY), root=folder.parent)
    report = build_report(load_package(package, chosen.as_of), chosen.as_of)
    offered = publication(chosen, report)
    made = {each.path: each.data for each in (*artifacts(offered), *release_files(chosen, offered))}
    (version,) = json.loads(made["data/releases/releases.json"])
    assert made[version["path"]] == kept_files(folder)[version["path"].removeprefix("data/releases/")]
    index = json.loads(made["api/v1/index.json"])
    assert index["meta"]["self"] == "https://example.org/sub/api/v1/index.json"
    explained = json.loads(made["api/v1/targets/gdp-2025.json"])["explanation"]
    assert explained["steps"]
    assert len(explained["sentences"]) == len(explained["steps"])


def published(package, folder):
    """What a site built now would offer, with the releases in `folder` as the project's own."""
    (folder.parent / "mkdocs.yml").write_text("site_url: https://example.org/sub\n", encoding="utf-8")
    chosen = replace(settings(package, DAY), root=folder.parent)
    day = load_package(package, chosen.as_of)
    return publication(chosen, build_report(day, chosen.as_of))


def report_of(package):
    day = settings(package, DAY).as_of
    return build_report(load_package(package, day), day)


def test_a_version_is_its_content(released):
    package, folder = released
    same = published(package, folder).edition
    assert same.version == "2026.06"
    assert same.kept_at.startswith("data/releases/2026.06/")
    assert cite_dataset(same).url.endswith(same.kept_at)
    rename_unit(package, "改名局")
    later = published(package, folder).edition
    assert later.version == "2026.06 之后未发布"
    assert (later.number, later.kept_at) == ("2026.06", "")
    assert later.version in cite_dataset(later).gbt7714()
    set_version(package, "2026.07")
    release(package, DAY, folder)
    assert published(package, folder).edition.version == "2026.07"


@pytest.mark.slow
def test_everything_that_names_a_version_says_when_it_is_another_content(released):
    """Files of all kinds, the manifest of the build, and SDMX, whose versions are three numbers."""
    package, folder = released
    same = published(package, folder)
    assert identity(same.edition).version == "2026.6.0"
    assert called(folder.parent, report_of(package)) == "2026.06"
    rename_unit(package, "改名局")
    later = published(package, folder)
    assert identity(later.edition).version == "2026.6.1-draft"
    assert called(folder.parent, report_of(package)) == "2026.06 之后未发布"
    said = re.compile(r"2026\.0?6(?!\d)(?! 之后未发布|\.1-draft)(?!-\d)")
    for path, data in opendata_files(later):
        with contextlib.suppress(UnicodeDecodeError):
            assert not said.search(data.decode()), path


def test_a_released_file_that_is_altered_or_gone_stops_the_build(released):
    package, folder = released
    assert altered(kept_files(folder)) == ()
    changes = next(folder.rglob("changes.json"))
    changes.write_bytes(changes.read_bytes() + b"\n")
    with pytest.raises(SiteError, match=r"changes\.json.*不是发布时的样子"):
        published(package, folder)
    changes.unlink()
    with pytest.raises(SiteError, match="不见了"):
        published(package, folder)


def test_a_version_from_before_there_were_checksums_is_held_against_its_own_record(released):
    package, folder = released
    next(folder.rglob("SHA256SUMS")).unlink()
    assert published(package, folder).edition.version == "2026.06"
    (archive,) = folder.rglob("*.zip")
    archive.write_bytes(archive.read_bytes() + b"\n")
    with pytest.raises(SiteError, match=r"\.zip"):
        published(package, folder)


def test_a_column_without_values_is_no_other_content(released):
    package, folder = released
    before = published(package, folder).edition.content
    column("observations", "printed_differs")(package)
    assert published(package, folder).edition.content == before


@pytest.mark.slow
@pytest.mark.parametrize("written", range(5))
def test_a_release_ended_between_two_files_is_out_whole_or_not_at_all(released, monkeypatch, written):
    package, folder = released
    before = kept_files(folder)
    set_version(package, "2026.07")
    flushed = []

    def ended(handle):
        if len(flushed) == written:
            raise KeyboardInterrupt
        flushed.append(handle)

    with monkeypatch.context() as patch:
        patch.setattr("build_scripts.cli.release.os.fsync", ended)
        with pytest.raises(KeyboardInterrupt):
            release(package, DAY, folder)
    assert kept_files(folder) == before
    (folder / "2026.07").mkdir()  # as an older program left it
    (folder / "2026.07" / "changes.md").write_text("半", encoding="utf-8")
    release(package, DAY, folder)
    assert {path for path in kept_files(folder) if path not in before} == {
        path.replace("2026.06", "2026.07") for path in before
    }
    assert sorted(each.name for each in folder.iterdir()) == ["2026.06", "2026.07"]
