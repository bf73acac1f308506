"""conv1d: a kernel slides along a signal; turned around, it is the convolution of mathematics."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core.errors import SceneError
from core.operations import names, settings
from core.operations.convolution import Conv2dLayer
from core.operations.seeded import OUT, SEED, SIZE, check_weight_or_sizes
from core.operations.settings import FLIP, GROUPS
from core.operations.weights import Weight
from core.vocabulary import Array, Operation, Parameter, Shape, Text

SIGNAL_WEIGHT = Parameter(
    "weight",
    "matrix",
    Text("Kernel"),
    Text("The kernel's numbers, such as [1 0 -1]; nested, (F, C, k), for several kernels"),
    positional=True,
    first=((1, 0, -1),),
)
SIGNAL_SIZES = (OUT, replace(SIZE, kind="int"), SEED)
SIGNAL_STRIDE = replace(settings.STRIDE, kind="int", default=1)
SIGNAL_DILATION = replace(settings.DILATION, kind="int", default=1)
SIGNAL_PADDING = replace(
    settings.PADDING,
    help=Text("Cells added at the ends: valid, same, full, a count or (before,after)"),
)


class Conv1d(Operation):
    """output[t] = sum over i of weight[i] * x[t * stride + i * dilation - padding] + bias

    With flip=true and padding=full this is (f * g)(t), numpy.convolve.
    """

    name = "conv1d"
    title = Text("Convolution of a signal")
    names = names.SIGNALS
    kind = "gather"
    group = "convolution"
    parameters = (
        SIGNAL_WEIGHT,
        *SIGNAL_SIZES,
        settings.BIAS,
        SIGNAL_STRIDE,
        SIGNAL_PADDING,
        settings.PADDING_MODE,
        settings.PADDING_VALUE,
        SIGNAL_DILATION,
        GROUPS,
        FLIP,
    )

    def __init__(self, /, *positional: object, **keywords: object) -> None:
        super().__init__(*positional, **keywords)
        check_weight_or_sizes(self)

    def layer(self, input_shape: Shape) -> Conv1dLayer:
        return Conv1dLayer(self, input_shape)


@dataclass(slots=True)
class Conv1dLayer(Conv2dLayer):
    """A convolution of one row."""

    signal = True

    def slid_weight(self, C: int) -> Weight:
        refuse_rows(self.input_shape)
        given = self.operation
        if given["out"] is not None:
            return Weight.sized(given, (1, given["kernel_size"]), C, given["groups"])
        return Weight.of(given, signal_weight(given["weight"]), 1, C)

    def motion(self) -> tuple[tuple[int, int], Any, tuple[int, int]]:
        given = self.operation
        return (1, given["stride"]), ends(given["padding"]), (1, given["dilation"])


def refuse_rows(input_shape: Shape) -> None:
    if input_shape[1] != 1:
        rule = "a signal has one row, (C, 1, L), not {rows}"
        raise SceneError("input", input_shape, rule, rows=input_shape[1])


def signal_weight(written: Any) -> Array:
    """One row filters each channel by itself, (C, k) sums over channels, (F, C, k) is a whole layer."""
    weight = np.array(written)
    if weight.ndim > 3:
        raise SceneError("weight", weight.shape, "must be (k,), (C, k) or (F, C, k)")
    return weight if weight.ndim == 2 and len(weight) == 1 else weight[..., None, :]


def ends(padding: Any) -> Any:
    """n or (before, after), as padding of rows and columns."""
    if isinstance(padding, str):
        return padding
    if not isinstance(padding, tuple):
        return ((0, 0), (padding, padding))
    if isinstance(padding[0], tuple):
        raise SceneError("padding", padding, "of a signal must be valid, same, same_lower, full, n or (before,after)")
    return ((0, 0), padding)
