"""Transposed convolution: each input cell stamps the kernel into the output; overlaps add up."""

from __future__ import annotations

from typing import Any

from numpy.typing import ArrayLike

from core.algorithms.arrays import Array, batch, real, result_type, unbatch
from core.algorithms.exact import heaviest_stamps, largest, refuse_overflow
from core.algorithms.shapes import Shapes, check_bias
from core.algorithms.stamping import scatter
from core.algorithms.windows import Slides
from core.errors import SceneError
from core.functional.unfold import cropped
from core.geometry import Pairs, Slide, effective_kernel_size, pair, resolve_padding, transposed_size
from core.integers import whole


def conv_transpose2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: object = 1,
    padding: object = 0,
    output_padding: object = 0,
    groups: int = 1,
    dilation: object = 1,
) -> Array:
    """Spread every input cell over a window of the output, weighted by the kernel.

    y[f, r * stride + i * dilation - padding, ...] += weight[c, f, i, j] * x[c, r, ...]

    Padding cuts the border off: it is that of the convolution which this one transposes.
    "same" makes the output stride times as large, "full" undoes a "full" convolution.

    Shape    (N, C, H, W) * (C, F / groups, kH, kW) -> (N, F, oH, oW)
    Source   Dumoulin and Visin 2016, section 4

    >>> conv_transpose2d([[1, 2]], [[[[1, 1, 1]]]], stride=2)
    array([[1, 1, 3, 2, 2]])
    """
    pictures, rank = batch(x)
    kernels = transposed_weight(real(weight, "weight"))
    shapes = transposed_shapes(pictures.shape, kernels.shape, stride, padding, output_padding, groups, dilation)
    offset = None if bias is None else real(bias, "bias")
    if offset is not None:
        check_bias(offset, shapes.input[1])
    dtype = result_type(pictures, kernels if offset is None or offset.dtype.kind != "f" else offset)
    bound = 0
    if dtype.kind != "f":
        bound = largest(pictures) * heaviest_stamps(kernels, shapes.groups)
        bound += 0 if offset is None else largest(offset)
        refuse_overflow(bound)
    y = stamped(pictures.astype(dtype, copy=False), kernels.astype(dtype, copy=False), shapes, bound)
    return unbatch(y if offset is None else y + offset.astype(dtype, copy=False)[:, None, None], rank)


def stamped(x: Array, kernels: Array, shapes: Shapes, bound: int) -> Array:
    """The transpose of the convolution that `shapes` describes: from its output back to its input's size."""
    picture = scatter(x, kernels, shapes, bound)
    rows, cols = shapes.slides
    return cropped(picture, rows.padding[0], cols.padding[0], (shapes.input[2], shapes.input[3]))


def transposed_weight(weight: Array) -> Array:
    """(kH, kW) as (1, 1, kH, kW), (F, kH, kW) as (1, F, kH, kW)."""
    if not 2 <= weight.ndim <= 4 or 0 in weight.shape:
        raise SceneError("weight", weight.shape, "must be (C, F, kH, kW) with no side of 0")
    return weight.reshape((1,) * (4 - weight.ndim) + weight.shape)


def transposed_shapes(
    input_shape: tuple[int, ...],
    weight_shape: tuple[int, ...],
    stride: object,
    padding: object,
    output_padding: object,
    groups: object,
    dilation: object,
) -> Shapes:
    """The convolution whose transpose is asked for."""
    count_groups = whole("groups", groups, 1)
    if input_shape[1] != weight_shape[0]:
        rule = "must begin with one kernel for each of the {channels} channels of x"
        raise SceneError("weight", weight_shape, rule, channels=input_shape[1])
    if weight_shape[0] % count_groups:
        raise SceneError("groups", count_groups, "must divide the {channels} channels", channels=weight_shape[0])
    extra = pair("output_padding", output_padding)
    slides = transposed_slides(weight_shape, stride, padding, extra, dilation)
    side = tuple(
        transposed_size(size, slide, more)
        for size, slide, more in zip(input_shape[2:], slides, extra, strict=True)
    )  # fmt: skip
    channels = weight_shape[1] * count_groups
    count = (input_shape[2], input_shape[3])
    return Shapes((input_shape[0], channels, *side), weight_shape, slides, count, count_groups)


def transposed_slides(
    weight_shape: tuple[int, ...], stride: object, padding: object, extra: tuple[int, int], dilation: object
) -> Slides:
    strides, holes = pair("stride", stride, 1), pair("dilation", dilation, 1)
    spans = tuple(effective_kernel_size(k, d) for k, d in zip(weight_shape[2:], holes, strict=True))
    cut = resolve_transposed_padding(padding, spans, strides, extra)
    rows = Slide(weight_shape[2], strides[0], cut[0], holes[0])
    return rows, Slide(weight_shape[3], strides[1], cut[1], holes[1])


def resolve_transposed_padding(padding: object, spans: Any, strides: tuple[int, int], extra: Any) -> Pairs:
    if not isinstance(padding, str) or padding not in ("same", "same_lower"):
        return resolve_padding(padding, spans)
    totals = [span - step + more for span, step, more in zip(spans, strides, extra, strict=True)]
    if min(totals) < 0:
        raise SceneError("padding", padding, "a stride above the kernel leaves gaps that same cannot close")
    lower = padding == "same_lower"
    top, left = ((total + lower) // 2 for total in totals)
    return (top, totals[0] - top), (left, totals[1] - left)
