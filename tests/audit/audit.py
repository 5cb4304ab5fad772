"""The whole audit: every page, naughty texts through every field, kills, slips of the pen. One table in the end.

`python tests/audit/audit.py [PART …] [--texts N] [--kills N] [--slips N] [--site DIR] [--first N]`
Parts: pages, texts, kills, slips; all by default. `--texts N` takes every N-th text only. Ends with 1 where anything is
lost.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
TESTS = HERE.parent
_NEEDED = ("", "browser", "forms", "preview", "fuzz")
sys.path[:0] = [str(TESTS.parent), str(HERE), *(str(TESTS / name) for name in _NEEDED)]

import kills  # noqa: E402
import pages  # noqa: E402
import sites  # noqa: E402
import tally  # noqa: E402
from answers import Desk  # noqa: E402
from mutants import HONEST, SLIPS  # noqa: E402
from naughty import Bench  # noqa: E402
from planting import Headed, listed, lots  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from result import Result  # noqa: E402

PARTS = ("slips", "kills", "texts", "pages")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Pages of the small site that a browser opens with every lot of texts in it.
_OPENED = ("index.html", "targets/index.html", "targets/gdp-2025/index.html", "search/index.html", "sources/index.html")


def audit_texts(folder: Path, step: int) -> Iterator[Result]:
    """The list through tables, codes, descriptor and settings, and forms."""
    some = listed()[::step]
    free, codes = Result("texts: fields of free text"), Result("texts: ids, numbers, days, codes")
    with _browser() as browser:
        bench = Bench(folder / "tables")
        look = (lambda site: opened(site, browser)) if browser else None
        done = 0
        for lot in lots(some):
            bench.through(lot, free, look)
            done += len(lot)
            _told(free, done, len(some))
        for text in some:
            bench.coded(text, codes)
        yield free
        yield codes
        head, headings = Bench(folder / "head", Headed), Result("texts: descriptor and settings")
        for at, text in enumerate(some):
            head.through([text], headings, look)
            _told(headings, at, len(some))
        yield headings
    desk, forms = Desk(folder / "desk"), Result("texts: forms")
    for text in some:
        desk.take(text, forms)
    yield forms


def opened(site: Path, browser) -> list[str]:
    """What goes wrong when a browser opens some of the pages: a script that runs, a policy that had to step in."""
    wrong: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("dialog", lambda box: (wrong.append(f"a dialog: {box.message}"), box.dismiss()))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    for path in _OPENED:
        if (site / path).is_file():
            page.goto((site / path).as_uri())
            if page.evaluate("() => window.naughty === 1"):
                wrong.append(f"{path}: a script ran")
    context.close()
    return wrong


def audit_kills(folder: Path, times: int) -> Iterator[Result]:
    """The same number of kills for each verb."""
    for verb in kills.VERBS:
        yield kills.run(verb, times // len(kills.VERBS), folder)


def audit_slips(count: int, seed: int = 1) -> Iterator[Result]:
    """Slips of the pen in the published package, and honest edits. Lost are those beyond what may stay unseen."""
    bench = tally.Bench()
    made, silent = tally.totals(tally.run(SLIPS, count, seed, bench))
    slips = Result("slips of the pen", tried=made, refused=made - silent)
    if silent > tally.SILENT_AT_MOST * made:
        slips.lose(f"{silent} of {made} passed in silence")
    yield slips
    made, silent = tally.totals(tally.run(HONEST, count // 10, seed, bench))
    honest = Result("honest edits", tried=made)
    if made - silent > tally.NOISE_AT_MOST * made:
        honest.lose(f"{made - silent} of {made} were told without need")
    yield honest


def audit_pages(site: Path, step: int = 1) -> Iterator[Result]:
    """Every page of the real site."""
    yield pages.linked(site)
    yield pages.valid(site)
    with _browser() as browser:
        if browser:
            yield pages.accessible(site, browser, pages.pages_of(site)[::step])
        else:
            yield Result("axe").skip("no Chromium on PATH: run `make browser`")


def table(results: list[Result]) -> str:
    """What was tried, refused and lost, a part a line."""
    rows = [("", "tried", "refused", "lost")]
    rows += [
        (each.name, f"{each.tried:,}", f"{each.refused:,}", each.skipped or str(len(each.lost))) for each in results
    ]
    return "\n".join(f"{name:34} {tried:>9} {refused:>9} {lost:>6}" for name, tried, refused, lost in rows)


@contextmanager
def _browser():
    found = next((path for path in map(shutil.which, _BROWSERS) if path), None)
    if not found:
        yield None
        return
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def _told(result: Result, done: int, whole: int) -> None:
    sys.stderr.write(f"{result.name}: {min(done, whole)} of {whole}, lost {len(result.lost)}\n")


def main() -> int:
    """Do the parts asked for and print the table; 1 when anything was lost."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[])
    asked.add_argument("--texts", type=int, default=1, help="every N-th text")
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--slips", type=int, default=5000)
    asked.add_argument("--axe", type=int, default=1, help="every N-th page for axe")
    asked.add_argument("--site", type=Path, help="a built site of the real package instead of building one")
    given = asked.parse_args()
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for part in given.parts or PARTS:
            if part == "slips":
                found = audit_slips(given.slips)
            elif part == "kills":
                found = audit_kills(folder / "kills", given.kills)
            elif part == "texts":
                found = audit_texts(folder / "texts", given.texts)
            else:
                found = audit_pages(given.site or sites.build(folder / "real"), given.axe)
            for result in found:
                results.append(result)
                sys.stdout.write("".join(f"{result.name}: {line}\n" for line in result.lost))
                sys.stdout.flush()
    sys.stdout.write(f"\n{table(results)}\n")
    return int(any(each.lost for each in results))


if __name__ == "__main__":
    sys.exit(main())
