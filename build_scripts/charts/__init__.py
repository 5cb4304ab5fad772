"""Gets records from the report, gives charts: `ChartSpec`s, their drawings, and the files and figures made of them.

A chart kind is one module with one public function from records to `ChartSpec`; `CHARTS` lists them. `render_all`
draws many at once; `chart_figure` is what a page prints; `artifacts` and `bundle` are the files beside the pages.
"""

from build_scripts.charts.figure import ChartFigure, artifacts, chart_figure
from build_scripts.charts.render import Rendered, render_all
from build_scripts.charts.spec import ChartSpec
from build_scripts.charts.status_bar import status_bar
from build_scripts.charts.trajectory import related, trajectory

CHARTS = (trajectory, status_bar)

__all__ = [
    "CHARTS",
    "ChartFigure",
    "ChartSpec",
    "Rendered",
    "artifacts",
    "chart_figure",
    "related",
    "render_all",
    "status_bar",
    "trajectory",
]
