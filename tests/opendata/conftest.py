"""What the site publishes for programs, written to a folder and served over loopback HTTP."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import opendata_samples as samples
import pytest

from build_scripts.exports import Publication


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def publication() -> Publication:
    return Publication(samples.edition())


@pytest.fixture(scope="session")
def site(publication: Publication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samples.write(publication, tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of a server for `site` on this machine, ending in a slash."""
    handler = functools.partial(_Quiet, directory=site)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session", autouse=True)
def _no_proxy() -> Iterator[None]:
    """Clients must reach the loopback server, whatever proxy the machine has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("no_proxy", "127.0.0.1,localhost")
        patch.setenv("NO_PROXY", "127.0.0.1,localhost")
        yield
