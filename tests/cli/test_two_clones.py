"""Two clean clones in two folders, with other umask, language, zone and hash seed, give the same site to the byte."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import sites
from packages import write_package

from build_scripts.exports import MANIFEST

pytestmark = [
    pytest.mark.site,
    pytest.mark.skipif(not (sites.ROOT / ".git").exists() or not shutil.which("git"), reason="no repository to clone"),
]


def built(folder: Path, umask: str, **environment: str) -> Path:
    """Clone the project into `folder`, give it the invented package, build it there; everything under `umask`."""
    steps = 'umask "$1" && shift && git clone --quiet "$1" "$2"'
    subprocess.run(["sh", "-c", steps, "sh", umask, str(sites.ROOT), str(folder)], check=True, timeout=120)
    shutil.rmtree(folder / "datapackage")
    (folder / "datapackage").mkdir()
    write_package(folder / "datapackage")
    command = ["sh", "-c", 'umask "$1" && shift && exec "$@"', "sh", umask]
    command += [sys.executable, "-m", "build_scripts", "build", "--as-of", sites.AS_OF]
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("LC_", "PYTHON"))}
    done = subprocess.run(
        command, cwd=folder, env=kept | environment, capture_output=True, encoding="utf-8", check=False, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "build/site"


@pytest.fixture(scope="module")
def clones(tmp_path_factory):
    root = tmp_path_factory.mktemp("clones")
    first = built(root / "one", "022", LC_ALL="C.UTF-8", TZ="Asia/Shanghai", PYTHONHASHSEED="1")
    second = built(root / "另一 处/two", "077", LC_ALL="C", TZ="America/St_Johns", PYTHONHASHSEED="2")
    return first, second


def hashes(site: Path) -> dict[str, str]:
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_every_file_is_the_same_and_so_is_the_manifest(clones):
    first, second = map(hashes, clones)
    assert {"index.html", MANIFEST, "data/SHA256SUMS", "search/names-0.json"} <= set(first)
    assert {path for path in {*first, *second} if first.get(path) != second.get(path)} == set()
    assert json.loads((clones[0] / MANIFEST).read_bytes())["inputs"]


def test_the_zip_says_the_same_rights_and_day_whatever_the_umask(clones):
    for site in clones:
        (path,) = (site / "data").glob("*.zip")
        with zipfile.ZipFile(path) as archive:
            assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100644}
            # The day the content last changed, not the day of the build.
            assert {entry.date_time[:3] for entry in archive.infolist()} == {(2026, 11, 1)}
