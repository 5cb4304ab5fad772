"""The script that draws interactive charts: Vega, Vega-Lite and Vega-Embed in one file, from the renderer itself.

Gets a cache folder, gives the file's bytes. It comes out of the pinned `vl-convert-python`, so pictures and interactive
charts are drawn by the same versions and nothing is fetched from anywhere.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import vl_convert

from build_scripts.core.records import Artifact

PATH = "assets/js/vega-bundle.js"
_SNIPPET = "window.vegaEmbed = vegaEmbed;"


def bundle(cache_dir: Path) -> bytes:
    """The bundle, made once a renderer version and kept in `cache_dir`; the same bytes every time."""
    kept = cache_dir / "charts" / f"vega-bundle-{version('vl-convert-python')}.js"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        draft = kept.with_suffix(".new")
        draft.write_text(vl_convert.javascript_bundle(_SNIPPET), encoding="utf-8")
        draft.replace(kept)
    return kept.read_bytes()


def bundle_artifact(cache_dir: Path) -> Artifact:
    """The bundle as a file of the site."""
    return Artifact(PATH, bundle(cache_dir), "charts/bundle")
