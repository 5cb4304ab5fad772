"""What each thing that a build spares itself saves: made as it was before, then as it is now, in one run.

    python benchmarks/savings.py [--package datapackage]

Works on a copy of the project in a temporary folder. Seconds of processors, helping processes too, and for what is done
at the same time as something else seconds by the clock. “Before” is the same work without what spares it: no kept
results, libraries brought in at once, nothing remembered, one process.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import site_stage
import vl_convert

from build_scripts import render
from build_scripts.build import report_of
from build_scripts.cards import begin_cards, card_files
from build_scripts.charts import bundle, form
from build_scripts.checks import load_day
from build_scripts.core.crew import Crew
from build_scripts.core.kept import kept, made_anew
from build_scripts.core.language import choose, use
from build_scripts.core.memory import remembering
from build_scripts.core.settings import Settings
from build_scripts.exports import Publication
from build_scripts.exports.calendar_files import calendar_files
from build_scripts.exports.project import publication
from build_scripts.load import passed
from build_scripts.locale import catalogue
from build_scripts.pages import SiteData, build_pages
from build_scripts.report import Report, build_report
from build_scripts.site.last_site import STATE
from build_scripts.site.up_to_date import LAST_BUILD

Line = tuple[str, str, float, float]
LATE = "import altair.vegalite, pyarrow.parquet, frictionless"


def spent(work: Callable[[], object]) -> float:
    """Seconds of all processors."""
    return site_stage.timed(work)[1]


def waited(work: Callable[[], object]) -> float:
    """Seconds by the clock."""
    return site_stage.timed(work)[0]


def imported(code: str) -> None:
    subprocess.run([sys.executable, "-c", f"import build_scripts.cli.build; {code}"], cwd=site_stage.ROOT, check=True)


def of_the_shell(settings: Settings) -> Iterator[Line]:
    """A build from the shell, page engine and all."""
    (settings.out_dir / LAST_BUILD).unlink(missing_ok=True)
    anew = spent(lambda: site_stage.build(settings))
    yield "asked first whether anything has changed", "nothing changed", anew, spent(lambda: site_stage.build(settings))
    all_at_once = spent(partial(imported, LATE))
    yield "libraries brought in when they are needed", "any build", all_at_once, spent(partial(imported, "pass"))
    bare = spent(lambda: site_stage.bare(settings))
    for name in (".cache/pages", ".cache/page-links", ".cache/theme", f"build/{STATE}", "build/site"):
        place = settings.root / name
        shutil.rmtree(place, ignore_errors=True) if place.is_dir() else place.unlink(missing_ok=True)
    yield "the page engine in place of MkDocs", "from nothing", bare, spent(lambda: site_stage.site_stage(settings))
    yield (
        "… which makes again what has changed",
        "nothing changed",
        bare,
        spent(lambda: site_stage.site_stage(settings)),
    )


def of_charts(settings: Settings, empty: Path) -> Iterator[Line]:
    """Forms and the script of the charts."""

    def forms(folder: Path) -> None:
        form._COMPILED.clear()
        form.recall(form._FORMS, folder)

    forms(settings.cache_dir)
    anew = spent(lambda: forms(empty))
    yield "compiled forms of charts kept", "any build", anew, spent(lambda: forms(settings.cache_dir))
    anew = spent(lambda: vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"))
    yield "the charts' script shipped", "from nothing", anew, spent(lambda: bundle(empty))


def of_downloads(settings: Settings, report: Report) -> Iterator[Line]:
    """Books and other files for readers."""

    def seconds(keep: Callable[..., bytes], kind: str) -> float:
        made = Publication(publication(settings, report).edition, keep)
        assert made.tables
        assert kind == "downloads" or made.downloads
        return spent(lambda: getattr(made, kind))

    keep = partial(kept, settings.cache_dir)
    seconds(keep, "subsets")
    for kind, said in (("downloads", "books and Parquet of tables kept"), ("subsets", "books of subsets kept")):
        yield said, "any build", seconds(made_anew, kind), seconds(keep, kind)
    files = partial(calendar_files, report)
    list(files(keep))
    yield "calendars kept", "any build", spent(lambda: list(files(made_anew))), spent(lambda: list(files(keep)))


def of_data(settings: Settings, report: Report) -> Iterator[Line]:
    """Reading, judging, words."""

    def read() -> None:
        load_day(settings.package_dir, settings.as_of, settings.as_of, None)

    passed.recall(settings.cache_dir)
    read()
    passed.store(settings.cache_dir)
    passed.forget()
    anew = spent(read)
    passed.recall(settings.cache_dir)
    yield "rows that frictionless has passed before", "any build", anew, spent(read)
    judged = partial(build_report, report.package, report.as_of)
    anew = spent(lambda: judged().history)
    with remembering() as memory:
        assert judged().history
        memory.turn()
        yield "verdicts remembered by their content", "in serve", anew, spent(lambda: judged().history)

    def keys(*, forgetting: bool) -> None:
        for _ in range(1000):
            if forgetting:
                catalogue._under.cache_clear()
            catalogue.keys("theme.")

    anew = spent(lambda: keys(forgetting=True))
    yield "keys of the words, asked a thousand times", "any build", anew, spent(lambda: keys(forgetting=False))


def of_pages(settings: Settings, report: Report, empty: Path) -> Iterator[Line]:
    """Templates, and cards beside other work."""

    def templates(folder: Path) -> None:
        render.environment.cache_clear()
        render._compile([folder])

    templates(settings.cache_dir)
    anew = spent(lambda: templates(empty))
    yield "compiled templates kept", "any build", anew, spent(lambda: templates(settings.cache_dir))
    pages = list(build_pages(SiteData(report)))
    cards = partial(card_files, pages, "site", report.as_of)
    alone = waited(lambda: list(cards(empty / "one")))
    with Crew() as crew:
        crew.share(list, [0], 1).results()
        begun = begin_cards(pages, "site", report.as_of, empty / "two", crew)
        time.sleep(alone)  # what the process that asked does meanwhile
        yield "cards drawn beside other work, by the clock", "from nothing", alone, waited(lambda: list(begun.files()))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--package", type=Path, default=site_stage.ROOT / "datapackage")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="savings-") as name:
        settings = site_stage.copied(given.package.resolve(), Path(name) / "project")
        use(choose(None, settings.package_dir))
        empty = Path(name) / "empty"
        site_stage.build(settings)
        lines = list(of_the_shell(settings))
        _whole, report = report_of(settings, settings.as_of)
        for more in (of_charts(settings, empty), of_downloads(settings, report), of_data(settings, report)):
            lines += more
        lines += of_pages(settings, report, empty)
    print("| what | in | before, s | now, s | saved, s |\n|---|---|---|---|---|")
    for said, where, before, now in lines:
        print(f"| {said} | {where} | {before:.2f} | {now:.2f} | {before - now:.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
