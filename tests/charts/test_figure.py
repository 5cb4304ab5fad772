import csv
import gzip
import io
import json
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
import samples
from material.plugins.search.plugin import Parser
from selectolax.lexbor import LexborHTMLParser

from build_scripts import charts
from build_scripts.charts import theme
from build_scripts.charts.bundle import bundle, made, shipped_file
from build_scripts.charts.figure import source_links
from build_scripts.render import environment

CACHE = Path(__file__).parents[2] / ".cache"
MACRO = '{% import "parts/_chart.md.j2" as chart with context %}{{ chart.draw(figure) }}'


@pytest.fixture(scope="module")
def spec(specs):
    return next(spec for spec in specs if spec.id == "path-trajectory")


@pytest.fixture(scope="module")
def html(spec, drawn):
    figure = charts.chart_figure(spec, drawn[spec.id], {"s": samples.source()})
    return environment().from_string(MACRO).render(figure=figure, address="targets/path/")


def test_figure_is_one_block_that_markdown_leaves_alone(html):
    assert html.strip().startswith("<figure")
    assert html.strip().endswith("</figure>")
    assert "\n\n" not in html.strip()


def test_figure_holds_pictures_table_sources_and_downloads(html, spec):
    figure = LexborHTMLParser(html).css_first("figure#path-trajectory")
    assert figure.css_first("figcaption").text() == spec.title
    assert len(figure.css("svg[role=img]")) == 2
    assert [cell.text() for cell in figure.css("thead th[scope=col]")] == list(spec.table.columns)
    rows = [[cell.text() for cell in row.css("th[scope=row], td")] for row in figure.css("tbody tr")]
    assert rows == [list(row) for row in spec.table.rows]
    assert figure.css_first("caption").text().startswith(spec.title)
    assert [link.attributes["href"] for link in figure.css(".chart-downloads a")] == [
        f"../../assets/charts/path-trajectory.{end}" for end in ("svg", "png", "csv", "vl.json")
    ]
    assert figure.css_first(".chart-source a").attributes["href"] == "../../sources/s/"
    assert figure.attributes["data-chart"] == "../../assets/charts/path-trajectory.vl.json"
    assert "hidden" in figure.css_first("button.chart-open").attributes, "no dead button without JavaScript"
    assert all("data-search-exclude" in node.attributes for node in figure.css(".chart-wide, .chart-narrow, details"))


@pytest.fixture(scope="module")
def heavy():
    """A chart of more rows than a page can carry, with its drawing, figure and page text."""
    spec = charts.status_history("heavy", samples.quarters(), samples.histories(260))
    drawing = charts.render_all([spec], CACHE)[spec.id]
    figure = charts.chart_figure(spec, drawing, {})
    return spec, drawing, figure, environment().from_string(MACRO).render(figure=figure, address="bulletins/")


def test_a_picture_too_heavy_for_a_page_is_shown_from_its_files(heavy):
    spec, drawing, figure, html = heavy
    assert len((drawing.wide + drawing.narrow).encode()) > charts.INLINE_MOST
    shown = LexborHTMLParser(html).css_first("figure#heavy")
    assert not shown.css("svg")
    assert len(html.partition("<details")[0].encode()) < 5_000
    files = {artifact.path: artifact.data.decode() for artifact in charts.picture_files(spec, drawing)[2:]}
    for width, size in (("wide", spec.wide), ("narrow", spec.narrow)):
        picture = shown.css_first(f".chart-{width} img")
        assert picture.attributes["src"] == f"../assets/charts/heavy.{width}.svg"
        assert picture.attributes["alt"] == spec.title
        assert picture.attributes["loading"] == "lazy", "the width that is not shown is not fetched"
        assert [float(picture.attributes[side]) for side in ("width", "height")] == [size.width, round(size.height)]
        whole = files[f"assets/charts/heavy.{width}.svg"]
        root = ElementTree.fromstring(whole)
        assert root.get("font-family") == theme.FONT_STACK
        assert root[1].text == spec.alt
        assert root[2].get("fill") == theme.GROUND, "no dark scheme reaches it, so it brings its ground"
        assert whole.count("<text") == getattr(drawing, width).count("<text")
    assert next(link.address for link in figure.downloads) == "assets/charts/heavy.svg"
    assert len(shown.css("tbody tr")) == 260


def test_a_picture_that_a_page_can_carry_has_no_further_files(spec, drawn, html):
    assert len(charts.picture_files(spec, drawn[spec.id])) == 2
    assert "<img" not in html


def test_the_search_reads_nothing_of_a_chart_but_its_title(html, spec):
    parser = Parser()
    parser.feed(html)
    parser.close()
    assert "".join(parser.data[0].text).split() == spec.title.split()


def test_hostile_names_stay_text(drawn, spec):
    source = samples.source()
    figure = charts.chart_figure(spec, drawn[spec.id], {"s": source})
    bad = type(figure)(**{**{n: getattr(figure, n) for n in figure.__slots__}, "title": "<script>x</script>{{ 7*7 }}"})
    html = environment().from_string(MACRO).render(figure=bad, address="")
    assert "<script>" not in html
    assert "{{ 7*7 }}" in html


def test_artifacts_are_the_files_the_figure_links_to(spec, drawn):
    files = {artifact.path: artifact.data for artifact in charts.artifacts(spec, drawn[spec.id])}
    figure = charts.chart_figure(spec, drawn[spec.id], {"s": samples.source()})
    linked = {link.address for link in figure.downloads} | {figure.spec, figure.narrow_spec}
    assert linked == set(files)
    assert files["assets/charts/path-trajectory.png"].startswith(b"\x89PNG")
    table = files["assets/charts/path-trajectory.csv"]
    assert table.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    assert [tuple(row) for row in rows] == [spec.table.columns, *spec.table.rows]


def test_vega_lite_file_is_whole_and_speaks_chinese(spec, drawn):
    path = "assets/charts/path-trajectory.vl.json"
    whole = json.loads({a.path: a.data for a in charts.artifacts(spec, drawn[spec.id])}[path])
    assert whole["$schema"].startswith("https://vega.github.io/schema/vega-lite/v6")
    assert whole["usermeta"]["embedOptions"]["timeFormatLocale"]["date"] == "%Y年%-m月%-d日"
    assert whole["usermeta"]["embedOptions"]["formatLocale"]["thousands"] == ","
    assert whole["description"] == spec.alt
    assert len(whole["data"]["values"]) == len(spec.wide.rows)
    assert {param["name"] for param in whole["params"]} == set(spec.form.params)


def test_vega_lite_files_hold_the_whole_drawings_whatever_their_words_say(spec):
    told = replace(spec, title='"data":{"name":"rows","values":[]', alt='{"data":{"name":"rows","values":[]}}')
    files = {artifact.path: artifact.data for artifact in charts.data_files(told)}
    for end, bound in (("vl.json", spec.spec), ("narrow.vl.json", spec.narrow_spec)):
        whole = json.loads(files[f"assets/charts/path-trajectory.{end}"])
        assert (whole.pop("description"), whole.pop("usermeta")["title"]) == (told.alt, told.title)
        assert whole == json.loads(json.dumps(bound))


def test_every_interactive_file_stays_small(specs):
    heavy = {spec.id: size for spec in specs if (size := len(json.dumps(spec.spec, ensure_ascii=False))) > 150_000}
    assert set(heavy) <= {"history-many"}


@pytest.mark.slow
def test_the_bundle_that_is_shipped_is_the_renderer_s_own_and_nothing_is_kept_of_it(tmp_path):
    code = made()
    assert shipped_file().is_file(), "python -m build_scripts.charts.bundle"
    assert len(list(shipped_file().parent.glob("vega-bundle-*.js.gz"))) == 1
    assert gzip.decompress(shipped_file().read_bytes()) == code
    assert bundle(tmp_path).endswith(code)
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_the_bundle_of_another_version_is_made_once_and_the_same_every_time(tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules[bundle.__module__], "shipped_file", lambda: tmp_path / "none.js.gz")
    first = bundle(tmp_path)
    assert b"vegaEmbed" in first
    assert 500_000 < len(first) < 1_500_000
    assert bundle(tmp_path / "again") == first
    monkeypatch.setattr("vl_convert.javascript_bundle", lambda *_: pytest.fail("made again"))
    assert bundle(tmp_path) == first


def test_sources_that_read_alike_go_by_their_titles_each_once():
    paper = samples.source()
    other, again = replace(paper, source_id="other", title="别的公报"), replace(paper, source_id="again")
    found = list(source_links([paper, other, again, replace(paper, publisher="另一家")]))
    assert [link.label for link in found][:2] == [f"《{paper.title}》", "《别的公报》"]
    assert found[2].label.startswith("另一家")
    assert [link.address for link in found[:2]] == [f"sources/{paper.source_id}/", "sources/other/"]
    assert len(found) == 3


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd", "-x", "\t=1", "＝1+1"])
def test_no_cell_of_a_chart_s_csv_is_a_formula(spec, text):
    table = replace(spec.table, columns=(text, "2"), rows=((text, "-4.1"), ("甲", text)))
    lines = list(csv.reader(io.StringIO(charts.figure.table_csv(replace(spec, table=table)).decode("utf-8-sig"))))
    assert lines == [[f"'{text}", "2"], [f"'{text}", "-4.1"], ["甲", f"'{text}"]]
