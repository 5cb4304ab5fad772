"""The same edition gives the same bytes, whatever the machine's zone, language, permissions and hash seed."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import opendata_samples as samples
import pytest

from build_scripts.exports import Publication, artifacts
from build_scripts.exports.downloads import TOGETHER

HERE = Path(__file__).parent
PROGRAM = """
import hashlib, json, os
os.umask({umask})
import opendata_samples as samples
import pytest
from build_scripts.exports.downloads import TOGETHER
from build_scripts.exports import Publication, artifacts
made = {{a.path: hashlib.sha256(a.data).hexdigest() for a in artifacts(Publication(samples.edition()))}}
print(json.dumps(made))
"""


def run(folder: Path, umask: int, **environment: str) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(umask=umask)],
        cwd=folder, check=True, capture_output=True, text=True, timeout=120,
        env={**os.environ, "PYTHONPATH": f"{samples.ROOT}{os.pathsep}{HERE}", "PYTHONUTF8": "1", **environment},
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.slow
def test_zone_language_umask_folder_and_hash_seed_change_nothing(tmp_path):
    first = run(HERE, 0o022, TZ="Asia/Shanghai", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    second = run(tmp_path, 0o077, TZ="America/St_Johns", LC_ALL="C", PYTHONHASHSEED="2", SOURCE_DATE_EPOCH="1")
    assert len(first) > 150
    assert {path for path in first if first[path] != second.get(path)} == set()
    assert first == second


@pytest.mark.slow
def test_files_that_were_begun_elsewhere_are_the_same():
    def pickled(makes):
        data = [pickle.dumps(make()) for make in makes]
        asked.append(data)
        return lambda: list(map(pickle.loads, data))

    asked: list[list[bytes]] = []
    elsewhere = Publication(samples.edition())
    elsewhere.begin(pickled)
    assert [len(data) for data in asked] == [4 + len(TOGETHER) * len(elsewhere.tables), 1]
    here = {each.path: each.data for each in artifacts(Publication(samples.edition()))}
    assert {each.path: each.data for each in artifacts(elsewhere)} == here
    assert elsewhere.zip.content == here[elsewhere.zip.path]
