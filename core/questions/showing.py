"""What a question lays on the table: numbers of the window, the kernel, the map as far as it is known, settings."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from core.operations.weights import Weight
from core.questions.writing import line
from core.texts import Text
from core.trace import Trace
from core.values import plain
from core.vocabulary import Array, nested_lists

MOST_CELLS = 144  # of a plane that is laid on the table
MOST_PLANES = 4
MOST_IN_A_SETTING = 4
MOST_MAP = 2**16  # cells of an output of which a plane is laid on the table

Step = Mapping[str, Any]

PLACE = Text("row {row}, column {column}")
DEEP_PLACE = Text("channel {channel}, row {row}, column {column}")


def place_of(at: Sequence[int], shape: Sequence[int]) -> Text:
    """A cell in words, counted from 1."""
    channel, row, column = (int(part) + 1 for part in at)
    if shape[0] > 1:
        return Text(DEEP_PLACE.template, channel=channel, row=row, column=column)
    return Text(PLACE.template, row=row, column=column)


def settings_of(trace: Trace) -> dict[str, Any]:
    """The layer in one line of the scene's language, without its numbers, and its rule in letters."""
    rule = trace.layer.rule()
    given = trace.operation.changed()
    return {
        "operation": trace.operation.title,
        "input_shape": list(trace.input_shape),
        "settings": {name: plain(value) for name, value in given.items() if not is_array(value)},
        "rule": [line(piece) for piece in rule.indexed.lines] if rule else [],
    }


def is_array(value: object) -> bool:
    """Whether a setting is a table of numbers; padding has four at most."""
    return leaves(value) > MOST_IN_A_SETTING


def leaves(value: object) -> int:
    return sum(map(leaves, value)) if isinstance(value, tuple | list) else 1


def window_shown(trace: Trace, step: Step) -> dict[str, Any]:
    """What a step looks at, and what it multiplies it by."""
    told: dict[str, Any] = {"input": planes_shown(trace.input), "corner": step.get("corner")}
    if step.get("window") is not None:
        told["window"] = as_planes(step["window"])
    elif isinstance(step.get("input"), int | float):
        told["window"] = [[[step["input"]]]]
    if step.get("products") is not None:
        told["products"] = as_planes(step["products"])
    told |= kernel_shown(trace, step["at"])
    for name in ("bias", "sums"):
        if step.get(name) is not None and (name != "bias" or step[name]):
            told[name] = step[name]
    return told


def kernel_shown(trace: Trace, at: Sequence[int]) -> dict[str, Any]:
    """The kernel of a step as it multiplies, and what its sums are divided by."""
    weight = getattr(trace.layer, "weight", None)
    if not isinstance(weight, Weight) or not hasattr(trace.layer, "kernels"):
        return {}
    divisor = {} if weight.divisor == 1 else {"divisor": weight.divisor}
    return {"kernel": as_planes(trace.layer.kernels(np.array([at])).tolist()), **divisor}


def as_planes(values: Any) -> list[Any]:
    """Numbers as planes of rows, however deep they are nested."""
    array = np.array(values, dtype=object)
    shape = (1,) * (3 - array.ndim) + array.shape if array.ndim < 3 else (-1, *array.shape[-2:])
    planes: list[Any] = array.reshape(shape).tolist()
    return planes


def planes_shown(x: Array) -> list[Any] | None:
    """A small array whole; a large one is a picture, which nobody reads."""
    if x.shape[0] > MOST_PLANES or math.prod(x.shape[1:]) > MOST_CELLS:
        return None
    planes: list[Any] = nested_lists(x)
    return planes


def map_shown(trace: Trace, step: Step, upto: int) -> dict[str, Any]:
    """The plane of the map in which a step writes, with the cells before step `upto` alone."""
    _, H, W = trace.output_shape
    if H * W > MOST_CELLS or math.prod(trace.output_shape) > MOST_MAP or len(trace) != math.prod(trace.output_shape):
        return {}
    channel = int(step["at"][0])
    first = channel * H * W
    known = [record["output"] for record in trace.steps(first, max(first, min(upto, first + H * W)), "output")]
    cells = [*known, *[None] * (H * W - len(known))]
    return {"map": [[cells[row * W : row * W + W] for row in range(H)]], "at": list(step["at"][1:])}
