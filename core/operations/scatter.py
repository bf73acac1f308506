"""One cell to many: each step stamps a window of products into the output, and overlaps add up."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from core.algorithms.arrays import matching
from core.coverage import last_stamps, meets_side
from core.geometry import Slide, corners
from core.operations.letters import AT_FIRST, CUT_OFF, PICTURE, SIGNAL, Frame, k, step
from core.operations.windows import slide_reach, widened
from core.reach import Grouped, Stamping
from core.rules.folding import put
from core.rules.rule import Statement
from core.rules.tree import Given, Mathematics, Range, Symbol, Tree
from core.rules.writing import equal, related, symbol
from core.vocabulary import WITH_WINDOW, Array, Detail, Layer, Reach, Shape, Through

MOST_NEIGHBOURS = 1024  # stamps that overlap one: with more, a step does not tell what was there before
UNSTAMPED = "{rows} rows and {cols} columns of the output are never stamped"


@dataclass(slots=True)
class ScatterLayer(Layer):
    """Stamps stand in the output as the windows of a convolution stand on its input: this is its transpose.

    A place is (channel, row, column) of the stamps, in walking order. Channels of a group share its output channels.
    """

    slides: tuple[Slide, Slide] = field(init=False)
    count: tuple[int, int] = field(init=False)  # how many stamps, down and right

    def __post_init__(self) -> None:
        self.output_shape = self.place()

    def place(self) -> Shape:
        """Sets slides and count; the output's shape."""
        raise NotImplementedError

    @property
    def walked_shape(self) -> Shape:
        return self.input_shape

    @property
    def kernel_size(self) -> tuple[int, int]:
        return self.slides[0].kernel_size, self.slides[1].kernel_size

    def depth(self) -> int:
        """How many channels of stamps add to the same output channels."""
        return 1

    @property
    def groups(self) -> int:
        return math.prod(self.walked_shape) // (math.prod(self.count) * self.depth())

    def places(self, at: Array) -> Array:
        return at

    def entering(self, x: Array, place: Array) -> Array:
        """What comes in at each step."""
        return widened(x[place[:, 0], place[:, 1], place[:, 2]])

    def stamps(self, x: Array, place: Array) -> Array:
        """What each step adds to the output: (n, channels of the group, kH, kW)."""
        raise NotImplementedError

    def beginning(self, place: Array) -> Array:
        """What the output holds before the first stamp: broadcasts against stamps."""
        return np.zeros((1, 1, 1, 1), np.int64)

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        place = self.places(at)
        columns = {"corner": self.corners(place), "input": self.entering(x, place)}
        if detail not in WITH_WINDOW:
            return columns
        products = self.stamps(x, place)
        columns |= {**self.full_columns(x, place), "products": products}
        if self.neighbours() > MOST_NEIGHBOURS:
            return columns
        before = self.before(x, place, products)
        return columns | {"before": before, "after": before + products}

    def full_columns(self, x: Array, place: Array) -> dict[str, Array]:
        """What else a full step tells."""
        return {}

    def corners(self, place: Array) -> Array:
        strides = np.array([slide.stride for slide in self.slides])
        return np.asarray(place[:, 1:] * strides - np.array([slide.padding[0] for slide in self.slides]))

    # What stood under a stamp before it: the stamps of earlier places that overlap it, none of the others.

    def neighbours(self) -> int:
        return self.depth() * math.prod(len(overlaps(slide)) for slide in self.slides)

    def before(self, x: Array, place: Array, products: Array) -> Array:
        """The output under each stamp, the cut-off border included, as the steps before it left it."""
        beginning = matching(self.beginning(place), products)
        dtype = np.result_type(beginning, products)
        before = np.broadcast_to(beginning, products.shape).astype(dtype)
        for offset in self.earlier():
            other = place + np.array(offset)
            there = self.exists(other) & (place[:, 0] % self.depth() + offset[0] >= 0)
            if there.any():
                stamped = self.stamps(x, np.where(there[:, None], other, 0))
                self.overlay(before, np.where(there[:, None, None, None], stamped, 0), offset)
        return before

    def earlier(self) -> Iterator[tuple[int, int, int]]:
        """Offsets of the places that come before one and overlap its stamp, in walking order."""
        for channel in range(1 - self.depth(), 1):
            for down in overlaps(self.slides[0]):
                for right in overlaps(self.slides[1]):
                    if (channel, down, right) < (0, 0, 0):
                        yield channel, down, right

    def exists(self, place: Array) -> Array:
        _, row, col = place.T
        return np.asarray((row >= 0) & (row < self.count[0]) & (col >= 0) & (col < self.count[1]))

    def overlay(self, before: Array, stamped: Array, offset: tuple[int, int, int]) -> None:
        rows, other_rows = overlapping(self.slides[0], offset[1])
        cols, other_cols = overlapping(self.slides[1], offset[2])
        before[:, :, rows, cols] += stamped[:, :, other_rows, other_cols]

    # What rules of stamps share: the places are those of the stamps, the offsets lie within one.

    @property
    def frame(self) -> Frame:
        one_row = self.input_shape[1] == self.output_shape[1] == self.slides[0].kernel_size == 1
        return SIGNAL if one_row and self.slides[0].padding == (0, 0) else PICTURE

    def letters(self) -> dict[str, Any]:
        """I is the side of what comes in, O that of the output."""
        return self.frame.sizes(self.input_shape, self.output_shape) | self.frame.slides(self.slides)

    def stamped(self, beginning: Mathematics, cell: Symbol, stamp: Tree, over: Sequence[Range]) -> Statement:
        """What the output holds at first, and what every step adds to it."""
        first = Given(equal(replace(cell, index=(k, *self.frame.places)), beginning), AT_FIRST)
        ranges = (*over, *self.frame.inside())
        return Statement((first, related("+=", cell, stamp)), ranges, (CUT_OFF,) if self.cuts() else ())

    def cuts(self) -> bool:
        """Whether something is stamped beyond the output."""
        sides = zip(self.slides, self.count, self.output_shape[1:], strict=True)
        return any(
            slide.padding[0] > 0 or (count - 1) * slide.stride + slide.span - slide.padding[0] > side
            for slide, count, side in sides
        )

    def landing(self) -> list[Tree]:
        """The output cells under this step's stamp."""
        places = zip(self.frame.axes, self.frame.offsets, strict=True)
        return [step("corner", axis - 1) + put(offset * symbol("D"), {"D": self.slides[axis - 1].dilation})
                for axis, offset in places]  # fmt: skip

    # What the page says about a layer beside its steps.

    def finishes(self) -> Array:
        """An output row is complete after the last row of stamps, of the last channel, that reaches it."""
        last = last_stamps(self.slides[0], self.count[0], self.output_shape[1])
        channels = self.output_shape[0]
        plane = math.prod(self.count)
        group = np.arange(channels) // (channels // self.groups)
        final = ((group + 1) * self.depth() - 1)[:, None] * plane + (last + 1) * self.count[1] - 1
        return np.where(last < 0, 0, final).reshape(-1)

    def start_fields(self) -> dict[str, Any]:
        rows, cols = self.slides
        return {
            "kernel_size": [rows.kernel_size, cols.kernel_size],
            "stride": [rows.stride, cols.stride],
            "padding": [list(rows.padding), list(cols.padding)],
            "padding_mode": "zeros",
            "dilation": [rows.dilation, cols.dilation],
            "groups": self.groups,
        }

    def step_cells(self) -> int:
        return self.output_shape[0] // self.groups * math.prod(self.kernel_size)

    def cells_at_work(self) -> int:
        """Stamps land on a canvas from which the border is cut afterwards."""
        sides = [slide_reach(slide, count) for slide, count in zip(self.slides, self.count, strict=True)]
        return max(self.output_shape[0] * math.prod(sides), Layer.cells_at_work(self))

    def reach(self) -> Reach:
        rows, cols = (
            Stamping(side, slide.kernel_size, slide.stride, slide.padding[0], slide.dilation)
            for slide, side in zip(self.slides, self.output_shape[1:], strict=True)
        )
        return Through(Grouped(self.output_shape[0], self.groups), rows, cols)

    def unvisited(self) -> dict[str, list[int]]:
        """Rows and columns of stamps that fall outside the output altogether."""
        return {"rows": self._lost(0), "cols": self._lost(1)}

    def _lost(self, axis: int) -> list[int]:
        if self.input_shape[1 + axis] != self.count[axis]:
            return []
        slide, side = self.slides[axis], self.output_shape[1 + axis]
        return np.flatnonzero(~meets_side(corners(self.count[axis], slide), slide, side)).tolist()

    def warnings(self) -> list[tuple[str, dict[str, object]]]:
        rows, cols = (
            int((last_stamps(slide, count, side) < 0).sum())
            for slide, count, side in zip(self.slides, self.count, self.output_shape[1:], strict=True)
        )
        return [(UNSTAMPED, {"rows": rows, "cols": cols})] if rows or cols else []


def overlaps(slide: Slide) -> list[int]:
    """How far apart two stamps may stand, in places, and still share a line."""
    most = (slide.kernel_size - 1) * slide.dilation // slide.stride
    return [places for places in range(-most, most + 1) if places * slide.stride % slide.dilation == 0]


def overlapping(slide: Slide, places: int) -> tuple[slice, slice]:
    """The kernel lines that a stamp shares with one some places away: its own, and the other's."""
    shift = places * slide.stride // slide.dilation
    size = slide.kernel_size
    return slice(max(0, shift), size + min(0, shift)), slice(max(0, -shift), size - max(0, shift))
