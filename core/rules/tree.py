"""The tree: plain immutable pieces of mathematics that know nothing of layers, pages or fonts.

Pieces are put together with Python's own operators, an int is a Number and a str is a Symbol:

>>> from core.rules.writing import symbol, total
>>> x, w = symbol("x", "input"), symbol("w", "kernel")
>>> total("sum", [("i", 0, 2)], x[symbol("r") + "i"] * w["i"]).as_json()["over"][0]
{'kind': 'range', 'name': 'i', 'first': 0, 'last': 2}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, Self

from core.texts import Text

Role = Literal["", "input", "kernel", "output", "quiet"]
Sign = Literal["=", "≈", "+=", "≤", "<"]
Part = str | int | tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """A piece of mathematics; its kind is the name of its class."""

    def as_json(self) -> Any:
        """The piece as JSON has it: its kind, and whatever says something."""
        told = {name: plain(getattr(self, name)) for name in names_of(self)}
        return {"kind": type(self).__name__.lower(), **{name: value for name, value in told.items() if said(value)}}

    def mapped(self, change: Callable[[Tree], Tree]) -> Self:
        """The same piece with each of its direct parts changed."""
        return type(self)(*(changed(getattr(self, name), change) for name in names_of(self)))

    def parts(self) -> list[Tree]:
        parts: list[Tree] = []
        for name in names_of(self):
            value = getattr(self, name)
            if isinstance(value, Tree):
                parts.append(value)
            elif isinstance(value, tuple):
                parts += [part for part in value if isinstance(part, Tree)]
        return parts

    def __add__(self, other: Mathematics) -> Tree:
        return Terms((*terms_of(self), *terms_of(tree(other))))

    def __radd__(self, other: Mathematics) -> Tree:
        return tree(other) + self

    def __sub__(self, other: Mathematics) -> Tree:
        return Terms((*terms_of(self), Minus(tree(other))))

    def __rsub__(self, other: Mathematics) -> Tree:
        return tree(other) - self

    def __neg__(self) -> Tree:
        return Minus(self)

    def __mul__(self, other: Mathematics) -> Tree:
        return Product((*factors_of(self), *factors_of(tree(other))))

    def __rmul__(self, other: Mathematics) -> Tree:
        return tree(other) * self

    def __truediv__(self, other: Mathematics) -> Tree:
        return Fraction(self, tree(other))

    def __rtruediv__(self, other: Mathematics) -> Tree:
        return Fraction(tree(other), self)

    def __pow__(self, other: Mathematics) -> Tree:
        return Power(self, tree(other))


Mathematics = Tree | str | int | float


def said(value: Any) -> bool:
    return value is not False and value not in ("", [], None)


def names_of(piece: Any) -> Iterable[str]:
    """Of its fields; `dataclasses.fields` makes them anew each time."""
    names: Iterable[str] = piece.__dataclass_fields__
    return names


def plain(value: Any) -> Any:
    """Trees as objects, tuples as lists, anything else as it is."""
    if isinstance(value, Tree):
        return value.as_json()
    return [plain(part) for part in value] if isinstance(value, tuple) else value


def changed(value: Any, change: Callable[[Tree], Tree]) -> Any:
    if isinstance(value, Tree):
        return change(value)
    if isinstance(value, tuple) and value and isinstance(value[0], Tree):
        return tuple(change(part) for part in value)
    return value


@dataclass(frozen=True, slots=True)
class Number(Tree):
    """A number; None is one that JSON cannot say. `label` names it where numbers alone would not."""

    value: float | int | None
    role: Role = ""
    label: Text | None = None
    unit: str = ""

    def as_json(self) -> Any:
        """A number that has no more to say is a number."""
        if self.value is None:
            return Tree.as_json(self) | {"value": None}
        return Tree.as_json(self) if self.role or self.label or self.unit else self.value

    def parts(self) -> list[Tree]:
        return []


@dataclass(frozen=True, slots=True)
class Symbol(Tree):
    """A letter, perhaps with letters below (S_h) or above (w^x), and what it is indexed with."""

    name: str
    role: Role = ""
    index: tuple[Tree, ...] = ()

    def as_json(self) -> Any:
        """A letter that has no more to say is a string."""
        return Tree.as_json(self) if self.role or self.index else self.name

    def __getitem__(self, index: Mathematics | tuple[Mathematics, ...]) -> Symbol:
        return replace(self, index=tuple(tree(part) for part in (index if isinstance(index, tuple) else (index,))))


@dataclass(frozen=True, slots=True)
class Words(Tree):
    """What mathematics says in words."""

    text: Text


@dataclass(frozen=True, slots=True)
class Terms(Tree):
    """A sum written out; a Minus among the terms is subtracted."""

    terms: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Minus(Tree):
    body: Tree


@dataclass(frozen=True, slots=True)
class Product(Tree):
    factors: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Fraction(Tree):
    above: Tree
    below: Tree


@dataclass(frozen=True, slots=True)
class Power(Tree):
    base: Tree
    exponent: Tree


@dataclass(frozen=True, slots=True)
class Root(Tree):
    """A square root."""

    body: Tree


@dataclass(frozen=True, slots=True)
class Brackets(Tree):
    """What is drawn around its body: curved brackets, floor, ceil or absolute."""

    shape: Literal["curved", "floor", "ceil", "absolute"]
    body: Tree


@dataclass(frozen=True, slots=True)
class Call(Tree):
    """A function by its name; `rounds` where no figure says its values."""

    name: str
    args: tuple[Tree, ...]
    rounds: bool = False


@dataclass(frozen=True, slots=True)
class Range(Tree):
    """A letter that runs from its first to its last whole number."""

    name: str
    first: Tree
    last: Tree


@dataclass(frozen=True, slots=True)
class Total(Tree):
    """sum, max or argmax of the body over ranges; an argmax is as many numbers as there are ranges."""

    name: Literal["sum", "max", "argmax"]
    over: tuple[Range, ...]
    body: Tree


@dataclass(frozen=True, slots=True)
class Case(Tree):
    body: Tree
    when: Tree


@dataclass(frozen=True, slots=True)
class Cases(Tree):
    """The value of the first case that holds."""

    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Group(Tree):
    """Several values at once: (i, j)."""

    items: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Row(Tree):
    cells: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Matrix(Tree):
    rows: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Relation(Tree):
    """Sides and the signs between them: a = b ≈ c."""

    sides: tuple[Tree, ...]
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Given(Tree):
    """A relation that holds under a condition, such as "outside the input"."""

    relation: Tree
    when: Tree


@dataclass(frozen=True, slots=True)
class Omitted(Tree):
    """So many parts that are left out."""

    count: int


def tree(value: Mathematics) -> Tree:
    if isinstance(value, Tree):
        return value
    return Symbol(value) if isinstance(value, str) else Number(value)


def terms_of(piece: Tree) -> tuple[Tree, ...]:
    return piece.terms if isinstance(piece, Terms) else (piece,)


def factors_of(piece: Tree) -> tuple[Tree, ...]:
    return piece.factors if isinstance(piece, Product) else (piece,)
