"""What Typer says of a call it cannot understand, in the site's language.

Gets Typer's own failure, gives lines: what is wrong, then how the verb is called. Typer's English is read, never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from typer.exceptions import TyperException

from build_scripts.locale import listed, stop, t

# What Typer says, and the line that says it; names in the patterns fill the line.
_SAYINGS = (
    (re.compile(r"No such command '(?P<found>[^']*)'\..*"), "command"),
    (re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((?P<found>.*)\)"), "extra"),
    (re.compile(r"Option '(?P<option>.*)' requires (?:an|\d+) arguments?\."), "lacking"),
    (re.compile(r"Option '(?P<option>.*)' does not take a value\."), "no_value"),
)
# What it says of a value.
_VALUES = (
    (re.compile(r"valid integer|int_"), "whole"),
    (re.compile(r"greater than or equal to (?P<least>\S+)"), "least"),
    (re.compile(r"less than or equal to (?P<most>\S+)"), "most"),
    (re.compile(r"is not one of (?P<choices>.*)\."), "choices"),
    (re.compile(r"does not exist"), "missing"),
)


def usage_lines(failure: TyperException) -> Iterator[str]:
    """The lines for a call that Typer refused."""
    context = getattr(failure, "ctx", None)
    if context is not None and failure.message == "Missing command.":
        yield t("usage.verbs")
        yield from _verbs(context)
    else:
        yield _what(failure)
    if context is not None:
        yield t("usage.how", how=how_called(context), help=f"{context.command_path} --help")


def how_called(context: Any) -> str:  # noqa: ANN401 - Typer keeps its classes to itself
    """How a verb is called: its name, then what may follow."""
    pieces = context.command.collect_usage_pieces(context)
    return " ".join([context.command_path, *map(_piece, pieces)])


def _what(failure: Any) -> str:  # noqa: ANN401 - Typer keeps the classes of its failures to itself
    if (option := getattr(failure, "option_name", "")) and hasattr(failure, "possibilities"):
        meant = listed(failure.possibilities or ())
        return t("usage.option_like" if meant else "usage.option", option=option, meant=meant)
    parameter: Any = getattr(failure, "param", None)
    name = parameter.get_error_hint().strip("'") if parameter is not None else ""
    if type(failure).__name__ == "MissingParameter":
        return t("usage.parameter", name=name, help=parameter.help)
    message = failure.message
    if parameter is not None:
        return _value(name, message)
    for pattern, key in _SAYINGS:
        if found := pattern.fullmatch(message):
            return t(f"usage.{key}", **found.groupdict(), known=_known(failure))
    return t("usage.other")


def _value(name: str, message: str) -> str:
    for pattern, key in _VALUES:
        if found := pattern.search(message):
            facts = {
                word: text.replace("'", "").replace(", ", t("format.joined.words"))
                for word, text in found.groupdict().items()
            }
            return t(f"usage.value.{key}", name=name, **facts)
    return t("usage.value.other", name=name)


def _known(failure: Any) -> str:  # noqa: ANN401
    """The verbs there are."""
    context = getattr(failure, "ctx", None)
    names = getattr(context.command, "list_commands", None) if context is not None else None
    return listed(names(context)) if names else ""


def _verbs(context: Any) -> Iterator[str]:  # noqa: ANN401
    names = context.command.list_commands(context)
    width = max(map(len, names))
    for name in names:
        command = context.command.get_command(context, name)
        yield f"  {name:<{width}}  {command.help.partition(stop())[0]}{stop()}"


def _piece(piece: str) -> str:
    words = {"[OPTIONS]": t("usage.options"), "COMMAND [ARGS]...": t("usage.verb")}
    return words.get(piece, piece.replace("{", "").replace("}", "").replace("...", "").replace("……", "…"))
