"""Fixtures are in `bulletin_samples`, where tests can import its helpers too."""

from bulletin_samples import copied, real, told

__all__ = ["copied", "real", "told"]
