"""Invented records for chart tests: ordinary ones and the worst the charts have to bear. No figure here is real."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from build_scripts import charts
from build_scripts.assess import SearchState
from build_scripts.core.method import WITHOUT_VALUE, Assessment, Disclosure, Reason, Status
from build_scripts.core.records import (
    Indicator,
    Observation,
    Plan,
    Region,
    RelatedIndicator,
    Source,
    Target,
    Task,
    TaskEvent,
)
from build_scripts.core.standing import standing
from build_scripts.report import Figure, RelatedSeries, Tally, TargetEntry, TaskUpdate

AS_OF = date(2026, 11, 21)
PLAN = Plan(
    "p", "测试市发展规划（虚构）", "测试规划", "测政〔2021〕1号", "测试市人民政府", date(2021, 3, 1), 2021, 2025, "虚构"
)
CITY = Region("city", "测试市", "city", "990100", 1)
LONG_NAME = "城镇居民人均可支配收入与农村居民人均可支配收入之比逐年缩小幅度（含低收入农户专项口径）"


def source(source_id: str = "s", tier: int = 1) -> Source:
    return Source(
        source_id,
        "2024年国民经济和社会发展统计公报",
        "测试市统计局",
        date(2025, 3, 1),
        "https://example.org/",
        tier,
        "",
    )


def indicator(
    unit: str = "亿元", direction: str = "up", name: str = "地区生产总值", indicator_id: str = "gdp"
) -> Indicator:
    return Indicator(indicator_id, name, unit, 2, direction, "A", "虚构")


def observation(period: str, value: str | None, **changes) -> Observation:
    year = int(period[:4])
    defaults = {
        "indicator_id": "gdp", "region_id": "city", "period": period, "basis": "main", "pub": date(year + 1, 3, 1),
        "source_id": "s", "value": Decimal(value) if value is not None else None, "obs_status": "A", "yoy": None,
        "yoy_real": None, "figure_as_printed": value or "", "note": "",
    }  # fmt: skip
    return Observation(**{**defaults, **changes})


def figure(period: str, value: str, *, tier: int = 1, **changes) -> Figure:
    return Figure(observation(period, value, **changes), source(tier=tier))


def series(figures) -> tuple[Figure, ...]:
    """Figures as a report holds them, each with whether it stands."""
    listed = tuple(figures)
    tiers = {id(each.observation): each.source.tier for each in listed}
    stood = standing([each.observation for each in listed], lambda row: tiers[id(row)])
    instead = {id(row): each.figure for each in stood.periods for row, _why in each.rivals}
    return tuple(
        replace(
            each,
            why=stood.why(each.observation),
            lead=stood.is_lead(each.observation),
            instead=instead.get(id(each.observation)),
            latest=each.observation is stood.latest,
        )
        for each in listed
    )


def target(**changes) -> Target:
    defaults = dict(  # noqa: C408 - shorter than quoted keys
        target_id="gdp-2025", plan_id="p", project_id=None, indicator_id="gdp", region_id="city", name="地区生产总值",
        kind="level_by", comparator="ge", value=Decimal(2250), value_high=None, unit="亿元", baseline_period="2020",
        baseline_value=Decimal("1540.02"), baseline_basis="main", baseline_source_id="s", period_start=None,
        target_period="2025", due=None, monotone=None, flow=None, peers=None, reference_indicator_id=None,
        reference_region_id=None, section="二/（一）", figure_as_printed="2250亿元", lead_unit_id=None,
        duplicate_of=None, in_totals=True, flags=(), note="",
    )  # fmt: skip
    return Target(**{**defaults, **changes})


def entry(
    figures=(), assessment: Assessment | None = None, measured: Indicator | None = None, **changes
) -> TargetEntry:
    record = target(**changes)
    deadline = record.due or (date(record.target_year, 12, 31) if record.target_year else None)
    judged = assessment or Assessment(Status.NO_DATA)
    late = deadline is not None and deadline < AS_OF and judged.status in WITHOUT_VALUE
    return TargetEntry(
        target=record, assessment=judged, as_of=AS_OF, plan=PLAN, project=None,
        indicator=measured or indicator(record.unit), region=CITY, reference=None, lead=None,
        responsible=(), figures=series(figures),
        happenings=(), related=(), tasks=(), siblings=(), previous_id=None, next_id=None, deadline=deadline,
        searched=SearchState(Disclosure.NOT_SEARCHED) if late else None,
    )  # fmt: skip


def verdict(status: Status, period: str = "2024", **changes) -> Assessment:
    return Assessment(status, period=period, **changes)


GDP = (
    figure("2021", "1710.03"),
    figure("2022", "1830.87", obs_status="P"),
    figure("2023", "1964.4", obs_status="P"),
    figure("2023", "2046.3", pub=date(2025, 6, 1)),
    figure("2024", "2181.18", obs_status="P"),
)
PACE = {"progress_pct": Decimal("91.8"), "time_pct": Decimal("80.0")}


def trajectories() -> dict[str, TargetEntry]:
    """A target a shape that the trajectory chart has to bear."""
    years = [figure(str(year), str(60 + (year - 2012) * 7 % 11)) for year in range(2012, 2025)]
    monthly = [figure(f"2023-01-01/P{m}M", str(9 * m), pub=date(2025, 6, 1)) for m in (3, 6, 9, 12, 15, 18, 24)]
    return {
        "path": entry(GDP, verdict(Status.ON_TRACK, **PACE), target_id="path"),
        "break": entry(
            (*GDP[:2], figure("2023", "1964.4", basis="old"), figure("2024", "2181.18", basis="new")),
            verdict(Status.NOT_ASSESSABLE, reason=Reason.BREAK_IN_SERIES),
            target_id="break",
        ),
        "no-baseline": entry(
            GDP[:2],
            verdict(Status.NOT_ASSESSABLE, "2022"),
            target_id="no-baseline",
            baseline_period=None,
            baseline_value=None,
        ),
        "single": entry(
            (GDP[4],), verdict(Status.SLIGHTLY_BEHIND), target_id="single", baseline_period=None, baseline_value=None
        ),
        "no-deadline": entry(
            GDP,
            verdict(Status.NOT_ASSESSABLE),
            target_id="no-deadline",
            target_period=None,
            baseline_period=None,
            baseline_value=None,
        ),
        "twelve": entry(
            years,
            verdict(Status.REVERSING),
            indicator("%", name=LONG_NAME),
            target_id="twelve",
            kind="share_by",
            value=Decimal("72.25"),
            unit="%",
            baseline_value=Decimal("64.5"),
        ),
        "down": entry(
            (figure("2022", "46"), figure("2023", "43"), figure("2024", "44")),
            verdict(Status.BEHIND, progress_pct=Decimal(30), time_pct=Decimal("80.0")),
            indicator("分钟", "down", "通勤时间"),
            target_id="down",
            kind="travel_time",
            comparator="le",
            value=Decimal(30),
            unit="分钟",
            baseline_value=Decimal(50),
        ),
        "range": entry(
            (figure("2023", "61.5"), figure("2024", "63")),
            verdict(Status.ACHIEVED),
            indicator("%", name="占比"),
            target_id="range",
            kind="share_by",
            comparator="between",
            value=Decimal(60),
            value_high=Decimal(70),
            unit="%",
            baseline_value=Decimal(55),
        ),
        "flow": entry(
            monthly,
            verdict(Status.SLIGHTLY_BEHIND, "2023-01-01/P24M", progress_pct=Decimal(36), time_pct=Decimal(40)),
            indicator("亿元", name="累计投资"),
            target_id="flow",
            kind="cum_flow",
            value=Decimal(600),
            period_start="2023",
            target_period="2027",
            baseline_period=None,
            baseline_value=None,
        ),
        "floor": entry(
            (figure("2023", "28"), figure("2024", "31"), figure("2025", "33")),
            verdict(Status.SLIGHTLY_BEHIND, "2025"),
            indicator("%", name="工业用地比例"),
            target_id="floor",
            kind="annual_floor",
            value=Decimal(30),
            unit="%",
            period_start="2023",
            target_period="2027",
            baseline_period=None,
            baseline_value=None,
        ),
        "rank": entry(
            (figure("2021", "4"), figure("2022", "2"), figure("2024", "1")),
            verdict(Status.ON_TRACK),
            indicator("位次", "down", "增速全省位次"),
            target_id="rank",
            kind="rank",
            comparator="le",
            value=Decimal(3),
            unit="位次",
            period_start="2021",
            baseline_period=None,
            baseline_value=None,
        ),
        "large": entry(
            (figure("2023", "1250000"), figure("2024", "1383000", tier=3), figure("2024-09", "1300000")),
            verdict(Status.ON_TRACK),
            indicator("人", name=LONG_NAME),
            target_id="large",
            kind="count_by",
            value=Decimal(2000000),
            unit="人",
            baseline_value=Decimal(1100000),
            name=LONG_NAME,
        ),
        "multiple": entry(
            GDP,
            verdict(Status.ON_TRACK),
            target_id="multiple",
            kind="multiple_of_base",
            value=Decimal(2),
            unit="倍",
            target_period="2035",
            measured=indicator(),
        ),
        "path-only": entry(
            (),
            None,
            indicator("个", name="新建公园数"),
            target_id="path-only",
            kind="count_by",
            value=Decimal(9),
            unit="个",
            period_start="2021",
            baseline_period=None,
            baseline_value=None,
        ),
        "met-close": entry(
            (
                figure("2020", "98.1"),
                figure("2021", "98.3"),
                figure("2022", "98.2"),
                figure("2023", "98.4"),
                figure("2024", "98.5"),
                figure("2025", "98.6"),
            ),
            verdict(Status.ACHIEVED_LATE, "2025"),
            indicator("%", name="达标率"),
            target_id="met-close",
            kind="share_by",
            comparator="gt",
            value=Decimal("98.5"),
            unit="%",
            baseline_value=Decimal("98.1"),
        ),
    }


def related_series() -> RelatedSeries:
    record = RelatedIndicator("gdp-2025", "fiscal", "city", "part_of", "口径不同，仅供参考")
    figures = tuple(figure(f"2024-Q{q}", str(v), pub=date(2025, 3, 1)) for q, v in ((1, 52.1), (2, 101.3), (4, 190)))
    return RelatedSeries(record, indicator(name="一般公共预算收入", indicator_id="fiscal"), CITY, series(figures))


def tally_of(*counts: int) -> Tally:
    return Tally(
        sum(counts), tuple(zip(Status, counts, strict=True)), 40, tuple(zip(Disclosure, (1, 2, 3, 14), strict=True))
    )


TALLIES = {
    "real": tally_of(9, 2, 6, 5, 3, 1, 4, 30, 12, 190, 32),
    "even": tally_of(*([7] * 11)),
    "silent": tally_of(0, 0, 0, 0, 0, 0, 0, 0, 0, 294, 0),
    "edge": tally_of(1, 0, 1, 0, 0, 0, 1, 0, 0, 1291, 0),
    "judged": tally_of(3, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0),
    "empty": tally_of(*([0] * 11)),
}


REGIONS = tuple(
    Region(f"r{index}", name, "county", f"99010{index}", index)
    for index, name in enumerate(("甲县", "乙市", "丙区", "丁县", "戊县", "己县", "庚族自治县", "辛县", "壬县"), 1)
)
BARE = {"target_period": None, "baseline_period": None, "baseline_value": None}


def many_entries(count: int = 40) -> list[TargetEntry]:
    """Entries of every status, name length and deadline."""
    statuses = list(Status)
    found = []
    for index in range(count):
        status = statuses[index % len(statuses)]
        judged = status.family.value != "unjudged"
        shares = {"progress_pct": Decimal(index * 7 - 40), "time_pct": Decimal(60), "gap_pp": Decimal(index * 7 - 100)}
        found.append(
            entry(
                GDP if judged else (),
                verdict(status, **(shares if judged else {})),
                target_id=f"many-{index}",
                name=LONG_NAME if index % 9 == 4 else f"第{index}项目标",
                target_period=None if index % 7 == 3 else str(2021 + index % 5 * (1 if index % 3 else 3)),
                **({k: v for k, v in BARE.items() if k != "target_period"}),
            )
        )
    return found


def tasks_and_events(count: int = 40):
    tasks, happenings = [], {}
    for index in range(count):
        due = date(2022 + index % 5, 12, 31) if index % 4 else None
        name = LONG_NAME if index % 9 == 4 else f"第{index}项工作"
        task = Task(f"task-{index}", "p", None, name, None, None, due, "", None, "三/（一）", "")
        tasks.append(task)
        steps = [("in_progress", date(2022, 3 + index % 9, 8), date(2026, 6, 30) if index % 5 == 1 else None)]
        steps += [("done", date(2023 + index % 3, 7, 18), None)] if index % 3 == 0 else []
        if index % 8 != 7:
            happenings[task.task_id] = tuple(
                TaskUpdate(task, TaskEvent(task.task_id, when, state, when, "s", planned, ""), source())
                for state, when, planned in steps
            )
    return tasks, happenings


def region_series():
    found = []
    for index, region in enumerate(REGIONS):
        years = range(2021, 2025) if index != 4 else ()
        found.append(
            (region, tuple(figure(str(y), str(Decimal("93.37") * (index + 1) + (y - 2021) * 11)) for y in years))
        )
    return found


def quarters(first: int = 2021, count: int = 23) -> list[str]:
    return [f"{first + index // 4}-Q{index % 4 + 1}" for index in range(count)]


def histories(count: int = 40):
    statuses = list(Status)
    names = [LONG_NAME if index % 9 == 4 else f"第{index}项目标" for index in range(count)]
    return [
        (
            name,
            {
                q: statuses[(row + step // (2 + row % 6)) % len(statuses)]
                for step, q in enumerate(quarters())
                if step >= row % 5
            },
        )
        for row, name in enumerate(names)
    ]


def other_specs():
    """One worst and one smallest chart of every kind but the trajectory and the status bar."""
    entries = many_entries()
    tasks, happenings = tasks_and_events()
    series = region_series()
    cells = [(region, figures[-1] if figures else None) for region, figures in series]
    whole = figure("2024", "9000")
    few = entries[:2]
    yield charts.bullet("bullet-many", entries)
    yield charts.bullet("bullet-one", few[:1])
    yield charts.timeline("timeline-many", tasks, happenings, AS_OF)
    yield charts.timeline("timeline-one", tasks[1:2], {}, AS_OF)
    yield charts.small_multiples("multiples-nine", indicator(), series)
    yield charts.small_multiples("multiples-none", indicator(), [(region, ()) for region in REGIONS[:3]])
    yield charts.share("share-nine", indicator(), whole, cells)
    yield charts.share("share-over", indicator(), figure("2024", "900"), cells[:3])
    yield charts.status_history("history-many", quarters(), histories())
    yield charts.status_history("history-one", quarters(2025, 1), histories(1))
    yield charts.tile_map("tiles-nine", indicator(), "2024", cells)
    yield charts.tile_map(
        "tiles-placed", indicator("人"), "2024", cells[:3], {"r1": (0, 1), "r2": (1, 0), "r3": (1, 2)}
    )
    yield charts.coverage(
        "coverage-many", [(LONG_NAME if i == 3 else f"第{i}项工程", entries[i * 3 : i * 3 + 9]) for i in range(12)]
    )
    yield charts.coverage("coverage-one", [("工程", few)])
    yield charts.deadlines("deadlines-many", entries)
    yield charts.deadlines("deadlines-one", few[:1])
