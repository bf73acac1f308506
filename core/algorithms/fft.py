"""Convolution by multiplying spectra, for large dense kernels: the work hardly grows with the kernel.

The picture is cut into tiles that overlap by the kernel's reach; in each tile's circular correlation only the
outputs whose windows did not wrap around are kept (overlap-save). Rounding differs from a plain sum, so this is for
floating-point pictures only, and never for the numbers shown in a step.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.lib.stride_tricks import as_strided

from core.algorithms.arrays import Array
from core.algorithms.caches import cache_bytes
from core.algorithms.shapes import Shapes
from core.algorithms.windows import region, span_under
from core.algorithms.workspace import WORKSPACE
from core.geometry import Pair

TILE = 256  # pixels, about: larger ones leave the cache, smaller ones overlap more
TILES = 1 / 2  # of a core's cache, for the spectra of tiles made together
KEEP_TYPE: Literal["ortho"] = "ortho"  # with other norms NumPy transforms float32 as float64, in fresh memory


def tile_sides(shapes: Shapes) -> Pair:
    """Height and width of the tiles: as many equal ones as it takes, of lengths that transform fast."""
    rows, cols = (tile_side(count, slide.span) for count, slide in zip(shapes.count, shapes.slides, strict=True))
    return rows, cols


def tile_side(count: int, span: int) -> int:
    """The fast length from which equal tiles of about TILE px, less their overlap, cover `count` outputs.

    >>> tile_side(1080, 15), tile_side(512, 15), tile_side(100, 31)
    (240, 192, 144)
    """
    most = max(TILE, 4 * span) - span + 1
    tiles = -(-count // most)
    side = -(-count // tiles) + span - 1
    while not smooth(side):
        side += 1
    return side


def smooth(number: int) -> bool:
    """Whether 16 divides it, and beside 2 only 3 and 5 do, which is what fast transforms like."""
    if number % 16:
        return False
    for prime in (2, 3, 5):
        while number % prime == 0:
            number //= prime
    return number == 1


def spectrum(kernel: Array, sides: Pair) -> Array:
    """The conjugate spectrum of one kernel (kH, kW), as correlation needs it."""
    result: Array = np.conj(np.fft.rfft2(kernel, sides))
    return result


def correlate_tiles(
    x: Array, kernel_spectrum: Array, sides: Pair, shapes: Shapes, y: Array, start: int, stop: int
) -> None:
    """Output rows start..stop of one plane, (H, W) -> (oH, oW), stride 1."""
    down, right = (side - slide.span + 1 for side, slide in zip(sides, shapes.slides, strict=True))
    together = max(1, min(-(-shapes.count[1] // right), cache_bytes(TILES) // kernel_spectrum.nbytes))
    waves = WORKSPACE.line("spectra", together * kernel_spectrum.size, kernel_spectrum.dtype)
    waves = waves.reshape(together, *kernel_spectrum.shape)
    made = WORKSPACE.line("tiles", together * down * sides[1], y.dtype).reshape(together, down, sides[1])
    for first in range(start, stop, down):
        rows = min(down, stop - first)
        for left in range(0, shapes.count[1], together * right):
            tiles = cut(x, shapes, first, left, sides, right, together)
            some = waves[: len(tiles)]
            np.fft.rfft(tiles, norm=KEEP_TYPE, out=some)
            np.fft.fft(some, axis=1, norm=KEEP_TYPE, out=some)
            np.multiply(some, kernel_spectrum, out=some)
            np.fft.ifft(some, axis=1, norm=KEEP_TYPE, out=some)
            np.fft.irfft(some[:, :rows], sides[1], norm=KEEP_TYPE, out=made[: len(tiles), :rows])
            for number in range(len(tiles)):
                at = left + number * right
                y[first : first + rows, at : at + right] = made[number, :rows, : min(right, shapes.count[1] - at)]


def cut(x: Array, shapes: Shapes, first: int, left: int, sides: Pair, right: int, together: int) -> Array:
    """The next tiles of one row of tiles, (tiles, height, width), overlapping views of a band with its border."""
    across = min(together, -(-(shapes.count[1] - left) // right))
    top, start = span_under(shapes.slides[0], first, first + 1)[0], span_under(shapes.slides[1], left, left + 1)[0]
    stop = start + (across - 1) * right + sides[1]
    band = region(x[None, None], (top, top + sides[0]), (start, stop), shapes.padding_mode)[0, 0]
    tall, wide = band.strides
    return as_strided(band, (across, *sides), (right * wide, tall, wide), writeable=False)
