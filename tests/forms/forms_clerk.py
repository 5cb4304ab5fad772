"""A package with enough to report on, and a clerk who fills its forms: everything here is invented."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl import Workbook
from packages import add

from build_scripts.core.records import Package
from build_scripts.forms.accept import Acceptance
from build_scripts.forms.export import package_hash
from build_scripts.forms.ingest import Plan, make_plan, read_book, read_files, session, write
from build_scripts.forms.layout import FIRST_ROW, HEAD, HEAD_ROW, Form
from build_scripts.forms.lines import Level
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.periods import FormPeriod
from build_scripts.forms.read import Returned, read_form
from build_scripts.forms.submission import Submission
from build_scripts.locale import t

AS_OF = date(2025, 11, 20)
PERIOD = FormPeriod(2025, 10, 1)
UNIT = "transport"

_INDICATORS = (
    {"indicator_id": "freight", "name": "物流业产值", "unit": "亿元", "decimals": "2", "frequency": "M"},
    {"indicator_id": "paved", "name": "道路硬化率", "unit": "%", "decimals": "1", "frequency": "Q"},
    {"indicator_id": "length", "name": "公路里程", "unit": "公里", "decimals": "0", "frequency": "A"},
    {"indicator_id": "patents", "name": "专利数", "unit": "件", "decimals": "0", "frequency": "A"},
)
_TARGETS = (
    ("freight-2025", "freight", "city", "level_by", "600", "亿元", "transport"),
    ("paved-2025", "paved", "city", "share_by", "95", "%", "transport"),
    ("paved-a-2025", "paved", "county-a", "share_by", "90", "%", "transport"),
    ("length-2025", "length", "city", "level_by", "5000", "公里", "transport"),
    ("patents-2025", "patents", "city", "level_by", "900", "件", "dev-reform"),
)


def _target(values: tuple[str, ...]) -> Any:
    target_id, indicator_id, region_id, kind, value, unit, lead = values
    return add(
        "targets",
        target_id=target_id,
        plan_id="test-plan",
        project_id="road" if lead == "transport" else "",
        indicator_id=indicator_id,
        region_id=region_id,
        name=f"{indicator_id} 达到 {value}{unit}",
        kind=kind,
        comparator="ge",
        value=value,
        unit=unit,
        target_period="2025",
        section="三/（一）",
        figure_as_printed=f"{value}{unit}",
        lead_unit_id=lead,
        in_totals="true",
    )


def _figure(indicator_id: str, period: str, value: str, pub: str) -> Any:
    return add(
        "observations",
        indicator_id=indicator_id,
        region_id="city",
        period=period,
        basis="main",
        pub=pub,
        source_id="gazette",
        value=value,
        obs_status="A",
    )


CHANGES = (
    *(add("indicators", direction="up", definition="虚构，可超过100", **row) for row in _INDICATORS),
    *map(_target, _TARGETS),
    _figure("freight", "2025-08", "480", "2025-09-15"),
    _figure("freight", "2025-09", "500", "2025-10-15"),
    _figure("paved", "2025-06", "88.5", "2025-07-15"),
    _figure("length", "2024", "4600", "2025-03-01"),
    *(
        add("tasks", task_id=task_id, plan_id="test-plan", project_id="road", name=name, region_id="city", section="三")
        for task_id, name in (("bridge", "大桥（虚构）"), ("tunnel", "隧道（虚构）"))
    ),
    add(
        "problems",
        problem_id="noise",
        project_id="road",
        title="噪声扰民（虚构）",
        owner_unit_id=UNIT,
        opened="2025-05-01",
    ),
    add("problem_events", problem_id="noise", date="2025-05-01", state="open", pub="2025-05-02", source_id="paper"),
)


_OPENED: dict[bytes, bytes] = {}


def opened(path: Path) -> Workbook:
    """The workbook in a file; read only once for the same bytes, because reading takes ten times as long as copying."""
    content = path.read_bytes()
    if content not in _OPENED:
        _OPENED[content] = pickle.dumps(openpyxl.load_workbook(path))
    return pickle.loads(_OPENED[content])


class Clerk:
    """Fills an exported workbook the way a person does: by what the cells say, not by their addresses."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = opened(path)

    def sheet(self, form: Form) -> Any:
        return self.book[form.sheet]

    def row(self, form: Form, key: str) -> int:
        """The row whose hidden key is `key`."""
        return next(cell.row for cell in self.sheet(form)["A"] if cell.value == key)

    def cell(self, form: Form, key: str | int, column: str) -> Any:
        row = key if isinstance(key, int) else self.row(form, key)
        return self.sheet(form).cell(row, form.letter(column))

    def fill(self, form: Form, key: str | int, **values: Any) -> None:
        for column, value in values.items():
            self.cell(form, key, column).value = value

    def figure(self, key: str, value: Any, **more: Any) -> None:
        self.fill(Form.INDICATORS, key, value=value, **more)

    def sign(self, **answers: Any) -> None:
        """Fill the head of the first sheet; by default as a careful clerk does, five days after the period's end."""
        asked = FormPeriod.parse(str(self.book[t("forms.sheet.meta")]["B4"].value)) or PERIOD
        filled_on = asked.end + timedelta(days=5)
        answers = {"reporter": "张三", "phone": "13800001234", "filled_on": filled_on} | answers
        for field in HEAD[Form.INDICATORS]:
            if field.code in answers:
                self.sheet(Form.INDICATORS).cell(HEAD_ROW, field.value[0]).value = answers[field.code]

    def save(self, name: str = "") -> Path:
        path = self.path.with_name(name) if name else self.path
        self.book.save(path)
        return path


_BOOKS: dict[tuple[str, date], PackageIndex] = {}


def book_of(package_dir: Path, as_of: date = AS_OF) -> PackageIndex:
    """The package as read; read only once for the same bytes, because reading takes more than half a second."""
    key = (package_hash(package_dir), as_of)
    if key not in _BOOKS:
        _BOOKS[key] = read_book(package_dir, as_of, as_of)
    return _BOOKS[key]


def returned(package_dir: Path, path: Path) -> Returned:
    """What one file says, and every line about it."""
    return read_form(path, book_of(package_dir))


def understood(package_dir: Path, path: Path) -> Submission:
    """What one file says, in which nothing may be wrong."""
    item = returned(package_dir, path)
    assert item.submission is not None
    assert not any(line.severity is Level.ERROR for line in item.lines), [str(line) for line in item.lines]
    return item.submission


def figures(package_dir: Path, path: Path) -> dict[tuple[str, str, str], Decimal | None]:
    """The figures of one file by indicator, region and period."""
    return {(*answer.series, answer.period): answer.value for answer in understood(package_dir, path).indicators}


def plan_for(
    package_dir: Path, *paths: Path, as_of: date = AS_OF, accept: Sequence[str] = (), seen: bool = True
) -> Plan:
    """What taking files in would do; not `seen`: no published site has shown any form yet."""
    book = book_of(package_dir, as_of)
    if not seen:
        ids = {source.source_id for source in book.package.sources if source.source_id.startswith("form-")}
        book = replace(book, unseen=frozenset(ids))
    return make_plan(package_dir, read_files(paths, book), book, as_of, Acceptance.of(accept))


def take_in(
    package_dir: Path, *paths: Path, as_of: date = AS_OF, accept: Sequence[str] = (), seen: bool = True
) -> Plan:
    """Plan and write, as `forms ingest --yes` does."""
    with session(package_dir):
        plan = plan_for(package_dir, *paths, as_of=as_of, accept=accept, seen=seen)
        assert not plan.has_errors, [str(line) for line in plan.lines]
        assert not plan.questions, [str(line) for line in plan.questions]
        write(package_dir, plan)
    return plan


def reload(package_dir: Path, as_of: date = AS_OF) -> Package:
    return book_of(package_dir, as_of).package


def codes(plan: Plan) -> set[tuple[str, str]]:
    """What the lines say and where: {(`主要指标进度表!O6`, `number_text`)}."""
    return {(line.where, line.code) for line in plan.lines}


def address(clerk: Clerk, form: Form, key: str | int, column: str) -> str:
    """`主要指标进度表!O6`."""
    return f"{form.sheet}!{clerk.cell(form, key, column).coordinate}"


NEW_PROBLEM_ROW = FIRST_ROW + 1
