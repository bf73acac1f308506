"""What a trained network would learn from one picture: its loss goes back through every layer, then downhill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from core.errors import SceneError, unknown
from core.networks.chains import NETWORKS
from core.networks.sets import readable, weight_sets
from core.scene import Scene, parse
from core.training.chain import Chain
from core.training.dense import Flatten
from core.training.layer import Array
from core.training.losses import CrossEntropy
from core.training.networks import CHAINS

MOST_STEPS = 50
LAID_OUT = "flatten"  # the same numbers in a row
MOST_PLANES = 32  # of one layer, told as pictures
MOST_CELLS = 40_000  # numbers in the pictures of one gradient


@dataclass(frozen=True, slots=True)
class Place:
    """A trained network in a scene: its name, its first layer with weights, the layers that gradients go through."""

    network: str
    first: int
    layers: tuple[int, ...]


def trained_in(scene: Scene) -> Place:
    """The network that a scene ends with.

    Refuses  a scene that does not end with the layers of a network that was trained here

    >>> trained_in(parse("digit-7 | @mlp"))
    Place(network='mlp', first=2, layers=(2, 3, 4, 5, 6))
    """
    for name in CHAINS:
        own = parse(f"zeros 28 | @{name}").layers
        start = len(scene.layers) - len(own)
        if start >= 0 and scene.layers[start:] == own:
            named = [any(f"{word}".startswith(f"{name}.") for word in layer.arguments.values()) for layer in own]
            first = named.index(True)
            through = [place for place in range(first, len(own)) if own[place].name != LAID_OUT]
            return Place(name, start + first, tuple(start + place for place in through[: rows_of(name)]))
    rule = "does not end with a network that was trained here: {names}"
    raise SceneError("scene", scene.line, rule, names=", ".join(f"@{name}" for name in CHAINS))


def rows_of(network: str) -> int:
    """How many layers of a network do more than lay out anew."""
    return sum(not isinstance(layer, Flatten) for _, layer in CHAINS[network]().rows)


def class_of(network: str, answer: str) -> int:
    """The place of a class among the outputs.

    >>> class_of("lenet-5", "7")
    7
    """
    classes = NETWORKS[network].classes
    if answer not in classes:
        raise unknown("answer", answer, classes)
    return classes.index(answer)


def learnt(network: str, x: Array, answer: str, rate: float = 0.1, steps: int = 1) -> dict[str, Any]:
    """Loss and gradients of one picture, and what the network says after so many steps of plain gradient descent.

    x        the picture as the first trained layer is given it, (C, H, W) or laid out
    answer   the class that is right
    rate     of each step: w becomes w - rate * dL/dw
    Refuses  a class that the network does not know
    Source   LeCun, Bottou, Bengio, Haffner 1998, equation 2
    """
    label = np.array([class_of(network, answer)])
    chain = trained(network)
    batch = np.asarray(x, np.float64).reshape(*chain.shape, 1)
    outputs = before = chain.forward(batch)
    loss, dy = chain.loss(outputs, label)
    layers = [
        {
            "name": name,
            "output": picture_of(slope[..., 0]),
            "weights": {key: picture_of(layer.gradients[key]) for key in layer.weights},
        }
        for name, layer, slope in chain.backward(dy)
        if not isinstance(layer, Flatten)
    ]
    losses = [loss]
    for _ in range(steps):
        chain.vector -= rate * chain.slope
        loss, outputs = chain.gradients(batch, label)
        losses.append(loss)
    return {
        "network": network,
        "answer": answer,
        "classes": list(NETWORKS[network].classes),
        "kind": kind_of(chain),
        "losses": readable(np.array(losses)).tolist(),
        "before": readable(said(chain, before)).tolist(),
        "after": readable(said(chain, outputs)).tolist(),
        "layers": layers,
    }


def trained(network: str) -> Chain:
    """The chain of a network with the weights that it learnt, a copy of one's own."""
    chain = CHAINS[network]()
    chain.begin(np.random.Generator(np.random.PCG64(0)), np.float64)
    chain.put({name: np.asarray(array, np.float64) for name, array in weight_sets()[network].arrays.items()})
    return chain


def kind_of(chain: Chain) -> str:
    """What the numbers of `said` are; the least distance wins, or the largest probability."""
    return "probability" if isinstance(chain.loss, CrossEntropy) else "distance"


def said(chain: Chain, outputs: Array) -> Array:
    """What the network says: probabilities where its loss is of those, else its own outputs, distances."""
    says = outputs[:, 0]
    if not isinstance(chain.loss, CrossEntropy):
        return says
    shares = np.exp(says - says.max())
    return np.asarray(shares / shares.sum())


def picture_of(gradient: Array) -> dict[str, Any]:
    """A gradient as planes to draw, the first of many, with its size and its largest magnitude.

    Of a kernel it is the first plane; single cells stand in a row.

    >>> picture_of(np.array([1.0, -2.0]))
    {'shape': [2], 'largest': 2.0, 'planes': [[[0.5, -1.0]]]}
    """
    largest = float(np.abs(gradient).max(initial=0))
    kernels = gradient[:, 0] if gradient.ndim > 3 else gradient
    sheet = kernels if kernels.ndim == 3 and kernels[0].size > 1 else np.atleast_2d(kernels.squeeze())[np.newaxis]
    few = sheet[: max(1, min(MOST_PLANES, MOST_CELLS // max(1, sheet[0].size)))]
    told = few if sheet[0].size <= MOST_CELLS else few[:, :0]
    scaled = np.round(told / (largest or 1.0), 3) + 0.0
    return {"shape": list(gradient.shape), "largest": largest, "planes": scaled.tolist()}
