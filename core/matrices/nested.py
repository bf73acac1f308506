"""Nested lists of numbers: finite, regular and not too many, or refused with the place of the first that is not."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from core.errors import LONGEST_VALUE, SceneError
from core.matrices.numbers import LARGEST_NUMBER, MOST_WEIGHTS, Place, facts_of, not_finite

DEEPEST = 4
UNEVEN = {  # by the list that differs and how deep it lies
    (1, 1): "every row must be as long as the first: row {row} has {count} {count|number/numbers}, "
    "the first has {first}",
    (1, 2): "every row must be as long as the first: channel {channel}, row {row} has {count} "
    "{count|number/numbers}, the first has {first}",
    (1, 3): "every row must be as long as the first: kernel {kernel}, channel {channel}, row {row} has {count} "
    "{count|number/numbers}, the first has {first}",
    (2, 1): "every channel must have as many rows as the first: channel {channel} has {count}, the first has {first}",
    (2, 2): "every channel must have as many rows as the first: kernel {kernel}, channel {channel} has {count}, "
    "the first has {first}",
    (3, 1): "every kernel must have as many channels as the first: kernel {kernel} has {count}, the first has {first}",
}
MIXED = "must hold numbers or rows of numbers, not both"
TOO_LARGE = "row {row}, column {column} must lie between -{largest} and {largest}"

Convert = Callable[[Any, Place], int | float]
IsPlain = Callable[[Sequence[Any]], bool]


def regular(field: str, value: object) -> tuple[Any, ...]:
    """Nested lists or tuples of finite numbers, all rows alike, as nested tuples.

    >>> regular("weight", [[1, 2], [3]])
    Traceback (most recent call last):
    core.errors.SceneError: weight is '3': every row must be as long as the first: row 2 has 1 number, the first has 2
    """
    return build(field, value, lambda item, place: finite(field, item, place), are_plain)


def are_plain(row: Sequence[Any]) -> bool:
    """Whether a row holds nothing but numbers of a bearable size, known without a call for each.

    >>> are_plain([1, 2.5]), are_plain([1, True]), are_plain([float("nan"), 1]), are_plain([10**16])
    (True, False, False, False)
    """
    kinds = set(map(type, row))
    if not kinds <= {int, float} or (float in kinds and not all(map(math.isfinite, row))):
        return False
    return bool(min(row) >= -LARGEST_NUMBER and max(row) <= LARGEST_NUMBER)


def finite(field: str, value: object, place: Place) -> int | float:
    if type(value) is int and -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise not_finite(field, value, place)
    if isinstance(value, float) and not math.isfinite(value):
        raise not_finite(field, value, place)
    return bounded(field, value, place)


def bounded(field: str, value: int | float, place: Place) -> int | float:
    if abs(value) > LARGEST_NUMBER:
        raise SceneError(field, value, TOO_LARGE, largest="1e15", **facts_of(place))
    return value


def none_is_plain(_: Sequence[Any]) -> bool:
    return False


def build(field: str, value: object, convert: Convert, is_plain: IsPlain = none_is_plain) -> tuple[Any, ...]:
    """Nested sequences of anything as nested tuples of numbers; rows that are plain stay as they are."""
    sides = sides_of(field, value)
    if len(sides) > DEEPEST:
        raise SceneError(field, "[[[[[", "has more than four dimensions")
    check_even(field, value, sides, ())
    if math.prod(sides) > MOST_WEIGHTS:
        raise SceneError(field, tuple(sides), "holds more than {most} numbers", most=MOST_WEIGHTS)
    return _built(value, convert, is_plain, (), len(sides))


def sides_of(field: str, value: object) -> list[int]:
    """How many there are of each, going down to the first number."""
    sides: list[int] = []
    while is_list(value) and len(sides) <= DEEPEST:
        assert isinstance(value, Sequence)
        if not value:
            raise SceneError(field, value, "must not be empty")
        sides.append(len(value))
        value = value[0]
    return sides


def check_even(field: str, value: Any, sides: list[int], place: Place) -> None:
    """Level by level, every list holds as many as the first of its level, and numbers stand at the bottom alone."""
    if not is_list(value):
        raise SceneError(field, value, MIXED)
    if len(value) != sides[0]:
        raise uneven(field, value, sides, place)
    if len(sides) > 1:
        for index, item in enumerate(value):
            check_even(field, item, sides[1:], (*place, index))
    elif any(issubclass(kind, list | tuple) for kind in set(map(type, value))):
        raise SceneError(field, value, MIXED)


def uneven(field: str, value: Sequence[Any], sides: list[int], place: Place) -> SceneError:
    names = ("kernel", "channel", "row")[: 4 - len(sides)][-len(place) :]
    facts = {name: index + 1 for name, index in zip(names, place, strict=True)}
    shown = value if len(sides) > 1 else " ".join(map(str, value[:LONGEST_VALUE]))
    rule = UNEVEN[len(sides), len(place)]
    return SceneError(field, shown, rule, count=len(value), first=sides[0], **facts)


def _built(value: Any, convert: Convert, is_plain: IsPlain, place: Place, depth: int) -> tuple[Any, ...]:
    if depth == 1 and is_plain(value):
        return tuple(value)
    if depth == 1:
        return tuple([convert(item, (*place, index)) for index, item in enumerate(value)])
    return tuple(_built(item, convert, is_plain, (*place, index), depth - 1) for index, item in enumerate(value))


def is_list(value: object) -> bool:
    return isinstance(value, list | tuple)
