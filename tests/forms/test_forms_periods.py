"""For which time and on which day: a form asks for its own period, and no day is taken that later checks refuse."""

import csv
from datetime import date

import pytest
from forms_clerk import AS_OF, Clerk, address, plan_for, reload, returned, take_in
from openpyxl.utils import get_column_letter
from typer.testing import CliRunner

from build_scripts.cli import check, forms_ingest
from build_scripts.cli.verbs import app
from build_scripts.core.errors import UsageError
from build_scripts.forms.layout import FIRST_ROW, META_VALUES, Form
from build_scripts.forms.periods import FormPeriod

IND = Form.INDICATORS
LENGTH, FREIGHT = "length|city", "freight|city"
NOVEMBER, DECEMBER_5 = FormPeriod(2025, 11, 1), date(2025, 12, 5)


def figures(package_dir, indicator, day) -> dict[str, str]:
    """The figures of forms by period."""
    return {
        o.period: str(o.value)
        for o in reload(package_dir, day).observations
        if o.indicator_id == indicator and o.source_id.startswith("form-")
    }


def of_an_earlier_version(clerk: Clerk, *, suggested: str) -> Clerk:
    """The form as it was sent out before: it kept no values, and asked of yearly figures for the last year."""
    meta = next(sheet for sheet in clerk.book.worksheets if sheet["A1"].value == "form_version")
    meta["B1"] = "1"
    meta.delete_cols(META_VALUES, 30)
    for cell in clerk.sheet(IND)[get_column_letter(IND.letter("period"))][FIRST_ROW - 1 :]:
        cell.value = cell.value and suggested
    return clerk


def test_a_monthly_form_asks_for_its_month_and_each_month_is_a_figure_of_its_own(package_dir, exported):
    for period, day, value in ((FormPeriod(2025, 10, 1), AS_OF, 4620), (NOVEMBER, DECEMBER_5, 4655)):
        clerk = Clerk(exported(period=period, as_of=day))
        clerk.sign()
        assert clerk.cell(IND, LENGTH, "period").value == period.words
        clerk.figure(LENGTH, value)
        plan = take_in(package_dir, clerk.save(), as_of=day)
        assert not plan.lines
    assert figures(package_dir, "length", DECEMBER_5) == {"2025-10": "4620", "2025-11": "4655"}


def test_an_older_period_is_taken_in_once_it_is_confirmed(package_dir, clerk):
    clerk.figure(FREIGHT, 470, period="2025年7月")
    plan = plan_for(package_dir, clerk.save())
    [said] = map(str, plan.questions)
    assert said == (
        f"{clerk.path.name}：{address(clerk, IND, FREIGHT, 'period')}：请核对："
        "填报期是2025年10月，这一行填的是2025年7月的数；"
        "报的是本期数的，把“数据所属期”改成“2025年10月”；确实是2025年7月的数（补报、更正），填“已核对”"
    )
    clerk.fill(IND, FREIGHT, checked="是")
    take_in(package_dir, clerk.save())
    assert figures(package_dir, "freight", AS_OF) == {"2025-07": "470"}


@pytest.mark.slow
def test_a_quarters_form_takes_its_months_and_a_years_form_its_quarters(package_dir, exported):
    for code, inside, outside in (("2025-Q3", "2025年8月", "2025年6月"), ("2024", "2024年第三季度", "2023年")):
        clerk = Clerk(exported(period=FormPeriod.parse(code)))
        clerk.sign()
        clerk.figure(FREIGHT, 481, period=inside)
        codes = {line.code for line in plan_for(package_dir, clerk.save()).questions}
        assert "period_other" not in codes
        clerk.figure(FREIGHT, 481, period=outside)
        assert "period_other" in {line.code for line in plan_for(package_dir, clerk.save()).questions}


def test_forms_sent_out_earlier_are_asked_about_from_the_second_month_on(package_dir, exported):
    october = of_an_earlier_version(Clerk(exported()), suggested="2024年")
    october.sign()
    assert returned(package_dir, october.save()).submission
    october.figure(LENGTH, 4620, period="2024年")
    where = address(october, IND, LENGTH, "period")
    plan = plan_for(package_dir, october.save())
    assert "period_other" in {line.code for line in plan.questions}, "another body's figure is in force for that year"

    october.figure("paved|county-a", 88)
    november = of_an_earlier_version(Clerk(exported(period=NOVEMBER, as_of=DECEMBER_5)), suggested="2024年")
    november.sign()
    take_in(package_dir, october.save("10月.xlsx"), accept=["*"])
    november.figure(LENGTH, 4655)
    plan = plan_for(package_dir, november.save("11月.xlsx"), as_of=DECEMBER_5)
    assert [(line.where, line.message) for line in plan.questions] == [
        (where, "填报期是2025年11月，这一行填的是2024年的数")
    ]
    november.figure(LENGTH, 4655, period="2025年11月")
    assert not plan_for(package_dir, november.save("11月.xlsx"), as_of=DECEMBER_5).questions


def test_what_an_earlier_form_asked_for_is_no_question_the_first_time(package_dir, exported):
    clerk = of_an_earlier_version(Clerk(exported("dev-reform")), suggested="2024年")
    clerk.sign()
    clerk.figure("patents|city", 790, period="2024年")
    assert not take_in(package_dir, clerk.save("一.xlsx")).questions
    clerk.figure("patents|city", 795)
    later = take_in(package_dir, clerk.save("二.xlsx"), as_of=date(2025, 11, 21))
    assert [(row["period"], row["value"]) for row in later.rows["observations"]] == [("2024", "795")]


@pytest.fixture
def on(monkeypatch):
    """`on(day, command, …)` runs a command of the program on a day."""

    def run(today: date, *arguments: object):
        for module in (forms_ingest, check):
            monkeypatch.setattr(module, "today", lambda: today)
        return CliRunner().invoke(app, list(map(str, arguments)))

    return run


def told_of(package_dir, as_of: str) -> None:
    """Put a bulletin into the package that tells of all up to a day."""
    with (package_dir / "progress" / "bulletins.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(["2025-q3", "quarter", "2025-Q3", as_of, as_of, ""])


TOLD = "2025年第三季度分析通报"
FUTURE = (
    "--as-of 2025年11月21日 还没有到（今天是2025年11月20日）；收表那天就是公布日期，不能写在以后。"
    "去掉 --as-of，到那天再收"
)
PAST = (
    f"--as-of 2025年10月15日 已在《{TOLD}》之内（截至2025年11月15日），那期通报已经发布，"
    "不能再收成当时公布的数。去掉 --as-of，按今天收"
)
SAME_DAY = f"《{TOLD}》已经发布，写明截至2025年11月15日；今天再收，那期通报就和数据对不上了。明天再收"


@pytest.mark.parametrize(
    ("today", "as_of", "said"),
    [
        ("2025-11-20", "2025-11-21", FUTURE),
        ("2025-11-20", "2025-10-15", PAST),
        ("2025-11-15", "2025-11-15", SAME_DAY),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_nothing_is_written(package_dir, exported, on, today, as_of, said):
    told_of(package_dir, "2025-11-15")
    before = {path: path.read_bytes() for path in package_dir.rglob("*.csv")}
    clerk = Clerk(exported(period=FormPeriod(2025, 9, 1)))
    clerk.sign()
    clerk.figure(LENGTH, 4620)
    path = clerk.save()
    result = on(date.fromisoformat(today), "forms", "ingest", "-y", path, "--package", package_dir, "--as-of", as_of)
    assert isinstance(result.exception, UsageError)
    assert str(result.exception) == said
    assert {path: path.read_bytes() for path in package_dir.rglob("*.csv")} == before


def test_what_is_taken_in_passes_the_check_of_the_same_day(package_dir, clerk, on):
    told_of(package_dir, "2025-11-15")
    clerk.figure(FREIGHT, 523.4)
    path = clerk.save()
    for as_of in ("2025-11-18", "2025-11-20"):
        taken = on(AS_OF, "forms", "ingest", "--yes", path, "--package", package_dir, "--as-of", as_of)
        assert taken.exit_code == 0, taken.output
    assert on(AS_OF, "check", "--package", package_dir).exit_code == 0
    [row] = [o for o in reload(package_dir).observations if o.source_id.startswith("form-")]
    assert (row.period, row.pub) == ("2025-10", date(2025, 11, 18))
