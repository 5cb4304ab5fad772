"""`forms undo`: the last ingest is taken back whole while nobody outside has seen it, and only then."""

import csv
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from forms_clerk import AS_OF, Clerk, plan_for, reload, take_in
from typer.testing import CliRunner

from build_scripts.cli.verbs import app
from build_scripts.core.errors import BuildError, DataError
from build_scripts.forms.layout import Form
from build_scripts.load import append_rows, last_append, undo

ROOT = Path(__file__).resolve().parents[2]
FREIGHT = "freight|city"
TITLE = "测试市交通局2025年10月三张表单"


def tables(package_dir) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in package_dir.rglob("*.csv")}


def take_back(package_dir, *options: object, text: str = ""):
    return CliRunner().invoke(app, ["forms", "undo", "--package", str(package_dir), *map(str, options)], input=text)


def test_the_last_ingest_is_taken_back_to_the_byte(package_dir, clerk):
    before = tables(package_dir)
    clerk.figure(FREIGHT, 5234, period="2025年10月")
    clerk.fill(Form.TASKS, "bridge", state="已开工", date=date(2025, 10, 8))
    take_in(package_dir, clerk.save(), accept=["*"])
    assert "已核对无误" in reload(package_dir).sources[-1].note
    result = take_back(package_dir, "--yes")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == [
        f"将撤回：{TITLE}（来源1行、数据1行、任务进展1行）",
        "已撤回：来源1行、数据1行、任务进展1行",
    ]
    assert tables(package_dir) == before
    assert str(take_back(package_dir, "--yes").exception) == "没有可以撤回的收表；再早的用版本管理找回"


def test_what_it_replaced_comes_back_and_the_one_before_can_be_taken_back_too(package_dir, clerk):
    before = tables(package_dir)
    clerk.figure(FREIGHT, 523.4)
    take_in(package_dir, clerk.save())
    first = tables(package_dir)
    clerk.figure(FREIGHT, 532.4)
    take_in(package_dir, clerk.save("更正.xlsx"), seen=False)
    assert [o.value for o in reload(package_dir).observations if o.source_id.startswith("form-")] != []
    assert "那次收表换下的已放回：数据1行" in take_back(package_dir, "--yes").output
    assert tables(package_dir) == first
    assert take_back(package_dir, "--yes").exit_code == 0
    assert tables(package_dir) == before


def test_what_others_added_behind_stays(package_dir, clerk):
    before = tables(package_dir)
    clerk.figure(FREIGHT, 523.4)
    take_in(package_dir, clerk.save())
    row = {"source_id": "paper-2", "title": "另一份（虚构）", "publisher": "测试日报", "tier": "2"}
    append_rows(package_dir, {"sources": [{**row, "published": "2025-11-01", "url": "https://example.org/2"}]})
    assert take_back(package_dir, "--yes").exit_code == 0
    after = tables(package_dir)
    assert after["observations.csv"] == before["observations.csv"]
    assert after["sources.csv"].startswith(before["sources.csv"])
    assert "paper-2" in after["sources.csv"].decode()
    assert "form-" not in after["sources.csv"].decode()


def test_what_was_changed_by_hand_since_is_not_guessed_at(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    take_in(package_dir, clerk.save())
    path = package_dir / "progress" / "observations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("523.4", "523.5"), encoding="utf-8")
    before = tables(package_dir)
    result = take_back(package_dir, "--yes")
    assert isinstance(result.exception, DataError)
    [problem] = result.exception.problems
    assert (problem.file, problem.code) == ("progress/observations.csv", "undo-changed")
    assert problem.message == "收表以后这个文件被改动过，分不清哪些行该撤"
    assert tables(package_dir) == before


def test_what_a_published_site_has_shown_is_not_taken_back(package_dir, clerk, tmp_path):
    clerk.figure(FREIGHT, 523.4)
    plan = take_in(package_dir, clerk.save())
    folder = tmp_path / "www" / "data" / "csv"
    folder.mkdir(parents=True)
    with (folder / "sources.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["source_id"], [plan.proposals[0].source_id]])
    before = tables(package_dir)
    result = take_back(package_dir, "--yes", "--to", tmp_path / "www")
    assert isinstance(result.exception, BuildError)
    assert str(result.exception) == (
        f"{TITLE}：已经随网站发布，不能撤回。数或状态错了，请填报单位用新的表单更正（或写“撤回”），"
        "原来的数留作修订记录，有关通报的“此后”页会列出更正"
    )
    assert tables(package_dir) == before


@pytest.mark.parametrize(("answer", "gone"), [("n\n", False), ("", False), ("y\n", True)])
def test_it_asks_first(package_dir, clerk, answer, gone):
    clerk.figure(FREIGHT, 523.4)
    take_in(package_dir, clerk.save())
    before = tables(package_dir)
    take_back(package_dir, text=answer)
    assert (tables(package_dir) != before) is gone


_KILLED = """
import os, sys
from pathlib import Path
from build_scripts.load import journal, last_append, undo
steps = int(sys.argv[2])
flush, replace = journal._flush, Path.replace
def counted(call):
    def run(*arguments):
        global steps
        if steps == 0:
            os._exit(9)
        steps -= 1
        return call(*arguments)
    return run
journal._flush = counted(flush)
Path.replace = counted(replace)
undo(Path(sys.argv[1]), last_append(Path(sys.argv[1])))
"""


@pytest.mark.slow
def test_killed_at_any_moment_all_or_nothing_is_taken_back(package_dir, clerk):
    before = tables(package_dir)
    clerk.figure(FREIGHT, 523.4)
    clerk.fill(Form.TASKS, "bridge", state="已开工", date=date(2025, 10, 8))
    take_in(package_dir, clerk.save())
    after = tables(package_dir)
    outcomes = set()
    for steps in (0, 2, 4, 5, 6, 8):
        subprocess.run(
            [sys.executable, "-c", _KILLED, str(package_dir), str(steps)],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False, timeout=120,
        )  # fmt: skip
        left = last_append(package_dir)
        outcomes.add(left is None)
        assert tables(package_dir) == (before if left is None else after)
        if left is None:
            break
    assert outcomes == {False, True}


def test_after_it_the_same_form_is_taken_in_again(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    path = clerk.save()
    first = take_in(package_dir, path)
    receipt = last_append(package_dir)
    assert receipt is not None
    undo(package_dir, receipt)
    assert plan_for(package_dir, path, as_of=AS_OF).rows == first.rows
    assert Clerk(path).cell(Form.INDICATORS, FREIGHT, "value").value == 523.4
