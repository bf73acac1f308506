"""The one way the scene line writes a matrix."""

from __future__ import annotations

from typing import Any


def spell_matrix(value: tuple[Any, ...]) -> str:
    """One or two dimensions as on a board; more as nested lists.

    >>> spell_matrix(((1, 2), (3, 4)))
    '[1 2; 3 4]'
    """
    if not isinstance(value[0], tuple):
        return "[" + " ".join(repr(number) for number in value) + "]"
    if not isinstance(value[0][0], tuple):
        return "[" + "; ".join(" ".join(repr(number) for number in row) for row in value) + "]"
    return _spell_nested(value)


def _spell_nested(value: Any) -> str:
    return "[" + ",".join(map(_spell_nested if isinstance(value[0], tuple) else repr, value)) + "]"
