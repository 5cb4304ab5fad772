"""`build` with nothing to do says so at once; whatever could change a byte, and any output not as it was, is seen."""

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date

import pytest
import sites
from packages import cell, write_package

from build_scripts.cli import shortcut
from build_scripts.core.settings import LEDGER, MANIFEST, Settings
from build_scripts.exports.manifest import hashed
from build_scripts.site.last_site import STATE, write_state
from build_scripts.site.manifest import files_below
from build_scripts.site.up_to_date import fingerprint, remember, up_to_date

DAY = date(2026, 11, 28)
CONFIG = "site_name: x\nsite_url: !ENV [SITE_URL, ANOTHER_ADDRESS, '']\n"


@pytest.fixture
def project(tmp_path) -> Settings:
    """A project with a site that was built from it: two files, their manifest, and what is remembered of the build."""
    settings = Settings(tmp_path, tmp_path / "datapackage", DAY, tmp_path / "build")
    for path in ("datapackage/targets", "docs/assets", "releases", "build/site/about"):
        (tmp_path / path).mkdir(parents=True)
    for path in ("datapackage/targets/plans.csv", "docs/about.md", "docs/assets/a.css", "releases/1.zip"):
        (tmp_path / path).write_text(path, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    for path in ("index.html", "about/index.html"):
        (settings.site_dir / path).write_text(path, encoding="utf-8")
    outputs = hashed(files_below(settings.site_dir))
    (settings.site_dir / MANIFEST).write_text(json.dumps({"outputs": outputs}), encoding="utf-8")
    write_state(settings.site_dir, settings.out_dir / STATE, {})
    remember(settings, DAY, fingerprint(settings, DAY), ["all as it was"])
    return settings


def test_a_site_that_still_is_what_its_sources_give_is_up_to_date(project):
    assert up_to_date(project, DAY) == ["all as it was"]
    for path in project.site_dir.rglob("*.html"):
        os.utime(path, (1, 1))
    os.utime(project.root / "docs" / "about.md", (1, 1))
    assert up_to_date(project, DAY) == ["all as it was"], "a time is no content"


def write(path: str, text: str = "other") -> Callable[[Settings], None]:
    return lambda project: (project.root / path).write_text(text, encoding="utf-8") and None


def unlink(path: str) -> Callable[[Settings], None]:
    return lambda project: (project.root / path).unlink()


def rename(path: str, new: str) -> Callable[[Settings], None]:
    return lambda project: (project.root / path).rename(project.root / new) and None


def same_size_and_time(project: Settings) -> None:
    path = project.site_dir / "index.html"
    was = path.stat()
    path.write_text("index.htmm", encoding="utf-8")
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


def link_in_place(project: Settings) -> None:
    (project.root / "aside.html").write_bytes((project.site_dir / "index.html").read_bytes())
    (project.site_dir / "index.html").unlink()
    (project.site_dir / "index.html").symlink_to(project.root / "aside.html")


@pytest.mark.parametrize(
    "change",
    [
        write("datapackage/targets/plans.csv"),
        write("datapackage/targets/new.csv"),
        unlink("datapackage/targets/plans.csv"),
        write("docs/about.md"),
        rename("docs/about.md", "docs/other.md"),
        write("docs/assets/a.css"),
        write("releases/1.zip"),
        write("mkdocs.yml", CONFIG + "extra: {}\n"),
        write(LEDGER),
        write("build/site/index.html"),
        same_size_and_time,
        link_in_place,
        unlink("build/site/index.html"),
        write("build/site/stray.html"),
        write(f"build/site/{MANIFEST}"),
        unlink(f"build/site/{MANIFEST}"),
        write("build/last-build.json", "{"),
        unlink("build/last-build.json"),
    ],
)
def test_a_change_of_any_source_or_output_is_seen(project, change):
    change(project)
    assert up_to_date(project, DAY) is None


def test_another_day_address_program_or_code_is_seen(project, monkeypatch, tmp_path):
    later = date(2026, 11, 29)
    assert up_to_date(dataclasses.replace(project, as_of=later), DAY) is None
    assert up_to_date(project, later) is None
    assert up_to_date(dataclasses.replace(project, known=date(2026, 11, 1)), DAY) is None
    with monkeypatch.context() as patched:
        patched.setenv("ANOTHER_ADDRESS", "https://example.org/")
        assert up_to_date(project, DAY) is None
    with monkeypatch.context() as patched:
        (tmp_path / "packages" / "other-2.0.dist-info").mkdir(parents=True)
        patched.syspath_prepend(tmp_path / "packages")
        assert up_to_date(project, DAY) is None
    with monkeypatch.context() as patched:
        (tmp_path / "fonts").mkdir()
        (tmp_path / "fonts" / "new.ttf").write_bytes(b"")
        patched.setattr("build_scripts.site.up_to_date.FONT_FOLDERS", (str(tmp_path / "fonts"),))
        assert up_to_date(project, DAY) is None, "pictures borrow from fonts"
    with monkeypatch.context() as patched:
        (tmp_path / "code").mkdir()
        patched.setattr("build_scripts.site.up_to_date.CODE", tmp_path / "code")
        assert up_to_date(project, DAY) is None
    assert up_to_date(project, DAY) == ["all as it was"]


def test_a_source_edited_while_the_site_was_built_is_not_taken_for_built(project):
    before = fingerprint(project, DAY)
    (project.out_dir / "last-build.json").unlink()
    write("docs/about.md")(project)
    remember(project, DAY, before, [])
    assert up_to_date(project, DAY) is None


def test_a_site_whose_plugins_may_have_read_more_is_never_taken_for_up_to_date(project):
    (project.out_dir / STATE).unlink()
    (project.out_dir / "last-build.json").unlink()
    remember(project, DAY, fingerprint(project, DAY), [])
    assert up_to_date(project, DAY) is None


def test_only_a_plain_build_is_asked_about(project, monkeypatch):
    monkeypatch.chdir(project.root)
    monkeypatch.setattr(shortcut, "today", lambda: DAY)
    monkeypatch.setattr(shortcut, "today_of", lambda _package: DAY)
    ask = shortcut.nothing_to_do
    assert ask(["build"]) == ["all as it was"]
    assert ask(["build", "--as-of", "2026-11-28", "--engine=pages", "--package", "datapackage"]) == ["all as it was"]
    assert ask(["build", "--out=build"]) == ["all as it was"]
    for other in (
        [],
        ["check"],
        ["build", "--help"],
        ["build", "--stage-only"],
        ["build", "--engine", "mkdocs"],
        ["build", "--as-of", "20261128"],
        ["build", "--as-of", "2026-13-40"],
        ["build", "--as-of", "2026-11-28", "--as-of", "2026-11-28"],
        ["build", "--package", "nowhere"],
        ["build", "--out", "elsewhere"],
        ["build", "--out"],
        ["build", "more"],
    ):
        assert ask(other) is None, other


@pytest.mark.site
def test_a_second_build_brings_in_nothing_heavy_and_a_damaged_site_is_mended(tmp_path):
    package = tmp_path / "package"
    package.mkdir()
    write_package(package)
    site = sites.build(tmp_path / "out", "--package", package)
    page = site / "targets" / "gdp-2025" / "index.html"
    whole, was = page.read_bytes(), page.stat()
    arguments = ["build", "--out", str(tmp_path / "out"), "--as-of", sites.AS_OF, "--package", str(package)]
    code = "import sys\nfrom build_scripts.__main__ import main\nmain()\nprint(len({*sys.modules} & {*%r}))"
    heavy = ("pandas", "frictionless", "typer", "rich", "mkdocs", "jinja2", "altair", "tomllib")
    again = subprocess.run(
        [sys.executable, "-c", code % (heavy,), *arguments], cwd=sites.ROOT, capture_output=True, text=True, check=False
    )
    assert "没有变化" in again.stdout, again.stdout + again.stderr
    assert again.stdout.splitlines()[-1] == "0"
    assert page.stat().st_ino == was.st_ino

    page.write_bytes(whole[:-1] + b"!")
    mended = sites.run(*arguments)
    assert "网站已建成" in mended.stdout, mended.stdout + mended.stderr
    assert page.read_bytes() == whole


@pytest.mark.site
def test_what_whoever_builds_should_know_is_said_again_when_nothing_changed(tmp_path):
    package = tmp_path / "package"
    package.mkdir()
    write_package(package, *(cell("indicators", 2, "name", "地区生产总值☃"),))
    sites.build(tmp_path / "out", "--package", package)
    again = sites.run("build", "--out", tmp_path / "out", "--as-of", sites.AS_OF, "--package", package)
    assert "☃" in again.stdout
    assert "没有变化" in again.stdout
