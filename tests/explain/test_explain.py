"""Verdicts in words: every step has a sentence, every code has its words, and the numbers can be followed."""

from __future__ import annotations

import ast
import csv
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from all_of import all_of

from build_scripts.assess import GroupFigures, Obs, TargetInputs, assess, assess_package
from build_scripts.assess.vectors import read_row
from build_scripts.checks import load_package
from build_scripts.core.method import FLAG_ORDER, Family, Grade, Reason, Status, Step
from build_scripts.explain import (
    explain,
    flag_label,
    flag_meaning,
    grade_meaning,
    reason_label,
    reason_meaning,
    sentence,
    unlock,
)
from build_scripts.locale.catalogue import has, keys

ROOT = Path(__file__).parents[2]
ASSESS = ROOT / "build_scripts" / "assess"
TABLES = tuple(ROOT / "tests" / "data" / name for name in ("assessment_vectors.csv", "derived_vectors.csv"))
NUMBERS = ("progress_pct", "time_pct", "gap_pp", "ratio", "attainment_pct", "derived")
LEFT_OUT = (
    "not_needed", "superseded", "same_day", "lower_tier", "other_basis", "conflict", "sub_annual", "accumulation",
    "forecast", "no_value", "unknown_period", "withdrawn",
)  # fmt: skip


def step_codes() -> set[str]:
    """Every literal step code the method writes down."""
    found = set()
    for path in ASSESS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for argument in node.args[:1] if name in ("note", "Step", "_step") else ():
                for each in ast.walk(argument):
                    if isinstance(each, ast.Constant) and isinstance(each.value, str) and "." in each.value:
                        found.add(each.value)
    return {code for code in found if not code.endswith(".")}


def test_the_method_writes_down_many_kinds_of_steps() -> None:
    assert len(step_codes()) > 45


@all_of("code", sorted(step_codes()))
def test_every_step_has_a_sentence(code: str) -> None:
    assert has(f"explain.{code}")


@all_of("reason", LEFT_OUT)
def test_every_reason_for_leaving_out_has_a_sentence(reason: str) -> None:
    assert has(f"explain.obs.left.{reason}")


@all_of("reason", Reason)
def test_every_reason_has_label_meaning_and_unlock(reason: Reason) -> None:
    assert reason_label(reason)
    assert reason_meaning(reason).endswith("。")
    assert has(f"reason.unlock.{reason.value}")


@all_of("name", FLAG_ORDER)
def test_every_flag_has_label_and_meaning(name: str) -> None:
    argument = {"variants": "on_track|behind", "rescheduled": "2024-12-31"}.get(name, "2022")
    assert flag_label(f"{name}:{argument}")
    assert flag_meaning(f"{name}:{argument}").endswith("。")


def test_grades_have_meanings() -> None:
    assert len({grade_meaning(grade) for grade in Grade}) == 3


def test_flag_arguments_are_words() -> None:
    assert flag_label("variants:on_track|behind") == "各种读法：符合进度、明显滞后"
    assert flag_label("rescheduled:2024-12-31") == "改期到2024年12月31日"
    assert flag_label("broken_years:2021|2023") == "未达标年份：2021、2023年"


def vectors() -> list[dict[str, str]]:
    found = []
    for table in TABLES:
        with table.open(encoding="utf-8", newline="") as file:
            found += list(csv.DictReader(file))
    return found


@all_of("row", vectors(), ids=lambda row: str(row["vector_id"]))
def test_sentences_are_whole_and_without_codes(row: dict[str, str]) -> None:
    verdict = assess(*read_row(row))
    told = explain(verdict, unit="亿元", titles={})
    assert len(told) == len(verdict.steps)
    for each in told:
        assert each.endswith(("。", "）。"))
        assert not re.search(r"。。|，，|（）|[{}]|None|nan|[a-z]+_[a-z]+", each)


@all_of("row", vectors(), ids=lambda row: str(row["vector_id"]))
def test_every_published_number_is_explained(row: dict[str, str]) -> None:
    verdict = assess(*read_row(row))
    told = "".join(explain(verdict))
    shown = {name: getattr(verdict, name) for name in NUMBERS}
    figures = set(re.findall(r"−?[\d.,]+", told.replace("（", "").replace("）", "")))
    for name, value in shown.items():
        # A milestone done on its due day says so, without "0 days".
        if value and not is_told(value, figures):
            raise AssertionError((name, value, told))


def is_told(value: Decimal, figures: set[str]) -> bool:
    """Whether a number stands in a text: as it is, or without its sign ("late by 9 days"), or as % for shares."""
    given = {Decimal(each.replace("−", "-").replace(",", "").rstrip(".")) for each in figures if each.strip("−.,")}
    return bool({value, abs(value)} & given)


def test_an_earlier_vintage_is_superseded_not_in_conflict() -> None:
    seen = (("9", date(2024, 1, 1)), ("10", date(2024, 3, 1)), ("12", date(2024, 3, 1)))
    inputs = TargetInputs(
        "level_by", "up", "ge", Decimal(80), target_period="2025",
        observations=tuple(Obs("2023", Decimal(value), pub) for value, pub in seen),
    )  # fmt: skip
    verdict = assess(inputs, date(2024, 6, 30))
    codes = [step.code for step in verdict.steps if step.code.startswith("obs.")]
    assert codes == ["obs.left.superseded", "obs.left.conflict", "obs.left.conflict"]


def test_a_sum_of_members_can_be_done_again() -> None:
    figures = GroupFigures(Obs("2023", None, date(2024, 3, 1)), None, {"甲县": Decimal(10), "乙县": Decimal(20)})
    inputs = TargetInputs("group_sum", "up", "ge", Decimal(80), target_period="2025", group=figures, observations=())
    told = explain(assess(inputs, date(2024, 6, 30)), unit="亿元")
    assert told[:3] == ("甲县：10亿元。", "乙县：20亿元。", "没有官方的分组数值，由全部成员相加得30亿元。")


def test_public_traces_are_named_one_by_one() -> None:
    inputs = TargetInputs(
        "annual_task", "none", "event", Decimal(2), target_period="2025", period_start="2022",
        observations=(Obs("2023-03", None, date(2023, 3, 20), source_id="s"),),
    )  # fmt: skip
    told = explain(assess(inputs, date(2024, 6, 30)), titles={"s": "月度通报"})
    assert told[1:3] == (
        "2023年3月有一次公开记录：2023年3月20日公布，来源：《月度通报》。",
        "2023年应有2次，查到公开记录1次，1 ÷ 2 = 50.0%。没有查到公开记录不等于没有做。",
    )


def test_a_real_growth_rate_shows_all_three_ratios() -> None:
    inputs = TargetInputs(
        "level_by", "up", "ge", Decimal(100), target_period="2025",
        observations=(Obs("2023", Decimal(80), date(2024, 3, 1), growth=Decimal(10), growth_is_real=True),),
    )  # fmt: skip
    told = "".join(explain(assess(inputs, date(2024, 6, 30)), unit="亿元"))
    # ln(1.08), ln(1.10) and ln(1.12), each over ln(100 ÷ 80) ÷ 2
    for ratio in ("0.6898", "0.8542", "1.0157"):
        assert ratio in told
    assert "（100÷80）开2次方，再减1 = 11.80%" in told


def test_a_path_can_be_followed_with_a_calculator() -> None:
    inputs = TargetInputs(
        "level_by", "up", "ge", Decimal(80), base_period="2020", base_value=Decimal(40), target_period="2025",
        observations=(Obs("2023", Decimal(62), date(2024, 3, 1), source_id="s"),),
    )  # fmt: skip
    told = explain(assess(inputs, date(2024, 6, 30)), unit="亿元", titles={"s": "统计公报"})
    assert told == (
        "评估日为2024年6月30日，只用当日及以前公布的数据。",
        "采用2023年的数值62亿元：2024年3月1日公布（发布机关），来源：《统计公报》。",
        "基期2020年的数值是40亿元，与现值口径一致。",
        "时序进度 τ =（2023−2020）÷（2025−2020）= 60.0%。",
        "实际进度 p = ln（62÷40）÷ ln（80÷40）= 63.2%（按每年同一增长率计）。",
        "折合每年增长15.73%，达到目标需要每年增长14.87%。",
        (
            "进度比 r = p ÷ τ = 63.2% ÷ 60.0% = 1.0538（用没有取整的 p、τ 相除），不低于0.95，"
            "对应“符合进度”（方法§4、§5）。"
        ),
        "达成率 = 62 ÷ 80 = 77.5%（只供参考，不决定状态）。",
        "超（欠）时序进度 = p − τ = 63.2% − 60.0% = 3.2个百分点（用没有取整的 p、τ 相减）。",
        "结论：符合进度（方法§3.9）。",
    )


def test_negative_figures_stand_in_brackets() -> None:
    step = Step("path.progress_linear", "§4.1", (
        ("value", Decimal(-1)), ("base", Decimal("-3.5")), ("target", Decimal(2)), ("progress", Decimal("45.5")),
    ))  # fmt: skip
    assert sentence(step) == "实际进度 p =（（−1）−（−3.5））÷（2−（−3.5））= 45.5%。"


@all_of("band, ratio", [
    ("不低于0.95", "0.9500"), ("不低于0.60、低于0.95", "0.9499"), ("不低于0、低于0.60", "0.0000"), ("低于0", "-0.0001"),
])  # fmt: skip
def test_the_band_is_said_with_its_bounds(band: str, ratio: str) -> None:
    step = Step("ratio_forward", "§5", (("ratio", Decimal(ratio)),))
    assert f"，{band}，" in sentence(step)


def test_what_would_unlock_every_silent_target_of_the_real_package() -> None:
    day = date(2026, 11, 21)
    package = load_package(ROOT / "datapackage", day)
    said = assess_package(package, day)
    for target in package.targets:
        line = unlock(target, said[target.target_id], package)
        if said[target.target_id].status.family is not Family.UNJUDGED:
            assert line == ""
            continue
        assert line.endswith("。")
        assert not re.search(r"。。|，，|；$|[{}]|None|年年[^底]|[a-z]+_[a-z]+|在年|  ", line), line


def test_an_unlock_line_names_body_year_and_month() -> None:
    day = date(2026, 11, 21)
    package = load_package(ROOT / "datapackage", day)
    target = package.target_by_id["ydsq-urbanisation-city-2025"]
    verdict = assess_package(package, day)[target.target_id]
    assert verdict.status is Status.DUE_NO_DATA
    line = unlock(target, verdict, package)
    for part in ("丽水市统计局", "常住人口城镇化率", "2025年", "2026年3月"):
        assert part in line


def test_no_unlock_sentence_is_orphaned() -> None:
    codes = {*(reason.value for reason in Reason), "no_data", "due_no_data"}
    for key in keys("reason.unlock."):
        name = key.removeprefix("reason.unlock.")
        assert any(name == code or name.startswith(f"{code}_") for code in codes), key


def test_an_average_can_be_followed_too() -> None:
    rates = (("2021", 18), ("2022", -2), ("2023", 0))
    inputs = TargetInputs(
        "avg_growth", "up", "ge", Decimal(15), base_period="2020", target_period="2025",
        observations=tuple(Obs(year, Decimal(rate), date(int(year) + 1, 3, 1)) for year, rate in rates),
    )  # fmt: skip
    told = explain(assess(inputs, date(2024, 6, 30)), unit="%")
    assert "3年的几何平均增速 = （1+18%）×（1−2%）×（1+0%）开3次方，再减1 = 4.96%。" in told
    assert "进度比 r = 4.96 ÷ 15 = 0.3309（用没有取整的平均值相除），不低于0、低于0.60。" in told
