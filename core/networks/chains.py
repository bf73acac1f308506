"""The networks there are: each a chain of operations, as a line would write it behind a picture of a digit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import unknown
from core.texts import Text

Shape = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Network:
    """A chain that a scene may hold by its name, and the input that it was made for."""

    name: str
    title: Text
    about: Text
    parts: tuple[str, ...]
    input_shape: Shape = (1, 28, 28)
    source: str = ""
    classes: tuple[str, ...] = ()  # what its outputs stand for


DIGITS = tuple("0123456789")
CLOTHES = (Text("T-shirt"), Text("Trouser"), Text("Pullover"), Text("Dress"), Text("Coat"), Text("Sandal"),
           Text("Shirt"), Text("Sneaker"), Text("Bag"), Text("Ankle boot"))  # fmt: skip
LECUN = "LeCun, Bottou, Bengio, Haffner 1998, Gradient-based learning applied to document recognition"
GERON = "Geron, Hands-On Machine Learning, chapter 14"

CONVOLUTIONS = "conv2d out={} kernel_size=3 padding=same"

NETWORKS: Mapping[str, Network] = {
    network.name: network
    for network in (
        Network(
            "lenet-5",
            Text("LeNet-5 as published"),
            Text(
                "Six maps, halved, sixteen maps of which each sees only some of the six, halved, then 120, 84 and ten "
                "outputs: the distances to ten drawn digits, the smallest of which is the answer."
            ),
            (
                "pad 2",
                "normalize",
                "conv2d lenet-5.c1",
                "scaled_tanh",
                "subsample lenet-5.s2",
                "scaled_tanh",
                "partial_conv2d lenet-5.c3",
                "scaled_tanh",
                "subsample lenet-5.s4",
                "scaled_tanh",
                "conv2d lenet-5.c5",
                "scaled_tanh",
                "linear lenet-5.f6",
                "scaled_tanh",
                "rbf lenet-5.output",
            ),
            source=LECUN,
            classes=DIGITS,
        ),
        Network(
            "lenet-5-modern",
            Text("LeNet-5 as it is written today"),
            Text("The same sizes with ReLU, max pooling, every map of the third layer linked to all six, and softmax."),
            (
                "pad 2",
                "normalize",
                "conv2d lenet-5-modern.c1",
                "relu",
                "max_pool2d 2",
                "conv2d lenet-5-modern.c3",
                "relu",
                "max_pool2d 2",
                "conv2d lenet-5-modern.c5",
                "relu",
                "linear lenet-5-modern.f6",
                "relu",
                "linear lenet-5-modern.output",
                "softmax",
            ),
            source=LECUN,
            classes=DIGITS,
        ),
        Network(
            "lecture-cnn",
            Text("The CNN of the lectures"),
            Text("28×28 becomes 32 maps of 24×24, then 12×12, 8×8 and 4×4; laid out as 512 numbers, 128, and ten."),
            (
                "normalize",
                "conv2d lecture-cnn.conv1",
                "relu",
                "max_pool2d 2",
                "conv2d lecture-cnn.conv2",
                "relu",
                "max_pool2d 2",
                "flatten",
                "linear lecture-cnn.dense1",
                "relu",
                "linear lecture-cnn.dense2",
                "softmax",
            ),
            classes=DIGITS,
        ),
        Network(
            "fashion-cnn",
            Text("The CNN for pictures of clothes"),
            Text("Five convolutions and three poolings, then three dense layers, with dropout between them."),
            (
                "normalize",
                "conv2d out=64 kernel_size=7 padding=same",
                "relu",
                "max_pool2d 2",
                CONVOLUTIONS.format(128),
                "relu",
                CONVOLUTIONS.format(128),
                "relu",
                "max_pool2d 2",
                CONVOLUTIONS.format(256),
                "relu",
                CONVOLUTIONS.format(256),
                "relu",
                "max_pool2d 2",
                "flatten",
                "linear out=128",
                "relu",
                "dropout",
                "linear out=64",
                "relu",
                "dropout",
                "linear out=10",
                "softmax",
            ),
            source=GERON,
            classes=CLOTHES,
        ),
        Network(
            "mlp",
            Text("A multilayer perceptron"),
            Text("784 inputs, 300 and 100 hidden units and ten outputs, every one linked to all below it."),
            (
                "normalize",
                "flatten",
                "linear mlp.1",
                "relu",
                "linear mlp.2",
                "relu",
                "linear mlp.3",
                "softmax",
            ),
            classes=DIGITS,
        ),
    )
}


def network_named(name: str) -> Network:
    """The network of that name.

    Refuses  a name nobody knows, and suggests the nearest ones

    >>> network_named("mlp").parts[2]
    'linear mlp.1'
    """
    if name not in NETWORKS:
        raise unknown("network", name, NETWORKS, "/api/networks")
    return NETWORKS[name]
