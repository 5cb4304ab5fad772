"""The `check` verb."""

from __future__ import annotations

from build_scripts.cli.later import not_yet


def check() -> None:
    """尚未提供。"""
    not_yet("check")
