"""The arithmetic of a step in figures: the layer's rule with the numbers of the step, as the player writes it.

`static/words/mathematics.js` and `formula.js` are the twins.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from core.rules import tree
from core.rules.figures import figure, is_exact
from core.rules.filling import fill
from core.rules.rule import Rule
from core.rules.tree import Tree


class Token(NamedTuple):
    text: str
    role: str = ""


Tokens: TypeAlias = list[Token]

WRITTEN_OUT = 9  # a sum of at most so many products is written out
PRODUCT, ATOM = 1, 2
AROUND = {"curved": "()", "floor": "⌊⌋", "ceil": "⌈⌉", "absolute": "||"}
RAISED: Mapping[Any, str] = {2: "²", 3: "³"}
HOLDS: Mapping[type[Tree], int] = {
    tree.Relation: 0, tree.Terms: 0, tree.Minus: 0, tree.Product: PRODUCT, tree.Fraction: PRODUCT, tree.Power: PRODUCT,
}  # fmt: skip


def in_line(piece: Tree, asked: int = 0) -> Tokens:
    """A filled rule as one line of text."""
    return around(in_line(piece)) if hold_of(piece) < asked else WRITERS[type(piece)](piece)


def hold_of(piece: Tree) -> int:
    """How tightly a piece holds together: what holds less than its place asks for is bracketed."""
    if isinstance(piece, tree.Number):
        return 0 if (piece.value is not None and piece.value < 0) or piece.label else ATOM
    return HOLDS.get(type(piece), ATOM)


def around(tokens: Tokens, marks: str = "()") -> Tokens:
    return [Token(marks[0]), *tokens, Token(marks[1])]


def joined(pieces: Iterable[Tree], sign: str, asked: int = 0) -> Tokens:
    made: Tokens = []
    for piece in pieces:
        made += [*([Token(sign)] if made else []), *in_line(piece, asked)]
    return made


def number(piece: Any) -> Tokens:
    value = piece.value
    if not piece.label:
        return [Token(f"{figure(value)}{piece.unit}", piece.role)]
    told = [Token(figure(value), piece.role)]
    return [Token(f"{piece.label} ", "quiet"), *(around(told) if value is not None and value < 0 else told)]


def terms(piece: Any) -> Tokens:
    made: Tokens = []
    for place, term in enumerate(piece.terms):
        if isinstance(term, tree.Minus):
            made += [Token(" − " if place else "−"), *in_line(term.body, PRODUCT)]
        elif isinstance(term, tree.Number) and term.label:
            made += [*([Token(" + ")] if place else []), *number(term)]
        else:
            made += [*([Token(" + ")] if place else []), *in_line(term, PRODUCT if place else 0)]
    return made


def power(piece: Any) -> Tokens:
    short = RAISED.get(piece.exponent.value) if isinstance(piece.exponent, tree.Number) else None
    above = [Token(short)] if short else [Token("^"), *in_line(piece.exponent, ATOM)]
    return [*in_line(piece.base, ATOM), *above]


def relation(piece: Any) -> Tokens:
    made = in_line(piece.sides[0])
    for sign, side in zip(piece.signs, piece.sides[1:], strict=True):
        made += [Token(f" {sign} "), *in_line(side)]
    return made


def symbol(piece: Any) -> Tokens:
    return [Token(piece.name), *(around(joined(piece.index, ", "), "[]") if piece.index else [])]


WRITERS: Mapping[type[Tree], Callable[[Any], Tokens]] = {
    tree.Number: number,
    tree.Symbol: symbol,
    tree.Words: lambda piece: [Token(str(piece.text), "quiet")],
    tree.Terms: terms,
    tree.Minus: lambda piece: [Token("−"), *in_line(piece.body, PRODUCT)],
    tree.Product: lambda piece: joined(piece.factors, "·", ATOM),
    tree.Fraction: lambda piece: [*in_line(piece.above, PRODUCT), Token(" / "), *in_line(piece.below, ATOM)],
    tree.Power: power,
    tree.Root: lambda piece: [Token("√"), *around(in_line(piece.body))],
    tree.Brackets: lambda piece: around(in_line(piece.body), AROUND[piece.shape]),
    tree.Call: lambda piece: [Token(piece.name), *around(joined(piece.args, ", "))],
    tree.Case: lambda piece: [*in_line(piece.body), Token(" ("), *in_line(piece.when), Token(")")],
    tree.Group: lambda piece: around(joined(piece.items, ", ")),
    tree.Matrix: lambda piece: around(joined(piece.rows, "; "), "[]"),
    tree.Row: lambda piece: joined(piece.cells, " "),
    tree.Omitted: lambda piece: [Token("…")],
    tree.Relation: relation,
}


def lines_of(rule: Rule | None, start: Mapping[str, Any], step: Mapping[str, Any]) -> list[Tokens]:
    """The lines of a step, without the cell that they are about, and without sides too long to be written out."""
    filled = [fill(line, {"step": step, "start": start}, WRITTEN_OUT) for line in (rule.numbers if rule else ())]
    return [line for found in filled if isinstance(found, tree.Relation) for line in short_line(found)]


def short_line(line: tree.Relation) -> list[Tokens]:
    about = isinstance(line.sides[0], tree.Symbol) and line.signs[0] != "+="
    kept = [place for place, side in enumerate(line.sides) if not leaves_out(side) and not (about and place == 0)]
    if len(kept) < 2:
        return []
    signs = tuple(line.signs[place - 1] for place in kept[1:])
    return [in_line(tree.Relation(tuple(line.sides[place] for place in kept), signs))]


def leaves_out(piece: Tree) -> bool:
    return isinstance(piece, tree.Omitted) or any(map(leaves_out, piece.parts()))


def result_of(rule: Rule | None, start: Mapping[str, Any], step: Mapping[str, Any], kernel: str) -> Tokens:
    """What the step comes to, for its largest figures; `kernel` is how the language calls one."""
    if start["kind"] == "rearrange":
        return []
    if start["kind"] == "scatter":
        by = [Token(" × ", "quiet"), Token(kernel, "kernel")] if start.get("weight") else []
        return [*([] if isinstance(step["input"], list) else [Token(figure(step["input"]), "input")]), *by]
    output = step.get("output")
    plain = step.get("sums") and "angle" not in step and start.get("divisor") == 1 and start.get("bias") is None
    sign = "=" if is_exact(output) else "≈"
    made = [Token(f"Σ {sign} " if plain else f"{sign} ", "quiet"), Token(figure(output), "output")]
    if step.get("angle") is not None:
        made.append(Token(f" ∠ {figure(math.floor(math.degrees(step['angle']) + 0.5))}°", "quiet"))
    if rule and rule.activation and "activated" in step:
        made += [Token(f" → {rule.activation} → ", "quiet"), Token(figure(step["activated"]), "output")]
    return made
