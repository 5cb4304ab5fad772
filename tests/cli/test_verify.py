"""`verify` on a real site of the invented package: an honest one passes, a touched one and a stale one are named."""

from __future__ import annotations

import json
import shutil

import pytest
import sites
from packages import write_package

from build_scripts import build as stages
from build_scripts.cli.publish import publish
from build_scripts.cli.verify import read_manifest, verify
from build_scripts.core.editions import Edition, editions_in
from build_scripts.core.errors import BuildError, UsageError
from build_scripts.exports import MANIFEST

pytestmark = pytest.mark.site


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A small project folder of its own (package, words, settings) and its site."""
    root = tmp_path_factory.mktemp("project")
    (root / "datapackage").mkdir()
    write_package(root / "datapackage")
    shutil.copytree(sites.ROOT / "docs", root / "docs")
    shutil.copyfile(sites.ROOT / "mkdocs.yml", root / "mkdocs.yml")
    sites.share_store(root)
    return root, sites.build(root / "build", "--package", root / "datapackage")


def test_an_untouched_site_is_built_again_by_mkdocs_itself_byte_for_byte(built, capsys, monkeypatch):
    root, site = built
    manifest = read_manifest(site)
    engines = []
    rebuild = stages.build_site
    monkeypatch.setattr(
        stages, "build_site", lambda second, *rest: engines.append(second.engine) or rebuild(second, *rest)
    )
    paths = {each["path"] for each in manifest["outputs"]}
    assert {"index.html", "data/SHA256SUMS", "api/v1/index.json"} <= paths
    assert MANIFEST not in paths
    verify(root / "datapackage", site)
    assert manifest["outputs_sha256"] in capsys.readouterr().out
    assert (manifest["engine"], engines) == ("pages", ["mkdocs"])


def test_a_site_changed_by_hand_is_refused_with_the_page_named(built, tmp_path):
    root, site = built
    copy = shutil.copytree(site, tmp_path / "site")
    (copy / "data/csv/plans.csv").write_bytes(b"plan_id\n")
    (copy / "added.html").write_bytes(b"")
    with pytest.raises(BuildError, match="有 2 个文件被改动") as caught:
        verify(root / "datapackage", copy)
    assert "data/csv/plans.csv" in str(caught.value)
    assert "added.html" in str(caught.value)


def test_a_package_edited_since_is_said_before_anything_is_built(built):
    root, site = built
    table = root / "datapackage/targets/units.csv"
    before = table.read_bytes()
    try:
        table.write_bytes(before.replace(b"\n", b"\r\n"))
        with pytest.raises(BuildError, match=r"datapackage/targets/units\.csv"):
            verify(root / "datapackage", site)
    finally:
        table.write_bytes(before)


def test_a_site_just_published_passes_where_it_was_built_and_where_it_is_out(built, tmp_path, capsys):
    root, site = built
    package, target = root / "datapackage", tmp_path / "published"
    for number, name in enumerate(("张三", "李四"), start=1):
        publish(name, to=target, package=package)
        for folder in (site, target):
            capsys.readouterr()
            verify(package, folder)
            assert "逐个字节相同" in capsys.readouterr().out
        if number == 1:
            sites.build(root / "build", "--package", package, "--as-of", "2026-03-01")
    first = next(path for path in (tmp_path / "published.versions").iterdir() if path.name.endswith("-1"))
    assert read_manifest(first)["outputs_sha256"] != read_manifest(target)["outputs_sha256"]


def test_a_published_line_or_list_changed_by_hand_is_named(built, tmp_path):
    root, _ = built
    target = tmp_path / "published"
    publish("王五", to=target, package=root / "datapackage")
    page, added = target / "publications/index.html", target / "publications/changes.html"
    page.write_text(page.read_text(encoding="utf-8").replace("王五", "赵六"), encoding="utf-8")
    added.write_text("nothing", encoding="utf-8")
    with pytest.raises(BuildError, match="有 2 个文件被改动") as caught:
        verify(root / "datapackage", target)
    assert "publications/index.html" in str(caught.value)
    assert "publications/changes.html" in str(caught.value)


def test_a_site_in_a_language_that_was_asked_for_is_built_again_in_it(built, tmp_path, capsys):
    root, _ = built
    package, target = root / "datapackage", tmp_path / "published"
    site = sites.build(root / "english", "--package", package, "--language", "en")
    assert read_manifest(site)["languages"] == ["en"]
    verify(package, site)
    assert "逐个字节相同" in capsys.readouterr().out
    publish("王五", out=root / "english", to=target, package=package)
    assert "王五" in (target / "publications/index.html").read_text(encoding="utf-8")
    verify(package, target)
    assert "逐个字节相同" in capsys.readouterr().out


def test_a_site_whose_language_there_are_no_words_of_is_told_so(built, tmp_path):
    root, site = built
    copy = shutil.copytree(site, tmp_path / "site")
    manifest = json.loads((copy / MANIFEST).read_bytes())
    (copy / MANIFEST).write_text(json.dumps({**manifest, "languages": ["xx"]}), encoding="utf-8")
    with pytest.raises(BuildError, match=r"xx.*en、zh"):
        verify(root / "datapackage", copy)


def test_a_site_from_before_languages_were_named_is_in_the_package_s(built, tmp_path):
    _root, site = built
    copy = tmp_path / MANIFEST
    manifest = json.loads((site / MANIFEST).read_bytes())
    assert manifest.pop("languages") == ["zh"]
    copy.write_text(json.dumps(manifest), encoding="utf-8")
    assert editions_in(tmp_path, sites.ROOT) == (Edition("zh"),)


@pytest.mark.parametrize("text", [None, "[]", json.dumps({"as_of": "2026-01-01"}), "{"])
def test_without_a_manifest_the_advice_is_to_build(tmp_path, text):
    if text is not None:
        (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="生成网站"):
        verify(sites.ROOT / "datapackage", tmp_path)
