"""A new city starts from `init`: a valid package and a site that builds, with nothing about Lishui in it."""

import csv
import json
import re
import shlex
import tomllib
from datetime import date
from pathlib import Path

import pytest
import yaml
from sites import run, share_store

import build_scripts.starter
from build_scripts.checks import load_package
from build_scripts.cli.options import ROOT
from build_scripts.core.language import speaking
from build_scripts.core.settings import Settings as BuildSettings
from build_scripts.overlay import overlay
from build_scripts.report import build_report
from build_scripts.starter import write_starter

STARTER = Path(build_scripts.starter.__file__).parent


class Settings(yaml.SafeLoader):
    """Reads `!ENV [NAME, default]` as a list, and names of Python functions as nothing."""


Settings.add_multi_constructor("!", lambda loader, _tag, node: loader.construct_sequence(node))
Settings.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)


def test_init_writes_a_package_without_errors_or_warnings(tmp_path):
    made = run("init", str(tmp_path / "city"))
    assert made.returncode == 0, made.stderr
    checked = run("check", "--package", str(tmp_path / "city" / "datapackage"))
    assert checked.returncode == 0
    assert checked.stdout == ""


def test_the_next_steps_can_be_pasted_whatever_the_folder_is_called(tmp_path):
    made = run("init", str(tmp_path / "mill brook's"))
    steps = [line for line in made.stdout.splitlines() if "--package" in line]
    assert len(steps) == 2
    assert {shlex.split(step)[-1] for step in steps} == {str(tmp_path / "mill brook's" / "datapackage")}


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
        assert "lishui" not in path.read_text(encoding="utf-8").lower(), path.relative_to(tmp_path)


def test_pictures_of_the_first_city_stay_behind(tmp_path):
    write_starter(tmp_path, ROOT)
    pictures = {path.name for path in tmp_path.rglob("*") if path.suffix in {".png", ".svg", ".jpg"}}
    assert pictures == {"favicon.svg"}


NAMES = (
    "--place", 'Northam, "New"', "--plan", "Northam plan: 2026–2030", "--operator", "Friends of Northam",
    "--address", "https://northam.example/progress/", "--mail", "hello@northam.example",
)  # fmt: skip


@pytest.mark.slow
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


def menu(items: list) -> list:
    """The lists of a menu, the groups in it included."""
    inner = [value for item in items for value in item.values() if not isinstance(value, str)]
    return [items, *(part for group in inner for part in (menu(group) if group else [group]))]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_group_of_the_menu_is_left_empty(tmp_path, language):
    with speaking(language):
        write_starter(tmp_path, ROOT)
    settings = yaml.load((tmp_path / "mkdocs.yml").read_text(encoding="utf-8"), Loader=Settings)
    assert all(menu(settings["nav"]))


@pytest.mark.slow
def test_a_site_in_another_language_says_nothing_in_chinese(tmp_path):
    town = tmp_path / "town"
    made = run("init", "--language", "en", str(town), *NAMES)
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith("Created:")
    texts = [path for path in town.rglob("*") if path.suffix in {".md", ".yml", ".csv", ".json"}]
    assert len(texts) > 30
    for path in texts:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", text), path.relative_to(town)
        assert "Example Town" not in re.sub("Example Town Council", "", text), path.relative_to(town)
    checked = run("check", "--package", str(town / "datapackage"))
    assert (checked.returncode, checked.stdout) == (0, "")
    assert checked.stderr.startswith("No problems found")


def test_every_table_and_column_has_english_words():
    words = tomllib.loads((STARTER.parent / "locale" / "en" / "schemas" / "words.toml").read_text(encoding="utf-8"))
    for path in sorted((ROOT / "datapackage" / "schemas").glob("*.json")):
        table = words[path.stem]
        assert table["title"]
        assert table["description"]
        names = {field["name"] for field in json.loads(path.read_text(encoding="utf-8"))["fields"]}
        own = table.get("fields", {})
        assert names <= own.keys() | words["fields"].keys(), path.stem
        assert own.keys() <= names, path.stem


def test_the_english_guide_shows_the_targets_of_the_example():
    text = (STARTER / "pages.en" / "handbook.md").read_text(encoding="utf-8")
    with (STARTER / "files.en" / "targets" / "targets.csv").open(encoding="utf-8", newline="") as file:
        targets = list(csv.DictReader(file))
    assert len(targets) == 6
    rows = re.findall(r"^\| [^|]+ \| `(\w+)` \| `(\w+)` \| (\d+)\b", text, re.MULTILINE)
    assert rows == [(each["kind"], each["comparator"], each["value"]) for each in targets]


def test_a_language_without_words_is_refused(tmp_path):
    refused = run("init", "--language", "tlh", str(tmp_path / "town"))
    assert refused.returncode == 2
    assert "tlh" in refused.stderr
    assert not (tmp_path / "town").exists()


@pytest.mark.site
def test_an_english_town_builds_step_by_step_as_its_guide_says(tmp_path):
    town = tmp_path / "town"
    guide = (STARTER / "pages.en" / "handbook.md").read_text(encoding="utf-8").replace("\\\n", "")
    guide = guide.split("{ #elsewhere }")[0]  # what follows is another place's
    commands = [shlex.split(line) for line in re.findall(r"^python -m build_scripts (.+)$", guide, re.MULTILINE)]
    for command in commands:
        if command[0] != "serve":
            done = run(*(part.replace("../millbrook", str(town)) for part in command))
            assert done.returncode == 0, f"{command}: {done.stderr}"
    home = (town / "build" / "published" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in home
    assert "Millbrook" in home
    assert (town / "build" / "site" / "targets" / "bus-trips-2028" / "index.html").is_file()


@pytest.mark.site
def test_a_new_site_builds_beside_its_package(tmp_path):
    city = tmp_path / "city"
    write_starter(city, ROOT)
    share_store(city)
    built = run("build", "--package", str(city / "datapackage"), "--as-of", "2026-07-01")
    assert built.returncode == 0, built.stderr
    home = (city / "build" / "site" / "index.html").read_text(encoding="utf-8")
    assert "示例市" in home
    assert "丽水" not in home
    assert (city / "build" / "site" / "targets" / "green-coverage-2030" / "index.html").is_file()


def walked(page: Path, tmp_path: Path, example: str, places: list[str]) -> Path:
    """The package of a handbook's walk to the letter; of the last step, the rows of the example moved to its places."""
    walk = page.read_text(encoding="utf-8").split("{ #county }")[1].split("\n## ")[0]
    commands = [line for block in re.findall(r"```sh\n(.*?)```", walk, re.DOTALL) for line in block.splitlines()]
    tables = dict(re.findall(r"```csv title=\"targets/(\w+)\.csv\"\n(.*?)```", walk, re.DOTALL))
    made = [shlex.split(line.replace("../", f"{tmp_path}/")) for line in commands]
    assert run(*made[0][3:]).returncode == 0
    package = next(tmp_path.glob("*/datapackage"))
    whole = package.parent.name
    for name, table in tables.items():
        (package / "targets" / f"{name}.csv").write_text(table, encoding="utf-8")
    for path in (*package.glob("*/targets.csv"), *package.glob("*/tasks.csv"), *package.glob("*/observations.csv")):
        moved = re.sub(rf",({example}|east-ward|west-ward),", f",{whole},", path.read_text(encoding="utf-8"))
        path.write_text(moved, encoding="utf-8")
    figures = package / "progress" / "observations.csv"
    header, first, *rest = figures.read_text(encoding="utf-8").splitlines()
    assert f",{whole}," in first
    rows = [first.replace(f",{whole},", f",{place},") for place in places]
    figures.write_text("\n".join([header, first, *rows, *(rest if example == "town" else ()), ""]), encoding="utf-8")
    checked = run(*made[1][3:])
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout == ""
    return package


@pytest.mark.slow
def test_a_county_of_towns_and_parishes_as_the_english_handbook_says(tmp_path):
    page = STARTER / "pages.en" / "handbook.md"
    package = walked(page, tmp_path, "town", ["millbrook", "stonebridge", "ashby", "southam"])
    with speaking("en"):
        whole = load_package(package, date(2026, 11, 28))
        settings = BuildSettings(package.parent, package, date(2026, 11, 28), tmp_path / "out")
        made = overlay(settings, whole, build_report(whole, settings.as_of)).files
    files = {each.path: each.data.decode() for each in made if each.path.startswith("regions/")}
    assert all(words in files["regions/index.md"] for words in ("## Towns", "## Parishes", "## Valleys"))
    assert "Millbrook" in files["regions/east-valley/index.md"]
    assert "Ashby" in files["regions/east-valley/index.md"]


@pytest.mark.slow
def test_a_county_of_towns_and_streets_as_the_handbook_says(tmp_path):
    package = walked(ROOT / "docs" / "handbook.md", tmp_path, "city", ["heping", "shiqiao", "chengguan", "nanmen"])
    settings = BuildSettings(tmp_path / "qingxi", package, date(2026, 11, 28), tmp_path / "out")
    with speaking("zh"):
        whole = load_package(package, settings.as_of)
        made = overlay(settings, whole, build_report(whole, settings.as_of)).files
    files = {each.path: each.data.decode() for each in made if each.path.startswith(("regions/", "index"))}
    listed = files["regions/index.md"]
    assert all(words in listed for words in ("## 镇", "## 街道", "## 片区", "各镇、街道最近一年的", "我所在的地方"))
    assert not any(words in text for text in files.values() for words in ("县（市、区）", "我的县", "两份文件"))
    assert "和平镇" in files["regions/dongbu/index.md"]
    assert "城关街道" in files["regions/dongbu/index.md"]
