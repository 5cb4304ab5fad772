"""The `init` verb: a new, small, valid package and site to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from build_scripts.cli.options import ROOT
from build_scripts.core.errors import UsageError
from build_scripts.core.links import leads_out
from build_scripts.starter import Names, write_starter

LONGEST_NAME = 60
_DEFAULT = Names()


PlaceOption = Annotated[str, typer.Option("--place", help="地方的名称，如：某某市")]
PlanOption = Annotated[str, typer.Option("--plan", help="第一份规划的名称")]
OperatorOption = Annotated[str, typer.Option("--operator", help="谁来办这个网站；写在页脚和“关于本站”里")]
AddressOption = Annotated[str, typer.Option("--address", metavar="URL", help="网站将来的网址；没有定就不写")]
MailOption = Annotated[str, typer.Option("--mail", help="读者来信的邮箱；没有就不写")]
IssuesOption = Annotated[str, typer.Option("--issues", metavar="URL", help="读者提意见的网址；没有就不写")]


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="新网站的文件夹，须为空或尚不存在")],
    place: PlaceOption = _DEFAULT.place,
    plan: PlanOption = _DEFAULT.plan,
    operator: OperatorOption = "",
    address: AddressOption = "",
    mail: MailOption = "",
    issues: IssuesOption = "",
) -> None:
    """建立一个可用的新数据包和网站：示例行换成自己的规划即可，不必改程序。"""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} 已经有内容；请换一个空文件夹，以免覆盖")
    names = Names(place.strip(), plan.strip(), operator.strip() or _DEFAULT.operator, address.strip(), mail, issues)
    for option, value in (("--place", names.place), ("--plan", names.plan)):
        if not value or len(value) > LONGEST_NAME:
            raise UsageError(f"{option} 不能空着，也不能超过 {LONGEST_NAME} 个字")
    for option, value, example in (("--address", names.address, "https://"), ("--issues", issues, "https://")):
        if value and not leads_out(value):
            raise UsageError(f"{option} “{value}”不是网址；请写完整，以 {example} 开头，或者不写这一项")
    write_starter(folder, ROOT, names)
    typer.echo(f"已建立：{folder}")
    typer.echo("下一步：")
    typer.echo(f"  1. 把 {folder / 'datapackage'} 里注明“示例”的行换成自己的规划")
    typer.echo(f"  2. 看一看 {folder / 'mkdocs.yml'} 里的网站名称和运营者")
    typer.echo(f"  3. python -m build_scripts check --package {folder / 'datapackage'}")
    typer.echo(f"  4. python -m build_scripts build --package {folder / 'datapackage'}")
