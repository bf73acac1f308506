"""Columns of steps: put together, and as the lists that JSON knows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def joined(pieces: list[Array]) -> Array:
    """The same column of several pieces, one after another; NumPy's own way forgets which cells are masked."""
    if len(pieces) == 1:
        return pieces[0]
    masked = any(isinstance(piece, np.ma.MaskedArray) for piece in pieces)
    return np.ma.concatenate(pieces) if masked else np.concatenate(pieces)  # type: ignore[no-untyped-call]


def nested_lists(column: Array) -> Any:
    """An array as nested lists in which whatever JSON cannot say, and what is masked, is None."""
    if column.dtype.kind != "f" or bool(np.isfinite(column).all()):
        return column.tolist()
    told = column.astype(object)
    told[~np.isfinite(column)] = None
    return told.tolist()
