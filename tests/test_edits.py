"""After any edit an incremental build is the clean one, file by file, whatever was damaged or interrupted meanwhile."""

import dataclasses
import hashlib
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import packages
import pytest
from edits import DATA, EDITS, UNSEEN
from rich.console import Console
from site_builds import SmallSite, as_new_process, copy_of, from_nothing

from build_scripts.cli.build import bring_up_to_date
from build_scripts.core.memory import remembering
from build_scripts.core.settings import MANIFEST
from build_scripts.site.filed import Filed
from build_scripts.site.last_site import STATE
from build_scripts.site.spare import SPARE

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("edits")]


def files(site: SmallSite) -> dict[str, str]:
    """Every file of the built site and of its overlay by path, the manifest too."""
    return {
        path.relative_to(site.settings.out_dir).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in (site.site, site.settings.staged_dir)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> SmallSite:
    """A small site, built once; changed only in copies."""
    site = SmallSite(tmp_path_factory.mktemp("small") / "one")
    site.build()
    return site


@pytest.fixture
def site(built, tmp_path):
    yield copy_of(built, tmp_path / "copy", linked=True)
    shutil.rmtree(tmp_path)


@pytest.fixture(scope="module")
def clean(tmp_path_factory) -> Callable[[SmallSite, str], dict[str, str]]:
    """`clean(site, name)` → the files of a clean build of the site's sources, made once for a name."""
    known: dict[str, dict[str, str]] = {}

    def build(site: SmallSite, name: str) -> dict[str, str]:
        if name not in known:
            as_new_process()
            other = from_nothing(site, tmp_path_factory.mktemp("clean") / "site")
            other.build()
            known[name] = files(other)
            shutil.rmtree(other.folder)
        return known[name]

    return build


# Edits to figures, sources and promises, one after the other in a process that stays.
STAYING = (
    "a value",
    "a value written otherwise",
    "a row of another day",
    "a target's goal",
    "an event in",
    "rows in another order",
)


def differing(one: dict[str, str], other: dict[str, str]) -> list[str]:
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))


def put_back(built: SmallSite, site: SmallSite) -> None:
    """The sources of before, and the day."""
    for name in ("datapackage", "docs"):
        shutil.rmtree(site.folder / name)
        shutil.copytree(built.folder / name, site.folder / name)
    site.settings = dataclasses.replace(site.settings, as_of=built.settings.as_of)


@pytest.mark.parametrize("kind", EDITS)
def test_after_an_edit_the_site_is_what_a_clean_build_gives(built, site, clean, monkeypatch, kind):
    before = files(built)
    with monkeypatch.context() as patch:
        EDITS[kind](site, patch)
        site.build()
        after = files(site)
        assert differing(after, clean(site, kind)) == []
    # Only an edit of the program, or of the site's own files, leaves templates and words that are no longer so.
    as_new_process(also=() if kind in DATA else ("environment", "_words"))
    changed = set(differing(before, after)) - {f"site/{MANIFEST}"}
    if kind == "nothing":
        assert before == after
    elif kind in UNSEEN:
        assert {path.split("/", 1)[1] for path in changed} <= {"publications/state.json"}
    else:
        assert len(changed) > 1


def everything(folder: Path) -> dict[str, str]:
    """Every file below a folder by path, but for what a run keeps for itself."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and SPARE not in path.parts and path.name not in {STATE, ".lock", "last-build.json"}
    }


def by_command(site: SmallSite) -> dict[str, str]:
    """The files of the site as the command builds it."""
    bring_up_to_date(site.settings, Console(quiet=True))
    return everything(site.settings.out_dir)


def test_after_an_edit_a_site_in_two_languages_is_what_a_clean_build_gives(built, tmp_path):
    site = from_nothing(built, tmp_path / "two")
    text = (site.folder / "mkdocs.yml").read_text(encoding="utf-8")
    (site.folder / "mkdocs.yml").write_text(text.replace("languages: []", "languages: [zh, en]"), encoding="utf-8")
    DATA["a translation in"](site, None)
    packages.descriptor(lambda meta: meta.update(disclosure={"languages": ["zh", "en"]}))(site.package)
    before = by_command(site)
    packages.replace("targets/translations.csv", "Output of 20", "Output beyond 20")(site.package)
    DATA["a value"](site, None)
    after = by_command(site)
    changed = differing(before, after)
    assert {"site/zh/targets/gdp-2025/index.html", "site/en/targets/gdp-2025/index.html"} <= {*changed}
    assert "Output beyond 20" in (site.site / "en/targets/gdp-2025/index.html").read_text(encoding="utf-8")
    as_new_process()
    assert differing(after, by_command(from_nothing(site, tmp_path / "clean"))) == []


def test_a_day_without_news_leaves_all_files_of_the_site_but_a_few_as_they_were(site):
    site.settings = dataclasses.replace(site.settings, as_of=date(2024, 7, 3))
    before = by_command(site)
    site.settings = dataclasses.replace(site.settings, as_of=date(2024, 7, 4))
    different = differing(before, by_command(site))
    changed = {path.removeprefix("site/") for path in different if path.startswith("site/")}
    assert {path for path in changed if path.endswith(".html")} == {"index.html", "data/index.html"}
    assert len(changed) <= 10, sorted(changed)


@pytest.mark.parametrize("kind", ["a value", "a target's id", "the day", "a page in"])
def test_an_edit_taken_back_gives_the_site_of_before(built, site, monkeypatch, kind):
    before = files(site)
    EDITS[kind](site, monkeypatch)
    site.build()
    assert files(site) != before
    put_back(built, site)
    site.build()
    assert files(site) == before


def test_a_site_too_large_for_memory_comes_out_the_same(site, clean, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("build_scripts.site.filed.HELD", 0)
        filed = []
        patch.setattr(Filed, "__init__", noted(Filed.__init__, filed))
        DATA["a value"](site, patch)
        site.build()
    assert len(filed) > 100
    assert differing(files(site), clean(site, "a value")) == []


def noted(function: Callable, calls: list) -> Callable:
    def call(*given, **named):
        calls.append(given)
        return function(*given, **named)

    return call


def test_a_process_that_stays_gives_what_a_clean_build_gives(built, site, clean, monkeypatch):
    with remembering() as memory:
        for kind in STAYING:
            put_back(built, site)
            DATA[kind](site, monkeypatch)
            site.build()
            memory.turn()
            with remembering():
                assert differing(files(site), clean(site, kind)) == [], kind


def test_a_site_is_built_in_the_folders_of_the_one_before_the_last_whatever_they_hold(
    built, site, clean, monkeypatch, tmp_path
):
    DATA["a target renamed"](site, monkeypatch)
    site.build()
    spare = site.settings.out_dir / SPARE
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.html").write_text("not ours", encoding="utf-8")
    same = (spare / "regions").stat().st_ino
    overwrite(spare / "index.html")
    (spare / "assets" / "css" / "tokens.css").unlink()
    (spare / "stray" / "empty").mkdir(parents=True)
    (spare / "stray.html").write_text("not ours", encoding="utf-8")
    shutil.rmtree(spare / "sources")
    (spare / "sources").symlink_to(outside)
    shutil.rmtree(spare / "method")
    (spare / "method").write_text("a file where a folder was", encoding="utf-8")
    put_back(built, site)
    DATA["a value"](site, monkeypatch)
    site.build()
    assert differing(files(site), clean(site, "a value")) == []
    assert not (site.site / "stray").exists()
    assert [path.name for path in outside.iterdir()] == ["index.html"]
    assert (site.site / "regions").stat().st_ino == same


def overwrite(path: Path) -> None:
    _alone(path).write_bytes(b"<!doctype html><meta charset=utf-8>edited")


def touch_inside(path: Path) -> None:
    """Another byte, but the size and the time of before."""
    was = path.stat()
    data = path.read_bytes()
    _alone(path).write_bytes(data[:-1] + b"?")
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


def _alone(path: Path) -> Path:
    """The file without its other names."""
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data)
    return path


def lost_store(site: SmallSite) -> None:
    shutil.rmtree(site.settings.cache_dir)


def damaged_store(site: SmallSite) -> None:
    for number, path in enumerate(sorted(path for path in site.settings.cache_dir.rglob("*") if path.is_file())):
        data = path.read_bytes()
        _alone(path).write_bytes((data[:-9] + b"x" + data[-8:], b"", data[:40], b"[]")[number % 4])


def swapped_store(site: SmallSite) -> None:
    """Every result lies under the name of another of its kind."""
    for folder in (path for path in site.settings.cache_dir.iterdir() if path.is_dir()):
        found = sorted(path for path in folder.iterdir() if path.is_file())
        contents = [path.read_bytes() for path in found]
        for path, data in zip(found, [*contents[1:], *contents[:1]], strict=True):
            _alone(path).write_bytes(data)


def lost_state(site: SmallSite) -> None:
    (site.settings.out_dir / STATE).unlink()


def damaged_state(site: SmallSite) -> None:
    path = site.settings.out_dir / STATE
    _alone(path).write_bytes(path.read_bytes()[:99])


def lost_manifest(site: SmallSite) -> None:
    (site.site / MANIFEST).unlink()


def strays(site: SmallSite) -> None:
    """Files and folders that nobody made, in the site and in the overlay."""
    for folder in (site.site, site.settings.staged_dir):
        (folder / "stray" / "empty").mkdir(parents=True)
        (folder / "stray" / "page.md").write_text("# 不是我们的\n", encoding="utf-8")
        (folder / "stray.html").write_text("not ours", encoding="utf-8")


def output(path: str, damage: Callable[[Path], None]) -> Callable[[SmallSite], None]:
    return lambda site: damage(site.site / path)


def overlay(path: str, damage: Callable[[Path], None]) -> Callable[[SmallSite], None]:
    return lambda site: damage(site.settings.staged_dir / path)


DAMAGE: dict[str, Callable[[SmallSite], None]] = {
    "an output deleted": output("targets/gdp-2025/index.html", Path.unlink),
    "an output edited": output("search/names-0.json", overwrite),
    "an output touched inside": output("assets/css/tokens.css", touch_inside),
    "outputs deleted": output("targets", shutil.rmtree),
    "an overlay's file deleted": overlay("targets/gdp-2025/index.md", Path.unlink),
    "an overlay's file edited": overlay("data/csv/observations.csv", overwrite),
    "an overlay's file touched inside": overlay("index.md", touch_inside),
    "files that nobody made": strays,
    "the store lost": lost_store,
    "the store damaged": damaged_store,
    "the store mixed up": swapped_store,
    "the state lost": lost_state,
    "the state damaged": damaged_state,
    "the manifest lost": lost_manifest,
    "the site lost": lambda site: shutil.rmtree(site.site),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_an_edit_after_damage_gives_what_a_clean_build_gives(site, clean, monkeypatch, damage):
    DAMAGE[damage](site)
    DATA["a value"](site, monkeypatch)
    site.build()
    assert differing(files(site), clean(site, "a value")) == []


STEPS = {
    "while charts are kept": "build_scripts.charts.render._save",
    "before pages are viewed": "build_scripts.overlay.build_pages",
    "before cards are drawn": "build_scripts.overlay.begin_cards",
    "while the overlay is written": "build_scripts.site.stage.write",
    "while pages are made": "build_scripts.site.page_engine.make_page",
    "before the seal": "site_builds.seal",
    "before the swap": "build_scripts.site.engine.swap",
    "before the state": "build_scripts.site.page_engine.Built.remember",
}


@pytest.mark.parametrize("step", STEPS)
def test_a_build_killed_half_way_leaves_no_trace_in_the_next(built, site, clean, monkeypatch, step):
    DATA["a row in"](site, monkeypatch)
    calls = []

    def killed(*_arguments: object, **_named: object) -> None:
        calls.append(step)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(STEPS[step], killed)
        with pytest.raises(KeyboardInterrupt):
            site.build()
    assert calls
    put_back(built, site)
    DATA["a value"](site, monkeypatch)
    site.build()
    assert differing(files(site), clean(site, "a value")) == []
