"""The records every stage speaks in: one frozen class per table, named field for field like its CSV.

Gets nothing, gives types. Values are `Decimal` exactly as printed in the CSV (never binary floats), days are
`datetime.date`, periods stay in the method's textual forms (`2024`, `2024-Q1`, `2024-03`, `2023-01-01/P24M`).
An empty cell is `None` for numbers, days and references, and `""` for free text.
Source of the field names: the data contract (docs/data-contract.md).
"""

from build_scripts.core.records.happened import (
    Breakdown,
    Bulletin,
    Observation,
    OfficialJudgement,
    Problem,
    ProblemEvent,
    Search,
    Source,
    TaskEvent,
)
from build_scripts.core.records.output import Approval, Artifact, Link, Page
from build_scripts.core.records.package import Package
from build_scripts.core.records.promised import (
    Indicator,
    Plan,
    Project,
    Region,
    RegionMember,
    RelatedIndicator,
    Responsibility,
    Series,
    SeriesDimension,
    Target,
    Task,
    Translation,
    Unanswered,
    Unit,
    Word,
)
from build_scripts.core.records.recorded import Published, Recorded
from build_scripts.core.records.violation import Severity, Violation

__all__ = [
    "Approval",
    "Artifact",
    "Breakdown",
    "Bulletin",
    "Indicator",
    "Link",
    "Observation",
    "OfficialJudgement",
    "Package",
    "Page",
    "Plan",
    "Problem",
    "ProblemEvent",
    "Project",
    "Published",
    "Recorded",
    "Region",
    "RegionMember",
    "RelatedIndicator",
    "Responsibility",
    "Search",
    "Series",
    "SeriesDimension",
    "Severity",
    "Source",
    "Target",
    "Task",
    "TaskEvent",
    "Translation",
    "Unanswered",
    "Unit",
    "Violation",
    "Word",
]
