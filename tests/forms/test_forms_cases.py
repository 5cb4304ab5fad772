"""Batches and days as they come in practice: one bad file among three, month after month, there and back again."""

from datetime import date
from decimal import Decimal

import pytest
from forms_clerk import Clerk, address, reload
from test_forms_cli import run
from test_forms_periods import on  # noqa: F401 - a fixture

from build_scripts.forms.layout import Form
from build_scripts.forms.periods import FormPeriod

IND = Form.INDICATORS
LENGTH, PATENTS, GDP = "length|city", "patents|city", "gdp|city"


@pytest.fixture
def three(exported):
    """The forms of three senders; what the second wrote is no figure."""
    paths = []
    for unit, key, value in (("dev-reform", PATENTS, 790), ("transport", LENGTH, "约5"), ("none", GDP, 190)):
        clerk = Clerk(exported(unit))
        clerk.sign(**({"unit": "测试市发展改革委"} if unit == "none" else {}))
        clerk.figure(key, value)
        paths.append(clerk.save())
    return paths


def values(package_dir, day=date(2025, 11, 20)) -> dict[tuple[str, str], Decimal | None]:
    return {
        (o.indicator_id, o.period): o.value
        for o in reload(package_dir, day).observations
        if o.source_id.startswith("form-")
    }


def test_one_bad_file_of_three_holds_all_back_and_is_named_with_its_cell(package_dir, three):
    result = run("ingest", "--yes", *three, package=package_dir)
    assert result.exit_code == 1
    where = address(Clerk(three[1]), IND, LENGTH, "value")
    assert f"{three[1].name}：{where}：须改：“约5”不是一个确定的数" in result.output
    assert "1个文件有1处须改，一处也没有写入；改好后把这一批重新收一遍" in result.output
    assert values(package_dir) == {}
    assert [path.name for path in three[0].parent.glob("*已标注*")] == [f"{three[1].stem}.已标注.xlsx"]


def test_with_take_good_the_other_two_are_written(package_dir, three):
    result = run("ingest", "--yes", "--take-good", *three, package=package_dir)
    assert result.exit_code == 1, "the one left out is not forgotten"
    assert f"{three[1].name}：有须改或没有核对的地方，这一份没有收录" in result.output
    assert values(package_dir) == {("patents", "2025-10"): Decimal(790), ("gdp", "2025-10"): Decimal(190)}
    assert "已写入：来源2行、数据2行" in result.output


@pytest.mark.parametrize("said", [(1320, 1345, 1320)])
def test_there_and_back_again_on_three_days(package_dir, exported, on, said):  # noqa: F811 - the fixture
    clerk = Clerk(exported("dev-reform"))
    clerk.sign()
    days = (date(2025, 11, 18), date(2025, 11, 19), date(2025, 11, 20))
    for day, value in zip(days, said, strict=True):
        clerk.figure(PATENTS, value)
        path = clerk.save(f"{day}.xlsx")
        result = on(days[-1], "forms", "ingest", "--yes", path, "--package", package_dir, "--as-of", day)
        assert result.exit_code == 0, result.output
    rows = [o for o in reload(package_dir).observations if o.source_id.startswith("form-")]
    assert [(o.period, o.value, o.note) for o in rows] == [
        ("2025-10", Decimal(1320), ""),
        ("2025-10", Decimal(1345), "修订：原报1,320件（初步数）"),
        ("2025-10", Decimal(1320), "修订：原报1,345件（初步数）"),
    ]


def test_month_after_month_each_has_its_own_figure(package_dir, exported, on):  # noqa: F811 - the fixture
    for period, day, value in (
        (FormPeriod(2025, 10, 1), date(2025, 11, 20), 790),
        (FormPeriod(2025, 11, 1), date(2025, 12, 5), 805),
    ):
        clerk = Clerk(exported("dev-reform", period=period, as_of=day))
        clerk.sign()
        clerk.figure(PATENTS, value)
        result = on(day, "forms", "ingest", "--yes", clerk.save(), "--package", package_dir, "--as-of", day)
        assert result.exit_code == 0, result.output
        assert on(day, "check", "--package", package_dir).exit_code == 0
    assert values(package_dir, date(2025, 12, 5)) == {
        ("patents", "2025-10"): Decimal(790),
        ("patents", "2025-11"): Decimal(805),
    }
