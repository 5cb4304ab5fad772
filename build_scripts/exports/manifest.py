"""What a build was made from and what it made: hashes of inputs and outputs. Gets files as bytes, gives JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from build_scripts.core.method import METHOD_VERSION
from build_scripts.core.settings import MANIFEST
from build_scripts.exports.formats import to_json

__all__ = ["MANIFEST", "File", "Known", "build_manifest", "hashed"]


@dataclass(frozen=True, slots=True)
class Known:
    """What was found out of a file's bytes in this very run: their number and SHA-256."""

    size: int
    sha256: str


File = tuple[str, bytes | Known]


def build_manifest(  # noqa: PLR0913 - one parameter an entry
    inputs: Iterable[File],
    outputs: Iterable[File],
    version: str,
    as_of: date,
    *,
    known: date | None = None,
    engine: str = "",
    address: str = "",
    languages: Sequence[str] = (),
) -> bytes:
    """The manifest of one build: data version, method version, day, and size and SHA-256 of every file.

    `inputs` are package, words, templates and code by their paths in the project; `outputs` are the files of the site
    by theirs, without the manifest itself. `known` is the last day of what the record held, None for all of it.
    `engine`, `address` and `languages` are what else a site's bytes depend on: the program that made the HTML, where
    the site will stand and what it speaks. Two builds are the same if and only if their `outputs_sha256` are.
    """
    taken, made = hashed(inputs), hashed(outputs)
    return to_json(
        {
            "as_of": as_of,
            "known": known,
            "data_version": version,
            "method_version": METHOD_VERSION,
            "engine": engine,
            "address": address,
            "languages": list(languages),
            "inputs": taken,
            "inputs_sha256": _total(taken),
            "outputs": made,
            "outputs_sha256": _total(made),
        }
    )


def hashed(files: Iterable[File]) -> list[dict[str, str | int]]:
    """Path, size and SHA-256 of every file, in path order; one file's bytes are held at a time."""
    listed = [
        (path, content if isinstance(content, Known) else Known(len(content), hashlib.sha256(content).hexdigest()))
        for path, content in files
    ]
    return [{"path": path, "bytes": each.size, "sha256": each.sha256} for path, each in sorted(listed, key=_path)]


def _path(listed: tuple[str, Known]) -> str:
    return listed[0]


def _total(listed: list[dict[str, str | int]]) -> str:
    """One hash over the paths and hashes of all files, as `sha256sum` of their `SHA256SUMS` lines would be."""
    lines = "".join(f"{each['sha256']}  {each['path']}\n" for each in listed)
    return hashlib.sha256(lines.encode()).hexdigest()
