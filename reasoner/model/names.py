"""IRIs, local names, and how people's spellings are matched to them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

NAMESPACE = "https://w3id.org/dislodge#"
PREFIX = "dislodge"
#: Anonymous individuals get names of this form, stable for a given order of files; after it the label of the node.
ANONYMOUS = "urn:dislodge:anonymous:"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def local(iri: str) -> str:
    """The short name of an IRI of the project's namespace; any other IRI stays whole.

    So does one whose short name would be taken for an IRI: ``iri(local(x))`` is ``x`` for every IRI.

    >>> local("https://w3id.org/dislodge#CXCR4")
    'CXCR4'
    >>> local("http://example.org/x"), local("https://w3id.org/dislodge#HLA:A2")
    ('http://example.org/x', 'https://w3id.org/dislodge#HLA:A2')
    """
    if not iri.startswith(NAMESPACE):
        return iri
    short = iri[len(NAMESPACE) :]
    return iri if is_iri(short) else short


def iri(name: str) -> str:
    """The full IRI of a short name; a name that begins with a scheme is an IRI already.

    >>> iri("CXCR4"), iri("mailto:curator@example.org")
    ('https://w3id.org/dislodge#CXCR4', 'mailto:curator@example.org')
    """
    return name if is_iri(name) else NAMESPACE + name


def is_iri(name: str) -> bool:
    """Whether a name is a whole IRI: it begins with a scheme."""
    return ":" in name and _SCHEME.match(name) is not None


#: Names are shorter than this.
_LONGEST = 300
#: Letters that people also write in full, and ligatures, which no normal form takes apart.
_SPELT = str.maketrans({"α": "alpha", "β": "beta", "γ": "gamma", "κ": "kappa", "δ": "delta", "œ": "oe", "æ": "ae"})
#: What joins words or stands for nothing: blanks, hyphens, and apostrophes of every shape.
_SILENT = re.compile(r"[\s_\-‐-―'`´ʹ-ʽˈ‘-‛′＇]+")


def fold(text: str) -> str:
    """Fold case, accents, Greek letters, ligatures, hyphens, underscores, spaces and apostrophes.

    >>> fold("CML LSC") == fold("cml_lsc") == fold("CML-LSC")
    True
    >>> fold("cellule souche hématopoïétique")
    'cellulesouchehematopoietique'
    >>> fold("cancer de l’œsophage") == fold("Cancer de l'oesophage") == fold("cancer de lœsophage")
    True
    """
    plain = text.casefold()
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain).translate(_SPELT)
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _SILENT.sub("", plain)


def nearest(word: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The known names that look most like ``word``, best first; none for a word that is longer than any name.

    >>> nearest("CXCR-5", ["CXCR4", "KIT"]), nearest("C" * 1000, ["CXCR4"])
    (['CXCR4'], [])
    """
    if len(word) > _LONGEST:
        return []  # comparing costs the product of the lengths
    folded: dict[str, str] = {}
    for name in known:
        folded.setdefault(fold(name), name)
    import difflib  # only a name that is not known calls for it

    return [folded[key] for key in difflib.get_close_matches(fold(word), list(folded), n=count, cutoff=0.6)]


def did_you_mean(close: Sequence[str], otherwise: str) -> str:
    """What to do about an unknown name: the names are told that it may mean, or where there are none something else."""
    return f"did you mean {' or '.join(close)}?" if close else otherwise
