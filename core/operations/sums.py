"""Adding up the cells under windows in the order in which they are told; and windows with cells that hold no number."""

from __future__ import annotations

import numpy as np

from core.algorithms.arrays import matching
from core.vocabulary import WITH_WINDOW, Array, Detail

FEW_ADDENDS, FEW_LINES = 64, 64  # up to which an addition of whole columns of lines is worth its call


def in_order(cells: Array, kept: int) -> Array:
    """The sums over all but the first `kept` axes, each cell added to those before it, as a reader would.

    So the last of the running sums is the sum, to the last digit. NumPy's own order depends on how an array lies in
    memory, and with it the last digit of a float.
    """
    lines = cells.reshape(*cells.shape[:kept], -1)
    if lines.dtype.kind != "f":
        return np.asarray(lines.sum(axis=-1))
    if lines.shape[-1] > FEW_ADDENDS and (lines.strides[-1] == lines.itemsize or lines[..., 0].size < FEW_LINES):
        return np.asarray(np.add.accumulate(np.ascontiguousarray(lines), axis=-1)[..., -1])
    total: Array = lines[..., 0].copy()
    for place in range(1, lines.shape[-1]):
        total += lines[..., place]
    return total


def blanked(window: Array, empty: Array | None) -> Array:
    """A window of which some cells hold no number: NaN among floats; integers are masked, so that they stay exact."""
    if empty is None or not empty.any():
        return window
    return np.where(empty, np.nan, window) if window.dtype.kind == "f" else np.ma.masked_array(window, empty)


def products_told(detail: Detail, window: Array, products: Array, sums: Array) -> dict[str, Array]:
    """As much of a step that adds up products as is asked for: the window, its products, and their sums."""
    told = {"window": window, "products": products} if detail in WITH_WINDOW else {}
    if detail == "partial":
        told |= {"partial": running_through(products, sums)}
    return told if detail == "output" else told | {"sums": sums}


def mean(total: Array, count: Array) -> Array:
    """The totals shared out: floats keep their type, integers become float64."""
    return np.asarray(total / matching(count, total))


def running(products: Array, kept: int) -> Array:
    """The sums so far, product by product in memory order; the first `kept` axes have sums of their own."""
    lines = products.reshape(*products.shape[:kept], -1)
    return np.cumsum(lines, axis=-1).reshape(products.shape)


def running_through(products: Array, sums: Array) -> Array:
    """The sums so far of the products (n, C, kH, kW): those of a channel begin at the channels before it."""
    lines = products.reshape(*products.shape[:2], -1)
    before = np.zeros_like(sums)
    np.cumsum(sums[:, :-1], axis=-1, out=before[:, 1:])
    return (np.cumsum(lines, axis=-1) + before[..., None]).reshape(products.shape)
