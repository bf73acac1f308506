"""Adaptive pooling: windows share the input out as evenly as it goes, so that the output has the size asked for."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from core import functional
from core.algorithms.exact import check_sums
from core.functional.adaptive import share_lines
from core.functional.pooling import lowest
from core.operations.coding import TORCH
from core.operations.coding_cells import each_cell
from core.operations.in_order import MOST_PRODUCTS, stepped
from core.operations.letters import AT, OUTPUT, PICTURE, SAID_LARGEST, SAID_MEAN, c, cells, i, j, k, r, step, x, y
from core.operations.sums import blanked, in_order, mean
from core.operations.windows import LARGEST_WINDOW, widened
from core.reach import Sharing
from core.rules.rule import Rule, Said, Statement
from core.rules.tree import Brackets, Mathematics, Range, Relation, Symbol, Terms, Tree
from core.rules.writing import call, ceil, equal, floor, span, symbol, total
from core.snippets.snippet import lines
from core.vocabulary import WITH_WINDOW, Array, Code, Detail, Layer, Operation, Parameter, Reach, Shape, Text, Through

OUTPUT_SIZE = Parameter(
    "output_size",
    "pair",
    Text("Output size"),
    Text("Rows and columns of the output"),
    minimum=1,
    maximum=4096,
    positional=True,
    required=True,
    first=2,
)


class AdaptiveMaxPool2d(Operation):
    """output[r] = the largest cell from floor(r * H / oH) to ceil((r + 1) * H / oH), columns likewise."""

    name = "adaptive_max_pool2d"
    title: ClassVar[Text] = Text("Adaptive max pooling")
    kind = "gather"
    group = "pooling"
    parameters = (OUTPUT_SIZE,)

    def layer(self, input_shape: Shape) -> AdaptiveLayer:
        return AdaptiveMaxLayer(self, input_shape)


class AdaptiveAvgPool2d(Operation):
    """output[r] = the mean of the cells from floor(r * H / oH) to ceil((r + 1) * H / oH), columns likewise."""

    name = "adaptive_avg_pool2d"
    title: ClassVar[Text] = Text("Adaptive average pooling")
    kind = "gather"
    group = "pooling"
    parameters = (OUTPUT_SIZE,)

    def layer(self, input_shape: Shape) -> AdaptiveLayer:
        return AdaptiveAvgLayer(self, input_shape)


def beginning(place: Tree, size: Mathematics, count: Mathematics) -> Tree:
    return floor(place * size / count)


def ending(place: Tree, size: Mathematics, count: Mathematics) -> Tree:
    """The line after the last."""
    return ceil((place + 1) * size / count)


def share(letter: str, place: Symbol, size: Symbol, count: Symbol) -> Range:
    return span(letter, beginning(place, size, count), ending(place, size, count) - 1)


I_h, I_w, O_h, O_w = (symbol(name) for name in ("I_h", "I_w", "O_h", "O_w"))
SHARES = (share("i", r, I_h, O_h), share("j", c, I_w, O_w))


@dataclass(slots=True)
class AdaptiveLayer(Layer):
    """Windows of several sizes; each is told in an array of the largest, its other cells empty."""

    said: ClassVar[Said]
    rows: Array = field(init=False)  # (oH, 2): where each window starts and stops
    cols: Array = field(init=False)

    def shape(self) -> Shape:
        C, H, W = self.input_shape
        oH, oW = self.operation["output_size"]
        self.rows, self.cols = share_lines(H, oH), share_lines(W, oW)
        return (C, oH, oW)

    def cells_at_work(self) -> int:
        """Rows are pooled first: as many as the output has, as long as the input's."""
        return max(Layer.cells_at_work(self), self.output_shape[0] * self.output_shape[1] * self.input_shape[2])

    @property
    def kernel_size(self) -> tuple[int, int]:
        return largest_share(self.rows), largest_share(self.cols)

    def step_cells(self) -> int:
        return math.prod(self.kernel_size)

    def window(self, x: Array, at: Array) -> tuple[Array, Array]:
        """The cells (n, kH, kW), and which of them lie in the window at all."""
        rows, down = self.lines_of(self.rows, at[:, 1])
        cols, right = self.lines_of(self.cols, at[:, 2])
        window = widened(x[at[:, 0, None, None], rows[:, :, None], cols[:, None, :]])
        return window, down[:, :, None] & right[:, None, :]

    def lines_of(self, shared: Array, place: Array) -> tuple[Array, Array]:
        lines = shared[place, :1] + np.arange(largest_share(shared))
        stop = shared[place, 1:]
        return np.minimum(lines, stop - 1), lines < stop

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        rows, cols = self.rows[at[:, 1]], self.cols[at[:, 2]]
        window, inside = self.window(x, at)
        corner = np.stack([rows[:, 0], cols[:, 0]], axis=1)
        columns = {"corner": corner, "size": np.stack([rows[:, 1], cols[:, 1]], axis=1) - corner}
        if detail in WITH_WINDOW and self.step_cells() <= LARGEST_WINDOW:
            columns |= {"window": blanked(window, ~inside)}
        return columns | self.answers(window, inside, corner)

    def answers(self, window: Array, inside: Array, corner: Array) -> dict[str, Array]:
        raise NotImplementedError

    def start_fields(self) -> dict[str, Any]:
        return {
            "kernel_size": list(self.kernel_size),
            "stride": [max(1, side // count) for side, count in self._sides()],
            "padding": [[0, 0], [0, 0]],
            "padding_mode": "zeros",
            "dilation": [1, 1],
        }

    def _sides(self) -> list[tuple[int, int]]:
        return list(zip(self.input_shape[1:], self.output_shape[1:], strict=True))

    def reach(self) -> Reach:
        _, rows, cols = self.output_shape
        return Through(None, Sharing(rows), Sharing(cols))

    def formula(self) -> dict[str, str] | None:
        return None

    reduction: ClassVar[str]  # of a window, in NumPy
    torch_name: ClassVar[str]

    def code(self) -> Code:
        (H, oH), (W, oW) = self._sides()
        rows, cols = (
            f"{{{letter} * {side} // {count}}}:{{(({letter} + 1) * {side} + {count - 1}) // {count}}}"
            for letter, side, count in (("r", H, oH), ("c", W, oW))
        )
        loop, step = each_cell(self.output_shape, f"x[{{k}}, {rows}, {cols}].{self.reduction}()")
        bounds = (
            f"rows = [(r * {H} // {oH}, ((r + 1) * {H} + {oH - 1}) // {oH}) for r in range({oH})]",
            f"columns = [(c * {W} // {oW}, ((c + 1) * {W} + {oW - 1}) // {oW}) for c in range({oW})]",
        )
        cells = f"[x[:, a:b, i:j].{self.reduction}(axis=(1, 2)) for a, b in rows for i, j in columns]"
        whole = f"y = np.stack({cells}, axis=1).reshape{self.output_shape}"
        torch = lines(f"y = F.{self.torch_name}(x, ({oH}, {oW}))", needs=(TORCH,))
        return Code(loop, lines(*bounds, whole), step, torch)

    # The rule: windows begin at a rounded-down share of the side and end at a rounded-up one.

    def rule(self) -> Rule:
        general = Statement((equal(y[k, r, c], self.pooled(SHARES)),), PICTURE.outputs(), self.where())
        letters = PICTURE.sizes(self.input_shape, self.output_shape)
        return Rule(general, letters, (self.arithmetic(),), self.bounds(), (self.said,))

    def pooled(self, shares: tuple[Range, Range]) -> Tree:
        raise NotImplementedError

    def arithmetic(self) -> Tree:
        raise NotImplementedError

    def where(self) -> tuple[Tree, ...]:
        return ()

    def bounds(self) -> tuple[Tree, ...]:
        """Where this step's window lies, and why."""
        return tuple(self._bounds(axis, offset) for axis, offset in enumerate((i, j)))

    def _bounds(self, axis: int, offset: Tree) -> Tree:
        side, count = self._sides()[axis]
        place, first, size = AT[1 + axis], step("corner", axis), step("size", axis)
        sides = (beginning(place, side, count), first, offset, first + size, ending(place, side, count))
        return Relation(sides, ("=", "≤", "<", "="))


def largest_share(shared: Array) -> int:
    return int((shared[:, 1] - shared[:, 0]).max())


@dataclass(slots=True)
class AdaptiveMaxLayer(AdaptiveLayer):
    said = SAID_LARGEST
    reduction, torch_name = "max", "adaptive_max_pool2d"

    def pooled(self, shares: tuple[Range, Range]) -> Tree:
        return total("max", shares, x[k, i, j])

    def arithmetic(self) -> Tree:
        return equal(y[AT], call("max", cells("window", "i", "j", skips=True)), OUTPUT)

    def apply(self, x: Array) -> Array:
        return functional.adaptive_max_pool2d(x, self.operation["output_size"])

    def answers(self, window: Array, inside: Array, corner: Array) -> dict[str, Array]:
        cells = np.where(inside, window, lowest(window)).reshape(len(window), -1)
        place = cells.argmax(axis=1)
        argmax = np.stack(np.unravel_index(place, window.shape[1:]), axis=1)
        output = np.take_along_axis(cells, place[:, None], axis=1)[:, 0]
        return {"argmax": argmax, "winner": corner + argmax, "output": output}


@dataclass(slots=True)
class AdaptiveAvgLayer(AdaptiveLayer):
    said = SAID_MEAN
    reduction, torch_name = "mean", "adaptive_avg_pool2d"

    def check_values(self, x: Array) -> None:
        check_sums(x, math.prod(self.kernel_size))

    def pooled(self, shares: tuple[Range, Range]) -> Tree:
        return total("sum", shares, x[k, i, j]) / symbol("n")[r, c]

    def where(self) -> tuple[Tree, ...]:
        sides = ((r, I_h, O_h), (c, I_w, O_w))
        rows, columns = (Brackets("curved", ending(*side) - beginning(*side)) for side in sides)
        return (equal(symbol("n")[r, c], rows * columns),)

    def arithmetic(self) -> Tree:
        window = Terms((cells("window", "i", "j", skips=True),))
        return equal(y[AT], window / step("count"), step("sum") / step("count"), OUTPUT)

    def apply(self, x: Array) -> Array:
        if x.dtype.kind == "f" and self.steps * self.step_cells() <= MOST_PRODUCTS // 4:
            return stepped(self, x)
        return functional.adaptive_avg_pool2d(widened(x), self.operation["output_size"])

    def answers(self, window: Array, inside: Array, corner: Array) -> dict[str, Array]:
        added = in_order(np.where(inside, window, 0), 1)
        count = inside.sum(axis=(1, 2))
        return {"sum": added, "count": count, "output": mean(added, count)}
