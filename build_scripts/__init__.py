"""规划进展公开: builds a public record of what plans promised and what was published since."""

__version__ = "0.1.0"

from build_scripts.core.late import late

late("altair")  # two tenths of a second, for a form of chart that is not kept
