"""The one reader of data packages. Gets a folder, gives `Tables` and problems, then `Package` (records)."""

from build_scripts.core.settings import DESCRIPTOR
from build_scripts.load.append import append_rows, preview, write_files
from build_scripts.load.reader import read, read_snapshot
from build_scripts.load.receipts import Receipt
from build_scripts.load.snapshot import Snapshot, take
from build_scripts.load.source_files import backups, source_files
from build_scripts.load.tables import Tables, records
from build_scripts.load.undo import last_append, preview_undo, undo
from build_scripts.load.violations import Place, violation

__all__ = [
    "DESCRIPTOR",
    "Place",
    "Receipt",
    "Snapshot",
    "Tables",
    "append_rows",
    "backups",
    "last_append",
    "preview",
    "preview_undo",
    "read",
    "read_snapshot",
    "records",
    "source_files",
    "take",
    "undo",
    "violation",
    "write_files",
]
