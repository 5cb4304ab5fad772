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
