"""The way back through a convolution as matrix products: stamps for the picture, windows times stamps for the weight.

plain.scatter is the definition. Here the products of every kernel cell with every input cell are one matrix product,
a band of rows at a time; then each kernel cell's products are added where they belong (col2im).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from core.algorithms import plain
from core.algorithms.arrays import Array
from core.algorithms.caches import cache_bytes
from core.algorithms.planner import exact_floats
from core.algorithms.shapes import Shapes
from core.algorithms.windows import reach, region, span_under, windows

STAMPS = 1  # of a core's cache: products that wait to be added


def scatter(dy: Array, kernels: Array, shapes: Shapes, bound: int = 0) -> Array:
    """Every output cell stamps the kernel, times its value, into the padded picture: (N, C, as far as windows reach).

    `bound` is the largest sum of integers; they are made in floats that hold it exactly.
    """
    dtype = np.result_type(dy, kernels)
    lanes = dtype if dtype.kind == "f" else exact_floats(bound)
    if lanes is None:
        return plain.scatter(dy, kernels, shapes)
    height, width = (span_under(slide, 0, count)[1] + slide.padding[0] for slide, count in
                     zip(shapes.slides, shapes.count, strict=True))  # fmt: skip
    n, groups, deep = dy.shape[0], shapes.groups, shapes.weight[1]
    picture = np.zeros((n, groups * deep, height, width), dtype=lanes)
    share = shapes.weight[0] // groups
    rows_of_weights = kernels.reshape(groups, share, -1).transpose(0, 2, 1).astype(lanes)  # (groups, C * kH * kW, F)
    for image, answer in zip(dy.astype(lanes, copy=False), picture, strict=True):
        for g in range(groups):
            part = answer[g * deep : (g + 1) * deep]
            stamp_bands(image[g * share : (g + 1) * share], rows_of_weights[g], shapes, part)
    return picture.astype(dtype, copy=False)


def stamp_bands(dy: Array, weights: Array, shapes: Shapes, picture: Array) -> None:
    """(F, oH, oW) stamped into (C, H, W), a band of dy's rows at a time."""
    rows, cols = shapes.slides
    count = shapes.count
    step = max(1, min(count[0], cache_bytes(STAMPS) // (weights.shape[0] * count[1] * weights.itemsize)))
    for first in range(0, count[0], step):
        last = min(first + step, count[0])
        products = weights @ dy[:, first:last].reshape(len(dy), -1)
        stamps = products.reshape(len(picture), rows.kernel_size, cols.kernel_size, last - first, count[1])
        band = picture[:, first * rows.stride :]
        for i in range(rows.kernel_size):
            lines = band[:, reach(rows, i, last - first)]
            for j in range(cols.kernel_size):
                lines[:, :, reach(cols, j, count[1])] += stamps[:, i, j]


def gradient_of_weight(dy: Array, x: Array, shapes: Shapes) -> Array:
    """dw[f, c, i, j] = sum over r, k of dy[f, r, k] * x[c, r * stride + i * dilation, ...]"""
    groups, deep, share = shapes.groups, shapes.weight[1], shapes.weight[0] // shapes.groups
    dtype: np.dtype[Any] = np.result_type(dy, x)
    dw = np.zeros((groups, share, deep * shapes.weight[2] * shapes.weight[3]), dtype=dtype)
    a_row = dw.shape[2] * shapes.count[1] * dtype.itemsize
    step = max(1, min(shapes.count[0], cache_bytes(STAMPS) // a_row))
    cols = span_under(shapes.slides[1], 0, shapes.count[1])
    for image, gradient in zip(x, dy, strict=True):
        for g in range(groups):
            seen, part = image[None, g * deep : (g + 1) * deep], gradient[g * share : (g + 1) * share]
            for first in range(0, shapes.count[0], step):
                last = min(first + step, shapes.count[0])
                band = region(seen, span_under(shapes.slides[0], first, last), cols, shapes.padding_mode)
                columns = windows(band, shapes.slides, (last - first, shapes.count[1])).reshape(dw.shape[2], -1)
                dw[g] += part[:, first:last].reshape(share, -1) @ columns.T
    return dw.reshape(shapes.weight)
