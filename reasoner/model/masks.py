"""Sets of small numbers as the bits of an integer: nodes, candidates, reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def bits(mask: int) -> Iterator[int]:
    """The positions of the bits of a mask, lowest first.

    >>> list(bits(0b1010))
    [1, 3]
    """
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def union(masks: Iterable[int]) -> int:
    """All bits of some masks.

    >>> bin(union([0b01, 0b100]))
    '0b101'
    """
    total = 0
    for mask in masks:
        total |= mask
    return total
