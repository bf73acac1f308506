"""What every function does first and last: read the array, choose the number type, give the same rank back."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import SceneError

Array = NDArray[Any]

LARGEST_INTEGER = 2**63 - 1


def real(x: ArrayLike, field: str = "x") -> Array:
    """`x` as an array of integers of 64 bits with a sign, or narrower ones, or of float32 or float64; or a refusal."""
    try:
        array = np.asarray(x)
    except ValueError:  # rows of different lengths
        raise SceneError(field, x, "must be numbers in a box: every row as long as the others") from None
    if array.dtype == np.uint64:
        refuse_unsigned(array, field)
    if array.dtype.kind in "iu" or array.dtype in (np.float32, np.float64):
        return array
    raise SceneError(field, array.dtype.name, "must hold integers, float32 or float64")


def refuse_unsigned(x: Array, field: str) -> None:
    """Everything is computed with a sign, so the upper half of 64 bits without one has no place."""
    if x.size and int(x.max()) > LARGEST_INTEGER:
        raise SceneError(field, int(x.max()), "must be below 2 to the power of 63")


def widened(x: Array) -> Array:
    """Integers as int64, so that sums of pixels do not wrap around; floats as they are."""
    return x if x.dtype.kind == "f" else x.astype(np.int64, copy=False)


def floating(x: Array) -> Array:
    """Floats as they are, integers as float64."""
    return x if x.dtype.kind == "f" else x.astype(np.float64)


def matching(numbers: Array, x: Array) -> Array:
    """Weights, biases or counts in the type of the floats they meet; beside integers as they are."""
    return numbers.astype(x.dtype, copy=False) if x.dtype.kind == "f" else numbers


def in_type_of(x: Array, gradient: Array) -> Array:
    """A gradient in the type of the floats it goes back to; of integers in its own, or as float64."""
    return gradient.astype(x.dtype, copy=False) if x.dtype.kind == "f" else floating(gradient)


def holding(cells: Array, value: float) -> Array:
    """The cells in a type that holds the value too: a fraction or infinity among integers makes all of them floats."""
    return floating(cells) if isinstance(value, float) else cells


def summing(x: Array) -> np.dtype[Any]:
    """The type in which sums of x are made: floats in their own, integers in int64."""
    return x.dtype if x.dtype.kind == "f" else np.dtype(np.int64)


def result_type(x: Array, weight: Array) -> np.dtype[Any]:
    """float32 stays float32, float64 stays float64, integers with integers stay int64."""
    if x.dtype.kind == "f":
        return x.dtype
    if weight.dtype.kind == "f":
        return np.result_type(x.dtype, weight.dtype)
    return np.dtype(np.int64)


def batch(x: ArrayLike, field: str = "x") -> tuple[Array, int]:
    """(H, W), (C, H, W) or (N, C, H, W) as (N, C, H, W), with the rank it had."""
    array = real(x, field)
    if not 2 <= array.ndim <= 4:
        raise SceneError(field, array.shape, "must have the shape (H, W), (C, H, W) or (N, C, H, W)")
    if 0 in array.shape[-3:]:
        raise SceneError(field, array.shape, "has a side without a single pixel")
    return array.reshape((1,) * (4 - array.ndim) + array.shape), array.ndim


def unbatch(y: Array, rank: int) -> Array:
    """Back to the rank that `batch` met; a plain (H, W) with several maps becomes (F, H, W)."""
    if rank == 4:
        return y
    picture: Array = y[0, 0] if rank == 2 and y.shape[1] == 1 else y[0]
    return picture


def check_gradient(dy: Array, shape: tuple[int, ...]) -> None:
    if dy.shape != shape:
        raise SceneError("dy", dy.shape, "must have the shape of the output, {shape}", shape=shape)


def all_finite(x: Array) -> bool:
    """Whether no cell is NaN or infinite; False too where squares overflow. One pass at the speed of memory."""
    if x.dtype.kind != "f":
        return True
    line = np.ascontiguousarray(x).reshape(-1)
    return math.isfinite(np.vdot(line, line))
