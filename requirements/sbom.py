"""Write the bill of materials of the generator: every package it is built from, every file it brings along.

Usage: `python requirements/sbom.py [FILE]` (default `requirements/sbom.cdx.json`). CycloneDX 1.6, JSON. Names, versions
and hashes are those of `requirements/site.txt`, licences those the installed packages declare. The same inputs give the
same bytes: there is no time stamp, and the serial number is made from the content.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tempfile
import tomllib
import uuid
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution, metadata, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
PINS = ROOT / "requirements" / "site.txt"
OUT = ROOT / "requirements" / "sbom.cdx.json"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# What the theme and the renderer put into the site, with the package they come out of.
_THEME = ("templates/assets/javascripts/bundle.*.min.js", "templates/assets/stylesheets/*.min.css")
_FONT = "build_scripts/charts/fonts/report-sans-sc.otf"
_BUNDLE = "assets/js/vega-bundle.js"


def pinned(text: str) -> Iterator[tuple[str, str, list[str]]]:
    """Name, version and hashes of every requirement."""
    for block in re.split(r"\n(?=\S)", text):
        if found := _PINNED.match(block):
            yield found[1], found[2], sorted(_HASH.findall(block))


def licences(name: str) -> list[dict[str, Any]]:
    """The licences an installed package declares: an SPDX expression, or names; none for one that is not installed."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return []
    if expression := said.get("License-Expression"):
        return [{"expression": expression}]
    marks = [each.split(" :: ")[-1] for each in said.get_all("Classifier") or () if each.startswith("License ::")]
    given = [each for each in marks if each != "OSI Approved"]
    # Some put the whole text there; what it is stands above its first empty line.
    heading = " ".join(re.split(r"\n\s*\n", (said.get("License") or "").strip())[0].split())
    if not given and 0 < len(heading) < 80:
        given = [heading]
    return [{"license": {"name": each}} for each in given]


def packages() -> Iterator[dict[str, Any]]:
    """A component for each pinned package."""
    for name, number, hashes in pinned(PINS.read_text(encoding="utf-8")):
        purl = f"pkg:pypi/{name.lower().replace('_', '-')}@{number}"
        found = {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": number,
            "purl": purl,
            "licenses": licences(name),
            "externalReferences": [
                {
                    "type": "distribution",
                    "url": f"https://pypi.org/project/{name}/{number}/",
                    "hashes": [{"alg": "SHA-256", "content": each} for each in hashes],
                }
            ],
        }
        yield {key: value for key, value in found.items() if value}


def vendored() -> Iterator[dict[str, Any]]:
    """A component for each file of others that the repository or the finished site holds."""
    font = ROOT / _FONT
    cut = "Noto Sans CJK SC and Source Sans 3, cut by benchmarks/subset_font.py"
    yield _file(_FONT, font.read_bytes(), "OFL-1.1", cut)
    with tempfile.TemporaryDirectory() as cache:
        import vl_convert  # noqa: PLC0415

        from build_scripts.charts.bundle import bundle  # noqa: PLC0415 - asks for the renderer

        parts = f"Vega {vl_convert.get_vega_version()}, Vega-Lite {vl_convert.get_vegalite_versions()[-1]}"
        told = f"{parts}, Vega-Embed {vl_convert.get_vega_embed_version()}, out of vl-convert-python"
        number = version("vl-convert-python")
        yield _file(_BUNDLE, bundle(Path(cache)), "BSD-3-Clause", f"{told}; notices in the file", number)
    theme = Path(str(distribution("mkdocs-material").locate_file("material")))
    for pattern in _THEME:
        for path in sorted(theme.glob(pattern)):
            name = path.relative_to(theme / "templates").as_posix()
            yield _file(name, path.read_bytes(), "MIT", "out of mkdocs-material", version("mkdocs-material"))


def _file(name: str, content: bytes, licence: str, about: str, number: str = "") -> dict[str, Any]:
    return {
        "type": "file",
        "bom-ref": f"file:{name}",
        "name": name,
        **({"version": number} if number else {}),
        "description": about,
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(content).hexdigest()}],
        "licenses": [{"license": {"id": licence}}],
    }


def bill() -> dict[str, Any]:
    """The whole bill of materials."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    parts = [*packages(), *vendored()]
    own = f"pkg:generic/{project['name']}@{project['version']}"
    content = json.dumps(parts, sort_keys=True)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid.uuid5(uuid.NAMESPACE_URL, f"{own}#{hashlib.sha256(content.encode()).hexdigest()}").urn,
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": project["name"],
                "version": project["version"],
                "description": project["description"],
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": parts,
        "dependencies": [{"ref": own, "dependsOn": [each["bom-ref"] for each in parts]}],
    }


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    out.write_text(json.dumps(bill(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
