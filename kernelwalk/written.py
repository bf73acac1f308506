"""Arrays and words as the scene line and an address write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from core.matrices import spell_matrix
from kernelwalk.arrays import Array

MOST_WRITTEN = 256  # numbers of an array that stand in the line itself, so that it says everything anywhere


def is_short(array: Array) -> bool:
    """Whether the line can hold its numbers, and would make the same array of them."""
    return array.size <= MOST_WRITTEN and (array.dtype.kind in "iu" or array.dtype == np.float64)


def nested(array: Array) -> str:
    """An input (C, H, W) as a matrix of the line.

    >>> nested(np.eye(2)[None])
    '[1.0 0.0; 0.0 1.0]'
    """
    return spell_matrix(tuples((array[0] if len(array) == 1 else array).tolist()))


def tuples(values: Any) -> Any:
    return tuple(map(tuples, values)) if isinstance(values, list) else values


def spelt(words: Mapping[str, object]) -> dict[str, object]:
    """The words that are said, as an address says them: true is 1.

    >>> spelt({"still": True, "width": 320, "theme": None})
    {'still': 1, 'width': 320}
    """
    return {name: int(word) if isinstance(word, bool) else word for name, word in words.items() if word is not None}
