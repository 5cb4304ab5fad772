"""Whether a site still is what its sources give: compares contents, never times; the standard library is enough.

After a build, a fingerprint of everything that went into it is written beside the site: data, words, pages, code, the
versions of the programs, the day, the address. The site is up to date if the fingerprint is the same today and every
file of the site is the one its manifest names, none more and none less.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from build_scripts.core.language import in_force
from build_scripts.core.settings import (
    CODE,
    CONFIG,
    FONT_FOLDERS,
    LEDGER,
    MANIFEST,
    PASSED_OVER,
    PINS,
    REDIRECTS,
    Settings,
)
from build_scripts.site.last_site import STATE, is_known

LAST_BUILD = "last-build.json"
_VARIABLE = re.compile(r"\b[A-Z][A-Z0-9_]{2,}\b")


def fingerprint(settings: Settings, today: date) -> str:
    """One hash over everything a build depends on: files with their names, programs, days, and what was asked for."""
    found = hashlib.sha256()
    for part in (*_circumstances(settings, today), *_files(settings)):
        found.update(f"{len(part)}:{part}".encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def remember(settings: Settings, today: date, print_of_inputs: str, said: Sequence[str]) -> None:
    """Write down that the site in place was made from the inputs of this fingerprint, and what to say of it.

    Nothing is written where they changed meanwhile, or where plugins of the site may have read more than we know of.
    """
    manifest = _hash(settings.site_dir / MANIFEST)
    if print_of_inputs != fingerprint(settings, today) or not is_known(settings.site_dir, settings.out_dir / STATE):
        return
    path = settings.out_dir / LAST_BUILD
    text = json.dumps({"inputs": print_of_inputs, "manifest": manifest, "said": list(said)}, ensure_ascii=False)
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def up_to_date(settings: Settings, today: date) -> list[str] | None:
    """What was said of the site in place, if a build now would give it again; None if it might not."""
    try:
        known = json.loads((settings.out_dir / LAST_BUILD).read_bytes())
        manifest = (settings.site_dir / MANIFEST).read_bytes()
        if known["manifest"] != hashlib.sha256(manifest).hexdigest():
            return None
        outputs = {each["path"]: each["sha256"] for each in json.loads(manifest)["outputs"]}
        if known["inputs"] != fingerprint(settings, today) or not _holds(settings.site_dir, outputs):
            return None
        return [str(line) for line in known["said"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _holds(site: Path, outputs: dict[str, str]) -> bool:
    """Whether the folder holds exactly these files; the manifest itself is not among them."""
    left = {**outputs, MANIFEST: None}
    for path, file in _below(site):
        expected = left.pop(path, "")
        if expected is not None and (file.is_symlink() or _hash(file) != expected):
            return False
    return not left


def _circumstances(settings: Settings, today: date) -> Iterator[str]:
    """What a build depends on besides files: folders, days, programs, and what `mkdocs.yml` takes from outside."""
    yield from (f"{name}={value}" for name, value in asdict(settings).items())
    yield from (*in_force(), today.isoformat(), sys.version, platform.platform())
    packages = {path.name for place in map(Path, sys.path) if place.is_dir() for path in place.glob("*.*-info")}
    yield from sorted(packages)
    fonts = (name for folder in FONT_FOLDERS for name, _file in _below(Path(folder).expanduser()))
    yield from fonts
    config = settings.root / CONFIG
    named = _VARIABLE.findall(config.read_text(encoding="utf-8")) if config.is_file() else []
    yield from (f"{name}={os.environ.get(name)}" for name in sorted(set(named)))


def _files(settings: Settings) -> Iterator[str]:
    """Every source file by a name and its hash."""
    folders = (settings.package_dir, settings.docs_dir, settings.releases_dir, CODE)
    for number, folder in enumerate(folders):
        yield from (f"{number}/{path} {_hash(file)}" for path, file in _below(folder))
    for file in (settings.root / CONFIG, settings.root / LEDGER, settings.root / REDIRECTS, PINS):
        yield f"{file.name} {_hash(file)}"


def _below(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files below a folder with their paths in it, in an order of their own."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - PASSED_OVER)
        for name in sorted(set(names) - PASSED_OVER):
            file = Path(place, name)
            yield file.relative_to(folder).as_posix(), file


def _hash(file: Path) -> str:
    """The hash of a file's bytes; empty for one that cannot be read."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""
