"""Arguments that are no whole numbers, as a caller may write them: true or false, numbers, and what else is refused."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from core.errors import SceneError, unknown


def boolean(field: str, value: object) -> bool:
    """`value` as a bool if it truly is one: the word "False" is not false.

    >>> boolean("ceil_mode", np.True_)
    True
    """
    if value is True or value is False:
        return value
    if isinstance(value, np.bool_):
        return bool(value)
    raise SceneError(field, value, "must be true or false")


def scalar(field: str, value: object) -> float | int:
    """A number of Python or of NumPy as one of Python; NaN and infinity are numbers here.

    >>> scalar("negative_slope", np.float32(0.5)), scalar("norm_type", np.int64(2))
    (0.5, 2)
    """
    if type(value) is float:  # nearly always
        return value
    number = value.item() if isinstance(value, np.generic | np.ndarray) and np.ndim(value) == 0 else value
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise SceneError(field, value, "must be a number")
    try:
        math.isnan(number)  # a whole number beyond the largest float has no place among them
    except OverflowError:
        raise SceneError(field, value, "must be a number that a float can hold") from None
    return number


def word(field: str, value: object, choices: tuple[str, ...]) -> str:
    """One of the words that are known."""
    if not isinstance(value, str) or value not in choices:
        raise unknown(field, str(value), choices)
    return value


def destination(out: Any, shape: tuple[int, ...], dtype: np.dtype[Any]) -> None:
    """Refuses an `out` that cannot hold the answer."""
    fits = isinstance(out, np.ndarray) and out.shape == shape and out.dtype == dtype
    if not fits or not out.flags.c_contiguous or not out.flags.writeable:
        given = out.shape if isinstance(out, np.ndarray) else out
        rule = "must be a writable array of {shape} of {kind} in C order"
        raise SceneError("out", given, rule, shape=shape, kind=dtype.name)
