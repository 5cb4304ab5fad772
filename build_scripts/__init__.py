"""规划进展公开: builds a public record of what plans promised and what was published since."""

__version__ = "0.1.0"
