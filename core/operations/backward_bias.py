"""Back through conv2d to its bias: the gradient of each map adds up."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from core.algorithms.exact import check_sums
from core.operations import names
from core.operations.averaging import AvgPool2d
from core.operations.coding_pooling import whole_map
from core.operations.letters import (
    AT,
    OUTPUT,
    WHOLE,
    Frame,
    cells,
    db,
    dY,
    i,
    j,
    k,
)
from core.operations.pooling import PoolLayer
from core.operations.sums import in_order
from core.operations.windows import widened
from core.rules.rule import Rule, Said, Statement
from core.rules.tree import Terms
from core.rules.writing import equal, total
from core.vocabulary import Array, Code, Operation, Shape, Text


class Conv2dBackwardBias(Operation):
    """db[f] = sum over r, k of dy[f, r, k]"""

    name = "conv2d_backward_bias"
    title: ClassVar[Text] = Text("Convolution, gradient of the bias")
    names = names.GRADIENT_OF_BIAS
    kind = "gather"
    group = "backward"

    def layer(self, input_shape: Shape) -> SumLayer:
        return SumLayer(AvgPool2d(kernel_size=input_shape[1:]), input_shape)


@dataclass(slots=True)
class SumLayer(PoolLayer):
    """The sum of each channel."""

    def check_values(self, x: Array) -> None:
        check_sums(x, math.prod(self.kernel_size))

    def apply(self, x: Array) -> Array:
        sums = self.sums(x)
        return np.asarray(widened(x).sum(axis=(1, 2), keepdims=True)) if sums is None else sums

    def answers(self, window: Array, at: Array) -> dict[str, Array]:
        added = in_order(window, 1)
        return {"sum": added, "output": added}

    def code(self) -> Code:
        return whole_map(self.output_shape[0], "sum", "x.sum((1, 2), keepdim=True)", "")

    @property
    def frame(self) -> Frame:
        return WHOLE

    def rule(self) -> Rule:
        sums = total("sum", self.frame.inside(), dY[k, i, j])
        general = Statement((equal(db[k], sums),), self.frame.outputs())
        line = equal(db[AT[0]], Terms((cells("window", "i", "j"),)), OUTPUT)
        said = Said(Text("sum {sum}"), {"sum": ("step", "sum")})
        return Rule(general, self.letters(), (line,), (), (said,), {"db": self.output_shape[:1]}, input="dY")
