"""One picture moved to the side: how many inputs of a network change, and what networks of both sorts then answer."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.descent import kind_of, said, trained
from core.errors import SceneError
from core.functional import pad
from core.networks.chains import NETWORKS
from core.networks.sets import readable, weight_sets
from core.training.layer import Array

FARTHEST = 5  # pixels to the right
SHAPE = (1, 28, 28)
WHITE = 255
BESIDE = ("mlp", "lenet-5")  # a network that knows nothing of neighbours, and one that does


def moved(picture: Array, farthest: int = FARTHEST) -> list[Array]:
    """The picture (C, H, W) as it is, then moved by 1, 2, ... pixels to the right: zeros come in, the rest leaves.

    >>> [each.tolist() for each in moved(np.array([[[1, 2, 3]]]), 1)]
    [[[[1, 2, 3]]], [[[0, 1, 2]]]]
    """
    width = picture.shape[2]
    return [np.pad(picture, ((0, 0), (0, 0), (far, 0)))[..., :width] for far in range(farthest + 1)]


def check_digit(line: str, shape: tuple[int, ...]) -> None:
    """Refuses  the scene of a picture that those networks cannot be given, with its shape and what mends it"""
    if shape != SHAPE:
        rule = (
            "begins with {shape}, and what is compared here takes one gray digit of 1x28x28: write 28 behind its name"
        )
        raise SceneError("scene", line, rule, shape="x".join(map(str, shape)))


def shift_told(picture: Array) -> dict[str, Any]:
    """What changes for a multilayer perceptron and for LeNet-5 when a digit moves by 0 to 5 pixels to the right.

    picture  (1, 28, 28), from 0 to 255
    """
    pictures = moved(picture)
    return {
        "pictures": [each[0].tolist() for each in pictures],
        "inputs": picture.size,
        "changed": [int((each != picture).sum()) for each in pictures],
        "networks": [answered(name, pictures) for name in BESIDE],
    }


def answered(name: str, pictures: list[Array]) -> dict[str, Any]:
    """What a network says of each picture, and how often it is right about moved test digits."""
    chain, facts = trained(name), weight_sets()[name].facts
    margin = (chain.shape[1] - SHAPE[1]) // 2
    batch = np.stack([pad(each / WHITE, margin) for each in pictures], axis=-1)  # (C, H, W, N)
    outputs = chain.forward(batch)
    return {
        "network": name,
        "title": facts["title"],
        "kind": kind_of(chain),
        "classes": list(NETWORKS[name].classes),
        "answers": [readable(said(chain, outputs[:, n : n + 1])).tolist() for n in range(len(pictures))],
        "best": [int(place) for place in chain.loss.best(outputs)],
        "learnt_moved": facts["variety"]["shift"],
        "right": facts["shift_accuracy"],
        "of": facts["data"]["measured_on"],
    }
