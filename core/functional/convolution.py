"""The convolution of deep learning (cross-correlation) over pictures and signals."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from core.algorithms.arrays import Array, real
from core.algorithms.plans import PLANS, plan, plan_key
from core.errors import SceneError
from core.integers import is_sequence, whole


def conv2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: object = 1,
    padding: object = 0,
    dilation: object = 1,
    groups: int = 1,
    padding_mode: str = "zeros",
    flip: bool = False,
    out: Array | None = None,
) -> Array:
    """Slide kernels over a picture; each output cell is the sum of weight times pixel under the window.

    y[f, r, c] = bias[f] + sum over ch, i, j of weight[f, ch, i, j] * x[ch, r * stride + i * dilation, ...]

    Shape    (N, C, H, W) * (F, C / groups, kH, kW) -> (N, F, oH, oW); (C, H, W) and (H, W) likewise.
             A (kH, kW) weight filters each channel by itself, a (C, kH, kW) weight gives one map.
             `out` is an array of the result's shape to write to.
    Refuses  a window larger than the padded picture; integer sums that could leave 64 bits
    Source   Dumoulin and Visin 2016, section 2; `flip` gives the convolution of mathematics

    >>> conv2d([[1, 2, 3, 4, 5], [2, 1, 0, 1, 2], [3, 0, 1, 1, 0]], [[1, 0, 1], [0, 1, 0], [1, 0, 1]])
    array([[ 9,  7, 10]])
    """
    picture = x if type(x) is np.ndarray else real(x)
    settings = (stride, padding, dilation, groups, padding_mode, flip)
    key = plan_key(picture, weight, bias, settings)
    made = None if key is None else PLANS.get(key)
    if made is None:
        made = plan(picture, weight, bias, *settings)
        if key is not None and made.limit is None:
            PLANS.put(key, made)
    return made(picture, out)


def conv1d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: object = 1,
    padding: object = 0,
    dilation: object = 1,
    groups: int = 1,
    padding_mode: str = "zeros",
    flip: bool = False,
) -> Array:
    """Slide kernels along a signal; with `flip` and padding "full" this is numpy.convolve.

    y[f, t] = bias[f] + sum over ch, i of weight[f, ch, i] * x[ch, t * stride + i * dilation]

    Shape    (N, C, L) * (F, C / groups, k) -> (N, F, oL); (C, L) and (L,) likewise

    >>> conv1d([1, 2, 3], [0, 1, 2], padding="full", flip=True)
    array([0, 1, 4, 7, 6])
    """
    signal, kernel = real(x), real(weight, "weight")
    signal_shape, kernel_shape = signal_shapes(signal.shape, kernel.shape)
    y = conv2d(
        signal.reshape(signal_shape),
        kernel.reshape(kernel_shape),
        bias,
        (1, single("stride", stride)),
        signal_padding(padding),
        (1, single("dilation", dilation)),
        groups,
        padding_mode,
        flip,
    )[:, :, 0]
    if signal.ndim == 3:
        return y
    signals: Array = y[0, 0] if signal.ndim == 1 and y.shape[1] == 1 else y[0]
    return signals


def signal_shapes(signal: tuple[int, ...], kernel: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Of pictures and kernels of one row: (L,), (C, L) or (N, C, L) and (k,), (C, k) or (F, C, k)."""
    if not 1 <= len(signal) <= 3:
        raise SceneError("x", signal, "must have the shape (L,), (C, L) or (N, C, L)")
    if not 1 <= len(kernel) <= 3:
        raise SceneError("weight", kernel, "must have the shape (k,), (C, k) or (F, C, k)")
    wide = (1,) * (3 - len(signal)) + signal
    return (*wide[:-1], 1, wide[-1]), (*kernel[:-1], 1, kernel[-1])


def single(field: str, value: object) -> object:
    """n or (n,), as torch writes it for signals."""
    if not is_sequence(value):
        return value
    numbers: tuple[object, ...] = tuple(value)  # type: ignore[arg-type]
    if len(numbers) != 1:
        raise SceneError(field, value, "must be one whole number for a signal")
    return numbers[0]


def signal_padding(padding: object) -> object:
    """A word, n, (n,) or (before, after), as padding of one row."""
    if isinstance(padding, str):
        return padding
    if is_sequence(padding) and len(padding) == 2:  # type: ignore[arg-type]
        return (0, 0), padding
    border = whole("padding", single("padding", padding))
    return (0, 0), (border, border)
