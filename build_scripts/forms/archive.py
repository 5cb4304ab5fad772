"""An XLSX file with the same bytes for the same workbook: openpyxl stamps the clock into it, this takes it out again.

Gets a workbook and a day, gives the file's bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime

from openpyxl import Workbook

_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms)")


def workbook_bytes(workbook: Workbook, day: date) -> bytes:
    """The workbook as an XLSX file dated `day` throughout."""
    stamp = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the format knows no zone
    workbook.properties.creator = ""
    raw = io.BytesIO()
    workbook.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == _CORE:
                content = _MODIFIED.sub(rb"\g<1>" + stamp.strftime("%Y-%m-%dT00:00:00Z").encode() + rb"\g<2>", content)
            info = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, content)
    return out.getvalue()
