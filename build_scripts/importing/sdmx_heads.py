"""The columns of an SDMX-CSV file under their usual ids, whoever wrote it: codes, names, or both side by side.

Gets a frame as read, gives one whose columns are ids in capitals and whose cells are codes or `code: name`.
Source: SDMX-CSV field guide, versions 1.0 and 2.0 (labels); the bulk files of Eurostat and the OECD.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from build_scripts.importing.frames import named

_ID = re.compile(r"[A-Z][A-Z0-9_@$-]*")
# Ids that some offices write for those of the guide.
_OTHER = {"OBS_FLAG": "OBS_STATUS", "UNIT": "UNIT_MEASURE", "TIME": "TIME_PERIOD", "LAST UPDATE": "LAST_UPDATE"}
# Only files with this column have the names in columns of their own, each after that of its codes.
_NAMED_BESIDE = "STRUCTURE_NAME"


def by_id(path: Path, frame: pd.DataFrame, needed: tuple[str, ...]) -> pd.DataFrame:
    """The frame with its columns by id.

    Raises:
        UsageError: a column that is needed is not there, or two would have one id.
    """
    whole = frame.rename(columns=lambda head: str(head).partition(":")[0].strip())
    if _NAMED_BESIDE in whole:
        whole = _with_names(whole)
    ids = [head.upper() for head in whole.columns]
    ids = [_OTHER[each] if each in _OTHER and _OTHER[each] not in ids else each for each in ids]
    return whole.set_axis(named(path, ids, needed), axis=1)


def _with_names(frame: pd.DataFrame) -> pd.DataFrame:
    """Codes with the names that stand in the next column; the columns of names go."""
    heads = list(frame.columns)
    kept: dict[str, pd.Series[str]] = {}
    for place, head in enumerate(heads):
        before = heads[place - 1] if place else ""
        if not _ID.fullmatch(head) and _ID.fullmatch(before):
            kept[before] = _beside(frame[before], frame[head])
        else:
            kept[head] = frame[head]
    return pd.DataFrame(kept, dtype="str")


def _beside(codes: pd.Series[str], names: pd.Series[str]) -> pd.Series[str]:
    told = (names != "") & (names != codes)
    return codes.where(~told, codes + ": " + names)
