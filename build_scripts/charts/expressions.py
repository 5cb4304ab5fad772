"""Vega's expressions, as far as our forms use them. Gets their text, gives functions of a row and the signals."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from build_scripts.charts.outlines import Unlike

Row = Mapping[str, Any]
Signals = Mapping[str, Any]
Reckon = Callable[[Row, Signals], Any]

_TOKEN = re.compile(r"\s*(datum\.\w+|[A-Za-z_]\w*|\d+(?:\.\d+)?|[-+*/()])")
_PART = re.compile(r"datum\.part === '([^']*)'")
_VALID = re.compile(r'isValid\(datum\["(\w+)"\]\) && isFinite\(\+datum\["\1"\]\)')
_DATUM = re.compile(r"datum\.(\w+)")
_NUMBERS = frozenset({int, float})
_SUMS, _PRODUCTS = frozenset("+-"), frozenset("*/")


def part_of(text: str) -> str | None:
    """The part of the picture that a filter lets through; None for another filter."""
    found = _PART.fullmatch(text)
    return found[1] if found else None


def valid_fields(text: str) -> tuple[str, ...]:
    """The fields that a filter wants to be numbers.

    Raises:
        Unlike: it wants something else.
    """
    fields = tuple(_VALID.findall(text))
    if not fields or " && ".join(f'isValid(datum["{name}"]) && isFinite(+datum["{name}"])' for name in fields) != text:
        raise Unlike(text)
    return fields


def field_of(text: str) -> str:
    """The field that a signal reads.

    Raises:
        Unlike: it does more than that.
    """
    found = _DATUM.fullmatch(text)
    if not found:
        raise Unlike(text)
    return found[1]


def is_number(value: object) -> bool:
    """Whether a value is a number as JavaScript knows them."""
    return type(value) in _NUMBERS and value - value == 0  # type: ignore[operator]


def number(value: object) -> float:
    """A value that has to be a number.

    Raises:
        Unlike: it is none.
    """
    if type(value) in _NUMBERS and value - value == 0:  # type: ignore[operator]
        return value  # type: ignore[return-value]
    raise Unlike(value)


def arithmetic(text: str) -> Reckon:
    """A sum of products of fields, signals and numbers.

    Raises:
        Unlike: anything else.
    """
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text.replace(" ", ""):
        raise Unlike(text)
    tokens.reverse()
    whole = _sum(tokens)
    if tokens:
        raise Unlike(text)
    # Once put together of names and numbers alone, it is one function: a call for each sign would take twice the time.
    reckon: Reckon = eval(f"lambda row, signals: {whole}", {"number": number})  # noqa: S307
    return reckon


def _sum(tokens: list[str]) -> str:
    return _chain(tokens, _SUMS, lambda: _chain(tokens, _PRODUCTS, lambda: _atom(tokens)))


def _chain(tokens: list[str], signs: frozenset[str], below: Callable[[], str]) -> str:
    left = below()
    while tokens and tokens[-1] in signs:
        left = f"({left} {tokens.pop()} {below()})"
    return left


def _atom(tokens: list[str]) -> str:
    found = tokens.pop() if tokens else ""
    if found == "(":
        inner = _sum(tokens)
        if not tokens or tokens.pop() != ")":
            raise Unlike(found)
        return inner
    if found.startswith("datum."):
        return f"number(row.get({found[6:]!r}))"
    if found[:1].isdigit():
        return repr(float(found))
    if not found.isidentifier():
        raise Unlike(found)
    return f"number(signals[{found!r}])"
