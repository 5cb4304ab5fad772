"""`mkdocs build` and `mkdocs serve` typed in the project's folder: the same site, or one line that says what to do."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

import pytest
from site_builds import ROOT, SmallSite, hashes

from build_scripts.report.reach import of_day

pytestmark = pytest.mark.site
UNSTAGED = "python -m build_scripts build --stage-only"


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> SmallSite:
    """A project with its pages staged and its site built, beside the code as a checkout has it."""
    small = SmallSite(tmp_path_factory.mktemp("plain") / "one")
    (small.folder / "build_scripts").symlink_to(ROOT / "build_scripts")
    small.stage()
    small.settings = of_day(small.settings, small.report)
    small.finish()
    return small


def mkdocs(folder, *arguments, program="mkdocs"):
    return subprocess.run(
        [sys.executable, "-m", program, *map(str, arguments)], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, timeout=300,
    )  # fmt: skip


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def test_it_gives_the_site_that_build_gives(site, tmp_path):
    result = mkdocs(site.folder, "build", "--strict", "-d", tmp_path / "out")
    assert result.returncode == 0, result.stderr
    assert hashes(tmp_path / "out") == hashes(site.site)


def test_so_does_properdocs_but_for_its_name(site, tmp_path):
    result = mkdocs(site.folder, "build", "-f", "mkdocs.yml", "-d", tmp_path / "out", program="properdocs")
    assert result.returncode == 0, result.stderr
    named = re.compile(rb'<meta name="generator"[^>]*>')
    for path in sorted(site.site.rglob("*.html")):
        other = tmp_path / "out" / path.relative_to(site.site)
        assert named.sub(b"", other.read_bytes()) == named.sub(b"", path.read_bytes()), path


def test_it_follows_the_settings_of_now(site, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(site.folder, folder, symlinks=True, ignore=shutil.ignore_patterns(".cache"))
    settings = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        re.sub("(?m)^site_name: .*", "site_name: 另一个名字", settings), encoding="utf-8"
    )
    result = mkdocs(folder, "build", "-d", tmp_path / "out")
    assert result.returncode == 0, result.stderr
    assert "另一个名字" in (tmp_path / "out" / "about" / "index.html").read_text(encoding="utf-8")


def test_it_serves_whole_pages(site, tmp_path):
    said = tmp_path / "said"
    with said.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{free_port()}"],
            cwd=site.folder,
            stderr=output,
            stdout=output,
        )
        try:
            end = time.monotonic() + 120
            while not (found := re.search(r"Serving on (http://\S+)", said.read_text(errors="replace"))):
                assert time.monotonic() < end, said.read_text(errors="replace")
                assert process.poll() is None, said.read_text(errors="replace")
                time.sleep(0.1)
            page = urlopen(found[1] + "about/", timeout=60).read().decode()
        finally:
            process.terminate()
            process.wait()
    assert "找目标、工程、单位" in page
    assert "livereload" in page
    assert "Content-Security-Policy" not in page


@pytest.mark.parametrize("verb", ["build", "serve"])
def test_without_pages_one_line_says_what_to_do(site, tmp_path, verb):
    shutil.copyfile(site.folder / "mkdocs.yml", tmp_path / "mkdocs.yml")
    shutil.copytree(site.folder / "docs", tmp_path / "docs")
    (tmp_path / "build_scripts").symlink_to(ROOT / "build_scripts")
    result = mkdocs(tmp_path, verb)
    assert result.returncode != 0
    assert UNSTAGED in result.stderr
    assert "Traceback" not in result.stderr
    assert len([line for line in result.stderr.splitlines() if line.strip() and not line.startswith("INFO")]) == 1


def test_a_site_in_several_languages_is_left_to_build(site, tmp_path):
    settings = (site.folder / "mkdocs.yml").read_text(encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(settings.replace("languages: []", "languages: [zh, en]"), encoding="utf-8")
    shutil.copytree(site.folder / "docs", tmp_path / "docs")
    (tmp_path / "build_scripts").symlink_to(ROOT / "build_scripts")
    result = mkdocs(tmp_path, "build")
    assert result.returncode != 0
    assert "python -m build_scripts build" in result.stderr
    assert "Traceback" not in result.stderr
