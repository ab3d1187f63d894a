"""Slips of the pen: which unknown words are a known name misspelt, and which may well be the name of another drug.

Drugs of one class are named alike on purpose (they share a stem), so likeness alone is no ground for offering one.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping

from reasoner.model.names import fold, nearest

#: The shortest word in which one edit, and in which two edits, are taken for a slip.
ONE_EDIT, TWO_EDITS = 4, 9
_WORD = re.compile(r"[^\W_]+")


def slips(word: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The known names of which ``word`` is a misspelling, fewest edits first.

    >>> slips("imatinb", ["imatinib", "nilotinib"]), slips("lapatinib", ["imatinib", "dasatinib"])
    (['imatinib'], [])
    """
    found = [(edits, name) for name in known if (edits := slip(word, name)) is not None]
    return [name for _, name in sorted(found)[:count]]


def meant(word: str, spellings: Mapping[str, str], drugs: Container[str]) -> list[str]:
    """What an unknown word may mean: the drugs that it misspells, else the nearest of all that is no drug.

    ``spellings`` hold the name that each spelling stands for.
    """
    of_drugs = {spelling for spelling, name in spellings.items() if name in drugs}
    close = slips(word, of_drugs) or nearest(word, [spelling for spelling in spellings if spelling not in of_drugs])
    return list(dict.fromkeys(spellings[spelling] for spelling in close))


def slip(text: str, name: str) -> int | None:
    """How many edits (letters left out, put in, changed, neighbours swapped) make a name of a misspelling of it.

    None where it is more than a slip: more than one edit, or two from nine letters on, after folding.  Codes (words in
    capitals), digits and words of fewer than four letters have to agree: they are what tells names apart.

    >>> slip("plerixofro", "plerixafor"), slip("Imatinib", "imatinib")
    (2, 0)
    >>> [slip(*pair) for pair in (("AG490", "AG957"), ("anti-OSM antibody", "anti-OPN antibody"), ("MCSF", "G-CSF"))]
    [None, None, None]
    """
    mine, theirs = _WORD.findall(text), _WORD.findall(name)
    most = 2 if min(len(fold(text)), len(fold(name))) >= TWO_EDITS else 1
    if len(mine) != len(theirs):
        mine, theirs, most = [text], [name], 1
    edits = [_in_word(*pair) for pair in zip(mine, theirs, strict=True)]
    known = [count for count in edits if count is not None]
    return sum(known) if len(known) == len(edits) and sum(known) <= most else None


def _in_word(text: str, name: str) -> int | None:
    """As :func:`slip`, for one word; two edits have to leave the first letter, and not just add two letters."""
    mine, theirs = fold(text), fold(name)
    if mine == theirs:
        return 0
    shorter = min(len(mine), len(theirs))
    if shorter < ONE_EDIT or name.upper() == name or _digits(mine) != _digits(theirs):
        return None
    edits = distance(mine, theirs)
    twice = shorter >= TWO_EDITS and mine[0] == theirs[0] and len(mine) < len(theirs) + 2
    return edits if edits == 1 or (edits == 2 and twice) else None


def _digits(word: str) -> str:
    return "".join(letter for letter in word if letter.isdigit())


def distance(one: str, other: str) -> int:
    """The Damerau-Levenshtein distance in which no letter is edited twice (optimal string alignment).

    >>> distance("imatinib", "imtainib"), distance("nilotinib", "dasatinib")
    (1, 4)
    """
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        above, row = rows[-1], [i]
        for j, wanted in enumerate(other, 1):
            fewest = min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                fewest = min(fewest, rows[-2][j - 2] + 1)
            row.append(fewest)
        rows.append(row)
    return rows[-1][-1]
