"""How steep the picture is at each pixel: the length of the gradient that two kernels measure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from core.algorithms import direct
from core.algorithms.arrays import Array, batch, floating, real, unbatch
from core.algorithms.exact import check_sums, exact_bound, heaviest, largest
from core.algorithms.planner import FEW_PASSES, PLANE_WORTH_A_THREAD, exact_floats, integer_lanes
from core.algorithms.plans import plan
from core.algorithms.recipes import Recipe, recipe
from core.algorithms.shapes import Shapes, convolution_shapes
from core.algorithms.threads import over_rows, tile_bytes
from core.algorithms.workspace import WORKSPACE
from core.arguments import destination
from core.errors import SceneError

BAND, LEAST_BAND = 1 / 8, 3 * 2**15  # of a core's cache, for one of the two sums: five such lines are at work; bytes


def gradient_magnitude(
    x: ArrayLike,
    weight: ArrayLike,
    stride: object = 1,
    padding: object = 0,
    padding_mode: str = "zeros",
    out: Array | None = None,
) -> Array:
    """The length of (x sum, y sum), each channel by itself.

    sqrt(conv2d(x, weight[0]) ** 2 + conv2d(x, weight[1]) ** 2)

    Shape    (N, C, H, W) * (2, kH, kW) -> (N, C, oH, oW); integers become float64
    Source   Sobel 1968; Prewitt 1970; Roberts 1963, whose kernels differ

    >>> gradient_magnitude([[0, 3], [4, 0]], [[[1, 0], [0, -1]], [[0, 1], [-1, 0]]])
    array([[1.]])
    """
    pictures, rank = batch(x)
    kernels = real(weight, "weight")
    if kernels.ndim != 3 or len(kernels) != 2:
        raise SceneError("weight", kernels.shape, "must be two kernels, (2, kH, kW)")
    channels = pictures.shape[1]
    shapes = convolution_shapes(pictures.shape, (channels, 1, *kernels.shape[1:]), stride, padding, 1, channels,
                                padding_mode)  # fmt: skip
    dtype = pictures.dtype if pictures.dtype.kind == "f" else np.dtype(np.float64)
    y = np.empty(shapes.output, dtype=dtype) if out is None else checked(out, shapes, rank, dtype)
    if kernels.dtype.kind != "f":
        check_sums(pictures, heaviest(kernels))
    recipes = shifted_sums(pictures, kernels, shapes)
    if recipes is None:
        gx, gy = (plan(pictures, kernel, None, stride, padding, 1, 1, padding_mode)(pictures) for kernel in kernels)
        y[...] = gradient_length(gx, gy)
    else:
        for picture, answer in zip(np.ascontiguousarray(pictures), y, strict=True):
            for plane, magnitude in zip(picture, answer, strict=True):
                lengths(plane, recipes, shapes, magnitude)
    return unbatch(y, rank) if out is None else out


def gradient_length(gx: ArrayLike, gy: ArrayLike) -> Array:
    """sqrt(gx * gx + gy * gy), in float64 for integers."""
    gx, gy = alike(gx, gy)
    with np.errstate(over="ignore", under="ignore"):
        y: Array = np.sqrt(gx * gx + gy * gy)
    return y


def gradient_direction(gx: ArrayLike, gy: ArrayLike) -> Array:
    """Where the picture grows brighter, in radians from the x axis: x runs to the right and y down.

    atan2(gy, gx): 0 is to the right, pi / 2 straight down, pi to the left, -pi / 2 straight up

    >>> gradient_direction(np.array([3, 0]), np.array([0, 2])).round(4)
    array([0.    , 1.5708])
    """
    across, down = (slope + 0.0 for slope in alike(gx, gy))  # no negative zero, which would turn 180 degrees to -180
    y: Array = np.arctan2(down, across)
    return y


def alike(gx: ArrayLike, gy: ArrayLike) -> tuple[Array, Array]:
    """Two sums of one shape, as floats."""
    across, down = floating(real(gx, "gx")), floating(real(gy, "gy"))
    if across.shape != down.shape:
        raise SceneError("gy", down.shape, "must have the shape of gx, {shape}", shape=across.shape)
    return across, down


def checked(out: Array, shapes: Shapes, rank: int, dtype: np.dtype[np.generic]) -> Array:
    wanted = shapes.output[-max(rank, 2) :] if rank > 2 else shapes.output[2:]
    destination(out, wanted, dtype)
    return out.reshape(shapes.output)


BOX = np.ones((2, 2), dtype=np.int64)
DIAGONALS = np.array([[-1, 0], [0, 1]]), np.array([[0, 1], [-1, 0]])  # Roberts
SUM, DIFFERENCE = np.array([[-1, -1, 0], [-1, 0, 1], [0, 1, 1]]), np.array([[0, 1, 1], [-1, 0, 1], [-1, -1, 0]])


@dataclass(frozen=True, slots=True)
class Recipes:
    """Both kernels as shifted additions, and the type in which the squares of their sums lose nothing they hold.

    Sobel's x and y are the sum and the difference of two diagonals of a picture summed over 2 x 2 pixels, so
    gx * gx + gy * gy = 2 * (u * u + v * v) with the diagonals u and v: four passes make what takes six.
    """

    recipes: tuple[Recipe, Recipe]
    squares: np.dtype[Any]
    box: Recipe | None = None
    diagonals: tuple[Recipe, ...] = ()

    @property
    def lanes(self) -> np.dtype[Any]:
        return self.recipes[0].dtype


def shifted_sums(x: Array, kernels: Array, shapes: Shapes) -> Recipes | None:
    """The two kernels as shifted additions, if the picture is large, the stride 1 and the additions few."""
    if any(slide.stride > 1 for slide in shapes.slides) or shapes.count[0] * shapes.count[1] < 64 * 64:
        return None
    lanes = squares = x.dtype
    if x.dtype.kind != "f":
        if kernels.dtype.kind == "f":
            return None
        bound = exact_bound(255 if x.dtype == np.uint8 else largest(x), kernels[:, None], None)
        lanes, squares = integer_lanes(bound), exact_floats(2 * bound**2) or np.dtype(np.float64)
    pair = both(kernels.tobytes(), kernels.shape, kernels.dtype, lanes, squares)
    few = max(made.work for made in pair.recipes) <= FEW_PASSES * sum(kernels.shape[1:])
    return pair if few else None


@lru_cache(maxsize=64)
def both(
    weights: bytes, shape: tuple[int, ...], dtype: np.dtype[Any], lanes: np.dtype[Any], squares: np.dtype[Any]
) -> Recipes:
    """The recipes of two kernels; looking for the cheapest takes as long as a tenth of a 1080p picture."""
    first, second = np.frombuffer(weights, dtype).reshape(shape)
    recipes = recipe(first, lanes), recipe(second, lanes)
    if shape[1:] != (3, 3) or not (first + second == 2 * SUM).all() or not (first - second == 2 * DIFFERENCE).all():
        return Recipes(recipes, squares)
    return Recipes(recipes, squares, recipe(BOX, lanes), tuple(recipe(kernel, lanes) for kernel in DIAGONALS))


def lengths(plane: Array, pair: Recipes, shapes: Shapes, y: Array) -> None:
    """The length of both sums of one plane, first where no window sticks out, then along the border."""

    def rows(start: int, stop: int) -> None:
        (top, bottom), cols = direct.inside(shapes, start, stop)
        if top < bottom:
            with np.errstate(all="ignore"):  # the ends of the lines hold nothing until their border comes
                inner_lengths(direct.under(plane, shapes, (top, bottom)), pair, y[top:bottom], cols)
        for one, (gx, gy) in direct.border_sums(plane, pair.recipes, shapes, pair.lanes, start, stop):
            one.put(gradient_length(gx, gy), y, 0)

    over_rows(rows, y.shape[0], y.size >= PLANE_WORTH_A_THREAD // 2)


def inner_lengths(x: Array, pair: Recipes, y: Array, cols: tuple[int, int]) -> None:
    """y[:, cols] of x (h + down, W), a band of rows at a time: sums, squares and root while all are in the cache."""
    height, width, across = len(y), x.shape[1], cols[1] - cols[0]
    down, step = len(x) - height, max(1, min(height, tile_bytes(BAND, LEAST_BAND) // (width * pair.squares.itemsize)))
    for first in range(0, height, step):
        rows = min(step, height - first)
        if first == 0 or rows < step:
            band = band_of(pair, width, rows, across)
        squares = band.squares(direct.in_lanes(x[first : first + rows + down].reshape(-1), pair.lanes))
        roots(squares, y[first : first + rows], width, cols)


def band_of(pair: Recipes, width: int, rows: int, across: int) -> Band:
    key = ("gradient", id(pair), width, rows, across)
    size = rows * width * pair.squares.itemsize
    return WORKSPACE.cut(key, size, lambda: Band(pair, width, rows, across))


class Band:
    """A band of rows as one line: its buffers and ufunc calls, with every view cut once."""

    def __init__(self, pair: Recipes, width: int, rows: int, across: int) -> None:
        length = (rows - 1) * width + across
        room = rows * width + max(direct.ahead(made.passes, width) for made in pair.recipes)
        lines = [WORKSPACE.line(f"direct {k}", room, pair.lanes) for k in range(3)]
        self.sums = [WORKSPACE.line(f"gradient {axis}", room, pair.lanes) for axis in "xy"]
        self.pair = pair  # kept alive, so that its id is its alone
        self.boxes: list[direct.Call] | None = None
        if pair.box is not None:
            self.smooth = WORKSPACE.line("gradient of", room, pair.lanes)
            further = slice(0, length + direct.ahead(pair.diagonals[0].passes, width))
            self.boxes = direct.program(pair.box.passes, width, further, lines, True)
        self.programs = [
            direct.program(made.passes, width, slice(0, length), lines, True) for made in pair.diagonals or pair.recipes
        ]
        self.whole = self.sums[0]
        self.made = self.parts = [sums[:length] for sums in self.sums]
        if pair.lanes != pair.squares:
            wide = [WORKSPACE.line(f"squares {axis}", rows * width, pair.squares) for axis in "xy"]
            self.whole, self.parts = wide[0], [line[:length] for line in wide]

    def squares(self, line: Array) -> Array:
        """gx * gx + gy * gy along the line, in whole rows whose last cells hold nothing."""
        if self.boxes is not None:
            direct.play(self.boxes, line, self.smooth)
            line = self.smooth
        for calls, sums, made, part in zip(self.programs, self.sums, self.made, self.parts, strict=True):
            direct.play(calls, line, sums)
            if part.dtype != made.dtype:
                np.copyto(part, made)
            np.multiply(part, part, out=part)
        total = self.parts[0]
        np.add(total, self.parts[1], out=total)
        if self.boxes is not None:
            np.add(total, total, out=total)
        return self.whole


def roots(squares: Array, y: Array, width: int, cols: tuple[int, int]) -> None:
    """y[:, cols] from a line of rows, each `width` long; in one piece where the line fits y, ends included."""
    if y.shape[1] == width and y.dtype == squares.dtype:
        line = y.reshape(-1)[cols[0] : y.size - width + cols[1]]
        np.sqrt(squares[: len(line)], out=line)
        return
    part = y[:, cols[0] : cols[1]]
    part[...] = squares[: len(y) * width].reshape(len(y), width)[:, : cols[1] - cols[0]]
    np.sqrt(part, out=part)
