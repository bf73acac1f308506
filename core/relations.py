"""What a sliding layer is beside other ways to compute it: a fully connected layer, and a product of matrices."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.geometry import Slide
from core.operations.convolution import Conv2dLayer
from core.operations.pooling import PoolLayer
from core.vocabulary import Layer


def relations_of(layer: Layer) -> dict[str, Any] | None:
    """Counts that a page puts beside each other; None for layers whose windows do not slide.

    rows, columns   of im2col: a row for each window of one channel group, a column for each cell under it
    kernels         columns that this matrix is multiplied by, the kernels of one group; 0 for pooling
    groups          so many of these matrices there are
    copies          how many times as many numbers the matrices hold as the input does
    weights         that are learned and shared, biases left out
    dense           weights of a fully connected layer between the same cells
    links           pairs of an input cell and an output cell that the layer joins, those in the padding left out

    >>> from core.operations import OPERATIONS
    >>> relations = relations_of(OPERATIONS["conv2d"]("[1 2; 3 4]").layer((1, 3, 3)))
    >>> [relations[name] for name in ("rows", "columns", "weights", "dense", "links")]
    [4, 4, 4, 36, 16]
    """
    if not isinstance(layer, Conv2dLayer | PoolLayer):
        return None
    (C, H, W), (F, oH, oW) = layer.input_shape, layer.output_shape
    rows, cols = layer.slides
    weight = layer.weight if isinstance(layer, Conv2dLayer) else None
    groups = weight.groups if weight else C
    columns = C // groups * rows.kernel_size * cols.kernel_size
    return {
        "rows": oH * oW,
        "columns": columns,
        "kernels": F // groups if weight else 0,
        "groups": groups,
        "copies": groups * oH * oW * columns / (C * H * W),
        "weights": layer.parameter_count() - weight.bias.count if weight else 0,
        "dense": C * H * W * F * oH * oW,
        "links": F * (C // groups) * inside(rows, oH, H) * inside(cols, oW, W),
    }


def inside(slide: Slide, count: int, side: int) -> int:
    """How many cells of `count` windows along one axis lie in the input, each as often as a window holds it."""
    corners = np.arange(count)[:, None] * slide.stride - slide.padding[0]
    cells = corners + np.arange(slide.kernel_size) * slide.dilation
    return int(((cells >= 0) & (cells < side)).sum())
