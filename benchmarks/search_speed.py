"""How soon the search answers on a slow phone, and how much it loads, at the size of a site and at its multiples.

    python benchmarks/search_speed.py SITE [--times 1 10] [--runs 5]

SITE is a built site. Its multiples have its pages again and again under other names (seeded). A browser slowed four
times (Chrome's own throttling) opens a page, goes to the box and types; with `--network`, over a line of 1.6 Mbit/s
with 150 ms between question and answer. Printed are medians: milliseconds to the first answer and to the whole one,
from the moment the box is reached, with nothing loaded before; and the kilobytes gzipped that had been asked for by
then.
"""

import argparse
import functools
import gzip
import http.server
import json
import random
import re
import shutil
import statistics
import sys
import tempfile
import threading
from pathlib import Path
from types import SimpleNamespace

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from build_scripts.search.entries import KINDS, Entry
from build_scripts.search.files import search_files
from build_scripts.search.page_text import plain_text

QUESTIONS = ("低保", "衢丽铁路", "6000亿元", "缙云抽水蓄能", "房价")
SLOWED = 4
# Characters of a page's text: tables, which the search leaves out, are no longer told apart in a built page.
LONG = 2500
LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
ASKED = """async (question) => {
  const input = document.querySelector(".md-search__input"), list = document.getElementById("search-found");
  const begun = performance.now(), times = {};
  const done = new Promise((all) => list.addEventListener("shown", () => {
    if (list.dataset.question !== question) return;
    times[list.dataset.state] ??= performance.now() - begun;
    if (list.dataset.state === "all") all();
  }));
  input.focus();
  input.value = question;
  input.dispatchEvent(new Event("input"));
  await done;
  return times;
}"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves gzipped files and keeps no log."""

    def log_message(self, *_said: object) -> None:
        """Nothing."""

    def do_GET(self) -> None:  # the name is the library's
        """One file, gzipped as web servers do."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def serve(folder: Path) -> str:
    """The address at which a folder is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def known(site: Path) -> list[Entry]:
    """The entries of a site's search."""
    first = json.loads((site / "search" / "names-0.json").read_bytes())
    rows, notes = first["entries"], []
    for part in range(1, first["names"]):
        rows += json.loads((site / "search" / f"names-{part}.json").read_bytes())
    for part in range(first["notes"]):
        notes += json.loads((site / "search" / f"notes-{part}.json").read_bytes())
    return [
        Entry(address, title, KINDS[kind], first["labels"][label], note, tuple(names), standing % 10, standing > 9)
        for (kind, label, standing, address, title, *names), note in zip(rows, notes, strict=True)
    ]


def multiplied(site: Path, times: int, folder: Path) -> Path:
    """A site with the frame of `site` and the search of one `times` its size."""
    (folder / "search").mkdir(parents=True)
    for name in ("index.html", "assets"):
        copy = shutil.copytree if (site / name).is_dir() else shutil.copyfile
        copy(site / name, folder / name)
    entries, texts = [], {}
    chance = random.Random(20261128)
    characters = sorted({character for entry in known(site) for character in entry.title if character > "\u3400"})
    for entry in known(site):
        path = site / entry.address / "index.html"
        article = re.search(r"<article.*?</article>", path.read_text(encoding="utf-8"), re.DOTALL)
        text = plain_text(article[0])[:LONG] if article else ""
        for number in range(times):
            mark = "".join(chance.sample(characters, 2)) if number else ""
            parts = entry.address.rstrip("/").split("/")
            address = "/".join((*parts[:-1], parts[-1] + (f"-{number}" if number else ""), ""))
            again = Entry(address, mark + entry.title, entry.kind, entry.label, mark + entry.note,
                          tuple(mark + name for name in entry.names), entry.standing, entry.silent)  # fmt: skip
            entries.append(again)
            texts[address] = mark + text
    bare = SimpleNamespace(package=SimpleNamespace(regions=(), unanswered=()))
    for file in search_files(bare, entries, texts):  # type: ignore[arg-type]
        place = folder / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.data)
    return folder


def measured(browser: Browser, address: str, runs: int, *, line: bool) -> list[tuple[float, float, float]]:
    """For each run: milliseconds to the first and to the whole answer, and kilobytes asked for."""
    found = []
    for run in range(runs):
        context = browser.new_context(viewport={"width": 360, "height": 740})
        page = context.new_page()
        session = context.new_cdp_session(page)
        page.goto(address, wait_until="networkidle")
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        session.send("Network.enable")
        if line:
            session.send("Network.emulateNetworkConditions", LINE)
        size = [0.0]
        session.on("Network.loadingFinished", lambda said, size=size: size.append(said["encodedDataLength"] / 1e3))
        page.locator("label.md-header__button[for=__search]").dispatch_event("noop")
        times = page.evaluate(ASKED, QUESTIONS[run % len(QUESTIONS)])
        found.append((times["names"], times["all"], sum(size)))
        context.close()
    return found


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("site", type=Path)
    asked.add_argument("--times", type=int, nargs="+", default=[1, 10])
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--network", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for times in given.times:
            site = multiplied(given.site, times, Path(folder, str(times)))
            sizes = [path.stat().st_size for path in (site / "search").rglob("*.json")]
            packed = len(gzip.compress((site / "search" / "names-0.json").read_bytes(), 6)) / 1e3
            rounds = measured(browser, serve(site), given.runs, line=given.network)
            first, whole, loaded = (statistics.median(each) for each in zip(*rounds, strict=True))
            print(
                f"x{times}: {len(sizes)} files, {sum(sizes) / 1e6:.1f} MB, first file {packed:.0f} kB gz; "
                f"first answer {first:.0f} ms, whole answer {whole:.0f} ms, {loaded:.0f} kB loaded"
            )
        browser.close()


if __name__ == "__main__":
    main()
