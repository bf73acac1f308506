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

TILE, LARGE_TILE = 128, 256
LARGE_KERNEL = 27  # from here a tile of 128 spends too much on its overlap


def tile_side(shapes: Shapes) -> int:
    """The side of the square tiles: small ones stay in the cache, large ones overlap less."""
    return TILE if max(slide.span for slide in shapes.slides) <= LARGE_KERNEL else LARGE_TILE


def spectrum(kernel: Array, side: int) -> Array:
    """The conjugate spectrum of one kernel (kH, kW), as correlation needs it."""
    result: Array = np.conj(np.fft.rfft2(kernel, (side, side)))
    return result


def correlate_tiles(x: Array, kernel_spectrum: Array, shapes: Shapes, y: Array, start: int, stop: int) -> None:
    """Output rows start..stop of one plane, (H, W) -> (oH, oW), stride 1."""
    side = kernel_spectrum.shape[0]
    down, right = (side - slide.span + 1 for slide in shapes.slides)
    width = shapes.count[1]
    across = -(-width // right)
    left = covered(shapes.slides[1], 0, 1)[0]
    waves = np.empty((across, side, side // 2 + 1), dtype=kernel_spectrum.dtype)
    made = np.empty((across, down, side), dtype=y.dtype)
    for first in range(start, stop, down):
        rows = min(down, stop - first)
        top = covered(shapes.slides[0], first, first + 1)[0]
        band = region(x[None, None], (top, top + side), (left, left + (across - 1) * right + side),
                      shapes.padding_mode)[0, 0]  # fmt: skip
        tall, wide = band.strides
        tiles = as_strided(band, (across, side, side), (right * wide, tall, wide), writeable=False)
        np.fft.rfft(tiles, out=waves)
        np.fft.fft(waves, axis=1, out=waves)
        np.multiply(waves, kernel_spectrum, out=waves)
        np.fft.ifft(waves, axis=1, out=waves)
        np.fft.irfft(waves[:, :rows], side, out=made[:, :rows])
        for number in range(across):
            at = number * right
            y[first : first + rows, at : at + right] = made[number, :rows, : min(right, width - at)]
