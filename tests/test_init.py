"""A new city starts from `init`: a valid package and a site that builds, with nothing about Lishui in it."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from build_scripts.cli.options import ROOT
from build_scripts.starter import write_starter


class Settings(yaml.SafeLoader):
    """Reads `!ENV [NAME, default]` as a list, and names of Python functions as nothing."""


Settings.add_multi_constructor("!", lambda loader, _tag, node: loader.construct_sequence(node))
Settings.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)


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


def test_pictures_of_the_first_city_stay_behind(tmp_path):
    write_starter(tmp_path, ROOT)
    pictures = {path.name for path in tmp_path.rglob("*") if path.suffix in {".png", ".svg", ".jpg"}}
    assert pictures == {"favicon.svg"}


NAMES = (
    "--place", 'Northam, "New"', "--plan", "Northam plan: 2026–2030", "--operator", "Friends of Northam",
    "--address", "https://northam.example/progress/", "--mail", "hello@northam.example",
)  # fmt: skip


def test_names_that_are_given_stand_everywhere(tmp_path):
    city = tmp_path / "city"
    made = run("init", str(city), *NAMES)
    assert made.returncode == 0, made.stderr
    settings = yaml.load((city / "mkdocs.yml").read_text(encoding="utf-8"), Loader=Settings)
    assert settings["site_name"] == '规划进展公开·Northam, "New"'
    assert settings["site_url"] == ["SITE_URL", "https://northam.example/progress/"]
    operator = settings["extra"]["operator"]
    assert (operator["name"], operator["mail"]) == ("Friends of Northam", "hello@northam.example")
    regions = (city / "datapackage" / "targets" / "regions.csv").read_text(encoding="utf-8")
    assert next(csv.DictReader(regions.splitlines()))["name"] == 'Northam, "New"'
    plans = (city / "datapackage" / "targets" / "plans.csv").read_text(encoding="utf-8")
    assert next(csv.DictReader(plans.splitlines()))["title"] == "Northam plan: 2026–2030"
    assert "Friends of Northam" in (city / "datapackage" / "datapackage.json").read_text(encoding="utf-8")
    for path in city.rglob("*"):
        if path.suffix in {".md", ".yml", ".csv", ".json"}:
            assert "示例市" not in path.read_text(encoding="utf-8"), path.relative_to(city)
    checked = run("check", "--package", str(city / "datapackage"))
    assert (checked.returncode, checked.stdout) == (0, "")


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--address", "northam.example", "--address “northam.example”不是网址"),
        ("--issues", "javascript:alert(1)", "--issues “javascript:alert(1)”不是网址"),
        ("--place", "  ", "--place 不能空着"),
        ("--plan", "长" * 61, "--plan 不能空着，也不能超过 60 个字"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_before_anything_is_written(tmp_path, option, value, words):
    refused = run("init", str(tmp_path / "city"), option, value)
    assert refused.returncode == 2
    assert words in refused.stderr
    assert not (tmp_path / "city").exists()


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
