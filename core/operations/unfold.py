"""im2col and col2im: every window becomes a column of a matrix, and columns are added back where they came from."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from core import functional
from core.algorithms.exact import check_sums, most_stamps
from core.algorithms.windows import taps, whole_region
from core.algorithms.windows import windows as windows_of
from core.errors import SceneError
from core.geometry import Slide, output_size, resolve_padding
from core.operations import names, settings
from core.operations.adaptive_pooling import OUTPUT_SIZE
from core.operations.letters import (
    AT,
    PICTURE,
    SAID_COLUMN,
    SAID_SPREAD,
    C_i,
    Frame,
    c,
    cells,
    counted,
    i,
    j,
    matrix,
    q,
    r,
    step,
    x,
    y,
)
from core.operations.scatter import ScatterLayer
from core.operations.windows import LARGEST_WINDOW, WindowLayer, Windows, refuse_wide_windows, slide_reach, widened
from core.reach import Rearranged
from core.rules.filling import MOST_PARTS
from core.rules.folding import put
from core.rules.rule import Rule, Statement
from core.rules.tree import Group, Tree
from core.rules.writing import equal, related, symbol
from core.vocabulary import Array, Detail, Operation, Reach, Shape, Text

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
        over = (*counted((q, C_i)), *PICTURE.inside(), *counted((r, L_h), (c, L_w)))
        general = Statement((equal(y[ROW, COLUMN], cell),), over, where)
        letters = PICTURE.sizes(self.input_shape, self.output_shape) | PICTURE.slides(self.slides)
        letters |= {"L_h": self.windows.shape[0], "L_w": self.windows.shape[1]}
        views = {"y": self.output_shape[1:]}
        return Rule(general, letters, (self.column(),), (), (SAID_COLUMN,), views)

    def column(self) -> Tree:
        """The cells of this step's column."""
        sources = x[tuple(step("from", "m", axis) for axis in range(3))]
        came = Group((cells("output", "m", body=sources),))
        values = Group((cells("output", "m", body=step("output", "m", role="output")),))
        return equal(y["m", AT[2]], came, values)


class Fold(Operation):
    """output = every column added back where its window lay; overlaps add up (col2im)."""

    name = "fold"
    title: ClassVar[Text] = Text("Columns back to a picture (col2im)")
    names = names.FROM_COLUMNS
    kind = "scatter"
    group = "shape"
    parameters = (OUTPUT_SIZE, settings.KERNEL_SIZE, settings.DILATION, settings.PADDING, settings.STRIDE)

    def layer(self, input_shape: Shape) -> FoldLayer:
        return FoldLayer(self, input_shape)


@dataclass(slots=True)
class FoldLayer(ScatterLayer):
    """A step stamps one column of the matrix (1, C * kH * kW, oH * oW) into the output."""

    planes: int = field(init=False)

    def place(self) -> Shape:
        given = self.operation
        _, rows, columns = self.input_shape
        self.slides = slides_of(given, given["output_size"])
        self.count = windows_on(given["output_size"], self.slides)
        cells = math.prod(given["kernel_size"])
        if self.input_shape[0] != 1 or rows % cells:
            rule = "must be a matrix (1, C * {cells}, windows), as unfold makes it"
            raise SceneError("input", self.input_shape, rule, cells=cells)
        if columns != math.prod(self.count):
            raise SceneError("input", self.input_shape, "must have {windows} columns, one for each window",
                             windows=math.prod(self.count))  # fmt: skip
        self.planes = rows // cells
        return (self.planes, *given["output_size"])

    @property
    def walked_shape(self) -> Shape:
        return (1, 1, self.input_shape[2])

    def check_values(self, x: Array) -> None:
        check_sums(x, most_stamps(self.slides, self.count))

    def apply(self, x: Array) -> Array:
        given = self.operation
        names = ("output_size", "kernel_size", "dilation", "padding", "stride")
        return functional.fold(x[0], *(given[name] for name in names))

    def first(self, x: Array, count: int) -> Array:
        kept = x.copy()
        kept[..., count:] = 0
        return kept

    def places(self, at: Array) -> Array:
        return column_place(at, self.count)

    def stamps(self, x: Array, place: Array) -> Array:
        return self.entering(x, place).reshape(len(place), self.planes, *self.kernel_size)

    def entering(self, x: Array, place: Array) -> Array:
        return widened(x[0, :, place[:, 1] * self.count[1] + place[:, 2]])

    def start_fields(self) -> dict[str, Any]:
        return {"weight": None, **ScatterLayer.start_fields(self)}

    def reach(self) -> Reach:
        return Rearranged(self.output_shape, self.moved)

    def moved(self, cells: Array, reduce: np.ufunc, nothing: int) -> Array:
        """Any numbers of the matrix' cells, back in the picture; those that meet are reduced."""
        stamps = cells.reshape(self.planes, *self.kernel_size, *self.count)
        sides = [slide_reach(slide, count) for slide, count in zip(self.slides, self.count, strict=True)]
        (top, _), (left, _) = (slide.padding for slide in self.slides)
        _, H, W = self.output_shape
        canvas = np.full((self.planes, max(sides[0], top + H), max(sides[1], left + W)), nothing, cells.dtype)
        for row, col, down, right in taps(self.slides, self.count):
            part = canvas[:, down, right]
            reduce(part, stamps[:, row, col], out=part)
        return canvas[:, top : top + H, left : left + W]

    def rule(self) -> Rule:
        """Row (q, i, j) of column (r, c) is added where the cell (i, j) of window (r, c) lies, on channel q."""
        over = counted((q, symbol("C")), (r, L_h), (c, L_w))
        general = self.stamped(0, y[(q, *PICTURE.cell())], x[ROW, COLUMN], over)
        letters = PICTURE.sizes(self.input_shape, self.output_shape) | PICTURE.slides(self.slides)
        letters |= {"C": self.planes, "L_h": self.count[0], "L_w": self.count[1]}
        now = put(x[ROW, AT[2]], letters)
        line = related("+=", y[(q, *self.landing())], now)
        stamps = tuple(
            related("+=", y[(plane, *self.landing())], matrix("step", "products", plane, role="input"))
            for plane in self.few_planes()
        )
        return Rule(general, letters, (line,), stamps, (SAID_SPREAD,), {"x": self.input_shape[1:]})

    def few_planes(self) -> range:
        return range(max(1, min(self.planes, MOST_PARTS // math.prod(self.kernel_size))))

    @property
    def frame(self) -> Frame:
        return PICTURE


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
