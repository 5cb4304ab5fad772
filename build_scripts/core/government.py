"""What a government's own settings are, as its package says them in `disclosure`; defaults where it is silent.

Gets the descriptor as read, gives `Government` and what is wrong with the settings. A package that says nothing is a
Chinese one, as every package of contract 1.x was.
Source: data contract 2.0, `disclosure` in `datapackage.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

MEMBER = "disclosure"
DEFAULT_LANGUAGE, DEFAULT_ZONE = "zh", "Asia/Shanghai"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_CURRENCY = re.compile(r"[A-Z]{3}")
REQUEST, REQUEST_TEXTS = "information_request", ("law", "wording", "how")
SETTINGS = ("languages", "timezone", "fiscal_year_start", "information_request", "units_scale", "currency")
_MONTHS = 12
# By their zones; a package that names no currency is most often of one of these.
_COUNTRIES = {
    "Asia/Shanghai": "CN", "Asia/Urumqi": "CN", "America/Toronto": "CA", "America/Vancouver": "CA",
    "America/Edmonton": "CA", "America/Winnipeg": "CA", "America/Halifax": "CA", "America/Regina": "CA",
    "America/New_York": "US", "America/Chicago": "US", "America/Denver": "US", "America/Los_Angeles": "US",
}  # fmt: skip
_SCALE = ("万", "亿")


@dataclass(frozen=True, slots=True)
class InformationRequest:
    """How the public asks this government for information: the law, the letter's words, how to hand it in.

    An empty text is the one in the interface's own words. `wording` is a letter with `{body}` for whom it is to,
    `{items}` for what is asked, `{law}` for the law.
    """

    law: str = ""
    wording: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Government:
    """A government's settings. `languages`: the package's own first. `information_request`: None where there is none.

    `units_scale` holds the words for large numbers (万, 亿), smallest first; empty where numbers are written out.
    """

    languages: tuple[str, ...] = (DEFAULT_LANGUAGE,)
    timezone: str = DEFAULT_ZONE
    fiscal_year_start: int = 1
    information_request: InformationRequest | None = InformationRequest()
    units_scale: tuple[str, ...] = _SCALE
    currency: str = ""

    @property
    def language(self) -> str:
        """The language its data texts are in."""
        return self.languages[0]

    @property
    def country(self) -> str:
        """The country's two letters, where currency, zone or language tell it; else empty."""
        if self.currency:
            return self.currency[:2]
        region = self.language.rpartition("-")[2] if "-" in self.language else ""
        if len(region) == 2 and region.isalpha():
            return region.upper()
        zone = next((country for start, country in _COUNTRIES.items() if self.timezone.startswith(start)), "")
        return "" if zone == "CN" and self.language.split("-")[0] != DEFAULT_LANGUAGE else zone


@dataclass(frozen=True, slots=True)
class Fault:
    """A setting that cannot be used: where it is, what is wrong (a key of sentences), what was found."""

    field: str
    what: str
    found: str


def government(meta: Mapping[str, Any]) -> Government:
    """The settings of a package that `faults` finds nothing wrong with; what is faulty is as if not said."""
    said = _said(meta)
    bad = {fault.field.split(".")[1].split("[")[0] for fault in faults(meta) if "." in fault.field}
    usable = {name: value for name, value in said.items() if name not in bad}
    languages = tuple(usable.get("languages") or (DEFAULT_LANGUAGE,))
    chinese = languages[0].split("-")[0] == DEFAULT_LANGUAGE
    return Government(
        languages=languages,
        timezone=usable.get("timezone", DEFAULT_ZONE),
        fiscal_year_start=usable.get("fiscal_year_start", 1),
        information_request=_request(usable.get("information_request", {} if chinese else None)),
        units_scale=tuple(usable.get("units_scale", _SCALE if chinese else ()) or ()),
        currency=usable.get("currency") or "",
    )


def faults(meta: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Everything wrong with the settings."""
    given = meta.get(MEMBER)
    if given is None:
        return ()
    if not isinstance(given, dict):
        return (Fault(MEMBER, "object", _shown(given)),)
    return tuple(_faults(given))


def _faults(given: Mapping[str, Any]) -> Iterator[Fault]:
    for name, value in given.items():
        where = f"{MEMBER}.{name}"
        if name not in SETTINGS:
            yield Fault(where, "unknown", name)
        elif name == "languages":
            yield from _languages(where, value)
        elif name == "timezone" and not _is_zone(value):
            yield Fault(where, "timezone", _shown(value))
        elif name == "fiscal_year_start" and not _is_month(value):
            yield Fault(where, "month", _shown(value))
        elif name == "information_request":
            yield from _request_faults(where, value)
        elif name == "units_scale" and value is not None and not _are_texts(value):
            yield Fault(where, "texts", _shown(value))
        elif name == "currency" and value is not None and not _matches(_CURRENCY, value):
            yield Fault(where, "currency", _shown(value))


def _languages(where: str, value: object) -> Iterator[Fault]:
    if not isinstance(value, list) or not value:
        yield Fault(where, "languages", _shown(value))
        return
    for number, each in enumerate(value):
        if not _matches(_LANGUAGE, each):
            yield Fault(f"{where}[{number}]", "language", _shown(each))
        elif each in value[:number]:
            yield Fault(f"{where}[{number}]", "language_twice", _shown(each))


def _request_faults(where: str, value: object) -> Iterator[Fault]:
    if value is None:
        return
    if not isinstance(value, dict):
        yield Fault(where, "request", _shown(value))
        return
    for name, text in value.items():
        if name not in REQUEST_TEXTS:
            yield Fault(f"{where}.{name}", "request_unknown", name)
        elif not isinstance(text, str):
            yield Fault(f"{where}.{name}", "text", _shown(text))
    wording = value.get("wording")
    if isinstance(wording, str) and wording and not says_what(wording):
        yield Fault(f"{where}.wording", "items", _shown(wording))


def says_what(wording: str) -> bool:
    """Whether a letter has a place for what is asked."""
    return "{items}" in wording


def _request(value: Mapping[str, str] | None) -> InformationRequest | None:
    return None if value is None else InformationRequest(**{name: value.get(name, "") for name in REQUEST_TEXTS})


def _said(meta: Mapping[str, Any]) -> Mapping[str, Any]:
    given = meta.get(MEMBER)
    return given if isinstance(given, dict) else {}


def _is_zone(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(value) and bool(ZoneInfo(value))
    except (OSError, ValueError, KeyError):  # which of them depends on how a zone is misspelt
        return False


def _is_month(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MONTHS


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each for each in value)


def _matches(form: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and form.fullmatch(value) is not None


def _shown(value: object) -> str:
    return value if isinstance(value, str) else repr(value)[:60]
