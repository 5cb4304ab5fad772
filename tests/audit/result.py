"""What a part of the audit tried, what was refused, what was lost."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Result:
    """The tally of one part; `lost` are lines that say what went wrong, `skipped` why it was not tried at all."""

    name: str
    tried: int = 0
    refused: int = 0
    lost: list[str] = field(default_factory=list)
    skipped: str = ""

    def lose(self, line: str) -> None:
        """Something harmful came through, or something good got lost."""
        self.lost.append(line)

    def skip(self, reason: str) -> Result:
        """This machine cannot try it."""
        self.tried, self.skipped = 0, reason
        return self
