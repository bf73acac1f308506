"""rbf: how far the input lies from each of some patterns; the answer of LeNet-5 is the nearest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core.algorithms.arrays import floating, matching
from core.operations import names
from core.operations.coding import TORCH, numbers, torch_numbers
from core.operations.letters import AT, OUTPUT, SAID_OUTPUT, C_i, C_o, cells, spans, step, w, x, y
from core.operations.linear import LINEAR_WEIGHT, LinearLayer
from core.operations.sums import in_order, products_told
from core.operations.windows import WindowLayer
from core.rules.rule import Rule, Statement
from core.rules.slots import Slot
from core.rules.tree import Terms
from core.rules.writing import equal, symbol, total
from core.snippets.snippet import StepLine, lines, loops
from core.vocabulary import Array, Code, Detail, Operation, Shape, Text

PATTERNS = replace(
    LINEAR_WEIGHT,
    title=Text("Patterns"),
    help=Text("One row of numbers for each output: the pattern that it measures the distance to"),
    required=True,
    first=((1, -1), (-1, 1)),
)


class Rbf(Operation):
    """output[m] = sum over n of (x[n] - weight[m, n])^2: the squared distance to pattern m"""

    name = "rbf"
    title = Text("Radial basis output")
    names = names.DENSE
    kind = "gather"
    group = "convolution"
    parameters = (PATTERNS,)
    least = True

    def layer(self, input_shape: Shape) -> RbfLayer:
        return RbfLayer(self, input_shape)


@dataclass(slots=True)
class RbfLayer(LinearLayer):
    """Patterns are drawn, not trained, and there is no bias.

    Source  LeCun, Bottou, Bengio, Haffner 1998, equation 7
    """

    def check_values(self, x: Array) -> None:
        """Everything is computed in floats."""

    def apply(self, x: Array) -> Array:
        cells = floating(x)[:, 0, 0]
        return in_order(np.square(cells - matching(self.weight.values[:, :, 0, 0], cells)), 1)[:, None, None]

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        window = self.windows.gather(x, self.channels(at), at)
        cells = floating(window)
        products = np.square(cells - matching(self.weight.values[at[:, 0]], cells))
        told = products_told(detail, window, products, in_order(products, 2))
        return {"corner": self.windows.corners(at), **told, "output": in_order(products, 1)}

    def start_fields(self) -> dict[str, Any]:
        fields = LinearLayer.start_fields(self)
        return {**fields, "pairing": "distance"}

    def parameter_count(self) -> int:
        return 0

    def rule(self) -> Rule:
        m, n = symbol("m"), symbol("n")
        squares = total("sum", spans((n, C_i)), (x[n] - w[m, n]) ** 2)
        general = Statement((equal(y[m], squares),), spans((m, C_o)))
        kernel = Slot(("start", "weight", ("step", "at", 0), "q", "i", "j"), "kernel")
        apart = (step("window", "q", "i", "j", role="input") - kernel) ** 2
        line = equal(y[AT[0]], Terms((cells("window", "q", "i", "j", body=apart),)), OUTPUT)
        views = {"x": self.input_shape[:1], "y": self.output_shape[:1]}
        letters = WindowLayer.letters(self)
        return Rule(general, letters, (line,), (), (SAID_OUTPUT,), views, self.arrays)

    def code(self) -> Code:
        patterns, outputs = self.weight.values[:, :, 0, 0], self.output_shape[0]
        note = "one pattern for each output"
        one = StepLine("y[{m}, 0, 0] = ((x[:, 0, 0] - w[{m}]) ** 2).sum()", ("m", "r", "c"))
        return Code(
            lines(numbers("w", patterns, note), f"y = np.zeros(({outputs}, 1, 1))", *loops({"m": outputs}, one.looped)),
            lines(numbers("w", patterns, note), "y = ((x[:, 0, 0] - w) ** 2).sum(axis=1)[:, None, None]"),
            one,
            lines(torch_numbers("w", patterns), "y = ((x[:, 0, 0] - w) ** 2).sum(1)[:, None, None]", needs=(TORCH,)),
            None,
        )
