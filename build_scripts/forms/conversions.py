"""Units of one kind, so that a figure given in another unit can be offered in the form's own.

Gets a number as text and two units, gives words to offer; nothing where the units are not of one kind.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from build_scripts.locale import number, t

# Kind of unit → unit → how many of the kind's first unit it is; a hectare is 15 mu exactly.
_KINDS = (
    {
        "亩": Decimal(1),
        "公顷": Decimal(15),
        "平方公里": Decimal(1500),
        "万亩": Decimal(10_000),
        "万公顷": Decimal(150_000),
    },
    {"公里": Decimal(1), "千米": Decimal(1), "里": Decimal("0.5"), "米": Decimal("0.001")},
    {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)},
    {"吨": Decimal(1), "万吨": Decimal(10_000), "公斤": Decimal("0.001")},
    {"人": Decimal(1), "万人": Decimal(10_000), "人次": Decimal(1), "万人次": Decimal(10_000)},
    {"千瓦": Decimal(1), "万千瓦": Decimal(10_000), "兆瓦": Decimal(1000)},
    {"小时": Decimal(60), "分钟": Decimal(1), "分": Decimal(1)},
    {"%": Decimal(1), "‰": Decimal("0.1")},
)


def converted(text: str, unit: str, wanted: str) -> str:
    """`，折合18,000亩`; empty where nobody can tell."""
    for kind in _KINDS:
        if unit in kind and wanted in kind:
            try:
                value = Decimal(text) * kind[unit] / kind[wanted]
            except InvalidOperation:
                return ""
            return t("forms.offer", value=number(value), unit=wanted)
    return ""
