"""Whole numbers as a user may give them: one, or a pair for rows and columns; anything else is refused."""

from __future__ import annotations

import operator

import numpy as np

from core.errors import SceneError

LARGEST = 2**31 - 1

Pair = tuple[int, int]


def whole(field: str, value: object, minimum: int = 0, maximum: int = LARGEST) -> int:
    """`value` as an int if it truly is one; a bool, a float or a word is refused, and so is one out of range.

    >>> whole("stride", 2, minimum=1)
    2
    """
    if isinstance(value, (bool, np.bool_)) or not hasattr(value, "__index__"):
        raise SceneError(field, value, "must be a whole number")
    try:
        number = operator.index(value)
    except TypeError:  # an array of several numbers has __index__, too
        raise SceneError(field, value, "must be a whole number") from None
    if number < minimum:
        raise SceneError(field, number, "must be at least {minimum}", minimum=minimum)
    if number > maximum:
        raise SceneError(field, number, "must be at most {maximum}", maximum=maximum)
    return number


def pair(field: str, value: object, minimum: int = 0) -> Pair:
    """One number for both sides, also as (n,), or (rows, columns).

    >>> pair("stride", 2), pair("stride", (1, 3))
    ((2, 2), (1, 3))
    """
    if not is_sequence(value):
        number = whole(field, value, minimum)
        return number, number
    numbers: tuple[object, ...] = tuple(value)  # type: ignore[arg-type]
    if len(numbers) not in (1, 2):
        raise SceneError(field, value, "must be one whole number or two, for rows and columns")
    return whole(field, numbers[0], minimum), whole(field, numbers[-1], minimum)


def refuse_alone(field: str, value: object) -> None:
    """(n,) where torch asks for n or for both."""
    if is_sequence(value) and len(value) == 1:  # type: ignore[arg-type]
        raise SceneError(field, value, "must be one whole number or two, for rows and columns")


def is_sequence(value: object) -> bool:
    return isinstance(value, (tuple, list)) or (isinstance(value, np.ndarray) and value.ndim > 0)


def plainly_written(settings: tuple[object, ...]) -> bool:
    """Only ints, words and tuples of ints: to a dictionary 2 and 2.0, or 1 and True, are the same."""
    for value in settings:
        kind = type(value)
        if isinstance(value, tuple):
            if not plainly_written(value):
                return False
        elif kind is not int and kind is not str:
            return False
    return True
