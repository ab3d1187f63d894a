"""IRIs, local names, and how people's spellings are matched to them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

NAMESPACE = "https://w3id.org/dislodge#"
PREFIX = "dislodge"


def local(iri: str) -> str:
    """The short name of an IRI of the project's namespace; any other IRI stays whole.

    >>> local("https://w3id.org/dislodge#CXCR4")
    'CXCR4'
    >>> local("http://example.org/x")
    'http://example.org/x'
    """
    return iri[len(NAMESPACE) :] if iri.startswith(NAMESPACE) else iri


def iri(name: str) -> str:
    """The full IRI of a short name; a name that holds a colon and a slash is an IRI already.

    >>> iri("CXCR4")
    'https://w3id.org/dislodge#CXCR4'
    """
    return name if "://" in name or name.startswith("urn:") else NAMESPACE + name


_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "κ": "kappa", "δ": "delta"}


def fold(text: str) -> str:
    """Fold case, accents, Greek letters, hyphens, underscores and spaces, so that spellings of one name agree.

    >>> fold("CML LSC") == fold("cml_lsc") == fold("CML-LSC")
    True
    >>> fold("cellule souche hématopoïétique")
    'cellulesouchehematopoietique'
    """
    for letter, word in _GREEK.items():
        text = text.replace(letter, word)
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\s_\-‐-―]+", "", "".join(c for c in plain if not unicodedata.combining(c)))


def nearest(word: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The known names that look most like ``word``, best first."""
    folded: dict[str, str] = {}
    for name in known:
        folded.setdefault(fold(name), name)
    import difflib  # only a name that is not known calls for it

    return [folded[key] for key in difflib.get_close_matches(fold(word), list(folded), n=count, cutoff=0.6)]
