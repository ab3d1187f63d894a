"""Damage to files and texts: cut, doubled, moved, joined with another, strange characters, huge numbers, deep nesting.

Everything is drawn from a :class:`random.Random`, so that a seed says exactly what was done.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

PIECES = (
    b"<", b">", b'"', b"'", b"(", b")", b"[", b"]", b".", b";", b"#", b"\\", b"\x00", b"\xff", b"\xc3", b"&", b"&amp;",
    b"]]>", b"<!--", b"-->", b"@prefix", b"^^", b"@en", b"_:", b"{", b"%", b"\r", b"\n", b"Annotation(", b"swrl:Imp",
    b"owl:Axiom", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"rdf:nodeID='a'", b"rule R-X-001 ", b"->", b"\t", b"|", b"?x",
    b" ^ ", b"a owl:Class", b"owl:sameAs", b"<urn:x>", b"{}", b"${x}", b"%s", b"../", b"\x1b[2J", b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80", *(c.encode() for c in ("\u202e", "\ufeff", "\uffff", "\u2028", "\U0001d538", "a\u0301")),
)  # fmt: skip
_NUMBERS = (
    b"0",
    b"-1",
    b"1e999",
    b"9" * 30,
    b"9" * 5000,
    b"NaN",
    b"-INF",
    b"1e-400",
    b"0x10",
    b"2147483648",
    "٣".encode(),
)
_NESTED = ((b"(", b")"), (b"[", b"]"), (b"<a>", b"</a>"), (b"{", b"}"), (b"ObjectComplementOf(", b")"), (b"not ", b""))
_TOKEN = re.compile(rb"\w+|\s+|[^\w\s]")


def mutated(data: bytes, chance: random.Random, other: bytes = b"") -> bytes:
    """The data after one change or a few; ``other`` is spliced in now and then."""
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        change = chance.choice(_CHANGES if other else _CHANGES[:-1])
        data = change(data, chance, other)
    return data


def _part(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 3, 20, 400)))


def _cut(data: bytes, chance: random.Random, _: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _drop(data: bytes, chance: random.Random, _: bytes) -> bytes:
    start, end = _part(data, chance)
    return data[:start] + data[end:]


def _double(data: bytes, chance: random.Random, _: bytes) -> bytes:
    start, end = _part(data, chance)
    return data[:start] + data[start:end] * 2 + data[end:]


def _insert(data: bytes, chance: random.Random, _: bytes) -> bytes:
    start, _end = _part(data, chance)
    return data[:start] + chance.choice(PIECES) + data[start:]


def _flip(data: bytes, chance: random.Random, _: bytes) -> bytes:
    start, _end = _part(data, chance)
    return data[:start] + bytes([chance.randrange(256)]) + data[start + 1 :]


def _rotate(data: bytes, chance: random.Random, _: bytes) -> bytes:
    start, end = _part(data, chance)
    return data[end:] + data[start:end]


def _tokens(data: bytes, chance: random.Random, _: bytes) -> bytes:
    """Two tokens change places, or one stands for another, or one goes."""
    tokens = _TOKEN.findall(data[:20_000])
    if len(tokens) < 2:
        return data
    one, two = chance.randrange(len(tokens)), chance.randrange(len(tokens))
    match chance.randrange(3):
        case 0:
            tokens[one], tokens[two] = tokens[two], tokens[one]
        case 1:
            tokens[one] = tokens[two]
        case _:
            del tokens[one]
    return b"".join(tokens) + data[20_000:]


def _number(data: bytes, chance: random.Random, _: bytes) -> bytes:
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return _insert(data, chance, b"")
    place = chance.choice(found)
    return data[: place.start()] + chance.choice(_NUMBERS) + data[place.end() :]


def _nest(data: bytes, chance: random.Random, _: bytes) -> bytes:
    start, end = _part(data, chance)
    left, right = chance.choice(_NESTED)
    depth = chance.choice((2, 60, 500, 20_000))
    return data[:start] + left * depth + data[start:end] + right * depth + data[end:]


def _splice(data: bytes, chance: random.Random, other: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


_CHANGES: tuple[Callable[[bytes, random.Random, bytes], bytes], ...] = (
    _cut, _drop, _drop, _double, _insert, _insert, _flip, _rotate, _tokens, _tokens, _tokens, _number, _nest, _splice,
)  # fmt: skip
