"""`python -m build_scripts check`: the lines, the JSON, the exit codes that outside users rely on."""

import json
import os
import re

import pytest
import sites
from packages import cell, data, drop_row

OBS = "progress/observations.csv"
LINE = re.compile(r"^[\w./-]+\.(csv|json):\d+: [a-z0-9-]+: .+$")


def check(folder, *args, **env):
    return sites.run("check", "--package", folder, *args, env={**os.environ, **env})


@pytest.mark.slow
def test_a_valid_package_prints_nothing_and_exits_0(make_package):
    run = check(make_package())
    assert (run.returncode, run.stdout) == (0, "")
    assert run.stderr == "没有发现问题：47 行数据，18 张表\n"


def test_errors_one_a_line_exit_1_nothing_but_lines_on_stdout(make_package):
    folder = make_package(
        cell("observations", 3, "value", "１７１．５"), cell("observations", 6, "region_id", "county-bb")
    )
    run = check(folder)
    assert run.returncode == 1
    lines = run.stdout.splitlines()
    assert [line.split(": ")[:2] for line in lines] == [
        [f"{OBS}:3", "cell-fullwidth"],
        [f"{OBS}:6", "foreign-key"],
    ]
    assert all(LINE.match(line) for line in lines)
    assert "2 个错误" in run.stderr
    assert "\x1b[" not in run.stdout + run.stderr


def test_warnings_only_exit_0(make_package):
    run = check(make_package(drop_row("observations", 3)))
    assert run.returncode == 0
    assert run.stdout.startswith(f"{OBS}:3: calendar-gap: ")
    assert "0 个错误，1 个提醒" in run.stderr


@pytest.mark.slow
def test_json_holds_the_same_problems_as_objects(make_package):
    run = check(make_package(cell("observations", 3, "value", "１７１．５")), "--format", "json")
    assert run.returncode == 1
    assert json.loads(run.stdout) == [
        {
            "severity": "error",
            "code": "cell-fullwidth",
            "resource": "observations",
            "file": OBS,
            "row": 3,
            "field": "value",
            "message": "“１７１．５”是全角字符或多了引号",
            "hint": "应写成半角：171.5",
        }
    ]


def test_json_of_a_valid_package_is_an_empty_list(make_package):
    run = check(make_package(), "--format", "json")
    assert (run.returncode, json.loads(run.stdout)) == (0, [])


@pytest.mark.parametrize(
    "args",
    [
        ("--package", "nowhere"),
        ("--as-of", "2024/1/1"),
        ("--as-of", "2024-02-30"),
        ("--format", "xml"),
        ("--nonsense",),
    ],
    ids=lambda args: args[-1],
)
def test_an_unusable_call_exits_2_without_a_traceback(make_package, args):
    run = check(make_package(), *args)
    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.slow
def test_an_old_as_of_refuses_nothing_and_a_later_one_is_today(make_package):
    assert check(make_package(), "--as-of", "2022-01-01").returncode == 0
    future = make_package(cell("observations", 10, "pub", "2199-01-01"))
    assert check(future).returncode == 1


def test_a_folder_that_is_no_package_exits_1(tmp_path):
    run = check(tmp_path)
    assert run.returncode == 1
    assert run.stdout.startswith("datapackage.json:0: descriptor-missing: ")


@pytest.mark.slow
def test_chinese_is_printed_wherever_the_terminal_speaks_something_else(make_package):
    folder = make_package(data(OBS, lambda b: b.decode().encode("gbk")))
    run = check(folder, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert run.stdout.startswith(f"{OBS}:2: encoding: ")
