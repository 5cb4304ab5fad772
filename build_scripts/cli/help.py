"""`--help` in the site's language, headings and all: how a verb is called, what it does, its arguments and options.

Gets a Typer command and changes it, so that it explains itself in the catalogue's words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any
from unicodedata import east_asian_width

from build_scripts.cli.usage import how_called
from build_scripts.locale import in_brackets, t

# Wider names get their explanation on a line of their own.
_WIDEST = 28
Row = tuple[str, str]


def explained(command: Any) -> Any:  # noqa: ANN401 - Typer keeps the classes of its commands to itself
    """The command with help in the site's language, and so all commands in it."""
    command.format_help = lambda context, formatter: formatter.write("\n".join(_help(command, context)))
    for each in getattr(command, "commands", {}).values():
        explained(each)
    return command


def _help(command: Any, context: Any) -> Iterator[str]:  # noqa: ANN401
    yield t("usage.help.how", how=how_called(context))
    if command.help:
        yield from ("", command.help)
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    options = [each for each in command.params if each.param_type_name == "option" and not each.hidden]
    yield from _part("arguments", [(_metavar(each), _about(each)) for each in arguments])
    yield from _part("options", [*((_names(each), _about(each)) for each in options), ("--help", t("usage.help.help"))])
    if names := getattr(command, "list_commands", None):
        found = ((name, command.get_command(context, name)) for name in names(context))
        yield from _part("verbs", [(name, each.help or "") for name, each in found])


def _part(title: str, rows: Sequence[Row]) -> Iterator[str]:
    if not rows:
        return
    yield from ("", t(f"usage.help.{title}"))
    width = min(max(_width(name) for name, _ in rows), _WIDEST)
    for name, about in rows:
        if _width(name) > width:
            yield f"  {name}"
            name = ""  # noqa: PLW2901 - its explanation stands under it
        yield f"  {name}{' ' * (width - _width(name))}  {about}"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _names(option: Any) -> str:  # noqa: ANN401
    names = ", ".join([*option.opts, *option.secondary_opts])
    return names if option.is_flag else f"{names} {_metavar(option)}"


def _metavar(parameter: Any) -> str:  # noqa: ANN401
    """What stands for the value: as the verb names it, the words to choose from, else that it is a number or text."""
    kind = parameter.type_descriptor.annotation
    if parameter.metavar:
        return str(parameter.metavar)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "|".join(str(each.value) for each in kind)
    return t("usage.help.number" if kind is int else "usage.help.text")


def _about(parameter: Any) -> str:  # noqa: ANN401
    """What a parameter is, whether it must be given, and what is taken where it is not."""
    about = str(parameter.help or "")
    default = parameter.default
    if parameter.required:
        return about + in_brackets(t("usage.help.required"))
    if default is None or default == "" or isinstance(default, bool) or callable(default):
        return about
    value = default.value if isinstance(default, Enum) else default
    return about + in_brackets(t("usage.help.default", value=value))
