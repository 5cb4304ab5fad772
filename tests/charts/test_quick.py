"""What is drawn without Vega equals what Vega draws, to the byte; what is not known here, Vega draws."""

import io
import json
import random

import pytest
import samples
import vl_convert
from PIL import Image, ImageChops

from build_scripts import charts
from build_scripts.charts import letters, quick, render, svg, theme
from build_scripts.charts.outlines import Unlike, sign

# Charts whose labels stand so close that Vega has to measure them.
CROWDED = 6


def of_vega(job, filling):
    return svg.clean(render._svg(render._filled(job.form, filling)))


def of_us(form, filling):
    return svg.finish(quick.plan(form).draw(**json.loads(filling)))


@pytest.mark.slow
def test_every_sample_is_drawn_as_vega_draws_it(specs):
    left, count = [], 0
    for spec in specs:
        job = render._job(spec)
        for filling in (job.wide, job.narrow):
            count += 1
            try:
                ours = of_us(job.form, filling)
            except Unlike:
                left.append(spec.id)
                continue
            assert ours == of_vega(job, filling), spec.id
    assert count > 70
    assert len(left) <= CROWDED, left


def changed(filling, chance):
    """The filling with its numbers moved about, so that no place is a round one."""
    given = json.loads(filling)
    for row in given["rows"]:
        for name, value in row.items():
            if name in {"px", "py", "size"} and chance.random() < 0.5:
                row[name] = value + chance.choice([0.004, -0.005, 1 / 3, 17.25])
            elif name in {"x", "y"} and isinstance(value, int | float) and chance.random() < 0.3:
                row[name] = value + chance.choice([1e-12, 0.1, -0.07])
            elif name == "text":
                row[name] = chance.choice([value, "<&>\"'", " 两头空 ", "", "垚①㎡", "a" * 40])
    return json.dumps(given, ensure_ascii=False)


@pytest.mark.slow
def test_what_is_moved_about_is_drawn_as_vega_draws_it(specs):
    chance = random.Random(11)
    same = 0
    for spec in specs[::2]:
        job = render._job(spec)
        filling = changed(job.narrow, chance)
        try:
            ours = of_us(job.form, filling)
        except Unlike:
            continue
        assert ours == of_vega(job, filling), spec.id
        same += 1
    assert same > 12


ODD = {
    "missing": {"part": "line", "x": None, "y": 1.0, "ox": 0.0, "oy": 0.0, "series": "s", "hint": ""},
    "words": {"part": "line", "x": "2020", "y": 1.0, "ox": 0.0, "oy": 0.0, "series": "s", "hint": ""},
    "vast": {"part": "last", "px": 1e22, "py": 3.0},
    "lines": {"part": "text", "px": 1.0, "py": 1.0, "align": "left", "text": "a\nb", "fill": "#1b2430", "size": 12},
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_not_known_here_is_left_to_vega(name, specs, monkeypatch):
    job = render._job(next(spec for spec in specs if spec.kind == "small_multiples"))
    given = json.loads(job.wide)
    given["rows"].append(ODD[name])
    filling = json.dumps(given)
    assert render._picture(job.form, filling) == of_vega(job, filling)


def test_a_form_with_anything_else_in_it_is_left_to_vega(specs):
    form = json.loads(render._job(specs[0]).form)
    assert quick.plan(json.dumps(form))
    for change in (
        {"legends": [{"fill": "x"}]},
        {"autosize": "pad"},
        {"scales": [{**form["scales"][0], "type": "log"}, *form["scales"][1:]]},
        {"marks": [{**form["marks"][-1], "encode": {"enter": {}}}]},
        {"axes": [{**form["axes"][0], "orient": "top"}]},
    ):
        other = quick.plan(json.dumps({**form, **change}))
        if other is not None:
            job = render._job(specs[0])
            with pytest.raises(Unlike):
                other.draw(**json.loads(job.wide))


def test_signs_of_other_steps_are_left_to_vega():
    with pytest.raises(Unlike):
        sign("M0,0C1,1,2,2,3,3", 64)
    with pytest.raises(Unlike):
        sign("cross", 64)


@pytest.mark.slow
def test_the_download_file_draws_the_same_picture():
    """The specification that readers take along is what the quick picture shows."""
    for spec in samples.other_specs():
        job = render._job(spec)
        slow = svg.clean(vl_convert.vegalite_to_svg(spec.spec, format_locale="zh-CN", time_format_locale="zh-CN"))
        assert slow == render._picture(job.form, job.wide), spec.id


def pixels(picture):
    return Image.open(io.BytesIO(vl_convert.svg_to_png(picture, scale=2))).convert("RGB")


@pytest.mark.slow
def test_outlined_texts_look_as_the_font_draws_them(specs, drawn):
    render._prepare()
    seen = 0
    for spec in specs[::4]:
        picture = drawn[spec.id].standalone
        bare = letters.outlined(picture)
        if bare is None:
            continue
        seen += 1
        assert "<text" not in bare
        named = pixels(svg.with_fonts(picture.replace(theme.FONT_STACK, theme.FONT)))
        apart = ImageChops.difference(named, pixels(bare)).convert("L").histogram()
        assert sum(apart[64:]) == 0, spec.id
        assert sum(apart[8:]) < named.width * named.height / 2000, spec.id
    assert seen > 5


def test_a_character_without_an_outline_leaves_the_picture_to_the_machines_fonts(tmp_path):
    entry = samples.entry((samples.figure("2024", "5"),), None, samples.indicator("𬭚"), target_id="rare", unit="𬭚")
    drawn = charts.render_all([charts.trajectory(entry)], tmp_path)["rare-trajectory"]
    assert "𬭚" in drawn.standalone
    assert letters.outlined(drawn.standalone) is None
    assert drawn.png.startswith(b"\x89PNG")
