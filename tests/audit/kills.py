"""Runs killed at any moment: what is out is whole, old or new; the next run mends it; nothing is lost.

Each trial is a process of its own that does one verb and is sent SIGKILL at a moment the dice chooses between its start
and a little after its usual end.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import forms_clerk
from packages import ROOT, add, cell, descriptor, write_package
from preview_samples import build_site, settings_of
from result import Result
from rich.console import Console
from site_builds import SmallSite

from build_scripts.checks import find_violations
from build_scripts.cli import publish as publish_verb
from build_scripts.cli import release as release_verb
from build_scripts.cli import rollback as rollback_verb
from build_scripts.core.errors import UsageError
from build_scripts.core.records import Severity
from build_scripts.exports.manifest import MANIFEST
from build_scripts.exports.project import kept_files
from build_scripts.exports.releases import releases
from build_scripts.forms.export import export_forms, package_hash
from build_scripts.forms.ingest import Plan, read_book, write
from build_scripts.forms.package_index import PackageIndex
from build_scripts.load import read
from build_scripts.load.journal import LOCK, recover
from build_scripts.publish import published_site, versions
from build_scripts.publish.site_state import ledger_of
from build_scripts.site.workplace import SITE_ASIDE

TODAY = date(2026, 11, 28)
VERBS = ("build", "append", "publish", "release", "rollback")
# What a site says of its own files.
_OWN = {versions.APPROVAL, published_site.MANIFEST}


@dataclass
class Trials:
    """Where trials work, what they roll, and what they count."""

    folder: Path
    dice: random.Random
    result: Result

    def killed(self, work: Callable[[], object], seconds: float, begun: Callable[[], bool] | None = None) -> None:
        """Do `work` in a process of its own, and end that at any moment, or so many seconds after it has `begun`."""
        self.result.tried += 1
        child = os.fork()
        if child == 0:
            with contextlib.suppress(BaseException), Path(os.devnull).open("w") as nowhere:
                os.dup2(nowhere.fileno(), 1)
                os.dup2(nowhere.fileno(), 2)
                work()
            os._exit(0)
        end = time.monotonic() + 60
        while begun and not begun() and time.monotonic() < end:
            time.sleep(0.0002)
        time.sleep(self.dice.uniform(0, 1.2 * seconds))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)

    def must(self, holds: object, otherwise: str) -> None:
        """Count a loss where something does not hold."""
        if not holds:
            self.result.lose(otherwise)


def run(verb: str, times: int, folder: Path, seed: int = 1) -> Result:
    """`times` kills of one verb."""
    trials = Trials(folder / verb, random.Random(f"{verb}-{seed}"), Result(f"kill: {verb}"))
    trials.folder.mkdir(parents=True)
    _TRIALS[verb](trials, times)
    return trials.result


def build(trials: Trials, times: int) -> None:
    """The real command, with all the processes that help it; the site goes to and fro between two contents."""
    site = SmallSite(trials.folder / "site")
    known: dict[str, Mapping[str, str]] = {}
    for value in ("160", "161", "160"):
        cell("observations", 2, "value", value)(site.package)
        seconds, code = _timed(lambda: _command(site).wait())
        trials.must(code == 0, "the build itself fails")
        known[value] = _hashes(site.site)
    trials.must(known["160"] != known["161"], "both contents give one site")
    now = "160"
    for number in range(times):
        new = "161" if now == "160" else "160"
        cell("observations", 2, "value", new)(site.package)
        trials.result.tried += 1
        process = _command(site)
        time.sleep(trials.dice.uniform(0, 1.1 * seconds))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        out = _hashes(site.site) or _hashes(site.settings.out_dir / SITE_ASIDE)
        trials.must(out in known.values(), f"kill {number}: the site is neither old nor new")
        trials.must(_command(site).wait() == 0, f"kill {number}: the next build fails")
        trials.must(_hashes(site.site) == known[new], f"kill {number}: the next build does not mend it")
        left = [each.name for each in site.settings.out_dir.iterdir() if each.name.startswith(".run-")]
        trials.must(not left, f"kill {number}: left behind {left}")
        now = new


def append(trials: Trials, times: int) -> None:
    """Forms taken in: rows in four tables, a received workbook kept, receipts."""
    package = trials.folder / "package"
    package.mkdir()
    write_package(package, *forms_clerk.CHANGES)
    plan = _form_plan(package, trials.folder)
    before = _files(package)
    whole = Path(shutil.copytree(package, trials.folder / "whole"))
    seconds, _done = _timed(lambda: write(whole, plan))
    after = _files(whole)
    trials.must(before != after, "nothing is taken in")
    for number in range(times):
        target = Path(shutil.copytree(package, trials.folder / f"{number}"))
        trials.killed(lambda to=target: write(to, plan), seconds)
        recover(target)  # what every reader does first
        # A draft beside a table, which nobody reads, may stay until somebody writes again.
        state = {path: data for path, data in _files(target).items() if not path.endswith(".append-new")}
        half = _differing(state, before, after)
        trials.must([] in half, f"kill {number}: neither before nor after: {half}")
        wrong = [str(each) for each in find_violations(read(target), TODAY) if each.severity is Severity.ERROR]
        trials.must(not wrong, f"kill {number}: {wrong[:2]}")
        if state == before:
            write(target, plan)
        trials.must(_files(target) == after, f"kill {number}: the next take-in does not mend it")
        shutil.rmtree(target)


def publish(trials: Trials, times: int) -> None:
    """A new version goes out over an old one."""
    site = _published_once(trials)
    old = versions.target_of(site, None).readlink()
    _new_figure(site)
    seconds = _seconds_of_publishing(trials, site)
    for number in range(times):
        copy = _copy_of(site, trials.folder / f"{number}")
        trials.killed(lambda to=copy: _let_out(to, "李某"), seconds)
        _is_out_and_whole(trials, copy, f"kill {number}")
        gone_out = versions.target_of(copy, None).readlink() != old
        _let_out(copy, "钱某")
        _is_out_and_whole(trials, copy, f"after kill {number}")
        names = [each.approved_by for each in ledger_of(copy.root)]
        wanted = ["王某", "李某"] if gone_out else ["王某", "钱某"]
        trials.must(names == wanted, f"kill {number}: the record says {names}, not {wanted}")
        shutil.rmtree(copy.root)


def rollback(trials: Trials, times: int) -> None:
    """An older version goes out again."""
    site = _published_once(trials)
    first = versions.target_of(site, None).resolve().name
    _new_figure(site)
    _let_out(site, "李某")
    second = versions.target_of(site, None).resolve().name
    timed = _copy_of(site, trials.folder / "timed")
    seconds, _done = _timed(lambda: _back(timed, first, "赵某"))
    for number in range(times):
        copy = _copy_of(site, trials.folder / f"{number}")
        trials.killed(lambda to=copy: _back(to, first, "赵某"), seconds)
        _is_out_and_whole(trials, copy, f"kill {number}")
        out = versions.target_of(copy, None).resolve().name
        trials.must(out in {first, second}, f"kill {number}: {out} is out")
        _back(copy, second if out == first else first, "钱某")
        _is_out_and_whole(trials, copy, f"after kill {number}")
        names = [each.approved_by for each in ledger_of(copy.root)]
        wanted = ["王某", "李某", *(["赵某"] if out == first else []), "钱某"]
        trials.must(names == wanted, f"kill {number}: the record says {names}, not {wanted}")
        shutil.rmtree(copy.root)


def release(trials: Trials, times: int) -> None:
    """A second version of the data beside a first one."""
    package, kept = trials.folder / "package", trials.folder / "kept"
    package.mkdir()
    write_package(package, descriptor(lambda meta: meta.update(version="2026.06")))
    _release(package, kept)
    before = dict(kept_files(kept))
    cell("units", 2, "name", "改名局")(package)
    descriptor(lambda meta: meta.update(version="2026.07"))(package)
    whole = Path(shutil.copytree(kept, trials.folder / "whole"))
    seconds, _done = _timed(lambda: _release(package, whole))
    after = dict(kept_files(whole))
    for number in range(times):
        target = Path(shutil.copytree(kept, trials.folder / f"{number}"))
        if number % 4:  # what it writes comes last and takes no time, so most kills go there
            trials.killed(lambda to=target: _release(package, to), 0.0005, lambda to=target: len([*to.iterdir()]) > 1)
        else:
            trials.killed(lambda to=target: _release(package, to), seconds)
        state = dict(kept_files(target))
        trials.must(state in (before, after), f"kill {number}: half a version: {sorted(set(state) - set(before))}")
        known = [each.version for each in releases(state)]
        trials.must(known[-1:] == ["2026.06"], f"kill {number}: the list of versions is {known}")
        with contextlib.suppress(UsageError):  # it is out already
            _release(package, target)
        trials.must(dict(kept_files(target)) == after, f"kill {number}: the next release does not mend it")
        left = [each.name for each in target.iterdir() if each.name not in {"2026.06", "2026.07"}]
        trials.must(not left, f"kill {number}: left behind {left}")
        shutil.rmtree(target)


_TRIALS: dict[str, Callable[[Trials, int], None]] = {
    "build": build, "append": append, "publish": publish, "release": release, "rollback": rollback,
}  # fmt: skip


def _command(site: SmallSite) -> subprocess.Popen[bytes]:
    told = ["--package", site.package, "--out", site.settings.out_dir, "--as-of", site.settings.as_of.isoformat()]
    return subprocess.Popen(
        [sys.executable, "-m", "build_scripts", "build", *map(str, told)],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def _form_plan(package: Path, folder: Path) -> Plan:
    book = read_book(package, forms_clerk.AS_OF, forms_clerk.AS_OF)
    index = PackageIndex(book.package, {}, forms_clerk.AS_OF)
    path = next(export_forms(index, forms_clerk.PERIOD, [forms_clerk.UNIT], package_hash(package), folder / "forms"))[0]
    clerk = forms_clerk.Clerk(path)
    clerk.sign()
    clerk.figure("freight|city", 523.4)
    clerk.fill(forms_clerk.Form.TASKS, "bridge", state="已开工", date=date(2025, 10, 8))
    clerk.fill(forms_clerk.Form.PROBLEMS, "noise", state="整改中", date=date(2025, 10, 20), note="加装声屏障")
    return forms_clerk.plan_for(package, clerk.save())


def _published_once(trials: Trials):
    root = trials.folder / "site"
    (root / "datapackage").mkdir(parents=True)
    write_package(root / "datapackage")
    site = settings_of(root / "datapackage", TODAY)
    build_site(site)
    _let_out(site, "王某")
    return site


def _new_figure(site) -> None:
    figure = {"indicator_id": "gdp", "region_id": "city", "period": "2025", "basis": "main", "pub": "2026-03-01"}
    add("observations", **figure, source_id="gazette", value="203", obs_status="A")(site.package_dir)
    build_site(site)


def _copy_of(site, folder: Path):
    shutil.copytree(site.root, folder, symlinks=True)
    return settings_of(folder / site.package_dir.name, site.as_of)


def _let_out(site, name: str) -> None:
    with _quiet():
        publish_verb.publish(approved_by=name, package=site.package_dir, out=site.out_dir)


def _back(site, version: str, name: str) -> None:
    with _quiet():
        rollback_verb.rollback(version, approved_by=name, package=site.package_dir, out=site.out_dir)


def _release(package: Path, folder: Path) -> None:
    with _quiet():
        release_verb.release(package, "2026-06-30", folder)


def _seconds_of_publishing(trials: Trials, site) -> float:
    timed = _copy_of(site, trials.folder / "timed")
    return _timed(lambda: _let_out(timed, "李某"))[0]


def _is_out_and_whole(trials: Trials, site, when: str) -> None:
    """Every file that is out is the one that its own list names, and none is missing."""
    out = versions.target_of(site, None)
    approval = json.loads((out / versions.APPROVAL).read_bytes())
    manifest = (out / published_site.MANIFEST).read_bytes()
    listed = {each["path"]: each["sha256"] for each in json.loads(manifest)["files"]}
    found = {path: digest for path, digest in _hashes(out).items() if path not in _OWN}
    same = approval["manifest_sha256"] == hashlib.sha256(manifest).hexdigest() and found == listed
    trials.must(same, f"{when}: what is out is not whole")


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def _files(package: Path) -> dict[str, bytes]:
    paths = sorted(path for path in package.rglob("*") if path.is_file() and path.name != LOCK)
    return {path.relative_to(package).as_posix(): path.read_bytes() for path in paths}


def _differing(state: Mapping[str, bytes], *known: Mapping[str, bytes]) -> list[list[str]]:
    return [sorted(path for path in {*state, *each} if state.get(path) != each.get(path)) for each in known]


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    done = work()
    return max(time.perf_counter() - start, 0.02), done


def _quiet() -> contextlib.redirect_stdout[io.StringIO]:
    return contextlib.redirect_stdout(io.StringIO())


assert Console  # the verbs print with it
