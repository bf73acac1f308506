"""A template filled with the numbers of a step; static/words/rules.js does the same in the browser."""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction as Ratio
from typing import Any

from core.rules.figures import is_exact
from core.rules.slots import Each, Slot, Whole
from core.rules.tree import (
    Brackets,
    Call,
    Case,
    Cases,
    Fraction,
    Group,
    Matrix,
    Minus,
    Number,
    Omitted,
    Part,
    Power,
    Product,
    Relation,
    Row,
    Sign,
    Symbol,
    Terms,
    Tree,
)

MOST_PARTS = 27  # a window of 3 x 3 cells in three channels is written out
FIRST_PARTS = 9  # of more, so many and the last

Fields = Mapping[str, Any]
Scope = Mapping[str, int]


EULER = Symbol("e")


class Missing(LookupError):
    """The step does not tell what a slot asks for."""


def fill(template: Tree, fields: Fields, most: int = MOST_PARTS) -> Tree | None:
    """The template with the numbers of {"step": ..., "start": ...}; None where the step does not tell them.

    A relation goes without the sides that cannot be filled; "=" becomes "≈" beside a rounded number.

    >>> from core.rules.writing import equal
    >>> told = {"step": {"sum": 7, "count": 2, "output": 3.5}}
    >>> mean = equal(Slot(("step", "sum")) / Slot(("step", "count")), Slot(("step", "output")))
    >>> fill(mean, told) == equal(Number(7) / Number(2), 3.5)
    True
    """
    try:
        return Filler(fields, {}, most).filled(template)
    except Missing:
        return None


@dataclass(frozen=True, slots=True)
class Filler:
    fields: Fields
    scope: Scope
    most: int

    def filled(self, piece: Tree) -> Tree:
        if isinstance(piece, Slot):
            return self.number(piece)
        if isinstance(piece, Whole):
            return Number(worked_out(self.filled(piece.body)))
        if isinstance(piece, Relation):
            return self.relation(piece)
        if isinstance(piece, Cases):
            return self.case(piece)
        lists = LISTS.get(type(piece))
        if lists is None:
            return piece.mapped(self.filled)
        parts = self.spliced(getattr(piece, lists))
        if not parts:
            raise Missing
        if len(parts) == 1 and isinstance(piece, Terms | Product):
            return parts[0]
        return replace(piece, **{lists: parts})

    def spliced(self, parts: tuple[Tree, ...]) -> tuple[Tree, ...]:
        """The parts filled, those of an Each in its place."""
        made: list[Tree] = []
        for part in parts:
            made += self.each(part) if isinstance(part, Each) else [self.filled(part)]
        return tuple(made)

    def number(self, slot: Slot) -> Number:
        value = self.at(slot.path)
        if slot.unit == "degrees":
            return Number(math.floor(math.degrees(value) + 0.5), slot.role, slot.label, "°")
        return Number(value, slot.role, slot.label, slot.unit)

    def at(self, path: tuple[Part, ...]) -> Any:
        found: Any = self.fields
        for part in path:
            key = self.at(part) if isinstance(part, tuple) else part
            if isinstance(found, list | tuple) and isinstance(key, str):
                key = self.scope[key]
            try:
                found = found[key]
            except (KeyError, IndexError, TypeError):
                raise Missing from None
        return found

    def each(self, each: Each) -> Iterator[Tree]:
        places = list(indices(self.at(each.of), len(each.names)))
        if each.skips:
            places = [place for place in places if self.inside(each, place).at((*each.of, *each.names)) is not None]
        left_out = len(places) - FIRST_PARTS - 1 if len(places) > self.most else 0
        for order, place in enumerate(places):
            if left_out and order == FIRST_PARTS:
                yield Omitted(left_out)
            if not left_out or order < FIRST_PARTS or order == len(places) - 1:
                yield self.inside(each, place).filled(each.body)

    def inside(self, each: Each, place: tuple[int, ...]) -> Filler:
        return Filler(self.fields, {**self.scope, **dict(zip(each.names, place, strict=True))}, self.most)

    def case(self, cases: Cases) -> Tree:
        """The first case that holds, with its condition."""
        for case in cases.cases:
            when = self.filled(case.when)
            if holds(when):
                return Case(self.filled(case.body), when)
        raise Missing

    def relation(self, relation: Relation) -> Tree:
        sides: list[Tree] = []
        signs: list[Sign] = []
        for side, sign in zip(relation.sides, ("=", *relation.signs), strict=True):
            try:
                filled = self.filled(side)
            except Missing:
                continue
            if sides:
                signs.append(sign if sign != "=" or equals(sides[-1], filled) else "≈")
            sides.append(filled)
        if len(sides) < 2:
            raise Missing
        return Relation(tuple(sides), tuple(signs))


LISTS: Mapping[type[Tree], str] = {
    Terms: "terms",
    Product: "factors",
    Call: "args",
    Matrix: "rows",
    Row: "cells",
    Group: "items",
}


def indices(array: Any, depth: int) -> Iterator[tuple[int, ...]]:
    """The places in a nested list, in order."""
    if not depth:
        yield ()
        return
    if not isinstance(array, list):
        raise Missing
    for place, inner in enumerate(array):
        for rest in indices(inner, depth - 1):
            yield (place, *rest)


def holds(when: Tree) -> bool:
    """Whether a relation of numbers is true; what cannot be worked out is not told."""
    assert isinstance(when, Relation)
    try:
        values = [ratio_of(side) for side in when.sides]
    except TypeError:
        raise Missing from None
    return all(COMPARED[sign](*pair) for sign, pair in zip(when.signs, itertools.pairwise(values), strict=True))


def equals(one: Tree, other: Tree) -> bool:
    """Whether equal sides are equal as written: no figure rounded, and no value on one side that no figure can say."""
    if not (exact(one) and exact(other)):
        return False
    return isinstance(one, Symbol) or isinstance(other, Symbol) or rounds(one) == rounds(other)


def exact(piece: Tree) -> bool:
    """Whether no figure in it is rounded."""
    if isinstance(piece, Number):
        return is_exact(piece.value)
    return exact(piece.body) if isinstance(piece, Case) else all(map(exact, piece.parts()))


def rounds(piece: Tree) -> bool:
    """Whether something in it has a value that no figure says: e to some power, an angle."""
    if isinstance(piece, Call) and piece.rounds:
        return not all(is_zero(argument) for argument in piece.args)
    if isinstance(piece, Power) and piece.base == EULER:
        return not is_zero(piece.exponent)
    if isinstance(piece, Case):
        return rounds(piece.body)
    return any(map(rounds, piece.parts()))


def is_zero(piece: Tree) -> bool:
    try:
        return ratio_of(piece) == 0
    except TypeError:
        return False


def worked_out(piece: Tree) -> int:
    """Whole numbers, added, multiplied and divided."""
    value = ratio_of(piece)
    assert value.denominator == 1
    return int(value)


def ratio_of(piece: Tree) -> Ratio:
    match piece:
        case Number(value) if value is not None:
            return Ratio(value)
        case Minus(body):
            return -ratio_of(body)
        case Brackets(shape, body):
            return Ratio(ROUNDINGS[shape](ratio_of(body)))
        case Terms(terms):
            return sum((ratio_of(term) for term in terms), Ratio(0))
        case Product(factors):
            return math.prod((ratio_of(factor) for factor in factors), start=Ratio(1))
        case Fraction(above, below):
            return ratio_of(above) / ratio_of(below)
        case Call("min" | "max", args):
            return EXTREMES[piece.name](ratio_of(argument) for argument in args)
    raise TypeError(f"{type(piece).__name__} is not worked out")


COMPARED: Mapping[str, Callable[[Ratio, Ratio], bool]] = {"<": operator.lt, "≤": operator.le}
EXTREMES: Mapping[str, Callable[[Iterable[Ratio]], Ratio]] = {"min": min, "max": max}
ROUNDINGS: Mapping[str, Callable[[Ratio], Any]] = {"curved": Ratio, "floor": math.floor, "ceil": math.ceil}
