"""reshape: the same cells in memory order, cut into other channels, rows and columns."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from core.errors import SceneError
from core.integers import LARGEST
from core.operations.letters import PICTURE, c, k, r, x, y
from core.operations.rearrange import RearrangeLayer
from core.operations.windows import widened
from core.reach import Rearranged
from core.rules.rule import Statement
from core.rules.writing import call, equal, floor, symbol
from core.vocabulary import Array, Operation, Parameter, Reach, Shape, Text

NEW_SHAPE = Parameter(
    "shape",
    "sizes",
    Text("Shape"),
    Text("Channels, rows and columns, such as (1,28,28); one of them may be -1: what is left over"),
    minimum=-1,
    maximum=LARGEST,
    positional=True,
    required=True,
    first=(-1,),
)


class Reshape(Operation):
    """output = the cells in memory order, in another shape (C, H, W)"""

    name = "reshape"
    title: ClassVar[Text] = Text("Reshape")
    kind = "rearrange"
    group = "shape"
    parameters = (NEW_SHAPE,)

    def __init__(self, /, *positional: object, **keywords: object) -> None:
        super().__init__(*positional, **keywords)
        sides = self["shape"]
        if not 1 <= len(sides) <= 3:
            raise SceneError("shape", sides, "needs one to three sides: (channels, rows, columns)")
        if 0 in sides or sides.count(-1) > 1:
            raise SceneError("shape", sides, "needs whole numbers above 0, and -1 at most once")

    def layer(self, input_shape: Shape) -> ReshapeLayer:
        return ReshapeLayer(self, input_shape)


@dataclass(slots=True)
class ReshapeLayer(RearrangeLayer):
    """Two sides are rows and columns of one channel; one side is a vector, (N, 1, 1), as flatten gives it."""

    def shape(self) -> Shape:
        sides = self.operation["shape"]
        cells = math.prod(self.input_shape)
        known = math.prod(side for side in sides if side > 0)
        if cells % known or (-1 not in sides and known != cells):
            rule = "must hold the {cells} cells of the input, {shape}"
            raise SceneError("shape", sides, rule, cells=cells, shape=self.input_shape)
        filled = tuple(cells // known if side < 0 else side for side in sides)
        padded = {1: (*filled, 1, 1), 2: (1, *filled)}.get(len(filled), filled)
        return (padded[0], padded[1], padded[2])

    def apply(self, x: Array) -> Array:
        return widened(x).reshape(self.output_shape)

    def sources(self, at: Array) -> Array:
        place = np.ravel_multi_index(tuple(at.T), self.output_shape)
        return np.stack(np.unravel_index(place, self.input_shape), axis=1)

    def moves(self) -> Statement:
        """The cell's place in memory order, n, cut by the input's sides."""
        (I_h, I_w), (O_h, O_w), n = PICTURE.size("I"), PICTURE.size("O"), symbol("n")[k, r, c]
        source = x[floor(n / (I_h * I_w)), call("mod", floor(n / I_w), I_h), call("mod", n, I_w)]
        where = (equal(n, (k * O_h + r) * O_w + c),)
        return Statement((equal(y[k, r, c], source),), PICTURE.outputs(), where)

    def spelled(self) -> tuple[str, str, tuple[str, ...], str]:
        (_, H, W), (_, oH, oW) = self.input_shape, self.output_shape
        n = f"((k * {oH} + r) * {oW} + c)"
        cell = f"x[{{{n} // {H * W}}}, {{{n} // {W} - {n} // {H * W} * {H}}}, {{{n} - {n} // {W} * {W}}}]"
        whole = f"x.reshape{self.output_shape}"
        return cell, whole, (f"y = {whole}",), f"keras.ops.reshape(x, {self.output_shape}))"

    def reach(self) -> Reach:
        return Rearranged(self.output_shape, lambda cells, *_: cells.reshape(self.output_shape))
