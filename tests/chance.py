"""How many random cases a test tries: some each time, many in `make audit`, which sets `THOROUGH`."""

import os

THOROUGH = 8


def tries(usual: int) -> int:
    """`usual` cases, or eight times as many where every test is to be thorough."""
    return usual * THOROUGH if os.environ.get("THOROUGH") else usual
