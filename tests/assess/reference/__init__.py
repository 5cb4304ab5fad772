"""A second, literal implementation of the assessment method, to hold the engine against. It shares no code with it.

A row of test vectors in, its expected columns out. Written from the method's text alone and kept in its words, with
exact fractions: where the two differ, the text decides which of them is wrong.
"""

from .groups import verdict_of

__all__ = ["verdict_of"]
