"""Chart forms: an Altair chart built and validated once, whose data rows and parameters are filled in per page.

Gets a function that builds an Altair chart over the data set `rows`, gives its Vega-Lite and Vega specifications.
Altair draws an empty chart when a field does not exist, so the fields a form encodes are checked against its columns.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from build_scripts.charts import theme
from build_scripts.charts.alt import alt
from build_scripts.charts.vega import engine
from build_scripts.core.crew import Crew, Shared
from build_scripts.core.errors import ChartError
from build_scripts.core.kept import kept, key_of, look
from build_scripts.core.language import Later
from build_scripts.locale import later, listed
from build_scripts.locale.catalogue import whole

_KIND = "forms"
_DATUM = re.compile(r"datum(?:\.(\w+)|\[['\"](\w+)['\"]\])")
# Axis label expressions read the tick (`datum.value`, `datum.label`), not a row.
_TICK_KEYS = frozenset({"labelExpr"})


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of chart without data.

    `fields` names what a row may have, apart by spaces; `params` are those every drawing must give.
    """

    name: str
    fields: str
    params: tuple[str, ...]
    build: Callable[[], alt.TopLevelMixin]

    def __post_init__(self) -> None:
        """Every form there is can be compiled before anybody asks for it."""
        _FORMS.append(self)

    @property
    def columns(self) -> frozenset[str]:
        """The fields a row may have."""
        return frozenset(self.fields.split())

    def check_rows(self, rows: Iterable[Mapping[str, Any]], params: Mapping[str, Any]) -> None:
        """See that rows and parameters fit.

        Raises:
            ChartError: a row has a column the form does not know, or a parameter is missing or unknown.
        """
        unknown = {key for row in rows for key in row} - self.columns
        if unknown:
            raise ChartError(later("errors.chart.columns", name=self.name, found=Later(listed, sorted(unknown))))
        if set(params) != set(self.params):
            raise ChartError(
                later("errors.chart.parameters", name=self.name, wanted=sorted(self.params), found=sorted(params))
            )


@dataclass(frozen=True, slots=True)
class Compiled:
    """A form as specifications: Vega-Lite and Vega."""

    vegalite: Mapping[str, Any]
    vega: Mapping[str, Any]


_FORMS: list[Form] = []
_COMPILED: dict[Form, Compiled] = {}
# Forms that another process is compiling, which is waited for before any is asked for.
_BEGUN: list[Shared[Path, int]] = []


def compiled(form: Form) -> Compiled:
    """The form's specifications, validated by Altair and by its own columns; data and sizes are placeholders.

    Raises:
        ChartError: the form encodes a field that is not one of its columns.
    """
    if form not in _COMPILED:
        simple = _vegalite(form)
        _COMPILED[form] = Compiled(simple, engine().vegalite_to_vega(dict(simple)))
    return _COMPILED[form]


def vegalite(form: Form) -> Mapping[str, Any]:
    """The form as Vega-Lite.

    Raises:
        ChartError: as `compiled`.
    """
    return compiled(form).vegalite


def recall(forms: Iterable[Form], folder: Path) -> None:
    """Take the specifications of forms from `folder` where an earlier run kept them, else make and keep them.

    Altair and Vega-Lite take half a second a form, and a form changes only with this package's code or theirs.
    """
    while _BEGUN:
        _BEGUN.pop().results()
    for form in forms:
        if form not in _COMPILED:
            read = json.loads(kept(folder, _KIND, _key(form), partial(_parts, form)))
            _COMPILED[form] = Compiled(read["vegalite"], read["vega"])


def begin_forms(folder: Path, crew: Crew) -> None:
    """Have another process compile every form, if they are not kept: that asks for no data.

    Where there is no other, each is compiled when it is asked for.
    """
    if crew.helpers and not all(form in _COMPILED or look(folder, _KIND, _key(form)) for form in _FORMS):
        _BEGUN.append(crew.share(_recalled, [folder], 1))


def _recalled(folders: list[Path]) -> list[int]:
    for folder in folders:
        recall(_FORMS, folder)
    return [len(_FORMS) for _ in folders]


def _key(form: Form) -> str:
    return key_of(_maker(), form.name, form.fields, *form.params)


def _parts(form: Form) -> bytes:
    made = compiled(form)
    return json.dumps({"vegalite": made.vegalite, "vega": made.vega}).encode()


@cache
def _maker() -> str:
    """What decides a form's specifications: the libraries, the words, this package's code."""
    code = [path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))]
    return key_of(version("altair"), version("vl-convert-python"), whole(), *code)


def _vegalite(form: Form) -> Mapping[str, Any]:
    chart = form.build()
    spec: dict[str, Any] = chart.to_dict(validate=True)
    unknown = encoded_fields(spec) - form.columns
    if unknown:
        raise ChartError(later("errors.chart.fields", name=form.name, found=Later(listed, sorted(unknown))))
    spec["config"] = theme.config()
    spec["autosize"] = {"type": "none"}
    spec["data"] = {"name": "rows", "values": [{"part": ""}]}
    spec["params"] = [{"name": name, "value": 0} for name in form.params]
    spec.pop("datasets", None)
    return spec


def encoded_fields(spec: Mapping[str, Any]) -> set[str]:
    """Every field that encodings, filters and expressions of a Vega-Lite specification read, less those it computes."""
    computed = {str(name) for name in _values(spec, "as")}
    fields = {str(name) for name in _values(spec, "field") if isinstance(name, str)}
    for text in _texts(spec):
        fields |= {first or second for first, second in _DATUM.findall(text)}
    return fields - computed


def _values(node: object, key: str) -> Iterator[object]:
    """Every value filed under `key`, at any depth; lists are taken apart."""
    if isinstance(node, Mapping):
        for name, value in node.items():
            if name == key:
                yield from value if isinstance(value, list) else [value]
            yield from _values(value, key)
    elif isinstance(node, list):
        for item in node:
            yield from _values(item, key)


def _texts(node: object) -> Iterator[str]:
    """Every string of a specification but the expressions that read ticks."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for name, value in node.items():
            if name not in _TICK_KEYS:
                yield from _texts(value)
    elif isinstance(node, list):
        for item in node:
            yield from _texts(item)
