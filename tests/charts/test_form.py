import altair as alt
import pytest

from build_scripts import charts
from build_scripts.charts import form as forms
from build_scripts.charts.form import Form, encoded_fields, vegalite
from build_scripts.charts.layers import only
from build_scripts.charts.spec import Drawing, bind
from build_scripts.core.errors import ChartError


@pytest.fixture(autouse=True)
def of_this_test(monkeypatch):
    """Forms made here are not among those that a later build compiles."""
    monkeypatch.setattr(forms, "_FORMS", [*forms._FORMS])


def bars(field="value", **encodings):
    return lambda: alt.layer(only("bar").mark_bar().encode(x=alt.X(f"{field}:Q"), **encodings))


def test_a_form_that_encodes_a_field_it_does_not_have_fails():
    with pytest.raises(ChartError, match="vlaue"):
        vegalite(Form("bars", "part value", (), bars("vlaue")))


@pytest.mark.parametrize(
    "build",
    [
        lambda: alt.layer(only("bar").transform_filter("datum.typo > 1").mark_bar().encode(x="value:Q")),
        lambda: alt.layer(only("bar").mark_text(text=alt.ExprRef("datum['typo']")).encode(x="value:Q")),
        lambda: alt.layer(only("bar").transform_calculate(twice="2 * datum.typo").mark_bar().encode(x="twice:Q")),
    ],
    ids=["filter", "expression", "calculation"],
)
def test_a_misspelt_field_in_an_expression_fails_too(build):
    with pytest.raises(ChartError, match="typo"):
        vegalite(Form("bars", "part value", (), build))


def test_a_calculated_field_needs_no_column():
    form = Form("bars", "part value", (), lambda: alt.layer(
        only("bar").transform_calculate(twice="2 * datum.value").mark_bar().encode(x="twice:Q")
    ))  # fmt: skip
    assert encoded_fields(vegalite(form)) == {"part", "value"}


def test_altair_itself_validates_a_form():
    with pytest.raises(Exception, match="center-ish"):
        vegalite(Form("bars", "part", (), lambda: alt.layer(only("bar").mark_text(align="center-ish"))))


@pytest.mark.parametrize(
    ("rows", "params", "message"),
    [
        (({"part": "bar", "valeu": 1},), {"most": 1}, "valeu"),
        (({"part": "bar", "value": 1},), {}, "most"),
        (({"part": "bar", "value": 1},), {"most": 1, "least": 0}, "least"),
    ],
)
def test_rows_and_parameters_must_fit_the_form(rows, params, message):
    form = Form("bars", "part value", ("most",), bars())
    with pytest.raises(ChartError, match=message):
        bind(form, Drawing(100, 100, rows, params))


def test_a_drawing_is_put_into_its_form():
    form = Form("bars", "part value", ("most",), bars())
    spec = bind(form, Drawing(100, 50, ({"part": "bar", "value": 1},), {"most": 7}))
    assert spec["data"]["values"] == [{"part": "bar", "value": 1}]
    assert spec["params"] == [{"name": "most", "value": 7}]
    assert (spec["width"], spec["height"], spec["padding"]["left"]) == (84, 34, 8)
    assert vegalite(form)["data"]["values"] == [{"part": ""}], "the form itself must stay empty"


def test_a_form_is_built_once(monkeypatch):
    calls = []

    def build():
        calls.append(1)
        return bars()()

    form = Form("once", "part value", (), build)
    for _ in range(3):
        vegalite(form)
    assert calls == [1]


def test_every_kind_uses_all_the_fields_it_declares(specs):
    """A column that nothing reads is a leftover."""
    kinds = {spec.kind: spec.form for spec in specs}
    assert set(kinds) == {chart.__name__ for chart in charts.CHARTS}
    for kind, form in kinds.items():
        assert form.columns == forms.encoded_fields(vegalite(form)), kind
