"""Plans change while forms are out: old forms are still recognised."""

from datetime import date

from forms_clerk import CHANGES, PERIOD, UNIT, Clerk, book_of
from packages import add, column, write_package

from build_scripts.forms.export import export_forms, package_hash
from build_scripts.forms.ingest import make_plan, read_files
from build_scripts.forms.layout import Form
from build_scripts.forms.package_index import PackageIndex

DAY = date(2025, 11, 20)


def test_a_form_sent_to_a_unit_that_has_been_merged_since_is_taken_from_its_heir(tmp_path):
    before = write_package(tmp_path / "before", *CHANGES)
    book = PackageIndex(book_of(before).package, {}, DAY)
    clerk = Clerk(next(export_forms(book, PERIOD, [UNIT], package_hash(before), tmp_path))[0])
    clerk.sign()
    clerk.figure("freight|city", 523.4)
    clerk.fill(Form.TASKS, "bridge", state="推进中", date=date(2025, 10, 8))
    units = [unit.unit_id for unit in book.package.units]
    gone = ["2025-11-01" if unit == UNIT else "" for unit in units]
    after = write_package(
        tmp_path / "after", *CHANGES,
        column("units", "valid_from", *["" for _ in units]),
        column("units", "withdrawn_on", *gone),
        column("units", "replaces", *["" for _ in units]),
        add("units", unit_id="joint", name="测试市大交通局", category="department", valid_from="2025-11-01",
            replaces=UNIT),
    )  # fmt: skip
    now = book_of(after)
    plan = make_plan(after, read_files([clerk.save()], now), now, DAY)
    assert not plan.has_errors, [str(line) for line in plan.lines]
    said = [line.message for line in plan.lines if line.code == "unit_heir"]
    assert said == ["这份表是发给测试市交通局的，现由测试市大交通局接替；按测试市大交通局填报收录"]
    assert plan.rows["sources"][0]["publisher"] == "测试市大交通局"
    assert [row["value"] for row in plan.rows["observations"]] == ["523.4"]
    assert [row["task_id"] for row in plan.rows["task_events"]] == ["bridge"]


def _form_of_before(tmp_path, fill) -> Clerk:
    before = write_package(tmp_path / "before", *CHANGES)
    book = PackageIndex(book_of(before).package, {}, DAY)
    clerk = Clerk(next(export_forms(book, PERIOD, [UNIT], package_hash(before), tmp_path))[0])
    clerk.sign()
    fill(clerk)
    return clerk


def _ended(table: str, key: str, gone: str):
    """The three columns of a table, one row of which ended on 1 November."""

    def change(folder) -> None:
        rows = (folder / "targets" / f"{table}.csv").read_text(encoding="utf-8").splitlines()[1:]
        ended = ["2025-11-01" if f"{gone}," in row else "" for row in rows]
        for name, values in (("valid_from", []), ("withdrawn_on", ended), ("replaces", [])):
            column(table, name, *values)(folder)

    return change


def _said(plan) -> list[tuple[str, str, str]]:
    return [(line.severity.value, line.code, line.message) for line in plan.lines if line.severity.value != "note"]


def _now(tmp_path, clerk, *changes):
    folder = write_package(tmp_path / "after", *CHANGES, *changes)
    book = book_of(folder)
    return make_plan(folder, read_files([clerk.save()], book), book, DAY)


NEW_TASK = {"task_id": "bridge-2", "plan_id": "test-plan", "project_id": "road", "name": "新桥（虚构）",
            "region_id": "city", "section": "三", "valid_from": "2025-11-01", "replaces": "bridge"}  # fmt: skip


def test_a_row_of_a_work_that_was_replaced_is_asked_about_with_both_names(tmp_path):
    clerk = _form_of_before(tmp_path, lambda it: it.fill(Form.TASKS, "bridge", state="推进中", date=date(2025, 10, 8)))
    plan = _now(tmp_path, clerk, _ended("tasks", "task_id", "bridge"), add("tasks", **NEW_TASK))
    assert _said(plan) == [
        ("check", "row_replaced",
         "“大桥（虚构）”自2025年11月1日起不再执行，由“新桥（虚构）”代替；这一行按“新桥（虚构）”收录")
    ]  # fmt: skip
    assert [row["task_id"] for row in plan.rows["task_events"]] == ["bridge-2"]


def test_a_row_of_a_work_that_has_ended_is_not_asked_for(tmp_path):
    clerk = _form_of_before(tmp_path, lambda it: it.fill(Form.TASKS, "bridge", state="推进中", date=date(2025, 10, 8)))
    plan = _now(tmp_path, clerk, _ended("tasks", "task_id", "bridge"))
    assert _said(plan) == [("error", "row_ended", "“大桥（虚构）”自2025年11月1日起不再执行，不用再报")]


def _new_target(indicator_id: str, unit: str):
    return add("targets", target_id=f"{indicator_id}-new", plan_id="test-plan", project_id="road",
               indicator_id=indicator_id, region_id="city", name="新（虚构）", kind="level_by", comparator="ge",
               value="700", unit=unit, target_period="2025", section="三/（一）", figure_as_printed=f"700{unit}",
               lead_unit_id="transport", in_totals="true", valid_from="2025-11-01",
               replaces="freight-2025")  # fmt: skip


def _indicator(key: str, unit: str):
    return add("indicators", indicator_id=key, name="新产值", unit=unit, decimals="1", frequency="M", direction="up",
               definition="虚构")  # fmt: skip


def test_a_figure_for_a_target_that_was_replaced_is_asked_about_with_both_names(tmp_path):
    clerk = _form_of_before(tmp_path, lambda it: it.figure("freight|city", 523.4))
    plan = _now(tmp_path, clerk, _indicator("output", "亿元"), _ended("targets", "target_id", "freight-2025"),
                _new_target("output", "亿元"))  # fmt: skip
    assert _said(plan) == [
        ("check", "row_replaced",
         "“物流业产值”自2025年11月1日起不再执行，由“新产值”代替；这一行按“新产值”收录")
    ]  # fmt: skip
    assert [(row["indicator_id"], row["value"]) for row in plan.rows["observations"]] == [("output", "523.4")]


def test_a_figure_in_the_unit_of_before_is_not_taken_for_the_new_one(tmp_path):
    clerk = _form_of_before(tmp_path, lambda it: it.figure("freight|city", 523.4))
    plan = _now(tmp_path, clerk, _indicator("cargo", "万吨"), _ended("targets", "target_id", "freight-2025"),
                _new_target("cargo", "万吨"))  # fmt: skip
    assert ("error", "unit_since_changed", "这一项的计量单位已由“亿元”改为“万吨”") in _said(plan)
    assert "observations" not in plan.rows


def test_a_target_of_the_same_series_with_a_new_value_is_answered_as_before(tmp_path):
    clerk = _form_of_before(tmp_path, lambda it: it.figure("freight|city", 523.4))
    plan = _now(tmp_path, clerk, _ended("targets", "target_id", "freight-2025"), _new_target("freight", "亿元"))
    assert _said(plan) == []
    assert [row["value"] for row in plan.rows["observations"]] == ["523.4"]
