"""Publishing lets out what was built, says who approved it, and is never half done."""

import hashlib
import json
import os
import random
import re
import shutil
import signal
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from packages import add, cell, drop_row
from preview_samples import AS_OF, build_site, settings_of
from rich.console import Console

from build_scripts.checks.against import Accepted
from build_scripts.cli import ahead
from build_scripts.cli import publish as verb
from build_scripts.cli import rollback as back
from build_scripts.core.errors import BuildError, DataError, UsageError
from build_scripts.core.settings import ACCEPTED, LEDGER
from build_scripts.locale import t
from build_scripts.pages import SiteData, publications
from build_scripts.publish import approval_lines, versions
from build_scripts.publish.approval_lines import CHANGES
from build_scripts.publish.draft import draft_of, finished
from build_scripts.publish.published_site import MANIFEST
from build_scripts.publish.site_state import ledger_of
from build_scripts.render import render_page
from build_scripts.site.workplace import SITE_ASIDE

NEW_FIGURE = add(
    "observations",
    indicator_id="gdp",
    region_id="city",
    period="2025",
    basis="main",
    pub="2026-03-01",
    source_id="gazette",
    value="203",
    obs_status="A",
)


def ADD_BULLETIN(package_dir):  # noqa: N802 - a change like the one above
    """Record one more bulletin; gives its id."""
    add("bulletins", bulletin_id="m-2024-04", kind="month", period="2024-04", as_of="2024-04-30",
        released="2024-05-06", headline="")(package_dir)  # fmt: skip
    return "m-2024-04"


@pytest.fixture
def site(make_package):
    """A built site that was never published; gives its settings."""
    settings = settings_of(make_package(), AS_OF)
    build_site(settings)
    return settings


def target_of(settings):
    return settings.out_dir / "published"


def out_now(settings):
    """Where the served address leads: a path relative to its own folder."""
    return target_of(settings).readlink()


def publish(settings, name="王某", note=""):
    verb.publish(approved_by=name, note=note, package=settings.package_dir, out=settings.out_dir)


def files_of(folder):
    """Hash by path of everything in a folder, as a web server would see it."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def is_whole(folder):
    """Whether every file is the one the manifest names, and none is missing."""
    found = files_of(folder)
    approval = json.loads((folder / versions.APPROVAL).read_bytes())
    manifest = (folder / MANIFEST).read_bytes()
    assert approval["manifest_sha256"] == hashlib.sha256(manifest).hexdigest()
    listed = {each["path"]: each["sha256"] for each in json.loads(manifest)["files"]}
    return {path: digest for path, digest in found.items() if path not in {versions.APPROVAL, MANIFEST}} == listed


def test_what_is_published_is_what_was_built_but_for_the_line_of_approval(site):
    built = files_of(site.site_dir)
    publish(site, "王某", "第一次")
    out = files_of(target_of(site))
    later = {path for path in built if path.startswith("bulletins/") and path.endswith("/later/index.html")}
    own = {path.replace("/later/", "/") for path in later}
    filled = {approval_lines.RECORD_PAGE, *later, *own}
    assert later
    assert {path for path in built if out.get(path) != built[path]} == filled
    assert set(out) - set(built) == {versions.APPROVAL, MANIFEST, CHANGES}
    page = (target_of(site) / approval_lines.RECORD_PAGE).read_text(encoding="utf-8")
    assert "这一版由王某于" in page
    assert "没有登记核准人" not in page
    for path in later:
        told = (target_of(site) / path).read_text(encoding="utf-8")
        assert "这一版由王某于" in told
        assert '<a href="../../../publications/changes.html">' in told
    assert json.loads((target_of(site) / MANIFEST).read_bytes())["approved_by"] == "王某"
    assert is_whole(target_of(site))
    approval = ledger_of(site.root)[-1]
    assert (approval.approved_by, approval.note, approval.as_of) == ("王某", "第一次", AS_OF)


def test_publishing_the_same_again_changes_nothing(site):
    publish(site)
    before, record = out_now(site), ledger_of(site.root)
    publish(site, "李某")
    assert out_now(site) == before
    assert ledger_of(site.root) == record


def test_the_next_publication_names_the_changes_and_keeps_the_version_before(site):
    publish(site)
    first = out_now(site)
    NEW_FIGURE(site.package_dir)
    build_site(site)
    publish(site, "李某")
    assert [approval.approved_by for approval in ledger_of(site.root)] == ["王某", "李某"]
    assert "新增数据1个、状态变化1项" in ledger_of(site.root)[-1].summary
    changes = (target_of(site) / CHANGES).read_text(encoding="utf-8")
    assert "测试市地区生产总值：2025年203亿元" in changes
    assert (target_of(site).parent / first / "index.html").is_file()
    assert json.loads((target_of(site) / versions.APPROVAL).read_bytes())["previous"] == first.name


def test_the_record_is_a_page_of_the_next_build(site):
    publish(site, "王某 <b>")
    given = SiteData(None, approvals=ledger_of(site.root))
    text = render_page(next(publications.pages(given)))
    assert "王某 &lt;b&gt;" in text
    assert "没有登记核准人" in text


def test_a_package_changed_since_the_build_is_not_published(site):
    publish(site)
    before = files_of(target_of(site))
    NEW_FIGURE(site.package_dir)
    with pytest.raises(BuildError, match="又有改动"):
        publish(site)
    assert files_of(target_of(site)) == before
    assert len(ledger_of(site.root)) == 1


def test_no_site_no_name_and_foreign_folders_are_refused(site):
    with pytest.raises(UsageError, match="姓名"):
        publish(site, "  ")
    target_of(site).mkdir(parents=True)
    (target_of(site) / "own.txt").write_text("别人的文件", encoding="utf-8")
    with pytest.raises(UsageError, match="不会替换"):
        publish(site)
    assert (target_of(site) / "own.txt").is_file()
    unbuilt = replace(site, out_dir=site.root / "elsewhere")
    with pytest.raises(UsageError, match="先运行 build"):
        publish(unbuilt)


def test_a_rehearsal_of_a_day_to_come_is_not_published(site, monkeypatch):
    monkeypatch.setattr(ahead, "today_at_most", lambda _package: AS_OF - timedelta(days=1))
    with pytest.raises(UsageError, match="网站写到 2026年11月22日，今天才 2026年11月21日；预演的网站不能发布"):
        publish(site)
    assert not target_of(site).exists()
    monkeypatch.undo()
    publish(site)
    assert out_now(site)


def test_only_the_newest_versions_are_kept(site, monkeypatch):
    monkeypatch.setattr(versions, "KEPT", 2)
    for number in range(4):
        about = site.docs_dir / "about.md"
        about.write_text(f"# 关于 {{ #about }}\n\n第{number}稿\n", encoding="utf-8")
        build_site(site)
        publish(site, f"第{number}人")
    names = sorted(path.name for path in versions.versions_of(target_of(site)).iterdir())
    assert len(names) == versions.KEPT
    assert out_now(site).name in names
    assert len(ledger_of(site.root)) == 4
    assert len({approval.publication_id for approval in ledger_of(site.root)}) == 4


def test_versions_that_were_never_out_take_no_published_ones_place(site, monkeypatch):
    monkeypatch.setattr(versions, "KEPT", 2)
    publish(site)
    folder = versions.versions_of(target_of(site))
    for number in range(2, 9):  # finished by runs that were killed before the link
        leftover = replace(ledger_of(site.root)[0], publication_id=f"2099-01-01-{number}")
        finished(draft_of(site.site_dir, folder, leftover), leftover, None)
    (folder / "备份").mkdir()
    NEW_FIGURE(site.package_dir)
    build_site(site)
    publish(site, "李某")
    published = {approval.publication_id for approval in ledger_of(site.root)}
    assert len(published) == 2
    assert {path.name for path in folder.iterdir()} == {*published, "备份"}


def test_a_lost_record_is_found_again_in_the_versions_kept(site):
    publish(site)
    NEW_FIGURE(site.package_dir)
    build_site(site)
    publish(site, "李某")
    record = ledger_of(site.root)
    (site.root / LEDGER).unlink()
    publish(site, "赵某")
    assert ledger_of(site.root) == record


@pytest.mark.slow
def test_killed_at_any_moment_either_version_is_out_and_whole(site, monkeypatch):
    monkeypatch.setattr(versions, "KEPT", 100)  # this test goes back to one version over and over
    publish(site)
    old = files_of(target_of(site))
    NEW_FIGURE(site.package_dir)
    build_site(site)
    folder, link = versions.versions_of(target_of(site)), out_now(site)
    started = time.perf_counter()
    unused = replace(ledger_of(site.root)[0], publication_id="2020-01-01-1")
    finished(draft_of(site.site_dir, folder, unused), unused, None)
    whole_run = max(time.perf_counter() - started, 0.02)
    random.seed(20261122)
    outcomes = set()
    for _attempt in range(30):
        child = os.fork()
        if not child:
            try:
                verb._publish(site, target_of(site), "李某", "", Console(file=open(os.devnull, "w")), Accepted())  # noqa: SIM115, PTH123
            finally:
                os._exit(0)
        time.sleep(random.uniform(0, 2.5 * whole_run))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        now = out_now(site)
        assert is_whole(target_of(site))
        outcomes.add("old" if now == link else "new")
        if now == link:
            assert files_of(target_of(site)) == old
        else:
            versions.point(target_of(site), folder / link.name)
    assert "old" in outcomes
    publish(site, "李某")
    assert is_whole(target_of(site))
    assert out_now(site) != link
    recorded = [approval.publication_id for approval in ledger_of(site.root)]
    assert len(recorded) == len(set(recorded))
    assert recorded[-1] == out_now(site).name
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_a_run_killed_before_the_record_is_caught_up_by_the_next(site, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(verb, "record", killed)
        with pytest.raises(KeyboardInterrupt):
            publish(site)
    assert is_whole(target_of(site))
    assert not ledger_of(site.root)
    publish(site, "李某")
    assert [approval.approved_by for approval in ledger_of(site.root)] == ["王某"]


def told(settings, bulletin):
    """The line of a published bulletin that says who let it out."""
    text = (target_of(settings) / "bulletins" / bulletin / "index.html").read_text(encoding="utf-8")
    return text.split('<p class="publication-slot">')[1].split("</p>")[0]


def bulletins_of(settings):
    return sorted(path.parents[1].name for path in target_of(settings).glob("bulletins/*/later/index.html"))


def test_a_bulletin_keeps_who_first_let_it_out(site):
    publish(site, "王某 <b>")
    first = {name: told(site, name) for name in bulletins_of(site)}
    assert first
    assert all("由王某 &lt;b&gt;核准" in line and "首次发布" in line for line in first.values())
    newest = ADD_BULLETIN(site.package_dir)
    build_site(site)
    publish(site, "李某")
    assert {name: told(site, name) for name in first} == first
    assert "由李某核准" in told(site, newest)
    assert ledger_of(site.root)[-1].bulletins == newest
    assert is_whole(target_of(site))
    (site.docs_dir / "about.md").write_text("# 关于 { #about }\n\n改过\n", encoding="utf-8")
    build_site(site)
    publish(site, "赵某")
    assert {name: told(site, name) for name in first} == first
    assert "由李某核准" in told(site, newest)
    assert ledger_of(site.root)[-1].bulletins == ""


def test_bulletins_out_before_such_records_were_kept_say_so(site):
    publish(site)
    lines = (site.root / LEDGER).read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith(",bulletins")
    (site.root / LEDGER).write_text(
        "\n".join(line.rpartition(",")[0] for line in lines) + "\n", encoding="utf-8", newline=""
    )
    assert [approval.bulletins for approval in ledger_of(site.root)] == [""]
    NEW_FIGURE(site.package_dir)
    build_site(site)
    publish(site, "李某")
    assert {told(site, name) for name in bulletins_of(site)} == {t("publication.bulletin_before")}


def restore(settings, version="", name="赵某", note=""):
    back.rollback(version, approved_by=name, note=note, package=settings.package_dir, out=settings.out_dir)


def test_an_earlier_version_is_let_out_again_and_recorded(site, capsys):
    publish(site)
    first, before = out_now(site), files_of(target_of(site))
    NEW_FIGURE(site.package_dir)
    build_site(site)
    publish(site, "李某")
    second = out_now(site)
    capsys.readouterr()
    restore(site)
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in listed] == [first.name, second.name]
    assert "现在公开的就是这一版" in listed[1]
    restore(site, first.name, note="数字有误")
    assert files_of(target_of(site)) == before
    assert is_whole(target_of(site))
    record = ledger_of(site.root)[-1]
    assert (record.approved_by, record.summary, record.note) == ("赵某", f"恢复{first.name}这一版", "数字有误")
    assert len({approval.publication_id for approval in ledger_of(site.root)}) == 3
    publish(site, "钱某")  # what was put aside is let out anew, as a version of its own
    assert out_now(site) not in {first, second}
    assert is_whole(target_of(site))


def two_versions(site):
    """Two versions out one after the other; gives the names of both."""
    publish(site)
    first = out_now(site).name
    NEW_FIGURE(site.package_dir)
    build_site(site)
    publish(site, "李某")
    return first, out_now(site).name


def killed(*_arguments):
    raise KeyboardInterrupt


def test_a_rollback_killed_before_the_record_is_recorded_by_the_next_run(site, monkeypatch):
    first, second = two_versions(site)
    with monkeypatch.context() as patch:
        patch.setattr(back, "record", killed)
        with pytest.raises(KeyboardInterrupt):
            restore(site, first, note="数字有误")
    assert out_now(site).name == first
    assert [approval.approved_by for approval in ledger_of(site.root)] == ["王某", "李某"]
    restore(site, second, name="钱某")
    record = ledger_of(site.root)
    assert [approval.approved_by for approval in record] == ["王某", "李某", "赵某", "钱某"]
    assert (record[2].summary, record[2].note) == (f"恢复{first}这一版", "数字有误")
    assert len({approval.publication_id for approval in record}) == 4


def test_a_publication_after_a_killed_rollback_records_both(site, monkeypatch):
    first, _second = two_versions(site)
    with monkeypatch.context() as patch:
        patch.setattr(back, "record", killed)
        with pytest.raises(KeyboardInterrupt):
            restore(site, first)
    publish(site, "钱某")
    assert [approval.approved_by for approval in ledger_of(site.root)] == ["王某", "李某", "赵某", "钱某"]


@pytest.mark.parametrize("step", ["point", "settled"])
def test_a_rollback_killed_earlier_or_later_is_recorded_never_or_once(site, monkeypatch, step):
    first, second = two_versions(site)
    with monkeypatch.context() as patch:
        patch.setattr(back, step, killed)
        with pytest.raises(KeyboardInterrupt):
            restore(site, first)
    done = step == "settled"
    assert out_now(site).name == (first if done else second)
    restore(site, second if done else first, name="钱某")
    said = ["王某", "李某", "赵某", "钱某"] if done else ["王某", "李某", "钱某"]
    assert [approval.approved_by for approval in ledger_of(site.root)] == said


def test_publish_finds_a_site_that_a_killed_build_put_aside(site):
    aside = site.out_dir / SITE_ASIDE
    half = site.out_dir / ".run-killed" / "site"
    half.mkdir(parents=True)
    (half / "index.html").write_text("half", encoding="utf-8")
    before = files_of(site.site_dir)
    site.site_dir.rename(aside)
    publish(site)
    assert is_whole(target_of(site))
    assert files_of(site.site_dir) == before
    assert not aside.exists()
    assert not half.exists()


def test_the_page_of_changes_has_a_policy_that_lets_nothing_run(site):
    publish(site, "王某<script>x()</script>", note="<img src=x onerror=x()>")
    pages = [path for path in target_of(site).rglob("*.html") if "Content-Security-Policy" in path.read_text("utf-8")]
    changes = target_of(site) / CHANGES
    assert changes in pages
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', changes.read_text("utf-8"))
    assert "script-src 'self';" in policy
    assert re.search(r"style-src 'self' 'sha256-[^']+';", policy)


def test_what_cannot_be_restored_is_said_and_nothing_changes(site):
    with pytest.raises(UsageError, match="没有 2020-01-01-1 这一版；可以恢复的有：没有"):
        restore(site, "2020-01-01-1")
    publish(site)
    before, record = out_now(site), ledger_of(site.root)
    with pytest.raises(UsageError, match="不必恢复"):
        restore(site, before.name)
    with pytest.raises(UsageError, match=f"可以恢复的有：{before.name}"):
        restore(site, "../../etc")
    with pytest.raises(UsageError, match="姓名"):
        restore(site, before.name, name=" ")
    unused = replace(record[0], publication_id="2099-01-01-1")
    folder = versions.versions_of(target_of(site))
    finished(draft_of(site.site_dir, folder, unused), unused, None)
    with pytest.raises(UsageError, match="没有 2099-01-01-1"):  # finished, but nobody ever let it out
        restore(site, "2099-01-01-1")
    assert out_now(site) == before
    assert ledger_of(site.root) == record


def offer_tables(settings):
    """The tables a whole build puts into the site; the small site of these tests has none."""
    folder = settings.site_dir / "data" / "csv"
    folder.mkdir(parents=True)
    for path in settings.package_dir.glob("*/*.csv"):
        shutil.copy(path, folder / path.name)


@pytest.mark.slow
@pytest.mark.parametrize("tables", [True, False], ids=["tables", "state-only"])
def test_what_is_published_is_not_lost_unless_somebody_names_it(site, tables):
    if tables:
        offer_tables(site)
    publish(site)
    before = out_now(site)
    drop_row("observations", 4)(site.package_dir)
    build_site(site)
    if tables:
        offer_tables(site)
    with pytest.raises(DataError) as refused:
        publish(site)
    (problem,) = refused.value.problems
    assert (problem.code, problem.file) == ("published-row-gone", "progress/observations.csv")
    assert out_now(site) == before
    assert len(ledger_of(site.root)) == 1
    name = problem.hint.rpartition("--accept-lost ")[2]
    verb.publish(approved_by="王某", package=site.package_dir, out=site.out_dir, accept_lost=[name])
    assert out_now(site) != before
    assert ledger_of(site.root)[-1].accepted == name
    assert json.loads((target_of(site) / versions.APPROVAL).read_bytes())["approval"]["accepted"] == name
    (page,) = publications.pages(SiteData(None, approvals=ledger_of(site.root)))
    assert name in render_page(page)


def test_a_changed_promise_is_refused_and_the_file_beside_the_site_names_it(site):
    offer_tables(site)
    publish(site)
    cell("targets", 2, "value", "210")(site.package_dir)
    build_site(site)
    offer_tables(site)
    with pytest.raises(DataError, match="2 个"):
        publish(site)
    (site.root / ACCEPTED).write_text(
        "table,key,field,old\ntargets,gdp-2025,value,200\ntargets,gdp-2025,figure_as_printed,200亿元\n",
        encoding="utf-8",
    )
    publish(site)
    assert ledger_of(site.root)[-1].accepted == "targets:gdp-2025"


def test_a_record_from_before_losses_were_named_is_read(site):
    publish(site)
    path = site.root / LEDGER
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    at = rows[0].index("accepted")
    path.write_text("\n".join(",".join(row[:at] + row[at + 1 :]) for row in rows) + "\n", encoding="utf-8")
    (kept,) = ledger_of(site.root)
    assert kept.accepted == ""


def let_out(settings, version):
    """A released version in the project's folder, as `release` leaves it, small."""
    folder = settings.root / "releases" / version
    folder.mkdir(parents=True)
    said = {"version": version, "previous": "", "as_of": "2026-06-30", "zip": "a.zip", "bytes": 3, "summary": "",
            "sha256": hashlib.sha256(b"zip").hexdigest()}  # fmt: skip
    made = {"a.zip": b"zip", "release.json": json.dumps(said).encode()}
    for name, data in made.items():
        (folder / name).write_bytes(data)
    lines = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in made.items())
    (folder / "SHA256SUMS").write_text("".join(lines))
    return folder


def offer_versions(settings):
    """The built site with the released versions where a site has them."""
    there = settings.site_dir / "data/releases"
    shutil.rmtree(there, ignore_errors=True)
    if (settings.root / "releases").is_dir():
        shutil.copytree(settings.root / "releases", there)


def test_a_version_that_is_out_stays_whatever_becomes_of_the_data(site):
    folder = let_out(site, "2026.06")
    offer_versions(site)
    publish(site)
    ADD_BULLETIN(site.package_dir)
    build_site(site)
    offer_versions(site)
    kept = (folder / "a.zip").read_bytes()
    for harm in (lambda: (folder / "a.zip").write_bytes(b"ZIP"), lambda: shutil.rmtree(folder)):
        harm()
        offer_versions(site)
        with pytest.raises(BuildError, match=r"不见了或改动了，例如 data/releases/2026\.06/"):
            publish(site)
        assert (target_of(site) / "data/releases/2026.06/a.zip").read_bytes() == kept
    let_out(site, "2026.06")
    offer_versions(site)
    publish(site)
    assert (target_of(site) / "data/releases/2026.06/a.zip").read_bytes() == kept
