"""Runs the importer and reads what it wrote."""

import csv
import subprocess
import sys

import sites


def run(*arguments, cwd=sites.ROOT):
    return subprocess.run(
        [sys.executable, "-m", "build_scripts", *map(str, arguments)],
        cwd=cwd, capture_output=True, text=True, check=False,
    )  # fmt: skip


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def answered(path, **answers):
    """A list of decisions with answers filled in."""
    found = rows(path)
    for row in found:
        row["answer"] = answers.pop(row["decision"], "")
    assert not answers
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, found[0])
        writer.writeheader()
        writer.writerows(found)
    return path
