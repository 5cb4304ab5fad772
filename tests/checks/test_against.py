"""A published row gone or altered, a promise changed: refused unless somebody names it. Honest work stays quiet."""

import os
import shutil
import subprocess
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
import sites
from packages import TABLES, add, column, data, drop_row, remove, rename, slip, write_package

from build_scripts.checks.against import _FREE, _SINCE, Accepted, lost, named, read_accepted, refused
from build_scripts.core.errors import UsageError
from build_scripts.core.records import Severity, Violation
from build_scripts.load import take
from build_scripts.load.earlier import earlier, held

OBS = "progress/observations.csv"
FIGURE = {
    "indicator_id": "gdp", "region_id": "city", "period": "2024", "basis": "main", "pub": "2025-03-01",
    "source_id": "gazette", "value": "190", "obs_status": "A",
}  # fmt: skip
NEW_FIGURE = add("observations", **FIGURE)
FIRST = "observations:gdp,city,2021,main,2022-03-01,gazette"


@pytest.fixture
def before(make_package):
    return make_package()


def compared(before, now, accepted=None):
    """(code, file, row, field) of every error against `before`."""
    found = list(lost(held(take(before).files), held(take(now).files)))
    problems = refused(found, accepted or Accepted())
    return [(each.code, each.file, each.row, each.field) for each in problems if each.severity is Severity.ERROR]


def test_a_table_cut_to_its_header_is_every_row_lost(before, make_package):
    cut = data(OBS, lambda text: text.split(b"\n", 1)[0] + b"\n")
    found = compared(before, make_package(cut))
    rows = TABLES[OBS].count("\n") - 1
    assert found == [("published-row-gone", OBS, row, "") for row in range(2, rows + 2)]


def test_a_copy_broken_off_at_a_row_s_end_is_the_rest_lost(before, make_package):
    cut = data(OBS, lambda text: b"\n".join(text.split(b"\n")[:5]) + b"\n")
    assert [row for _code, _file, row, _field in compared(before, make_package(cut))] == [6, 7, 8, 9, 10]


APPENDED = [
    ("observations", 2, "value", "161"),
    ("observations", 2, "obs_status", "P"),
    ("observations", 2, "yoy", "6.6"),
    ("task_events", 2, "planned_date", "2024-01-01"),
    ("sources", 3, "title", "别的公报"),
    ("sources", 3, "tier", "2"),
    ("sources", 3, "url", "https://example.org/other"),
    ("problems", 2, "title", "别的问题"),
    ("problems", 2, "due", "2030-06-30"),
    ("problem_events", 3, "source_id", "gazette"),
    ("bulletins", 2, "released", "2024-04-03"),
    ("bulletins", 2, "as_of", "2024-04-01"),
]
PROMISED = [
    ("targets", 2, "value", "201"),
    ("targets", 2, "value_high", "300"),
    ("targets", 2, "comparator", "le"),
    ("targets", 2, "kind", "rank"),
    ("targets", 2, "unit", "万元"),
    ("targets", 2, "target_period", "2026"),
    ("targets", 7, "due", "2025-12-31"),
    ("targets", 2, "baseline_value", "151"),
    ("targets", 2, "lead_unit_id", "transport"),
    ("targets", 2, "indicator_id", "invest"),
    ("targets", 2, "region_id", "county-a"),
    ("targets", 2, "figure_as_printed", "201亿元"),
    ("targets", 2, "in_totals", "false"),
    ("tasks", 2, "due", "2025-12-31"),
    ("tasks", 2, "lead_unit_id", "dev-reform"),
    ("projects", 2, "investment", "10"),
    ("projects", 2, "lead_unit_id", "dev-reform"),
    ("plans", 2, "issued_on", "2021-04-01"),
    ("plans", 2, "period_end", "2030"),
    ("indicators", 2, "unit", "万元"),
    ("indicators", 2, "direction", "down"),
]


@pytest.mark.parametrize(("table", "row", "field", "value"), APPENDED)
def test_a_published_row_is_not_altered(before, make_package, table, row, field, value):
    found = compared(before, make_package(slip(table, row, field, value)))
    assert found == [("published-row-changed", f"progress/{table}.csv", row, field)]


@pytest.mark.parametrize(("kept", "lost_fields"), [("公报甲", ["title"]), ("{title}", [])])
def test_a_title_may_be_translated_when_the_printed_one_is_kept(before, make_package, kept, lost_fields):
    lines = TABLES["progress/sources.csv"].splitlines()
    printed = lines[1].split(",")[1]

    def translated(content):
        rows = content.decode().splitlines()
        first = rows[1].replace(printed, "译成中文的题目", 1)
        kept_row = f"{first},{kept.format(title=printed)}"
        return "\n".join([f"{rows[0]},original_title", kept_row, *(f"{row}," for row in rows[2:])]).encode() + b"\n"

    found = compared(before, make_package(data("progress/sources.csv", translated)))
    assert [field for _code, _file, _row, field in found] == lost_fields


@pytest.mark.parametrize(("table", "row", "field", "value"), PROMISED)
def test_a_promise_is_not_changed(before, make_package, table, row, field, value):
    found = compared(before, make_package(slip(table, row, field, value)))
    assert found == [("promise-changed", f"targets/{table}.csv", row, field)]


def test_where_a_region_s_government_is_found_may_change(before, make_package):
    assert compared(before, make_package(slip("regions", 2, "order", "9"))) == []
    assert not {"url", "tile"} - _FREE["regions"]


@pytest.mark.parametrize("table", ["plans", "targets", "tasks", "responsibilities", "region_members"])
def test_a_promised_row_is_not_dropped(before, make_package, table):
    assert ("promise-gone", f"targets/{table}.csv", 2, "") in compared(before, make_package(drop_row(table, 2)))


def test_a_row_whose_key_was_changed_is_told_with_what_it_became(before, make_package):
    now = make_package(slip("observations", 2, "pub", "2022-03-05"))
    (found,) = lost(held(take(before).files), held(take(now).files))
    assert found.name == FIRST
    assert all(word in found.problem.message for word in ("第 2 行", "pub", "2022-03-01", "2022-03-05"))
    assert f"--accept-lost {FIRST}" in found.problem.hint


HONEST = {
    "a new figure": [NEW_FIGURE],
    "a revision": [
        add("observations", indicator_id="gdp", region_id="city", period="2021", basis="main", pub="2025-03-01",
            source_id="gazette", value="161", obs_status="A"),
    ],
    "another note": [slip("observations", 2, "note", "口径见公报"), slip("targets", 2, "note", "见附表")],
    "a number written with fewer noughts": [slip("observations", 2, "value", "160.00")],
    "rows in another order": [data(OBS, lambda text: text[:text.index(b"\n") + 1] + b"".join(
        sorted(text[text.index(b"\n") + 1:].splitlines(keepends=True), reverse=True)))],
    "a gap filled": [
        slip("sources", 4, "url", "https://example.org/paper"),
        slip("observations", 5, "figure_as_printed", "100亿元"),
    ],
    "a definition put better": [slip("indicators", 2, "definition", "按现价计算"), slip("plans", 2, "summary", "摘要")],
    "a new target": [
        add("targets", target_id="new", plan_id="test-plan", indicator_id="gdp", region_id="city", name="新",
            kind="level_by", comparator="ge", value="1", unit="亿元", section="二", figure_as_printed="1",
            in_totals="true"),
    ],
    "lines as Windows ends them": [data(OBS, lambda text: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))],
}  # fmt: skip


@pytest.mark.parametrize("name", HONEST)
def test_honest_work_is_quiet(before, make_package, name):
    found = lost(held(take(before).files), held(take(make_package(*HONEST[name])).files))
    assert list(found) == []


def test_a_name_put_better_is_said_and_stops_nothing(before, make_package):
    (found,) = lost(held(take(before).files), held(take(make_package(slip("units", 2, "name", "市发改委"))).files))
    assert (found.problem.code, found.problem.severity) == ("published-reworded", Severity.WARNING)


def test_what_is_named_is_let_through_and_remembered(before, make_package):
    now = make_package(slip("observations", 2, "value", "161"), drop_row("task_events", 3))
    found = list(lost(held(take(before).files), held(take(now).files)))
    event = "task_events:ring-road,2024-11-30,done,2024-12-01,paper"
    assert compared(before, now, Accepted(frozenset({FIRST}))) == [
        ("published-row-gone", "progress/task_events.csv", 3, "")
    ]
    both = Accepted(frozenset({event}), frozenset({(FIRST, "value", "160")}))
    assert compared(before, now, both) == []
    assert set(named(found, both)) == {FIRST, event}
    assert compared(before, now, Accepted(cells=frozenset({(FIRST, "value", "159")})))[0][3] == "value"


def test_the_list_of_accepted_changes():
    key = FIRST.partition(":")[2]
    text = f'table,key,field,old,who\nobservations,"{key}",value,160,王某\ntargets,gdp-2025,,,王某\n'
    assert read_accepted(text.encode()) == {(FIRST, "value", "160"), ("targets:gdp-2025", "", "")}
    for broken in ("a,b\n", "table,key,field,old\nnothing,x,,\n", "table,key,field,old\ntargets\n"):
        with pytest.raises(ValueError, match=r"\d"):
            read_accepted(broken.encode())


def zipped(folder: Path, path: Path, below: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, below + file.relative_to(folder).as_posix())
    return path


def as_site(folder: Path, site: Path) -> Path:
    (site / "data" / "csv").mkdir(parents=True)
    for path in TABLES:
        shutil.copy(folder / path, site / "data" / "csv" / Path(path).name)
    return site


def git(folder, *words):
    who = {f"GIT_{role}_{part}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    environment = os.environ | who | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *words], cwd=folder, env=environment, check=True, capture_output=True)


def test_every_kind_of_reference_holds_the_same_rows(before, tmp_path):
    whole = held(take(before).files)
    wanted = {name: set(table.lines) for name, table in whole.items()}
    project = tmp_path / "project"
    (project / "datapackage").mkdir(parents=True)
    write_package(project / "datapackage")
    git(project, "init", "--quiet")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message=one")
    NEW_FIGURE(project / "datapackage")
    references = [
        str(before),
        str(project.parent / before.name),
        str(zipped(before, tmp_path / "release.zip")),
        str(zipped(before, tmp_path / "deep.zip", "package-1/")),
        str(as_site(before, tmp_path / "site")),
        "HEAD",
    ]
    for ref in references:
        tables = earlier(ref, project / "datapackage")
        assert {name: set(table.lines) for name, table in tables.items()} == wanted, ref


@pytest.mark.slow
@pytest.mark.parametrize("ref", ["nothing-like-it", "--help", "-x", "", "empty", "text.zip", "bomb.zip"])
def test_what_is_no_reference_is_named_in_one_line(before, tmp_path, ref):
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.zip").write_text("no zip")
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("progress/observations.csv", b"0" * 65_000_000)
    named = str(tmp_path / ref) if (tmp_path / ref).exists() and ref else ref
    with pytest.raises(UsageError) as told:
        earlier(named, before)
    assert "\n" not in str(told.value)


def check(folder, *words):
    return sites.run("check", "--package", folder, "--as-of", "2026-11-21", *words)


@pytest.mark.slow
def test_the_verb(before, make_package):
    now = make_package(slip("targets", 2, "comparator", "gt"), drop_row("observations", 10))
    run = check(now, "--against", str(before))
    lines = run.stdout.splitlines()
    assert run.returncode == 1
    assert len(lines) == 2
    assert lines[0].startswith(f"{OBS}:10: published-row-gone: ")
    assert lines[1].startswith("targets/targets.csv:2: promise-changed: [comparator] 原来登记的是“ge”，现在成了“gt”")
    names = [line.rpartition("--accept-lost ")[2] for line in lines]
    accepted = check(now, "--against", str(before), *(word for name in names for word in ("--accept-lost", name)))
    assert (accepted.returncode, accepted.stdout) == (0, "")
    assert check(now, "--against", "no-such-thing").returncode == 2
    assert check(now, "--against", str(before), "--accept-lost", "gdp").returncode == 2


@pytest.mark.slow
def test_a_missing_table_is_said_once_by_the_check_that_reads_it(before, make_package):
    assert compared(before, make_package(remove(OBS))) == []
    run = check(make_package(rename(OBS, "progress/obs.csv")), "--against", str(before))
    assert run.returncode == 1
    assert "published-row-gone" not in run.stdout


def _ends(table: str, day: str, *, begins: str = ""):
    """The optional columns of an amendment, `day` and `begins` in the first row."""

    def change(folder) -> None:
        for name, value in (("valid_from", begins), ("withdrawn_on", day), ("replaces", "")):
            column(table, name, value)(folder)

    return change


def _days_told(before, after) -> list[tuple[str, str, str]]:
    old, new = (held(take(folder).files) for folder in (before, after))
    return [(e.problem.code, e.field, e.problem.message) for e in lost(old, new) if e.problem.code == "amendment-told"]


@pytest.mark.parametrize("table", ["targets", "tasks", "projects", "units"])
@pytest.mark.parametrize("field", ["withdrawn_on", "valid_from"])
def test_an_amendment_must_lie_after_the_bulletins_that_are_out(before, make_package, table, field):
    until = max(line.cells["as_of"] for line in held(take(before).files)["bulletins"].lines.values())
    after = (date.fromisoformat(until) + timedelta(days=1)).isoformat()

    def amended(day: str):
        return make_package(_ends(table, *((day,) if field == "withdrawn_on" else ("",)),
                                  begins=day if field == "valid_from" else ""))  # fmt: skip

    [(code, where, said)] = _days_told(before, amended(until))
    assert (code, where) == ("amendment-told", field)
    assert f"日期 {until} 在已经发布的通报之内（截至 {until}），那期通报会变样" in said
    assert _days_told(before, amended(after)) == []
    assert [each[1] for each in _days_told(amended(until), make_package(_ends(table, "")))] == [field]


def test_nobody_can_name_it_as_meant(before, make_package):
    until = max(line.cells["as_of"] for line in held(take(before).files)["bulletins"].lines.values())
    now = make_package(_ends("targets", until))
    found = tuple(lost(held(take(before).files), held(take(now).files)))
    meant = Accepted(rows=frozenset(each.name for each in found))
    assert [each.code for each in refused(found, meant)] == ["amendment-told"]
    assert named(found, meant) == ()


def _late_rows(before, after) -> list[Violation]:
    old, new = (held(take(folder).files) for folder in (before, after))
    return [each.problem for each in lost(old, new) if each.problem.code == "late-row-told"]


def test_rows_count_in_a_bulletin_from_the_day_that_their_records_say():
    days = {"observations": "pub", "task_events": "pub", "problem_events": "pub"}
    assert days | {"searches": "date", "problems": "opened", "plans": "issued_on"} == _SINCE


def test_a_row_recorded_late_must_not_change_a_bulletin_that_is_out(before, make_package):
    bulletin = max(
        (line.cells for line in held(take(before).files)["bulletins"].lines.values()), key=lambda cells: cells["as_of"]
    )
    released = date.fromisoformat(bulletin["released"])

    def with_row(recorded: date | None, pub: str = bulletin["as_of"]):
        row = {**FIGURE, "pub": pub, "recorded_on": recorded.isoformat() if recorded else ""}
        return make_package(column("observations", "recorded_on", ""), add("observations", **row))

    [said] = _late_rows(before, with_row(None))
    assert (said.file, said.field) == (OBS, "recorded_on")
    assert bulletin["bulletin_id"] in said.message
    assert said.hint == f"recorded_on 写登记这一行的日期，要在 {released} 以后"
    assert len(_late_rows(before, with_row(released))) == 1
    assert _late_rows(before, with_row(released + timedelta(days=1))) == []
    assert (
        _late_rows(before, with_row(None, (date.fromisoformat(bulletin["as_of"]) + timedelta(days=1)).isoformat()))
        == []
    )
    late = with_row(released + timedelta(days=1))
    assert len(_late_rows(late, with_row(released))) == 1
    assert len(_late_rows(with_row(released), late)) == 1
