"""The periodic rebuild, run for real: a good month, a month with a broken row, the month after it is mended; a push."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import serving
import sites
from packages import write_package

SCRIPT = sites.ROOT / ".ci/templates/publish.sh"
pytestmark = [pytest.mark.site, pytest.mark.skipif(not shutil.which("sh"), reason="no POSIX shell here")]


def publish(project: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the shipped script on a project of its own."""
    env = os.environ | {
        "PROJECT": str(sites.ROOT),
        "PYTHON": sys.executable,
        "PACKAGE": str(project / "datapackage"),
        "OUT": str(project / "build"),
        **settings,
    }
    # A strict umask, as servers of authorities have it: what is published must be readable all the same.
    command = ["sh", "-c", 'umask 077 && exec sh "$@"', "sh", str(SCRIPT), str(project / "www/site")]
    command += ["--as-of", sites.AS_OF]
    return subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False, timeout=600)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project whose first month went well."""
    root = tmp_path_factory.mktemp("project")
    (root / "datapackage").mkdir()
    write_package(root / "datapackage")
    shutil.copytree(sites.ROOT / "docs", root / "docs")
    shutil.copyfile(sites.ROOT / "mkdocs.yml", root / "mkdocs.yml")
    sites.share_store(root)
    done = publish(root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


def served(project: Path) -> dict[str, bytes]:
    site = project / "www/site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_good_month_puts_the_site_in_place(project):
    assert (project / "www/site").is_symlink()
    assert b"<html" in served(project)["index.html"]
    modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in (project / "www/site").resolve().rglob("*")}
    assert modes == {(True, 0o755), (False, 0o644)}
    assert (project / "www/site").resolve().stat().st_mode & 0o777 == 0o755
    assert (project / "www/site.versions").stat().st_mode & 0o777 == 0o755
    assert not (project / "build/failure-report.txt").exists()
    assert not (project / "build/publish.lock").exists()


def test_a_broken_row_leaves_the_site_and_the_report_names_the_row(project):
    before, link = served(project), (project / "www/site").readlink()
    table = project / "datapackage/progress/observations.csv"
    good = table.read_text(encoding="utf-8")
    lines = good.splitlines()
    value = lines[0].split(",").index("value")
    cells = lines[2].split(",")
    cells[value] = "约二百"
    lines[2] = ",".join(cells)
    told = project / "told.txt"
    try:
        table.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
        failed = publish(project, NOTIFY=f"cat > {told}")
    finally:
        table.write_text(good, encoding="utf-8", newline="")
    assert failed.returncode == 1
    assert (project / "www/site").readlink() == link
    assert served(project) == before
    report = told.read_text(encoding="utf-8")
    assert report == (project / "build/failure-report.txt").read_text(encoding="utf-8")
    assert report.startswith("网站没有更新：数据检查没有通过\n")
    for part in ("observations.csv", "3", "value", "约二百", "仍是上一次的网站"):
        assert part in report
    assert "Traceback" not in report
    mended = publish(project)
    assert mended.returncode == 0, mended.stderr
    assert not (project / "build/failure-report.txt").exists()


@pytest.mark.parametrize("kept", [1, 5], ids=["cut to its header", "half copied"])
def test_lost_progress_is_not_published_unattended(project, kept):
    before, link = served(project), (project / "www/site").readlink()
    table = project / "datapackage/progress/observations.csv"
    whole = table.read_text(encoding="utf-8")
    try:
        table.write_text("".join(whole.splitlines(keepends=True)[:kept]), encoding="utf-8", newline="")
        failed = publish(project)
    finally:
        table.write_text(whole, encoding="utf-8", newline="")
    assert failed.returncode == 1
    assert (project / "www/site").readlink() == link
    assert served(project) == before
    report = (project / "build/failure-report.txt").read_text(encoding="utf-8")
    assert report.count("published-row-gone") == len(whole.splitlines()) - kept
    assert f"progress/observations.csv:{kept + 1}: published-row-gone" in report
    assert "--accept-lost observations:" in report
    assert "Traceback" not in report


def fetched(url: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = ["sh", str(SCRIPT.with_name("fetch-published.sh")), url, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60)


@pytest.mark.skipif(not shutil.which("curl"), reason="no curl here")
def test_the_tables_of_a_published_site_are_fetched_to_hold_the_package_against(project, tmp_path):
    folder = tmp_path / "out"
    with serving.served((project / "www/site").resolve()) as url:
        done = fetched(url, folder)
        assert (done.returncode, done.stderr) == (0, "")
        again = publish(project, COMPARE_URL=url)
        assert again.returncode == 0, again.stderr
    package = project / "datapackage"
    assert sites.run("check", "--package", package, "--against", folder).returncode == 0
    (tmp_path / "nothing-yet").mkdir()
    (tmp_path / "nothing-yet" / "404.html").write_text("没有这一页", encoding="utf-8")
    with serving.served(tmp_path / "nothing-yet") as url:
        assert fetched(url, folder).returncode == 0
        assert not folder.exists(), "nothing is published yet"
    assert fetched(url, folder).returncode == 1, "nobody answers"
    broken = tmp_path / "broken"
    shutil.copytree((project / "www/site").resolve() / "data", broken / "data")
    (broken / "data/csv/observations.csv").write_text("cut", encoding="utf-8")
    with serving.served(broken) as url:
        assert fetched(url, folder).returncode == 1, "not what the site's checksums say"


def test_a_second_run_at_the_same_time_steps_back_and_a_dead_one_is_taken_over(project):
    lock = project / "build/publish.lock"
    lock.mkdir()
    (lock / "pid").write_text(str(os.getpid()))
    refused = publish(project)
    assert refused.returncode == 3
    assert "还没有结束" in refused.stderr
    (lock / "pid").write_text("999999999")
    taken = publish(project)
    assert taken.returncode == 0, taken.stderr
    assert "中途停止" in taken.stderr
    assert not lock.exists()


def test_without_an_address_it_says_how_it_is_called():
    asked = subprocess.run(["sh", str(SCRIPT)], capture_output=True, text=True, encoding="utf-8", check=False)
    assert asked.returncode == 2
    assert "用法" in asked.stderr


def git(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run git as somebody with a name, whatever the machine has set up."""
    who = {f"GIT_{role}_{part}": f"clerk{'@example.org' * (part == 'EMAIL')}"
           for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}  # fmt: skip
    env = os.environ | who | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"} | settings
    return subprocess.run(
        ["git", *words], cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8", check=True, timeout=600
    )


@pytest.fixture
def server(tmp_path):
    """A bare repository with the shipped hook, the clone it works in, and a clerk's clone."""
    first = tmp_path / "first"
    first.mkdir()
    for name in ("build_scripts", "docs", ".ci"):
        shutil.copytree(sites.ROOT / name, first / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(sites.ROOT / "mkdocs.yml", first / "mkdocs.yml")
    shutil.copyfile(sites.ROOT / ".gitignore", first / ".gitignore")
    (first / "datapackage").mkdir()
    write_package(first / "datapackage")
    git(first, "init", "--quiet", "--initial-branch=main")
    git(first, "add", "--all")
    git(first, "commit", "--quiet", "--message=first")
    for name, how in (("bare", ["--bare"]), ("project", []), ("clerk", [])):
        git(tmp_path, "clone", "--quiet", *how, str(tmp_path / ("first" if name == "bare" else "bare")), name)
    sites.share_store(tmp_path / "project")
    hook = tmp_path / "bare/hooks/post-receive"
    shutil.copy(sites.ROOT / ".ci/templates/post-receive", hook)
    return tmp_path


def test_a_push_updates_the_site_and_tells_the_clerk_what_is_wrong(server):
    clerk, site = server / "clerk", server / "www/site"
    settings = {"PROJECT": str(server / "project"), "WEB": str(site), "PYTHON": sys.executable}
    plans = clerk / "datapackage/targets/plans.csv"
    good = plans.read_text(encoding="utf-8")

    plans.write_text(good.replace("测试市发展规划（虚构）", "测试市发展规划（改过名）"), encoding="utf-8", newline="")
    git(clerk, "commit", "--quiet", "--all", "--message=rename")
    git(clerk, "push", "--quiet", "origin", "HEAD:drafts", **settings)
    assert not site.exists()
    git(clerk, "push", "--quiet", "origin", "HEAD:main", **settings)
    assert "改过名" in (site / "plans/index.html").read_text(encoding="utf-8")

    plans.write_text(good.replace("test-plan", "坏编号", 1), encoding="utf-8", newline="")
    git(clerk, "commit", "--quiet", "--all", "--message=broken")
    before = site.readlink()
    pushed = git(clerk, "push", "origin", "HEAD:main", **settings)
    assert site.readlink() == before
    assert "网站没有更新：数据检查没有通过" in pushed.stderr
    assert "plans.csv" in pushed.stderr


def test_pulling_renews_the_packages_before_the_site_is_built(server):
    project = server / "project"
    (project / ".venv/bin").mkdir(parents=True)
    python = project / ".venv/bin/python"
    python.write_text(f'#!/bin/sh\n[ -e .venv/renewed ] || exit 9\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    (project / "Makefile").write_text("setup:\n\t@touch .venv/renewed\n", encoding="utf-8")
    env = {key: value for key, value in os.environ.items() if key not in {"PYTHON", "MAKEFLAGS", "MAKELEVEL"}}
    command = ["sh", str(project / ".ci/templates/publish.sh"), str(server / "www/site"), "--as-of", sites.AS_OF]
    done = subprocess.run(command, env=env | {"PULL": "1"}, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    assert (server / "www/site/index.html").is_file()
    (project / "Makefile").write_text("setup:\n\t@echo no network; exit 1\n", encoding="utf-8")
    failed = subprocess.run(command, env=env | {"PULL": "1"}, capture_output=True, text=True, check=False, timeout=600)
    assert failed.returncode == 1
    assert "软件包" in failed.stderr
    assert "no network" in failed.stderr
