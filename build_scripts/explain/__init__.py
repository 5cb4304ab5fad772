"""Verdicts in words. Gets assessments and packages, gives Chinese sentences; nothing here decides anything."""

from build_scripts.explain.codes import flag_label, flag_meaning, grade_meaning, reason_label, reason_meaning
from build_scripts.explain.sentences import explain, figure_years, periods_of, sentence
from build_scripts.explain.unlock import unlock

__all__ = [
    "explain",
    "figure_years",
    "flag_label",
    "flag_meaning",
    "grade_meaning",
    "periods_of",
    "reason_label",
    "reason_meaning",
    "sentence",
    "unlock",
]
