"""Operations that move cells and compute nothing: pad, flatten."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np

from core.algorithms.arrays import holding
from core.errors import SceneError
from core.functional.padding import CONSTANT
from core.geometry import resolve_padding, source_index
from core.operations import names, settings
from core.operations.coding import TO_FIRST, TO_LAST, TORCH, numpy_border, torch_border
from core.operations.coding_cells import each_cell
from core.operations.letters import AT, OUTPUT, PICTURE, SAID_MOVED, c, k, q, r, step, x, y
from core.operations.windows import widened
from core.reach import Mirrored, Rearranged, Sliding
from core.rules.rule import Rule, Statement
from core.rules.writing import equal
from core.snippets.snippet import lines
from core.vocabulary import Array, Code, Detail, Layer, Operation, Parameter, Reach, Shape, Text, Through

PAD_PADDING = Parameter(
    "padding",
    "padding",
    Text("Padding"),
    Text("Cells added on each side: n, (h,w) or ((top,bottom),(left,right))"),
    default=1,
    minimum=0,
    maximum=settings.LONGEST_SIDE,
    positional=True,
)
MODE = Parameter(
    "mode",
    "choice",
    Text("Padding mode"),
    settings.PADDING_MODE.help,
    default="zeros",
    choices=settings.MODES,
    positional=True,
)
VALUE = replace(settings.PADDING_VALUE, name="value")


@dataclass(slots=True)
class RearrangeLayer(Layer):
    """Each output cell is a copy of one input cell, or padding."""

    def sources(self, at: Array) -> Array:
        """The input cell (n, 3) that each output cell copies; outside the input it is padding."""
        raise NotImplementedError

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        sources = self.sources(at)
        output = self.copied(x, sources)
        return {"output": output} if detail == "output" else {"from": sources, "output": output}

    def copied(self, x: Array, sources: Array) -> Array:
        return widened(x[sources[:, 0], sources[:, 1], sources[:, 2]])

    def rule(self) -> Rule:
        """y = one cell of x."""
        letters = PICTURE.sizes(self.input_shape, self.output_shape) | self.letters()
        views = {"y": tuple(self.output_shape[axis] for axis in self.axes())}
        here = y[tuple(AT[axis] for axis in self.axes())]
        line = equal(here, x[tuple(step("from", axis) for axis in range(3))], OUTPUT)
        return Rule(self.moves(), letters, (line,), (), (SAID_MOVED,), views)

    def moves(self) -> Statement:
        """Which cell is which, in letters."""
        raise NotImplementedError

    def letters(self) -> dict[str, Any]:
        return {}

    def code(self) -> Code:
        cell, whole, torch, keras = self.spelled()
        loop, step = each_cell(self.output_shape, cell, *self.prepared())
        made = lines(f"y = keras.ops.convert_to_numpy({keras}") if keras else None
        return Code(loop, lines(*self.prepared(), f"y = {whole}"), step, lines(*torch, needs=(TORCH,)), made)

    def spelled(self) -> tuple[str, str, tuple[str, ...], str]:
        """One cell, all of them, the same in PyTorch, and in Keras where it has it."""
        raise NotImplementedError

    def prepared(self) -> tuple[str, ...]:
        return ()

    def axes(self) -> tuple[int, ...]:
        """Those by which an output cell is known."""
        return (0, 1, 2)


class Pad(Operation):
    """output = the input with cells added around it"""

    name = "pad"
    title: ClassVar[Text] = Text("Padding")
    names = names.TO_PADDED
    kind = "rearrange"
    group = "shape"
    parameters = (PAD_PADDING, MODE, VALUE)

    def __init__(self, /, *positional: object, **keywords: object) -> None:
        super().__init__(*map(in_our_words, positional), **{name: in_our_words(v) for name, v in keywords.items()})
        settings.check_border(self["mode"], "value", self["value"])

    def layer(self, input_shape: Shape) -> PadLayer:
        return PadLayer(self, input_shape)


def in_our_words(given: object) -> object:
    """PyTorch calls zeros constant."""
    return "zeros" if isinstance(given, str) and given == CONSTANT else given


@dataclass(slots=True)
class PadLayer(RearrangeLayer):
    sides: tuple[tuple[int, int], tuple[int, int]] = field(init=False)
    maps: tuple[Array, Array] = field(init=False)

    def __post_init__(self) -> None:
        C, H, W = self.input_shape
        if isinstance(self.operation["padding"], str):
            raise SceneError("padding", self.operation["padding"], "must be n, (h,w) or ((top,bottom),(left,right))")
        self.sides = resolve_padding(self.operation["padding"], 1)
        (top, bottom), (left, right) = self.sides
        mode = self.operation["mode"]
        self.maps = (source_index(H, top, bottom, mode), source_index(W, left, right, mode))
        self.output_shape = (C, len(self.maps[0]), len(self.maps[1]))

    def reach(self) -> Reach:
        (top, _), (left, _) = self.sides
        _, H, W = self.output_shape
        rows, cols = (None, None) if self.operation["mode"] == "circular" else self.maps
        return Through(None, Sliding(H, before=top, shown=rows), Sliding(W, before=left, shown=cols))

    def apply(self, x: Array) -> Array:
        cells, (_, H, W) = holding(widened(x), self.operation["value"]), self.input_shape
        if self.operation["mode"] != "zeros":
            rows, cols = self.maps
            return np.asarray(cells[:, rows[:, None], cols])
        output = np.full(self.output_shape, self.operation["value"], cells.dtype)
        (top, _), (left, _) = self.sides
        output[:, top : top + H, left : left + W] = cells
        return output

    def _filled(self, output: Array, outside: Array) -> Array:
        value = self.operation["value"]
        output = holding(output, value)
        return np.where(outside, np.asarray(value, output.dtype), output)

    def sources(self, at: Array) -> Array:
        """Zeros keep the coordinates of the padding itself: negative, or beyond the input."""
        rows, cols = self.maps[0][at[:, 1]], self.maps[1][at[:, 2]]
        (top, _), (left, _) = self.sides
        rows = np.where(rows < 0, at[:, 1] - top, rows)
        cols = np.where(cols < 0, at[:, 2] - left, cols)
        return np.stack([at[:, 0], rows, cols], axis=1)

    def copied(self, x: Array, sources: Array) -> Array:
        _, H, W = self.input_shape
        row, col = sources[:, 1], sources[:, 2]
        outside = (row < 0) | (row >= H) | (col < 0) | (col >= W)
        return self._filled(widened(x[sources[:, 0], row % H, col % W]), outside)

    def moves(self) -> Statement:
        P_h, P_w = PICTURE.size("P")
        line = equal(y[k, r, c], x[k, r - P_h, c - P_w])
        border = PICTURE.outside(self.operation["mode"], self.operation["value"])
        return Statement((line,), PICTURE.outputs(), (border,) if any(map(any, self.sides)) else ())

    def letters(self) -> dict[str, Any]:
        (top, _), (left, _) = self.sides
        return {"P_h": top, "P_w": left}

    def spelled(self) -> tuple[str, str, tuple[str, ...], str]:
        mode, value = self.operation["mode"], self.operation["value"]
        torch = (torch_border(self.sides, mode, value), "y = x")
        zeros = mode == "zeros" and not value
        layer = f'keras.layers.ZeroPadding2D({self.sides}, dtype="float64")({TO_LAST})){TO_FIRST}' if zeros else ""
        return "padded[{k}, {r}, {c}]", "padded", torch, layer

    def prepared(self) -> tuple[str, ...]:
        return (numpy_border(self.sides, self.operation["mode"], self.operation["value"]),)

    def start_fields(self) -> dict[str, Any]:
        return {"padding": [list(side) for side in self.sides], "padding_mode": self.operation["mode"]}


class Flatten(Operation):
    """output = the cells in memory order: channel first, then row, then column"""

    name = "flatten"
    title: ClassVar[Text] = Text("Flatten")
    names = names.TO_VECTOR
    kind = "rearrange"
    group = "shape"

    def layer(self, input_shape: Shape) -> FlattenLayer:
        return FlattenLayer(self, input_shape)


@dataclass(slots=True)
class FlattenLayer(RearrangeLayer):
    def shape(self) -> Shape:
        return (math.prod(self.input_shape), 1, 1)

    def apply(self, x: Array) -> Array:
        return widened(x).reshape(self.output_shape)

    def sources(self, at: Array) -> Array:
        return np.stack(np.unravel_index(at[:, 0], self.input_shape), axis=1)

    def reach(self) -> Reach:
        return Rearranged(self.output_shape, lambda cells, *_: cells.reshape(self.output_shape))

    def moves(self) -> Statement:
        I_h, I_w = PICTURE.size("I")
        return Statement((equal(y[(q * I_h + r) * I_w + c], x[q, r, c]),), PICTURE.inputs())

    def axes(self) -> tuple[int, ...]:
        return (0,)

    def spelled(self) -> tuple[str, str, tuple[str, ...], str]:
        _, H, W = self.input_shape
        cell = f"x[{{k // {H * W}}}, {{k // {W} - k // {H * W} * {H}}}, {{k - k // {W} * {W}}}]"
        layer = 'keras.layers.Flatten(dtype="float64")(x[None])'
        return cell, "x.reshape(-1, 1, 1)", ("y = torch.flatten(x)[:, None, None]",), f"{layer})[0][:, None, None]"


class Flip(Operation):
    """output = the input turned by 180 degrees, as a kernel is before a mathematical convolution"""

    name = "flip"
    neutral = True
    title: ClassVar[Text] = Text("Turn by 180 degrees")
    kind = "rearrange"
    group = "shape"

    def layer(self, input_shape: Shape) -> FlipLayer:
        return FlipLayer(self, input_shape)


@dataclass(slots=True)
class FlipLayer(RearrangeLayer):
    def apply(self, x: Array) -> Array:
        return widened(x[:, ::-1, ::-1])

    def sources(self, at: Array) -> Array:
        _, H, W = self.input_shape
        return np.asarray(np.array([0, H - 1, W - 1]) + at * np.array([1, -1, -1]))

    def moves(self) -> Statement:
        I_h, I_w = PICTURE.size("I")
        return Statement((equal(y[k, r, c], x[k, I_h - 1 - r, I_w - 1 - c]),), PICTURE.outputs())

    def spelled(self) -> tuple[str, str, tuple[str, ...], str]:
        _, H, W = self.input_shape
        return f"x[{{k}}, {{{H - 1} - r}}, {{{W - 1} - c}}]", "x[:, ::-1, ::-1]", ("y = x.flip(1, 2)",), ""

    def reach(self) -> Reach:
        return Through(None, Mirrored(), Mirrored())
