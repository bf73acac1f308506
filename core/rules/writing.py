"""Pieces of rules in one word each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from core.rules.tree import Brackets, Call, Mathematics, Range, Relation, Role, Sign, Symbol, Total, Tree, tree


def symbol(name: str, role: Role = "") -> Symbol:
    return Symbol(name, role)


def floor(body: Mathematics) -> Tree:
    return Brackets("floor", tree(body))


def ceil(body: Mathematics) -> Tree:
    return Brackets("ceil", tree(body))


def call(name: str, *args: Mathematics) -> Call:
    return Call(name, tuple(tree(argument) for argument in args))


def rounding(name: str, *args: Mathematics) -> Call:
    """A function whose values no figure says."""
    return replace(call(name, *args), rounds=True)


def span(name: str, first: Mathematics, last: Mathematics) -> Range:
    return Range(name, tree(first), tree(last))


def total(
    name: Literal["sum", "max", "argmax"],
    over: Iterable[Range | tuple[str, Mathematics, Mathematics]],
    body: Tree,
) -> Tree:
    """sum over ranges, given as (letter, first, last)."""
    ranges = tuple(entry if isinstance(entry, Range) else span(*entry) for entry in over)
    return Total(name, ranges, body)


def equal(*sides: Mathematics) -> Relation:
    """a = b = c; a sign becomes ≈ where what is written is rounded."""
    return related("=", *sides)


def related(sign: Sign, *sides: Mathematics) -> Relation:
    return Relation(tuple(tree(side) for side in sides), (sign,) * (len(sides) - 1))
