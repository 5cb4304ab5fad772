"""Whatever the bytes, reading and checking a package ends in problem lines, never in an exception."""

import json
from datetime import date

import pytest
from chance import tries
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from packages import TABLES, write_package

from build_scripts.checks import find_violations
from build_scripts.load import read_snapshot, take

TODAY = date(2026, 11, 21)
FUZZ = settings(max_examples=tries(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz") / "package"
    folder.mkdir()
    return take(write_package(folder))


def told(snapshot):
    """Every problem as printed and as JSON, which must be possible for all of them."""
    tables = read_snapshot(snapshot)
    problems = find_violations(tables, TODAY)
    lines = [str(problem) for problem in problems]
    "\n".join(lines).encode("utf-8")
    json.dumps([problem.message for problem in problems])
    assert not any("\n" in line for line in lines), "one line a problem"
    return problems


@pytest.mark.slow
@FUZZ
@given(path=st.sampled_from(sorted(TABLES)), content=st.binary(max_size=400))
@example(path="targets/targets.csv", content=b"\xff\xfe")
@example(path="targets/targets.csv", content=b'"' * 200_000)
@example(path="targets/targets.csv", content=b"a,b\n" + b"x" * 200_000)
def test_any_bytes_as_a_table(snapshot, path, content):
    assert told(snapshot.with_files({path: content})), "random bytes are no valid table"


@pytest.mark.slow
@FUZZ
@given(
    path=st.sampled_from(sorted(TABLES)),
    where=st.floats(0, 1),
    cut=st.integers(0, 12),
    put=st.binary(max_size=8) | st.sampled_from([b",", b'"', b"\n", b"\r", b"\0", b";", b"\xef\xbb\xbf", b"\xa3\xac"]),
)
def test_any_small_damage_to_a_table(snapshot, path, where, cut, put):
    content = snapshot.files[path]
    at = int(where * len(content))
    told(snapshot.with_files({path: content[:at] + put + content[at + cut :]}))


CELL = st.text(max_size=12) | st.sampled_from(
    [
        "NaN",
        "-Infinity",
        "1e999999999",
        "9" * 5000,
        "0000-00-00",
        "9999-99",
        "2024-01-01/P999M",
        "{}",
        "{0}",
        "%s",
        "\ud7ff",
    ]
)


@pytest.mark.slow
@FUZZ
@given(path=st.sampled_from(sorted(TABLES)), row=st.integers(1, 3), column=st.integers(0, 29), text=CELL)
@example(path="progress/observations.csv", row=1, column=6, text="1e999999999")
@example(path="progress/observations.csv", row=1, column=6, text="9" * 5000)
@example(path="progress/observations.csv", row=2, column=2, text="0000-01-01/P6M")
@example(path="progress/observations.csv", row=2, column=2, text="9999")
@example(path="targets/regions.csv", row=1, column=4, text="9" * 5000)
def test_any_text_in_any_cell(snapshot, path, row, column, text):
    lines = [line.split(",") for line in snapshot.files[path].decode().splitlines()]
    cells = lines[min(row, len(lines) - 1)]
    cells[column % len(cells)] = '"' + text.replace('"', '""') + '"'
    content = "\n".join(",".join(line) for line in lines) + "\n"
    told(snapshot.with_files({path: content.encode("utf-8", "replace")}))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@FUZZ
@given(content=st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode()))
@example(content=b"[" * 100_000)
@example(content=b'{"resources": ' + b"9" * 5000 + b"}")
@example(content=b'{"resources": [{"name": "\\ud800", "path": "\\ud800.csv", "schema": {}}]}')
def test_any_bytes_as_the_descriptor(snapshot, content):
    assert told(snapshot.with_files({"datapackage.json": content}))


def paths(value, here=()):
    """Every place in a JSON value."""
    yield here
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from paths(inner, (*here, key))


@pytest.mark.slow
@FUZZ
@given(
    file=st.sampled_from(
        ["datapackage.json", "schemas/observations.json", "schemas/targets.json", "schemas/units.json"]
    ),
    pick=st.integers(0, 10**6),
    value=JSON,
)
def test_any_value_in_any_place_of_descriptor_or_schema(snapshot, file, pick, value):
    meta = json.loads(snapshot.files[file])
    places = [place for place in paths(meta) if place]
    place = places[pick % len(places)]
    inner = meta
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    told(snapshot.with_files({file: json.dumps(meta).encode()}))
