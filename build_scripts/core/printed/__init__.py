"""What a printed figure says, read by rule: “三成以上”, “22.5 billion yuan”, “下降4.1%”, “翻一番”, “第四位”.

Gets the words as they stand in a source and the unit wanted, gives the numbers they can be read as. Nothing is guessed:
a number of another unit is no reading. Pure functions.
"""

from build_scripts.core.printed.bounds import Bound, bound_of
from build_scripts.core.printed.derive import Sense, derivable, prints_a_number, prints_a_percentage, readings
from build_scripts.core.printed.mentions import Mention, mentions, plain

__all__ = [
    "Bound",
    "Mention",
    "Sense",
    "bound_of",
    "derivable",
    "mentions",
    "plain",
    "prints_a_number",
    "prints_a_percentage",
    "readings",
]
