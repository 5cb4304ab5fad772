"""Shows the site in place on this machine: the files as they are, and in each page a script that asks for news.

News are: which state of the site this is, whether it is being made again, and what is wrong with the last change. The
script is a file of the server's own, so that the pages' content policy lets it run.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from hashlib import sha256
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any
from urllib.parse import urlsplit

from build_scripts.core.settings import MANIFEST
from build_scripts.locale import t

HOST = "127.0.0.1"
# Seconds between two looks at whether the server is to end: whoever stops it waits so long.
_LOOKS_EVERY = 0.05
_HERE = Path(__file__).parent
_OWN = {"live.js": "text/javascript", "live.css": "text/css"}
_NEWS = "/.live/news"
_HEAD = b'<link rel="stylesheet" href="/.live/live.css"><script src="/.live/live.js" defer></script></head>'
# How long a page is waited for while a new site takes the place of the old one.
_PATIENCE_S = 2.0
_BARE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>'
    "<body><h1>{title}</h1></body></html>"
)


@dataclass(frozen=True, slots=True)
class News:
    """What an open page is told."""

    version: str = ""
    building: bool = False
    problems: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


class LiveServer:
    """A server of `site` on loopback that runs until it is closed; `tell` sets the news."""

    def __init__(self, site: Path, port: int, words: Mapping[str, str]) -> None:
        self.site = site
        self._lock = Lock()
        self._news = News(words=words)
        self._server = _Server((HOST, port), partial(_Handler, self, directory=str(site)))
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        Thread(target=self._server.serve_forever, args=(_LOOKS_EVERY,), daemon=True).start()

    def tell(self, *, building: bool, problems: tuple[str, ...] = ()) -> None:
        """Set what open pages are told of the building; the state of the site is asked each time."""
        with self._lock:
            self._news = News("", building, problems, self._news.words)

    def news(self) -> News:
        """What an open page is told now."""
        with self._lock:
            news = self._news
        return News(_version(self.site), news.building, news.problems, news.words)

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    """A server that says nothing of browsers that have left: a page that loads again breaks off what it was asking."""

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the standard library's
        """Pass on what is worth knowing."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(SimpleHTTPRequestHandler):
    """Files of the site, pages with the script, and the news."""

    def __init__(self, live: LiveServer, *args: object, directory: str) -> None:
        self._live = live
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]  # the server's own arguments

    def do_GET(self) -> None:
        """Answer one request."""
        if urlsplit(f"//{self.headers.get('Host', '')}").hostname not in (HOST, "localhost"):
            self.send_error(403)  # another name for this machine is some other site's trick
            return
        path = urlsplit(self.path).path
        if path == _NEWS:
            self._answer(200, "application/json", json.dumps(asdict(self._live.news()), ensure_ascii=False).encode())
        elif path.removeprefix("/.live/") in _OWN:
            name = path.removeprefix("/.live/")
            self._answer(200, _OWN[name], (_HERE / name).read_bytes())
        else:
            self._page_or_file(path)

    def _page_or_file(self, path: str) -> None:
        """A file of the site, waited for a little: between two names of the site's folder there is none."""
        file = Path(self.translate_path(path))
        limit = time.monotonic() + (_PATIENCE_S if self._live.news().building else 0)
        while not file.exists() and time.monotonic() < limit:
            time.sleep(0.05)
        if file.is_dir() and not path.endswith("/"):
            super().do_GET()  # leads to the address with a slash
            return
        file = file / "index.html" if file.is_dir() else file
        found = file.is_file()
        if not found:
            file = self._live.site / "404.html"
        try:
            data = file.read_bytes()
        except OSError:
            data = _BARE.format(
                language=t("format.html"), title=escape(self._live.news().words.get("none", ""))
            ).encode()
        kind = self.guess_type(file) if file.exists() else "text/html"
        if kind == "text/html":
            data = data.replace(b"</head>", _HEAD, 1)
            kind = "text/html; charset=utf-8"
        self._answer(200 if found else 404, kind, data)

    def _answer(self, status: int, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the standard library's
        """Say nothing: the console tells of builds."""


def _version(site: Path) -> str:
    """Which state of the site this is."""
    try:
        return sha256((site / MANIFEST).read_bytes()).hexdigest()
    except OSError:
        return ""
