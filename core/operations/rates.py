"""The price list: what operations take for a cell and for a product, measured and rounded up.

`python -m benchmarks costs` computes the dearest scene of each operation that a server accepts and compares.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from core.costs import ALWAYS, WHOLE, Cost, Rate
from core.operations.backward_pooling import AvgPoolBackwardLayer
from core.operations.convolution import Conv2dLayer
from core.operations.pooling import PoolLayer
from core.operations.transposed import StampingLayer
from core.vocabulary import Layer

BORDER, BORDER_BYTES = 6.0, 24  # for a cell that is neither input nor output: padding, or what is cut off
SHARED, LONE, LONE_WITH_GAPS, STAMPED, SUMMED = 0.08, 0.3, 1.5, 10.0, 0.5  # nanoseconds a product
MOST_LONE = 130.0  # nanoseconds a cell: over a picture wide kernels without gaps are transformed, or taken by columns
FEWEST_ROWS = 32  # of such a picture

CONVOLUTION = Rate(read=6, write=24, product=1, read_bytes=12, write_bytes=20)
GRADIENT = Rate(read=6, write=24, product=0.5, read_bytes=12, write_bytes=48)
STAMPING = Rate(read=10, write=24, product=1, read_bytes=20, write_bytes=20)
POOLING = Rate(read=4, write=8, product=1.5, read_bytes=2, write_bytes=4)
AVERAGE = Rate(read=10, write=24, product=1.5, read_bytes=20, write_bytes=32)
POWER = Rate(read=20, write=40, product=1.5, read_bytes=20, write_bytes=40)
CHANNELS = Rate(read=4, write=6, product=0, read_bytes=8, write_bytes=8)
CELL = Rate(read=2, write=4, product=0, read_bytes=8, write_bytes=16)
EXPONENTIAL = Rate(read=4, write=14, product=0, read_bytes=8, write_bytes=40)
MOVING = Rate(read=2, write=5, product=0, read_bytes=8, write_bytes=2)

RATES: Mapping[str, Rate] = {
    **dict.fromkeys(("conv2d", "conv1d", "partial_conv2d", "linear", "gaussian_blur"), CONVOLUTION),
    **dict.fromkeys(("sobel", "prewitt", "roberts", "scharr"), GRADIENT),
    **dict.fromkeys(("conv_transpose2d", "conv_transpose1d", "conv2d_backward_input"), STAMPING),
    **dict.fromkeys(("max_pool2d", "max_pool1d", "global_max_pool2d"), POOLING),
    **dict.fromkeys(("avg_pool2d", "subsample", "avg_pool1d", "global_avg_pool2d", "conv2d_backward_bias"), AVERAGE),
    **dict.fromkeys(("lp_pool2d", "lp_pool1d"), POWER),
    **dict.fromkeys(("channel_max_pool", "channel_avg_pool", "maxout"), CHANNELS),
    **dict.fromkeys(("relu", "leaky_relu", "abs", "clip", "round", "threshold", "normalize", "dropout"), CELL),
    **dict.fromkeys(("elu", "sigmoid", "tanh", "scaled_tanh"), EXPONENTIAL),
    **dict.fromkeys(("flatten", "reshape", "flip"), MOVING),
    "adaptive_max_pool2d": Rate(read=8, write=120, product=0, read_bytes=20, write_bytes=28),
    "adaptive_avg_pool2d": Rate(read=8, write=100, product=0, read_bytes=28, write_bytes=56),
    "rbf": Rate(read=6, write=24, product=2, read_bytes=12, write_bytes=20),
    "softmax": Rate(read=6, write=20, product=0, read_bytes=20, write_bytes=28),
    "noise": Rate(read=4, write=150, product=0, read_bytes=8, write_bytes=72),
    "pad": Rate(read=4, write=8, product=0, read_bytes=16, write_bytes=2),
    "shift": Rate(read=4, write=8, product=0, read_bytes=16, write_bytes=16),
    "unfold": Rate(read=4, write=5, product=0, read_bytes=16, write_bytes=4),
    "fold": Rate(read=6, write=12, product=0, read_bytes=12, write_bytes=12),
    "conv2d_backward_weight": Rate(read=10, write=24, product=1.5, read_bytes=48, write_bytes=48),
    "max_pool2d_backward": Rate(read=150, write=150, product=0, read_bytes=80, write_bytes=80),
    "avg_pool2d_backward": Rate(read=10, write=10, product=3, read_bytes=28, write_bytes=28),
}


def cost_of(layer: Layer) -> Cost:
    """Time, and memory beside input and output, of computing the whole output of a layer."""
    rate = RATES.get(layer.operation.name, Rate())
    read, written = math.prod(layer.input_shape), math.prod(layer.output_shape)
    border = layer.cells_at_work() - max(read, written)
    nanoseconds = rate.read * read + rate.write * written + rate.product * products(layer) + BORDER * border
    share = min(1.0, WHOLE / max(read, written)) if layer.stretches > 1 else 1.0
    scratch = rate.read_bytes * read + rate.write_bytes * written + BORDER_BYTES * border
    return Cost(nanoseconds * 1e-9, round(scratch * share) + ALWAYS)


def products(layer: Layer) -> float:
    """How many products, additions or comparisons there are, beside the reading and the writing."""
    for kind, count in COUNTS:
        if isinstance(layer, kind):
            return count(layer)
    return layer.multiply_adds()


def of_windows(layer: Conv2dLayer) -> float:
    """A product of matrices shares what it reads among its kernels; a lone kernel is worked off plane by plane."""
    made, share = layer.multiply_adds(), layer.weight.shape[0] // layer.weight.groups
    straight = all(slide.stride == slide.dilation == 1 for slide in layer.slides)
    if not straight:
        return made * (SHARED + LONE_WITH_GAPS / share)
    dear = made * (SHARED + LONE / share)
    flat = layer.weight.shape[1] == 1 and layer.output_shape[1] >= FEWEST_ROWS
    return min(dear, MOST_LONE * math.prod(layer.output_shape)) if flat else dear


def of_lines(layer: PoolLayer) -> float:
    """Rows first, then columns: each output compares or adds kH + kW cells."""
    return layer.steps * sum(layer.kernel_size)


def of_stamps(layer: StampingLayer) -> float:
    """A stamped cell is added where it belongs; before that, its channels are summed by a product of matrices."""
    stamped = math.prod(layer.count) * layer.output_shape[0] * math.prod(layer.kernel_size)
    return STAMPED * stamped + SUMMED * layer.multiply_adds()


def of_shares(layer: AvgPoolBackwardLayer) -> float:
    return math.prod(layer.input_shape) * math.prod(layer.kernel_size)


COUNTS: tuple[tuple[type[Layer], Callable[..., float]], ...] = (
    (Conv2dLayer, of_windows),
    (PoolLayer, of_lines),
    (StampingLayer, of_stamps),
    (AvgPoolBackwardLayer, of_shares),
)
