"""Other systems' data made into a new package. Gets their files, gives `Draft`; pandas reads and melts the tables."""

from build_scripts.importing.draft import Draft
from build_scripts.importing.open_sdg import import_open_sdg
from build_scripts.importing.sdmx_csv import import_sdmx_csv
from build_scripts.importing.table_file import import_table
from build_scripts.importing.written import Beside, read_decisions, write_package

__all__ = ["Beside", "Draft", "import_open_sdg", "import_sdmx_csv", "import_table", "read_decisions", "write_package"]
