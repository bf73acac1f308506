"""im2col: every window becomes a column of a matrix."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from core import functional
from core.algorithms.windows import whole_region
from core.algorithms.windows import windows as windows_of
from core.geometry import Slide, output_size, resolve_padding
from core.operations import names, settings
from core.operations.coding import (
    TORCH,
    WINDOWS,
    is_padded,
    numpy_border,
    options,
    pairs,
    seen,
    torch_border,
    windows_line,
)
from core.operations.letters import (
    AT,
    PICTURE,
    SAID_COLUMN,
    C_i,
    Frame,
    c,
    cells,
    i,
    j,
    q,
    r,
    spans,
    step,
    x,
    y,
)
from core.operations.windows import LARGEST_WINDOW, WindowLayer, Windows, refuse_wide_windows
from core.reach import Rearranged
from core.rules.rule import Rule, Statement
from core.rules.tree import Group, Tree
from core.rules.writing import equal, symbol
from core.snippets.snippet import StepLine, lines, loops
from core.vocabulary import Array, Code, Detail, Operation, Reach, Shape, Text

L_h, L_w = symbol("L_h"), symbol("L_w")  # windows down and across
ROW = (q * symbol("K_h") + i) * symbol("K_w") + j
COLUMN = r * L_w + c


class Unfold(Operation):
    """output[:, l] = the cells under window l, channel by channel, row by row (im2col)."""

    name = "unfold"
    title: ClassVar[Text] = Text("Windows as columns (im2col)")
    names = names.TO_COLUMNS
    kind = "rearrange"
    group = "shape"
    parameters = (settings.KERNEL_SIZE, settings.DILATION, settings.PADDING, settings.STRIDE)

    def layer(self, input_shape: Shape) -> UnfoldLayer:
        return UnfoldLayer(self, input_shape)


@dataclass(slots=True)
class UnfoldLayer(WindowLayer):
    """A step moves one window into one column: (1, C * kH * kW, oH * oW), walked by its columns."""

    def place(self) -> Windows:
        given = self.operation
        slides = slides_of(given, self.input_shape[1:])
        refuse_wide_windows(self.input_shape[0] * math.prod(given["kernel_size"]))
        return Windows.over(self.input_shape[1:], *slides, "zeros")

    def shape(self) -> Shape:
        return (1, self.input_shape[0] * math.prod(self.kernel_size), math.prod(self.windows.shape))

    @property
    def walked_shape(self) -> Shape:
        return (1, 1, self.output_shape[2])

    def finishes(self) -> Array:
        """Each row of the matrix waits for its last column."""
        return np.full(self.output_shape[1], self.steps - 1)

    def step_cells(self) -> int:
        return self.output_shape[1]

    def most_kernel_cells(self) -> int:
        return LARGEST_WINDOW // self.input_shape[0]

    def apply(self, x: Array) -> Array:
        given = self.operation
        return functional.unfold(x, given["kernel_size"], given["dilation"], given["padding"], given["stride"])[None]

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        place = column_place(at, self.windows.shape)
        channels = np.broadcast_to(np.arange(len(x)), (len(at), len(x)))
        output = self.windows.gather(x, channels, place).reshape(len(at), -1)
        if detail == "output":
            return {"output": output}
        return {"corner": self.windows.corners(place), "from": self.sources(place), "output": output}

    def sources(self, place: Array) -> Array:
        """The input cell (n, C * kH * kW, 3) that each cell of the column copies; padding keeps its coordinates."""
        kernel = np.indices((self.input_shape[0], *self.kernel_size)).reshape(3, -1).T
        rows, cols = self.slides
        cells = kernel * np.array([1, rows.dilation, cols.dilation])
        corner = np.insert(self.windows.corners(place), 0, 0, axis=1)
        return np.asarray(corner[:, None] + cells)

    def reach(self) -> Reach:
        return Rearranged(self.output_shape, self.moved)

    def moved(self, cells: Array, reduce: np.ufunc, nothing: int) -> Array:
        """Any numbers of the input's cells, as columns; `nothing` in the padding."""
        bordered = whole_region(cells[None], self.slides, self.windows.shape, value=nothing)
        return windows_of(bordered, self.slides, self.windows.shape).reshape(self.output_shape)

    @property
    def frame(self) -> Frame:
        return PICTURE

    def rule(self) -> Rule:
        """Row (q, i, j) of column (r, c) is the cell (i, j) of channel q under window (r, c)."""
        cell, where = x[(q, *PICTURE.cell())], self.border()
        over = (*spans((q, C_i)), *PICTURE.inside(), *spans((r, L_h), (c, L_w)))
        general = Statement((equal(y[ROW, COLUMN], cell),), over, where)
        letters = PICTURE.sizes(self.input_shape, self.output_shape) | PICTURE.slides(self.slides)
        letters |= {"L_h": self.windows.shape[0], "L_w": self.windows.shape[1]}
        views = {"y": self.output_shape[1:]}
        return Rule(general, letters, (self.column(),), (), (SAID_COLUMN,), views)

    def code(self) -> Code:
        across, padding = self.windows.shape[1], (self.slides[0].padding, self.slides[1].padding)
        border = (numpy_border(padding),) if is_padded(padding) else ()
        array = "padded" if border else "x"
        under = columns_under(self.slides, across)
        step = StepLine(f"y[0, :, {{l}}] = {array}[:, {under}].reshape(-1)", ("z", "m", "l"))
        made = f"y = np.zeros({self.output_shape})"
        loop = lines(*border, made, *loops({"l": self.output_shape[2]}, step.looped))
        whole = f"y = windows.transpose(0, 3, 4, 1, 2).reshape{self.output_shape}"
        numpy = lines(*border, windows_line(self.slides, array), whole, needs=(WINDOWS,))
        call = f"y = F.unfold(x[None], {self.kernel_size}{unfolded(self.slides)})"
        torch = (torch_border(padding),) if border else ()
        return Code(loop, numpy, step, lines(*torch, call, needs=(TORCH,)))

    def column(self) -> Tree:
        """The cells of this step's column."""
        sources = x[tuple(step("from", "m", axis) for axis in range(3))]
        came = Group((cells("output", "m", body=sources),))
        values = Group((cells("output", "m", body=step("output", "m", role="output")),))
        return equal(y["m", AT[2]], came, values)


def columns_under(slides: tuple[Slide, Slide], across: int) -> str:
    """The lines under the window that column l is, with {holes}."""
    return seen(slides, "rc").replace("r", f"l // {across}").replace("c", f"(l - l // {across} * {across})")


def unfolded(slides: tuple[Slide, Slide]) -> str:
    return options(dilation=pairs(slides, "dilation"), stride=pairs(slides, "stride"))


def slides_of(given: Operation, plane: tuple[int, int]) -> tuple[Slide, Slide]:
    sides, stride, dilation = given["kernel_size"], given["stride"], given["dilation"]
    rows, cols = resolve_padding(given["padding"], sides, stride, dilation, plane)
    return Slide(sides[0], stride[0], rows, dilation[0]), Slide(sides[1], stride[1], cols, dilation[1])


def windows_on(plane: tuple[int, int], slides: tuple[Slide, Slide]) -> tuple[int, int]:
    return output_size(plane[0], slides[0]), output_size(plane[1], slides[1])


def column_place(at: Array, count: tuple[int, int]) -> Array:
    """Where on the plane of windows a column of the matrix comes from: (n, 3)."""
    down, right = np.divmod(at[:, 2], count[1])
    return np.stack([np.zeros_like(down), down, right], axis=1)
