"""conv2d: a kernel slides over the input; products under it are summed into one output cell."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from core import functional
from core.algorithms.arrays import matching
from core.algorithms.exact import check_sums, heaviest
from core.errors import SceneError
from core.geometry import Slide, resolve_padding
from core.matrices import MOST_WEIGHTS
from core.operations import settings
from core.operations.coding_convolution import Convolution, seeded_lines, weight_lines
from core.operations.in_order import MOST_PRODUCTS, correlated
from core.operations.letters import OUTPUT, SAID_OUTPUT, SAID_SUM, C_i, C_o, G, b, cells, k, q, spans, step, w, x, y
from core.operations.seeded import SIZES, check_weight_or_sizes
from core.operations.settings import FLIP, GROUPS
from core.operations.stretches import RowsLayer
from core.operations.sums import in_order, products_told
from core.operations.weights import Weight, check_name, drawn_weight, group_limit, told_weight
from core.operations.windows import LARGEST_WINDOW, WindowLayer, Windows, refuse_wide_windows, widened
from core.reach import Grouped, Line
from core.rules.rule import Rule, Said, Statement
from core.rules.slots import Slot
from core.rules.tree import Range, Symbol, Terms, Tree
from core.rules.writing import equal, floor, symbol, total
from core.snippets.snippet import Lines
from core.vocabulary import Array, Code, Detail, Operation, Parameter, Shape, Text

WEIGHT = Parameter(
    "weight",
    "weight",
    Text("Kernel"),
    Text("A kernel's name or its numbers, such as [1 0 -1; 2 0 -2; 1 0 -1]"),
    positional=True,
    first="sobel-x",
    named=True,
)


class Conv2d(Operation):
    """output = sum over window of x * weight / divisor + bias (cross-correlation unless flip)."""

    name = "conv2d"
    family = "filter"
    title = Text("Convolution")
    kind = "gather"
    group = "convolution"
    parameters = (
        WEIGHT,
        *SIZES,
        settings.BIAS,
        settings.STRIDE,
        *settings.BORDER,
        settings.DILATION,
        GROUPS,
        FLIP,
        settings.DIVISOR,
    )

    def __init__(self, /, *positional: object, **keywords: object) -> None:
        super().__init__(*positional, **keywords)
        if self["divisor"] == 0:
            raise SceneError("divisor", 0, "must not be zero")
        check_weight_or_sizes(self)
        check_name(self["weight"])

    def layer(self, input_shape: Shape) -> Conv2dLayer:
        return Conv2dLayer(self, input_shape)


@dataclass(slots=True)
class Conv2dLayer(RowsLayer):
    weight: Weight = field(init=False)
    told_in_order: bool = field(init=False)  # whether the map's sums are made as the steps make them

    def place(self) -> Windows:
        C, H, W = self.input_shape
        self.weight = self.slid_weight(C)
        kernel_size = (self.weight.shape[-2], self.weight.shape[-1])
        refuse_wide_windows(math.prod(self.weight.shape[1:]))
        stride, padding, dilation = self.motion()
        sides = resolve_padding(padding, kernel_size, stride, dilation, (H, W))
        slides = [Slide(kernel_size[axis], stride[axis], sides[axis], dilation[axis]) for axis in (0, 1)]
        return Windows.over((H, W), slides[0], slides[1], self.padding_mode)

    def slid_weight(self, C: int) -> Weight:
        given = self.operation
        if given["out"] is not None:
            return Weight.sized(given, given["kernel_size"], C, given["groups"])
        return Weight.of(given, *drawn_weight(given), C)

    def motion(self) -> tuple[tuple[int, int], Any, tuple[int, int]]:
        """Stride, padding and dilation."""
        return self.operation["stride"], self.operation["padding"], self.operation["dilation"]

    def shape(self) -> Shape:
        self.told_in_order = math.prod(self.windows.shape) * math.prod(self.weight.shape) <= MOST_PRODUCTS
        return (self.weight.shape[0], *self.windows.shape)

    def check_values(self, x: Array) -> None:
        if self.weight.whole and isinstance(self.padding_value, int):
            bias = self.weight.bias.largest_integer()
            check_sums(x, heaviest(self.weight.values), bias, among=abs(self.padding_value))

    def apply(self, x: Array) -> Array:
        values = self.weight.values
        fractions = "f" in (x.dtype.kind, values.dtype.kind)
        sums = self.ordered(x, values) if fractions and self.told_in_order else self.fast(x, values)
        return self.finished(sums, self.weight.bias.values[:, None, None])

    def ordered(self, x: Array, values: Array) -> Array:
        """The sums of products, each as its step makes it."""
        return correlated(self.windows, x, values, self.weight.groups, self.padding_value)

    def fast(self, x: Array, values: Array) -> Array:
        """The sums of products, exact where they are whole; floats may round otherwise than in the steps."""
        rows, cols = self.windows.slides
        bordered, padding = self.bordered(x)
        motion: dict[str, Any] = {"stride": (rows.stride, cols.stride), "dilation": (rows.dilation, cols.dilation)}
        motion |= {"groups": self.weight.groups, "padding_mode": self.padding_mode}
        return functional.conv2d(widened(bordered), values, padding=padding, **motion)

    def finished(self, sums: Array, bias: Array) -> Array:
        """What becomes of a sum of products: divided, then biased."""
        output = sums if self.weight.divisor == 1 else sums / self.weight.divisor
        return output + matching(bias, output) if self.weight.bias.count else output

    def channels(self, at: Array) -> Array:
        depth = self.weight.shape[1]
        if self.weight.groups == 1:
            return np.broadcast_to(np.arange(depth), (len(at), depth))
        kernels_in_group = self.weight.shape[0] // self.weight.groups
        first = at[:, 0] // kernels_in_group * depth
        return np.asarray(first[:, None] + np.arange(depth))

    def kernels(self, at: Array) -> Array:
        """The kernel of each step: (n, C / groups, kH, kW), or (C / groups, kH, kW) when all have the same."""
        kernel = at[:, 0]
        if self.weight.shape[0] == 1 or (kernel == kernel[0]).all():
            return np.asarray(self.weight.values[kernel[0]])
        taps = np.moveaxis(self.weight.values, 0, -1)[..., kernel]  # laid out as windows.gather lays windows out
        return np.moveaxis(taps, -1, 0)

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        window = self.windows.gather(x, self.channels(at), at, self.padding_value)
        products = window * matching(self.kernels(at), window)
        sums = in_order(products, 2)
        bias = self.weight.bias.values[at[:, 0]]
        output = self.finished(in_order(sums, 1), bias)
        told = products_told(detail, window, products, sums)
        told |= {"bias": bias} if "sums" in told else {}
        return {"corner": self.windows.corners(at), **told, "output": output}

    def start_fields(self) -> dict[str, Any]:
        weight = self.weight
        return {
            "weight": told_weight(weight),
            "bias": weight.bias.as_json(),
            "divisor": weight.divisor,
            **WindowLayer.start_fields(self),
            "groups": weight.groups,
            "flip": bool(self.operation.arguments.get("flip", False)),
            "depthwise": self.depthwise,
        }

    def limits(self, operation: Operation) -> dict[str, dict[str, Any]]:
        found, given = WindowLayer.limits(self, operation), operation.arguments
        if "groups" not in given:
            return found
        sized = given.get("weight") is None
        return found | {"groups": group_limit(self.weight, self.input_shape[0], given["groups"], sized)}

    def most_kernel_cells(self) -> int:
        """A window over all channels has its limit, and so has a weight that is written out."""
        depth = self.weight.shape[1]
        by_sizes = self.operation.arguments.get("out") is not None
        written = 1 if self.weight.depthwise or by_sizes else self.weight.shape[0] * depth
        return min(LARGEST_WINDOW // depth, MOST_WEIGHTS // written)

    def channel_reach(self) -> Line | None:
        return None if self.weight.depthwise else Grouped(self.output_shape[0], self.weight.groups)

    def step_cells(self) -> int:
        return math.prod(self.weight.shape[1:])

    @property
    def depthwise(self) -> bool:
        return self.weight.depthwise

    def parameter_count(self) -> int:
        return self.weight.count()

    def multiply_adds(self) -> int:
        return math.prod(self.output_shape) * math.prod(self.weight.shape[1:])

    @property
    def flipped(self) -> bool:
        """Whether a kernel that was drawn is turned; weights by a seed are as they come."""
        given = self.operation.arguments
        return bool(given.get("flip")) and given.get("out") is None

    def connections(self) -> int:
        """Each output has a line to every cell under its window, and one to its bias."""
        return self.multiply_adds() + (math.prod(self.output_shape) if self.weight.bias.count else 0)

    def code(self) -> Code:
        weight, given = self.weight, self.operation.arguments
        seeded = given.get("out") is not None
        drawn = seeded_lines(weight.shape, given["seed"]) if seeded else self.written_lines()
        shapes = (self.input_shape, self.output_shape, self.slides, self.padding_mode, self.padding_value)
        return self.coding(
            *(*shapes, *drawn),
            *(weight.shape, self.flipped, weight.bias.told(), weight.divisor, weight.groups),
            shared=weight.depthwise,
            signal=self.signal,
        ).code()

    def written_lines(self) -> tuple[Lines, Lines]:
        return weight_lines(self.drawn(), self.weight.depthwise, self.operation.arguments.get("weight"))

    def drawn(self) -> Array:
        """The kernels as they are drawn."""
        return self.weight.values[..., ::-1, ::-1] if self.flipped else self.weight.values

    signal: ClassVar[bool] = False  # whether it is a convolution in one dimension
    partly: ClassVar[bool] = False  # whether some channels are not seen
    coding: ClassVar[type[Convolution]] = Convolution

    # The rule.

    def rule(self) -> Rule:
        """y = sum of x * w over the window, divided and biased."""
        products = total("sum", (*self.depths(), *self.frame.inside()), self.under() * self.slid())
        line = equal(y[(k, *self.frame.places)], self.ended(products, symbol("d"), b[k]))
        general = Statement((line,), self.frame.outputs(), self.border())
        return Rule(general, self.letters(), (self.arithmetic(),), (), self.said(), self.views(), self.arrays)

    def letters(self) -> dict[str, Any]:
        return WindowLayer.letters(self) | {"d": self.weight.divisor, "G": self.weight.groups}

    def arrays(self) -> dict[str, Array]:
        """The kernels as they are drawn, and the bias."""
        drawn = self.drawn()[0, 0] if self.weight.depthwise else self.drawn()
        return {"w": drawn if len(self.frame.axes) > 1 else drawn[..., 0, :], "b": self.weight.bias.values}

    def depths(self) -> tuple[Range, ...]:
        """The channels that a kernel reaches through; one that channels share has none."""
        if self.weight.depthwise:
            return ()
        return spans((q, C_i if self.weight.groups == 1 else C_i / G))

    def under(self) -> Symbol:
        """The cell under a weight."""
        if self.weight.depthwise:
            return x[(k, *self.frame.cell())]
        channel = q if self.weight.groups == 1 else floor(k * G / C_o) * (C_i / G) + q
        return x[(channel, *self.frame.cell())]

    def slid(self) -> Symbol:
        """The weight over a cell; flipped, the last comes first."""
        offsets: tuple[Tree, ...] = self.frame.offsets
        if self.flipped:
            offsets = tuple(K - 1 - offset for K, offset in zip(self.frame.size("K"), offsets, strict=True))
        return w[offsets] if self.weight.depthwise else w[(k, q, *offsets)]

    def ended(self, sums: Tree, divisor: Tree, bias: Tree) -> Tree:
        """What becomes of a sum of products, in letters or numbers."""
        divided = sums if self.weight.divisor == 1 else sums / divisor
        return divided + bias if self.weight.bias.count else divided

    def here(self) -> Symbol:
        return self.frame.here()

    def arithmetic(self) -> Tree:
        kernel = Slot(("start", "weight", ("step", "at", 0), "q", "i", "j"), "kernel")
        product = step("window", "q", "i", "j", role="input") * kernel
        products = Terms((cells("window", "q", "i", "j", body=product, skips=self.partly),))
        divisor = Slot(("start", "divisor"))
        bias = step("bias", role="kernel", label=Text("bias"))
        sides = [self.here(), self.ended(products, divisor, bias), OUTPUT]
        if self.weight.shape[1] > 1 or self.weight.divisor != 1 or self.weight.bias.count:
            sums = Terms((cells("sums", "q", body=step("sums", "q"), skips=self.partly),))
            sides.insert(2, self.ended(sums, divisor, bias))
        return equal(*sides)

    def said(self) -> tuple[Said, ...]:
        if self.weight.shape[1] > 1:
            return (SAID_OUTPUT,)
        plain = self.weight.divisor == 1 and not self.weight.bias.count
        return (SAID_SUM,) if plain else (SAID_SUM, SAID_OUTPUT)
