"""What a layer says in code: for each library lines that make y of x, and the line that one step is."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from core.rules.filling import fill
from core.rules.slots import Slot, Whole
from core.rules.tree import Number, Role, Tree
from core.rules.writing import floor

Library = Literal["numpy_loop", "numpy", "pytorch", "keras"]
Lines = tuple[str, ...]

WIDEST = 100  # characters of an array on one line
HOLE = re.compile(r"\{([^{}]*)\}")
NAMES: Mapping[str, Role] = {
    **dict.fromkeys(("y", "dx", "dw", "db"), "output"),
    **dict.fromkeys(("x", "padded", "dy", "canvas"), "input"),
    **dict.fromkeys(("w", "wx", "wy", "b"), "kernel"),
}
TOKEN = re.compile(rf"\b(?:{'|'.join(NAMES)})\b(?:\[[^\[\]]*\])?")


@dataclass(frozen=True, slots=True)
class Snippet:
    """Lines that make y of x, and the imports that they need beside those of their library."""

    lines: Lines
    needs: Lines = ()


@dataclass(frozen=True, slots=True)
class StepLine:
    """One line for one step: text in which the places of the step stand in {braces}, as Python works them out.

    >>> StepLine("y[{k}, {r}] = x[{k}, {r * 2}:{r * 2 + 3}].max()", ("k", "r", "c")).filled([0, 3, 5])
    'y[0, 3] = x[0, 6:9].max()'
    """

    text: str
    letters: tuple[str, ...]  # what the places that a step visits are called

    @property
    def looped(self) -> str:
        """The line inside a loop over those letters."""
        return HOLE.sub(lambda hole: hole[1], self.text)

    def pieces(self) -> list[tuple[str | Tree, Role]]:
        """Text and worked-out places, in the colours of what they belong to."""
        made: list[tuple[str | Tree, Role]] = []
        done = 0
        for token in TOKEN.finditer(self.text):
            made += [*self._cut(self.text[done : token.start()], ""), *self._cut(token[0], role_of(token[0]))]
            done = token.end()
        return [*made, *self._cut(self.text[done:], "")]

    def _cut(self, text: str, role: Role) -> list[tuple[str | Tree, Role]]:
        parts = HOLE.split(text)  # text, hole, text, hole, ... text
        cut = [self._place(part) if place % 2 else part for place, part in enumerate(parts)]
        return [(part, role) for part in cut if part != ""]

    def _place(self, expression: str) -> Tree:
        slots = {letter: Slot(("step", "at", axis)) for axis, letter in enumerate(self.letters)}
        return Whole(tree_of(ast.parse(expression, mode="eval").body, slots))

    def filled(self, at: list[int]) -> str:
        fields = {"step": {"at": at}}
        return "".join(part if isinstance(part, str) else number(fill(part, fields)) for part, _ in self.pieces())

    def as_json(self) -> list[dict[str, Any]]:
        return [
            {"text": part} | role_field(role) if isinstance(part, str) else {"place": part.as_json()} | role_field(role)
            for part, role in self.pieces()
        ]


def role_field(role: Role) -> dict[str, str]:
    return {"role": role} if role else {}


def role_of(token: str) -> Role:
    return NAMES[token.partition("[")[0]]


def number(piece: Tree | None) -> str:
    assert isinstance(piece, Number)
    return str(piece.value)


def tree_of(node: ast.expr, slots: Mapping[str, Slot]) -> Tree:
    """Whole-number arithmetic of Python as a tree."""
    match node:
        case ast.Name(name):
            return slots[name]
        case ast.Constant(int() as value):
            return Number(value)
        case ast.BinOp(left, operator, right):
            one, other = tree_of(left, slots), tree_of(right, slots)
            if isinstance(operator, ast.FloorDiv):
                return floor(one / other)
            return {ast.Add: one + other, ast.Sub: one - other, ast.Mult: one * other}[type(operator)]
    raise ValueError(ast.unparse(node))


@dataclass(frozen=True, slots=True)
class Code:
    """A layer in each library that has it. The loop's last line is that of the step."""

    loop: Snippet
    numpy: Snippet
    step: StepLine
    pytorch: Snippet | None = None
    keras: Snippet | None = None
    before: Lines = field(default=())

    def snippets(self) -> dict[Library, Snippet]:
        told: dict[Library, Snippet | None] = {
            "numpy_loop": self.loop, "numpy": self.numpy, "pytorch": self.pytorch, "keras": self.keras,
        }  # fmt: skip
        return {library: snippet for library, snippet in told.items() if snippet is not None}


def lines(*written: str | None, needs: Lines = ()) -> Snippet:
    """A snippet of the lines that are there."""
    return Snippet(tuple(line for line in written if line is not None), needs)


def loops(counts: Mapping[str, int], *body: str) -> Lines:
    """Nested loops over letters, and what stands in the innermost."""
    heads = [f"{'    ' * depth}for {letter} in range({count}):" for depth, (letter, count) in enumerate(counts.items())]
    return (*heads, *(f"{'    ' * len(counts)}{line}" for line in body))


def literal(values: NDArray[Any] | list[Any]) -> str:
    """Numbers as nested lists; long ones row by row.

    >>> literal([[1, 0], [0.5, -1]])
    '[[1, 0], [0.5, -1]]'
    """
    nested = values.tolist() if isinstance(values, np.ndarray) else values
    text = str(nested)
    return text if len(text) <= WIDEST else broken(nested, 0)


def broken(nested: Any, depth: int) -> str:
    if not isinstance(nested, list) or not nested or not isinstance(nested[0], list):
        return str(nested)
    inside = f",\n{'    ' * (depth + 1)}".join(broken(inner, depth + 1) for inner in nested)
    return f"[\n{'    ' * (depth + 1)}{inside},\n{'    ' * depth}]"


def pair(one: Any, other: Any) -> str:
    """Rows and columns as Python writes them: one number where both are the same."""
    return str(one) if one == other else f"({one}, {other})"
