"""What page builders are given: the report, the charts already drawn, the files offered for download."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from build_scripts.charts import ChartFigure
from build_scripts.downloads import Download
from build_scripts.report import Report


@dataclass(frozen=True, slots=True)
class Ingredients:
    """Everything pages are made from. `charts` is by chart id; a page shows a chart only if it is there."""

    report: Report
    charts: Mapping[str, ChartFigure] = field(default_factory=dict)
    downloads: tuple[Download, ...] = ()
