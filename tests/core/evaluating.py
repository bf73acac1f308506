"""Works out what a rule says, letter by letter, without the core's own arithmetic."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.rules.rule import Rule, Statement
from core.rules.tree import (
    Brackets,
    Call,
    Case,
    Cases,
    Fraction,
    Given,
    Group,
    Matrix,
    Minus,
    Number,
    Omitted,
    Power,
    Product,
    Range,
    Relation,
    Root,
    Row,
    Symbol,
    Terms,
    Total,
    Tree,
    Words,
)
from core.texts import Text
from core.vocabulary import Array

Scope = Mapping[str, Any]

CALLS: dict[str, Callable[..., float]] = {
    "max": lambda *values: max(values),
    "min": lambda *values: min(values),
    "mod": lambda value, divisor: value % divisor,
    "tanh": math.tanh,
    "atan2": math.atan2,
    "round": lambda value, *digits: round(value, *map(int, digits)),
}
BRACKETS: dict[str, Callable[[float], float]] = {
    "curved": lambda value: value,
    "floor": math.floor,
    "ceil": math.ceil,
    "absolute": abs,
}
HOLDS: dict[str, Callable[[float, float], bool]] = {
    "=": lambda one, other: one == other,
    "<": lambda one, other: one < other,
    "≤": lambda one, other: one <= other,
}
CONSTANTS = {"e": math.e, "∞": math.inf, "π": math.pi}


@dataclass
class Reading:
    """A statement with what its letters stand for, and the shapes under which arrays are indexed."""

    statement: Statement
    letters: Mapping[str, Any]
    views: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    read: Callable[[float], float] = float

    def value(self, piece: Tree, scope: Scope) -> Any:
        match piece:
            case Number(value):
                number = math.nan if value is None else self.read(value)
                return math.radians(number) if piece.unit else number
            case Symbol():
                return self.letter(piece, scope)
            case Terms(terms):
                return math.fsum(values) if inexact(values := [self.value(t, scope) for t in terms]) else sum(values)
            case Minus(body):
                return -self.value(body, scope)
            case Product(factors):
                return math.prod(self.value(factor, scope) for factor in factors)
            case Fraction(above, below):
                return divided(self.value(above, scope), self.value(below, scope))
            case Power(base, exponent):
                return power(self.value(base, scope), self.value(exponent, scope))
            case Root(body):
                return power(self.value(body, scope), 0.5)
            case Brackets(shape, body):
                return BRACKETS[shape](self.value(body, scope))
            case Call(name, args):
                return CALLS[name](*(self.value(argument, scope) for argument in args))
            case Case(body):
                return self.value(body, scope)
            case Cases(cases):
                return next(self.value(case.body, scope) for case in cases if self.holds(case.when, scope))
            case Total():
                return self.total(piece, scope)
        raise TypeError(type(piece).__name__)

    def holds(self, when: Tree, scope: Scope) -> bool:
        if isinstance(when, Words):
            return True  # otherwise
        assert isinstance(when, Relation)
        sides = [self.value(side, scope) for side in when.sides]
        return all(HOLDS[sign](*pair) for sign, pair in zip(when.signs, itertools.pairwise(sides), strict=True))

    def total(self, piece: Total, scope: Scope) -> Any:
        scopes = list(self.scopes(piece.over, scope))
        values = [self.value(piece.body, inner) for inner in scopes]
        if piece.name == "sum":
            return math.fsum(values) if inexact(values) else sum(values)
        place = int(np.argmax(values))
        return values[place] if piece.name == "max" else tuple(scopes[place][entry.name] for entry in piece.over)

    def scopes(self, over: tuple[Range, ...], scope: Scope) -> Iterator[Scope]:
        if not over:
            yield scope
            return
        first, last = self.value(over[0].first, scope), self.value(over[0].last, scope)
        assert first == int(first)
        assert last == int(last)
        for number in range(int(first), int(last) + 1):
            yield from self.scopes(over[1:], {**scope, over[0].name: number})

    def letter(self, piece: Symbol, scope: Scope) -> Any:
        if not piece.index and piece.name in scope:
            return scope[piece.name]
        if not piece.index and piece.name in CONSTANTS:
            return CONSTANTS[piece.name]
        index = tuple(self.value(part, scope) for part in piece.index)
        if piece.name in self.letters:
            return self.cell(piece.name, index) if index else self.letters[piece.name]
        return self.defined(piece.name, index, scope)

    def cell(self, name: str, index: tuple[Any, ...]) -> Any:
        """A cell of an array; outside of it, what the rule says lies there."""
        array = self.letters[name].reshape(self.views.get(name, self.letters[name].shape))
        assert len(index) == array.ndim, name
        assert all(place == int(place) for place in index)
        if all(0 <= place < side for place, side in zip(index, array.shape, strict=True)):
            return array[tuple(int(place) for place in index)].item()
        for given in self.statement.where:
            if isinstance(given, Given) and given.when == Words(Text("outside the input")):
                cell, shown = given.relation.sides  # type: ignore[attr-defined]
                if cell.name == name:
                    return self.value(shown, bound(cell, index))
        raise IndexError(f"{name}{index} lies outside, and nothing says what is there")

    def defined(self, name: str, index: tuple[Any, ...], scope: Scope) -> Any:
        """A letter that the rule explains."""
        for relation in self.statement.where:
            if not isinstance(relation, Relation):
                continue
            left, right = relation.sides
            group = left.items if isinstance(left, Group) else (left,)
            for place, part in enumerate(group):
                if isinstance(part, Symbol) and part.name == name:
                    value = self.value(right, {**scope, **bound(part, index)})
                    return value[place] if isinstance(left, Group) else value
        raise KeyError(name)


def bound(cell: Symbol, index: tuple[Any, ...]) -> dict[str, Any]:
    """The letters of an index; a number in it must be that number."""
    assert all(part.value == place for part, place in zip(cell.index, index, strict=True) if isinstance(part, Number))
    return {part.name: place for part, place in zip(cell.index, index, strict=True) if isinstance(part, Symbol)}


def inexact(values: list[Any]) -> bool:
    return any(isinstance(value, float) for value in values) and all(math.isfinite(value) for value in values)


def divided(above: float, below: float) -> float:
    return above / below if below else math.nan


def power(base: float, exponent: float) -> float:
    """What NumPy says: no number for a negative base and a broken exponent."""
    with np.errstate(all="ignore"):
        return float(np.float64(base) ** np.float64(exponent))


def readings(rule: Rule, x: Array) -> list[Reading]:
    """The rule in letters, and with this layer's settings, where only arrays are still letters."""
    arrays = {**rule.arrays(), rule.input: x}
    return [
        Reading(rule.general, {**rule.letters, **arrays}, rule.views),
        Reading(rule.indexed, arrays, rule.views),
    ]


def gathered(reading: Reading, at: tuple[int, ...]) -> float:
    """What the first line says of an output cell."""
    line = reading.statement.lines[0]
    assert isinstance(line, Relation)
    cell, right = line.sides
    assert isinstance(cell, Symbol)
    return float(reading.value(right, bound(cell, at)))


def output_view(reading: Reading, shape: tuple[int, ...]) -> tuple[int, ...]:
    """The shape under which the rule indexes the output."""
    line = reading.statement.lines[-1]
    assert isinstance(line, Relation)
    assert isinstance(line.sides[0], Symbol)
    return reading.views.get(line.sides[0].name, shape)


def whole(reading: Reading, shape: tuple[int, ...]) -> Array:
    """The output as the statement makes it: cells set, or added to, for every value of the free letters."""
    output = np.full(output_view(reading, shape), np.nan)
    for line in reading.statement.lines:
        if isinstance(line, Given):
            assert line.when == Words(Text("at first"))
            begin(reading, line.relation, output)
        else:
            assert isinstance(line, Relation)
            carry_out(reading, line, output)
    return output.reshape(shape)


def begin(reading: Reading, relation: Tree, output: Array) -> None:
    assert isinstance(relation, Relation)
    cell, right = relation.sides
    assert isinstance(cell, Symbol)
    for at in np.ndindex(output.shape):
        output[at] = reading.value(right, bound(cell, at))


def carry_out(reading: Reading, relation: Relation, output: Array) -> None:
    cell, right = relation.sides
    assert isinstance(cell, Symbol)
    cut = Words(Text("what falls outside is cut off")) in reading.statement.where
    for scope in reading.scopes(reading.statement.over, {}):
        at = tuple(int(reading.value(part, scope)) for part in cell.index)
        inside = all(0 <= place < side for place, side in zip(at, output.shape, strict=True))
        assert inside or cut
        if inside and relation.signs == ("+=",):
            output[at] += reading.value(right, scope)
        elif inside:
            output[at] = reading.value(right, scope)


def sides(line: Relation, read: Callable[[float], float] = float) -> list[Any]:
    """What the sides of a filled line come to; a letter or a side with parts left out comes to nothing."""
    reading = Reading(Statement((line,)), {}, read=read)
    return [None if has_letters(side) or leaves_out(side) else flat(reading, side) for side in line.sides]


def flat(reading: Reading, side: Tree) -> Any:
    if isinstance(side, Matrix):
        return [[reading.value(cell, {}) for cell in row.cells] for row in side.rows if isinstance(row, Row)]
    if isinstance(side, Product) and any(isinstance(factor, Matrix) for factor in side.factors):
        scale = math.prod(reading.value(f, {}) for f in side.factors if not isinstance(f, Matrix))
        matrix = next(factor for factor in side.factors if isinstance(factor, Matrix))
        return (np.array(flat(reading, matrix)) * scale).tolist()
    if isinstance(side, Group):
        return [reading.value(item, {}) for item in side.items]
    return reading.value(side, {})


def has_letters(side: Tree) -> bool:
    """Whether something in it is only a name: a letter, or a function that the rule itself explains."""
    if isinstance(side, Call) and side.name not in CALLS:
        return True
    if isinstance(side, Symbol):
        return side.name not in CONSTANTS
    return any(has_letters(part) for part in side.parts())


def leaves_out(piece: Tree) -> bool:
    return isinstance(piece, Omitted) or any(leaves_out(part) for part in piece.parts())


def numbers(piece: Tree) -> Iterator[Number]:
    if isinstance(piece, Number):
        yield piece
    for part in piece.parts():
        yield from numbers(part)
