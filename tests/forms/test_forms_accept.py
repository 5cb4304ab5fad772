"""A question stops `--yes`; a cell named on the command line or a tick in the workbook answers it, on record."""

from pathlib import Path

import openpyxl
import pytest
from forms_clerk import AS_OF, Clerk, address, codes, plan_for, reload, take_in
from test_forms_cli import run

from build_scripts.forms.layout import Form
from build_scripts.forms.mark import LISTED, marked_copy
from build_scripts.publish.shown import shown_sources

FREIGHT, PAVED = "freight|city", "paved|city"


@pytest.fixture
def asked(clerk: Clerk) -> Clerk:
    """A form with one figure ten thousand times too large."""
    clerk.figure(FREIGHT, 5234000)
    return clerk


def written(package_dir: Path) -> list[str]:
    return [source.note for source in reload(package_dir).sources if source.source_id.startswith("form-")]


def test_yes_does_not_pass_a_question(package_dir, asked):
    where = address(asked, Form.INDICATORS, FREIGHT, "value")
    result = run("ingest", "--yes", asked.save(), package=package_dir)
    assert result.exit_code == 1
    assert (
        f"有1处请核对，还没有写入；填报单位确认无误的，在表里“已核对”填“是”，或加 --accept '{where}' 再收"
        in result.output
    )
    assert written(package_dir) == []


@pytest.mark.parametrize("form", ["{cell}", "{sheet}!{cell}", "{file}:{sheet}!{cell}", "a1,{cell}"])
def test_a_cell_accepted_by_name_is_taken_and_recorded(package_dir, asked, form):
    path = asked.save()
    sheet, _, cell = address(asked, Form.INDICATORS, FREIGHT, "value").partition("!")
    words = form.format(cell=cell, sheet=sheet, file=path.name)
    result = run("ingest", "--yes", path, "--accept", words, package=package_dir)
    assert result.exit_code == 0, result.output
    [note] = written(package_dir)
    said = "2025年10月填了 5,234,000亿元，约为2025年9月（500亿元）的1.0万倍"
    assert note.endswith(f"填报单位对下列提示已核对无误：{sheet}!{cell} {said}。")
    assert ("a1 没有要核对的提示" in result.output) is form.startswith("a1")


def test_several_cells_may_follow_one_accept(package_dir, asked):
    asked.figure(PAVED, 0.9)
    path = asked.save()
    cells = [asked.cell(Form.INDICATORS, key, "value").coordinate for key in (FREIGHT, PAVED)]
    assert run("ingest", "--yes", path, "--accept", cells[0], package=package_dir).exit_code == 1
    assert run("ingest", "--yes", path, "--accept", *cells, package=package_dir).exit_code == 0


def test_a_tick_in_the_row_answers_and_is_recorded(package_dir, asked):
    asked.fill(Form.INDICATORS, FREIGHT, checked="是")
    plan = take_in(package_dir, asked.save())
    assert codes(plan) == {(address(asked, Form.INDICATORS, FREIGHT, "value"), "unit_slip")}
    assert "已核对无误" in written(package_dir)[0]


def test_a_tick_on_the_list_answers_that_question_and_no_other(package_dir, asked):
    path = asked.save()
    path.write_bytes(marked_copy(path, plan_for(package_dir, path).lines, AS_OF) or b"")
    book = openpyxl.load_workbook(path)
    sheet = book["检查结果"]
    [row] = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == "请核对"]
    sheet.cell(row, LISTED.index("checked") + 1).value = "是"
    book.save(path)
    assert not plan_for(package_dir, path).questions
    again = Clerk(path)
    again.figure(FREIGHT, 6234000)
    assert [line.code for line in plan_for(package_dir, again.save()).questions] == ["unit_slip"]


def test_asked_on_the_terminal_the_answer_is_recorded(package_dir, asked):
    path = asked.save()
    assert run("ingest", path, package=package_dir, text="n\n").exit_code == 1
    result = run("ingest", path, package=package_dir, text="y\ny\n")
    assert "以上1处请核对的，都与填报单位核对过、确认无误吗" in result.output
    assert result.exit_code == 0, result.output
    assert "已核对无误" in written(package_dir)[0]


@pytest.mark.slow
def test_the_good_files_of_a_batch_are_taken_and_the_rest_named(package_dir, clerk, tmp_path):
    clerk.figure(FREIGHT, 523.4)
    good = clerk.save("好.xlsx")
    clerk.figure(FREIGHT, None)
    clerk.figure(PAVED, 0.9)
    slipped = clerk.save("请核对.xlsx")
    clerk.figure(PAVED, "约九成")
    bad = clerk.save("须改.xlsx")
    refused = run("ingest", "--yes", good, slipped, bad, package=package_dir)
    assert (refused.exit_code, written(package_dir)) == (1, [])
    result = run("ingest", "--yes", "--take-good", good, slipped, bad, package=package_dir)
    assert result.exit_code == 1
    for name in ("请核对.xlsx", "须改.xlsx"):
        assert f"{name}：有须改或没有核对的地方，这一份没有收录" in result.output
    assert "已写入：来源1行、数据1行" in result.output
    assert len(written(package_dir)) == 1
    assert sorted(path.name for path in good.parent.glob("*已标注*")) == ["请核对.已标注.xlsx", "须改.已标注.xlsx"]


def test_a_folder_of_files_is_taken(package_dir, clerk, tmp_path):
    clerk.figure(FREIGHT, 523.4)
    folder = tmp_path / "收回"
    folder.mkdir()
    clerk.save().rename(folder / "甲.xlsx")
    (folder / "~$甲.xlsx").write_bytes(b"lock")
    (folder / "说明.txt").write_text("不是表单", encoding="utf-8")
    assert run("ingest", "--yes", folder, package=package_dir).exit_code == 0
    empty = tmp_path / "空"
    empty.mkdir()
    assert "里没有表单" in str(run("ingest", "--yes", empty, package=package_dir).exception)


def test_what_is_published_is_read_off_the_published_site(tmp_path):
    target = tmp_path / "published"
    assert shown_sources(target) == frozenset()
    for folder, ids in ((target, ["a", "b"]), (tmp_path / "published.versions" / "2025-11-20-1", ["c"])):
        (folder / "data" / "csv").mkdir(parents=True)
        (folder / "data" / "csv" / "sources.csv").write_text("source_id,title\n" + "".join(f"{i},x\n" for i in ids))
    assert shown_sources(target) == frozenset("abc")
