"""A figure must make sense from the first on: against range, target, base, neighbours in time and place, the parts."""

from datetime import date

import pytest
from forms_clerk import CHANGES, Clerk, address, book_of, codes, plan_for, take_in
from packages import add, write_package

from build_scripts.forms.export import export_forms, package_hash
from build_scripts.forms.layout import Form
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.periods import FormPeriod

FREIGHT, PAVED, LENGTH, PARTS, PATENTS = "freight|city", "paved|city", "length|city", "paved|county-a", "patents|city"
IND = Form.INDICATORS


def asked(package_dir, clerk, key, column="value") -> list[str]:
    """The questions at one cell."""
    where = address(clerk, IND, key, column)
    return [line.message for line in plan_for(package_dir, clerk.save()).questions if line.where == where]


@pytest.fixture
def more(tmp_path):
    """`more(*changes)` → a package with more in it, and a clerk of the transport bureau."""

    def make(*changes, unit="transport"):
        folder = write_package(tmp_path / "more", *CHANGES, *changes)
        book = PackageIndex(book_of(folder).package, {}, date(2025, 11, 20))
        path = next(export_forms(book, FormPeriod(2025, 10, 1), [unit], package_hash(folder), tmp_path / "out"))[0]
        clerk = Clerk(path)
        clerk.sign()
        return folder, clerk

    return make


def figure(indicator_id, region_id, period, value, pub="2025-02-01"):
    row = {"indicator_id": indicator_id, "region_id": region_id, "period": period, "value": value, "pub": pub}
    return add("observations", **row, basis="main", source_id="gazette", obs_status="A")


def test_ten_times_too_much_is_asked_about_on_the_first_figure(package_dir, exported):
    clerk = Clerk(exported("dev-reform"))
    clerk.sign()
    clerk.figure(PATENTS, 7900, period="2024年")
    assert asked(package_dir, clerk, PATENTS) == ["2024年填了 7,900件，目标值是 900件，为其8.8倍"]
    plan = take_in(package_dir, clerk.save(), accept=["*"])
    assert plan.rows["observations"][0]["value"] == "7900"
    at = address(clerk, IND, PATENTS, "value")
    clerk.figure(PATENTS, 9_000_000)
    said = next(line for line in plan_for(package_dir, clerk.save("三.xlsx"), seen=False).questions if line.where == at)
    assert said.message == "填了 9,000,000件，约为目标值（900件）的1.0万倍"
    assert "实为 900件？是的，改填 900" in said.hint
    clerk.figure(PATENTS, 790)
    assert {line.code for line in plan_for(package_dir, clerk.save("二.xlsx"), seen=False).questions} == {
        "period_other"
    }


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (PARTS, 0.88, "2025年10月填了 0.88%，目标值是 90%"),
        (PARTS, 9, "2025年10月填了 9%，目标值是 90%，为其0.10倍"),
        (PARTS, 88, None),
        (PAVED, 0.9, "2025年10月填了 0.9%，约为2025年6月（88.5%）的百分之一"),
        (FREIGHT, 52.34, "2025年10月填了 52.34亿元，2025年9月是 500亿元，为其0.10倍"),
        (FREIGHT, 5234, "2025年10月填了 5,234亿元，2025年9月是 500亿元，为其10.5倍"),
        (FREIGHT, 5234000, "2025年10月填了 5,234,000亿元，约为2025年9月（500亿元）的1.0万倍"),
        (FREIGHT, -523.4, "2025年10月填了 −523.4亿元，这一项不会小于 0亿元"),
        (LENGTH, -3, "2025年10月填了 −3公里，这一项不会小于 0公里"),
        (FREIGHT, 523.4, None),
    ],
)
def test_first_and_later_figures_are_held_against_what_is_known(package_dir, clerk, key, value, said):
    clerk.figure(key, value, period="2025年10月")
    found = [message for message in asked(package_dir, clerk, key) if not message.startswith("收录后数据检查")]
    assert found == ([said] if said else [])


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.083, "增速填了 0.083%"),
        (830, "增速填了 830%"),
        (8.3, None),
        (0.5, None),
        (-0.083, "增速填了 −0.083%"),
    ],
)
def test_a_growth_rate_is_read_again(package_dir, clerk, value, said):
    clerk.figure(FREIGHT, 523.4, yoy=value)
    plan = plan_for(package_dir, clerk.save())
    assert [line.message for line in plan.questions] == ([said] if said else [])
    if value == 0.083:
        assert plan.questions[0].hint == "是不是 8.3%？是的，改填 8.3；确实是 0.083% 的，填“已核对”"
    if value == 830:
        assert plan.questions[0].hint == "是不是 83%或 8.3%？是的，改填；确实是 830% 的，填“已核对”"


def test_a_part_of_a_counted_thing_is_asked_about(package_dir, exported):
    clerk = Clerk(exported("dev-reform"))
    clerk.sign()
    clerk.figure(PATENTS, 0.42, period="2024年")
    assert asked(package_dir, clerk, PATENTS) == ["2024年填了 0.42件，按件计数的应是整数"]


def test_a_step_many_times_the_usual_is_asked_about(more):
    past = [figure("length", "city", str(year), str(4000 + 100 * (year - 2018))) for year in range(2018, 2024)]
    folder, clerk = more(*past)
    clerk.figure(LENGTH, 5800, period="2025年10月")
    [said] = asked(folder, clerk, LENGTH)
    assert said == "2025年10月填了 5,800公里，2024年是 4,600公里，一次变动 1,200公里；以往最大的一次是 100公里"
    clerk.figure(LENGTH, 4700)
    assert not asked(folder, clerk, LENGTH)


def _bridges(*figures):
    row = {"plan_id": "test-plan", "project_id": "road", "indicator_id": "bridges", "name": "桥梁增加", "unit": "座"}
    row |= {"kind": "level_by", "comparator": "none", "section": "三", "figure_as_printed": "桥梁", "in_totals": "true"}
    return (
        add("indicators", **indicator_row(), frequency="A", definition="虚构"),
        *(
            add("targets", **row, target_id=f"bridges-{region}", region_id=region, lead_unit_id="transport")
            for region in ("city", "county-a")
        ),
        *figures,
    )


def indicator_row():
    return {"indicator_id": "bridges", "name": "桥梁数", "unit": "座", "decimals": "0", "direction": "up"}


def test_a_part_larger_than_the_whole_and_a_whole_smaller_than_a_part(more):
    folder, clerk = more(
        *_bridges(figure("bridges", "city", "2024", "300"), figure("bridges", "county-b", "2023", "120"))
    )
    clerk.figure("bridges|county-a", 420, period="2024年")
    assert asked(folder, clerk, "bridges|county-a") == ["2024年填了 420座，测试市全部才 300座"]
    clerk.figure("bridges|county-a", None)
    clerk.figure("bridges|city", 90, period="2023年")
    found = asked(folder, clerk, "bridges|city")
    assert "2023年填了 90座，其中乙县就有 120座" in found


@pytest.mark.slow
def test_a_place_out_of_scale_with_all_others_is_asked_about(more):
    counties = [add("regions", region_id=f"county-{x}", name=f"{x}县", level="county", order="9") for x in "cde"]
    others = [
        figure("bridges", f"county-{x}", "2024", str(value)) for x, value in zip("cde", (40, 55, 70), strict=True)
    ]
    folder, clerk = more(*counties, *_bridges(*others))
    clerk.figure("bridges|county-a", 5500, period="2024年")
    assert asked(folder, clerk, "bridges|county-a") == ["2024年填了 5,500座，e县2024年是 70座"]
    clerk.figure("bridges|county-a", 60)
    assert not asked(folder, clerk, "bridges|county-a")


def test_an_accumulation_is_held_against_its_own_pace(package_dir, clerk):
    clerk.figure("invest|city", 40)
    assert codes(plan_for(package_dir, clerk.save())) == set()
    clerk.figure("invest|city", 4000)
    assert "2021年1月—2025年10月填了 4,000亿元，2021年1—6月是 5亿元，为其800倍" in asked(
        package_dir, clerk, "invest|city"
    )


def _window(kind: str, value: str, **more: str):
    return add("targets", target_id="built-2025", plan_id="test-plan", project_id="road", indicator_id="built",
               region_id="city", name="投资（虚构）", kind=kind, comparator="ge", value=value, unit="亿元",
               target_period="2025", section="三/（一）", figure_as_printed=f"{value}亿元", lead_unit_id="transport",
               in_totals="true", **more)  # fmt: skip


BUILT = add("indicators", indicator_id="built", name="完成投资", unit="亿元", decimals="2", frequency="M",
            direction="up", definition="虚构")  # fmt: skip


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1.5, "2024年1月—2025年10月填了 1.5亿元，目标值是 100亿元，为其0.02倍"),
        (15, "2024年1月—2025年10月填了 15亿元，目标值是 100亿元，为其0.15倍"),
        (40, None),
        (0.5, "2024年1月—2025年10月填了 0.5亿元，目标值是 100亿元，为其不到百分之一"),
        (930, "2024年1月—2025年10月填了 930亿元，目标值是 100亿元，为其9.3倍"),
    ],
)
def test_a_first_accumulation_is_held_against_the_time_gone_by(more, value, said):
    package_dir, clerk = more(BUILT, _window("cum_flow", "100", period_start="2024"))
    clerk.figure("built|city", value)
    assert asked(package_dir, clerk, "built|city") == ([said] if said else [])


@pytest.mark.parametrize(("value", "times"), [(9300, "9.3倍"), (900, None), (100, None)])
def test_more_than_the_whole_envelope_is_asked_about(more, value, times):
    package_dir, clerk = more(BUILT, _window("envelope", "1000"))
    clerk.figure("built|city", value)
    said = f"2025年10月填了 {value:,}亿元，目标值是 1,000亿元，为其{times}"
    assert asked(package_dir, clerk, "built|city") == ([said] if times else [])
