"""Which way a convolution is computed, decided before a pixel is touched, and said.

Four ways: adding shifted pictures (direct.py), one matrix product of all windows (im2col.py), products of bands of
rows (bands.py), spectra of tiles (fft.py). All are tested against the definition in plain.py. Integers are computed in
the narrowest type in which no sum can lose a digit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from core.algorithms import bands, direct, fft, im2col, plain
from core.algorithms.arrays import Array, all_finite, real
from core.algorithms.caches import cache_bytes
from core.algorithms.exact import largest
from core.algorithms.recipes import Recipe, recipe
from core.algorithms.shapes import Shapes
from core.algorithms.threads import over_rows
from core.errors import SceneError

SMALL_COLUMNS = 1  # of a core's cache: im2col columns that are laid out in one piece
FEW_COLUMNS = 1 / 2  # the same for few kernels, of all groups and pictures
SHORT_ROW, SHORT_KERNEL = 48, 9  # output columns and kernel cells up to which each row alone would be too little work
LARGE_ENOUGH = 300_000  # products of a plane from which shifted additions beat one small matrix product
FEW_PASSES = 1.5  # times kH + kW: shifted additions up to here beat band products
FFT_KERNEL = 12 * 12  # kernel cells from which tiles of spectra beat band products
CAST = 1 / 2  # of a core's cache: results that wait for their conversion
WORTH_A_THREAD = 2.5e7  # multiply-adds in half a picture, about half a millisecond
FEW_WORTH_A_THREAD = 4e6  # the same for few kernels, whose sums are slower
PLANE_WORTH_A_THREAD = 1.8e6  # output cells: half a 1080p plane of shifted additions takes half a millisecond

Runner = Callable[[Array, Array], None]  # from x (N, C, H, W) to y (N, F, oH, oW)
PlaneWork = Callable[[int, Array, Array, int, int], None]  # kernel f on a plane, (H, W): rows start..stop of its map
Choice = tuple[str, str, np.dtype[Any], Runner]


@dataclass(slots=True)
class Plan:
    """A prepared convolution: call it with pictures of one shape. For one thread at a time."""

    algorithm: str
    why: str
    shapes: Shapes
    given: tuple[int, ...]  # the shape x must have
    given_dtype: np.dtype[Any]
    wanted: tuple[int, ...]  # the shape y will have
    dtype: np.dtype[Any]
    lanes: np.dtype[Any]  # the type the sums are made in
    limit: int | None  # the largest integer pixel it is exact for
    offset: Array | None
    run: Runner

    def __call__(self, x: Array, out: Array | None = None) -> Array:
        """The convolution of x, into `out` if that is given: an array of the result's shape, in C order."""
        if type(x) is not np.ndarray:
            x = real(x)
        if x.shape != self.given or x.dtype != self.given_dtype:
            rule = "this plan is for {given} of {kind}"
            raise SceneError("x", (x.shape, x.dtype.name), rule, given=self.given, kind=self.given_dtype.name)
        if self.limit is not None and largest(x) > self.limit:
            raise SceneError("x", largest(x), "this plan is exact up to {limit}", limit=self.limit)
        y = np.empty(self.wanted, dtype=self.dtype) if out is None else checked_out(out, self)
        self.run(x, y)
        if self.offset is not None:
            np.add(y, self.offset, out=y, casting="unsafe")
        return y


def checked_out(out: Array, plan: Plan) -> Array:
    if not isinstance(out, np.ndarray):
        raise SceneError("out", out, "must be an array")
    if out.shape != plan.wanted or not out.flags.c_contiguous or not out.flags.writeable:
        raise SceneError("out", out.shape, "must be a writable array of shape {shape} in C order", shape=plan.wanted)
    narrow = plan.dtype.kind == "i" and plan.algorithm == "direct" and np.can_cast(plan.lanes, out.dtype)
    if out.dtype != plan.dtype and not narrow:
        raise SceneError("out", out.dtype.name, "must be {kind}", kind=plan.dtype.name)
    return out


def choose(shapes: Shapes, kernels: Array, dtype: np.dtype[Any], bound: int) -> Choice:
    """The algorithm, the reason in words, its number type, and what runs it; `bound` is the largest integer sum."""
    if shapes.input[0] == 0:
        return "plain", "a batch of no pictures leaves nothing to compute", dtype, lambda x, y: None
    cells, size = shapes.count[0] * shapes.count[1], shapes.weight[2] * shapes.weight[3]
    straight = shapes.weight[1] == 1 and all(slide.stride == 1 for slide in shapes.slides)
    if straight and cells * size >= LARGE_ENOUGH:
        made = choose_direct(shapes, kernels, dtype, bound)
        if made is not None:
            return made
        undilated = all(slide.dilation == 1 for slide in shapes.slides)
        if dtype.kind == "f" and undilated and size >= FFT_KERNEL:
            tall, wide = fft.tile_sides(shapes)
            why = f"{size} weights a cell cost more than transforming tiles of {tall} x {wide} there and back"
            return "fft", why, dtype, spectra(shapes, kernels.astype(dtype, copy=False))
    return choose_product(shapes, kernels, dtype, bound)


def choose_direct(shapes: Shapes, kernels: Array, dtype: np.dtype[Any], bound: int) -> Choice | None:
    """Shifted additions, if they are few."""
    lanes = integer_lanes(bound) if dtype.kind != "f" else dtype
    dilation = (shapes.slides[0].dilation, shapes.slides[1].dilation)
    few = FEW_PASSES * (shapes.weight[2] + shapes.weight[3])
    if shapes.weight[0] > 64:
        return None
    recipes = [recipe(kernel[0], lanes, dilation) for kernel in kernels]
    most = max(one.work for one in recipes)
    if most > few:
        return None
    how = "a column times a row" if all(one.separable for one in recipes) else "few distinct weights"
    why = f"{how}: {most} passes over the picture instead of {shapes.weight[2] * shapes.weight[3]} products a cell"
    return "direct", why, lanes, additions(shapes, recipes, lanes)


def additions(shapes: Shapes, recipes: list[Recipe], lanes: np.dtype[Any]) -> Runner:
    def work(f: int, plane: Array, y: Array, start: int, stop: int) -> None:
        direct.correlate_plane(plane, recipes[f], shapes, y[start:stop], lanes, start, stop)

    return plane_by_plane(shapes, work, shapes.count[0] * shapes.count[1] >= PLANE_WORTH_A_THREAD)


def plane_by_plane(shapes: Shapes, work: PlaneWork, worth_it: bool) -> Runner:
    """Kernels of one channel: each walks its plane of every picture, in bands of rows if that is worth a thread."""
    share = shapes.weight[0] // shapes.groups

    def run(x: Array, y: Array) -> None:
        pictures, maps = np.ascontiguousarray(x).reshape(shapes.input), y.reshape(shapes.output)
        for picture, answer in zip(pictures, maps, strict=True):
            for f, feature_map in enumerate(answer):
                over_rows(partial(work, f, picture[f // share], feature_map), shapes.count[0], worth_it)

    return run


def integer_lanes(bound: int) -> np.dtype[Any]:
    """The narrowest integers that hold every sum; sums on the way may wrap, as only the last one counts."""
    for kind in (np.int16, np.int32):
        if bound <= np.iinfo(kind).max:
            return np.dtype(kind)
    return np.dtype(np.int64)


def spectra(shapes: Shapes, kernels: Array) -> Runner:
    sides = fft.tile_sides(shapes)
    waves = [fft.spectrum(kernel[0], sides) for kernel in kernels]
    one = replace(shapes, input=(1, 1, *shapes.input[2:]), weight=(1, *shapes.weight[1:]), groups=1)
    rows = kernels.reshape(len(kernels), 1, -1)

    def work(f: int, plane: Array, y: Array, start: int, stop: int) -> None:
        if all_finite(plane):
            fft.correlate_tiles(plane, waves[f], sides, shapes, y, start, stop)
        else:  # a spectrum carries one NaN to the whole tile
            bands.correlate_bands(plane[None], rows[f : f + 1], one, y[None, start:stop], start, stop)

    return plane_by_plane(shapes, work, shapes.count[0] * shapes.count[1] >= PLANE_WORTH_A_THREAD // 8)


def choose_product(shapes: Shapes, kernels: Array, dtype: np.dtype[Any], bound: int) -> Choice:
    """A matrix product, in one piece or in bands; the plain definition for integers beyond 53 bits."""
    lanes = dtype if dtype.kind == "f" else exact_floats(bound)
    if lanes is None:
        why = "sums may need more than the 53 bits of a float64, so they are made in 64-bit integers"
        return "plain", why, dtype, definition(shapes, kernels)
    weights = kernels.astype(lanes)
    size = im2col.column_bytes(shapes, lanes.itemsize)
    if size <= columns_worth_it(shapes, size):
        why = f"all windows as columns take {size} bytes: one matrix product"
        return "im2col", why, lanes, im2col.products(shapes, weights)
    why = f"all windows as columns would take {size / 2**20:.1f} MiB: one band of rows after another"
    return "bands", why, lanes, band_products(shapes, weights)


def columns_worth_it(shapes: Shapes, size: int) -> int:
    """Up to how many bytes the columns of one group are laid out; `size` is what they take.

    Few kernels do little with a column: there copying counts, and rows so short that each product costs its call.
    """
    if shapes.weight[0] // shapes.groups >= bands.FEW_KERNELS:
        return cache_bytes(SMALL_COLUMNS)
    short = shapes.count[1] <= SHORT_ROW and shapes.weight[2] * shapes.weight[3] <= SHORT_KERNEL
    return size if short else cache_bytes(FEW_COLUMNS) // (shapes.input[0] * shapes.groups)


def exact_floats(bound: int) -> np.dtype[Any] | None:
    """The floats in which integer sums up to `bound` are exact, whatever their order."""
    if bound < 2**24:
        return np.dtype(np.float32)
    return np.dtype(np.float64) if bound < 2**53 else None


def definition(shapes: Shapes, kernels: Array) -> Runner:
    def run(x: Array, y: Array) -> None:
        wide = x.reshape(shapes.input).astype(np.int64, copy=False)
        y.reshape(shapes.output)[...] = plain.correlate(wide, kernels.astype(np.int64, copy=False), shapes)

    return run


def band_products(shapes: Shapes, weights: Array) -> Runner:
    rows = bands.rows_of_weights(weights, shapes)
    enough = FEW_WORTH_A_THREAD if rows.shape[1] < bands.FEW_KERNELS else WORTH_A_THREAD
    worth_it = shapes.multiply_adds // max(shapes.input[0], 1) >= 2 * enough

    def run(x: Array, y: Array) -> None:
        for picture, answer in zip(x.reshape(shapes.input), y.reshape(shapes.output), strict=True):

            def work(out: Array, start: int, stop: int, picture: Array = picture) -> None:
                bands.correlate_bands(picture, rows, shapes, out, start, stop)

            over_rows(partial(cast, work, answer, rows.dtype), shapes.count[0], worth_it)

    return run


def cast(work: Callable[[Array, int, int], None], y: Array, made_in: np.dtype[Any], start: int, stop: int) -> None:
    """work(out, start, stop) into rows of y, (..., rows, cols); some at a time through `made_in` where y differs."""
    if y.dtype == made_in:
        work(y[..., start:stop, :], start, stop)
        return
    step = max(1, cache_bytes(CAST) // (y[..., :1, :].size * made_in.itemsize))
    for first in range(start, stop, step):
        last = min(first + step, stop)
        made = np.empty((*y.shape[:-2], last - first, y.shape[-1]), dtype=made_in)
        work(made, first, last)
        y[..., first:last, :] = made
