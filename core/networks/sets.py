"""Weight sets: the trained numbers of a network, a file of arrays beside a file of facts, read once and checked."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import SceneError, unknown

Array = NDArray[Any]

FOLDER = Path(__file__).parent / "weights"
NAME = re.compile(r"([a-z][a-z0-9-]*)\.([a-z0-9]+)")  # lenet-5.c1
DIGITS = 4  # weights are read on the page
KINDS = {1: "subsample", 2: "linear", 4: "conv2d"}  # of layer, by the dimensions of its weight


class DamagedWeights(Exception):
    """A file of weights is not what its facts say."""


@dataclass(frozen=True, slots=True)
class Named:
    """The numbers that one name stands for: weights, a bias for each output, and which inputs each output sees."""

    name: str
    weight: Array
    bias: Array | None
    links: Array | None


@dataclass(frozen=True, slots=True)
class WeightSet:
    """All numbers of a network, by `c1.weight`, and how they came about."""

    name: str
    facts: Mapping[str, Any]
    arrays: Mapping[str, Array]

    def layers(self) -> list[str]:
        """The names of its layers, in their order."""
        return [array.removesuffix(".weight") for array in self.arrays if array.endswith(".weight")]

    def named(self, layer: str) -> Named:
        found = self.arrays
        return Named(f"{self.name}.{layer}", found[f"{layer}.weight"], found.get(f"{layer}.bias"),
                     found.get(f"{layer}.table"))  # fmt: skip


def read_set(facts: Path) -> WeightSet:
    """The set that a file of facts tells of.

    Refuses  a file of arrays that is missing, damaged, or not the one whose hash the facts hold
    """
    file = facts.with_suffix(".npz")
    try:
        told = json.loads(facts.read_text(encoding="utf-8"))
        packed = {name: checked(facts.parent / name, digest) for name, digest in told["sha256"].items()}[file.name]
        with np.load(BytesIO(packed), allow_pickle=False) as arrays:
            values = {name: readable(arrays[name]) for name in arrays.files}
    except DamagedWeights:
        raise
    except Exception as error:
        raise DamagedWeights(f"{file} cannot be read: {error}") from error
    return WeightSet(facts.stem, told, values)


def checked(file: Path, digest: str) -> bytes:
    """The bytes of a file, if they are those that its facts tell of."""
    packed = file.read_bytes()
    if hashlib.sha256(packed).hexdigest() != digest:
        raise DamagedWeights(f"{file} is not the file that its facts tell of: its SHA-256 is another")
    return packed


def readable(array: Array) -> Array:
    """Numbers as they are computed with and told: rounded to a few decimals, with which accuracies are measured."""
    values = np.round(array.astype(np.float64), DIGITS) + 0.0  # no minus zero
    values.flags.writeable = False
    return values


@cache
def weight_sets() -> Mapping[str, WeightSet]:
    """Every set there is, by its name; whoever starts a server asks first, so that no damaged file is served."""
    return {facts.stem: read_set(facts) for facts in sorted(FOLDER.glob("*.json"))}


def is_name(word: object) -> bool:
    """Whether a setting names the layer of a weight set: lenet-5.c1

    >>> is_name("lenet-5.c1"), is_name("sobel-x"), is_name("1.5")
    (True, False, False)
    """
    return isinstance(word, str) and NAME.fullmatch(word) is not None


def names() -> Iterator[str]:
    """Every name of a layer of a set."""
    for found in weight_sets().values():
        for layer in found.layers():
            yield f"{found.name}.{layer}"


def weights_named(word: str, field: str = "weight") -> Named:
    """The numbers of that name.

    Refuses  a name nobody knows, and suggests the nearest ones
    """
    found, _, layer = word.partition(".")
    holder = weight_sets().get(found)
    if holder is None or f"{layer}.weight" not in holder.arrays:
        raise unknown(field, word, names(), "/api/networks")
    return holder.named(layer)


def weights_for(operation: str, word: str, field: str = "weight") -> Named:
    """The numbers of a layer of that operation's kind.

    Refuses  those of another kind of layer
    """
    found = weights_named(word, field)
    kind = "partial_conv2d" if found.links is not None else KINDS[found.weight.ndim]
    if operation != kind and (operation, kind) != ("rbf", "linear"):
        raise SceneError(field, word, "{name} are the weights of {operation}", name=word, operation=kind)
    return found


def refuse_shape(field: str, word: str, takes: object, given: object) -> SceneError:
    """Weights on an input of another shape: both shapes, and what mends it."""
    rule = (
        "{name} was trained on {takes} and the input gives it {given}: the networks here read one gray digit of "
        "28 x 28 cells, so write gray or 28 behind the picture's name"
    )
    return SceneError(field, word, rule, name=word, takes=takes, given=given)
