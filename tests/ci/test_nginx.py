"""The shipped nginx configuration, run by the real nginx over loopback on a site built here."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import sites
from packages import write_package

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CONFIG = sites.ROOT / ".ci/templates/nginx.conf"
pytestmark = pytest.mark.site

MAIN = """
pid {run}/nginx.pid;
error_log {run}/error.log;
daemon off;
worker_processes 1;
{user}
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {run}/a; proxy_temp_path {run}/b; fastcgi_temp_path {run}/c;
    uwsgi_temp_path {run}/d; scgi_temp_path {run}/e;
    include {run}/site.conf;
}}
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a site served by nginx with the shipped configuration; only port and folder are changed."""
    if NGINX is None:
        reason = "no nginx: run `make browser`"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    run = tmp_path_factory.mktemp("nginx")
    (run / "datapackage").mkdir()
    site = sites.build(run / "build", "--package", write_package(run / "datapackage"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    text, changed = re.subn(r"listen 80;", f"listen 127.0.0.1:{port};", CONFIG.read_text(encoding="utf-8"))
    text, moved = re.subn(r"root /srv/www/plan-progress;", f"root {site};", text)
    assert (changed, moved) == (1, 1)
    (run / "site.conf").write_text(text, encoding="utf-8")
    shutil.copy("/etc/nginx/mime.types", run / "mime.types")
    main = run / "nginx.conf"
    main.write_text(MAIN.format(run=run, user="user root;" if os.geteuid() == 0 else ""), encoding="utf-8")
    server = subprocess.Popen([NGINX, "-p", str(run), "-c", str(main)], stderr=subprocess.PIPE, text=True)
    try:
        _wait(port, server, run)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(port: int, server: subprocess.Popen[str], run: Path) -> None:
    for _ in range(100):
        assert server.poll() is None, server.stderr.read() if server.stderr else run
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("nginx did not start")


def get(url: str, **headers: str):
    """Status, headers and body of an answer, errors too."""
    request = urllib.request.Request(url, headers={name.replace("_", "-"): text for name, text in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as failure:
        return failure.code, failure.headers, failure.read()


def test_pages_come_compressed_protected_and_asked_for_again(address):
    status, headers, body = get(f"{address}targets/", Accept_Encoding="gzip")
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Content-Encoding"] == "gzip"
    assert "目标" in gzip.decompress(body).decode()
    assert headers["Cache-Control"] == "no-cache"
    assert headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Server"] == "nginx"
    plain = get(f"{address}targets/")[1]
    assert get(f"{address}targets/", If_None_Match=plain["ETag"])[0] == 304


def test_a_wrong_address_gets_the_chinese_page(address):
    status, headers, body = get(f"{address}no/such/page/")
    assert status == 404
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "没有找到这一页" in body.decode()
    assert get(f"{address}.git/config")[0] == 404


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("data/csv/plans.csv", "text/csv; charset=utf-8"),
        ("data/parquet/plans.parquet", "application/vnd.apache.parquet"),
        ("data/jsonl/plans.jsonl", "application/jsonl"),
        ("data/catalog.ttl", "text/turtle; charset=utf-8"),
        ("data/catalog.jsonld", "application/ld+json"),
        ("api/v1/index.json", "application/json"),
        ("badges/gdp-2025.svg", "image/svg+xml"),
    ],
)
def test_data_may_be_read_from_other_sites_with_its_own_type(address, path, media_type):
    status, headers, _body = get(address + path)
    assert (status, headers["Content-Type"]) == (200, media_type)
    assert headers["Access-Control-Allow-Origin"] == "*"


def test_pages_may_not_be_read_or_framed_by_others_but_light_pages_may_be_framed(address):
    assert get(address)[1]["Access-Control-Allow-Origin"] is None
    status, headers, _body = get(f"{address}embed/gdp-2025/")
    assert (status, headers["Content-Security-Policy"]) == (200, "frame-ancestors *")


def test_files_named_by_their_hash_are_kept_for_a_year(address):
    page = get(address)[2].decode()
    name = re.search(r'href="([^"]*assets/stylesheets/main\.[0-9a-f]{8}\.min\.css)"', page)[1]
    assert get(address + name)[1]["Cache-Control"] == "public, max-age=31536000, immutable"
    assert get(f"{address}assets/css/tokens.css")[1]["Cache-Control"] == "no-cache"


def test_nothing_can_be_sent_to_the_server(address):
    request = urllib.request.Request(address, data=b"x", method="POST")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=20)
    assert refused.value.code in {403, 404, 405}
