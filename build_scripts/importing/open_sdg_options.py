"""The progress settings of an Open SDG indicator as they can be used: numbers, years, and the rows they name.

Gets what YAML made of them, gives settings that hold; what cannot be used is noted, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from build_scripts.importing.draft import Draft
from build_scripts.importing.open_sdg_data import number_of

_YEAR = re.compile(r"((?:19|20|21)\d\d)(?:\.0+)?(?:-\d\d-\d\d)?")
_SHOWN = 60


def sound_options(draft: Draft, number: str, meta: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The settings of an indicator, each with only what can be used."""
    said = meta.get("progress_calculation_options")
    given = said if isinstance(said, list) else [] if said is None else [said]
    return list(_sound(draft, number, given))


def _sound(draft: Draft, number: str, given: list[object]) -> Iterator[dict[str, Any]]:
    for each in given:
        parts = _parts(each.get("disaggregation")) if isinstance(each, dict) else None
        if not isinstance(each, dict) or parts is None:
            draft.left(number, "option", found=_shown(each))
            continue
        option = {key: value for key, value in each.items() if value is not None} | {"disaggregation": parts}
        if "target" in option and not (value := _number(option["target"])):
            draft.left(number, "option_target", found=_shown(option.pop("target")))
        elif "target" in option:
            option["target"] = value
        for name in ("base_year", "target_year"):
            if name in option and not (year := _year(option[name])):
                draft.left(number, "option_year", found=_shown(option.pop(name)), name=name)
            elif name in option:
                option[name] = year
        yield option


def _parts(said: object) -> list[dict[str, Any]] | None:
    """The rows that a setting names; None where they are named in a way nobody knows."""
    given = said if isinstance(said, list) else [] if said is None else [said]
    parts = [each for each in given if isinstance(each, dict) and "field" in each]
    return parts if len(parts) == len(given) else None


def _number(said: object) -> str:
    """A target as digits; empty where it is no number. A per cent sign is the unit's."""
    if isinstance(said, bool) or not isinstance(said, int | float | str):
        return ""
    found = number_of(str(said).strip().removesuffix("%"))
    return found.removesuffix(".0")


def _year(said: object) -> int:
    """A year; 0 where it is none."""
    if isinstance(said, date):
        return said.year
    found = _YEAR.fullmatch(str(said).strip())
    return int(found[1]) if found else 0


def _shown(said: object) -> str:
    """What stands there, cut to what fits on a line."""
    text = " ".join(str(said).split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
