"""The window that slides: shared by every operation that gathers neighbouring cells into one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from core import functional
from core.algorithms.arrays import holding
from core.algorithms.arrays import widened as widened
from core.coverage import unvisited
from core.errors import SceneError
from core.geometry import Pairs, Slide, formula, output_size, source_index
from core.operations import settings
from core.operations.axes import Motion, WindowAxis
from core.operations.letters import PICTURE, SIGNAL, Frame
from core.operations.limits import limits_of
from core.operations.runs import Plane, runs
from core.reach import Line, Sliding
from core.rules.tree import Tree
from core.vocabulary import Array, Layer, Operation, Reach, Shape, Through

LARGEST_WINDOW = 65_536
PADDING_CELL = -1

UNVISITED = {  # by axis, and what no window covers: the last line, the last lines, others
    ("rows", "last"): "no window covers the last row of the input, row {places}",
    ("rows", "lasts"): "no window covers the last {count} rows of the input, rows {places}",
    ("rows", "others"): "no window covers {count|row/rows} {places} of the input",
    ("cols", "last"): "no window covers the last column of the input, column {places}",
    ("cols", "lasts"): "no window covers the last {count} columns of the input, columns {places}",
    ("cols", "others"): "no window covers {count|column/columns} {places} of the input",
}
NAMED = 6  # places that a sentence names one by one


@dataclass(frozen=True, slots=True)
class Windows:
    """Where windows stand on a plane: one slide an axis, and which input cell each padded cell is."""

    rows: Slide
    cols: Slide
    row_source: Array
    col_source: Array
    shape: tuple[int, int]

    @classmethod
    def over(cls, plane: tuple[int, int], rows: Slide, cols: Slide, mode: str, ceil_mode: bool = False) -> Windows:
        """Windows over a plane (H, W) with the padding and the boundary mode of the two slides."""
        shape = (output_size(plane[0], rows, ceil_mode), output_size(plane[1], cols, ceil_mode))
        sources = (
            padded_source(plane[0], rows, shape[0], mode),
            padded_source(plane[1], cols, shape[1], mode),
        )
        return cls(rows, cols, *sources, shape)

    @property
    def slides(self) -> tuple[Slide, Slide]:
        return (self.rows, self.cols)

    def corners(self, at: Array) -> Array:
        """Top-left cells of the windows, in unpadded input coordinates (n, 3) -> (n, 2)."""
        corners = np.empty((len(at), 2), np.int64)
        for axis, slide in enumerate((self.rows, self.cols)):
            np.multiply(at[:, axis + 1], slide.stride, out=corners[:, axis])
            corners[:, axis] -= slide.padding[0]
        return corners

    def sources(self, at: Array) -> tuple[Array, Array]:
        """The input rows (n, kH) and columns (n, kW) under the windows; -1 is zero padding."""
        down = at[:, 1, None] * self.rows.stride + np.arange(self.rows.kernel_size) * self.rows.dilation
        right = at[:, 2, None] * self.cols.stride + np.arange(self.cols.kernel_size) * self.cols.dilation
        return self.row_source[down], self.col_source[right]

    def gather(self, x: Array, channels: Array, at: Array, fill: float = 0) -> Array:
        """The cells under the windows: x (C, H, W), channels (n, k) -> (n, k, kH, kW)."""
        found = runs(at, channels, self.shape)
        if found is None:
            return self.gather_scattered(x, channels, at, fill)
        plane = Plane(x, self.rows, self.cols, self.row_source, self.col_source, self.shape[1], fill)
        taps = [plane.windows(run) for run in found]
        return np.moveaxis(taps[0] if len(taps) == 1 else np.concatenate(taps, axis=-1), -1, 0)

    def gather_scattered(self, x: Array, channels: Array, at: Array, fill: float) -> Array:
        """The same for cells in any order: one look-up for each cell of each window."""
        rows, cols = self.sources(at)
        outside = self.outside(rows, cols)
        cells = x[channels[:, :, None, None], rows[:, None, :, None], cols[:, None, None, :]]
        window = holding(widened(cells), fill)
        if outside is None:
            return window
        window[np.broadcast_to(outside[:, None], window.shape)] = fill
        return window

    def outside(self, rows: Array, cols: Array) -> Array | None:
        """Which cells (n, kH, kW) lie in zero padding; None when there is none at all."""
        if rows.min() >= 0 and cols.min() >= 0:
            return None
        return np.asarray((rows[:, :, None] < 0) | (cols[:, None, :] < 0))

    def source_cells(self, at: Array, inside: Array) -> Array:
        """The input cells (n, 2) of places (n, 2) inside the windows; padding keeps its own coordinates."""
        steps = np.array([self.rows.dilation, self.cols.dilation])
        return np.asarray(self.corners(at) + inside * steps)


def slide_reach(slide: Slide, count: int) -> int:
    """How many cells of the padded side lie under `count` windows, from the first to the last."""
    return (count - 1) * slide.stride + slide.span


def padded_source(size: int, slide: Slide, windows: int, mode: str) -> Array:
    """Source index of each padded position, long enough for a last window that ceil mode lets overhang."""
    source = source_index(size, slide.padding[0], slide.padding[1], mode)
    return np.concatenate([source, np.full(max(0, slide_reach(slide, windows) - len(source)), PADDING_CELL)])


def kind_of(places: list[int], side: int) -> str:
    """Whether lines stand at the end of a side, and whether it is one."""
    if places != list(range(side - len(places), side)):
        return "others"
    return "last" if len(places) == 1 else "lasts"


def places_in_words(places: list[int]) -> str:
    """Places in a sentence, counted from 1: all of a few; of many the first and the last.

    >>> places_in_words([3, 7]), places_in_words(list(range(1, 64, 2)))
    ('4, 8', '2, 4, 6, 8, …, 64')
    """
    counted = [str(place + 1) for place in places]
    if len(counted) > NAMED:
        counted = [*counted[: NAMED - 2], "…", counted[-1]]
    return ", ".join(counted)


@dataclass(slots=True)
class WindowLayer(Layer):
    """A layer whose every output cell looks through one window."""

    pooled: ClassVar[bool] = False  # whether padding is limited to half a window

    windows: Windows = None  # type: ignore[assignment]  # set by place()

    def __post_init__(self) -> None:
        given = self.operation.arguments
        settings.check_border(self.padding_mode, "padding_value", given.get("padding_value", 0))
        self.windows = self.place()
        self.output_shape = self.shape()

    def place(self) -> Windows:
        raise NotImplementedError

    def shape(self) -> Shape:
        return (self.input_shape[0], *self.windows.shape)

    @property
    def slides(self) -> tuple[Slide, Slide]:
        return self.windows.slides

    @property
    def padding_mode(self) -> str:
        return str(self.operation.arguments.get("padding_mode", "zeros"))

    @property
    def padding_value(self) -> float:
        """What a cell of zero padding holds: another number than 0 where the operation says so."""
        return (self.operation.arguments.get("padding_value") or 0) if self.padding_mode == "zeros" else 0

    def bordered(self, x: Array) -> tuple[Array, Pairs]:
        """The input and the padding that is still to be added: none where the border holds a number of its own."""
        rows, cols = self.windows.rows, self.windows.cols
        if not self.padding_value:
            return x, (rows.padding, cols.padding)
        cells = holding(widened(x), self.padding_value)
        return functional.pad(cells, (rows.padding, cols.padding), value=self.padding_value), ((0, 0), (0, 0))

    @property
    def ceil_mode(self) -> bool:
        return bool(self.operation.arguments.get("ceil_mode", False))

    @property
    def kernel_size(self) -> tuple[int, int]:
        return (self.windows.rows.kernel_size, self.windows.cols.kernel_size)

    def channels(self, at: Array) -> Array:
        """The input channels (n, k) that the windows of these cells look at."""
        return at[:, :1]

    def step_cells(self) -> int:
        return math.prod(self.kernel_size)

    def window_shown(self) -> bool:
        """Whether a step can carry its window: one over a whole picture cannot."""
        return math.prod(self.kernel_size) <= LARGEST_WINDOW

    def reach(self) -> Reach:
        return Through(self.channel_reach(), *self.sliding(self.windows.shape))

    def sliding(self, counts: tuple[int, int]) -> tuple[Sliding, Sliding]:
        """So many windows down and across, for what they see."""
        shown = (None, None) if self.padding_mode == "circular" else (self.windows.row_source, self.windows.col_source)
        rows, cols = (
            Sliding(count, slide.kernel_size, slide.stride, slide.padding[0], slide.dilation, source)
            for slide, count, source in zip(self.slides, counts, shown, strict=True)
        )
        return rows, cols

    def channel_reach(self) -> Line | None:
        """Which channels each channel sees; its own alone unless a layer says more."""
        return None

    def start_fields(self) -> dict[str, Any]:
        rows, cols = self.windows.rows, self.windows.cols
        return {
            "kernel_size": [rows.kernel_size, cols.kernel_size],
            "stride": [rows.stride, cols.stride],
            "padding": [list(rows.padding), list(cols.padding)],
            "padding_mode": self.padding_mode,
            "dilation": [rows.dilation, cols.dilation],
            **({"padding_value": self.padding_value} if "padding_value" in self.operation.arguments else {}),
        }

    def formula(self) -> dict[str, str] | None:
        _, H, W = self.input_shape
        return {
            "rows": formula(H, self.windows.rows, self.ceil_mode),
            "cols": formula(W, self.windows.cols, self.ceil_mode),
        }

    # What rules of windows share.

    @property
    def frame(self) -> Frame:
        """A signal is one row, and so are its windows."""
        (top, bottom), one_row = self.slides[0].padding, self.slides[0].kernel_size == self.input_shape[1] == 1
        return SIGNAL if one_row and not top and not bottom else PICTURE

    def letters(self) -> dict[str, Any]:
        """What the letters of the rule stand for here."""
        return self.frame.sizes(self.input_shape, self.output_shape) | self.frame.slides(self.slides)

    def views(self) -> dict[str, tuple[int, ...]]:
        return self.frame.views(self.input_shape, self.output_shape)

    def looks_outside(self) -> bool:
        """Whether some window reaches beyond the input."""
        sides = zip(self.slides, self.windows.shape, self.input_shape[1:], strict=True)
        return any(
            slide.padding[0] or slide_reach(slide, count) - slide.padding[0] > side for slide, count, side in sides
        )

    def border(self) -> tuple[Tree, ...]:
        """What the rule says of the cells outside the input."""
        return (self.frame.outside(self.padding_mode, self.padding_value),) if self.looks_outside() else ()

    def unvisited(self) -> dict[str, list[int]]:
        _, H, W = self.input_shape
        return {
            "rows": list(unvisited(H, self.windows.rows, self.ceil_mode, self.padding_mode)),
            "cols": list(unvisited(W, self.windows.cols, self.ceil_mode, self.padding_mode)),
        }

    def warnings(self) -> list[tuple[str, dict[str, object]]]:
        found: list[tuple[str, dict[str, object]]] = []
        for (axis, places), side in zip(self.unvisited().items(), self.input_shape[1:], strict=True):
            if places:
                rule = UNVISITED[axis, kind_of(places, side)]
                found.append((rule, {"count": len(places), "places": places_in_words(places)}))
        return found

    def cells_at_work(self) -> int:
        padded = self.input_shape[0] * math.prod(
            slide_reach(s, n) for s, n in zip(self.slides, self.windows.shape, strict=True)
        )
        return max(padded, Layer.cells_at_work(self))

    def limits(self, operation: Operation) -> dict[str, dict[str, Any]]:
        names = ("stride", "dilation", "kernel_size", "padding")
        rest = self.padding_mode, self.ceil_mode, self.pooled
        axes = WindowAxis.both(self.input_shape[1:], self.kernel_size, self.motion(), *rest)
        return limits_of(operation, axes, names, self.most_kernel_cells())

    def motion(self) -> Motion:
        """Stride, padding and dilation as they are written for rows and columns."""
        given = self.operation.arguments
        return given.get("stride", (1, 1)), given.get("padding", 0), given.get("dilation", (1, 1))

    def most_kernel_cells(self) -> int | None:
        """How many cells a kernel may have, whatever lies under it."""
        return None


def refuse_wide_windows(cells: int) -> None:
    """A window of very many cells over several channels would make one step as large as a picture."""
    if cells > LARGEST_WINDOW:
        raise SceneError("kernel_size", cells, "one window may hold at most {most} cells", most=LARGEST_WINDOW)
