"""What goes wrong while pages are made in another language is told in the language of whoever runs us."""

import pickle
import re
from datetime import date
from pathlib import Path

import pytest
import sites
from packages import cell, write_package

from build_scripts.charts import rare_characters
from build_scripts.checks import load_package, speaking_as
from build_scripts.core.editions import Edition
from build_scripts.core.errors import DataError, SiteError
from build_scripts.core.identity import read_settings, site_identity
from build_scripts.core.language import speaking
from build_scripts.core.records import Artifact
from build_scripts.locale import later, t
from build_scripts.pages import read_redirects
from build_scripts.publish.site_state import ledger_of
from build_scripts.render import outward
from build_scripts.site.csp import Guard
from build_scripts.site.engine import check_theme, engine_command
from build_scripts.site.inline_code import KnownCode
from build_scripts.site.stage import stage

ENGLISH = re.compile(r"\b(?:the|is|be|of|to|in|cannot|other)\b")
HAN = re.compile(r"[\u4e00-\u9fff]")


def into_no_folder(root: Path) -> None:
    (root / "docs").write_text("a file where a folder should be", encoding="utf-8")
    stage([Artifact("a.md", b"", "x")], root / "none", root / "docs")


def by_two_owners(root: Path) -> None:
    stage([Artifact("a.md", b"", "x"), Artifact("A.md", b"", "y")], root / "none", root / "docs")


def a_link_out(root: Path) -> None:
    (root / "docs").mkdir()
    (root / "docs" / "a.md").symlink_to(__file__)
    stage([], root / "docs", root / "out")


def a_list_of_addresses(root: Path) -> None:
    (root / "redirects.csv").write_text("from,to\n///,///\n", encoding="utf-8")
    read_redirects(root)


def settings_that_are_gone(root: Path) -> None:
    read_settings(root)


def settings_with_marks_nobody_sees(root: Path) -> None:
    (root / "mkdocs.yml").write_text('site_name: "a\\u202eb\\u200b"\n', encoding="utf-8")
    site_identity(root)


def a_page_with_code(_root: Path) -> None:
    guard = Guard(KnownCode((), ()))
    for name in ("a.html", "b.html"):
        guard.passed(name, b"<meta charset=utf-8><p onclick=x()><script>y()</script>")
    guard.settle()


def a_page_without_its_encoding(_root: Path) -> None:
    Guard(KnownCode((), ())).passed("a.html", b"<p>")


def what_an_editor_left(root: Path) -> None:
    for name in ("a.html~", "b.html~"):
        (root / name).touch()
    check_theme(root)


def an_engine_there_is_none_of(root: Path) -> None:
    engine_command("hugo", root)


def an_address_that_is_none(_root: Path) -> None:
    outward("javascript:x")


def a_record_of_publications(root: Path) -> None:
    (root / "publications.csv").write_text("nothing\n", encoding="utf-8")
    ledger_of(root)


@pytest.mark.parametrize(
    "trouble",
    [
        into_no_folder,
        by_two_owners,
        a_link_out,
        a_list_of_addresses,
        settings_that_are_gone,
        settings_with_marks_nobody_sees,
        a_page_with_code,
        a_page_without_its_encoding,
        what_an_editor_left,
        an_engine_there_is_none_of,
        an_address_that_is_none,
        a_record_of_publications,
    ],
    ids=lambda each: each.__name__,
)
def test_an_error_is_told_in_the_language_of_the_run_whatever_is_made(tmp_path, trouble):
    with speaking("en", "en/"), pytest.raises(SiteError) as failure:
        trouble(tmp_path)
    sent = pickle.loads(pickle.dumps(failure.value))
    assert str(sent) == str(failure.value)
    assert HAN.search(str(failure.value))
    assert not ENGLISH.search(str(failure.value).replace(str(tmp_path), ""))
    with speaking("en"):
        assert not HAN.search(str(failure.value))


@pytest.mark.slow
def test_notices_are_told_once_and_in_the_language_of_the_run(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "about.md~").touch()
    found = {}
    for code in ("zh", "en"):
        with speaking(code, f"{code}/"):
            found[code] = (*stage([], tmp_path / "docs", tmp_path / code).notices, *rare_characters(["😀"]))
    assert [str(each) for each in found["zh"]] == [str(each) for each in found["en"]]
    assert all(HAN.search(str(each)) for each in found["en"])


def test_a_text_for_later_is_equal_to_one_of_the_same_facts():
    one, same, other = (later("charts.fonts.twice", id=name) for name in ("a", "a", "b"))
    assert one == same != other
    assert len({one, same, other}) == 2
    assert one != str(one)


@pytest.mark.slow
def test_a_package_s_errors_are_told_in_the_language_of_the_run(make_package):
    folder, day = make_package(cell("observations", 2, "value", "many")), date(2026, 11, 28)
    told = {}
    for code in ("zh", "en"):
        with pytest.raises(DataError) as failure, speaking_as(Edition(code, f"{code}/"), folder, day):
            load_package(folder, day)
        told[code] = [(each.message, each.hint) for each in failure.value.problems]
    assert told["en"] == told["zh"]
    assert all(HAN.search(message) for message, _hint in told["en"])


@pytest.fixture
def two_languages(tmp_path) -> Path:
    (tmp_path / "datapackage").mkdir()
    write_package(tmp_path / "datapackage")
    settings = (sites.ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("languages: []", "languages: [zh, en]")
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return sites.share_store(tmp_path)


@pytest.mark.slow
def test_a_disk_that_refuses_the_second_language_is_told_in_the_first(two_languages):
    blocked = two_languages / "out" / "en" / "docs"
    blocked.parent.mkdir(parents=True)
    blocked.write_text("a file where a folder should be", encoding="utf-8")
    done = sites.run(
        "build", "--stage-only", "--package", two_languages / "datapackage", "--out", two_languages / "out"
    )
    assert done.returncode == 3, done.stdout + done.stderr
    assert (two_languages / "out" / "zh" / "docs").is_dir()
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(t("errors.unwritable", path=blocked, reason="@").partition("：")[0])


@pytest.mark.slow
def test_wrong_data_are_told_in_the_package_s_language_though_the_site_begins_with_another(two_languages):
    settings = two_languages / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[zh, en]", "[en, zh]"), encoding="utf-8")
    cell("observations", 2, "value", "many")(two_languages / "datapackage")
    call = ("--package", two_languages / "datapackage")
    checked = sites.run("check", *call)
    done = sites.run("build", "--stage-only", *call, "--out", two_languages / "out")
    assert done.returncode == 1
    assert HAN.search(done.stderr)
    assert set(done.stderr.split()) <= set((checked.stdout + checked.stderr).split())
