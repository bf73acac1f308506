"""Numbers put in for letters, and what then says nothing folded away: 1 * r - 0 becomes r."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction as Ratio

from core.rules.slots import Each
from core.rules.tree import (
    Brackets,
    Call,
    Cases,
    Fraction,
    Mathematics,
    Minus,
    Number,
    Power,
    Product,
    Range,
    Root,
    Symbol,
    Terms,
    Total,
    Tree,
    tree,
)

Bindings = Mapping[str, Mathematics]


def put(piece: Tree, bindings: Bindings) -> Tree:
    """The piece with numbers for its letters.

    >>> from core.rules.writing import symbol
    >>> r, S, P = symbol("r"), symbol("S_h"), symbol("P_h")
    >>> put(S * r + "i" - P, {"S_h": 2, "P_h": 0}) == 2 * r + "i"
    True
    """
    if isinstance(piece, Symbol) and not piece.index and piece.name in bindings:
        return tree(bindings[piece.name])
    if isinstance(piece, Total):
        return put_total(piece, bindings)
    return folded(piece.mapped(lambda part: put(part, bindings)))


def put_range(entry: Range, bindings: Bindings) -> Range:
    return Range(entry.name, put(entry.first, bindings), put(entry.last, bindings))


def put_total(piece: Total, bindings: Bindings) -> Tree:
    """A range of one number is no range: its letter is that number. An argmax keeps all of its letters."""
    kept: list[Range] = []
    known = dict(bindings)
    for entry in piece.over:
        known.pop(entry.name, None)
        span = put_range(entry, known)
        if isinstance(span.first, Number) and span.first == span.last and piece.name != "argmax":
            known[entry.name] = span.first
        else:
            kept.append(span)
    body = put(piece.body, known)
    return Total(piece.name, tuple(kept), body) if kept else body


def folded(piece: Tree) -> Tree:
    """One piece whose parts are folded already."""
    match piece:
        case Terms(terms):
            return fold_terms(terms)
        case Product(factors):
            return fold_product(factors)
        case Minus(Number(value)) if value is not None:
            return Number(-value)
        case Minus(Minus(body)):
            return body
        case Fraction(above, below):
            return fold_fraction(above, below)
        case Power(base, Number(1)):
            return base
        case Power(base, Fraction(Number(1), Number(2))):
            return Root(base)
        case Root(Number(int() as value)) if value >= 0 and math.isqrt(value) ** 2 == value:
            return Number(math.isqrt(value))
        case Brackets("curved" | "floor" | "ceil"):
            return fold_brackets(piece)
        case Cases(cases) if len(cases) == 1:
            return cases[0].body
    return piece


def fold_terms(terms: tuple[Tree, ...]) -> Tree:
    """Numbers are added up, where the last of them stands."""
    constant: float | int = 0
    place = 0
    kept: list[Tree] = []
    for term in flat_terms(terms):
        value = number_of(term)
        if value is None:
            kept.append(term)
        else:
            constant, place = constant + value, len(kept)
    if constant or not kept:
        kept.insert(place, Minus(Number(-constant)) if constant < 0 and place else Number(constant))
    return kept[0] if alone(kept) else Terms(tuple(kept))


def flat_terms(terms: tuple[Tree, ...]) -> list[Tree]:
    flat: list[Tree] = []
    for term in terms:
        if isinstance(term, Terms):
            flat += flat_terms(term.terms)
        elif isinstance(term, Minus) and isinstance(term.body, Terms):
            flat += [folded(Minus(part)) for part in flat_terms(term.body.terms)]
        else:
            flat.append(term)
    return flat


def fold_brackets(piece: Brackets) -> Tree:
    """Whole numbers need no rounding, and a letter no brackets."""
    body = piece.body
    rounds = {"floor": math.floor, "ceil": math.ceil}.get(piece.shape)
    if rounds and isinstance(body, Fraction) and isinstance(body.above, Number) and isinstance(body.below, Number):
        return Number(rounds(Ratio(body.above.value or 0) / Ratio(body.below.value or 1)))
    if rounds and isinstance(body, Number) and body.value is not None:
        return replace(body, value=rounds(body.value))
    if isinstance(body, Number | Symbol) or (rounds and is_whole(body)):
        return body
    return piece


def is_whole(piece: Tree) -> bool:
    """Whether nothing in it leaves the whole numbers, for which letters stand here."""
    match piece:
        case Fraction() | Root() | Call(_, _, True):
            return False
        case Number(value):
            return isinstance(value, int)
        case Power(base, Number(int() as exponent)):
            return exponent >= 0 and is_whole(base)
        case Power():
            return False
    return all(map(is_whole, piece.parts()))


def number_of(piece: Tree) -> float | int | None:
    """What a plain number says; one with a role or a name stays where it is."""
    if isinstance(piece, Minus):
        inner = number_of(piece.body)
        return None if inner is None else -inner
    return piece.value if isinstance(piece, Number) and not piece.role and not piece.label else None


def fold_product(factors: tuple[Tree, ...]) -> Tree:
    """Numbers are multiplied and come first."""
    constant: float | int = 1
    kept: list[Tree] = []
    for factor in factors:
        value = number_of(factor)
        if value is not None:
            constant *= value
        elif isinstance(factor, Product):
            kept += factor.factors
        else:
            kept.append(factor)
    if constant == 0 or not kept:
        return Number(constant)
    if constant != 1:
        kept.insert(0, Number(constant))
    return kept[0] if alone(kept) else Product(tuple(kept))


def alone(parts: list[Tree]) -> bool:
    """One part needs no list around it; an Each will be many."""
    return len(parts) == 1 and not isinstance(parts[0], Each)


def fold_fraction(above: Tree, below: Tree) -> Tree:
    """What divides without a rest is divided."""
    divisor = below.value if isinstance(below, Number) else None
    if divisor == 1:
        return above
    if not isinstance(divisor, int) or divisor <= 0:
        return Fraction(above, below)
    if isinstance(above, Number) and isinstance(above.value, int):
        return reduced(above.value, divisor)
    if isinstance(above, Product) and isinstance(above.factors[0], Number) and isinstance(above.factors[0].value, int):
        share = math.gcd(above.factors[0].value, divisor)
        rest = fold_product((Number(above.factors[0].value // share), *above.factors[1:]))
        return rest if divisor == share else Fraction(rest, Number(divisor // share))
    return Fraction(above, below)


def reduced(above: int, below: int) -> Tree:
    share = math.gcd(above, below)
    return Number(above // share) if below == share else Fraction(Number(above // share), Number(below // share))
