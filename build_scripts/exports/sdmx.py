"""The observations in SDMX: what the structure is called, and the data as SDMX-CSV 2.0. Gets an `Edition`, gives bytes.

Every vintage is an observation of its own: the day it was published and its source are dimensions. A window of months
(`2023-01-01/P24M`) is an SDMX time range; its frequency is `_O` (other). Line breaks in notes become spaces.
Sources: SDMX-CSV 2.0.0 field guide; SDMX 3.0 code list CL_FREQ.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from build_scripts.core.periods import parse_period
from build_scripts.core.records import Observation
from build_scripts.exports.edition import Edition
from build_scripts.exports.formats.delimited import text_of
from build_scripts.exports.tables import cell

# Component → (kind, how its values are written). A code list's name stands for the list of its codes.
DIMENSIONS: Mapping[str, str] = {
    "FREQ": "CL_FREQ",
    "INDICATOR": "CL_INDICATOR",
    "REF_AREA": "CL_REF_AREA",
    "BASIS": "CL_BASIS",
    "SOURCE": "CL_SOURCE",
    "PUBLISHED": "GregorianDay",
}
TIME = "TIME_PERIOD"
MEASURE = "OBS_VALUE"
ATTRIBUTES: Mapping[str, str] = {
    "OBS_STATUS": "CL_OBS_STATUS",
    "UNIT_MEASURE": "String",
    "DECIMALS": "Integer",
    "YOY": "Decimal",
    "YOY_REAL": "Boolean",
    "FIGURE_AS_PRINTED": "String",
    "NOTE": "String",
}
FREQUENCIES = ("A", "Q", "M", "_O")


@dataclass(frozen=True, slots=True)
class Identity:
    """The names SDMX knows the structures by: agency, dataflow, version (three numbers, and `-draft` for a draft)."""

    agency: str
    dataflow: str
    version: str

    @property
    def full(self) -> str:
        """The dataflow's name as data refer to it: `AGENCY:ID(1.0.0)`."""
        return f"{self.agency}:{self.dataflow}({self.version})"


def identity(edition: Edition) -> Identity:
    """The names for this edition, from the package's own name and version.

    What has changed since a version was let out is a draft of the next: in SDMX a version names its content for good.
    """
    agency = re.sub(r"[^A-Z0-9]+", "_", edition.name.upper()).strip("_")
    numbers = [str(int(number)) for number in re.findall(r"\d+", edition.number)][:3]
    first, second, third = [*numbers, "0", "0", "0"][:3]
    version = f"{first}.{second}.{int(third) + 1}-draft" if edition.is_later else f"{first}.{second}.{third}"
    return Identity(agency if agency[:1].isalpha() else f"P_{agency}", "OBSERVATIONS", version)


def sdmx_csv(edition: Edition) -> bytes:
    """All observations of the edition as SDMX-CSV 2.0, in the package's order."""
    name = identity(edition).full
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, TIME, MEASURE, *ATTRIBUTES])
    for seen in edition.package.observations:
        writer.writerow(["dataflow", name, "I", *_values(edition, seen)])
    return buffer.getvalue().encode()


@lru_cache(maxsize=4096)
def frequency(period: str) -> str:
    """The frequency a period's form says: year, quarter, month, or other."""
    found = parse_period(period)
    # A year spelt as twelve months is written as a range, which no yearly series has.
    written_so = found is not None and found.key == period and found.frequency in FREQUENCIES
    return found.frequency if found is not None and written_so else "_O"


def _values(edition: Edition, seen: Observation) -> list[str]:
    """An observation's dimensions, period, value and attributes, in the columns' order."""
    indicator = edition.package.indicator_by_id[seen.indicator_id]
    attributes = (seen.obs_status, indicator.unit, indicator.decimals, seen.yoy, seen.yoy_real)
    cells = (
        *(frequency(seen.period), seen.indicator_id, seen.region_id, seen.basis, seen.source_id, seen.pub),
        *(seen.period, seen.value),
        *(*attributes, seen.figure_as_printed, seen.note),
    )
    return [_flat(value) if isinstance(value, str) else text_of(cell(value)) for value in cells]


@lru_cache(maxsize=16384)
def _flat(text: str) -> str:
    """A text as it is written, on one line."""
    said = text_of(cell(text))
    return " ".join(said.split()) if re.search(r"\s", said) else said
