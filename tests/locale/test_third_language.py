"""A third language is one folder: with it alone a site speaks it, and nothing in the code has to know."""

import json
import shutil
import subprocess
import sys

import pytest
from packages import ROOT, write_package

OWN = {'cldr = "en_GB"': 'cldr = "fr_FR"', 'html = "en"': 'html = "fr"', 'theme = "en"': 'theme = "fr"'}


@pytest.mark.slow
def test_a_folder_of_words_is_enough(tmp_path):
    for name in ("build_scripts", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    (tmp_path / "datapackage").mkdir()
    write_package(tmp_path / "datapackage")
    shutil.copytree(tmp_path / "build_scripts/locale/en", tmp_path / "build_scripts/locale/fr")
    ways = tmp_path / "build_scripts/locale/fr/format.toml"
    text = ways.read_text(encoding="utf-8")
    for here, there in OWN.items():
        assert here in text
        text = text.replace(here, there)
    ways.write_text(text, encoding="utf-8")
    descriptor = json.loads((tmp_path / "datapackage/datapackage.json").read_text(encoding="utf-8"))
    descriptor["disclosure"] = {"languages": ["fr"]}
    (tmp_path / "datapackage/datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    command = [sys.executable, "-m", "build_scripts", "build", "--as-of", "2024-06-30"]
    made = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    page = (tmp_path / "build/site/targets/gdp-2025/index.html").read_text(encoding="utf-8")
    assert '<html lang="fr"' in page
    assert "30 juin 2024" in (tmp_path / "build/site/index.html").read_text(encoding="utf-8")
