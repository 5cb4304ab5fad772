"""The quick renderer: the same pictures as Vega's own to the eye, the same bytes every time and everywhere."""

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import samples
from PIL import ImageChops, ImageFilter

from build_scripts import charts
from build_scripts.charts import letters, raster, render

BOX = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="6"><path fill="{}" d="M0,0h8v6h-8Z"/></svg>'


@pytest.fixture(scope="module")
def pictures(specs, drawn):
    bare = {spec.id: letters.outlined(drawn[spec.id].standalone) for spec in specs}
    return {name: picture for name, picture in bare.items() if picture}


def digest(picture):
    return hashlib.sha256(raster.pixels(picture, 2).tobytes()).hexdigest()


@pytest.mark.slow
def test_pictures_look_as_the_other_renderer_draws_them(pictures):
    assert len(pictures) > 20
    for name, picture in pictures.items():
        quick, slow = raster.pixels(picture, 2), render._pixels_of_vega(picture)
        assert (quick.mode, quick.size) == (slow.mode, slow.size), name
        apart = ImageChops.difference(quick, slow).convert("L").histogram()
        whole = quick.width * quick.height
        assert sum(at * count for at, count in enumerate(apart)) < 1.2 * whole, name  # of 255, on the average
        # Edges are smoothed in another way, and dashes run a little ahead; whatever is missing stays when blurred.
        blurred = (each.filter(ImageFilter.BoxBlur(8)) for each in (quick, slow))
        far = ImageChops.difference(*blurred).convert("L").getextrema()[1]
        assert far < 24, name


def test_a_sign_that_is_left_out_would_be_seen(pictures):
    name, picture = next((name, each) for name, each in pictures.items() if "<use" in each)
    start = picture.rindex("<use")
    without = picture[:start] + picture[picture.index("/>", start) + 2 :]
    blurred = [raster.pixels(each, 2).filter(ImageFilter.BoxBlur(8)) for each in (picture, without)]
    assert ImageChops.difference(*blurred).convert("L").getextrema()[1] >= 24, name


@pytest.mark.slow
def test_pixels_are_the_same_every_time_in_any_order_thread_and_process(pictures, tmp_path):
    some = list(pictures.values())[::5]
    first = [digest(each) for each in some]
    assert len(set(first)) == len(some)
    assert [digest(each) for each in reversed(some)] == first[::-1]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(digest, some * 3)) == first * 3
    for number, each in enumerate(some):
        (tmp_path / f"{number}.svg").write_text(each, encoding="utf-8")
    code = (
        "import hashlib, sys; from pathlib import Path; from build_scripts.charts import raster\n"
        "for n in range(int(sys.argv[2])):\n"
        "    text = (Path(sys.argv[1]) / f'{n}.svg').read_text(encoding='utf-8')\n"
        "    print(hashlib.sha256(raster.pixels(text, 2).tobytes()).hexdigest())"
    )
    command = [sys.executable, "-c", code, str(tmp_path), str(len(some))]
    run = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    assert run.stdout.split() == first


def test_a_picture_is_never_taken_for_one_that_lay_in_its_place():
    colours = ["#ff0000", "#00ff00", "#0000ff"] * 5
    seen = [raster.pixels(BOX.format(colour), 1).getpixel((4, 3)) for colour in colours]
    assert seen == [(255, 0, 0), (0, 255, 0), (0, 0, 255)] * 5


def test_it_starts_no_thread(pictures):
    tasks = Path("/proc/self/task")
    if not tasks.is_dir():
        pytest.skip("only Linux tells how many threads there are")
    picture = next(iter(pictures.values()))
    before = len(list(tasks.iterdir()))
    raster.pixels(picture, 2)
    assert len(list(tasks.iterdir())) == before


def test_lines_between_pixels_stay_there_in_texts():
    """A rectangle among the glyphs is smoothed as all others are, not moved to whole pixels."""
    one = samples.entry((samples.figure("2024", "5"),), None, samples.indicator("一"), target_id="one", unit="一")
    bare = letters.outlined(render._draw(render._job(charts.trajectory(one))).standalone)
    plain = bare.replace('M0,0"/>', '"/>')
    assert digest(bare) != digest(plain)
    slow = render._pixels_of_vega(bare)
    assert slow.tobytes() == render._pixels_of_vega(plain).tobytes()
    near, far = (ImageChops.difference(raster.pixels(each, 2), slow).convert("L") for each in (bare, plain))
    assert sum(near.histogram()[64:]) < sum(far.histogram()[64:])


@pytest.mark.parametrize("harm", ["unread", "no-library"])
def test_what_it_cannot_draw_is_drawn_by_vega(monkeypatch, harm):
    if harm == "no-library":
        monkeypatch.setattr("thorvg_python.engine.THORVG_LIB", None)
    else:
        monkeypatch.setattr("thorvg_python.paint.picture.Picture.load_data", lambda *_given, **_named: 1)
    raster._engine.cache_clear()
    try:
        assert raster.pixels(BOX.format("#ff0000"), 2) is None
        job = render._job(charts.trajectory(samples.trajectories()["path"]))
        picture = render._draw(job)
        slow = render._packed(render._pixels_of_vega(letters.outlined(picture.standalone)), picture.standalone)
        assert picture.png == slow
    finally:
        raster._engine.cache_clear()


def test_without_a_size_of_its_own_a_picture_is_not_drawn():
    assert raster.pixels(BOX.replace('width="8" height="6"', 'viewBox="0 0 8 6"'), 2) is None
