"""What page builders are given: the report, the charts already drawn, the files offered for download."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from build_scripts.bulletins import Digest
from build_scripts.charts import ChartFigure
from build_scripts.downloads import Download
from build_scripts.model import Approval
from build_scripts.report import Report


@dataclass(frozen=True, slots=True)
class Ingredients:
    """Everything pages are made from. `charts` is by chart id; a page shows a chart only if it is there.

    `digests` are what the bulletins tell, the latest first; `approvals` who let the site out when, oldest first.
    """

    report: Report
    charts: Mapping[str, ChartFigure] = field(default_factory=dict)
    downloads: tuple[Download, ...] = ()
    digests: tuple[Digest, ...] = ()
    approvals: tuple[Approval, ...] = ()
