"""Gets records from the report, gives charts: `ChartSpec`s, their drawings, and the files and figures made of them.

A chart kind is one module with one public function from records to `ChartSpec`; `CHARTS` lists them. `render_all`
draws many at once; `chart_figure` is what a page prints; `artifacts` and `bundle_artifact` are the files beside it.
"""

from build_scripts.charts.bullet import bullet
from build_scripts.charts.bundle import begin_bundle, bundle, bundle_artifact
from build_scripts.charts.coverage import coverage
from build_scripts.charts.deadlines import deadlines
from build_scripts.charts.figure import INLINE_MOST, ChartFigure, artifacts, chart_figure, data_files, picture_files
from build_scripts.charts.form import begin_forms
from build_scripts.charts.render import Drawings, Rendered, begin_all, chart_texts, render_all
from build_scripts.charts.share import share
from build_scripts.charts.small_multiples import small_multiples
from build_scripts.charts.spec import ChartSpec
from build_scripts.charts.stand_ins import rare_characters
from build_scripts.charts.status_bar import status_bar
from build_scripts.charts.status_history import status_history
from build_scripts.charts.tile_map import tile_map
from build_scripts.charts.timeline import timeline
from build_scripts.charts.trajectory import published, related, trajectory

CHARTS = (
    trajectory,
    status_bar,
    bullet,
    timeline,
    small_multiples,
    share,
    status_history,
    tile_map,
    coverage,
    deadlines,
)

__all__ = [
    "CHARTS",
    "INLINE_MOST",
    "ChartFigure",
    "ChartSpec",
    "Drawings",
    "Rendered",
    "artifacts",
    "begin_all",
    "begin_bundle",
    "begin_forms",
    "bullet",
    "bundle",
    "bundle_artifact",
    "chart_figure",
    "chart_texts",
    "coverage",
    "data_files",
    "deadlines",
    "picture_files",
    "published",
    "rare_characters",
    "related",
    "render_all",
    "share",
    "small_multiples",
    "status_bar",
    "status_history",
    "tile_map",
    "timeline",
    "trajectory",
]
