"""The `build` verb."""

from __future__ import annotations

from build_scripts.cli.later import not_yet


def build() -> None:
    """尚未提供。"""
    not_yet("build")
