"""col2im: columns of a matrix are added back where their windows lay."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np

from core import functional
from core.algorithms.exact import check_sums, most_stamps
from core.algorithms.windows import taps
from core.errors import SceneError
from core.operations import names, settings
from core.operations.adaptive_pooling import OUTPUT_SIZE
from core.operations.coding import (
    TORCH,
)
from core.operations.coding_stamps import Canvas
from core.operations.letters import (
    AT,
    PICTURE,
    SAID_SPREAD,
    Frame,
    c,
    matrix,
    q,
    r,
    spans,
    x,
    y,
)
from core.operations.scatter import ScatterLayer
from core.operations.unfold import COLUMN, ROW, L_h, L_w, column_place, columns_under, slides_of, unfolded, windows_on
from core.operations.windows import slide_reach, widened
from core.reach import Rearranged
from core.rules.filling import MOST_PARTS
from core.rules.folding import put
from core.rules.rule import Rule
from core.rules.writing import related, symbol
from core.snippets.snippet import StepLine, lines
from core.vocabulary import Array, Code, Operation, Reach, Shape, Text


class Fold(Operation):
    """output = every column added back where its window lay; overlaps add up (col2im)."""

    name = "fold"
    title: ClassVar[Text] = Text("Columns back to a picture (col2im)")
    names = names.FROM_COLUMNS
    kind = "scatter"
    group = "shape"
    parameters = (
        OUTPUT_SIZE,
        settings.KERNEL_SIZE,
        settings.DILATION,
        replace(settings.PADDING, words=()),
        settings.STRIDE,
    )

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
        over = spans((q, symbol("C")), (r, L_h), (c, L_w))
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

    def code(self) -> Code:
        canvas, planes, sizes = Canvas(self.output_shape, self.slides, self.count), self.planes, self.kernel_size
        under = columns_under(self.slides, self.count[1])
        shape = (planes, *sizes)
        step = StepLine(f"canvas[:, {under}] += x[0, :, {{l}}].reshape{shape}", ("z", "m", "l"))
        loop = canvas.looped(step, {"l": self.input_shape[2]}, ())
        columns = f"columns = x.reshape{(*shape, *self.count)}"
        sides = tuple(side + sum(slide.padding) for side, slide in zip(self.output_shape[1:], self.slides, strict=True))
        call = f"canvas = F.fold(x, {sides}, {sizes}{unfolded(self.slides)})[0]"
        torch = lines(call, canvas.cut(), needs=(TORCH,))
        return Code(loop, canvas.by_kernel_cells((columns,), "columns[:, i, j]"), step, torch)

    def few_planes(self) -> range:
        return range(max(1, min(self.planes, MOST_PARTS // math.prod(self.kernel_size))))

    @property
    def frame(self) -> Frame:
        return PICTURE
