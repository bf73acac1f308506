"""shift: the picture moved by some rows and columns in its frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from core.errors import SceneError
from core.geometry import shown_at
from core.operations import settings
from core.operations.coding import numpy_border, torch_border
from core.operations.letters import PICTURE, c, k, r, x, y
from core.operations.rearrange import RearrangeLayer
from core.operations.windows import widened
from core.reach import Sliding
from core.rules.rule import Statement
from core.rules.writing import equal, symbol
from core.vocabulary import Array, Operation, Parameter, Reach, Shape, Text, Through

ROWS = Parameter(
    "rows",
    "int",
    Text("Rows"),
    Text("How many rows the picture moves down; up where it is negative"),
    default=0,
    minimum=-settings.LONGEST_SIDE,
    maximum=settings.LONGEST_SIDE,
    positional=True,
)
COLS = Parameter(
    "cols",
    "int",
    Text("Columns"),
    Text("How many columns the picture moves to the right; to the left where it is negative"),
    default=0,
    minimum=-settings.LONGEST_SIDE,
    maximum=settings.LONGEST_SIDE,
    positional=True,
    first=1,
)
MODE = Parameter(
    "mode",
    "choice",
    Text("Mode"),
    Text("What comes in from outside: zeros, the edge repeated, or what went out on the other side"),
    default="zeros",
    choices=("zeros", "replicate", "circular"),
    positional=True,
)
SIDE_ENDS = Text("at most {maximum}: then nothing of the picture is left in its frame")


class Shift(Operation):
    """output = the input moved down by rows and to the right by cols, in the same frame"""

    name = "shift"
    title: ClassVar[Text] = Text("Shift")
    kind = "rearrange"
    group = "shape"
    parameters = (ROWS, COLS, MODE)

    def layer(self, input_shape: Shape) -> ShiftLayer:
        return ShiftLayer(self, input_shape)


@dataclass(slots=True)
class ShiftLayer(RearrangeLayer):
    maps: tuple[Array, Array] = field(init=False)  # of each output row and column: which one of the input; -1 for none

    def __post_init__(self) -> None:
        self.output_shape = self.input_shape
        for name, size in zip(("rows", "cols"), self.input_shape[1:], strict=True):
            if abs(self.operation[name]) > size:
                raise SceneError(name, self.operation[name], "must lie between -{most} and {most}", most=size)
        down, along = (
            shown_at(np.arange(size, dtype=np.int64) - by, size, self.operation["mode"])
            for size, by in zip(self.input_shape[1:], self.by, strict=True)
        )
        self.maps = (down, along)

    @property
    def by(self) -> tuple[int, int]:
        return self.operation["rows"], self.operation["cols"]

    def limits(self, operation: Operation) -> dict[str, dict[str, Any]]:
        ends = zip(("rows", "cols"), self.input_shape[1:], strict=True)
        return {
            name: {"minimum": -size, "maximum": size, "why": Text(SIDE_ENDS.template, maximum=size)}
            for name, size in ends
        }

    def reach(self) -> Reach:
        _, H, W = self.input_shape
        down, along = self.by
        return Through(None, Sliding(H, before=down, shown=self.maps[0]), Sliding(W, before=along, shown=self.maps[1]))

    def apply(self, x: Array) -> Array:
        rows, cols = self.maps
        moved = widened(x)[:, rows[:, None], cols]
        moved[:, rows < 0] = 0
        moved[:, :, cols < 0] = 0
        return np.asarray(moved)

    def sources(self, at: Array) -> Array:
        """Where nothing comes from, the place outside the input."""
        rows, cols = self.maps[0][at[:, 1]], self.maps[1][at[:, 2]]
        rows = np.where(rows < 0, at[:, 1] - self.by[0], rows)
        cols = np.where(cols < 0, at[:, 2] - self.by[1], cols)
        return np.stack([at[:, 0], rows, cols], axis=1)

    def copied(self, x: Array, sources: Array) -> Array:
        _, H, W = self.input_shape
        row, col = sources[:, 1], sources[:, 2]
        outside = (row < 0) | (row >= H) | (col < 0) | (col >= W)
        cells = widened(x[sources[:, 0], row % H, col % W])
        return np.where(outside, np.zeros((), cells.dtype), cells)

    def moves(self) -> Statement:
        line = equal(y[k, r, c], x[k, r - symbol("d_h"), c - symbol("d_w")])
        border = PICTURE.outside(self.operation["mode"], 0)
        return Statement((line,), PICTURE.outputs(), (border,) if any(self.by) else ())

    def letters(self) -> dict[str, Any]:
        return dict(zip(("d_h", "d_w"), self.by, strict=True))

    @property
    def sides(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """What a border must hold so that the moved frame lies within."""
        (down, along) = self.by
        return (max(down, 0), max(-down, 0)), (max(along, 0), max(-along, 0))

    def spelled(self) -> tuple[str, str, tuple[str, ...], str]:
        (_, H, W), ((_, top), (_, left)) = self.input_shape, self.sides
        cell = f"padded[{{k}}, {{r + {top}}}, {{c + {left}}}]"
        cut = f"[:, {top}:{top + H}, {left}:{left + W}]"
        torch = (torch_border(self.sides, self.operation["mode"]), f"y = x{cut}")
        return cell, f"padded{cut}", torch, ""

    def prepared(self) -> tuple[str, ...]:
        return (numpy_border(self.sides, self.operation["mode"]),)
