"""Layers by their sizes: so many kernels of such a size, with weights drawn from a seed."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from core.errors import SceneError
from core.integers import LARGEST
from core.matrices import MOST_WEIGHTS
from core.operations import settings
from core.values import LARGEST_KERNEL
from core.vocabulary import Array, Operation, Parameter, Text

DIGITS = 4  # weights are read on the page

OUT = Parameter(
    "out",
    "int",
    Text("Kernels"),
    Text("A layer by its sizes instead of a weight: how many kernels, each with a bias of 0 unless bias says else"),
    minimum=1,
    maximum=100_000,
)
SIZE = replace(
    settings.KERNEL_SIZE,
    maximum=LARGEST_KERNEL,
    positional=False,
    required=False,
    first=None,
    help=Text("Rows and columns of the kernels of a layer by its sizes"),
)
SEED = Parameter(
    "seed",
    "int",
    Text("Seed"),
    Text("Draws the weights of a layer by its sizes: the same seed, the same weights"),
    default=0,
    minimum=0,
    maximum=LARGEST,
    rare=True,
)
SIZES = (OUT, SIZE, SEED)


def check_weight_or_sizes(operation: Operation) -> None:
    """A weight, or the sizes that stand for one: either, never both, and nothing that would have no effect."""
    given = operation.arguments
    if given["out"] is None:
        if given["weight"] is None:
            rule = "{operation} needs its weight, or its sizes: out=8 kernel_size=3"
            raise SceneError("weight", None, rule, operation=operation.name)
        for name in ("kernel_size", "seed"):
            if given.get(name):
                raise SceneError(name, given[name], "belongs to a layer by its sizes: say out too")
        return
    if given["weight"] is not None:
        raise SceneError("out", given["out"], "is for a layer by its sizes: leave the weight out")
    if "kernel_size" in given and given["kernel_size"] is None:
        raise SceneError("kernel_size", None, "a layer by its sizes needs it: out=8 kernel_size=3")


def drawn_by_seed(shape: tuple[int, ...], seed: int) -> Array:
    """Weights (F, C / groups, kH, kW), evenly spread between -limit and limit and rounded to four decimals.

    limit = sqrt(6 / ((C / groups + F) * kH * kW))

    Refuses  more weights than a layer is computed with: such a layer is described, not walked
    Source   Glorot and Bengio 2010, equation 16
    """
    count = math.prod(shape)
    if count > MOST_WEIGHTS:
        rule = "the layer has {count} weights: it can be described, but only {most} are computed with"
        raise SceneError("out", shape[0], rule, count=count, most=MOST_WEIGHTS)
    return spread_evenly(shape, seed)


@lru_cache(maxsize=16)
def spread_evenly(shape: tuple[int, ...], seed: int) -> Array:
    F, depth, *kernel = shape
    limit = math.sqrt(6 / ((F + depth) * math.prod(kernel)))
    even: Any = np.random.Generator(np.random.PCG64(seed)).random(shape)
    values = np.round((2 * even - 1) * limit, DIGITS) + 0.0  # no minus zero
    values.flags.writeable = False
    return np.asarray(values)
