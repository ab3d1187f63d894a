"""Values of the model as plain lists and numbers, for a file that is read back fast.

Only the classes that a :class:`Packing` was made for come back: what it unpacks can make no other object and run no
code.  Terms (individuals, literals) are numbered once and named by number wherever they occur.

>>> from reasoner.model.term import Variable
>>> packing = Packing([Variable])
>>> packing.unpack(packing.pack({"x": (Variable("x"), 3, None)}))
{'x': (Variable(name='x'), 3, None)}
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from reasoner.model.atom import Fact
from reasoner.model.term import Ground, Literal

#: The heads of packed lists; from ``_CLASS`` on, the classes of the packing in their order.
_TUPLE, _LIST, _SET, _DICT, _FACTS, _TERMS, _NUMBERS, _CLASS = range(8)


class Packed(NamedTuple):
    """``terms`` (texts, literals as lists) and one ``value`` in which a term is its number; both fit into JSON."""

    terms: list[Any]
    value: Any


class Packing:
    """Packs and unpacks values of ``classes`` (dataclasses and named tuples) and of Python's own containers."""

    def __init__(self, classes: Sequence[type[Any]]) -> None:
        self.classes = tuple(classes)

    def pack(self, value: Any) -> Packed:
        """``value`` packed.

        Raises :class:`TypeError` for a value of any other class.
        """
        heads: dict[type[Any], tuple[int, Sequence[str]]] = {
            cls: (_CLASS + place, getattr(cls, "_fields", None) or tuple(cls.__dataclass_fields__))
            for place, cls in enumerate(self.classes)
        }
        numbers: dict[Ground, int] = {}

        def number(term: Ground | None) -> int:
            return -1 if term is None else numbers.setdefault(term, len(numbers))

        def pack(item: Any) -> Any:
            match item:
                case None:
                    return None
                case str() | Literal():
                    return number(item)
                case int():
                    return str(item)
                case float():
                    return item
                case list() if item and all(type(part) is int for part in item):
                    return [_NUMBERS, item]
                case list() if item and all(type(part) is Fact for part in item):
                    return [_FACTS, *(list(map(number, column)) for column in zip(*item, strict=True))]
                case list() if item and all(isinstance(part, str | Literal) for part in item):
                    return [_TERMS, list(map(number, item))]
                case list():
                    return [_LIST, *map(pack, item)]
                case set() | frozenset():
                    return [_SET, *map(pack, sorted(item, key=repr))]
                case dict():
                    return [_DICT, *(pack(part) for pair in item.items() for part in pair)]
            if type(item) is tuple:
                return [_TUPLE, *map(pack, item)]
            if type(item) not in heads:
                raise TypeError(f"a value of {type(item).__name__} cannot be packed")
            head, names = heads[type(item)]
            return [head, *(pack(getattr(item, name)) for name in names)]

        packed = pack(value)
        return Packed([t if isinstance(t, str) else [t.lexical, t.datatype, t.language] for t in numbers], packed)

    def unpack(self, packed: Packed) -> Any:
        """The value as it was; sets come back frozen."""
        terms: list[Ground | None] = [term if type(term) is str else Literal(*term) for term in packed.terms]
        terms.append(None)  # an object that is missing has number -1
        named, classes, fact = terms.__getitem__, self.classes, Fact._make

        def unpack(item: Any) -> Any:
            kind = type(item)
            if kind is int:
                return terms[item]
            if kind is not list:
                return item if item is None or kind is float else int(item)
            head = item[0]
            if head >= _CLASS:
                return classes[head - _CLASS](*map(unpack, item[1:]))
            if head == _TUPLE:
                return tuple(map(unpack, item[1:]))
            if head == _LIST:
                return list(map(unpack, item[1:]))
            if head == _DICT:
                parts = map(unpack, item[1:])
                return dict(zip(parts, parts, strict=True))
            if head == _SET:
                return frozenset(map(unpack, item[1:]))
            if head == _FACTS:
                return list(map(fact, zip(*(map(named, column) for column in item[1:]), strict=True)))
            return list(map(named, item[1])) if head == _TERMS else item[1]

        return unpack(packed.value)
