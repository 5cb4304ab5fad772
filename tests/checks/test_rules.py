"""The rules beyond the Table Schema: each broken by one change, with the exact code, file, row and field expected."""

from datetime import date
from decimal import Decimal

import pytest
from all_of import all_of
from packages import ROOT, TABLES, add, cell, column, copy_row, data, descriptor, drop_row, loose, remove, schema

from build_scripts.checks import (
    CHECKS,
    agreement,
    asked_for,
    find_violations,
    fittings,
    load_package,
    origins,
    personal,
    plausible,
    printed,
    quotes,
    sentences,
    settings,
    subjects,
)
from build_scripts.core.errors import DataError
from build_scripts.core.periods import parse_period
from build_scripts.core.records import Severity
from build_scripts.load import read

TODAY = date(2026, 11, 21)
OBS = "progress/observations.csv"
EVENTS = "progress/task_events.csv"
TARGETS = "targets/targets.csv"
SOURCES = "progress/sources.csv"
SEARCHES = "progress/searches.csv"
STEPS = "progress/problem_events.csv"
MEMBERS = "targets/region_members.csv"


def figure(**cells):
    """One more row of observations: GDP of the city, unless said otherwise."""
    row = {"indicator_id": "gdp", "region_id": "city", "period": "2024", "basis": "main", "pub": "2025-03-01"}
    return add("observations", **(row | {"source_id": "gazette", "value": "190", "obs_status": "A"} | cells))


def event(**cells):
    row = {"task_id": "ring-road", "date": "2025-02-01", "state": "done", "pub": "2025-02-02", "source_id": "paper"}
    return add("task_events", **(row | cells))


def free_ids(table):
    """Loosens the id pattern of a table's schema, as a foreign package might."""

    def edit(meta):
        for item in meta["fields"]:
            item.get("constraints", {}).pop("pattern", None)

    return schema(table, edit)


def place():
    """One more indicator: a rank."""
    words = {"name": "位次（虚构）", "unit": "位", "direction": "down", "decimals": "0", "frequency": "A"}
    return add("indicators", indicator_id="place", definition="虚构", **words)


def growth():
    """One more indicator: a rate of growth."""
    words = {"name": "增速（虚构）", "unit": "%", "direction": "up", "decimals": "1", "frequency": "A"}
    return add("indicators", indicator_id="growth", definition="虚构", **words)


def ranked(**cells):
    row = {"target_id": "place-2025", "indicator_id": "place", "kind": "rank", "comparator": "le", "unit": "位"}
    return copy_row("targets", 5, **(row | {"value": "3", "period_start": "2021"} | cells))


def average(**cells):
    row = {"target_id": "growth-2025", "indicator_id": "growth", "kind": "avg_growth", "unit": "%/年", "value": "6"}
    return copy_row("targets", 5, **(row | {"period_start": "2021"} | cells))


def natures(*values):
    """The natures of the indicators, in file order."""
    return column("indicators", "nature", *values)


# name → (changes, every expected (code, file, row, field), words the first line holds)
ERRORS = {
    # 1 comparator fits kind
    "event on a level": (
        [cell("targets", 2, "comparator", "event")],
        [("comparator-kind", TARGETS, 2, "comparator")],
        ["level_by", "event"],
    ),
    "milestone with a threshold": (
        [cell("targets", 7, "comparator", "ge"), cell("targets", 7, "value", "1"), cell("targets", 7, "unit", "个")],
        [("comparator-kind", TARGETS, 7, "comparator")],
        ["milestone", "event"],
    ),
    "rank the wrong way": (
        [place(), ranked(comparator="ge")],
        [("comparator-kind", TARGETS, 8, "comparator")],
        ["le、none"],
    ),
    "a lower bound on what should fall": (
        [cell("indicators", 2, "direction", "down")],
        [("comparator-direction", TARGETS, 2, "comparator")],
        ["ge", "down", "le、lt、between、approx、none"],
    ),
    "an upper bound on what should rise": (
        [cell("targets", 2, "comparator", "le")],
        [("comparator-direction", TARGETS, 2, "comparator")],
        ["le", "up"],
    ),
    "a mean within a range": (
        [growth(), average(comparator="between", value_high="9")],
        [("comparator-direction", TARGETS, 8, "comparator")],
        ["between"],
    ),
    "a total of what should fall": (
        [cell("indicators", 4, "direction", "down"), cell("targets", 4, "comparator", "approx")],
        [("comparator-direction", TARGETS, 4, "comparator")],
        ["cum_flow", "direction"],
    ),
    "a mean growth of levels": (
        [
            cell("targets", 2, "kind", "avg_growth"),
            cell("targets", 2, "value", "5.5"),
            cell("targets", 2, "unit", "%/年"),
        ],
        [("kind-nature", TARGETS, 2, "kind")],
        ["亿元", "数额", "增速"],
    ),
    "a mean growth of an index": (
        [growth(), natures("level", "share", "level", "count", "index"), average()],
        [("kind-nature", TARGETS, 8, "kind")],
        ["指数", "增速"],
    ),
    "a level of shares": (
        [cell("targets", 3, "kind", "level_by"), natures("level", "share", "level", "count")],
        [("kind-nature", TARGETS, 3, "kind")],
        ["share_by"],
    ),
    "a rank of numbers": (
        [
            place(),
            ranked(indicator_id="invest", comparator="none", value="", unit="亿元"),
            cell("indicators", 4, "direction", "none"),
        ],
        [("kind-nature", TARGETS, 8, "kind")],
        ["数额", "位次"],
    ),
    "a time that should rise": (
        [
            cell("indicators", 5, "unit", "分钟"),
            cell("targets", 5, "unit", "分钟"),
            cell("targets", 6, "unit", "分钟"),
            cell("targets", 5, "kind", "travel_time"),
            cell("targets", 6, "kind", "level_by"),
        ],
        [("kind-nature", TARGETS, 5, "kind")],
        ["up", "down"],
    ),
    "a share pro-rated within the year": (
        [
            cell("targets", 3, "kind", "annual_floor"),
            cell("targets", 3, "flow", "true"),
            cell("targets", 3, "period_start", "2021"),
        ],
        [("kind-flow", TARGETS, 3, "flow")],
        ["比率"],
    ),
    "a ceiling pro-rated within the year": (
        [
            cell("indicators", 2, "direction", "down"),
            cell("targets", 2, "kind", "annual_floor"),
            cell("targets", 2, "comparator", "le"),
            cell("targets", 2, "flow", "true"),
        ],
        [("kind-flow", TARGETS, 2, "flow")],
        ["le"],
    ),
    "a number to fall that is said to be kept": (
        [
            cell("indicators", 5, "direction", "down"),
            cell("targets", 5, "comparator", "le"),
            cell("targets", 6, "comparator", "le"),
            cell("targets", 6, "monotone", "false"),
        ],
        [("kind-monotone", TARGETS, 5, "monotone")],
        ["count_by", "le"],
    ),
    "a moving reference to nobody": (
        [cell("targets", 3, "kind", "moving_ref"), cell("targets", 3, "value", "")],
        [("kind-reference", TARGETS, 3, "reference_region_id")],
        ["reference_region_id"],
    ),
    "a moving reference in another unit": (
        [
            cell("targets", 3, "kind", "moving_ref"),
            cell("targets", 3, "value", ""),
            cell("targets", 3, "reference_region_id", "county-a"),
            cell("targets", 3, "reference_indicator_id", "gdp"),
        ],
        [("kind-reference", TARGETS, 3, "reference_indicator_id")],
        ["亿元", "%"],
    ),
    "a scale for what has no path": (
        [column("targets", "path", "", "", "log")],
        [("kind-path", TARGETS, 4, "path")],
        ["cum_flow", "level_by"],
    ),
    "a flag misspelt": (
        [cell("targets", 5, "flags", "year-infered")],
        [("flag-unknown", TARGETS, 5, "flags")],
        ["year-infered", "year-inferred"],
    ),
    "a flag nobody knows": (
        [cell("targets", 5, "flags", "urgent")],
        [("flag-unknown", TARGETS, 5, "flags")],
        ["group-sum"],
    ),
    "a ratio of unknown indicators": (
        [cell("targets", 3, "flags", "group-ratio:urban/people")],
        [("flag-unknown", TARGETS, 3, "flags")],
        ["group-ratio:urban/people"],
    ),
    "a sum of shares": (
        [cell("targets", 3, "flags", "group-sum")],
        [("flag-sum", TARGETS, 3, "flags")],
        ["城镇化率"],
    ),
    "a multiple in the indicator's unit": (
        [cell("targets", 2, "kind", "multiple_of_base")],
        [("unit-mismatch", TARGETS, 2, "unit")],
        ["倍"],
    ),
    "points of a level": (
        [cell("targets", 2, "kind", "avg_increment"), cell("targets", 2, "unit", "个百分点/年")],
        [("unit-mismatch", TARGETS, 2, "unit")],
        ["亿元、亿元/年"],
    ),
    "moving reference without comparator": (
        [
            cell("targets", 3, "kind", "moving_ref"),
            cell("targets", 3, "comparator", "none"),
            cell("targets", 3, "value", ""),
            cell("targets", 3, "reference_region_id", "county-a"),
        ],
        [("comparator-kind", TARGETS, 3, "comparator")],
        ["moving_ref"],
    ),
    "none with a value": (
        [cell("targets", 2, "comparator", "none")],
        [("threshold", TARGETS, 2, "comparator")],
        ["200"],
    ),
    "at least nothing": ([cell("targets", 2, "value", "")], [("threshold", TARGETS, 2, "value")], ["ge"]),
    "range without an upper end": (
        [cell("targets", 2, "comparator", "between")],
        [("threshold", TARGETS, 2, "value_high")],
        ["between"],
    ),
    "range upside down": (
        [cell("targets", 2, "comparator", "between"), cell("targets", 2, "value_high", "199.9")],
        [("threshold", TARGETS, 2, "value_high")],
        ["199.9", "200"],
    ),
    # 2 baselines and years
    "baseline without period": (
        [cell("targets", 2, "baseline_period", "")],
        [("baseline-incomplete", TARGETS, 2, "baseline_period")],
        ["150"],
    ),
    "baseline without basis": (
        [cell("targets", 2, "baseline_basis", "")],
        [("baseline-incomplete", TARGETS, 2, "baseline_basis")],
        ["main"],
    ),
    "baseline without source": (
        [cell("targets", 2, "baseline_source_id", "")],
        [("baseline-incomplete", TARGETS, 2, "baseline_source_id")],
        ["sources"],
    ),
    "base year is the target year": (
        [cell("targets", 2, "baseline_period", "2025")],
        [("period-order", TARGETS, 2, "baseline_period")],
        ["2025"],
    ),
    "window begins after it ends": (
        [cell("targets", 4, "period_start", "2026")],
        [("period-order", TARGETS, 4, "period_start")],
        ["2026"],
    ),
    "plan ends before it begins": (
        [cell("plans", 2, "period_end", "2020")],
        [("period-order", "targets/plans.csv", 2, "period_start")],
        ["2021"],
    ),
    # 3 publication dates
    "published before the year was over": (
        [cell("observations", 4, "pub", "2023-12-30")],
        [("pub-before-period-end", OBS, 4, "pub")],
        ["2023-12-31"],
    ),
    "stock of a month not over": (
        [figure(indicator_id="parks", period="2024-08", pub="2024-08-15", value="8")],
        [("pub-before-period-end", OBS, 11, "pub")],
        ["最后一个已结束的月份"],
    ),
    "accumulation not over": (
        [cell("observations", 8, "pub", "2021-06-29")],
        [("pub-before-period-end", OBS, 8, "pub")],
        ["2021-06-30"],
    ),
    "published tomorrow": (
        [cell("observations", 10, "pub", "2026-11-22")],
        [("pub-in-future", OBS, 10, "pub")],
        ["2026-11-21"],
    ),
    "event published tomorrow": (
        [cell("task_events", 3, "pub", "2027-12-01")],
        [("pub-in-future", EVENTS, 3, "pub")],
        ["2027-12-01"],
    ),
    "told before it happened": (
        [cell("task_events", 2, "date", "2022-05-03")],
        [("event-before-it-happened", EVENTS, 2, "date")],
        ["planned"],
    ),
    # 4 possible periods
    "month 13": ([figure(period="2024-13")], [("period-impossible", OBS, 11, "period")], ["2024-13"]),
    "quarter 5": ([figure(period="2024-Q5")], [("period-impossible", OBS, 11, "period")], ["Q1—Q4"]),
    "thirtieth of February": (
        [figure(period="2023-02-30/P6M")],
        [("period-impossible", OBS, 11, "period")],
        ["2023-02-30/P6M"],
    ),
    "zero months": ([figure(period="2023-01-01/P0M")], [("period-impossible", OBS, 11, "period")], []),
    "monthly bulletin of a year": (
        [cell("bulletins", 2, "period", "2024")],
        [("period-impossible", "progress/bulletins.csv", 2, "period")],
        ["month"],
    ),
    # 5 values
    "not a number": ([cell("observations", 4, "value", "NaN")], [("value-not-finite", OBS, 4, "value")], ["NaN"]),
    "no value": ([cell("observations", 4, "value", "")], [("value-missing", OBS, 4, "value")], ["obs_status"]),
    "investment without end": (
        [cell("projects", 2, "investment", "INF")],
        [("value-not-finite", "targets/projects.csv", 2, "investment")],
        [],
    ),
    "a name without end": (
        [cell("units", 2, "name", "很" * 1001)],
        [("text-length", "targets/units.csv", 2, "name")],
        ["1001 个字", "最多 1000 个"],
    ),
    "a unit without end": (
        [
            loose("indicators"),
            cell("indicators", 4, "unit", "元" * 41),
            cell("targets", 4, "unit", "元" * 41),
            loose("targets"),
        ],
        [("text-length", "targets/indicators.csv", 4, "unit"), ("text-length", TARGETS, 4, "unit")],
        ["最多 40 个"],
    ),
    "a note without end": (
        [cell("observations", 2, "note", "很" * 10001)],
        [("text-length", OBS, 2, "note")],
        ["最多 10000 个"],
    ),
    "a printed figure without end": (
        [loose("observations"), cell("observations", 2, "figure_as_printed", "160亿元" + "。" * 196)],
        [("text-length", OBS, 2, "figure_as_printed")],
        [],
    ),
    "a title without end in the descriptor": (
        [descriptor(lambda meta: meta.update(title="很" * 1001))],
        [("text-length", "datapackage.json", 0, "title")],
        [],
    ),
    "an address that is code": (
        [loose("sources"), cell("sources", 3, "url", "javascript:alert(1)")],
        [("address-form", SOURCES, 3, "url")],
        ["javascript:alert(1)", "https://"],
    ),
    "code behind other letters": (
        [loose("plans"), cell("plans", 2, "url", "JaVaScRiPt://example.org/%0aalert(1)")],
        [("address-form", "targets/plans.csv", 2, "url")],
        [],
    ),
    "a host that hides behind a name": (
        [cell("sources", 3, "url", "https://www.gov.cn@example.org/")],
        [("address-form", SOURCES, 3, "url")],
        [],
    ),
    "a bulletin of a day after it was released": (
        [cell("bulletins", 2, "as_of", "2024-04-03")],
        [("bulletin-days", "progress/bulletins.csv", 2, "as_of")],
        ["2024-04-03", "2024-04-02"],
    ),
    "a bulletin of a day before its month": (
        [cell("bulletins", 2, "as_of", "2024-02-29")],
        [("bulletin-days", "progress/bulletins.csv", 2, "as_of")],
        ["2024-02-29", "2024-03-01"],
    ),
    "bounds the wrong way round": (
        [column("indicators", "min", "", "", "", "50"), column("indicators", "max", "", "", "", "9")],
        [
            ("value-out-of-range", OBS, 10, "value"),
            ("bounds-order", "targets/indicators.csv", 5, "min"),
            ("value-out-of-range", TARGETS, 5, "value"),
            ("value-out-of-range", TARGETS, 6, "value"),
        ],
        [],
    ),
    "a kind of target that nobody knows": (
        [loose("targets"), cell("targets", 2, "kind", "wish")],
        [("word-unknown", TARGETS, 2, "kind")],
        ["wish", "level_by"],
    ),
    "things without a name": (
        [loose(), cell("plans", 2, "issuer", ""), cell("regions", 3, "name", ""), cell("problems", 2, "title", "")],
        [
            ("name-missing", "progress/problems.csv", 2, "title"),
            ("name-missing", "targets/plans.csv", 2, "issuer"),
            ("name-missing", "targets/regions.csv", 3, "name"),
        ],
        ["名称空着"],
    ),
    "an address of no host there can be": (
        [cell("sources", 3, "url", "https://[::1/notice")],
        [("address-form", SOURCES, 3, "url")],
        ["https://[::1/notice"],
    ),
    "a port there cannot be": (
        [cell("sources", 3, "url", "https://example.org:99999/notice")],
        [("address-form", SOURCES, 3, "url")],
        [],
    ),
    "a port in words": (
        [cell("plans", 2, "url", "https://example.org:port/notice")],
        [("address-form", "targets/plans.csv", 2, "url")],
        [],
    ),
    "a host with an empty part": (
        [cell("plans", 2, "url", "https://example..org/notice")],
        [("address-form", "targets/plans.csv", 2, "url")],
        [],
    ),
    "an address with a quote": (
        [cell("sources", 3, "url", 'https://example.org/"onmouseover="alert(1)')],
        [("address-form", SOURCES, 3, "url")],
        [],
    ),
    "an address in the descriptor": (
        [descriptor(lambda meta: meta["licenses"][0].update(path="data:text/html,x"))],
        [("address-form", "datapackage.json", 0, "licenses[0].path")],
        ["data:text/html"],
    ),
    "a word of no list": (
        [loose("indicators"), cell("indicators", 2, "frequency", "W")],
        [("word-unknown", "targets/indicators.csv", 2, "frequency")],
        ["W", "A"],
    ),
    "a level of place nobody listed": (
        [loose("regions"), cell("regions", 2, "level", "planet")],
        [("word-unlisted", "targets/regions.csv", 2, "level")],
        ["planet", "county"],
    ),
    "a day after the end of days": (
        [loose("tasks"), cell("tasks", 2, "due", "9999-12-31")],
        [("out-of-range", "targets/tasks.csv", 2, "due")],
        ["2099"],
    ),
    "a tier of its own": (
        [loose("sources"), cell("sources", 3, "tier", "4")],
        [("out-of-range", SOURCES, 3, "tier")],
        ["1 至 3"],
    ),
    "a year that is none": (
        [loose("targets"), cell("targets", 5, "target_period", "soon")],
        [("period-unreadable", TARGETS, 5, "target_period")],
        ["soon"],
    ),
    "one key twice": (
        [loose("units", "projects", "targets", "tasks", "problems"), copy_row("units", 2, name="别名")],
        [("key-twice", "targets/units.csv", 4, "unit_id")],
        ["第 2 行"],
    ),
    "an id nobody has": (
        [loose("tasks"), cell("tasks", 2, "lead_unit_id", "nobody")],
        [("name-unknown", "targets/tasks.csv", 2, "lead_unit_id")],
        ["units", "nobody"],
    ),
    "38 digits": (
        [cell("observations", 4, "value", "9" * 38)],
        [("number-size", OBS, 4, "value")],
        ["18 位", "99999"],
    ),
    "a tail of digits": (
        [cell("targets", 2, "baseline_value", "150.1234567890123")],
        [("number-size", TARGETS, 2, "baseline_value")],
        ["12 位"],
    ),
    "a count beyond counting": (
        [cell("regions", 2, "order", "1000000000")],
        [("number-size", "targets/regions.csv", 2, "order")],
        ["9 位"],
    ),
    "infinite": ([cell("targets", 2, "value", "INF")], [("value-not-finite", TARGETS, 2, "value")], []),
    "share over 100": (
        [cell("observations", 7, "value", "162.5")],
        [("share-out-of-range", OBS, 7, "value")],
        ["城镇化率", "162.5"],
    ),
    "share below 0": ([cell("observations", 7, "value", "-2.5")], [("share-out-of-range", OBS, 7, "value")], []),
    "a share above its own bound": (
        [column("indicators", "max", "", "66"), cell("observations", 7, "value", "67.5")],
        [("share-out-of-range", OBS, 7, "value")],
        ["0 至 66", "67.5"],
    ),
    "a share in a foreign language": (
        [cell("indicators", 3, "name", "Growth of towns"), cell("observations", 7, "value", "162.5")],
        [("share-out-of-range", OBS, 7, "value")],
        ["nature", "growth"],
    ),
    "a number below nothing": (
        [cell("targets", 5, "value", "-3")],
        [("value-out-of-range", TARGETS, 5, "value")],
        ["小于 0"],
    ),
    "a figure above its bound": (
        [column("indicators", "max", "300"), cell("observations", 2, "value", "301")],
        [("value-out-of-range", OBS, 2, "value")],
        ["大于 300"],
    ),
    "target share over 100": (
        [cell("targets", 3, "value", "650")],
        [("share-out-of-range", TARGETS, 3, "value")],
        ["650"],
    ),
    # 8 units
    "unit of another size": ([cell("targets", 2, "unit", "万元")], [("unit-mismatch", TARGETS, 2, "unit")], ["亿元"]),
    "rank in per cent": (
        [place(), ranked(unit="%")],
        [("unit-mismatch", TARGETS, 8, "unit")],
        ["位"],
    ),
    # 9 repeats
    "repeat of a repeat": (
        [copy_row("targets", 6, target_id="parks-third", duplicate_of="parks-again")],
        [("duplicate-chain", TARGETS, 8, "duplicate_of")],
        ["parks-2025"],
    ),
    "repeats in a circle": (
        [cell("targets", 5, "duplicate_of", "parks-again")],
        [("duplicate-chain", TARGETS, 5, "duplicate_of"), ("duplicate-chain", TARGETS, 6, "duplicate_of")],
        ["绕回"],
    ),
    "repeat of itself": (
        [cell("targets", 6, "duplicate_of", "parks-again")],
        [("duplicate-chain", TARGETS, 6, "duplicate_of")],
        ["自己"],
    ),
    "repeat counted twice": (
        [cell("targets", 6, "in_totals", "true")],
        [("duplicate-chain", TARGETS, 6, "in_totals")],
        ["false"],
    ),
    "replaces what still holds": (
        [column("targets", "replaces", "share-2025", *[""] * 5)],
        [("amendment-fits", TARGETS, 2, "replaces")],
        ["还没有停止"],
    ),
    "replaces what is not there": (
        [column("targets", "replaces", "nothing", *[""] * 5)],
        [("amendment-fits", TARGETS, 2, "replaces")],
        ["nothing"],
    ),
    # 10 events
    "started after done": (
        [event(state="started")],
        [("event-order", EVENTS, 4, "state")],
        ["done", "第 3 行", "更正"],
    ),
    "in progress after cancelled": (
        [cell("task_events", 2, "state", "cancelled"), cell("task_events", 3, "state", "in_progress")],
        [("event-order", EVENTS, 3, "state")],
        ["cancelled"],
    ),
    "verified before resolved": (
        [drop_row("problem_events", 3)],
        [("problem-order", STEPS, 3, "state")],
        ["verified", "resolved"],
    ),
    "taken up without being reopened": (
        [add("problem_events", problem_id="land", date="2023-07-01", state="in_progress", pub="2023-07-02")],
        [("problem-order", STEPS, 5, "state")],
        ["reopened"],
    ),
    # 11 leads
    "major project without a lead": (
        [cell("projects", 2, "lead_unit_id", "")],
        [("lead-missing", "targets/projects.csv", 2, "lead_unit_id")],
        ["道路工程"],
    ),
    "target of one without a lead": (
        [cell("targets", 4, "lead_unit_id", "")],
        [("lead-missing", TARGETS, 4, "lead_unit_id")],
        ["transport"],
    ),
    # 12 ids and addresses
    "ids apart by case only": (
        [free_ids("units"), add("units", unit_id="Transport", name="交通局", category="department")],
        [("id-collision", "targets/units.csv", 4, "unit_id"), ("id-form", "targets/units.csv", 4, "unit_id")],
        ["第 3 行"],
    ),
    "ids apart by Unicode form only": (
        [
            free_ids("units"),
            add("units", unit_id="caf\u00e9", name="甲", category="other"),
            add("units", unit_id="cafe\u0301", name="乙", category="other"),
        ],
        [
            ("id-form", "targets/units.csv", 4, "unit_id"),
            ("id-collision", "targets/units.csv", 5, "unit_id"),
            ("id-form", "targets/units.csv", 5, "unit_id"),
        ],
        [],
    ),
    "ids apart by escaping only": (
        [
            free_ids("units"),
            add("units", unit_id="a b", name="甲", category="other"),
            add("units", unit_id="a%20b", name="乙", category="other"),
        ],
        [
            ("id-form", "targets/units.csv", 4, "unit_id"),
            ("id-collision", "targets/units.csv", 5, "unit_id"),
            ("id-form", "targets/units.csv", 5, "unit_id"),
        ],
        [],
    ),
    "an id that climbs out of its folder": (
        [free_ids("units"), add("units", unit_id="../secret", name="甲", category="other")],
        [("id-form", "targets/units.csv", 4, "unit_id")],
        ["../secret"],
    ),
    "an address the site needs": (
        [add("units", unit_id="index", name="索引办", category="office")],
        [("address-collision", "targets/units.csv", 4, "unit_id")],
        ["index"],
    ),
    # 13 groups
    "group inside itself": (
        [add("region_members", group_id="group-ab", region_id="group-ab")],
        [("group-cycle", MEMBERS, 4, "region_id")],
        ["group-ab"],
    ),
    "groups in a circle": (
        [
            add("regions", region_id="group-c", name="丙", level="group", order="5"),
            add("region_members", group_id="group-ab", region_id="group-c"),
            add("region_members", group_id="group-c", region_id="group-ab"),
        ],
        [("group-cycle", MEMBERS, 4, "region_id"), ("group-cycle", MEMBERS, 5, "region_id")],
        [],
    ),
    "in two groups": (
        [
            add("regions", region_id="group-c", name="丙", level="group", order="5"),
            add("region_members", group_id="group-c", region_id="county-a"),
        ],
        [("group-overlap", MEMBERS, 4, "region_id")],
        ["第 2 行", "group-ab"],
    ),
    # 14 sources
    "source nobody can find": ([cell("sources", 4, "note", "")], [("source-nowhere", SOURCES, 4, "url")], ["测试日报"]),
    # searches
    "search for nothing": (
        [cell("searches", 2, "plan_id", "")],
        [("search-names-nothing", SEARCHES, 2, "target_id")],
        ["plan_id、target_id、task_id"],
    ),
    "search for an indicator nowhere": (
        [cell("searches", 2, "plan_id", ""), cell("searches", 2, "indicator_id", "gdp")],
        [("search-names-nothing", SEARCHES, 2, "region_id")],
        ["一起写"],
    ),
    "search for no period": (
        [cell("searches", 2, "period", "2024-13")],
        [("period-impossible", SEARCHES, 2, "period")],
        ["2024-13"],
    ),
}
WARNINGS = {
    "a title that is a list": (
        [descriptor(lambda meta: meta.update(title=["标题"]))],
        [("member-kind", "datapackage.json", 0, "title")],
        ["标题", "双引号"],
    ),
    "a version that is a number": (
        [descriptor(lambda meta: meta.update(version=1.0))],
        [("member-kind", "datapackage.json", 0, "version")],
        ["1.0", "双引号"],
    ),
    "keywords in one text": (
        [descriptor(lambda meta: meta.update(keywords="规划"))],
        [("member-kind", "datapackage.json", 0, "keywords")],
        ["列表"],
    ),
    "a keyword that is none": (
        [descriptor(lambda meta: meta.update(keywords=["规划", None]))],
        [("member-kind", "datapackage.json", 0, "keywords[1]")],
        [],
    ),
    "a licence that is a text": (
        [descriptor(lambda meta: meta.update(licenses=["CC-BY-4.0"]))],
        [("member-kind", "datapackage.json", 0, "licenses[0]")],
        ["CC-BY-4.0", "title"],
    ),
    "sources that are no list": (
        [descriptor(lambda meta: meta.update(sources={"title": "规划"}))],
        [("member-kind", "datapackage.json", 0, "sources")],
        [],
    ),
    "a contributor with a number for a name": (
        [descriptor(lambda meta: meta.update(contributors=[{"title": 5, "roles": "author"}]))],
        [
            ("member-kind", "datapackage.json", 0, "contributors[0].roles"),
            ("member-kind", "datapackage.json", 0, "contributors[0].title"),
        ],
        [],
    ),
    "a description of a table that is none": (
        [descriptor(lambda meta: meta["resources"][3].update(description={"zh": "x"}, dialect=[]))],
        [
            ("member-kind", "datapackage.json", 0, "resources[3].description"),
            ("member-kind", "datapackage.json", 0, "resources[3].dialect"),
        ],
        [],
    ),
    "a day of creation that is none": (
        [descriptor(lambda meta: meta.update(created="yesterday"))],
        [("member-kind", "datapackage.json", 0, "created")],
        ["yesterday", "2026-03-01"],
    ),
    "a nature left out": (
        [natures("level", "share", "", "count")],
        [("nature-assumed", "targets/indicators.csv", 4, "nature")],
        ["亿元", "数额"],
    ),
    # 5 an accumulation falls
    "accumulation falls": (
        [cell("observations", 9, "value", "4")],
        [("flow-falls", OBS, 9, "value")],
        ["第 8 行", "5"],
    ),
    # 6 sources disagree
    "two sources disagree": (
        [copy_row("observations", 4, source_id="paper", value="182")],
        [("sources-disagree", OBS, 11, "value")],
        ["第 4 行", "gazette"],
    ),
    # 7 jumps
    "jump up": (
        [cell("observations", 4, "value", "260")],
        [("county-sum", OBS, 4, "value"), ("jump", OBS, 4, "value")],
        [],
    ),
    "unit slip in the middle is told once": (
        [cell("observations", 3, "value", "1715000")],
        [("jump", OBS, 3, "value")],
        ["万元与亿元"],
    ),
    "fall by more than half": ([figure(value="89")], [("jump", OBS, 11, "value")], ["减 51%"]),
    # our own
    "99999 for 12": ([cell("observations", 10, "value", "99999")], [("outlier", OBS, 10, "value")], ["99999", "9"]),
    "first value in 万元": (
        [cell("observations", 7, "value", "0.625")],
        [("first-figure", OBS, 7, "value"), ("outlier", OBS, 7, "value")],
        ["60"],
    ),
    "a share outside those of all parts": (
        [
            figure(indicator_id="urban-share", region_id="county-a", period="2023", value="50", pub="2024-03-01"),
            figure(indicator_id="urban-share", region_id="county-b", period="2023", value="55", pub="2024-03-01"),
        ],
        [("share-parts", OBS, 7, "value")],
        ["62.5", "50", "55"],
    ),
    "first value against other counties": (
        [
            *(
                add("regions", region_id=f"county-{name}", name=name, level="county", adcode=f"98010{name}", order="9")
                for name in "1234"
            ),
            *(
                figure(indicator_id="parks", region_id=f"county-{name}", value=value)
                for name, value in zip("1234", ["7", "8", "9", "9000"], strict=True)
            ),
        ],
        [("outlier", OBS, 14, "value")],
        ["9000"],
    ),
    "issued after the plan has ended": (
        [cell("plans", 2, "issued_on", "2026-03-01")],
        [("day-order", "targets/plans.csv", 2, "issued_on")],
        ["2026-03-01", "2025"],
    ),
    "read before it was published": (
        [column("sources", "accessed", "2021-05-31")],
        [("day-order", SOURCES, 2, "accessed")],
        ["2021-05-31", "2021-06-01"],
    ),
    "an end planned before the step": (
        [cell("task_events", 2, "planned_date", "2021-12-31")],
        [("day-order", EVENTS, 2, "planned_date")],
        ["2021-12-31", "2022-05-01"],
    ),
    "due before it was found": (
        [cell("problems", 2, "due", "2023-01-31")],
        [("day-order", "progress/problems.csv", 2, "due")],
        ["2023-01-31", "2023-02-01"],
    ),
    "dealt with before it was found": (
        [cell("problems", 2, "opened", "2023-02-02")],
        [("day-order", "progress/problem_events.csv", 2, "date")],
        ["2023-02-01", "2023-02-02"],
    ),
    "read tomorrow": (
        [column("sources", "accessed", "", "2026-11-22")],
        [("day-to-come", SOURCES, 3, "accessed")],
        ["2026-11-22", "笔误"],
    ),
    "search tomorrow": (
        [cell("searches", 2, "date", "2026-11-22")],
        [("recorded-when", SEARCHES, 2, "date")],
        ["2026-11-22"],
    ),
    "recorded before it was done": (
        [cell("searches", 2, "recorded_on", "2023-01-31")],
        [("recorded-when", SEARCHES, 2, "recorded_on")],
        ["2023-01-31", "2023-02-01"],
    ),
    "recorded tomorrow": (
        [cell("searches", 2, "recorded_on", "2026-11-22")],
        [("recorded-when", SEARCHES, 2, "recorded_on")],
        ["2026-11-22", "笔误"],
    ),
    "known publication nobody can find": (
        [cell("searches", 2, "result", "exists_not_collected")],
        [("search-nowhere", SEARCHES, 2, "url")],
        ["note"],
    ),
    "a year missing": ([drop_row("observations", 3)], [("calendar-gap", OBS, 3, "period")], ["2022"]),
    "counties do not add up": (
        [cell("observations", 5, "value", "98")],
        [
            ("county-sum", OBS, 4, "value"),
        ],
        ["178", "180", "1.1%"],
    ),
    "years of a promise over several years are not added up": (
        [drop_row("observations", 8), figure(indicator_id="invest", period="2022", pub="2023-03-01", value="14")],
        [("years-not-added", OBS, 10, "period")],
        ["2021-01-01/P24M", "2 年"],
    ),
    "members do not add up to their group": (
        [figure(region_id="group-ab", period="2023", pub="2024-03-01", value="185")],
        [("county-sum", OBS, 11, "value")],
        ["185"],
    ),
}


@pytest.mark.parametrize("name", ERRORS)
def test_error_stops_the_build(make_package, name):
    changes, expected, words = ERRORS[name]
    folder = make_package(*changes)
    problems = find_violations(read(folder), TODAY)
    errors = [item for item in problems if item.severity is Severity.ERROR]
    assert [(item.code, item.file, item.row, item.field) for item in errors] == expected
    for word in words:
        assert word in str(errors[0])
    with pytest.raises(DataError) as stopped:
        load_package(folder, TODAY)
    assert stopped.value.problems == problems


@pytest.mark.parametrize("name", WARNINGS)
def test_warning_is_published_and_the_build_goes_on(make_package, name):
    changes, expected, words = WARNINGS[name]
    package = load_package(make_package(*changes), TODAY)
    assert [(item.code, item.file, item.row, item.field) for item in package.warnings] == expected
    assert all(item.severity is Severity.WARNING for item in package.warnings)
    for word in words:
        assert word in str(package.warnings[0])


# What looks like a mistake and is none: nothing may be said.
FINE = {
    "members of the descriptor left out or null": [
        descriptor(lambda meta: meta.update(homepage=None, keywords=[], contributors=None, created=None))
    ],
    "done later than it was planned": [cell("task_events", 3, "planned_date", "2024-06-30")],
    "range open to one side": [cell("targets", 2, "value_high", "220")],
    "no threshold printed": [cell("targets", 2, "comparator", "none"), cell("targets", 2, "value", "")],
    "rank in places": [place(), ranked()],
    "rank in words": [place(), ranked(comparator="none", value="")],
    "a mean growth of growth rates": [growth(), average()],
    "a number to fall that may rise again": [
        cell("indicators", 5, "direction", "down"),
        *(cell("targets", row, "comparator", "le") for row in (5, 6)),
        *(cell("targets", row, "monotone", "false") for row in (5, 6)),
    ],
    "a scale named": [column("targets", "path", "linear", "log")],
    "every nature named": [natures("level", "share", "level", "count")],
    "flags that are known": [cell("targets", 5, "flags", "year-inferred;group-sum;dup-of:parks-2025;due:2025-12-31")],
    "a ratio of sums": [cell("targets", 3, "flags", "group-ratio:gdp/parks")],
    "double the base": [
        cell("targets", 2, "kind", "multiple_of_base"),
        cell("targets", 2, "value", "2"),
        cell("targets", 2, "unit", "倍"),
    ],
    "a forecast marked as one": [figure(period="2025", pub="2025-03-01", obs_status="F", value="400")],
    "published on the last day": [cell("observations", 8, "pub", "2021-06-30")],
    "a revision": [figure(period="2023", pub="2024-09-01", value="181")],
    "two sources nearly agree": [copy_row("observations", 4, source_id="paper", value="181.5")],
    "a tier 3 source says otherwise": [
        add("sources", source_id="blog", title="网文", publisher="某网", tier="3"),
        copy_row("observations", 4, source_id="blog", value="250"),
    ],
    "another basis after a break": [figure(basis="census", value="400", obs_status="B")],
    "growth rates swing": [
        add(
            "indicators",
            indicator_id="growth",
            name="生产总值增速",
            unit="%",
            decimals="1",
            direction="up",
            frequency="A",
            definition="虚构",
        ),
        natures("level", "share", "level", "count", "growth"),
        figure(indicator_id="growth", period="2023", value="-2", pub="2024-03-01"),
        figure(indicator_id="growth", period="2024", value="9"),
    ],
    "a share that may exceed the whole": [
        column("indicators", "max", "", "1000"),
        cell("observations", 7, "value", "120"),
    ],
    "a share of any name that is a rate of change": [
        cell("indicators", 3, "name", "Change in turnover"),
        natures("level", "growth", "level", "count"),
        cell("observations", 7, "value", "-20"),
    ],
    "parts that do not add up": [
        column("indicators", "additive", "false", "", "false", "false"),
        cell("indicators", 2, "name", "GDP"),
    ],
    "a done task reported again": [event()],
    "a correction": [event(state="in_progress", note="更正：尚未完工")],
    "planned again after cancelling": [
        cell("task_events", 2, "state", "cancelled"),
        cell("task_events", 3, "state", "planned"),
    ],
    "announced beforehand": [
        add("tasks", task_id="bridge", plan_id="test-plan", name="桥（虚构）", section="三"),
        event(task_id="bridge", state="planned", date="2025-06-30", planned_date="2025-12-31"),
    ],
    "reopened and solved again": [
        add("problem_events", problem_id="land", date="2023-07-01", state="reopened", pub="2023-07-02"),
        add("problem_events", problem_id="land", date="2023-08-01", state="resolved", pub="2023-08-02"),
    ],
    "a platform without a lead": [cell("projects", 3, "lead_unit_id", "")],
    "ids shared by different kinds of page": [add("regions", region_id="road", name="路", level="area", order="9")],
    "steady growth over missing years": [
        figure(indicator_id="urban-share", region_id="county-a", period="2021", value="30", pub="2022-03-01"),
        figure(indicator_id="urban-share", region_id="county-a", period="2022", value="40", pub="2023-03-01"),
    ],
    "shares of counties do not add up": [
        figure(indicator_id="urban-share", region_id="county-a", period="2023", value="60", pub="2024-03-01"),
        figure(indicator_id="urban-share", region_id="county-b", period="2023", value="65", pub="2024-03-01"),
    ],
    "one county silent": [drop_row("observations", 6)],
    "a source without address but with a note": [cell("sources", 2, "url", ""), cell("sources", 2, "note", "市图书馆")],
}


@pytest.mark.parametrize("name", FINE)
def test_nothing_is_said_without_need(make_package, name):
    assert find_violations(read(make_package(*FINE[name])), TODAY) == ()


@pytest.mark.parametrize("path", sorted(TABLES))
def test_of_a_table_that_cannot_be_read_only_that_is_said(make_package, path):
    problems = find_violations(read(make_package(data(path, lambda _: b""))), TODAY)
    assert [(item.code, item.file) for item in problems] == [("file-empty", path)]


def test_an_annual_tasks_trace_may_appear_within_its_month(make_package):
    trace = [
        add(
            "indicators",
            indicator_id="dispatch",
            name="月调度次数",
            unit="次/年",
            decimals="0",
            direction="up",
            frequency="M",
            definition="虚构",
        ),
        copy_row(
            "targets", 7, target_id="monthly", kind="annual_task", indicator_id="dispatch", value="12", unit="次/年"
        ),
        figure(indicator_id="dispatch", period="2024-03", pub="2024-03-15", value="1"),
    ]
    assert find_violations(read(make_package(*trace)), TODAY) == ()


# Each a mistake that the table's schema sees, in another row than the rules' mistakes.
SCHEMA_ERRORS = {
    "a value not listed": cell("targets", 3, "kind", "shares"),
    "no number": cell("targets", 3, "value", "abc"),
    "a cell left empty": cell("targets", 3, "section", ""),
    "an id of no row": cell("targets", 3, "indicator_id", "nope"),
    "an id in capitals": cell("targets", 3, "target_id", "Share_2025"),
    "an id twice": cell("targets", 6, "target_id", "parks-2025"),
    "no source": cell("observations", 2, "source_id", "nope"),
    "another table's cell": cell("units", 2, "category", "nope"),
    "no day": cell("plans", 2, "issued_on", "soon"),
    "a file gone": remove("targets/units.csv"),
}


@pytest.mark.parametrize("name", SCHEMA_ERRORS)
def test_mistakes_of_schema_and_rules_are_told_in_one_round(make_package, name):
    broken = [cell("targets", 2, "comparator", "event"), cell("observations", 3, "pub", "2021-03-01")]
    problems = find_violations(read(make_package(*broken, SCHEMA_ERRORS[name])), TODAY)
    codes = {item.code for item in problems}
    assert codes > {"comparator-kind", "pub-before-period-end"}


def test_an_unreadable_row_is_not_reported_as_a_missing_year(make_package):
    problems = find_violations(read(make_package(cell("observations", 3, "value", "约5"))), TODAY)
    assert [item.code for item in problems] == ["cell-type"]


def test_today_is_the_callers_day(make_package):
    tables = read(make_package())
    assert [item.code for item in find_violations(tables, date(2024, 11, 30))] == ["pub-in-future"]
    assert find_violations(tables, date(2024, 12, 1)) == ()


def test_every_check_is_listed_with_its_own_code_words_and_docstring():
    codes = [check.code for check in CHECKS]
    assert len(set(codes)) == len(codes)
    assert {check.rule for check in CHECKS} >= set(range(1, 15))
    for check in CHECKS:
        assert check.about.endswith(".")
        assert check.name
        assert not check.name.isascii()


def test_every_check_is_broken_by_a_test():
    broken = {code for _changes, expected, _words in (*ERRORS.values(), *WARNINGS.values()) for code, *_ in expected}
    # Those of the plans' texts are broken in test_quotes, of printed figures in test_printed, of other names in
    # test_asked_for, of rows in test_beside, of settings, translations and series in test_settings, of numbers that
    # are somebody's in test_personal.
    beside = (sentences, origins, agreement, fittings, subjects)
    elsewhere = {
        check.code for module in (quotes, printed, asked_for, settings, personal, *beside) for check in module.CHECKS
    }
    assert broken == {check.code for check in CHECKS} - elsewhere


def test_severity_is_the_registrys():
    by_code = {check.code: check.severity for check in CHECKS}
    for cases, severity in ((ERRORS, Severity.ERROR), (WARNINGS, Severity.WARNING)):
        for _changes, expected, _words in cases.values():
            assert {by_code[code] for code, *_rest in expected} == {severity}


def test_the_handbook_names_every_check():
    handbook = (ROOT / "docs" / "data-contract.md").read_text(encoding="utf-8")
    assert [check.code for check in CHECKS if f"`{check.code}`" not in handbook] == []


def test_a_work_in_a_place_whose_row_cannot_be_read_is_no_traceback(make_package):
    changes = (
        cell("tasks", 2, "name", "甲县环城路（虚构）"),
        cell("tasks", 2, "region_id", "county-b"),
        cell("regions", 4, "order", "三"),
    )
    found = find_violations(read(make_package(*changes)), TODAY)
    assert ("targets/regions.csv", 4, "order") in {(item.file, item.row, item.field) for item in found}
    assert "work-place" not in {item.code for item in found}


@all_of(
    "before, after, direction",
    [
        ("100", "150", 0),
        ("100", "150.0000000000000000001", 1),
        ("100", "50", 0),
        ("100", "49.9999999999999999999", -1),
        ("-100", "-150", 0),
        ("-100", "-151", 1),
        ("-100", "100", -1),
        ("0", "5", 0),
        ("1E-400", "1.4E-400", 0),
        ("1E-400", "1.6E-400", 1),
        ("1E+400", "1.6E+400", 1),
    ],
)
def test_a_jump_is_told_by_the_exact_ratio(before, after, direction):
    years = [
        plausible.Point(2, None, parse_period(year), Decimal(value))
        for year, value in (("2023", before), ("2024", after))
    ]
    assert plausible._direction(*years) == direction
