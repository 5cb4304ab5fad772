"""A report on the invented package, with every verdict chosen by the test."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from packages import write_package
from page_samples import publication

from build_scripts.bulletins import digests
from build_scripts.checks import load_package
from build_scripts.core.method import Assessment, Grade, Reason, Status
from build_scripts.core.records import Approval
from build_scripts.pages import SiteData
from build_scripts.report import join_report

AS_OF = date(2024, 6, 30)
APPROVAL = Approval("2024-06-01-1", "2024-06-01T09:30:00+08:00", "王某", AS_OF, "0" * 64, "新增数据1个。")
VERDICTS = {
    "gdp-2025": Assessment(
        Status.ON_TRACK,
        method="path_log",
        progress_pct=Decimal("63.2"),
        time_pct=Decimal("60.0"),
        gap_pp=Decimal("3.2"),
        ratio=Decimal("1.0538"),
        attainment_pct=Decimal("90.0"),
        grade=Grade.B,
        flags=("provisional",),
        period="2023",
        value=Decimal(180),
        source_id="gazette",
    ),
    "share-2025": Assessment(Status.BEHIND, period="2023", value=Decimal("62.5"), source_id="gazette"),
    "invest-2125": Assessment(Status.SLIGHTLY_BEHIND),
    "parks-2025": Assessment(Status.NOT_ASSESSABLE, Reason.SINGLE_OBSERVATION),
    "parks-again": Assessment(Status.NOT_ASSESSABLE, Reason.SINGLE_OBSERVATION),
    "open-2024": Assessment(Status.PENDING, Reason.NOT_DUE),
}


@pytest.fixture(scope="session")
def package_dir(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    return write_package(folder)


@pytest.fixture(scope="session")
def package(package_dir):
    return load_package(package_dir, date(2026, 11, 21))


@pytest.fixture(scope="session")
def report(package):
    return join_report(package, AS_OF, VERDICTS)


@pytest.fixture(scope="session")
def given(package_dir, package, report):
    return SiteData(report, {}, publication(package_dir, report), digests(package, AS_OF), (APPROVAL,))


@pytest.fixture(scope="session")
def entry(report):
    return lambda target_id: report.entry_by_id[target_id]
