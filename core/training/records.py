"""What training wrote down beside the weights: the kernels of every epoch, and which digits excite each unit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from core.errors import SceneError, unknown
from core.networks.sets import FOLDER, readable, weight_sets
from core.training.layer import Array
from core.training.networks import CHAINS

EPOCHS, EXCITING = ".epochs.npz", ".exciting.npz"


def trained_networks() -> list[str]:
    """Those whose training was written down.

    >>> "lenet-5" in trained_networks()
    True
    """
    return sorted(path.name.removesuffix(EPOCHS) for path in FOLDER.glob(f"*{EPOCHS}"))


def learning(name: str) -> dict[str, Any]:
    """Loss and accuracy before training and after each epoch, the first layer's kernels, and accuracy on moved digits.

    Refuses  a network that was not trained here
    """
    arrays = written(checked(name) + EPOCHS)
    kernels = arrays.get("kernels")
    return {
        "network": name,
        "learnt_from": weight_sets()[name].facts["data"]["learnt_from"],
        "loss": [None, *rounded(arrays["loss"][1:])],
        "accuracy": rounded(arrays["accuracy"]),
        "kernels": None if kernels is None else rounded(kernels),
        "moved": weight_sets()[name].facts["shift_accuracy"],
    }


def exciting(name: str, layer: str, unit: int) -> dict[str, Any]:
    """The nine windows of test digits that a unit answers to most, the strongest first.

    Refuses  a layer or a unit of which none were kept
    """
    layers = {kept: units(kept) for kept in trained_networks() if (FOLDER / f"{kept}{EXCITING}").exists()}
    if name not in layers:
        raise unknown("network", name, layers)
    if layer not in layers[name]:
        raise unknown("layer", layer, layers[name])
    count = layers[name][layer]
    if not 0 <= unit < count:
        raise SceneError("unit", unit, "must be from 0 to {most}", most=count - 1)
    arrays = written(name + EXCITING)
    which, size = arrays[f"{layer}.pictures"][unit], int(arrays[f"{layer}.size"])
    corners, given = arrays[f"{layer}.corners"][unit], bordered(arrays["pictures"], CHAINS[name]().shape[1])
    return {
        "network": name,
        "layer": layer,
        "unit": unit,
        "units": count,
        "of": weight_sets()[name].facts["data"]["measured_on"],
        "size": size,
        "windows": [window(given[n], corner, size) for n, corner in zip(which, corners, strict=True)],
        "corners": corners.tolist(),
        "labels": arrays["labels"][which].tolist(),
        "values": rounded(arrays[f"{layer}.values"][unit]),
    }


def bordered(pictures: Array, side: int) -> Array:
    """Digits as the network is given them: zeros around, where it takes a larger picture."""
    margin = (side - pictures.shape[1]) // 2
    return np.pad(pictures, ((0, 0), (margin, margin), (margin, margin)))


def window(picture: Array, corner: Array, size: int) -> list[list[int]]:
    row, col = (int(place) for place in corner)
    cells: list[list[int]] = picture[row : row + size, col : col + size].tolist()
    return cells


def units(name: str) -> dict[str, int]:
    """How many units each layer has of which windows were kept."""
    found = written(name + EXCITING)
    return {key.removesuffix(".values"): len(array) for key, array in found.items() if key.endswith(".values")}


def checked(name: str) -> str:
    if name not in trained_networks():
        raise unknown("network", name, trained_networks())
    return name


@cache
def written(file: str) -> Mapping[str, Array]:
    with np.load(FOLDER / file, allow_pickle=False) as stored:
        return dict(stored)


def rounded(array: Array) -> list[Any]:
    numbers: list[Any] = readable(array).tolist()
    return numbers
