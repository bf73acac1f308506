"""What a user composes: one file an idea, and this tuple registers them all."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import unknown
from core.kernels import KERNELS
from core.operations.activations import Elu, LeakyRelu, Maxout, Relu, Sigmoid, Tanh
from core.operations.adaptive_pooling import AdaptiveAvgPool2d, AdaptiveMaxPool2d
from core.operations.averaging import AvgPool2d, LpPool2d
from core.operations.backward_bias import Conv2dBackwardBias
from core.operations.backward_convolution import Conv2dBackwardWeight
from core.operations.backward_input import Conv2dBackwardInput
from core.operations.backward_pooling import AvgPool2dBackward, MaxPool2dBackward
from core.operations.cellwise import Abs, Clip, Round
from core.operations.convolution import Conv2d
from core.operations.fold import Fold
from core.operations.gaussian import GaussianBlur
from core.operations.global_pooling import ChannelAvgPool, ChannelMaxPool, GlobalAvgPool2d, GlobalMaxPool2d
from core.operations.gradient_filters import Prewitt, Roberts, Scharr, Sobel
from core.operations.linear import Linear
from core.operations.noise import Noise
from core.operations.normalizing import Dropout, Normalize
from core.operations.partial_convolution import PartialConv2d
from core.operations.pooling import MaxPool2d
from core.operations.radial_basis import Rbf
from core.operations.rearrange import Flatten, Flip, Pad
from core.operations.reshaping import Reshape
from core.operations.scaled_tanh import ScaledTanh
from core.operations.shifting import Shift
from core.operations.signal_pooling import AvgPool1d, LpPool1d, MaxPool1d
from core.operations.signal_transposed import ConvTranspose1d
from core.operations.signals import Conv1d
from core.operations.softmax import Softmax
from core.operations.subsampling import Subsample
from core.operations.threshold import Threshold
from core.operations.transposed import ConvTranspose2d
from core.operations.unfold import Unfold
from core.vocabulary import Operation

REGISTERED: tuple[type[Operation], ...] = (
    Conv2d,
    Conv1d,
    ConvTranspose2d,
    ConvTranspose1d,
    PartialConv2d,
    Linear,
    Rbf,
    GaussianBlur,
    Sobel,
    Prewitt,
    Roberts,
    Scharr,
    MaxPool2d,
    AvgPool2d,
    LpPool2d,
    Subsample,
    MaxPool1d,
    AvgPool1d,
    LpPool1d,
    GlobalMaxPool2d,
    GlobalAvgPool2d,
    AdaptiveMaxPool2d,
    AdaptiveAvgPool2d,
    ChannelMaxPool,
    ChannelAvgPool,
    Relu,
    LeakyRelu,
    Elu,
    Sigmoid,
    Tanh,
    ScaledTanh,
    Softmax,
    Maxout,
    Abs,
    Clip,
    Round,
    Threshold,
    Noise,
    Normalize,
    Dropout,
    Pad,
    Flatten,
    Reshape,
    Flip,
    Shift,
    Unfold,
    Fold,
    Conv2dBackwardInput,
    Conv2dBackwardWeight,
    Conv2dBackwardBias,
    MaxPool2dBackward,
    AvgPool2dBackward,
)

OPERATIONS: Mapping[str, type[Operation]] = {operation.name: operation for operation in REGISTERED}


def operation_named(name: str) -> type[Operation]:
    """The operation of that name: a class, whose instances hold the settings.

    Refuses  a name nobody knows, and suggests the nearest one

    >>> operation_named("max_pool2d")(2)
    MaxPool2d(kernel_size=(2, 2))
    """
    if name not in OPERATIONS:
        raise unknown("operation", name, [*OPERATIONS, *KERNELS], "/api/operations")
    return OPERATIONS[name]
