"""What a build was made from and what it made: hashes of inputs and outputs. Gets bytes by path, gives JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

from build_scripts.method import METHOD_VERSION
from build_scripts.opendata.formats import to_json

MANIFEST = "build-manifest.json"


def build_manifest(inputs: Mapping[str, bytes], outputs: Mapping[str, bytes], version: str, as_of: date) -> bytes:
    """The manifest of one build: data version, method version, day, and size and SHA-256 of every file.

    `inputs` are package, words, templates and code by their paths in the project; `outputs` are the files of the site
    by theirs, without the manifest itself. Two builds are the same if and only if their `outputs_sha256` are.
    """
    made = _listed(outputs)
    return to_json(
        {
            "as_of": as_of,
            "data_version": version,
            "method_version": METHOD_VERSION,
            "inputs": _listed(inputs),
            "inputs_sha256": _total(_listed(inputs)),
            "outputs": made,
            "outputs_sha256": _total(made),
        }
    )


def _listed(files: Mapping[str, bytes]) -> list[dict[str, str | int]]:
    return [
        {"path": path, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for path, content in sorted(files.items())
    ]


def _total(listed: list[dict[str, str | int]]) -> str:
    """One hash over the paths and hashes of all files, as `sha256sum` of their `SHA256SUMS` lines would be."""
    lines = "".join(f"{each['sha256']}  {each['path']}\n" for each in listed)
    return hashlib.sha256(lines.encode()).hexdigest()
