import dataclasses
from decimal import Decimal

import pytest
import samples

from build_scripts import charts
from build_scripts.charts import theme
from build_scripts.charts.course import course
from build_scripts.core.method import Status


@pytest.fixture(scope="module")
def shapes():
    return samples.trajectories()


def parts(spec, part):
    return [row for row in spec.wide.rows if row["part"] == part]


def texts(spec):
    return [row["text"] for row in spec.wide.rows if row["part"] == "text"]


def test_the_path_is_the_methods(shapes):
    """Log scale for levels: B·(T/B)^τ; the bands are 0.95 and 0.60 of the pace (method §4.1)."""
    found = course(shapes["path"], None)
    base, goal = 1540.02, 2250
    assert found.at(2020) == pytest.approx(base)
    assert found.at(2025) == pytest.approx(goal)
    assert found.at(2024) == pytest.approx(base * (goal / base) ** 0.8)
    assert found.at(2024, 0.6) == pytest.approx(base * (goal / base) ** 0.48)
    bands = {
        row["x"]: row for row in parts(charts.trajectory(shapes["path"]), "band") if row["fill"] == theme.BAND_SLIGHT
    }
    assert bands[2025]["y"] == pytest.approx(base * (goal / base) ** 0.95)
    assert bands[2025]["y2"] == pytest.approx(base * (goal / base) ** 0.60)
    assert bands[2020]["y"] == bands[2020]["y2"] == pytest.approx(base)


def test_a_share_goes_straight_and_a_falling_time_falls(shapes):
    assert course(shapes["twelve"], None).at(2022.5) == pytest.approx(64.5 + (72.25 - 64.5) / 2)
    assert course(shapes["down"], None).at(2022.5) == pytest.approx(40)
    assert course(shapes["down"], None).at(2025, 0.6) == pytest.approx(38)


@pytest.mark.parametrize(("comparator", "value"), [("ge", 60), ("gt", 64), ("le", 70), ("lt", 90)])
def test_no_path_leads_from_a_start_that_was_there_already(shapes, comparator, value):
    entry = shapes["twelve"]
    target = dataclasses.replace(entry.target, comparator=comparator, value=Decimal(value))
    kept = dataclasses.replace(entry, target=target)
    assert not course(kept, None).has_path
    assert not parts(charts.trajectory(kept), "band")
    assert parts(charts.trajectory(kept), "goal")


def test_an_accumulation_starts_from_nought_at_its_window(shapes):
    found = course(shapes["flow"], None)
    assert (found.begin, found.end) == ((2022, Decimal(0)), 2027)
    spec = charts.trajectory(shapes["flow"])
    assert [row["x"] for row in parts(spec, "line")] == [2022.25, 2022.5, 2022.75, 2023, 2023.25, 2023.5, 2024]


def test_a_multiple_is_drawn_at_k_times_its_base(shapes):
    assert course(shapes["multiple"], None).goal == 2 * Decimal("1540.02")


@pytest.mark.parametrize("kind", ["rank", "floor"])
def test_a_yearly_goal_holds_from_the_windows_start(shapes, kind):
    spec = charts.trajectory(shapes[kind])
    goal = parts(spec, "goal")[0]
    window = shapes[kind].target
    assert (goal["x"], goal["x2"]) == (int(window.period_start) - 1, int(window.target_period))
    assert not parts(spec, "path")


def test_first_place_stands_on_top(shapes):
    params = charts.trajectory(shapes["rank"]).wide.params
    assert params["yhi"] == 1
    assert params["ylo"] > 4


def test_revisions_are_hollow_and_stay_in_the_table(shapes):
    spec = charts.trajectory(shapes["path"])
    points = {row["hint"]: row for row in parts(spec, "obs")}
    assert points["2023年 1,964.4亿元"]["fill"] == theme.GROUND
    assert points["2023年 2,046.3亿元"]["fill"] == theme.SERIES
    assert [row["y"] for row in parts(spec, "line")] == [1710.03, 1830.87, 2046.3, 2181.18]
    notes = {row[1]: row[4] for row in spec.table.rows}
    assert notes["1,964.4"] == "初步数；已修订"
    assert notes["2,046.3"] == ""
    assert "空心圆" in spec.key


def test_a_repeated_value_is_not_a_revision():
    figures = (samples.figure("2024", "100"), samples.figure("2024", "100", tier=2, pub=samples.AS_OF))
    spec = charts.trajectory(samples.entry(figures, samples.verdict(Status.NOT_ASSESSABLE)))
    assert len(parts(spec, "obs")) == 1
    assert "空心圆" not in spec.key
    assert len([row for row in spec.table.rows if row[0] == "2024年"]) == 2


def test_the_judged_figure_has_the_glyph_of_its_status(shapes):
    judged = next(row for row in parts(charts.trajectory(shapes["path"]), "obs") if row["x"] == 2024)
    assert judged["shape"] == theme.SHAPES[Status.ON_TRACK]
    assert judged["fill"] == theme.status_colour(Status.ON_TRACK)


def test_no_line_across_a_break(shapes):
    lines = parts(charts.trajectory(shapes["break"]), "line")
    assert {row["x"]: row["series"] for row in lines} == {
        2021: "own-main",
        2022: "own-main",
        2023: "own-old",
        2024: "own-new",
    }


def test_tier_three_never_takes_the_place_of_better_sources():
    figures = (samples.figure("2024", "100"), samples.figure("2024", "120", tier=3, pub=samples.AS_OF))
    spec = charts.trajectory(samples.entry(figures, samples.verdict(Status.ON_TRACK)))
    assert [row["y"] for row in parts(spec, "line")] == [100]


def test_forecasts_and_gaps_are_not_drawn():
    figures = (samples.figure("2023", "100"), samples.figure("2024", "120", obs_status="F"))
    spec = charts.trajectory(samples.entry(figures, samples.verdict(Status.ON_TRACK, "2023")))
    assert [row["y"] for row in parts(spec, "obs")] == [100]


def test_parts_of_years_give_way_to_full_years_but_stay_in_the_table():
    figures = (samples.figure("2023", "1964.4"), samples.figure("2024-Q1", "484.2"))
    spec = charts.trajectory(samples.entry(figures, samples.verdict(Status.NOT_ASSESSABLE, "2023")))
    assert [row["y"] for row in parts(spec, "obs")] == [1964.4]
    assert "484.2" in [row[1] for row in spec.table.rows]
    assert "列在数据表里" in spec.key


def test_parts_that_a_plan_lacks_are_not_drawn(shapes):
    assert not parts(charts.trajectory(shapes["no-baseline"]), "path")
    assert not parts(charts.trajectory(shapes["no-deadline"]), "end")
    assert parts(charts.trajectory(shapes["no-deadline"]), "goal")
    assert charts.trajectory(samples.entry((), None, baseline_period=None, baseline_value=None)) is None


def test_title_alt_and_table_say_the_numbers(shapes):
    spec = charts.trajectory(shapes["path"])
    assert spec.title == "地区生产总值：2024年2,181.18亿元，进度走完91.8%，时间过了80.0%，符合进度"
    assert spec.alt == (
        f"折线图。{spec.title}。2021年1,710.03亿元；2022年1,830.87亿元；2023年2,046.3亿元；2024年2,181.18亿元。"
        "目标：2025年≥2,250亿元"
    )
    assert spec.table.columns == ("时期", "数值（亿元）", "公布日期", "来源", "说明")
    assert spec.table.rows[0][:2] == ("基期（2020年）", "1,540.02")
    assert spec.table.rows[-1] == ("目标（2025年）", "≥2,250", "2021年3月1日", "测试规划", "")
    assert spec.source_ids == ("s",)
    assert {"亿元", "目标≥2,250", "期限2025年", "2,181.18"} <= set(texts(spec))


def test_large_counts_are_drawn_and_written_in_wan(shapes):
    spec = charts.trajectory(shapes["large"])
    assert spec.unit == "万人"
    assert "138.3" in texts(spec)
    assert max(row["y"] for row in parts(spec, "obs")) == pytest.approx(138.3)


def test_labels_have_the_declared_decimals_the_table_the_recorded_ones():
    spec = charts.trajectory(samples.entry((samples.figure("2024", "95.1435"),), samples.verdict(Status.ON_TRACK)))
    assert "95.14" in texts(spec)
    assert "95.1435" in [row[1] for row in spec.table.rows]


def test_no_line_crosses_years_of_which_nothing_is_known():
    figures = tuple(samples.figure(year, "2.5") for year in ("2019", "2020", "2023", "2024"))
    entry = samples.entry(figures, samples.verdict(Status.ON_TRACK))
    lines = parts(charts.trajectory(entry), "line")
    assert [(row["x"], row["series"]) for row in lines] == [
        (2019.0, "own-main"),
        (2020.0, "own-main"),
        (2023.0, "own-main-1"),
        (2024.0, "own-main-1"),
    ]


def test_the_reference_of_a_comparison_is_drawn_and_named():
    own, other = (samples.figure("2024", "2.45"),), (samples.figure("2022", "2.56"), samples.figure("2024", "2.69"))
    entry = samples.entry(own, samples.verdict(Status.ON_TRACK), kind="moving_ref", baseline_value=None)
    spec = charts.trajectory(entry, other)
    assert {row["series"] for row in parts(spec, "line")} == {"own-main", "reference-main", "reference-main-1"}
    assert any("2.69" in text for text in texts(spec))


def test_a_related_series_has_no_goal_and_no_verdict():
    spec = charts.related(samples.related_series())
    assert {row["part"] for row in spec.wide.rows} <= {"obs", "line", "text"}
    assert spec.id == "gdp-2025-related-fiscal-city"
    assert spec.title == "一般公共预算收入：2024年第四季度190亿元"


def test_a_deadline_in_a_fiscal_year_is_labelled_as_the_plan_names_it():
    figures = (samples.figure("2023", "2000"),)
    fiscal = samples.entry(figures, target_period="2025-04-01/P12M=2025")
    labels = [row["text"] for row in charts.trajectory(fiscal).wide.rows if row["part"] == "text"]
    assert any("2025/26财年" in label for label in labels)
    plain = [row["text"] for row in charts.trajectory(samples.entry(figures)).wide.rows if row["part"] == "text"]
    assert any("2025年" in label for label in plain)
