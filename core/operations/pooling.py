"""Pooling: a window keeps its largest cell, its mean or its p-norm; no weights, channels unchanged."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from core import functional
from core.algorithms.arrays import floating
from core.algorithms.exact import check_sums
from core.functional.pooling import lowest, pool_slides, root
from core.functional.sizes import blank
from core.geometry import Slide
from core.operations import settings
from core.operations.letters import INFINITY, OUTPUT, SAID_LARGEST, cells, k, x, y
from core.operations.limits import pooling_padding_limit
from core.operations.sums import blanked, mean
from core.operations.windows import WindowLayer, Windows, summed, widened
from core.rules.rule import Rule, Statement
from core.rules.writing import call, equal, total
from core.vocabulary import WITH_WINDOW, Array, Detail, Operation, Parameter, Shape, Text

SLOW_CELL = 4  # what a cell of a wide pooling window costs, beside a multiply-add

COUNT_INCLUDE_PAD = Parameter(
    "count_include_pad",
    "boolean",
    Text("Count the padding cells in the mean"),
    default=True,
)
DIVISOR_OVERRIDE = Parameter(
    "divisor_override",
    "int",
    Text("Divide the sum by this instead of the count"),
    minimum=1,
    maximum=1_000_000,
)
NORM_TYPE = Parameter(
    "norm_type",
    "number",
    Text("The p of the p-norm: 1 sums, 2 is Euclidean"),
    default=2,
    minimum=0.1,
    maximum=100,
    positional=True,
)


@dataclass(slots=True)
class PoolLayer(WindowLayer):
    """A window over each channel by itself."""

    def place(self) -> Windows:
        given = self.operation
        rows, cols = pool_slides(
            blank((1, *self.input_shape)),
            given["kernel_size"],
            given["stride"],
            given.arguments.get("padding", 0),
            given.arguments.get("dilation", 1),
        )
        return Windows.over(self.input_shape[1:], rows, cols, "zeros", self.ceil_mode)

    def padding_limit(self) -> dict[str, Any]:
        return pooling_padding_limit(self.slides)

    def work(self) -> int:
        """Rows first, then columns: each output compares or adds kH + kW cells, most of them out of the cache."""
        return max(SLOW_CELL * self.steps * sum(self.kernel_size), WindowLayer.work(self))

    def window(self, x: Array, at: Array) -> Array:
        """The one channel under each window: (n, kH, kW)."""
        window: Array = self.windows.gather(x, self.channels(at), at)[:, 0]
        return window

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        window = self.window(x, at)
        return self.told(window, at, detail) | self.answers(window, at)

    def told(self, window: Array, at: Array, detail: Detail) -> dict[str, Array]:
        """Where the windows stand and, if it is asked for, what is under them."""
        columns = {"corner": self.windows.corners(at)}
        return columns | ({"window": window} if detail in WITH_WINDOW and self.window_shown() else {})

    def answers(self, window: Array, at: Array) -> dict[str, Array]:
        raise NotImplementedError


class MaxPool2d(Operation):
    """output = the largest cell under the window; padding never wins."""

    name = "max_pool2d"
    title: ClassVar[Text] = Text("Max pooling")
    kind = "gather"
    group = "pooling"
    parameters = (
        settings.KERNEL_SIZE,
        settings.POOL_STRIDE,
        settings.POOL_PADDING,
        settings.DILATION,
        settings.CEIL_MODE,
    )

    def layer(self, input_shape: Shape) -> MaxPoolLayer:
        return MaxPoolLayer(self, input_shape)


@dataclass(slots=True)
class MaxPoolLayer(PoolLayer):
    alone: bool = field(init=False)  # whether some window lies over padding alone

    def shape(self) -> Shape:
        self.alone = self.windows.over_padding_alone()
        return PoolLayer.shape(self)

    def apply(self, x: Array) -> Array:
        given = self.operation
        return functional.max_pool2d(
            self.comparable(x),
            given["kernel_size"],
            given["stride"],
            given["padding"],
            given["dilation"],
            given["ceil_mode"],
        )

    def comparable(self, x: Array) -> Array:
        """Floats where a window lies over padding alone: its largest cell is minus infinity, as in torch."""
        return floating(x) if self.alone else x

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        outside = self.windows.outside(*self.windows.sources(at))
        window: Array = self.windows.gather(x, self.channels(at), at, lowest(widened(x[:0])))[:, 0]
        argmax = np.stack(np.unravel_index(winners(window, outside), self.kernel_size), axis=1)
        winner = self.windows.source_cells(at, argmax)
        told = self.told(blanked(window, outside), at, detail)
        return told | {"argmax": argmax, "winner": winner, "output": self.won(x, at[:, 0], winner)}

    def rule(self) -> Rule:
        """y = the largest x under the window; what lies outside never wins."""
        frame = self.frame
        largest = total("max", frame.inside(), x[(k, *frame.cell())])
        border = (frame.outside("zeros", -INFINITY),) if self.looks_outside() else ()
        general = Statement((equal(y[(k, *frame.places)], largest),), frame.outputs(), border)
        window = call("max", cells("window", "i", "j", skips=True))
        line = equal(frame.here(), window, OUTPUT)
        return Rule(general, self.letters(), (line,), said=(SAID_LARGEST,), axes=self.rule_axes())

    def won(self, x: Array, channel: Array, winner: Array) -> Array:
        """The winning cells; a window over padding alone has none."""
        if not self.alone:
            return widened(x[channel, winner[:, 0], winner[:, 1]])
        _, H, W = self.input_shape
        row, col = winner.T
        inside = (row >= 0) & (row < H) & (col >= 0) & (col < W)
        return np.where(inside, x[channel, row % H, col % W], -math.inf)


def winners(window: Array, outside: Array | None) -> Array:
    """Where the largest cell of each window (n, kH, kW) stands, the first of equals; NaN wins, padding never does."""
    cells = window.reshape(len(window), -1)
    place = cells.argmax(axis=1)
    if outside is not None:  # it holds the lowest number there is, which the cells of the input may hold, too
        empty = outside.reshape(cells.shape)
        first = (~empty).argmax(axis=1)
        place = np.where(empty[np.arange(len(cells)), place], first, place)
    return np.asarray(place)


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
        given = self.operation
        return functional.avg_pool2d(
            widened(x),
            given["kernel_size"],
            given["stride"],
            given["padding"],
            given["ceil_mode"],
            given["count_include_pad"],
            given["divisor_override"],
        )

    def answers(self, window: Array, at: Array) -> dict[str, Array]:
        total, count = summed(window, 1), self.counts(at)
        return {"sum": total, "count": count, "output": mean(total, count)}

    def counts(self, at: Array) -> Array:
        """What each sum is divided by: the cells of the window that count."""
        if self.operation["divisor_override"]:
            return np.full(len(at), self.operation["divisor_override"])
        _, H, W = self.input_shape
        whole = self.operation["count_include_pad"]
        rows = counted(self.windows.rows, at[:, 1], H, whole)
        return rows * counted(self.windows.cols, at[:, 2], W, whole)


def counted(slide: Slide, place: Array, side: int, include_pad: bool) -> Array:
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
        given = self.operation
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            return functional.lp_pool2d(
                floating(x),
                given["norm_type"],
                given["kernel_size"],
                given["stride"],
                given["ceil_mode"],
            )

    def answers(self, window: Array, at: Array) -> dict[str, Array]:
        """A window that hangs over the edge counts as if its mean filled it, as in torch."""
        p, (_, H, W) = self.operation["norm_type"], self.input_shape
        count = counted(self.windows.rows, at[:, 1], H, True) * counted(self.windows.cols, at[:, 2], W, True)
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            total = summed(np.ascontiguousarray(floating(window)) ** p, 1)
            output = root(mean(total, count) * math.prod(self.kernel_size), p)
        return {"sum": total, "count": count, "output": output}
