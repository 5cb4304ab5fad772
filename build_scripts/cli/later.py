"""Verbs that are agreed but not there yet; each says so plainly and fails."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from build_scripts.errors import UsageError


def not_yet(verb: str) -> NoReturn:
    """Say that `verb` is not there yet."""
    raise UsageError(f"“{verb}”尚未提供；进度见 CHANGELOG.md")


def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="新数据包的文件夹")]) -> None:  # noqa: ARG001
    """建立一个可用的新数据包和网站骨架。"""
    not_yet("init")
