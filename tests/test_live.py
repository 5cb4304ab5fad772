"""What `serve` is made of: the server on loopback, the warm process, and an open page that keeps up by itself."""

import http.client
import json
import socket
import struct
import threading
import time
from pathlib import Path

import pytest

from build_scripts.core.settings import MANIFEST, Settings
from build_scripts.site.live import Builder, keep_in_step
from build_scripts.site.live_server import LiveServer

WORDS = {"building": "正在生成", "problems": "没有生成", "none": "还没有网站"}
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'self'"
PAGE = f'<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
PAGE += "<meta charset='utf-8'><title>t</title></head><body>{}</body></html>"
# Stands in for the process that builds: says who it is, or what it was told to, or falls over.
STAND_IN = """
import json, os, sys
for line in sys.stdin:
    words = open(os.environ["STAND_IN"], encoding="utf-8").read()
    if words == "die":
        raise ZeroDivisionError("edited code")
    print(json.dumps({"problems": [words.replace("pid", str(os.getpid()))] if words else []}), flush=True)
"""


@pytest.fixture
def site(tmp_path) -> Path:
    folder = tmp_path / "build" / "site"
    (folder / "about").mkdir(parents=True)
    for path, text in {"index.html": "home", "about/index.html": "about", "404.html": "not here"}.items():
        (folder / path).write_text(PAGE.format(text), encoding="utf-8")
    (folder / "data.csv").write_text("a,b\n", encoding="utf-8")
    (folder / MANIFEST).write_text("1", encoding="utf-8")
    return folder


@pytest.fixture
def server(site):
    running = LiveServer(site, 0, WORDS)
    yield running
    running.close()


def ask(server: LiveServer, path: str, host: str = "localhost") -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", path, headers={"Host": f"{host}:{server.port}"})
    answer = connection.getresponse()
    found = answer.status, answer.headers.get("Content-Type", ""), answer.read().decode()
    connection.close()
    return found


def test_pages_come_with_the_script_and_files_as_they_are(server):
    status, kind, text = ask(server, "/about/")
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert "about" in text
    assert text.count('src="/.live/live.js"') == 1
    assert ask(server, "/data.csv")[2] == "a,b\n"
    assert ask(server, "/about")[0] == 301
    assert ask(server, "/nowhere/")[0] == 404
    assert "not here" in ask(server, "/nowhere/")[2]
    assert "getElementById" not in ask(server, "/.live/live.js")[2]
    assert ask(server, "/.live/live.css")[1] == "text/css"


def test_the_script_says_in_words_what_it_was_told(server, site):
    before = json.loads(ask(server, "/.live/news")[2])
    assert (before["building"], before["problems"], before["words"]) == (False, [], WORDS)
    server.tell(building=False, problems=("progress/x.csv:3: 不对",))
    (site / MANIFEST).write_text("2", encoding="utf-8")
    after = json.loads(ask(server, "/.live/news")[2])
    assert after["problems"] == ["progress/x.csv:3: 不对"]
    assert after["version"] != before["version"]


@pytest.mark.parametrize(
    "path", ["/../site-state.json", "/%2e%2e/site-state.json", "/.live/../../site-state.json", "/.live/x.py"]
)
def test_nothing_outside_the_site_is_shown(server, site, path):
    (site.parent / "site-state.json").write_text("secret", encoding="utf-8")
    status, _kind, text = ask(server, path)
    assert status == 404
    assert "secret" not in text


def test_another_host_name_for_this_machine_is_refused(server):
    assert ask(server, "/", host="evil.example")[0] == 403


def test_a_page_asked_for_while_the_new_site_takes_its_place_is_waited_for(server, site):
    server.tell(building=True)
    aside = site.with_name("aside")
    site.rename(aside)
    threading.Timer(0.3, lambda: aside.rename(site)).start()
    assert ask(server, "/about/")[0] == 200


def test_a_browser_that_leaves_in_the_middle_is_no_news(server, site, capfd):
    (site / "large.csv").write_bytes(b"a" * 20_000_000)
    with socket.create_connection(("127.0.0.1", server.port)) as visitor:
        visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        visitor.sendall(b"GET /large.csv HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert visitor.recv(100)
    assert ask(server, "/about/")[0] == 200
    time.sleep(0.5)
    assert capfd.readouterr().err == ""


def test_before_there_is_a_site_the_page_says_so(tmp_path):
    server = LiveServer(tmp_path / "none", 0, WORDS)
    status, _kind, text = ask(server, "/")
    server.close()
    assert status == 404
    assert WORDS["none"] in text
    assert "live.js" in text


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """A builder whose process does what a file says."""
    (tmp_path / "stand_in.py").write_text(STAND_IN, encoding="utf-8")
    said = tmp_path / "said.txt"
    said.write_text("pid", encoding="utf-8")
    monkeypatch.setenv("STAND_IN", str(said))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    builder = Builder([], "stand_in")
    yield builder, said
    builder.stop()


def test_the_process_stays_and_another_comes_after_it_was_stopped_or_fell(stand_in):
    builder, said = stand_in
    first = builder.build()
    assert builder.build() == first
    builder.stop()
    second = builder.build()
    assert second != first
    said.write_text("die", encoding="utf-8")
    assert "ZeroDivisionError: edited code" in builder.build()
    said.write_text("", encoding="utf-8")
    assert builder.build() == []


class EndedError(Exception):
    """The test has seen enough."""


@pytest.mark.slow
def test_changes_of_data_settings_and_code_are_built_and_code_by_a_new_process(stand_in, server, site, monkeypatch):
    builder, _said = stand_in
    root = site.parents[1]
    for folder in ("datapackage", "docs", "code"):
        (root / folder).mkdir()
    for module in ("live", "serve"):
        monkeypatch.setattr(f"build_scripts.site.{module}.CODE", root / "code")
    (root / "mkdocs.yml").write_text("site_name: x", encoding="utf-8")
    settings = Settings(root, root / "datapackage", None, root / "build")
    seen = []

    def edit(path: str) -> None:
        threading.Timer(0.5, lambda: (root / path).write_text(str(len(seen)), encoding="utf-8")).start()

    def done(problems):
        seen.append((problems, server.news().problems))
        steps = ["datapackage/x.csv", "mkdocs.yml", "code/x.py"]
        if len(seen) > len(steps):
            raise EndedError
        edit(steps[len(seen) - 1])

    with pytest.raises(EndedError):
        keep_in_step(settings, server, builder, done)
    processes = [problems[0] for problems, _ in seen]
    assert processes[0] == processes[1] == processes[2]
    assert processes[3] != processes[2]
    assert all(tuple(problems) == told for problems, told in seen)


@pytest.mark.browser
def test_an_open_page_shows_what_is_wrong_and_loads_again_by_itself(server, site, chromium):
    page = chromium.new_page()
    page.goto(f"http://127.0.0.1:{server.port}/about/")
    server.tell(building=False, problems=("progress/x.csv:3: 不对 <b>",))
    page.wait_for_selector(".live-news--wrong")
    assert page.inner_text("#live-news p") == WORDS["problems"]
    assert page.inner_text("#live-news pre") == "progress/x.csv:3: 不对 <b>"
    (site / "about" / "index.html").write_text(PAGE.format("changed"), encoding="utf-8")
    (site / MANIFEST).write_text("3", encoding="utf-8")
    server.tell(building=False)
    page.get_by_text("changed").wait_for()
    assert page.locator("#live-news").count() == 0
    page.close()
