"""The verbs by name, each brought in only when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from build_scripts.cli.help import explained
from build_scripts.locale import t

# The verb, and whether its module holds a group of verbs (`app`) or one function of the verb's own name.
VERBS = {
    "check": False,
    "assess": False,
    "collect": False,
    "build": False,
    "serve": False,
    "forms": True,
    "bulletin": True,
    "preview": False,
    "publish": False,
    "rollback": False,
    "release": False,
    "verify": False,
    "init": False,
    "import": True,
    "migrate": False,
}
# Where a verb's module cannot have the verb's name, for Python keeps it for itself.
_MODULES = {"import": "importing"}


class LazyVerbs(TyperGroup):
    """Brings in the module of the one verb that is called, so that `check` does not wait for the chart library."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - the signature is Click's
        """Every verb, in the order help shows them."""
        return list(VERBS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002
        """The command of a verb; None where there is no such verb."""
        if cmd_name not in VERBS:
            return None
        module = import_module(f"build_scripts.cli.{_MODULES.get(cmd_name, cmd_name)}")
        if VERBS[cmd_name]:
            group = typer.main.get_command(module.app)
            group.name = cmd_name
            return explained(group)
        single = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        single.command(cmd_name, help=t(f"cli.about.{cmd_name}"))(getattr(module, cmd_name))
        return explained(typer.main.get_command(single))

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Help in the site's language."""
        explained(self).format_help(ctx, formatter)


app = typer.Typer(
    cls=LazyVerbs,
    name="build_scripts",
    help=t("cli.about.build_scripts"),
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _verbs() -> None:
    """The verbs."""
