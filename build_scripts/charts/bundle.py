"""The script that draws interactive charts: Vega, Vega-Lite and Vega-Embed in one file, from the renderer itself.

Gets a cache folder, gives the file's bytes. It comes out of the pinned `vl-convert-python`, so pictures and interactive
charts are drawn by the same versions and nothing is fetched from anywhere. The renderer leaves out the notices that
the libraries' licences ask for; they stand before the code.

What the pinned version gives lies beside this file, for the renderer takes a second over it; any other version is asked
for its own. `python -m build_scripts.charts.bundle` puts it there anew.
"""

from __future__ import annotations

import gzip
import zlib
from importlib.metadata import version
from pathlib import Path

import vl_convert

from build_scripts.charts.vega import engine
from build_scripts.core.crew import Crew
from build_scripts.core.kept import kept, key_of, look
from build_scripts.core.records import Artifact

PATH = "assets/js/vega-bundle.js"
NOTICES = Path(__file__).parent / "vega_notices.txt"
_KIND = "vega"
_SNIPPET = "window.vegaEmbed = vegaEmbed;"


def bundle(cache_dir: Path) -> bytes:
    """The bundle, of the renderer that is installed: shipped with us, else made once and kept in `cache_dir`."""
    notices = _notices()
    code = _shipped()
    if code is not None:
        return notices.encode() + code

    def make() -> bytes:
        return notices.encode() + made()

    return kept(cache_dir, _KIND, _name(notices), make)


def made() -> bytes:
    """The code of the bundle as the renderer gives it; the same bytes every time."""
    return str(engine().javascript_bundle(_SNIPPET)).encode()


def _shipped() -> bytes | None:
    """The code that the renderer of this version gives, where it came with us whole."""
    try:
        return gzip.decompress(shipped_file().read_bytes()) or None
    except (OSError, EOFError, zlib.error):
        return None


def shipped_file() -> Path:
    """Where the code lies that the renderer of this version gives, if it came with us."""
    return Path(__file__).parent / f"vega-bundle-{version('vl-convert-python')}.js.gz"


def begin_bundle(cache_dir: Path, crew: Crew) -> None:
    """Have another process make and keep the bundle, if it is not kept: it takes a second and asks for no data."""
    if not shipped_file().is_file() and look(cache_dir, _KIND, _name(_notices())) is None:
        crew.share(_bundles, [cache_dir], 1)


def _bundles(folders: list[Path]) -> list[int]:
    return [len(bundle(folder)) for folder in folders]


def _name(notices: str) -> str:
    return f"{key_of(version('vl-convert-python'), _SNIPPET, notices)}.js"


def bundle_artifact(cache_dir: Path) -> Artifact:
    """The bundle as a file of the site."""
    return Artifact(PATH, bundle(cache_dir), "charts/bundle")


def _notices() -> str:
    """Copyright notices and licences of everything in the bundle, as a comment that tools for scripts leave in."""
    lead = (
        f"Vega {vl_convert.get_vega_version()}, Vega-Lite {vl_convert.get_vegalite_versions()[-1]}, "
        f"Vega-Embed {vl_convert.get_vega_embed_version()} and the libraries they are built on."
    )
    return f"/*! {lead}\n\n{NOTICES.read_text(encoding='utf-8')}*/\n"


def ship() -> Path:
    """Put the code of the renderer that is installed beside this file, in place of any other version's."""
    for old in Path(__file__).parent.glob("vega-bundle-*.js.gz"):
        old.unlink()
    shipped_file().write_bytes(gzip.compress(made(), 9, mtime=0))
    return shipped_file()


if __name__ == "__main__":
    print(ship())  # noqa: T201 - for whoever has renewed the renderer
