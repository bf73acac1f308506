"""Pooling to a wished size, over whole maps, and across channels."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from core.algorithms.arrays import Array, batch, floating, summing, unbatch, widened
from core.algorithms.exact import check_sums
from core.errors import SceneError
from core.integers import Pair, is_sequence, pair, refuse_alone, whole


def adaptive_avg_pool2d(x: ArrayLike, output_size: object) -> Array:
    """Means over windows that share the picture out as evenly as it goes.

    Window k of n runs from floor(k * size / n) to ceil((k + 1) * size / n).

    Shape    (N, C, H, W) -> (N, C, *output_size); None in output_size keeps that side

    >>> adaptive_avg_pool2d([[1, 2, 3, 4]], (1, 2))
    array([[1.5, 3.5]])
    """
    planes, rank = batch(x)
    height, width = shares_of(planes, output_size)
    cells = np.outer([b - a for a, b in height], [b - a for a, b in width])
    check_sums(planes, int(cells.max()))
    rows = np.stack([planes[:, :, a:b].sum(axis=2, dtype=summing(planes)) for a, b in height], axis=2)
    sums = np.stack([rows[..., a:b].sum(axis=3) for a, b in width], axis=3)
    y = floating(sums)
    return unbatch(y / cells.astype(y.dtype), rank)


def adaptive_max_pool2d(x: ArrayLike, output_size: object) -> Array:
    """Maxima over windows that share the picture out as evenly as it goes.

    Shape    (N, C, H, W) -> (N, C, *output_size)

    >>> adaptive_max_pool2d([[1, 2, 3, 4]], (1, 2))
    array([[2, 4]])
    """
    planes, rank = batch(x)
    height, width = shares_of(planes, output_size)
    rows = np.stack([planes[:, :, a:b].max(axis=2) for a, b in height], axis=2)
    return unbatch(widened(np.stack([rows[..., a:b].max(axis=3) for a, b in width], axis=3)), rank)


def shares_of(x: Array, output_size: object) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    rows, cols = wished_size(output_size, (x.shape[2], x.shape[3]))
    return shares(x.shape[2], rows), shares(x.shape[3], cols)


def wished_size(output_size: object, side: Pair) -> Pair:
    """n, or (rows, columns) in which None keeps the side as it is."""
    refuse_alone("output_size", output_size)
    if not is_sequence(output_size):
        return pair("output_size", output_size, 1)
    wished: list[object] = list(output_size)  # type: ignore[call-overload]
    kept = [now if wish is None else wish for wish, now in zip(wished, side, strict=False)]
    return pair("output_size", kept if len(wished) == 2 else wished, 1)


def shares(size: int, count: int) -> list[tuple[int, int]]:
    """Where each of `count` windows starts and stops along one side.

    >>> shares(5, 2)
    [(0, 3), (2, 5)]
    """
    return [(start, stop) for start, stop in share_lines(size, count).tolist()]


def share_lines(size: int, count: int) -> Array:
    """The same as an array (count, 2)."""
    ends = np.arange(count + 1) * size
    return np.stack([ends[:-1] // count, -(-ends[1:] // count)], axis=1)


def global_avg_pool2d(x: ArrayLike) -> Array:
    """One number per feature map: its mean.

    Shape    (N, C, H, W) -> (N, C, 1, 1)
    Source   Lin, Chen and Yan 2014, Network in Network, section 3.2

    >>> global_avg_pool2d([[1, 2], [3, 4]])
    array([[2.5]])
    """
    return adaptive_avg_pool2d(x, 1)


def global_max_pool2d(x: ArrayLike) -> Array:
    """One number per feature map: its maximum.

    Shape    (N, C, H, W) -> (N, C, 1, 1)

    >>> global_max_pool2d([[1, 2], [3, 4]])
    array([[4]])
    """
    return adaptive_max_pool2d(x, 1)


def maxout(x: ArrayLike, pieces: int = 2) -> Array:
    """The largest of each group of `pieces` channels that follow one another.

    y[c] = max(x[c * pieces], ..., x[c * pieces + pieces - 1])

    Shape    (N, C, H, W) -> (N, C / pieces, H, W)
    Refuses  pieces that do not divide the channels
    Source   Goodfellow et al. 2013, equation 1

    >>> maxout([[[1]], [[5]], [[3]], [[2]]]).ravel()
    array([5, 3])
    """
    planes, rank = batch(x)
    return unbatch(widened(channel_groups(planes, whole("pieces", pieces, 1)).max(axis=2)), rank)


def channel_max_pool(x: ArrayLike, pieces: int | None = None) -> Array:
    """Pooling across channels: the maximum of all of them, or of each group of `pieces`.

    Shape    (N, C, H, W) -> (N, C / pieces, H, W)

    >>> channel_max_pool([[[1]], [[5]], [[3]]]).ravel()
    array([5])
    """
    planes, rank = batch(x)
    return unbatch(widened(channel_groups(planes, pieces).max(axis=2)), rank)


def channel_avg_pool(x: ArrayLike, pieces: int | None = None) -> Array:
    """Pooling across channels: the mean of all of them, or of each group of `pieces`.

    Shape    (N, C, H, W) -> (N, C / pieces, H, W)

    >>> channel_avg_pool([[[1]], [[5]], [[3]]]).ravel()
    array([3.])
    """
    planes, rank = batch(x)
    groups = channel_groups(planes, pieces)
    check_sums(planes, groups.shape[2])
    sums = floating(groups.sum(axis=2, dtype=summing(planes)))
    return unbatch(sums / sums.dtype.type(groups.shape[2]), rank)


def channel_groups(x: Array, pieces: int | None) -> Array:
    """(N, C, H, W) -> (N, C / pieces, pieces, H, W)"""
    channels = x.shape[1]
    size = channels if pieces is None else whole("pieces", pieces, 1)
    if channels % size:
        raise SceneError("pieces", size, "must divide the {channels} channels", channels=channels)
    return x.reshape(x.shape[0], channels // size, size, *x.shape[2:])
