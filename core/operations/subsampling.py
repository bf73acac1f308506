"""subsample: the sum of a window times a number that is learnt, plus one; how LeNet-5 halves its maps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from core import functional
from core.algorithms.arrays import floating
from core.errors import SceneError
from core.networks.sets import is_name, refuse_shape, weights_for
from core.operations import settings
from core.operations.coding import TORCH, WINDOWS, numbers, seen, torch_numbers, windows_line
from core.operations.letters import OUTPUT, SAID_OUTPUT, b, cells, k, step, w, x, y
from core.operations.pooling import PoolLayer
from core.operations.sums import in_order
from core.operations.weights import Bias, bias_written, channels_in_words
from core.rules.rule import Rule, Statement
from core.rules.slots import Slot
from core.rules.tree import Terms, Tree
from core.rules.writing import equal, total
from core.snippets.snippet import StepLine, lines, loops
from core.vocabulary import Array, Code, Operation, Parameter, Shape, Text

COEFFICIENT = Parameter(
    "coefficient",
    "numbers",
    Text("Coefficient"),
    Text("What the sum of a window is multiplied by: one number, or one for each channel"),
    positional=True,
    required=True,
    first=0.25,
    named=True,
)
KERNEL_SIZE = Parameter(
    "kernel_size",
    "pair",
    Text("Kernel size"),
    Text("Rows and columns of the window"),
    default=(2, 2),
    minimum=1,
    maximum=settings.LONGEST_SIDE,
)


class Subsample(Operation):
    """output = coefficient[k] * the sum of the cells under the window + bias[k]"""

    name = "subsample"
    title: ClassVar[Text] = Text("Sub-sampling")
    kind = "gather"
    group = "pooling"
    parameters = (COEFFICIENT, KERNEL_SIZE, settings.BIAS, settings.POOL_STRIDE)

    def layer(self, input_shape: Shape) -> SubsampleLayer:
        return SubsampleLayer(self, input_shape)


@dataclass(slots=True)
class SubsampleLayer(PoolLayer):
    """Each channel by itself, with a coefficient and a bias of its own.

    Source  LeCun, Bottou, Bengio, Haffner 1998, section II.B: layers S2 and S4
    """

    coefficients: Array = None  # type: ignore[assignment]  # set by shape()
    bias: Bias = None  # type: ignore[assignment]

    def shape(self) -> Shape:
        given, C = self.operation["coefficient"], self.input_shape[0]
        if is_name(given):
            along = weights_for(self.operation.name, given).weight
            if along.shape != (C,):
                raise refuse_shape("coefficient", given, channels_in_words(len(along)), channels_in_words(C))
            given = tuple(along.tolist())
        if given is False:
            raise SceneError("coefficient", False, "must be a number")
        written = given if isinstance(given, tuple) else (given,)
        if len(written) not in (1, C):
            raise SceneError("coefficient", given, "needs one number, or {C}: one for each channel", C=C)
        self.coefficients = np.broadcast_to(np.array(written, np.float64), (C,))
        self.bias = Bias.of(bias_written(self.operation, "coefficient"), C, shared=False)
        return PoolLayer.shape(self)

    def apply(self, x: Array) -> Array:
        sums = self.sums(floating(x))
        if sums is None:
            stride = self.operation["stride"]
            sums = functional.avg_pool2d(floating(x), self.kernel_size, stride, divisor_override=1)
        return np.asarray(self.finished(sums, np.s_[:, None, None]))

    def finished(self, sums: Array, at: Any) -> Array:
        made: Array = sums * self.coefficients.astype(sums.dtype)[at]
        if self.bias.count:
            made = made + self.bias.values.astype(sums.dtype)[at]
        return made

    def answers(self, window: Array, at: Array) -> dict[str, Array]:
        added = in_order(floating(window), 1)
        channel = at[:, 0]
        told = {"sum": added, "bias": self.bias.values[channel]} if self.bias.count else {"sum": added}
        return {**told, "output": self.finished(added, channel)}

    def start_fields(self) -> dict[str, Any]:
        return {**PoolLayer.start_fields(self), "coefficients": self.coefficients.tolist(), "bias": self.bias.as_json()}

    def parameter_count(self) -> int:
        return len(self.coefficients) + self.bias.count

    def connections(self) -> int:
        return math.prod(self.output_shape) * (math.prod(self.kernel_size) + (1 if self.bias.count else 0))

    def rule(self) -> Rule:
        """y = w times the sum of x under the window, plus b."""
        frame = self.frame
        sums = total("sum", frame.inside(), x[(k, *frame.cell())])
        line = equal(y[(k, *frame.places)], self.ended(w[k] * sums, b[k]))
        general = Statement((line,), frame.outputs(), self.border())
        factor = Slot(("start", "coefficients", ("step", "at", 0)), "kernel")
        window, bias = Terms((cells("window", "i", "j"),)), step("bias", role="kernel", label=Text("bias"))
        sides = [self.ended(factor * inner, bias) for inner in (window, step("sum"))]
        shown = equal(frame.here(), *sides, OUTPUT)
        return Rule(general, self.letters(), (shown,), (), (SAID_OUTPUT,), self.views(), self.arrays)

    def ended(self, made: Tree, bias: Tree) -> Tree:
        return made + bias if self.bias.count else made

    def arrays(self) -> dict[str, Array]:
        return {"w": self.coefficients, "b": self.bias.values}

    def code(self) -> Code:
        given = [numbers("w", self.coefficients, "one for each channel")]
        torch_given = [torch_numbers("w", self.coefficients)]
        if self.bias.count:
            given.append(numbers("b", self.bias.values))
            torch_given.append(torch_numbers("b", self.bias.values))
        ending, all_ending = (" + b[{k}]", " + b[:, None, None]") if self.bias.count else ("", "")
        window = f"x[{{k}}, {seen(self.slides)}]"
        one = StepLine(f"y[{{k}}, {{r}}, {{c}}] = w[{{k}}] * {window}.sum(){ending}", ("k", "r", "c"))
        counts = dict(zip("krc", self.output_shape, strict=True))
        rows, cols = self.slides
        size, stride = f"({rows.kernel_size}, {cols.kernel_size})", f"({rows.stride}, {cols.stride})"
        return Code(
            lines(*given, f"y = np.zeros({self.output_shape})", *loops(counts, one.looped)),
            lines(*given, windows_line(self.slides, "x"),
                  f"y = w[:, None, None] * windows.sum(axis=(3, 4)){all_ending}", needs=(WINDOWS,)),
            one,
            lines(*torch_given, f"sums = F.avg_pool2d(x, {size}, {stride}, divisor_override=1)",
                  f"y = w[:, None, None] * sums{all_ending}", needs=(TORCH,)),
            None,
        )  # fmt: skip
