"""A new city starts from `init`: a valid package and a site that builds, with nothing about Lishui in it."""

import subprocess
import sys
from pathlib import Path

import pytest

from build_scripts.cli.options import ROOT
from build_scripts.starter import write_starter


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "build_scripts", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_init_writes_a_package_without_errors_or_warnings(tmp_path):
    made = run("init", str(tmp_path / "city"))
    assert made.returncode == 0, made.stderr
    checked = run("check", "--package", str(tmp_path / "city" / "datapackage"))
    assert checked.returncode == 0
    assert checked.stdout == ""


def test_init_leaves_a_folder_with_content_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    refused = run("init", str(tmp_path))
    assert refused.returncode == 2
    assert "已经有内容" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_nothing_of_the_first_city_is_left_in_a_new_site(tmp_path):
    write_starter(tmp_path, ROOT)
    texts = [path for path in tmp_path.rglob("*") if path.suffix in {".md", ".yml", ".csv", ".json"}]
    assert len(texts) > 30
    for path in texts:
        assert "丽水" not in path.read_text(encoding="utf-8"), path.relative_to(tmp_path)


@pytest.mark.site
def test_a_new_site_builds_beside_its_package(tmp_path):
    city = tmp_path / "city"
    write_starter(city, ROOT)
    built = run("build", "--package", str(city / "datapackage"), "--as-of", "2026-07-01")
    assert built.returncode == 0, built.stderr
    home = (city / "build" / "site" / "index.html").read_text(encoding="utf-8")
    assert "示例市" in home
    assert "丽水" not in home
    assert (city / "build" / "site" / "targets" / "green-coverage-2030" / "index.html").is_file()
