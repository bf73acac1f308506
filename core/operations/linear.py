"""linear: every output is a weighted sum of every input."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from core import functional
from core.errors import SceneError
from core.networks.sets import is_name, refuse_shape
from core.operations import names, settings
from core.operations.coding import TORCH, numbers, torch_numbers, trained_numbers
from core.operations.coding_convolution import seeded_lines
from core.operations.convolution import Conv2dLayer
from core.operations.letters import AT, C_i, C_o, b, spans, w, x, y
from core.operations.seeded import OUT, SEED, check_weight_or_sizes
from core.operations.weights import Bias, Weight, bias_written, drawn_weight
from core.operations.windows import widened
from core.rules.rule import Rule, Statement
from core.rules.tree import Symbol
from core.rules.writing import equal, symbol, total
from core.snippets.snippet import Lines, StepLine, lines, loops
from core.vocabulary import Array, Code, Operation, Parameter, Shape, Text

LINEAR_WEIGHT = Parameter(
    "weight",
    "matrix",
    Text("Kernel"),
    Text("One row of weights for each output, such as [1 0 -1; 2 1 0]"),
    positional=True,
    named=True,
)


class Linear(Operation):
    """output[m] = sum over n of weight[m, n] * x[n] + bias[m]"""

    name = "linear"
    title = Text("Fully connected layer")
    names = names.DENSE
    kind = "gather"
    group = "convolution"
    parameters = (LINEAR_WEIGHT, replace(OUT, first=10), SEED, settings.BIAS)

    def __init__(self, /, *positional: object, **keywords: object) -> None:
        super().__init__(*positional, **keywords)
        check_weight_or_sizes(self)

    def layer(self, input_shape: Shape) -> LinearLayer:
        return LinearLayer(self, input_shape)


def numbers_in_words(count: int) -> Text:
    return Text("{count} {count|number/numbers}", count=count)


def refuse_unlike(operation: Operation, shape: Shape) -> None:
    """Refuses a trained layer on a map that would not fit it laid out flat, either."""
    name = operation["weight"]
    takes = drawn_weight(operation)[0].shape[1] if is_name(name) else math.prod(shape)
    if takes != math.prod(shape):
        raise refuse_shape("weight", name, numbers_in_words(takes), Text("{C} × {H} × {W} numbers", C=shape[0],
                                                                         H=shape[1], W=shape[2]))  # fmt: skip


@dataclass(slots=True)
class LinearLayer(Conv2dLayer):
    """A convolution whose window is the whole input: N channels of one cell."""

    def slid_weight(self, C: int) -> Weight:
        if self.input_shape[1:] != (1, 1):
            refuse_unlike(self.operation, self.input_shape)
            raise SceneError("input", self.input_shape, "must be flat, (N, 1, 1): put flatten before linear")
        if self.operation.arguments.get("out") is not None:
            return Weight.sized(self.operation, (1, 1), C, groups=1)
        name, (weight, _) = self.operation["weight"], drawn_weight(self.operation)
        if is_name(name) and weight.shape[1:] != (C,):
            raise refuse_shape("weight", name, numbers_in_words(weight.shape[1]), numbers_in_words(C))
        if weight.ndim != 2 or weight.shape[1] != C:
            raise SceneError("weight", weight.shape, "must be (outputs, {inputs})", inputs=C)
        bias = Bias.of(bias_written(self.operation), len(weight), shared=False)
        return Weight.holding(weight[:, :, None, None], bias, 1, groups=1, depthwise=False)

    def motion(self) -> tuple[tuple[int, int], Any, tuple[int, int]]:
        return (1, 1), 0, (1, 1)

    def fast(self, x: Array, values: Array) -> Array:
        return functional.linear(widened(x)[:, 0, 0], values[:, :, 0, 0])[:, None, None]

    def formula(self) -> dict[str, str] | None:
        return None

    def limits(self, operation: Operation) -> dict[str, dict[str, Any]]:
        return {}

    def rule(self) -> Rule:
        m, n = symbol("m"), symbol("n")
        sums = total("sum", spans((n, C_i)), x[n] * w[m, n])
        general = Statement((equal(y[m], self.ended(sums, symbol("d"), b[m])),), spans((m, C_o)))
        views = {"x": self.input_shape[:1], "y": self.output_shape[:1]}
        return Rule(general, self.letters(), (self.arithmetic(),), (), self.said(), views, self.arrays)

    def code(self) -> Code:
        outputs = self.output_shape[0]
        bias = self.weight.bias.values if self.weight.bias.count else None
        weight, torch_weight = self.weight_lines()
        ending = "" if bias is None else " + b[{m}]"
        step = StepLine(f"y[{{m}}, 0, 0] = x[:, 0, 0] @ w[{{m}}]{ending}", ("m", "r", "c"))
        added = () if bias is None else (numbers("b", bias),)
        loop = (*weight, *added, f"y = np.zeros(({outputs}, 1, 1))", *loops({"m": outputs}, step.looped))
        whole = f"y = (w @ x[:, 0, 0]{'' if bias is None else ' + b'})[:, None, None]"
        torch_added = () if bias is None else (torch_numbers("b", bias),)
        call = f"y = F.linear(x[:, 0, 0], w{'' if bias is None else ', b'})[:, None, None]"
        dense = (
            f'layer = keras.layers.Dense({outputs}{", use_bias=False" if bias is None else ""}, dtype="float64")',
            "layer.build((None, x.shape[0]))",
            f"layer.set_weights([w.T{'' if bias is None else ', b'}])",
            "y = keras.ops.convert_to_numpy(layer(x[:, 0, 0][None]))[0][:, None, None]",
        )
        return Code(
            lines(*loop),
            lines(*weight, *added, whole),
            step,
            lines(*torch_weight, *torch_added, call, needs=(TORCH,)),
            lines(*weight, *added, *dense),
        )

    def weight_lines(self) -> tuple[Lines, Lines]:
        """The weight in NumPy and in PyTorch, (outputs, inputs)."""
        given = self.operation.arguments
        if given.get("out") is None:
            drawn, note = self.weight.values[:, :, 0, 0], "one row for each output"
            numpy, torch = trained_numbers("w", given["weight"], drawn, note)
            return (numpy,), (torch,)
        made, torch_made = seeded_lines(self.weight.shape, given["seed"])
        return (*made, "w = w[:, :, 0, 0]"), (*torch_made, "w = w[:, :, 0, 0]")

    def arrays(self) -> dict[str, Array]:
        return {"w": self.weight.values[:, :, 0, 0], "b": self.weight.bias.values}

    def here(self) -> Symbol:
        return y[AT[0]]
