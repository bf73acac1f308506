"""The networks that can be trained here, as chains."""

from __future__ import annotations

from collections.abc import Callable

from core.networks.bitmaps import bitmaps, connections
from core.training.activations import ReLU, ScaledTanh
from core.training.chain import Chain
from core.training.convolution import Convolution, PartialConvolution
from core.training.dense import Flatten, Linear, RadialBasis
from core.training.losses import CrossEntropy, Distances
from core.training.pooling import MaxPool, SubSampling

HE = 6.0  # uniform within sqrt(6 / inputs): keeps the spread through ReLU (He et al. 2015)
TANH = 3.0  # uniform within sqrt(3 / inputs): keeps the spread through the scaled tanh (LeCun et al. 1998)


def lenet_5() -> Chain:
    """As published: 60,000 weights."""
    return Chain(
        (1, 32, 32),
        (
            ("c1", Convolution(6, 5, TANH)),
            ("", ScaledTanh()),
            ("s2", SubSampling(TANH)),
            ("", ScaledTanh()),
            ("c3", PartialConvolution(connections(), 5, TANH)),
            ("", ScaledTanh()),
            ("s4", SubSampling(TANH)),
            ("", ScaledTanh()),
            ("c5", Convolution(120, 5, TANH)),
            ("", ScaledTanh()),
            ("", Flatten()),
            ("f6", Linear(84, TANH)),
            ("", ScaledTanh()),
            ("output", RadialBasis(bitmaps())),
        ),
        Distances(),
    )


def lenet_5_modern() -> Chain:
    """As libraries write it today: ReLU, max pooling, every map of C3 sees all six, softmax."""
    return Chain(
        (1, 32, 32),
        (
            ("c1", Convolution(6, 5, HE)),
            ("", ReLU()),
            ("", MaxPool()),
            ("c3", Convolution(16, 5, HE)),
            ("", ReLU()),
            ("", MaxPool()),
            ("c5", Convolution(120, 5, HE)),
            ("", ReLU()),
            ("", Flatten()),
            ("f6", Linear(84, HE)),
            ("", ReLU()),
            ("output", Linear(10, TANH)),
        ),
        CrossEntropy(),
    )


def lecture_cnn() -> Chain:
    """28 x 28 -> 24 x 24 x 32 -> 12 x 12 x 32 -> 8 x 8 x 32 -> 4 x 4 x 32 -> 128 -> 10."""
    return Chain(
        (1, 28, 28),
        (
            ("conv1", Convolution(32, 5, HE)),
            ("", ReLU()),
            ("", MaxPool()),
            ("conv2", Convolution(32, 5, HE)),
            ("", ReLU()),
            ("", MaxPool()),
            ("", Flatten()),
            ("dense1", Linear(128, HE)),
            ("", ReLU()),
            ("dense2", Linear(10, TANH)),
        ),
        CrossEntropy(),
    )


def mlp() -> Chain:
    """784-300-100-10, to compare with."""
    return Chain(
        (1, 28, 28),
        (
            ("", Flatten()),
            ("1", Linear(300, HE)),
            ("", ReLU()),
            ("2", Linear(100, HE)),
            ("", ReLU()),
            ("3", Linear(10, TANH)),
        ),
        CrossEntropy(),
    )


CHAINS: dict[str, Callable[[], Chain]] = {
    "lenet-5": lenet_5,
    "lenet-5-modern": lenet_5_modern,
    "lecture-cnn": lecture_cnn,
    "mlp": mlp,
}
