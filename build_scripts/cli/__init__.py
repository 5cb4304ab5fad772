"""The command line: one file a verb; this one joins them. The only part that prints."""

from __future__ import annotations

import typer

from build_scripts.cli import assess, build, check, forms, later, serve

app = typer.Typer(
    name="build_scripts",
    help="规划进展公开：检查数据包，评估目标，生成公开网站。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("check")(check.check)
app.command("assess")(assess.assess)
app.command("build")(build.build)
app.command("serve")(serve.serve)
app.command("init")(later.init)
app.add_typer(forms.app, name="forms", help="三张表单：导出给责任单位，收回填报结果。")
