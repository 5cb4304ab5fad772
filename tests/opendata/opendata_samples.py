"""A small invented package whose texts try to break every format, and the verdicts that go with it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from build_scripts.assess import GroupAssessment, StatusAt
from build_scripts.core import records as model
from build_scripts.core.asof import asof
from build_scripts.core.method import Assessment, Grade, Reason, Status, Step
from build_scripts.exports import Edition, Publication, artifacts

ROOT = Path(__file__).parents[2]
AS_OF = date(2026, 6, 30)
ADDRESS = "https://example.org/plan/"
# Texts that some format would misread: formulas, markup, separators, line breaks, quotes.
HOSTILE = (
    "=1+1",
    "+8613800000000",
    "-2.5%以上",
    "@SUM(A1:A9)",
    "＝全角等号",
    "\t制表符开头",
    "'=已有撇号",
    '<script>alert("x")</script>]]>&amp;',
    "逗号,分号;竖线|反斜线\\引号\"单引号'",
    "第一行\n第二行\r\n第三行",
)


def schemas() -> dict[str, Any]:
    """The Table Schemas that the project's own package ships."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in (ROOT / "datapackage/schemas").glob("*.json")}


def meta() -> dict[str, Any]:
    """A descriptor like the project's own, with an invented name."""
    described = json.loads((ROOT / "datapackage/datapackage.json").read_text("utf-8"))
    return described | {
        "name": "sample-plan",
        "title": "样例市规划进展",
        "version": "2026.06",
        "keywords": ["样例", "规划"],
    }


def target(target_id: str, **changes: Any) -> model.Target:
    """A target that is valid as it stands."""
    made = model.Target(
        target_id=target_id,
        plan_id="plan-a",
        project_id="proj-a",
        indicator_id="gdp",
        region_id="city",
        name="地区生产总值",
        kind="level_by",
        comparator="ge",
        value=Decimal(2250),
        value_high=None,
        unit="亿元",
        baseline_period="2020",
        baseline_value=Decimal("1540.02"),
        baseline_basis="main",
        baseline_source_id="src-c",
        period_start="2021",
        target_period="2025",
        due=None,
        monotone=None,
        flow=False,
        peers=None,
        reference_indicator_id=None,
        reference_region_id=None,
        section="一/（二）",
        figure_as_printed="2250亿元",
        lead_unit_id="unit-a",
        duplicate_of=None,
        in_totals=True,
        flags=("year-inferred", "aspirational"),
        note="",
    )
    return replace(made, **changes)


def observation(
    period: str, value: str | None, pub: str, source_id: str = "src-a", **changes: Any
) -> model.Observation:
    """A published value of `gdp` for the city."""
    made = model.Observation(
        "gdp",
        "city",
        period,
        "main",
        date.fromisoformat(pub),
        source_id,
        Decimal(value) if value else None,
        "A",
        None,
        None,
        value or "",
        "",
    )
    return replace(made, **changes)


def package(**changes: Any) -> model.Package:
    """The whole sample package."""
    made = model.Package(
        meta=meta(),
        plans=(
            model.Plan(
                "plan-a",
                "样例市规划（甲）",
                "规划甲",
                "样政〔2020〕1号",
                "样例市",
                date(2020, 12, 30),
                2021,
                2025,
                "概要",
            ),
            model.Plan(
                "plan-b",
                "样例市规划（乙）",
                "规划乙",
                "样政〔2023〕2号",
                "样例市",
                date(2023, 3, 8),
                2023,
                2027,
                "概要",
                "https://example.org/规划乙.html?a=<b>",
            ),
        ),
        projects=(
            model.Project(
                "proj-a",
                "plan-a",
                "major_project",
                1,
                "甲工程",
                "甲工程",
                HOSTILE[7],
                "某某",
                "unit-a",
                Decimal("12.50"),
                "亿元",
                "二/（一）",
            ),
            model.Project(
                "proj-b", "plan-b", "platform", 2, "乙平台", "乙平台", "目的", "", None, None, "", "二/（二）"
            ),
        ),
        units=(model.Unit("unit-a", "甲局", "department"), model.Unit("unit-b", "乙县", "county")),
        responsibilities=(
            model.Responsibility("proj-a", "unit-a", "lead", 1),
            model.Responsibility("proj-a", "unit-b", "responsible", 1),
        ),
        regions=(
            model.Region("city", "样例市", "city", "331100", 1),
            model.Region("county", "乙县", "county", "331102", 2),
            model.Region("group", "甲片", "group", "", 3),
        ),
        region_members=(model.RegionMember("group", "county"),),
        indicators=(
            model.Indicator("gdp", "地区生产总值", "亿元", 2, "up", "A", HOSTILE[8]),
            model.Indicator("road", "等级公路里程", "公里", 0, "up", "A", "里程"),
            model.Indicator("ten", "=十个", "个", 0, "none", "Q", "个数"),
        ),
        targets=(
            target("gdp-2025", note=HOSTILE[9]),
            target(
                "road-2025",
                indicator_id="road",
                name=HOSTILE[0],
                value=Decimal(550),
                unit="公里",
                baseline_period=None,
                baseline_value=None,
                baseline_basis=None,
                baseline_source_id=None,
                due=date(2025, 6, 30),
                monotone=True,
                figure_as_printed=HOSTILE[2],
                project_id=None,
                lead_unit_id=None,
                flags=(),
            ),
            target(
                "road-again",
                indicator_id="road",
                region_id="county",
                name=HOSTILE[3],
                duplicate_of="road-2025",
                in_totals=False,
                plan_id="plan-b",
                unit="公里",
                baseline_period=None,
                baseline_value=None,
                baseline_basis=None,
                baseline_source_id=None,
                project_id="proj-b",
                value=Decimal("0.000001"),
                value_high=Decimal("-3.5"),
                flags=(),
            ),
            target(
                "words-only",
                indicator_id="ten",
                name=HOSTILE[5],
                kind="qualitative",
                comparator="none",
                value=None,
                baseline_period=None,
                baseline_value=None,
                baseline_basis=None,
                baseline_source_id=None,
                target_period=None,
                figure_as_printed=HOSTILE[6],
                section=HOSTILE[4],
                unit="",
                flags=(),
            ),
        ),
        related_indicators=(model.RelatedIndicator("gdp-2025", "ten", "city", "proxy", HOSTILE[1]),),
        tasks=(
            model.Task(
                "task-a",
                "plan-a",
                "proj-a",
                "建成甲路",
                "city",
                "unit-a",
                date(2024, 12, 31),
                "2024年底",
                "gdp-2025",
                "二",
                "",
            ),
            model.Task("task-b", "plan-b", None, "谋划乙路", None, None, None, "", None, "三", HOSTILE[8]),
        ),
        sources=(
            model.Source(
                "src-a", "统计公报", "样例市统计局", date(2025, 3, 1), "https://example.org/公报2025.html", 1, ""
            ),
            model.Source(
                "src-b",
                "报道<b>“增长”</b>",
                "样例日报",
                date(2025, 4, 1),
                "http://example.org/b?x=1&y=2",
                2,
                HOSTILE[7],
            ),
            model.Source("src-c", "年鉴", "样例市统计局", None, "", 1, "可在图书馆查阅"),
            model.Source("src-late", "以后的公报", "样例市统计局", date(2027, 3, 1), "https://example.org/late", 3, ""),
        ),
        observations=(
            observation("2023", "1964.4", "2024-03-01", obs_status="P", yoy=Decimal("7.5"), yoy_real=True),
            observation("2024", "2181.18", "2025-03-01", note=HOSTILE[9]),
            observation("2024", "2190.00", "2025-04-01", "src-b", basis="post-census5", figure_as_printed="+2190"),
            observation("2023-01-01/P24M", "4100", "2025-04-01", "src-b"),
            observation("2025-Q1", None, "2025-04-01", "src-b", obs_status="M"),
            observation("2025-03", "-1.5", "2025-04-01", "src-b", region_id="county"),
            observation("2025", "2300", "2027-03-01", "src-late"),
        ),
        task_events=(
            model.TaskEvent("task-a", date(2024, 3, 1), "started", date(2024, 3, 2), "src-b", date(2025, 6, 30), ""),
            model.TaskEvent("task-a", date(2027, 1, 1), "done", date(2027, 1, 2), "src-late", None, ""),
        ),
        problems=(
            model.Problem("problem-a", "proj-a", "task-a", None, "用地未落实", "unit-a", date(2025, 5, 1), None),
            model.Problem("problem-late", "proj-a", None, None, "以后的问题", "unit-a", date(2027, 5, 1), None),
        ),
        problem_events=(
            model.ProblemEvent("problem-a", date(2025, 5, 1), "open", date(2025, 5, 2), None, ""),
            model.ProblemEvent("problem-late", date(2027, 5, 1), "open", date(2027, 5, 2), None, ""),
        ),
        bulletins=(
            model.Bulletin("2025-q1", "quarter", "2025-Q1", date(2025, 3, 31), date(2025, 4, 10), "一季度"),
            model.Bulletin("2027-q1", "quarter", "2027-Q1", date(2027, 3, 31), date(2027, 4, 10), ""),
        ),
    )
    return replace(made, **changes)


def assessments() -> dict[str, Assessment]:
    """A verdict for each target of the sample, with every field filled somewhere."""
    steps = (
        Step(
            "path",
            "§4.1",
            (("value", Decimal("2181.18")), ("year", 2024), ("until", date(2025, 12, 31)), ("none", None)),
        ),
    )
    return {
        "gdp-2025": Assessment(
            Status.ON_TRACK,
            None,
            "path_log",
            Decimal("91.8"),
            Decimal("80.0"),
            Decimal("11.8"),
            Decimal("1.1472"),
            Decimal("96.9"),
            Decimal("3.16"),
            ("provisional", "met_earlier:2023"),
            Grade.A,
            "2024",
            Decimal("2181.18"),
            "src-a",
            ("src-a", "src-c"),
            steps,
            "gdp-2025",
        ),
        "road-2025": Assessment(Status.DUE_NO_DATA, target_id="road-2025"),
        "road-again": Assessment(Status.NOT_ASSESSABLE, Reason.PERIOD_MISMATCH, target_id="road-again"),
        "words-only": Assessment(Status.NOT_ASSESSABLE, Reason.NO_THRESHOLD, target_id="words-only"),
    }


def edition(base_url: str = ADDRESS, as_of: date = AS_OF, **changes: Any) -> Edition:
    """The sample as published on a day, with a history of two days."""
    verdicts = assessments()
    days = (date(2024, 12, 31), date(2025, 3, 31))
    history = tuple(StatusAt(name, day, verdict) for name, verdict in verdicts.items() for day in days)
    late = Assessment(Status.ACHIEVED_LATE, None, "event", derived=Decimal(60), grade=Grade.B, target_id="task-a")
    group = GroupAssessment("group", late, ("road-again",), 0, {}, None)
    sentences = {"gdp-2025": ("2024年为2,181.18亿元。", "进度比1.1472，符合进度。")}
    return Edition(
        asof(package(**changes), as_of),
        schemas(),
        verdicts,
        as_of,
        history,
        {"task-a": late},
        {"group": group},
        sentences,
        base_url,
    )


def write(publication: Publication, folder: Path) -> Path:
    """Everything `publication` publishes, as files under `folder`."""
    for artifact in artifacts(publication):
        path = folder / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(artifact.data)
    return folder
