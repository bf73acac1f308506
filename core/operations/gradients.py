"""What gradient filters share: two kernels at once, the length and the direction of the gradient."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from core import functional
from core.algorithms.arrays import matching
from core.algorithms.exact import check_sums, heaviest
from core.geometry import Slide, resolve_padding
from core.kernels import KERNELS
from core.operations import settings
from core.operations.coding_gradients import of_picture
from core.operations.in_order import MOST_PRODUCTS, correlated
from core.operations.letters import AT, OUTPUT, PICTURE, SAID_OUTPUT, SAID_SLOPES, cells, k, step, x, y
from core.operations.stretches import RowsLayer
from core.operations.sums import in_order, running
from core.operations.windows import WindowLayer, Windows, widened
from core.rules.rule import Rule, Statement
from core.rules.slots import Slot
from core.rules.tree import Brackets, Root, Symbol, Terms, Tree
from core.rules.writing import call, equal, rounding, symbol, total
from core.vocabulary import WITH_WINDOW, Array, Code, Detail, Operation, Parameter, Shape, Text

NORM = Parameter(
    "norm",
    "choice",
    Text("Norm"),
    Text("Length of the gradient: l2 (root of squares), l1 (sum of both), max (the larger)"),
    default="l2",
    choices=("l2", "l1", "max"),
)
NORMALIZE = Parameter(
    "normalize",
    "boolean",
    Text("Normalise"),
    Text("Divide the sums so that a ramp of 1 per pixel has the gradient 1"),
    default=False,
)
SHOW = Parameter(
    "show",
    "choice",
    Text("Map shows"),
    Text("What the map holds: the magnitude, the direction in degrees, or one of the two sums"),
    default="magnitude",
    choices=("magnitude", "direction", "x", "y"),
)


class GradientFilter(Operation):
    """output = sqrt(gx^2 + gy^2), angle = atan2(gy, gx), with gx and gy the sums of two kernels.

    The angle says where the picture grows brighter: x runs to the right, y down, 0 is the x axis.
    """

    kind = "gather"
    group = "gradients"
    family = "filter"
    parameters = (
        settings.STRIDE,
        settings.PADDING,
        settings.PADDING_MODE,
        settings.PADDING_VALUE,
        NORM,
        NORMALIZE,
        SHOW,
    )
    kernels: ClassVar[tuple[str, str]]

    def slopes_in_letters(self, first: Tree, second: Tree) -> tuple[Tree, Tree]:
        """What `slopes` says, for rules."""
        return first, second

    slopes_in_code: ClassVar[tuple[str, str]] = ("gx", "gy")

    def slopes(self, first: Array, second: Array) -> tuple[Array, Array]:
        """What the two sums say of the slope along x and along y."""
        return first, second

    def layer(self, input_shape: Shape) -> GradientLayer:
        return GradientLayer(self, input_shape)


LENGTHS: dict[str, Callable[[Array, Array], Array]] = {
    "l2": functional.gradient_length,
    "l1": lambda gx, gy: np.asarray(np.abs(gx) + np.abs(gy)),
    "max": lambda gx, gy: np.asarray(np.maximum(np.abs(gx), np.abs(gy))),
}


# The same in letters.
LENGTHS_IN_LETTERS: dict[str, Callable[[Tree, Tree], Tree]] = {
    "l2": lambda gx, gy: Root(gx**2 + gy**2),
    "l1": lambda gx, gy: Brackets("absolute", gx) + Brackets("absolute", gy),
    "max": lambda gx, gy: call("max", Brackets("absolute", gx), Brackets("absolute", gy)),
}


# And in code, NumPy's and PyTorch's.
LENGTHS_IN_CODE = {
    "l2": ("np.hypot(gx, gy)", "torch.hypot(gx, gy)"),
    "l1": ("(np.abs(gx) + np.abs(gy))", "(gx.abs() + gy.abs())"),
    "max": ("np.maximum(np.abs(gx), np.abs(gy))", "torch.maximum(gx.abs(), gy.abs())"),
}


@dataclass(slots=True)
class GradientLayer(RowsLayer):
    pair: Array = field(init=False)  # (2, kH, kW): x then y
    told_in_order: bool = field(init=False)  # whether floats are added as the steps add them

    def place(self) -> Windows:
        given = self.operation
        assert isinstance(given, GradientFilter)
        self.pair = np.array([KERNELS[name].weight for name in given.kernels])
        sides = (self.pair.shape[1], self.pair.shape[2])
        _, H, W = self.input_shape
        padding = resolve_padding(given["padding"], sides, given["stride"], (1, 1), (H, W))
        slides = [Slide(sides[axis], given["stride"][axis], padding[axis], 1) for axis in (0, 1)]
        return Windows.over((H, W), slides[0], slides[1], given["padding_mode"])

    def shape(self) -> Shape:
        shape = RowsLayer.shape(self)
        self.told_in_order = math.prod(shape) * self.pair.size <= MOST_PRODUCTS
        return shape

    @property
    def divisor(self) -> float:
        """What makes the gradient of a ramp of 1 per pixel 1: the length of both kernels' answers to it."""
        if not self.operation["normalize"]:
            return 1
        answers = (self.pair * np.arange(self.pair.shape[2])).sum(axis=(1, 2))
        length = float(np.hypot(*answers))
        return round(length) if length.is_integer() else length

    def check_values(self, x: Array) -> None:
        """The sums of both kernels; for the norm l1 these two added up, too."""
        if isinstance(self.padding_value, int):
            together = self.pair[None] if self.operation["norm"] == "l1" else self.pair
            check_sums(x, heaviest(together), among=abs(self.padding_value))

    def apply(self, x: Array) -> Array:
        if self.told_in_order and x.dtype.kind == "f":
            return self.answer(*self.ordered(x))
        given = self.operation
        bordered, padding = self.bordered(x)
        motion = {"stride": given["stride"], "padding": padding, "padding_mode": given["padding_mode"]}
        if given["show"] == "magnitude" and given["norm"] == "l2":
            length = functional.gradient_magnitude(bordered, self.pair, **motion)
            return length if self.divisor == 1 else length / self.divisor
        cells = widened(bordered)
        return self.answer(*(functional.conv2d(cells, kernel, **motion) for kernel in self.pair))

    def ordered(self, x: Array) -> Array:
        """Both sums of every cell (2, C, oH, oW), each as its step makes it."""
        C, (kH, kW) = self.input_shape[0], self.kernel_size
        kernels = np.broadcast_to(self.pair[None], (C, 2, kH, kW)).reshape(2 * C, 1, kH, kW)
        sums = correlated(self.windows, x, kernels, C, self.padding_value)
        return sums.reshape(C, 2, *self.windows.shape).swapaxes(0, 1)

    def answer(self, gx: Array, gy: Array) -> Array:
        """The output, from the two sums."""
        if self.operation["show"] == "direction":
            return np.degrees(self.direction(gx, gy))
        if self.divisor != 1:
            gx, gy = gx / self.divisor, gy / self.divisor
        if self.operation["show"] != "magnitude":
            return gx if self.operation["show"] == "x" else gy
        return LENGTHS[self.operation["norm"]](gx, gy)

    def direction(self, first: Array, second: Array) -> Array:
        given = self.operation
        assert isinstance(given, GradientFilter)
        return functional.gradient_direction(*given.slopes(first, second))

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        window = self.windows.gather(x, self.channels(at), at, self.padding_value)[:, 0]
        products = window[:, None] * matching(self.pair, window)
        sums = in_order(products, 2)
        columns = {"corner": self.windows.corners(at)}
        if detail in WITH_WINDOW:
            columns |= {"window": window, "products": products}
        if detail == "partial":
            columns |= {"partial": running(products, 2)}
        if detail != "output":
            columns |= {"sums": sums}
        return {
            **columns,
            "output": self.answer(sums[:, 0], sums[:, 1]),
            "angle": self.direction(sums[:, 0], sums[:, 1]),
        }

    def start_fields(self) -> dict[str, Any]:
        return {
            "weight": self.pair.tolist(),
            "bias": None,
            "divisor": self.divisor,
            **WindowLayer.start_fields(self),
            "depthwise": self.depthwise,
        }

    @property
    def depthwise(self) -> bool:
        return self.input_shape[0] > 1

    def multiply_adds(self) -> int:
        return math.prod(self.output_shape) * self.pair.size

    def code(self) -> Code:
        given = self.operation
        border = (self.padding_mode, self.padding_value)
        return of_picture(self.output_shape, self.slides, border, self.pair, self.spelled(given["show"]))

    def spelled(self, show: str) -> tuple[str, str]:
        """What `answer` computes, in NumPy and in PyTorch."""
        given = self.operation
        assert isinstance(given, GradientFilter)
        if show == "direction":
            along_x, along_y = given.slopes_in_code
            return (
                f"np.degrees(np.arctan2({along_y}, {along_x}))",
                f"torch.rad2deg(torch.arctan2({along_y}, {along_x}))",
            )
        divided = "" if self.divisor == 1 else f" / {self.divisor}"
        if show != "magnitude":
            return (f"g{show}{divided}",) * 2
        numpy, torch = LENGTHS_IN_CODE[given["norm"]]
        return f"{numpy}{divided}", f"{torch}{divided}"

    # The rule.

    def names(self) -> tuple[str, str]:
        """x and y, or the numbers of the diagonals."""
        given = self.operation
        assert isinstance(given, GradientFilter)
        first, second = (name.rpartition("-")[2] for name in given.kernels)
        return first, second

    def rule(self) -> Rule:
        """y = the length of (g_x, g_y), or what else the map shows."""
        place, offsets = (k, *PICTURE.places), PICTURE.offsets
        slopes = [symbol(f"g^{name}")[place] for name in self.names()]
        where = [
            equal(slope, self.divided(total("sum", PICTURE.inside(), x[(k, *PICTURE.cell())] * kernel[offsets])))
            for slope, kernel in zip(slopes, self.kernel_letters(), strict=True)
        ]
        shown = self.in_letters(slopes[0], slopes[1])
        general = Statement((equal(y[place], shown),), PICTURE.outputs(), (*where, *self.border()))
        sums = [self.divided(step("sums", place)) for place in (0, 1)]
        numbers = (equal(y[AT], self.in_letters(sums[0], sums[1]), OUTPUT),)
        return Rule(general, self.letters(), numbers, self.aside(), (SAID_SLOPES, SAID_OUTPUT), arrays=self.arrays)

    def kernel_letters(self) -> tuple[Symbol, Symbol]:
        first, second = (symbol(f"w^{name}", "kernel") for name in self.names())
        return first, second

    def arrays(self) -> dict[str, Array]:
        return {kernel.name: values for kernel, values in zip(self.kernel_letters(), self.pair, strict=True)}

    def letters(self) -> dict[str, Any]:
        return PICTURE.sizes(self.input_shape, self.output_shape) | PICTURE.slides(self.slides) | {"d": self.divisor}

    def divided(self, sums: Tree) -> Tree:
        return sums if self.divisor == 1 else sums / self.divisor

    def in_letters(self, gx: Tree, gy: Tree) -> Tree:
        """What `answer` computes."""
        given = self.operation
        if given["show"] == "direction":
            return 180 / symbol("π") * self.angle(gx, gy)
        if given["show"] != "magnitude":
            return gx if given["show"] == "x" else gy
        return LENGTHS_IN_LETTERS[given["norm"]](gx, gy)

    def angle(self, first: Tree, second: Tree) -> Tree:
        given = self.operation
        assert isinstance(given, GradientFilter)
        along_x, along_y = given.slopes_in_letters(first, second)
        return rounding("atan2", along_y, along_x)

    def aside(self) -> tuple[Tree, ...]:
        """Both sums, and the direction."""
        sums = [step("sums", 0), step("sums", 1)]
        lines = [
            equal(symbol(f"g^{name}"), self.divided(products_of(place)), self.divided(sums[place]))
            for place, name in enumerate(self.names())
        ]
        return (*lines, equal(symbol("θ"), self.angle(sums[0], sums[1]), step("angle", unit="degrees")))


def products_of(place: int) -> Tree:
    kernel = Slot(("start", "weight", place, "i", "j"), "kernel")
    return Terms((cells("window", "i", "j", body=step("window", "i", "j", role="input") * kernel),))
