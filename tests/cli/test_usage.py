"""A call that cannot be understood is answered in the site's language, without a word of Typer's."""

import re
import sys

import pytest

from build_scripts.cli.options import ROOT
from build_scripts.cli.run import run


def said(monkeypatch, capsys, *arguments: str) -> tuple[int, list[str]]:
    monkeypatch.setattr(sys, "argv", ["build_scripts", *arguments])
    code = run()
    printed = capsys.readouterr()
    assert not printed.out
    return code, printed.err.splitlines()


@pytest.mark.parametrize(
    ("call", "line"),
    [
        (["forms", "ingest"], "缺少 FILE…（收回的表单，可以一次给多个，也可以是文件夹）"),
        (["forms", "export"], "缺少 DIR（表单写到哪个文件夹）"),
        (["forms", "ingset", "x"], "没有“ingset”这个命令；有：export、ingest"),
        (["froms"], "没有“froms”这个命令；有：check、assess、collect、build、serve、forms"),
        (["forms", "ingest", "--yess", "x"], "没有 --yess 这个选项，是不是 --yes"),
        (["forms", "ingest", "--zzz", "x"], "没有 --zzz 这个选项"),
        (["forms", "ingest", "--yes=3", "x"], "--yes 后面不写内容"),
        (["forms", "status", "--due-days", "十"], "--due-days 应是整数"),
        (["forms", "status", "--due-days", "-1"], "--due-days 不能小于 0"),
        (["forms", "status", "--period"], "--period 后面缺少内容"),
        (["forms", "export", "a", "b"], "多写了“b”"),
        (["build", "--engine", "hugo"], "--engine 只能是：pages、mkdocs、properdocs、zensical"),
        ([], "没有写命令；可用的命令："),
        (["forms"], "没有写命令；可用的命令："),
        (["check", "--package", "没有"], "找不到数据包文件夹 没有；请在项目根目录运行，或用 --package 指明"),
        (["build", "--out", "."], "结果不能写在 {root}：那会混进手写的网页或数据。请用 --out 换一个文件夹"),
        (["build", "--out", "docs"], "结果不能写在 {root}/docs：那会混进手写的网页或数据。请用 --out 换一个文件夹"),
        (
            ["build", "--out", "docs/out"],
            "结果不能写在 {root}/docs/out：那会混进手写的网页或数据。请用 --out 换一个文件夹",
        ),
        (
            ["serve", "--out", "datapackage/out"],
            "结果不能写在 {root}/datapackage/out：那会混进手写的网页或数据。请用 --out",
        ),
        (["check", "--as-of", "昨天"], "--as-of 应写成 2026-06-30 这样的日期，现在是“昨天”"),
    ],
)
def test_what_is_wrong_comes_first_and_then_how_to_call(monkeypatch, capsys, call, line):
    code, lines = said(monkeypatch, capsys, *call)
    assert code == 2
    assert lines[0].startswith(line.replace("{root}", str(ROOT)))
    words = re.findall(r"[A-Za-z]{3,}", " ".join(lines))
    assert not {"Usage", "Error", "Try", "Missing", "Invalid", "Option", "OPTIONS", "COMMAND", "ARGS"} & set(words)


def test_the_verbs_are_listed_with_what_they_do(monkeypatch, capsys):
    _, lines = said(monkeypatch, capsys, "forms")
    assert "  export  导出三张表单：每个牵头单位一个工作簿。" in lines
    assert re.fullmatch(r"用法：.*build_scripts forms \[选项\] 命令 \[参数…\]；详细说明：.*forms --help", lines[-1])


def test_how_a_verb_is_called_names_what_it_takes(monkeypatch, capsys):
    how = said(monkeypatch, capsys, "forms", "export")[1][1]
    assert re.fullmatch(r"用法：.*build_scripts forms export \[选项\] DIR；详细说明：.*forms export --help", how)
