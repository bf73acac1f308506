"""Maps made small: what a strip shows of a chain, a byte a cell."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

import core
from app.evaluation import Scenes
from app.wire.arrays import span
from core.errors import SceneError
from core.vocabulary import Array, Shape

MOST_CHANNELS = 16  # of a map
MOST_OF_VECTOR = 128  # cells of a vector, each a channel of its own
MOST_VALUES = 16  # of a vector that is told in numbers
LONGEST = 32  # rows or columns
ENTRIES, NONE = 254, 255


def maps_of(scenes: Scenes, scene: core.Scene, first: int) -> dict[str, Any]:
    """The input and the map of each layer, made small, from this place on; without cells where it takes too long."""
    shape = scenes.input_shape(scene.source)
    shapes = [shape, *(layer.output_shape for layer in scenes.layers(scene, shape))]
    begin = place_of(first, len(shapes))
    told = [small(array) for array in islice(computed(scenes, scene), begin, None)]
    maps = told + [unknown(shape) for shape in shapes[begin + len(told) :]]
    start, classes = core.classes_in(scene)
    for layer, one in enumerate(maps, begin - 1):
        if layer >= 0 and "values" in one:
            one |= answered(one["values"], scene.layers[layer].least)
            one |= {"classes": list(classes)} if layer >= start and len(one["values"]) == len(classes) else {}
    return {"line": scene.line, "maps": maps}


def place_of(first: int, count: int) -> int:
    """Counted from the input, or from the end."""
    place = first + count if first < 0 else first
    if not 0 <= place < count:
        raise SceneError("first", first, "the chain has {count} maps, counted from 0", count=count)
    return place


def answered(values: Array, least: bool) -> dict[str, Any]:
    """The place of what stands out among the numbers of a vector, where any is one."""
    known = np.where(np.isfinite(values), values.astype(np.float64), np.nan)
    return {} if np.isnan(known).all() else {"answer": int(np.nanargmin(known) if least else np.nanargmax(known))}


def computed(scenes: Scenes, scene: core.Scene) -> Iterator[Array]:
    """Maps from the input on, until the budget of a request is used up or a layer refuses what it is given."""
    try:
        yield from scenes.outputs(scene)
    except SceneError:
        return


def small(array: Array) -> dict[str, Any]:
    """What is told of one map."""
    low, high = ends(array)
    some = shrunk(array)
    told = {"shape": array.shape, "shown": some.shape, "low": low, "high": high, "cells": coded(some, low, high)}
    return told | ({"values": array.reshape(-1)} if is_vector(array.shape) and array.size <= MOST_VALUES else {})


def unknown(shape: Shape) -> dict[str, Any]:
    return {"shape": shape, "shown": shown(shape), "low": 0, "high": 1, "cells": None}


def is_vector(shape: tuple[int, ...]) -> bool:
    return shape[1] == shape[2] == 1


def ends(array: Array) -> tuple[float, float]:
    """Grey from 0, or signed about zero, as the pictures of `/api/feature-map` are."""
    least, most = span(array)
    reach = max(abs(least), abs(most)) or 1.0
    if least < 0:
        return -reach, reach
    return 0, 255 if array.dtype.kind in "iu" and 32 < most <= 255 else reach


def shown(shape: tuple[int, ...]) -> Shape:
    C, H, W = shape
    return min(C, MOST_OF_VECTOR if is_vector(shape) else MOST_CHANNELS), min(H, LONGEST), min(W, LONGEST)


def shrunk(array: Array) -> NDArray[np.float64]:
    """The first channels, each side cut into equal stretches of whole cells: the mean of each."""
    C, H, W = shown(array.shape)
    rows, cols = edges(array.shape[1], H), edges(array.shape[2], W)
    with np.errstate(all="ignore"):  # NaN and infinity are numbers here, too
        sums = np.stack([np.add.reduceat(plane.astype(np.float64), rows, axis=0) for plane in array[:C]])
        sums = np.add.reduceat(sums, cols, axis=2)
        heights, widths = np.diff([*rows, array.shape[1]]), np.diff([*cols, array.shape[2]])
        return np.asarray(sums / (heights[:, None] * widths[None, :]))


def edges(size: int, count: int) -> NDArray[np.int64]:
    """Where each stretch begins."""
    return np.arange(count, dtype=np.int64) * size // count


def coded(array: NDArray[np.float64], low: float, high: float) -> str:
    """Each number's place between the ends, halves rounded up."""
    known = np.isfinite(array)
    with np.errstate(all="ignore"):
        places = (np.where(known, array, 0) / 2 - low / 2) / (high / 2 - low / 2)  # halves: the ends may be far apart
    entries = np.floor(np.clip(places, 0, 1) * ENTRIES + 0.5).astype(np.uint8)
    entries[~known] = NONE
    return base64.b64encode(entries.tobytes()).decode()
