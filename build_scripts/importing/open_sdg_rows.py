"""The rows about one Open SDG indicator besides its figures: the indicator itself, its unit, its sources, translations.

Gets what the folder says, adds to a `Draft`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite

import pandas as pd

from build_scripts.core.links import leads_out
from build_scripts.importing.draft import Draft, short, slug
from build_scripts.importing.figures import decimals
from build_scripts.importing.open_sdg_data import FISCAL, MONTHS, UNITS, Headline, bounds, number_of
from build_scripts.importing.open_sdg_files import SdgFolder
from build_scripts.locale import t

_PERCENT = re.compile(r"percent(age)?s?|pour cent|pourcentage|%|per cent", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_ADDRESS = re.compile(r"https?://\S+")
_UNIT_LENGTH, _HUNDRED, _MOST_SOURCES = 40, 100, 30
_NEARLY = 1e-9
# The classes of Open SDG by the status of the method that means the same.
_CLASSES = {
    "target_achieved": "achieved",
    "substantial_progress": "on_track",
    "moderate_progress": "slightly_behind",
    "limited_progress": "behind",
    "negligible_progress": "behind",
    "deterioration": "reversing",
    "not_available": "not_assessable;no_data;due_no_data",
}
_DOWN, _UP = "down", "up"


@dataclass
class Work:
    """One import: the folder, the draft, the day the figures were public, the month in which fiscal years begin."""

    folder: SdgFolder
    draft: Draft
    pub: str
    fiscal: int
    units: dict[str, str] = field(default_factory=dict)
    range: tuple[Decimal, Decimal] = (Decimal(0), Decimal(0))

    def indicator(
        self, identifier: str, number: str, rows: pd.DataFrame, headline: Headline | None, ending: str = ""
    ) -> tuple[str, str]:
        """Add the row of an indicator; gives its unit and nature."""
        meta = self.folder.meta[number]
        values = [str(value) for value in rows["Value"]]
        unit = ending or self.unit(number, rows)
        nature = _nature(unit, values)
        months = int(rows[MONTHS].max()) if len(rows) else 0
        base = meta.said("indicator_name", "national_indicator_available") or number
        parts = [base, *(headline.apart if headline else ()), *([ending] if ending else [])]
        self.units[identifier] = unit
        self.draft.add(
            "indicators",
            [
                {
                    "indicator_id": identifier,
                    "name": self.named(number, parts),
                    "unit": unit,
                    "decimals": str(decimals(values)),
                    "direction": _direction(headline),
                    "frequency": "A",
                    "definition": text(meta.said("national_indicator_description") or base),
                    "nature": nature,
                    **self._bounds(number, nature),
                    "interval_months": str(months) if months and not bool(rows[FISCAL].any()) else "",
                }
            ],
        )
        self.translate("indicators", identifier, "name", parts)
        return unit, nature

    def _bounds(self, number: str, nature: str) -> dict[str, str]:
        """The bounds of shares whose breakdowns lie outside 0 to 100."""
        low, high = self.range
        if nature != "share" or (low >= 0 and high <= _HUNDRED):
            return {}
        self.draft.assumed(number, "beyond", low=low, high=high)
        return {"min": f"{min(low, Decimal(0)):f}", "max": f"{max(high, Decimal(_HUNDRED)):f}"}

    def named(self, number: str, parts: Sequence[str]) -> str:
        """A name made of parts; a cut one is noted."""
        whole = _joined([text(each) for each in parts])
        if short(whole) != whole:
            self.draft.assumed(number, "name_cut", name=whole)
        return short(whole)

    def unit(self, number: str, rows: pd.DataFrame) -> str:
        """The unit of rows: their own, else the indicator's; one that is too long is asked for."""
        own = str(rows[UNITS].iloc[0]) if UNITS in rows and len(rows) else ""
        said = own or text(self.folder.meta[number].said("computation_units"))
        if _PERCENT.fullmatch(said):
            return "%"
        if len(said) <= _UNIT_LENGTH:
            return said
        short = said[:_UNIT_LENGTH].rpartition(" ")[0] or said[:_UNIT_LENGTH]
        return self.draft.ask("unit", number, short)[:_UNIT_LENGTH]

    def sources(self, number: str) -> str:
        """Add the sources of an indicator; gives the first of them, which its figures cite."""
        meta, found = self.folder.meta[number], list[str]()
        for place in range(1, _MOST_SOURCES):
            title = text(meta.said(f"source_url_text_{place}", f"source_organisation_{place}"))
            if not title or meta.said(f"source_active_{place}").lower() == "false":
                continue
            said = meta.said(f"source_url_{place}")
            address = said if _ADDRESS.fullmatch(said) and leads_out(said) else ""
            found.append(f"{slug(number)}-s{place}")
            self.draft.add(
                "sources",
                [
                    {
                        "source_id": found[-1],
                        "title": short(title),
                        "publisher": text(meta.said(f"source_organisation_{place}")) or t("importing.unnamed"),
                        "url": address,
                        "tier": "1",
                        "note": "" if address else t("importing.package.no_address"),
                        "kind": "live",
                        "accessed": self.pub,
                    }
                ],
            )
        return found[0] if found else self._own_source(number)

    def _own_source(self, number: str) -> str:
        self.draft.assumed(number, "no_source")
        return self._add_own_source()

    def _add_own_source(self) -> str:
        row = {"source_id": "imported-site", "title": self.folder.path.name, "publisher": t("importing.unnamed")}
        more = {"tier": "2", "note": t("importing.package.no_address"), "kind": "live", "accessed": self.pub}
        self.draft.add("sources", [row | more])
        return "imported-site"

    def judge(self, number: str, target: dict[str, str]) -> None:
        """Add the official class of a target, found by its target value and baseline; none where there is none."""
        known = self.folder.classes.get(number)
        parts = [each for each in known.values() if isinstance(each, dict)] if isinstance(known, dict) else []
        wanted = (target["value"], target.get("baseline_value", ""))
        for each in parts:
            code = str(each.get("status") or "")
            same = all(_same(each.get(name), text) for name, text in zip(("target", "base_value"), wanted, strict=True))
            if same and code in _CLASSES:
                row = {"target_id": target["target_id"], "pub": self.pub, "source_id": "imported-site"}
                verdict = self.folder.word(f"status.{code}", self.folder.languages[0]) or code.replace("_", " ")
                compared = {
                    "baseline_period": _year(each.get("base_year")),
                    "baseline_value": _plain(each.get("base_value")),
                    "period": _year(each.get("current_year")),
                    "value": _plain(each.get("current_value")),
                }
                more = {"verdict": verdict, "same_as": _CLASSES[code]} | (
                    compared if each.get("score") is not None else {}
                )
                self.draft.add("official_judgements", [row | more])
                self.draft.mapped(number, "judgement", verdict=verdict)
                self._add_own_source()
                return

    def translate(self, table: str, key: str, column: str, parts: Sequence[str]) -> None:
        """Add a text in the folder's other languages, where every part of it is translated."""
        first, *others = self.folder.languages
        for language in others:
            said = [self.folder.word(part, language) for part in parts]
            if all(said) and said != [self.folder.word(part, first) or part for part in parts]:
                row = {"table": table, "key": key, "field": column, "lang": language}
                self.draft.add("translations", [row | {"text": short(_joined([text(each) for each in said]))}])


def _same(found: object, text: str) -> bool:
    """Whether a number of the official file is the one in a cell, but for what binary arithmetic leaves behind."""
    return isinstance(found, int | float) and bool(text) and abs(float(text) - found) <= _NEARLY * max(1.0, abs(found))


def _year(found: object) -> str:
    return str(int(found)) if isinstance(found, int | float) and isfinite(found) else ""


def _plain(found: object) -> str:
    return number_of(repr(found)).removesuffix(".0") if isinstance(found, int | float) else ""


def text(said: str) -> str:
    """A text without tags, on one line."""
    return " ".join(html.unescape(_TAG.sub(" ", said)).split())


def _joined(parts: Sequence[str]) -> str:
    head, *rest = dict.fromkeys(parts)
    return f"{head}: {'; '.join(rest)}" if rest else head


def _direction(headline: Headline | None) -> str:
    if headline is None:
        return "none"
    return _UP if headline.option.get("direction") == "positive" else _DOWN if headline.option else "none"


def _nature(unit: str, values: Sequence[str]) -> str:
    """What the figures are: shares and rates of change by their range, other numbers by their unit."""
    if not values:
        return "level"
    low, high = bounds(values)
    if unit == "%":
        return "share" if low >= 0 and high <= _HUNDRED else "growth"
    return "index" if "index" in unit.lower() else "level"
