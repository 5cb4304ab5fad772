"""The overlay: in step with its owners, in place, and the same bytes every time."""

import hashlib
import json
from collections import Counter
from datetime import date

import pytest
import sites

from build_scripts.build import stage_all
from build_scripts.core.crew import Crew
from build_scripts.core.errors import SiteError
from build_scripts.core.records import Artifact
from build_scripts.core.settings import Settings
from build_scripts.exports.project import kept_files
from build_scripts.site import written as by_hand
from build_scripts.site.engine import check_theme
from build_scripts.site.stage import stage
from build_scripts.site.written import written
from build_scripts.starter import write_starter


@pytest.fixture
def docs(tmp_path):
    folder = tmp_path / "docs"
    (folder / "assets").mkdir(parents=True)
    (folder / "about.md").write_text("# 关于\n", encoding="utf-8")
    (folder / "assets" / "site.css").write_bytes(b"a{}")
    (folder / ".draft.md").write_text("not published", encoding="utf-8")
    return folder


def page(path: str, text: str = "x", owner: str = "pages/x") -> Artifact:
    return Artifact(path, text.encode(), owner)


def staged_files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_hand_written_and_generated_files_are_merged(docs, tmp_path):
    out = tmp_path / "build" / "docs"
    result = stage([page("plans/p/index.md", "规划")], docs, out)
    assert staged_files(out) == {
        "about.md": "# 关于\n".encode(),
        "assets/site.css": b"a{}",
        "plans/p/index.md": "规划".encode(),
    }
    assert result.written == ("about.md", "assets/site.css", "plans/p/index.md")
    assert (result.removed, result.unchanged) == ((), 0)


def test_a_second_run_writes_nothing_and_keeps_the_files_themselves(docs, tmp_path):
    out = tmp_path / "build" / "docs"
    stage([page("a/index.md")], docs, out)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
    result = stage([page("a/index.md")], docs, out)
    assert result.written == ()
    assert result.unchanged == 3
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()} == before


def test_what_nobody_owns_any_more_goes_and_its_folder_too(docs, tmp_path):
    out = tmp_path / "build" / "docs"
    stage([page("targets/old/index.md"), page("targets/new/index.md")], docs, out)
    (docs / "about.md").unlink()
    result = stage([page("targets/new/index.md")], docs, out)
    assert result.removed == ("about.md", "targets/old/index.md")
    assert not (out / "targets" / "old").exists()
    assert out.is_dir()


def test_two_owners_of_one_path_are_both_named(docs, tmp_path):
    with pytest.raises(SiteError) as failure:
        stage([page("about.md", owner="pages/about")], docs, tmp_path / "build" / "docs")
    assert "docs/about.md" in str(failure.value)
    assert "pages/about" in str(failure.value)


def test_paths_that_differ_by_case_only_collide(docs, tmp_path):
    with pytest.raises(SiteError, match=r"Plans/P\.md"):
        stage([page("plans/p.md"), page("Plans/P.md")], docs, tmp_path / "build" / "docs")


def test_a_collision_changes_nothing(docs, tmp_path):
    out = tmp_path / "build" / "docs"
    stage([page("a.md", "old")], docs, out)
    before = staged_files(out)
    with pytest.raises(SiteError):
        stage([page("a.md", "new"), page("a.md", "newer")], docs, out)
    assert staged_files(out) == before


@pytest.mark.parametrize("path", ["/etc/passwd", "../outside.md", "a/../../b.md", "a\\b.md"])
def test_a_path_cannot_leave_the_overlay(docs, tmp_path, path):
    with pytest.raises(SiteError, match="不在网站文件夹内"):
        stage([page(path)], docs, tmp_path / "build" / "docs")


def test_the_manifest_lists_every_file_with_owner_size_and_hash(docs, tmp_path):
    out = tmp_path / "build" / "docs"
    stage([page("a.md", "数")], docs, out)
    files = {
        each["path"]: each for each in json.loads((tmp_path / "build" / "manifest.json").read_text("utf-8"))["files"]
    }
    assert set(files) == set(staged_files(out))
    assert files["a.md"] == {
        "path": "a.md",
        "owner": "pages/x",
        "bytes": 3,
        "sha256": hashlib.sha256("数".encode()).hexdigest(),
    }
    assert files["about.md"]["owner"] == "docs/about.md"


def test_the_order_artifacts_come_in_does_not_matter(docs, tmp_path):
    one, two = tmp_path / "one" / "docs", tmp_path / "two" / "docs"
    stage([page("a.md"), page("b.md")], docs, one)
    stage([page("b.md"), page("a.md")], docs, two)
    assert (one.parent / "manifest.json").read_bytes() == (two.parent / "manifest.json").read_bytes()
    assert staged_files(one) == staged_files(two)


def test_a_folder_that_cannot_be_written_is_said_plainly(docs, tmp_path):
    (tmp_path / "build").write_text("a file where the folder should be")
    with pytest.raises(SiteError, match="无法写入"):
        stage([page("a.md")], docs, tmp_path / "build" / "docs")


BACKUPS = ("about.md.bak", "about.md~", "#about.md#", ".#about.md", ".about.md.swp", "about.md.orig", "ABOUT.BAK",
           "assets/site.css.swp", "~$notes.docx")  # fmt: skip


def test_what_editors_leave_is_not_published_and_said_once(docs, tmp_path):
    for name in BACKUPS:
        (docs / name).write_text("secret", encoding="utf-8")
    (docs / ".#lock").symlink_to("nobody@nowhere:1")
    result = stage([], docs, tmp_path / "out")
    assert sorted(staged_files(tmp_path / "out")) == ["about.md", "assets/site.css"]
    (notice,) = result.notices
    assert all(name in str(notice) for name in BACKUPS if not name.startswith("."))
    assert stage([], docs, tmp_path / "out").notices == result.notices
    assert stage([], tmp_path / "none", tmp_path / "other").notices == ()


@pytest.mark.parametrize("target", ["/etc/hostname", "../../secret.txt"])
def test_a_link_that_leads_out_is_refused(docs, tmp_path, target):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (docs / "assets" / "leak.txt").symlink_to(target)
    with pytest.raises(SiteError, match=r"leak\.txt.*secret|leak\.txt.*hostname") as refused:
        stage([], docs, tmp_path / "out")
    assert len(str(refused.value).splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_link_to_a_folder_or_to_nothing_is_refused(docs, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    for name, target in (("a", tmp_path / "elsewhere"), ("b", docs / "assets"), ("c", docs / "nothing.md")):
        (docs / name).symlink_to(target)
        with pytest.raises(SiteError, match=f"docs/{name}"):
            stage([], docs, tmp_path / "out")
        (docs / name).unlink()


def test_a_link_to_a_file_beside_it_is_published_wherever_the_folder_itself_lies(docs, tmp_path):
    (docs / "again.css").symlink_to("assets/site.css")
    (tmp_path / "linked").symlink_to(docs)
    stage([], tmp_path / "linked", tmp_path / "out")
    assert staged_files(tmp_path / "out")["again.css"] == b"a{}"


def test_releases_are_held_to_the_same(tmp_path):
    folder = tmp_path / "releases"
    folder.mkdir()
    (folder / "release.json~").write_bytes(b"{}")
    (folder / "release.json").write_bytes(b"{}")
    assert list(kept_files(folder)) == ["release.json"]
    (folder / "leak.zip").symlink_to("/etc/hostname")
    with pytest.raises(SiteError, match=r"leak\.zip"):
        kept_files(folder)


def test_the_theme_may_hold_neither(tmp_path):
    (tmp_path / "main.html").write_bytes(b"x")
    check_theme(tmp_path)
    (tmp_path / "main.html~").write_bytes(b"x")
    with pytest.raises(SiteError, match=r"main\.html~"):
        check_theme(tmp_path)
    (tmp_path / "main.html~").unlink()
    (tmp_path / "leak.txt").symlink_to("/etc/hostname")
    with pytest.raises(SiteError, match=r"leak\.txt"):
        check_theme(tmp_path)


def test_a_line_break_inside_a_chinese_paragraph_shows_no_space(docs, tmp_path):
    rest = "\nEnglish “stays”\n“as it is”\n\n- 一\n- 二\n\n```sh\n# 甲\n乙\n```\n\n"
    text = f"# 关于\n\n逐条列出，\n注明“出处”。\n“原文”在后。{rest}丙\n丁\n"
    (docs / "about.md").write_text(text, encoding="utf-8")
    settings = Settings(tmp_path, tmp_path / "datapackage", date(2026, 11, 28), tmp_path / "build")
    page = next(each for each in written(settings) if each.path == "about.md")
    assert page.data.decode() == f"# 关于\n\n逐条列出，注明“出处”。“原文”在后。{rest}丙丁\n"


@pytest.mark.slow
def test_a_build_reads_every_page_by_hand_once(tmp_path, monkeypatch):
    write_starter(tmp_path, sites.ROOT)
    sites.share_store(tmp_path)
    read: Counter[str] = Counter()

    def counted(file, own=by_hand._read):
        read[file.relative_to(tmp_path / "docs").as_posix()] += 1
        return own(file)

    monkeypatch.setattr(by_hand, "_read", counted)
    day = date(2026, 11, 28)
    stage_all(Settings(tmp_path, tmp_path / "datapackage", day, tmp_path / "build"), day, Crew(helpers=0))
    assert "about.md" in read
    assert set(read.values()) == {1}
