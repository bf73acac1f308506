"""Convolution by multiplying spectra, for large dense kernels: the work hardly grows with the kernel.

The picture is cut into square tiles that overlap by the kernel's reach; in each tile's circular correlation only the
outputs whose windows did not wrap around are kept (overlap-save). Rounding differs from a plain sum, so this is for
floating-point pictures only, and never for the numbers shown in a step.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import as_strided

from core.functional.arrays import Array
from core.functional.shapes import Shapes
from core.functional.windows import covered, region
from core.functional.workspace import WORKSPACE
from core.geometry import Pair

TILE, SMALL_TILE = 256, 128
TILES_BYTES = 2**20  # of spectra at a time


def tile_side(shapes: Shapes) -> int:
    """The side of the square tiles: large ones overlap less, small ones waste less on a small picture."""
    span = max(slide.span for slide in shapes.slides)
    return SMALL_TILE if max(shapes.count) + span - 1 <= SMALL_TILE else max(TILE, 1 << (3 * span - 1).bit_length())


def spectrum(kernel: Array, side: int) -> Array:
    """The conjugate spectrum of one kernel (kH, kW), as correlation needs it."""
    result: Array = np.conj(np.fft.rfft2(kernel, (side, side)))
    return result


def correlate_tiles(x: Array, kernel_spectrum: Array, shapes: Shapes, y: Array, start: int, stop: int) -> None:
    """Output rows start..stop of one plane, (H, W) -> (oH, oW), stride 1."""
    side = kernel_spectrum.shape[0]
    down, right = (side - slide.span + 1 for slide in shapes.slides)
    together = max(1, min(-(-shapes.count[1] // right), TILES_BYTES // kernel_spectrum.nbytes))
    waves = WORKSPACE.line("spectra", together * kernel_spectrum.size, kernel_spectrum.dtype)
    waves = waves.reshape(together, *kernel_spectrum.shape)
    made = WORKSPACE.line("tiles", together * down * side, y.dtype).reshape(together, down, side)
    for first in range(start, stop, down):
        rows = min(down, stop - first)
        for left in range(0, shapes.count[1], together * right):
            tiles = cut(x, shapes, first, left, side, (down, right), together)
            some = waves[: len(tiles)]
            np.fft.rfft(tiles, out=some)
            np.fft.fft(some, axis=1, out=some)
            np.multiply(some, kernel_spectrum, out=some)
            np.fft.ifft(some, axis=1, out=some)
            np.fft.irfft(some[:, :rows], side, out=made[: len(tiles), :rows])
            for number in range(len(tiles)):
                at = left + number * right
                y[first : first + rows, at : at + right] = made[number, :rows, : min(right, shapes.count[1] - at)]


def cut(x: Array, shapes: Shapes, first: int, left: int, side: int, steps: Pair, together: int) -> Array:
    """The next tiles of one row of tiles, (tiles, side, side), overlapping views of a band with its border."""
    across = min(together, -(-(shapes.count[1] - left) // steps[1]))
    top, start = covered(shapes.slides[0], first, first + 1)[0], covered(shapes.slides[1], left, left + 1)[0]
    stop = start + (across - 1) * steps[1] + side
    band = region(x[None, None], (top, top + side), (start, stop), shapes.padding_mode)[0, 0]
    tall, wide = band.strides
    return as_strided(band, (across, side, side), (steps[1] * wide, tall, wide), writeable=False)
