"""Exact arithmetic: sums and comparisons in wide decimals, shares as fractions, logarithms to 40 digits.

Gets recorded figures (`Decimal`), gives exact shares (`Fraction`) and, once and at the end, rounded decimals.
Binary floats never take part: they misplace ties such as 14.25 (§5).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from build_scripts.core.method import BEHIND_RATIO, ON_TRACK_RATIO, Status

# Wide enough that adding, subtracting and multiplying recorded figures never rounds; nothing is trapped, so that
# no figure of the right type can raise.
EXACT = Context(prec=400, rounding=ROUND_HALF_EVEN, Emin=-99999, Emax=99999, traps=[])
_FINE = Context(prec=40, rounding=ROUND_HALF_EVEN, Emin=-99999, Emax=99999, traps=[])
# A root or a quotient of logarithms that is a short decimal (3/16, 1.1) must come out as just that, or ties go astray.
_SNAP = Decimal("1E-30")
_EXPONENT_AT_MOST = 60
_NEXT_TO_NOTHING = 10**25
_DECIMALS_RECORDED = 15

ZERO = Decimal(0)
HUNDRED = Decimal(100)
MINUS_HUNDRED = Decimal(-100)
_JUST_UNDER = Decimal("99.9")


def is_figure(value: Decimal | None) -> bool:
    """Whether a recorded value can be computed with: there, finite, of a size that statistics have."""
    if value is None or not value.is_finite():
        return False
    return -_EXPONENT_AT_MOST <= value.adjusted() <= _EXPONENT_AT_MOST or not value


def add(a: Decimal, b: Decimal) -> Decimal:
    """`a + b`, exact."""
    return EXACT.add(a, b)


def minus(a: Decimal, b: Decimal) -> Decimal:
    """`a − b`, exact."""
    return EXACT.subtract(a, b)


def times(a: Decimal, b: Decimal) -> Decimal:
    """`a · b`, exact."""
    return EXACT.multiply(a, b)


def share(part: Decimal, whole: Decimal) -> Fraction:
    """`part / whole`, exact; `whole` must not be 0."""
    part_over, part_under = part.as_integer_ratio()
    whole_over, whole_under = whole.as_integer_ratio()
    return Fraction(part_over * whole_under, part_under * whole_over)


def divided(value: Decimal, by: Decimal) -> Decimal:
    """`value / by` to 40 digits; `by` must not be 0."""
    return _FINE.divide(value, by)


def over(value: Decimal, count: int) -> Decimal:
    """`value / count` to 40 digits."""
    return _FINE.divide(value, Decimal(count))


def is_whole(value: Decimal) -> bool:
    """Whether a figure is a whole number."""
    return value == value.to_integral_value()


def ln_quotient(a: Decimal, b: Decimal) -> Decimal:
    """ln(a / b) to 40 digits, for a, b > 0."""
    return _FINE.ln(_FINE.divide(a, b))


def snapped(value: Decimal) -> Fraction:
    """An irrational result to 30 decimals, as a fraction to go on with."""
    return Fraction(EXACT.quantize(value, _SNAP))


def log_share(value: Decimal, base: Decimal, target: Decimal) -> Fraction:
    """ln(value/base) / ln(target/base), all three > 0 and target ≠ base."""
    return snapped(_FINE.divide(ln_quotient(value, base), ln_quotient(target, base)))


def yearly_growth_pct(start: Decimal, end: Decimal, years: int) -> Fraction:
    """The constant yearly growth from `start` to `end` (both > 0) in %."""
    return growth_of_pct(_FINE.divide(end, start), years)


def growth_of_pct(factor: Decimal, years: int) -> Fraction:
    """The constant yearly growth in % whose compound over `years` is `factor` ≥ 0."""
    if years == 1 or not factor:
        return 100 * (Fraction(factor) - 1)
    return growth_at_pct(over(_FINE.ln(factor), years))


def growth_at_pct(yearly_ln: Decimal) -> Fraction:
    """The yearly growth in % that a pace in ln units a year is."""
    return 100 * (snapped(_FINE.exp(yearly_ln)) - 1)


def product_of_shares(percents: Sequence[Decimal]) -> Decimal:
    """The product of some percentages as shares: 110 and 120 give 1.32."""
    product = Decimal(1)
    for each in percents:
        product = EXACT.multiply(product, EXACT.scaleb(each, -2))
    return product


def rounded(value: Fraction, places: int) -> Decimal:
    """Rounded once, ties away from zero; a rounded zero has no sign."""
    return _rounded(value.numerator, value.denominator, places)


def _rounded(numerator: int, denominator: int, places: int) -> Decimal:
    """`numerator / denominator` rounded; on whole numbers, as a build rounds some hundred thousand figures."""
    units, rest = divmod(abs(numerator) * 10**places, denominator)
    # A quotient that was kept to 40 digits misses a tie by next to nothing: it is still a tie.
    units += (denominator - 2 * rest) * _NEXT_TO_NOTHING < denominator
    return EXACT.scaleb(Decimal(-units if numerator < 0 else units), -places)


def percent(value: Fraction, *, met: bool = True) -> Decimal:
    """A share as % with 1 decimal; one that is not met is never rounded up to 100.0 (§5)."""
    shown = _rounded(100 * value.numerator, value.denominator, 1)
    return _JUST_UNDER if not met and value.numerator < value.denominator and shown == HUNDRED else shown


def points(value: Fraction) -> Decimal:
    """A difference of shares in percentage points, 1 decimal."""
    return _rounded(100 * value.numerator, value.denominator, 1)


def as_decimal(value: Fraction, places: int = 6) -> Decimal:
    """A fraction for a step of the explanation, with enough decimals to follow with a calculator."""
    return rounded(value, places)


def readable(value: Decimal) -> Decimal:
    """A quotient that was kept to 40 digits, short enough to read; any other figure as it is."""
    exponent = value.as_tuple().exponent
    return rounded(Fraction(value), 6) if isinstance(exponent, int) and exponent < -_DECIMALS_RECORDED else value


def band(ratio: Decimal) -> Status:
    """The status of a pace ratio that has been rounded half-up to 4 decimals (§5)."""
    if ratio >= ON_TRACK_RATIO:
        return Status.ON_TRACK
    if ratio >= BEHIND_RATIO:
        return Status.SLIGHTLY_BEHIND
    return Status.BEHIND if ratio >= ZERO else Status.REVERSING
