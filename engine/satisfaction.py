"""The survey of satisfaction (SKM): nine elements, answers of 1 to 4, one index. Pure; knows no case and no store.

Permenpan RB 14/2017: the mean of each element (NRR), weighted by exactly one ninth, times 25 is the index (IKM).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

ELEMENTS = (
    *("persyaratan", "prosedur", "waktu", "biaya", "produk"),
    *("kompetensi", "perilaku", "pengaduan", "sarana"),
)
"""U1 to U9, in the regulation's order."""

LOWEST, HIGHEST = 1, 4


class Grade(StrEnum):
    """The classes of the regulation, by their letters."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


FROM = ((Grade.A, Decimal("88.31")), (Grade.B, Decimal("76.61")), (Grade.C, Decimal("65.00")))
"""Where each class begins. Below the last is D."""


def mean(total: int, count: int) -> Decimal:
    """NRR: the mean answer of one element, rounded half up to two decimals. Raises ValueError without answers."""
    return _rounded(Fraction(total, _some(count)))


def index(totals: Sequence[int], count: int) -> Decimal:
    """IKM from the sum of all answers of each element and the number of people who answered, to two decimals.

    Summed exactly and rounded once, half up: with 0.111 for one ninth a perfect score would come out as 99.90.
    Raises ValueError without answers, or for another number of elements than nine.
    """
    if len(totals) != len(ELEMENTS):
        raise ValueError(f"the index is made of {len(ELEMENTS)} elements, not {len(totals)}")
    return _rounded(Fraction(25 * sum(totals), len(ELEMENTS) * _some(count)))


def grade(ikm: Decimal) -> Grade:
    """The class of an index that was rounded to two decimals before: the regulation's intervals leave gaps between."""
    return next((letter for letter, least in FROM if ikm >= least), Grade.D)


def _some(count: int) -> int:
    if count < 1:
        raise ValueError("nobody has answered")
    return count


def _rounded(exact: Fraction) -> Decimal:
    """Half up, to two decimals. Python's own `round` would round half to even."""
    hundredths = (2 * exact.numerator * 100 + exact.denominator) // (2 * exact.denominator)
    return Decimal(hundredths).scaleb(-2)
