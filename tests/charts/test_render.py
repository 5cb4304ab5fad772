import gzip
import io
import re
import sys
from pathlib import Path

import pytest
import samples
import vl_convert
from PIL import Image

from build_scripts import charts
from build_scripts.charts import render, svg
from build_scripts.core.crew import Crew
from build_scripts.core.errors import ChartError


def some_specs(count=3):
    return [charts.trajectory(entry) for entry in list(samples.trajectories().values())[:count]]


@pytest.mark.slow
def test_order_and_bytes_do_not_depend_on_processes_or_cache(tmp_path, monkeypatch):
    monkeypatch.setattr(render, "POOL_FROM", 1)
    monkeypatch.setattr(render, "BATCH", 1)
    specs = some_specs()
    alone = charts.render_all(specs, tmp_path / "one", crew=Crew(0))
    together = charts.render_all(specs, tmp_path / "two", crew=Crew(1))
    again = charts.render_all(specs, tmp_path / "two", crew=Crew(1))
    assert list(alone) == [spec.id for spec in specs]
    assert list(together) == list(alone)
    assert together == alone
    assert again == alone


def test_what_is_kept_is_not_drawn_again(tmp_path, monkeypatch):
    specs = some_specs(2)
    first = charts.render_all(specs, tmp_path)
    monkeypatch.setattr(render, "_draw", lambda job: pytest.fail(f"{job.chart_id} drawn again"))
    assert charts.render_all(specs, tmp_path) == first


def test_a_changed_figure_is_drawn_anew(tmp_path):
    entry = samples.trajectories()["single"]
    changed = samples.entry(
        (samples.figure("2024", "2190"),),
        entry.assessment,
        target_id="single",
        baseline_period=None,
        baseline_value=None,
    )
    first = charts.render_all([charts.trajectory(entry)], tmp_path)["single-trajectory"]
    second = charts.render_all([charts.trajectory(changed)], tmp_path)["single-trajectory"]
    assert "2,181.18" in first.wide
    assert "2,190" in second.wide
    assert first.png != second.png


def test_a_chart_that_is_not_kept_any_more_is_drawn_again(tmp_path):
    specs = some_specs(2)
    first = charts.render_all(specs, tmp_path)
    one, _other = sorted((tmp_path / "charts").iterdir())
    one.unlink()
    assert charts.render_all(specs, tmp_path) == first
    assert one.is_file()


@pytest.mark.parametrize("harm", ["empty", "cut", "foreign", "swapped"])
def test_a_harmed_picture_is_drawn_again_and_never_shown(tmp_path, harm):
    specs = some_specs(2)
    first = charts.render_all(specs, tmp_path)
    files = sorted((tmp_path / "charts").iterdir())
    contents = [path.read_bytes() for path in files]
    for place, path in enumerate(files):
        foreign = b"<svg><script>alert(1)</script></svg>"
        whole = contents[place]
        other = contents[place - 1]  # that of the other chart
        path.write_bytes({"empty": b"", "cut": whole[: len(whole) // 2], "foreign": foreign, "swapped": other}[harm])
    assert charts.render_all(specs, tmp_path) == first
    assert [path.read_bytes() for path in files] == contents


@pytest.mark.slow
def test_a_harmed_bundle_is_made_again(tmp_path, monkeypatch):
    first = charts.bundle_artifact(tmp_path / "shipped").data
    harmed = tmp_path / "shipped.js.gz"
    monkeypatch.setattr(sys.modules[charts.bundle.__module__], "shipped_file", lambda: harmed)
    assert charts.bundle_artifact(tmp_path).data == first
    for data in (b"alert(1)", b"", gzip.compress(first)[:-9], gzip.compress(first)[:-8] + bytes(8)):
        harmed.write_bytes(data)
        assert charts.bundle_artifact(tmp_path).data == first
    harmed.unlink()
    (file,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    file.write_bytes(b"alert(1)")
    assert charts.bundle_artifact(tmp_path).data == first


def test_the_bundle_carries_the_notices_of_all_that_is_in_it(tmp_path):
    script = charts.bundle_artifact(tmp_path).data.decode()
    notices = script[: script.index("*/")]
    assert notices.startswith(f"/*! Vega {vl_convert.get_vega_version()}, Vega-Lite 6.4, Vega-Embed ")
    assert "vegaEmbed" in script[script.index("*/") :]
    for holder in ("University of Washington Interactive Data Lab", "Mike Bostock", "Mapbox", "Ariya Hidayat", "Simon"):
        assert holder in notices
    library = Path(vl_convert.__file__).with_name("vl_convert.abi3.so")
    if not library.is_file():
        pytest.skip("the renderer's library has another name here")
    inside = {name.decode() for name in re.findall(rb"/npm/((?:@[\w-]+/)?[\w.-]+)@\d", library.read_bytes())}
    assert len(inside) > 50
    assert not {name for name in inside if not re.search(rf"(?m)(^|[ ,]){re.escape(name)}(,|:|$)", notices)}


def test_two_charts_of_one_id_are_refused(tmp_path):
    spec = some_specs(1)[0]
    with pytest.raises(ChartError, match=spec.id):
        charts.render_all([spec, spec], tmp_path)


def test_png_is_twice_the_size_and_has_chinese_in_it(drawn):
    with Image.open(io.BytesIO(drawn["path-trajectory"].png)) as image:
        assert image.size[0] == 2 * (720 + 24)
        title = image.convert("L").crop((0, 20, 1440, 70))
    ink = sum(1 for value in title.get_flattened_data() if value < 128)
    assert ink > 2000, "the title's characters must be drawn, not left blank"


def test_boxes_for_missing_characters_never_reach_a_picture(tmp_path):
    """Two different characters must not look the same, as they would as empty boxes."""
    pictures = []
    for unit in ("亩", "户"):
        entry = samples.entry(
            (samples.figure("2024", "5"),), None, samples.indicator(unit), target_id="same", unit=unit
        )
        pictures.append(charts.render_all([charts.trajectory(entry)], tmp_path)["same-trajectory"].png)
    assert pictures[0] != pictures[1]


def test_vega_and_vega_lite_draw_the_same(tmp_path):
    """The compiled form with data put in equals Vega-Lite's own rendering of the downloadable file."""
    for spec in (charts.trajectory(samples.trajectories()["path"]), charts.status_bar("s", samples.TALLIES["real"])):
        fast = charts.render_all([spec], tmp_path)[spec.id].wide
        slow = svg.clean(vl_convert.vegalite_to_svg(spec.spec, format_locale="zh-CN", time_format_locale="zh-CN"))
        assert svg.inline(slow, (spec.wide.width, spec.wide.height), f"{spec.id}-w", spec.title, spec.alt) == fast
