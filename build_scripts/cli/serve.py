"""The `serve` verb: builds, serves on this machine only, rebuilds on change."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import Annotated

import typer
from rich.console import Console

from build_scripts.build import stage_all
from build_scripts.cli.clock import today
from build_scripts.cli.options import (
    OUT_DEFAULT,
    PACKAGE_DEFAULT,
    AsOfOption,
    Engine,
    EngineOption,
    KnownOption,
    OutOption,
    PackageOption,
    settings,
)
from build_scripts.core.settings import Settings
from build_scripts.site.engine import engine_environment, write_config
from build_scripts.site.serve import HOST, engine_command, watched
from build_scripts.site.serve import serve as serve_forever

PortOption = Annotated[int, typer.Option("--port", min=1, max=65535, help="本机端口")]


def serve(
    package: PackageOption = PACKAGE_DEFAULT,
    as_of: AsOfOption = None,
    out: OutOption = OUT_DEFAULT,
    engine: EngineOption = Engine.PAGES,
    port: PortOption = 8000,
    known: KnownOption = None,
) -> None:
    """在本机预览网站；数据、模板、文字或程序改动后自动重新生成。"""
    chosen = settings(package, as_of, out, engine, known)
    console = Console(soft_wrap=True, highlight=False)
    report, _staged = stage_all(chosen, today())
    dated = replace(chosen, as_of=report.as_of)
    config = write_config(dated, chosen.site_dir)
    console.print(f"预览地址 http://{HOST}:{port}/ ，按 Ctrl+C 结束。")
    environment = engine_environment(dated)
    serve_forever(engine_command(chosen, config, port), environment, watched(chosen), lambda: _restage(chosen, console))


def _restage(chosen: Settings, console: Console) -> None:
    """Restage in a new process, so that changed Python is read too; says what came of it."""
    command = [sys.executable, "-m", "build_scripts", "build", "--stage-only"]
    command += ["--package", str(chosen.package_dir), "--as-of", chosen.as_of.isoformat()]
    command += ["--known", chosen.known.isoformat()] if chosen.known else []
    result = subprocess.run([*command, "--out", str(chosen.out_dir)], cwd=chosen.root, check=False)  # noqa: S603
    if result.returncode:
        console.print("这次改动没有生成新页面，预览保持原样；请按上面的提示修改。")
