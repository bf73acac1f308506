"""softmax: e to the power of each cell, as a share of its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from core import functional
from core.algorithms.arrays import floating
from core.functional.activations import line_sums
from core.operations import names, settings
from core.operations.coding import TORCH
from core.operations.coding_cells import each_cell
from core.operations.letters import AT, INPUT, OUTPUT, PICTURE, SAID_POINT, c, e, k, r, step, x, y
from core.operations.windows import widened
from core.reach import Grouped, Line
from core.rules.rule import Rule, Statement
from core.rules.writing import equal, span, symbol, total
from core.snippets.snippet import lines
from core.vocabulary import Array, Code, Detail, Layer, Operation, Reach, Shape, Text, Through

FEW_LINES = 2**16


class Softmax(Operation):
    """output = exp(x - max) / sum of exp(x - max), along one axis"""

    name = "softmax"
    title: ClassVar[Text] = Text("Softmax")
    names = names.TO_SHARES
    kind = "pointwise"
    group = "activations"
    parameters = (settings.DIM,)

    def layer(self, input_shape: Shape) -> SoftmaxLayer:
        return SoftmaxLayer(self, input_shape)


@dataclass(slots=True)
class SoftmaxLayer(Layer):
    known: tuple[Array, Array, Array] | None = field(init=False, default=None)  # x, and what all its lines add up to

    def apply(self, x: Array) -> Array:
        return functional.softmax(widened(x), self.operation["dim"])

    @property
    def dim(self) -> int:
        return int(self.operation["dim"] % 3)

    def step_cells(self) -> int:
        return self.input_shape[self.dim]

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        largest, added = self.totals(x, np.delete(at, self.dim, axis=1).T)
        cell = widened(x[at[:, 0], at[:, 1], at[:, 2]])
        exp = np.exp(floating(cell) - largest)
        columns = {"output": exp / added}
        if detail == "output":
            return columns
        return {"input": cell, "largest": largest, "exp": exp, "total": added, **columns}

    def totals(self, x: Array, along: Array) -> tuple[Array, Array]:
        """The largest cell and the sum of exponentials of the lines at these places (2, n).

        A few long lines are added up once for all steps, many short ones where a step needs them.
        """
        lines = np.moveaxis(x, self.dim, -1)  # (C, H, W) -> (.., .., along dim)
        first, second = along
        if lines.shape[0] * lines.shape[1] > FEW_LINES:
            return added_up(lines[first, second])
        if self.known is None or self.known[0] is not x:
            self.known = (x, *added_up(lines))
        return self.known[1][first, second], self.known[2][first, second]

    def start_fields(self) -> dict[str, Any]:
        return {"axis": self.dim}

    def code(self) -> Code:
        line = ["{k}", "{r}", "{c}"]
        line[self.dim] = ":"
        along = f"x[{', '.join(line)}]"
        cell = f"np.exp(x[{{k}}, {{r}}, {{c}}] - {along}.max()) / np.exp({along} - {along}.max()).sum()"
        loop, step = each_cell(self.output_shape, cell)
        exp = f"exp = np.exp(x - x.max(axis={self.dim}, keepdims=True))"
        layer = f'keras.layers.Softmax(axis={self.dim + 1}, dtype="float64")(x[None])'
        return Code(
            loop,
            lines(exp, f"y = exp / exp.sum(axis={self.dim}, keepdims=True)"),
            step,
            lines(f"y = F.softmax(x, {self.dim})", needs=(TORCH,)),
            lines(f"y = keras.ops.convert_to_numpy({layer})[0]"),
        )

    def rule(self) -> Rule:
        """y = e^(x - m) / sum of e^(x - m), m the largest along the axis."""
        place, line = [k, r, c], [k, r, c]
        line[self.dim] = symbol("s")
        across = [letter for letter in place if letter is not place[self.dim]]
        along = (span("s", 0, symbol(("C_i", "I_h", "I_w")[self.dim]) - 1),)
        m = symbol("m")[tuple(across)]
        share = e ** (x[tuple(place)] - m) / total("sum", along, e ** (x[tuple(line)] - m))
        where = (equal(m, total("max", along, x[tuple(line)])),)
        general = Statement((equal(y[tuple(place)], share),), PICTURE.outputs(), where)
        exp = e ** (INPUT - step("largest"))
        numbers = equal(y[AT], exp / step("total"), step("exp") / step("total"), OUTPUT)
        letters = PICTURE.sizes(self.input_shape, self.output_shape)
        return Rule(general, letters, (numbers,), (), (SAID_POINT,))

    def reach(self) -> Reach:
        """All cells along its axis."""
        lines: list[Line | None] = [None, None, None]
        lines[self.dim] = Grouped(self.input_shape[self.dim])
        return Through(*lines)


def added_up(lines: Array) -> tuple[Array, Array]:
    """The largest cell and the sum of exponentials along the last axis."""
    values = floating(np.ascontiguousarray(lines))
    largest = values.max(axis=-1)
    return largest, line_sums(np.exp(values - largest[..., None]))
