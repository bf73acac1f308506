"""max_pool2d: a window keeps its largest cell; no weights, channels unchanged."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from core import functional
from core.algorithms.arrays import floating
from core.algorithms.windows import sees_padding_alone
from core.functional.pooling import lowest, pool_slides
from core.functional.sizes import blank
from core.operations import settings
from core.operations.coding_pooling import Pooling
from core.operations.in_order import MOST_PRODUCTS, pooled
from core.operations.letters import INFINITY, OUTPUT, SAID_LARGEST, cells, k, x, y
from core.operations.stretches import rows_under
from core.operations.sums import blanked
from core.operations.windows import WindowLayer, Windows, slide_reach, widened
from core.rules.rule import Rule, Statement
from core.rules.writing import call, equal, total
from core.vocabulary import WITH_WINDOW, Array, Code, Detail, Operation, Shape, Text


@dataclass(slots=True)
class PoolLayer(WindowLayer):
    """A window over each channel by itself."""

    pooled: ClassVar[bool] = True

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

    @property
    def stretches(self) -> int:
        """Rows stand alone where no border lies above or below them."""
        rows, (_, H, _) = self.windows.rows, self.input_shape
        bordered = rows.padding != (0, 0) or slide_reach(rows, self.windows.shape[0]) > H
        return 1 if bordered else self.output_shape[1]

    def stretch_output(self, x: Array, first: int, last: int) -> Array:
        rows = rows_under(self, x, first, last)
        return type(self)(self.operation, (rows.shape[0], rows.shape[1], rows.shape[2])).apply(rows)

    def sums(self, x: Array) -> Array | None:
        """The sums under all windows (C, oH, oW) as the steps make them; None where any order is as good or better."""
        if x.dtype.kind != "f" or math.prod(self.output_shape) * math.prod(self.kernel_size) > MOST_PRODUCTS:
            return None
        return pooled(self.windows, x)

    def window(self, x: Array, at: Array) -> Array:
        """The one channel under each window: (n, kH, kW)."""
        window: Array = self.windows.gather(x, self.channels(at), at)[:, 0]
        return window

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        window = self.window(x, at)
        return self.window_columns(window, at, detail) | self.answers(window, at)

    def window_columns(self, window: Array, at: Array, detail: Detail) -> dict[str, Array]:
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
        sides = zip(self.input_shape[1:], self.slides, self.windows.shape, strict=True)
        self.alone = any(sees_padding_alone(*side) for side in sides)
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
        told = self.window_columns(blanked(window, outside), at, detail)
        return told | {"argmax": argmax, "winner": winner, "output": self.won(x, at[:, 0], winner)}

    def rule(self) -> Rule:
        """y = the largest x under the window; what lies outside never wins."""
        frame = self.frame
        largest = total("max", frame.inside(), x[(k, *frame.cell())])
        border = (frame.outside("zeros", -INFINITY),) if self.looks_outside() else ()
        general = Statement((equal(y[(k, *frame.places)], largest),), frame.outputs(), border)
        line = equal(frame.here(), call("max", cells("window", "i", "j", skips=True)), OUTPUT)
        return Rule(general, self.letters(), (line,), (), (SAID_LARGEST,), self.views())

    def code(self) -> Code:
        return Pooling(
            self.input_shape,
            self.output_shape,
            self.slides,
            self.ceil_mode,
            "-np.inf",
            "-np.inf",
            lambda window, axes: f"{window}.max({axes})",
            "max_pool2d",
            keras_name="MaxPooling2D",
        ).code()

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
