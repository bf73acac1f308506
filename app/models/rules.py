"""The rule of a layer as it is sent: a tree of mathematics, with slots for the numbers of a step."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field

from app.models.fields import Answer, absent

Kind: TypeAlias = Literal[
    "number", "symbol", "words", "terms", "minus", "product", "fraction", "power", "root", "brackets", "call", "range",
    "total", "group", "row", "matrix", "relation", "case", "cases", "given", "omitted", "slot", "each", "whole",
]  # fmt: skip
Texts: TypeAlias = dict[str, str]  # by language
Path: TypeAlias = list[str | int | list[str | int]]


class Piece(Answer):
    """A piece of mathematics. Which fields it has depends on its `kind`; a bare number or letter stands for itself."""

    kind: Kind
    value: float | None = absent("of a number; `null` is one that JSON cannot say")
    name: str = absent("of a symbol, a call, a range, or a total: `sum`, `max`, `argmax`")
    role: Literal["input", "kernel", "output", "quiet"] = absent()
    label: Texts = absent("what a number is called beside others")
    unit: str = absent("° for an angle; `degrees` in a `slot`, which is then told in radians")
    index: list[Tree] = absent()
    text: Texts = absent()
    terms: list[Tree] = absent()
    factors: list[Tree] = absent()
    above: Tree = absent()
    below: Tree = absent()
    base: Tree = absent()
    exponent: Tree = absent()
    body: Tree = absent()
    shape: Literal["curved", "floor", "ceil", "absolute"] = absent()
    args: list[Tree] = absent()
    rounds: bool = absent("whether no figure says the values of the function")
    over: list[Piece] = absent("ranges")
    first: Tree = absent()
    last: Tree = absent()
    items: list[Tree] = absent()
    rows: list[Tree] = absent()
    cells: list[Tree] = absent()
    sides: list[Tree] = absent()
    signs: list[Literal["=", "≈", "+=", "≤", "<"]] = absent(
        "between the sides; = becomes ≈ where a filled number is rounded"
    )
    cases: list[Tree] = absent()
    relation: Tree = absent()
    when: Tree = absent()
    count: int = absent("of what is left out")
    path: Path = absent(
        "of a `slot`: `step` or `start`, then fields and places; a name is a place of an `each` around it"
    )
    of: Path = absent("of an `each`: the array whose numbers it repeats its body for")
    names: list[str] = absent("of an `each`: the names of the places in the array")
    skips: bool = absent("of an `each`: whether `null` is left out")


Tree: TypeAlias = float | str | Piece
Piece.model_rebuild()


class CodePiece(Answer):
    """A part of a line of code: a text, or a whole number to be worked out from the step."""

    text: str = absent()
    place: Tree = absent()
    role: Literal["input", "kernel", "output"] = absent()


class Code(Answer):
    """A layer as programs that run by themselves, and the one line that a step is."""

    numpy_loop: str = Field(description="a loop over the steps")
    numpy: str = Field(description="all at once")
    pytorch: str = absent()
    keras: str = absent()
    step: list[CodePiece]


class Statement(Answer):
    """Relations, the ranges of the letters that they leave free, and what else holds."""

    lines: list[Tree]
    over: list[Piece] = absent()
    where: list[Tree] = absent()


class Size(Answer):
    """The output's size along one axis, as a relation."""

    axis: Literal["rows", "cols"]
    symbols: Piece = Field(description="in the letters I, K, S, P, O")
    lecture: Piece = Field(description="in the letters H, FH, S, P, OH")
    numbers: Piece = Field(description="with this layer's numbers")
    remainder: int = Field(description="what the last window leaves over, at a stride of more than one")


class Said(Answer):
    """A part of the sentence about a step."""

    text: Texts
    facts: dict[str, Path]


class Rule(Answer):
    """What a layer computes: in letters, with its own settings, and with slots for the numbers of a step."""

    general: Statement
    indexed: Statement
    letters: dict[str, float] = Field(description="what letters of the general rule stand for in this layer")
    here: list[Tree] = Field(description="places and cells of the general rule, with slots for what they are in a step")
    numbers: list[Tree]
    aside: list[Tree] = Field(
        description="lines for where there is room: the sums of a gradient, the stamps of a scatter"
    )
    said: list[Said] = Field(description="the sentence about a step")
    activation: str = absent("the function that the next layer applies, as it is written")
