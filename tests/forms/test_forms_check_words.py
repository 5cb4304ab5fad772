"""What the data checks find in a form is told in a clerk's words: no row numbers, no column names, and what to do."""

import re
from datetime import date

import pytest
from forms_clerk import CHANGES, Clerk, address, book_of, plan_for, take_in
from packages import add, column, write_package

from build_scripts.core.records import Severity, Violation
from build_scripts.core.tables import TABLES
from build_scripts.forms.check_lines import clerks_line, is_for_editors
from build_scripts.forms.export import export_forms, package_hash
from build_scripts.forms.layout import Form
from build_scripts.forms.lines import Level
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.periods import FormPeriod
from build_scripts.load import Tables
from build_scripts.locale.catalogue import keys

IND, PRO = Form.INDICATORS, Form.PROBLEMS
FREIGHT = "freight|city"
_TECHNICAL = re.compile(r"第 ?\d+ ?行|[a-z]{2,}[_ ]|\b(?:note|pub|basis|state|nature|min|max)\b|收录后数据检查")


def lines(package_dir, clerk: Clerk) -> dict[str, list[str]]:
    """The lines about one form by cell, each with its level; none of them technical."""
    found: dict[str, list[str]] = {}
    for line in plan_for(package_dir, clerk.save()).lines:
        assert not _TECHNICAL.search(f"{line.message}{line.hint}"), str(line)
        found.setdefault(line.where, []).append(f"{line.severity.value}：{line.message}；{line.hint}")
    return found


@pytest.fixture
def running(tmp_path):
    """A package in which freight is a running total since January, and a clerk with its form open."""
    folder = write_package(
        tmp_path / "running",
        *CHANGES,
        column("indicators", "nature"),
        *(add("indicators", indicator_id=key, name=name, unit=unit, nature=nature, decimals="2", frequency="M",
              direction="up", definition="虚构")
          for key, name, unit, nature in (("built", "完成投资", "亿元", "level"), ("firms", "企业数", "家", "count"),
                                          ("green", "绿化率", "%", "share"))),
        *(add("targets", target_id=f"{key}-2025", plan_id="test-plan", project_id="road", indicator_id=key,
              region_id="city", name=f"{key}（虚构）", kind=kind, comparator="ge", value="90", unit=unit,
              target_period="2025", section="三/（一）", figure_as_printed=f"90{unit}", lead_unit_id="transport",
              in_totals="true")
          for key, kind, unit in (("firms", "count_by", "家"), ("green", "share_by", "%"))),
        add("targets", target_id="built-2025", plan_id="test-plan", project_id="road", indicator_id="built",
            region_id="city", name="投资（虚构）", kind="cum_flow", comparator="ge", value="100", unit="亿元",
            target_period="2025", period_start="2025", section="三/（一）", figure_as_printed="100亿元",
            lead_unit_id="transport", in_totals="true"),
        add("observations", indicator_id="built", region_id="city", period="2025-01-01/P9M", basis="main",
            pub="2025-10-15", source_id="gazette", value="60", obs_status="A"),
    )  # fmt: skip
    book = PackageIndex(book_of(folder).package, {}, date(2025, 11, 20))
    clerk = Clerk(next(export_forms(book, FormPeriod(2025, 10, 1), ["transport"], package_hash(folder), tmp_path))[0])
    clerk.sign()
    return folder, clerk


def test_a_running_total_that_falls_is_told_with_both_months(running):
    folder, clerk = running
    clerk.figure("built|city", 55)
    [said] = lines(folder, clerk)[address(clerk, IND, "built|city", "value")]
    assert said == (
        "check：累计到2025年1—10月的 55亿元，小于累计到2025年1—9月的 60亿元；同一年起算的累计数只增不减，检查两个数；"
        "口径变过的，“数据性质”选“口径调整后首个数”；无误的，填“已核对”"
    )


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (
            "firms|city",
            -5,
            "error：2025年10月填了 −5家，这一项不会小于 0家；检查正负号和数值；减少了多少，写到“备注”。"  # noqa: ISC004
            "确实会有这样的数的，请收表的人先放宽这个指标的下限",
        ),
        (
            "green|city",
            8850,
            "error：2025年10月填了 8,850%，这一项不会大于 100%；是不是 88.5%？是的，改填 88.5。"  # noqa: ISC004
            "确实会有这样的数的，请收表的人先放宽这个指标的上限",
        ),
        (
            FREIGHT,
            -523.4,
            "check：2025年10月填了 −523.4亿元，这一项不会小于 0亿元；是不是 523.4亿元？是的，改填 523.4；"  # noqa: ISC004
            "确实是 −523.4亿元 的，填“已核对”",
        ),
    ],
)
def test_what_cannot_be_is_said_once_and_nobody_is_asked_to_confirm_it(running, key, value, said):
    folder, clerk = running
    clerk.figure(key, value)
    assert lines(folder, clerk)[address(clerk, IND, key, "value")] == [said]


def test_a_problem_struck_off_before_it_was_solved_is_told_with_the_next_step(package_dir, clerk):
    clerk.fill(PRO, "noise", state="已销号", date=date(2025, 10, 20), note="验收文件")
    [said] = lines(package_dir, clerk)[address(clerk, PRO, "noise", "state")]
    assert said == (
        "error：这个问题现在是“已提出”，不能直接改成“已销号”；"
        "下一步只能是“整改中、已解决”，先报那一步；以前报错了的，在“整改进展及依据”写“更正”"
    )


def test_a_year_nobody_reported_is_no_matter_of_the_form(package_dir, clerk):
    clerk.figure("length|city", 4700, period="2024年")
    take_in(package_dir, clerk.save(), accept=["*"])
    clerk.figure("length|city", 4300, period="2021年")
    assert "中间" not in str(lines(package_dir, clerk))


def test_every_finding_a_form_could_cause_has_words_of_its_own_or_is_left_to_editors():
    """All that the catalogue says of answers is filled without a hole, and without a word of the tables."""
    names = "found before change near count total percent value year others growth other most range date allowed note"
    facts = dict.fromkeys(names.split(), "1")
    codes = {key.split(".")[1] for key in keys("forms_lines.checked_")}
    assert len(codes) >= 15
    for code in sorted(codes):
        check, *_ = code.removeprefix("checked_").replace("_", "-").partition("-rank")
        name = "source-house" if check.startswith("source-house") else check
        which = "what_rank" if code.endswith("_rank") else "what_name" if code.endswith("_name") else "what"
        found = Violation("x", 3, name, "value", "第 3 行", sentence=which, resource="observations", facts=facts)
        line = clerks_line(found, Tables(), "表.xlsx", ("主要指标进度表", 6, 15))
        assert line.code == code and line.severity is Level.NOTE if check == "step-words" else Level.ERROR
        assert "{" not in line.message + line.hint
        assert not _TECHNICAL.search(line.message + line.hint)
    assert "observations" in TABLES


def test_an_error_is_never_left_to_editors_alone():
    assert not is_for_editors(Violation("x", 3, "period-title", "", "", severity=Severity.ERROR))
    assert is_for_editors(Violation("x", 3, "period-title", "", "", severity=Severity.WARNING))
