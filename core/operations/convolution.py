"""conv2d: a kernel slides over the input; products under it are summed into one output cell."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core import functional
from core.errors import SceneError
from core.geometry import Slide, resolve_padding
from core.kernels import kernel_named
from core.operations import settings
from core.operations.seeded import SIZES, check_weight_or_sizes, drawn_by_seed
from core.operations.windows import WindowLayer, Windows, refuse_wide_windows, running, summed, widened
from core.vocabulary import WITH_WINDOW, Array, Detail, Operation, Parameter, Shape, Text

WEIGHT = Parameter(
    "weight",
    "weight",
    Text("A kernel's name or its numbers, such as [1 0 -1; 2 0 -2; 1 0 -1]"),
    positional=True,
    first="sobel-x",
)
GROUPS = Parameter(
    "groups",
    "int",
    Text("Channels are split into so many groups, each with its own kernels"),
    default=1,
    minimum=1,
    maximum=settings.LONGEST_SIDE,
)
FLIP = Parameter(
    "flip",
    "boolean",
    Text("Rotate the kernel by 180 degrees: convolution as mathematics defines it"),
    default=False,
)
DIVISOR = Parameter(
    "divisor",
    "number",
    Text("The sum of products is divided by this; the named kernel's own when left out"),
)


class Conv2d(Operation):
    """output = sum over window of x * weight / divisor + bias (cross-correlation unless flip)."""

    name = "conv2d"
    title = Text("Convolution")
    kind = "gather"
    group = "convolution"
    parameters = (
        WEIGHT,
        *SIZES,
        settings.BIAS,
        settings.STRIDE,
        settings.PADDING,
        settings.PADDING_MODE,
        settings.PADDING_VALUE,
        settings.DILATION,
        GROUPS,
        FLIP,
        DIVISOR,
    )

    def __init__(self, /, *positional: object, **keywords: object) -> None:
        super().__init__(*positional, **keywords)
        if self["divisor"] == 0:
            raise SceneError("divisor", 0, "must not be zero")
        check_weight_or_sizes(self)
        if isinstance(self["weight"], str):
            kernel_named(self["weight"])

    def layer(self, input_shape: Shape) -> Conv2dLayer:
        return Conv2dLayer(self, input_shape)


@dataclass(frozen=True, slots=True)
class Weight:
    """The numbers that slide, as they multiply the window: (F, C / groups, kH, kW).

    Their shape is known before they are: `make` gives them when something is computed.
    """

    shape: tuple[int, ...]
    make: Callable[[], Array]
    bias: Bias
    divisor: float | int
    groups: int
    depthwise: bool

    @property
    def values(self) -> Array:
        return self.make()

    @classmethod
    def holding(cls, values: Array, bias: Bias, divisor: float | int, groups: int, depthwise: bool) -> Weight:
        return cls(values.shape, lambda: values, bias, divisor, groups, depthwise)

    @classmethod
    def sized(cls, operation: Operation, kernel_size: tuple[int, int], C: int, groups: int) -> Weight:
        """A layer by its sizes; it has a bias, of zeros unless other numbers are written."""
        F, seed = operation["out"], operation["seed"]
        check_groups(C, F, groups)
        shape = (F, C // groups, *kernel_size)
        bias = Bias.of(0 if operation["bias"] is None else operation["bias"], F, shared=False)
        return cls(shape, lambda: drawn_by_seed(shape, seed), bias, 1, groups, False)

    @classmethod
    def of(cls, operation: Operation, drawn: Array, divisor: float | int, C: int) -> Weight:
        values, groups = spread(drawn, C, operation["groups"])
        if operation["flip"]:
            values = values[..., ::-1, ::-1]
        shared = drawn.ndim == 2 and C > 1
        bias = Bias.of(operation["bias"], len(values), shared)
        return cls.holding(np.ascontiguousarray(values), bias, divisor, groups, shared)

    def count(self) -> int:
        """How many numbers there are to learn: a kernel that channels share counts once."""
        return math.prod(self.shape[1:] if self.depthwise else self.shape) + self.bias.count


@dataclass(frozen=True, slots=True)
class Bias:
    """One number for each kernel, zeros where none was written; `count` tells how many there are to learn.

    What is counted is what was written, whatever its values. Kernels have a bias each; where channels share one
    kernel they share a single number, too.
    """

    values: Array
    count: int

    @classmethod
    def of(cls, written: Any, F: int, shared: bool) -> Bias:
        """The bias of F kernels; `shared` says that they are one kernel on every channel."""
        if written is None or written is False:
            return cls(np.zeros(F, np.int64), 0)
        numbers = written if isinstance(written, tuple) else (written,)
        if len(numbers) not in (1, F):
            raise SceneError("bias", written, "needs one number, or {F}: one for each kernel", F=F)
        return cls(np.broadcast_to(np.array(numbers), (F,)), len(numbers) if shared else F)

    def told(self) -> list[Any] | None:
        """As the first line of a stream tells it."""
        return self.values.tolist() if self.count else None


def drawn_weight(operation: Operation) -> tuple[Array, float | int]:
    """The weight as written, and what its sums are divided by."""
    written, divisor = operation["weight"], operation.arguments.get("divisor")
    if not isinstance(written, str):
        return np.array(written), 1 if divisor is None else divisor
    kernel = kernel_named(written)
    return np.array(kernel.weight), kernel.divisor if divisor is None else divisor


def spread(drawn: Array, C: int, groups: int) -> tuple[Array, int]:
    """A weight of 2, 3 or 4 dimensions as (F, C / groups, kH, kW), and its groups.

    A 2-D kernel filters each channel by itself; a 3-D one sums over its channels; a 4-D one is a whole layer.
    """
    if drawn.ndim == 2:
        if groups not in (1, C):
            raise SceneError("groups", groups, "a 2-D kernel filters each of the {C} channels by itself", C=C)
        return np.broadcast_to(drawn, (C, 1, *drawn.shape)), C
    weight = drawn[None] if drawn.ndim == 3 else drawn
    check_groups(C, len(weight), groups)
    if weight.shape[1] != C // groups:
        rule = "has {depth} channels but the input gives it {C}"
        raise SceneError("weight", weight.shape, rule, depth=weight.shape[1], C=C // groups)
    return weight, groups


def check_groups(C: int, F: int, groups: int) -> None:
    if C % groups or F % groups:
        rule = "must divide the {C} input channels and the {F} kernels"
        raise SceneError("groups", groups, rule, C=C, F=F)


@dataclass(slots=True)
class Conv2dLayer(WindowLayer):
    weight: Weight = field(init=False)

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
        return (self.weight.shape[0], *self.windows.shape)

    def apply(self, x: Array) -> Array:
        rows, cols = self.windows.rows, self.windows.cols
        bordered, padding = self.bordered(x)
        sums = functional.conv2d(
            widened(bordered),
            self.weight.values,
            stride=(rows.stride, cols.stride),
            padding=padding,
            dilation=(rows.dilation, cols.dilation),
            groups=self.weight.groups,
            padding_mode=self.padding_mode,
        )
        return self.finished(sums, self.weight.bias.values[:, None, None])

    def finished(self, sums: Array, bias: Array) -> Array:
        """What becomes of a sum of products: divided, then biased."""
        output = sums if self.weight.divisor == 1 else sums / self.weight.divisor
        return output + bias if self.weight.bias.count else output

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
        products = window * self.kernels(at)
        sums = summed(products, 2)
        bias = self.weight.bias.values[at[:, 0]]
        output = self.finished(summed(sums, 1), bias)
        columns = {"corner": self.windows.corners(at)}
        if detail in WITH_WINDOW:
            columns |= {"window": window, "products": products}
        if detail == "partial":
            columns |= {"partial": running(products, 1)}
        if detail != "output":
            columns |= {"sums": sums, "bias": bias}
        return {**columns, "output": output}

    def start_fields(self) -> dict[str, Any]:
        weight = self.weight
        return {
            "weight": weight.values.tolist(),
            "bias": weight.bias.told(),
            "divisor": weight.divisor,
            **WindowLayer.start_fields(self),
            "groups": weight.groups,
            "flip": bool(self.operation.arguments.get("flip", False)),
            "depthwise": self.depthwise,
        }

    def step_cells(self) -> int:
        return math.prod(self.weight.shape[1:])

    @property
    def depthwise(self) -> bool:
        return self.weight.depthwise

    def parameter_count(self) -> int:
        return self.weight.count()

    def multiply_adds(self) -> int:
        return math.prod(self.output_shape) * math.prod(self.weight.shape[1:])
