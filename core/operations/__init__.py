"""What a user composes: one file an idea, and this tuple registers them all."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import unknown
from core.kernels import KERNELS
from core.operations.activations import Elu, LeakyRelu, Maxout, Relu, Sigmoid, Softmax, Tanh
from core.operations.convolution import Conv2d
from core.operations.global_pooling import ChannelAvgPool, ChannelMaxPool, GlobalAvgPool2d, GlobalMaxPool2d
from core.operations.gradients import Prewitt, Roberts, Scharr, Sobel
from core.operations.pooling import AvgPool2d, LpPool2d, MaxPool2d
from core.operations.rearrange import Flatten, Flip, Pad
from core.vocabulary import Operation

REGISTERED: tuple[type[Operation], ...] = (
    Conv2d,
    Sobel,
    Prewitt,
    Roberts,
    Scharr,
    MaxPool2d,
    AvgPool2d,
    LpPool2d,
    GlobalMaxPool2d,
    GlobalAvgPool2d,
    ChannelMaxPool,
    ChannelAvgPool,
    Relu,
    LeakyRelu,
    Elu,
    Sigmoid,
    Tanh,
    Softmax,
    Maxout,
    Pad,
    Flatten,
    Flip,
)

OPERATIONS: Mapping[str, type[Operation]] = {operation.name: operation for operation in REGISTERED}


def operation_named(name: str) -> type[Operation]:
    """The operation of that name, or a refusal that suggests the nearest one."""
    if name not in OPERATIONS:
        raise unknown("operation", name, [*OPERATIONS, *KERNELS])
    return OPERATIONS[name]
