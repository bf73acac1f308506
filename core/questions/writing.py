"""A piece of mathematics as one line of plain text, for explanations."""

from __future__ import annotations

from core.rules.figures import figure
from core.rules.tree import (
    Brackets,
    Call,
    Fraction,
    Given,
    Group,
    Minus,
    Number,
    Omitted,
    Power,
    Product,
    Relation,
    Root,
    Symbol,
    Terms,
    Total,
    Tree,
    Words,
)

AROUND = {"curved": "()", "floor": "⌊⌋", "ceil": "⌈⌉", "absolute": "||"}
SIGNS = {"sum": "Σ", "max": "max", "argmax": "argmax"}


def line(piece: Tree) -> str:
    """The piece as text.

    >>> from core.rules.writing import equal
    >>> line(equal(Number(2) * Number(-3) + Number(4), Number(-2)))
    '2 × (−3) + 4 = −2'
    """
    match piece:
        case Number(value):
            return figure(value) + piece.unit
        case Symbol(name, _, index):
            return name + (f"[{', '.join(map(line, index))}]" if index else "")
        case Words(text):
            return str(text)
        case Terms(terms):
            return added(terms)
        case Minus(body):
            return f"−{bracketed(body)}"
        case Product(factors):
            return " × ".join(bracketed(factor) for factor in factors)
        case Fraction(above, below):
            return f"{bracketed(above)} / {bracketed(below)}"
        case Power(base, exponent):
            return f"{bracketed(base)}^{bracketed(exponent)}"
        case Root(body):
            return f"√({line(body)})"
        case Brackets(shape, body):
            return AROUND[shape][0] + line(body) + AROUND[shape][1]
        case Call(name, args):
            return f"{name}({', '.join(map(line, args))})"
        case Total(name, over, body):
            return f"{SIGNS[name]}_{{{', '.join(part.name for part in over)}}} {bracketed(body)}"
        case Group(items):
            return f"({', '.join(map(line, items))})"
        case Relation(sides, signs):
            rest = (f" {sign} {line(side)}" for sign, side in zip(signs, sides[1:], strict=True))
            return line(sides[0]) + "".join(rest)
        case Given(relation, _):
            return line(relation)
        case Omitted():
            return "…"
    return "…"


def added(terms: tuple[Tree, ...]) -> str:
    """A sum: what is subtracted carries its own sign."""
    text = line(terms[0])
    for term in terms[1:]:
        text += f" − {bracketed(term.body)}" if isinstance(term, Minus) else f" + {inside_a_sum(term)}"
    return text


def inside_a_sum(piece: Tree) -> str:
    """A negative number in brackets; products need none."""
    text = line(piece)
    return f"({text})" if text.startswith("−") else text


def bracketed(piece: Tree) -> str:
    """A part of a product: sums and negative numbers in brackets."""
    text = line(piece)
    return f"({text})" if isinstance(piece, Terms | Fraction | Product | Minus) or text.startswith("−") else text
