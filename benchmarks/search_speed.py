"""How soon the search answers on a slow phone, how much it loads and how often it is right, beside two other searches.

    python benchmarks/search_speed.py SITE [--times 1 10] [--runs 5] [--network] [--rivals]

SITE is a built site. Its multiples have its pages again and again under other names (seeded). A browser slowed four
times (Chrome's own throttling) opens a page and asks a question with nothing loaded before; with `--network`, over a
line of 1.6 Mbit/s with 150 ms between question and answer. Printed are medians to the first answer (of ours: from the
moment the box is reached; in brackets until the whole text has answered), the kilobytes gzipped that had been asked
for by then, and how many of the forty questions of `tests/data/search_first.csv` the page meant answers first.
Exits 1 where our first answer takes longer than a second. With `--rivals`, lunr and Pagefind are asked too.
"""

import argparse
import csv
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
from typing import Any

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from search_rivals import PROGRAM, prepare, rivals

from build_scripts.search.entries import KINDS, Entry
from build_scripts.search.files import search_files
from build_scripts.search.page_text import plain_text

ROOT = Path(__file__).parents[1]
QUESTIONS = ("低保", "衢丽铁路", "6000亿元", "缙云抽水蓄能", "房价")
SLOWED = 4
# Milliseconds to the first answer; more of ours breaks the limit.
MOST = 1000
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
  const root = new URL("./", location.href).href;
  const loaded = LOADED(begun, times.names);
  const found = [...list.children].map((link) => link.href.slice(root.length));
  return { first: times.names, all: times.all, loaded, found };
}"""
ASK_OTHER = """async (question) => {
  const begun = performance.now(), found = await ask(question), all = performance.now() - begun;
  return { first: all, all, loaded: LOADED(begun, all), found };
}"""
LOADED = """((begun, took) => performance.getEntriesByType("resource")
  .filter((each) => each.startTime >= begun && each.responseEnd <= begun + took)
  .reduce((sum, each) => sum + each.encodedBodySize / 1000, 0))"""
HEAD = (
    "| search | files | MB | kB gz to the first answer | first answer, ms (whole) | right of 40 |\n" + "|---" * 6 + "|"
)


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


def multiplied(site: Path, times: int) -> tuple[list[Entry], dict[str, str]]:
    """The entries of a site `times` the size of `site`, and the texts of its pages by address."""
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
    return entries, texts


def own_site(site: Path, folder: Path, entries: list[Entry], texts: dict[str, str]) -> list[Path]:
    """A site with the frame of `site` and our search of these entries; gives the files of the search."""
    (folder / "search").mkdir(parents=True)
    for name in ("index.html", "assets"):
        copy = shutil.copytree if (site / name).is_dir() else shutil.copyfile
        copy(site / name, folder / name)
    bare = SimpleNamespace(package=SimpleNamespace(regions=(), unanswered=(), places=lambda _role: ()))
    for file in search_files(bare, entries, texts.__getitem__):  # type: ignore[arg-type]
        place = folder / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.data)
    name = Path("search", "names-0.json")
    first = json.loads((site / name).read_bytes())
    place_of = {entry.address: place for place, entry in enumerate(known(folder))}
    addresses = [entry.address for entry in known(site)]
    absent = [[said, instead, [place_of[addresses[at]] for at in near]] for said, instead, near in first["absent"]]
    made = json.loads((folder / name).read_bytes()) | {"idle": first["idle"], "absent": absent}
    (folder / name).write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return sorted((folder / "search").rglob("*.json"))


def slowed(browser: Browser, address: str, ask: str, runs: int, *, line: bool) -> list[dict[str, Any]]:
    """What `ask` gave to its question in a fresh page, for each run."""
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
        found.append(page.evaluate(ask, QUESTIONS[run % len(QUESTIONS)]))
        context.close()
    return found


def right(browser: Browser, address: str, ask: str) -> int:
    """How many of the forty questions the page meant answers first."""
    page = browser.new_page()
    page.goto(address)
    with (ROOT / "tests" / "data" / "search_first.csv").open(encoding="utf-8") as file:
        wanted = {row["query"]: row["right"].split(";") for row in csv.DictReader(file)}
    answers = {question: page.evaluate(ask, question)["found"] for question in wanted}
    page.close()
    return sum(
        set(answers[question][:1]) <= set(pages) and bool(answers[question]) for question, pages in wanted.items()
    )


def row(
    name: str, browser: Browser, folder: Path, files: list[Path], ask: str, given: argparse.Namespace
) -> tuple[str, float]:
    """One line of the table, and how long the first answer took."""
    address = serve(folder)
    rounds = slowed(browser, address, ask, given.runs, line=given.network)
    first, whole, loaded = (statistics.median(each[key] for each in rounds) for key in ("first", "all", "loaded"))
    sizes = [path.stat().st_size for path in files]
    said = f"{first:.0f} ({whole:.0f})" if whole > first else f"{first:.0f}"
    cells = (name, len(sizes), f"{sum(sizes) / 1e6:.1f}", f"{loaded:.0f}", said, right(browser, address, ask))
    return f"| {' | '.join(map(str, cells))} |", first


def main() -> int:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("site", type=Path)
    asked.add_argument("--times", type=int, nargs="+", default=[1, 10])
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--network", action="store_true")
    asked.add_argument("--rivals", action="store_true", help="try lunr and Pagefind, too")
    given = asked.parse_args()
    others, broken = rivals() if given.rivals else [], False
    if given.rivals and not shutil.which(PROGRAM):
        print(f"(Pagefind is left out: {PROGRAM} is not on the path)\n")
    print(HEAD)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for times in given.times:
            entries, texts = multiplied(given.site, times)
            folder = Path(scratch, str(times))
            ours = given.site if times == 1 else folder / "own"
            files = sorted((ours / "search").rglob("*.json")) or own_site(given.site, ours, entries, texts)
            ask = ASKED.replace("LOADED", LOADED)
            line, first = row(f"×{times} ours", browser, ours, files, ask, given)
            broken |= first > MOST
            print(line, flush=True)
            for number, rival in enumerate(others):
                place = folder / str(number)
                files = prepare(rival, place, entries, texts)
                ask = ASK_OTHER.replace("LOADED", LOADED)
                print(row(f"×{times} {rival}", browser, place, files, ask, given)[0], flush=True)
        browser.close()
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
