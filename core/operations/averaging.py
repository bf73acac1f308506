"""Average and power-average pooling: the mean of a window, or its p-norm."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from core import functional
from core.algorithms.arrays import floating
from core.algorithms.exact import check_sums
from core.functional.pooling import root
from core.geometry import Slide
from core.operations import settings
from core.operations.coding import options
from core.operations.coding_pooling import Pooling, over_axes
from core.operations.letters import OUTPUT, SAID_MEAN, SAID_NORM, Frame, cells, k, step, x, y
from core.operations.pooling import PoolLayer
from core.operations.sums import in_order, mean
from core.operations.windows import widened
from core.rules.folding import put
from core.rules.rule import Rule, Statement
from core.rules.tree import Brackets, Product, Terms, Tree, tree
from core.rules.writing import call, equal, symbol, total
from core.vocabulary import Array, Code, Operation, Parameter, Shape, Text

COUNT_INCLUDE_PAD = Parameter(
    "count_include_pad",
    "boolean",
    Text("Count the padding"),
    Text("Count the padding cells in the mean"),
    default=True,
    rare=True,
)
DIVISOR_OVERRIDE = Parameter(
    "divisor_override",
    "int",
    Text("Divisor"),
    Text("Divide the sum by this instead of the count"),
    minimum=1,
    maximum=1_000_000,
    rare=True,
)
CountTold = tuple[Tree, tuple[Tree, ...], dict[str, float]]  # a letter, what explains it, and its number

NORM_TYPE = Parameter(
    "norm_type",
    "number",
    Text("Norm"),
    Text("The p of the p-norm: 1 sums, 2 is Euclidean"),
    default=2,
    minimum=0.1,
    maximum=100,
    positional=True,
)


class AvgPool2d(Operation):
    """output = the mean of the cells under the window."""

    name = "avg_pool2d"
    title: ClassVar[Text] = Text("Average pooling")
    kind = "gather"
    group = "pooling"
    parameters = (
        settings.KERNEL_SIZE,
        settings.POOL_STRIDE,
        settings.POOL_PADDING,
        settings.CEIL_MODE,
        COUNT_INCLUDE_PAD,
        DIVISOR_OVERRIDE,
    )

    def layer(self, input_shape: Shape) -> AvgPoolLayer:
        return AvgPoolLayer(self, input_shape)


@dataclass(slots=True)
class AvgPoolLayer(PoolLayer):
    def check_values(self, x: Array) -> None:
        check_sums(x, math.prod(self.kernel_size))

    def apply(self, x: Array) -> Array:
        sums = self.sums(x)
        if sums is None:
            return functional.avg_pool2d(widened(x), **self.operation.arguments)
        return mean(sums, self.counts(every_cell(self.windows.shape)).reshape(self.windows.shape))

    def answers(self, window: Array, at: Array) -> dict[str, Array]:
        total, count = in_order(window, 1), self.counts(at)
        return {"sum": total, "count": count, "output": mean(total, count)}

    def counts(self, at: Array) -> Array:
        """What each sum is divided by: the cells of the window that count."""
        if self.operation["divisor_override"]:
            return np.full(len(at), self.operation["divisor_override"])
        _, H, W = self.input_shape
        whole = self.operation["count_include_pad"]
        rows = lines_counted(self.windows.rows, at[:, 1], H, whole)
        return rows * lines_counted(self.windows.cols, at[:, 2], W, whole)

    def rule(self) -> Rule:
        """y = the sum of x under the window, divided by how many cells of it count."""
        frame = self.frame
        sums = total("sum", frame.inside(), x[(k, *frame.cell())])
        count, where, letters = self.count_told()
        general = Statement((equal(y[(k, *frame.places)], sums / count),), frame.outputs(), (*self.border(), *where))
        window = Terms((cells("window", "i", "j"),))
        line = equal(frame.here(), window / step("count"), step("sum") / step("count"), OUTPUT)
        return Rule(general, self.letters() | letters, (line,), (), (SAID_MEAN,), self.views())

    def code(self) -> Code:
        given = self.operation
        divisor, counted = given["divisor_override"], given["count_include_pad"]
        plain = not self.looks_outside()

        def mean(window: str, axes: str) -> str:
            if divisor:
                return f"{over_axes('np.nansum', window, axes)} / {divisor}"
            return f"{window}.mean({axes})" if plain else over_axes("np.nanmean", window, axes)

        return Pooling(
            self.input_shape,
            self.output_shape,
            self.slides,
            self.ceil_mode,
            "0" if counted else "np.nan",
            "np.nan",
            mean,
            "avg_pool2d",
            options(count_include_pad=None if counted else "False", divisor_override=divisor or None),
            border_in_torch=counted,
            keras_name="" if divisor else "AveragePooling2D",
        ).code()

    def count_told(self, side: str = "I") -> CountTold:
        """What the rule divides by: a letter, what explains it, and its number where all windows have the same.

        `side` is the letter of the pooled input's sides.
        """
        if self.operation["divisor_override"]:
            return symbol("d"), (), {"d": self.operation["divisor_override"]}
        return count_in_letters(self, self.operation["count_include_pad"], side)


def count_in_letters(layer: PoolLayer, include_pad: bool, side: str = "I") -> CountTold:
    """How many cells of a window count, as `lines_counted` counts them."""
    frame, sides = layer.frame, layer.input_shape[1:]
    counts = [
        np.unique(
            lines_counted(layer.slides[axis - 1], np.arange(layer.output_shape[axis]), sides[axis - 1], include_pad)
        )
        for axis in frame.axes
    ]
    if all(len(count) == 1 for count in counts):
        whole = math.prod(int(count[0]) for count in counts)
        sizes = frame.size("K")
        covers = whole == math.prod(layer.kernel_size)
        return (
            symbol("n"),
            (equal("n", Product(sizes) if len(sizes) > 1 else sizes[0]),) if covers else (),
            {"n": whole},
        )
    here = symbol("n")[frame.places]
    return here, (equal(here, covered_cells(frame, include_pad, side)),), {}


def covered_cells(frame: Frame, include_pad: bool, side: str) -> Tree:
    factors = []
    for place, K, S, P, Q, size in zip(frame.places, *(frame.size(letter) for letter in f"KSPQ{side}"), strict=True):
        start = place * S - P
        last, first = (size + Q, -P) if include_pad else (size, tree(0))
        factors.append(Brackets("curved", call("min", start + K, last) - call("max", start, first)))
    return Product(tuple(factors)) if len(factors) > 1 else factors[0]


def every_cell(shape: tuple[int, int]) -> Array:
    """The cells (n, 3) of one plane, row after row."""
    return np.stack(np.unravel_index(np.arange(math.prod(shape)), (1, *shape)), axis=1)


def lines_counted(slide: Slide, place: Array, side: int, include_pad: bool) -> Array:
    """How many lines of one window count: those on the input, and with `include_pad` those in the padding.

    What hangs over the padding in ceil mode never counts, as in torch.
    """
    start = place * slide.stride - slide.padding[0]
    first, last = (-slide.padding[0], side + slide.padding[1]) if include_pad else (0, side)
    return np.asarray(np.minimum(start + slide.kernel_size, last) - np.maximum(start, first))


class LpPool2d(Operation):
    """output = (sum over the window of x^p)^(1/p)."""

    name = "lp_pool2d"
    title: ClassVar[Text] = Text("Power-average pooling")
    kind = "gather"
    group = "pooling"
    parameters = (NORM_TYPE, settings.KERNEL_SIZE, settings.POOL_STRIDE, settings.CEIL_MODE)

    def layer(self, input_shape: Shape) -> LpPoolLayer:
        return LpPoolLayer(self, input_shape)


@dataclass(slots=True)
class LpPoolLayer(PoolLayer):
    """A negative cell to a broken power is no number: the step says null."""

    def apply(self, x: Array) -> Array:
        given, p = self.operation, self.operation["norm_type"]
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            sums = self.sums(floating(x) ** p)
            if sums is not None:
                return self.normed(sums, self.counts(every_cell(self.windows.shape)).reshape(self.windows.shape))
            return functional.lp_pool2d(
                floating(x),
                given["norm_type"],
                given["kernel_size"],
                given["stride"],
                given["ceil_mode"],
            )

    def answers(self, window: Array, at: Array) -> dict[str, Array]:
        """A window that hangs over the edge counts as if its mean filled it, as in torch."""
        count = self.counts(at)
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            total = in_order(np.ascontiguousarray(floating(window)) ** self.operation["norm_type"], 1)
            output = self.normed(total, count)
        return {"sum": total, "count": count, "output": output}

    def counts(self, at: Array) -> Array:
        """How many cells of each window lie on the input."""
        _, H, W = self.input_shape
        rows = lines_counted(self.windows.rows, at[:, 1], H, True)
        return rows * lines_counted(self.windows.cols, at[:, 2], W, True)

    def normed(self, total: Array, count: Array) -> Array:
        return root(mean(total, count) * math.prod(self.kernel_size), self.operation["norm_type"])

    def rule(self) -> Rule:
        """y = the p-norm of the window; one that hangs over the edge counts as if its mean filled it."""
        frame, p = self.frame, symbol("p")
        powers = total("sum", frame.inside(), x[(k, *frame.cell())] ** p)
        count, where, letters = count_in_letters(self, include_pad=True)
        hangs = "n" not in letters or letters["n"] != math.prod(self.kernel_size)
        size = Product(frame.size("K")) if len(frame.axes) > 1 else frame.size("K")[0]
        inner = size / count * powers if hangs else powers
        general = Statement(
            (equal(y[(k, *frame.places)], inner ** (1 / p)),),
            frame.outputs(),
            (*self.border(), *(where if hangs else ())),
        )
        letters = self.letters() | letters | {"p": self.operation["norm_type"]}
        return Rule(general, letters, (self.norm(hangs),), (), (SAID_NORM,), self.views())

    def code(self) -> Code:
        p, size = self.operation["norm_type"], math.prod(self.kernel_size)

        def norm(window: str, axes: str) -> str:
            if not self.looks_outside():
                return f"({window}**{p}).sum({axes}) ** (1 / {p})"
            share = f"(~np.isnan({window})).sum({axes}) * {size}"
            return f"((np.nan_to_num({window})**{p}).sum({axes}) / {share}) ** (1 / {p})"

        return Pooling(
            self.input_shape,
            self.output_shape,
            self.slides,
            self.ceil_mode,
            "np.nan",
            "np.nan",
            norm,
            "lp_pool2d",
            torch_first=f"{p}, ",
        ).code()

    def norm(self, hangs: bool) -> Tree:
        p, power = symbol("p"), step("window", "i", "j", role="input")
        share = tree(math.prod(self.kernel_size)) / step("count")
        sums = [Terms((cells("window", "i", "j", body=power**p),)), step("sum")]
        roots = [(share * total if hangs else total) ** (1 / p) for total in sums]
        return put(equal(self.frame.here(), *roots, OUTPUT), {"p": self.operation["norm_type"]})
