"""Reads what a user wrote for a setting into its one normal form, or refuses it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any, Protocol

from core import matrices
from core.errors import SceneError, unknown
from core.geometry import PADDING_WORDS
from core.integers import LARGEST, whole
from core.matrices import LARGEST_NUMBER

LARGEST_KERNEL = 31
SIZE = re.compile(r"[0-9]{1,4}(?:[x×X*][0-9]{1,4}){1,3}")
SIZED = "a size is no kernel: write its numbers, or have them drawn, such as {example}"
PADDING_FORMS = "must be valid, same, same_lower, full, n, (h,w) or ((top,bottom),(left,right))"


class Ruled(Protocol):
    """What a reader needs to know of a parameter."""

    @property
    def name(self) -> str: ...
    @property
    def minimum(self) -> float | None: ...
    @property
    def maximum(self) -> float | None: ...
    @property
    def choices(self) -> tuple[str, ...]: ...


def number(field: str, value: object, minimum: float | None = None, maximum: float | None = None) -> float | int:
    """A finite number within its limits."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise SceneError(field, value, "must be a number")
    if isinstance(value, float) and not math.isfinite(value):
        raise SceneError(field, value, "must be a finite number, not NaN or infinity")
    if abs(value) > LARGEST_NUMBER:
        raise SceneError(field, value, "must lie between -{largest} and {largest}", largest="1e15")
    within(field, value, minimum, maximum)
    return value


def within(field: str, value: float, minimum: float | None, maximum: float | None) -> None:
    if minimum is not None and value < minimum:
        raise SceneError(field, value, "must be at least {minimum}", minimum=minimum)
    if maximum is not None and value > maximum:
        raise SceneError(field, value, "must be at most {maximum}", maximum=maximum)


def read_int(parameter: Ruled, value: object) -> int:
    least = 0 if parameter.minimum is None else int(parameter.minimum)
    most = LARGEST if parameter.maximum is None else int(parameter.maximum)
    return whole(parameter.name, value, least, most)


def read_number(parameter: Ruled, value: object) -> float | int:
    return number(parameter.name, value, parameter.minimum, parameter.maximum)


def read_pair(parameter: Ruled, value: object) -> tuple[int, int]:
    """n or (rows, columns)."""
    if isinstance(value, str) or (isinstance(value, list | tuple) and len(value) != 2):
        raise SceneError(parameter.name, value, "must be one whole number or two: (rows, columns)")
    if isinstance(value, list | tuple):
        return (read_int(parameter, value[0]), read_int(parameter, value[1]))
    side = read_int(parameter, value)
    return (side, side)


def read_padding(parameter: Ruled, value: object) -> Any:
    """A word, n, (h, w) or ((top, bottom), (left, right)); the shortest spelling that says the same."""
    if isinstance(value, str):
        word = value.lower()  # TensorFlow writes SAME and VALID
        if word not in PADDING_WORDS:
            raise SceneError(parameter.name, value, PADDING_FORMS)
        return 0 if word == "valid" else word
    if isinstance(value, list | tuple):
        if len(value) != 2 or isinstance(value[0], list | tuple) != isinstance(value[1], list | tuple):
            raise SceneError(parameter.name, value, PADDING_FORMS)
        return _shortest((read_pair(parameter, value[0]), read_pair(parameter, value[1])))
    return read_int(parameter, value)


def _shortest(sides: tuple[tuple[int, int], tuple[int, int]]) -> Any:
    (top, bottom), (left, right) = sides
    if top == bottom == left == right:
        return top
    return (top, left) if top == bottom and left == right else sides


def read_choice(parameter: Ruled, value: object) -> str:
    if not isinstance(value, str) or value not in parameter.choices:
        raise unknown(parameter.name, str(value), parameter.choices)
    return value


def read_boolean(parameter: Ruled, value: object) -> bool:
    if not isinstance(value, bool):
        raise SceneError(parameter.name, value, "must be true or false")
    return value


def read_numbers(parameter: Ruled, value: object) -> Any:
    """One number, or a list of them; false for none, where leaving them out would mean some."""
    if value is False:
        return False
    value = numbers_in(parameter, value)
    if isinstance(value, list | tuple):
        flat = value[0] if len(value) == 1 and isinstance(value[0], list | tuple) else value
        if not flat:
            raise SceneError(parameter.name, value, "must not be empty")
        return tuple(number(parameter.name, item) for item in flat)
    return read_number(parameter, value)


def numbers_in(parameter: Ruled, value: object) -> object:
    """The row of numbers that a text spells, or its one number; whatever is no text stays as it is."""
    if not isinstance(value, str):
        return value
    first, *others = matrices.read(value, parameter.name).rows.values
    return first[0] if not others and len(first) == 1 else first if not others else (first, *others)


def read_sizes(parameter: Ruled, value: object) -> tuple[int, ...]:
    """A list of whole numbers, as a shape or an order of axes."""
    value = numbers_in(parameter, value)
    items = value if isinstance(value, list | tuple) else (value,)
    return tuple(read_int(parameter, item) for item in items)


def read_weight(parameter: Ruled, value: object) -> Any:
    """A kernel's name, or its numbers as text or nested lists: 2-D, 3-D or 4-D."""
    if isinstance(value, str) and not matrices.is_written(value):
        return value.lower()
    if isinstance(value, str) and SIZE.fullmatch(value):
        raise SceneError(parameter.name, value, SIZED, example="conv2d out=1 kernel_size=3 seed=1")
    nested = matrix(parameter.name, value)
    sides = shape_of(nested)
    if len(sides) not in (2, 3, 4):
        raise SceneError(parameter.name, plain(nested), "must have 2, 3 or 4 dimensions, not {count}", count=len(sides))
    if max(sides[-2:]) > LARGEST_KERNEL:
        raise SceneError(parameter.name, sides, "a kernel is at most {most} x {most}", most=LARGEST_KERNEL)
    return nested


def read_matrix(parameter: Ruled, value: object) -> Any:
    """A matrix of numbers as nested tuples; a plain list is its one row."""
    nested = matrix(parameter.name, value)
    return nested if isinstance(nested[0], tuple) else (nested,)


def matrix(field: str, value: object) -> Any:
    """Nested lists of finite numbers, all rows alike, as nested tuples; or the text of a matrix."""
    if isinstance(value, str):
        return matrices.read(value, field).rows.values
    if not isinstance(value, list | tuple):
        raise SceneError(field, value, "must be a matrix such as [1 2; 3 4]")
    return matrices.regular(field, value)


def shape_of(nested: Any) -> tuple[int, ...]:
    """The shape of nested tuples; () for a number."""
    sides = []
    while isinstance(nested, tuple):
        sides.append(len(nested))
        nested = nested[0]
    return tuple(sides)


def plain(value: Any) -> Any:
    """A setting as JSON spells it."""
    return [plain(item) for item in value] if isinstance(value, tuple) else value


READERS: dict[str, Callable[[Ruled, object], Any]] = {
    "int": read_int,
    "number": read_number,
    "pair": read_pair,
    "padding": read_padding,
    "choice": read_choice,
    "boolean": read_boolean,
    "numbers": read_numbers,
    "sizes": read_sizes,
    "weight": read_weight,
    "matrix": read_matrix,
}
