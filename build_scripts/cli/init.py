"""The `init` verb: a new, small, valid package and site to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from build_scripts.cli.options import ROOT
from build_scripts.core.errors import UsageError
from build_scripts.starter import write_starter


def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="新网站的文件夹，须为空或尚不存在")]) -> None:
    """建立一个可用的新数据包和网站：示例行换成自己的规划即可，不必改程序。"""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} 已经有内容；请换一个空文件夹，以免覆盖")
    write_starter(folder, ROOT)
    typer.echo(f"已建立：{folder}")
    typer.echo("下一步：")
    typer.echo(f"  1. 把 {folder / 'datapackage'} 里注明“示例”的行换成自己的规划")
    typer.echo(f"  2. 在 {folder / 'mkdocs.yml'} 里填写网站名称和运营者")
    typer.echo(f"  3. python -m build_scripts check --package {folder / 'datapackage'}")
    typer.echo(f"  4. python -m build_scripts build --package {folder / 'datapackage'}")
