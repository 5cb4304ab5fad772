"""The `verify` verb: proves a built site to be what its inputs give: builds it again and compares every byte."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from build_scripts.build import site_of
from build_scripts.cli.clock import today
from build_scripts.cli.options import PACKAGE_DEFAULT, Engine, PackageOption, settings
from build_scripts.cli.plain import Plain
from build_scripts.core.crew import Crew
from build_scripts.core.editions import Edition, editions_in
from build_scripts.core.errors import BuildError, UsageError
from build_scripts.core.identity import site_identity
from build_scripts.core.settings import LEDGER, Settings
from build_scripts.exports import MANIFEST
from build_scripts.exports.manifest import hashed
from build_scripts.locale import t
from build_scripts.publish.published_site import built_hashes, is_published, publications_then
from build_scripts.publish.site_state import ledger_of
from build_scripts.site.manifest import files_below, input_files, said
from build_scripts.site.workplace import workplace

SITE_URL = "SITE_URL"
SiteOption = Annotated[Path | None, typer.Option("--site", metavar="DIR", help=t("cli.option.site"))]


def verify(package: PackageOption = PACKAGE_DEFAULT, site: SiteOption = None) -> None:
    """Verify a built or published site."""
    console = Plain()
    known = settings(package)
    folder = site or known.site_dir
    with workplace(known.out_dir) if folder == known.site_dir and known.out_dir.is_dir() else nullcontext():
        manifest = read_manifest(folder)
        outputs = _by_path(manifest["outputs"])
        found = _by_path(hashed(file for file in files_below(folder) if file[0] != MANIFEST))
    recorded = ledger_of(known.root)
    if is_published(folder):
        found = built_hashes(folder, editions_in(folder, known.root), found, recorded)
    _same(outputs, found, "verify.touched")
    console.print(t("verify.untouched", count=len(outputs)))
    chosen = settings(package, manifest["as_of"], engine=Engine(manifest["engine"]), known=manifest.get("known"))
    inputs, now = _by_path(manifest["inputs"]), _by_path(hashed(input_files(chosen)))
    # Every publication is recorded after the site it lets out was built; what was recorded before must still be.
    then = None if inputs.get(LEDGER) == now.get(LEDGER) else publications_then(recorded, inputs.get(LEDGER))
    if then is not None:
        chosen = replace(chosen, publications=then)
        now = {path: sha256 for path, sha256 in now.items() if path != LEDGER} | {
            path: sha256 for path, sha256 in inputs.items() if path == LEDGER
        }
    _same(inputs, now, "verify.inputs")
    again = _rebuilt(chosen, editions_in(folder, chosen.root), manifest["address"])
    _same(_pages_of(outputs), _pages_of(_by_path(again["outputs"])), "verify.differs")
    console.print(t("verify.same", count=len(outputs), sha256=manifest["outputs_sha256"]))


def read_manifest(site: Path) -> Mapping[str, Any]:
    """The manifest of a built site.

    Raises:
        UsageError: there is none, or it cannot be understood.
    """
    try:
        found: Mapping[str, Any] = json.loads((site / MANIFEST).read_bytes())
        _ = (found["as_of"], found["engine"], found["address"], found["inputs"], found["outputs"])
    except FileNotFoundError:
        raise UsageError(t("verify.no_site", path=site)) from None
    except (OSError, ValueError, KeyError, TypeError) as failure:
        raise UsageError(t("verify.unreadable", path=site / MANIFEST)) from failure
    return found


def _rebuilt(chosen: Settings, editions: Sequence[Edition], address: str) -> Mapping[str, Any]:
    """The manifest of a second build of the same inputs, in a folder that is removed again.

    Raises:
        BuildError: the site would now stand at another address.
    """
    if address and site_identity(chosen.root).address != address:
        os.environ[SITE_URL] = address
    if site_identity(chosen.root).address != address:
        raise BuildError(t("verify.address", address=address or "—"))
    with tempfile.TemporaryDirectory(prefix="verify-") as folder, workplace(Path(folder)) as work:
        # MkDocs itself is what our page engine is held against.
        engine = Engine.MKDOCS if chosen.engine == Engine.PAGES else Engine(chosen.engine)
        second = replace(chosen, out_dir=Path(folder), engine=engine.value)
        with Crew() as crew:
            return read_manifest(site_of(second, editions, work, today(), crew))


def _by_path(listed: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {str(each["path"]): str(each["sha256"]) for each in listed}


def _pages_of(outputs: Mapping[str, str]) -> dict[str, str]:
    """The outputs without the manifests that the languages of a site bring along: they name the engine."""
    return {path: sha256 for path, sha256 in outputs.items() if not path.endswith(f"/{MANIFEST}")}


def _same(before: Mapping[str, str], after: Mapping[str, str], key: str) -> None:
    """Compare two lists of files.

    Raises:
        BuildError: they differ; the message names the files.
    """
    different = sorted(path for path in {*before, *after} if before.get(path) != after.get(path))
    if different:
        raise BuildError(said(t(key, count=len(different)), different))
