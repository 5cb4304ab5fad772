"""Out as a workbook, filled as a clerk does, in again: the values, sources and revisions are in the package."""

from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from forms_clerk import AS_OF, NEW_PROBLEM_ROW, Clerk, codes, plan_for, reload, take_in

from build_scripts.forms.layout import Form
from build_scripts.forms.periods import FormPeriod
from build_scripts.forms.proposal import Kind


def filled(clerk: Clerk) -> Clerk:
    clerk.figure("freight|city", 523.4, obs_status="初步数", yoy=4.5, note="快报")
    clerk.figure("paved|city", 90, period="2025年9月", obs_status="正式数", checked="是")
    clerk.fill(
        Form.TASKS, "bridge", state="已开工", date=date(2025, 10, 8), planned_date=date(2026, 6, 30), note="主墩开钻"
    )
    clerk.fill(Form.PROBLEMS, "noise", state="整改中", date=date(2025, 10, 20), note="加装声屏障")
    clerk.fill(
        Form.PROBLEMS,
        NEW_PROBLEM_ROW,
        project="道路",
        title="征地滞后",
        opened=date(2025, 10, 9),
        due=date(2026, 3, 31),
    )
    return clerk


def test_everything_filled_in_is_in_the_package(package_dir, clerk):
    plan = take_in(package_dir, filled(clerk).save())
    package = reload(package_dir)

    [source] = [item for item in package.sources if item.source_id.startswith("form-")]
    assert source.title == "测试市交通局2025年10月三张表单"
    assert (source.publisher, source.tier, source.published, source.url) == ("测试市交通局", 1, AS_OF, "")
    assert source.note.startswith("填报人：张三（2025年11月5日填报）。")
    assert "主要指标2项，重点任务1项，问题2项" in source.note

    figures = {(o.indicator_id, o.period): o for o in package.observations if o.source_id == source.source_id}
    assert set(figures) == {("freight", "2025-10"), ("paved", "2025-09")}
    freight = figures["freight", "2025-10"]
    assert (freight.value, freight.obs_status, freight.yoy) == (Decimal("523.4"), "P", Decimal("4.5"))
    assert (freight.pub, freight.basis, freight.figure_as_printed, freight.note) == (AS_OF, "main", "523.4亿元", "快报")
    assert figures["paved", "2025-09"].value == 90

    [step] = [event for event in package.task_events if event.source_id == source.source_id]
    assert (step.task_id, step.state, step.date) == ("bridge", "started", date(2025, 10, 8))
    assert (step.planned_date, step.note) == (date(2026, 6, 30), "主墩开钻")

    [problem] = [item for item in package.problems if item.title == "征地滞后"]
    assert (problem.project_id, problem.owner_unit_id) == ("road", "transport")
    assert (problem.opened, problem.due) == (date(2025, 10, 9), date(2026, 3, 31))
    moves = {(e.problem_id, e.state, e.date) for e in package.problem_events if e.source_id == source.source_id}
    assert moves == {("noise", "in_progress", date(2025, 10, 20)), (problem.problem_id, "open", date(2025, 10, 9))}
    assert {change.kind for _, change in plan.changes if change.form is Form.INDICATORS} == {Kind.NEW}


def test_the_telephone_number_goes_nowhere(package_dir, clerk):
    clerk.sign(reporter="张三 13800001234", phone="0578-2091234")
    take_in(package_dir, filled(clerk).save())
    written = "".join(path.read_text(encoding="utf-8") for path in package_dir.rglob("*.csv"))
    assert "张三" in written
    assert "13800001234" not in written
    assert "2091234" not in written


def test_the_same_file_again_changes_nothing(package_dir, clerk):
    path = filled(clerk).save()
    take_in(package_dir, path)
    before = {file: file.read_bytes() for file in package_dir.rglob("*.csv")}

    again = take_in(package_dir, path, as_of=date(2025, 11, 28))

    assert not again.rows
    assert again.proposals[0].known
    assert {file: file.read_bytes() for file in package_dir.rglob("*.csv")} == before


def test_saved_again_by_another_program_it_is_still_the_same_file(package_dir, clerk):
    path = filled(clerk).save()
    take_in(package_dir, path)
    workbook = openpyxl.load_workbook(path)
    workbook[Form.INDICATORS.sheet].column_dimensions["D"].width = 60
    workbook.save(path.with_name("再存一次.xlsx"))
    assert not plan_for(package_dir, path.with_name("再存一次.xlsx")).rows


def test_a_revised_value_is_a_new_row_with_a_later_pub(package_dir, clerk):
    take_in(package_dir, filled(clerk).save())
    clerk.figure("freight|city", 519.8, obs_status="正式数", note="")
    later = date(2025, 12, 6)

    plan = take_in(package_dir, clerk.save("更正.xlsx"), as_of=later)

    package = reload(package_dir, later)
    vintages = [o for o in package.observations if (o.indicator_id, o.period) == ("freight", "2025-10")]
    assert [(o.value, o.obs_status, o.pub) for o in vintages] == [
        (Decimal("523.4"), "P", AS_OF),
        (Decimal("519.8"), "A", later),
    ]
    kinds = {change.name: change.kind for _, change in plan.changes if change.form is Form.INDICATORS}
    assert kinds == {"物流业产值（测试市）": Kind.REVISED, "道路硬化率（测试市）": Kind.UNCHANGED}
    assert len(plan.rows["observations"]) == 1


@pytest.mark.slow
def test_an_old_file_sent_again_after_a_revision_brings_its_value_back(package_dir, clerk):
    first = filled(clerk).save("第一次.xlsx")
    take_in(package_dir, first)
    clerk.figure("freight|city", 519.8)
    take_in(package_dir, clerk.save("更正.xlsx"), as_of=date(2025, 12, 6))
    plan = take_in(package_dir, first, as_of=date(2025, 12, 9))
    assert [(row["value"], row["note"]) for row in plan.rows["observations"]] == [
        ("523.4", "修订：原报519.8亿元（初步数）；快报")
    ]
    assert (
        len({s.source_id for s in reload(package_dir, date(2025, 12, 9)).sources if s.source_id.startswith("form-")})
        == 3
    )


def test_two_values_for_one_figure_on_one_day_are_refused(package_dir, clerk):
    take_in(package_dir, filled(clerk).save())
    clerk.figure("freight|city", 519.8)
    plan = plan_for(package_dir, clerk.save("同日更正.xlsx"))
    assert plan.has_errors
    assert {line.code for line in plan.lines} == {"same_day"}


def test_nothing_new_is_recorded_as_such(package_dir, clerk):
    clerk.sign(nothing_new="是")
    plan = take_in(package_dir, clerk.save())
    assert set(plan.rows) == {"sources"}
    assert "本期无变化" in reload(package_dir).sources[-1].note


def test_a_blank_form_is_asked_back(package_dir, clerk):
    assert ("", "form_blank") in codes(plan_for(package_dir, clerk.save()))


def test_two_units_sending_different_values_for_one_figure_are_told(package_dir, clerk, exported):
    first = filled(clerk).save("一.xlsx")
    clerk.figure("freight|city", 530)
    plan = plan_for(package_dir, first, clerk.save("二.xlsx"))
    [line] = [line for line in plan.lines if line.code == "conflict"]
    assert (line.file, line.cell) == ("二.xlsx", clerk.cell(Form.INDICATORS, "freight|city", "value").coordinate)
    assert "一.xlsx" in line.message


def test_the_same_file_given_twice_is_taken_once(package_dir, clerk):
    path = filled(clerk).save("一.xlsx")
    clerk.save("副本.xlsx")
    plan = take_in(package_dir, path, path.with_name("副本.xlsx"))
    assert len(plan.rows["sources"]) == 1
    assert len(plan.rows["observations"]) == 2


def test_the_forms_of_two_months_taken_in_at_once_do_not_contradict_each_other(package_dir, clerk, exported):
    clerk.fill(Form.TASKS, "bridge", state="推进中", note="十月进展")
    earlier = Clerk(exported(period=FormPeriod(2025, 9, 1)))
    earlier.sign()
    earlier.fill(Form.TASKS, "bridge", state="已开工", date=date(2025, 9, 3))
    plan = take_in(package_dir, clerk.save("十月.xlsx"), earlier.save("九月.xlsx"))
    assert len(plan.rows["task_events"]) == 2
    assert len(plan.rows["sources"]) == 2


def with_day_of_record(package_dir):
    for table in ("observations", "task_events", "problem_events"):
        path = package_dir / "progress" / f"{table}.csv"
        first, *others = path.read_text(encoding="utf-8").splitlines()
        path.write_text("".join(f"{line}\n" for line in (f"{first},recorded_on", *(f"{x}," for x in others))), "utf-8")


def test_every_row_says_on_which_day_this_record_got_it(package_dir, clerk):
    with_day_of_record(package_dir)
    take_in(package_dir, filled(clerk).save())
    package = reload(package_dir)
    rows = [*package.observations, *package.task_events, *package.problem_events]
    assert {row.recorded_on for row in rows if (row.source_id or "").startswith("form-")} == {AS_OF}


def test_a_package_without_that_column_is_written_without_it(package_dir, clerk):
    take_in(package_dir, filled(clerk).save())
    assert len([o for o in reload(package_dir).observations if o.source_id.startswith("form-")]) == 2
    assert "recorded_on" not in (package_dir / "progress" / "observations.csv").read_text(encoding="utf-8")
