"""What a publication would change.

Gets the report and the files of a site, gives its `State`; gets two states, gives the `Difference`, and the `Review`
that says it in words. A site carries its state (`publications/state.json`), so the next one can be set against it
whatever became of the package in between. Nothing here reads or writes a file.
"""

from build_scripts.publish.compare import Altered, Difference, compare
from build_scripts.publish.ledger import read_ledger, write_ledger
from build_scripts.publish.markdown import as_markdown
from build_scripts.publish.review import Review, Section, review, summary_line
from build_scripts.publish.state import STATE_PATH, State, digest_of
from build_scripts.publish.stored import StateError, fingerprint, from_json, to_json

__all__ = [
    "STATE_PATH",
    "Altered",
    "Difference",
    "Review",
    "Section",
    "State",
    "StateError",
    "as_markdown",
    "compare",
    "digest_of",
    "fingerprint",
    "from_json",
    "read_ledger",
    "review",
    "summary_line",
    "to_json",
    "write_ledger",
]
