"""The definition of convolution, as short as it can be said. Every fast algorithm is tested against it."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import as_strided

from core.algorithms.arrays import Array
from core.algorithms.shapes import Shapes
from core.algorithms.windows import taps, whole_region, windows


def correlate(x: Array, weight: Array, shapes: Shapes) -> Array:
    """y[n, f, r, c] = sum over channels and kernel cells of weight[f, ch, i, j] * x[n, ch, r*s + i*d, c*s + j*d]"""
    picture = whole_region(x, shapes.slides, shapes.count, shapes.padding_mode)
    view = windows(picture, shapes.slides, shapes.count)
    groups = shapes.groups
    grouped = split(view, groups)
    kernels = weight.reshape(groups, -1, *weight.shape[1:])
    y: Array = np.einsum("ngcijrk,gfcij->ngfrk", grouped, kernels)
    return y.reshape(shapes.output)


def split(view: Array, groups: int) -> Array:
    """(N, C, ...) -> (N, groups, C / groups, ...), still a view."""
    n, channels, *rest = view.shape
    strides = (view.strides[0], view.strides[1] * (channels // groups), *view.strides[1:])
    shape = (n, groups, channels // groups, *rest)
    return as_strided(view, shape, strides, writeable=False)


def scatter(dy: Array, weight: Array, shapes: Shapes) -> Array:
    """The transpose: every output cell stamps the kernel, times its value, into the padded picture."""
    n, f, rows, cols = dy.shape
    groups = shapes.groups
    kernels = weight.reshape(groups, f // groups, *weight.shape[1:])
    stamps = dy.reshape(n, groups, f // groups, rows, cols)
    height, width = (slide.stride * (count - 1) + slide.span for slide, count in
                     zip(shapes.slides, shapes.count, strict=True))  # fmt: skip
    picture = np.zeros((n, groups, weight.shape[1], height, width), dtype=np.result_type(dy, weight))
    for i, j, down, right in taps(shapes.slides, shapes.count):
        picture[..., down, right] += np.einsum("ngfrk,gfc->ngcrk", stamps, kernels[..., i, j])
    return picture.reshape(n, groups * weight.shape[1], height, width)
