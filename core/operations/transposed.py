"""conv_transpose2d: each input cell stamps the kernel into the output, and overlaps add up."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np

from core import functional
from core.algorithms.arrays import matching
from core.algorithms.exact import check_sums, heaviest_stamps
from core.functional.transposed import transposed_shapes
from core.geometry import pair, transposed_formula, transposed_size
from core.operations import settings
from core.operations.axes import StampAxis, padding_along
from core.operations.coding import numbers, torch_numbers
from core.operations.coding_stamps import Canvas, Transposed
from core.operations.convolution import WEIGHT
from core.operations.letters import AT, INPUT, SAID_STAMPED, C_i, C_o, G, b, k, matrix, q, spans, w, x, y
from core.operations.limits import limits_of
from core.operations.scatter import ScatterLayer
from core.operations.settings import GROUPS
from core.operations.weights import Bias, check_name, drawn_weight, stamped_weight
from core.operations.windows import widened
from core.rules.filling import MOST_PARTS
from core.rules.folding import put
from core.rules.rule import Rule
from core.rules.slots import Whole
from core.rules.tree import Number, Omitted, Symbol, Tree
from core.rules.writing import equal, floor, related
from core.vocabulary import Array, Code, Operation, Parameter, Shape, Text

STAMP_STRIDE = replace(
    settings.STRIDE,
    help=Text("How many output cells lie between two stamps"),
)
CUT = replace(
    settings.PADDING,
    words=(),
    help=Text("Cells cut off around the output: valid, same, full or a count"),
)
OUTPUT_PADDING = Parameter(
    "output_padding",
    "pair",
    Text("Output padding"),
    Text("Cells added at the bottom and right of the output, fewer than stride or dilation"),
    default=(0, 0),
    minimum=0,
    maximum=settings.LONGEST_SIDE,
    rare=True,
)


STAMPED_WEIGHT = replace(WEIGHT, required=True, named=False)


class Stamping(Operation):
    """What the two have in common: a weight that input cells stamp into the output."""

    kind = "scatter"

    def __init__(self, /, *positional: object, **keywords: object) -> None:
        super().__init__(*positional, **keywords)
        check_name(self["weight"])


class ConvTranspose2d(Stamping):
    """output += x[cell] * weight, at cell * stride - padding"""

    name = "conv_transpose2d"
    title = Text("Transposed convolution")
    group = "convolution"
    parameters = (
        STAMPED_WEIGHT,
        settings.BIAS,
        STAMP_STRIDE,
        CUT,
        OUTPUT_PADDING,
        GROUPS,
        settings.DILATION,
    )

    def layer(self, input_shape: Shape) -> StampingLayer:
        return TransposedLayer(self, input_shape)


@dataclass(slots=True)
class StampingLayer(ScatterLayer):
    weight: Array = field(init=False)  # (C, F / groups, kH, kW)
    bias: Bias = field(init=False)
    weight_groups: int = field(init=False)
    extra: tuple[int, int] = field(init=False)

    def place(self) -> Shape:
        C = self.input_shape[0]
        self.weight, self.weight_groups = stamped_weight(self.operation, C)
        self.stand(self.weight.shape)
        F = self.weight.shape[1] * self.weight_groups
        self.bias = Bias.of(self.operation.arguments.get("bias"), F, self.shared)
        self.count = self.input_shape[1:]
        sides = [
            transposed_size(count, slide, extra)
            for count, slide, extra in zip(self.count, self.slides, self.extra, strict=True)
        ]
        return (F, sides[0], sides[1])

    def stand(self, weight_shape: tuple[int, ...]) -> None:
        """Sets slides and extra, the rows and columns that the formula does not count."""
        raise NotImplementedError

    @property
    def shared(self) -> bool:
        """Whether several channels stamp one kernel."""
        drawn, _ = drawn_weight(self.operation)
        return drawn.ndim == 2 and self.input_shape[0] > 1

    def forward_shapes(self, weight_shape: tuple[int, ...], stride: Any, padding: Any, extra: Any) -> Any:
        given = self.operation
        return transposed_shapes(
            (1, *self.input_shape), weight_shape, stride, padding, extra, self.weight_groups, given["dilation"]
        )

    def depth(self) -> int:
        return self.input_shape[0] // self.weight_groups

    def stamps(self, x: Array, place: Array) -> Array:
        entering = self.entering(x, place)
        return np.asarray(entering[:, None, None, None] * matching(self.weight[place[:, 0]], entering))

    def beginning(self, place: Array) -> Array:
        planes = self.weight.shape[1]
        first = place[:, 0] // self.depth() * planes
        return np.asarray(self.bias.values[first[:, None] + np.arange(planes)][:, :, None, None])

    def check_values(self, x: Array) -> None:
        if self.weight.dtype.kind != "f":
            check_sums(x, heaviest_stamps(self.weight, self.weight_groups), self.bias.largest_integer())

    def apply(self, x: Array) -> Array:
        rows, cols = self.slides
        return functional.conv_transpose2d(
            widened(x),
            self.weight,
            self.bias.values if self.bias.count else None,
            (rows.stride, cols.stride),
            (rows.padding, cols.padding),
            self.extra,
            self.weight_groups,
            (rows.dilation, cols.dilation),
        )

    def start_fields(self) -> dict[str, Any]:
        return {
            "weight": self.weight.tolist(),
            "bias": self.bias.as_json(),
            **ScatterLayer.start_fields(self),
            "output_padding": list(self.extra),
        }

    def multiply_adds(self) -> int:
        return math.prod(self.input_shape) * math.prod(self.weight.shape[1:])

    def code(self) -> Code:
        drawn, divisor = drawn_weight(self.operation)
        values = drawn if self.shared or drawn.ndim == 4 else self.weight * divisor
        divided = (f"w = w / {divisor}",) if divisor != 1 else ()
        bias = self.bias.values if self.bias.count else None
        return Transposed(
            Canvas(self.output_shape, self.slides, self.count),
            self.input_shape,
            (numbers("w", values), *divided),
            (torch_numbers("w", values), *divided),
            self.weight.shape[1],
            self.weight_groups,
            self.shared,
            () if bias is None else (numbers("b", bias),),
            () if bias is None else (torch_numbers("b", bias),),
        ).code()

    # The rule: what comes in, on channel `come`, is stamped into channel `go`.

    incoming: ClassVar[Symbol] = x
    outgoing: ClassVar[Symbol] = y
    come: ClassVar[Symbol] = q
    go: ClassVar[Symbol] = k

    def rule(self) -> Rule:
        frame = self.frame
        kernel = w[frame.offsets] if self.shared else w[(self.come, self.go, *frame.offsets)]
        cell = self.outgoing[(self.channel(self.come), *frame.cell())]
        planes = C_o if self.weight_groups == 1 else C_o / G
        over = (*frame.inputs(self.come), *(() if self.shared else spans((self.go, planes))))
        beginning = b[k] if self.bias.count else 0
        general = self.stamped(beginning, cell, self.incoming[(self.come, *frame.places)] * kernel, over)
        line = related(
            "+=", self.outgoing[(self.channel_now(), *self.landing())], INPUT * put(kernel, {self.come.name: AT[0]})
        )
        views = frame.views(self.input_shape, self.output_shape)
        views = {self.incoming.name: views["x"], self.outgoing.name: views["y"]}
        letters = self.letters() | {"G": self.weight_groups}
        return Rule(general, letters, (line,), self.aside(), (SAID_STAMPED,), views, self.arrays, self.incoming.name)

    def channel(self, come: Tree) -> Tree:
        """The output channel that a kernel stamps into."""
        if self.shared:
            return come
        groups = self.weight_groups
        return self.go if groups == 1 else floor(come * G / C_i) * (C_o / G) + self.go

    def channel_now(self) -> Tree:
        """The same for a step."""
        if self.shared or self.weight_groups == 1:
            return self.channel(AT[0])
        planes = self.weight.shape[1]
        return Whole(floor(AT[0] / Number(self.depth())) * planes) + self.go

    def arrays(self) -> dict[str, Array]:
        weight = self.weight[0, 0] if self.shared else self.weight
        return {"w": weight if len(self.frame.axes) > 1 else weight[..., 0, :], "b": self.bias.values}

    def aside(self) -> tuple[Tree, ...]:
        """The stamps of the first channels, number by number."""
        planes = self.weight.shape[1]
        shown = max(1, min(planes, MOST_PARTS // math.prod(self.kernel_size)))
        lines = [
            equal(
                INPUT * matrix("start", "weight", ("step", "at", 0), plane, role="kernel"),
                matrix("step", "products", plane, role="output"),
            )
            for plane in range(shown)
        ]
        return (*lines, *((Omitted(planes - shown),) if planes > shown else ()))

    def formula(self) -> dict[str, str] | None:
        rows, cols = (
            transposed_formula(count, slide, extra)
            for count, slide, extra in zip(self.count, self.slides, self.extra, strict=True)
        )
        return {"rows": rows, "cols": cols}


@dataclass(slots=True)
class TransposedLayer(StampingLayer):
    def stand(self, weight_shape: tuple[int, ...]) -> None:
        given = self.operation
        extra = given["output_padding"]
        shapes = self.forward_shapes(weight_shape, given["stride"], given["padding"], extra)
        self.slides, self.extra = shapes.slides, pair("output_padding", extra)

    def limits(self, operation: Operation) -> dict[str, dict[str, Any]]:
        given, kernel = self.operation, self.kernel_size
        rows, cols = (
            StampAxis(self.count[axis], kernel[axis], given["stride"][axis], padding_along(given["padding"], axis),
                      given["dilation"][axis], given["output_padding"][axis])
            for axis in (0, 1)
        )  # fmt: skip
        return limits_of(operation, (rows, cols), ("padding", "output_padding"))

    def parameter_count(self) -> int:
        """A kernel that channels share counts once, and so does a bias that they share."""
        return int(self.weight[0].size if self.shared else self.weight.size) + self.bias.count
