"""What a cell would hold if a setting had been forgotten: the same operation, set otherwise, computed by the core."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from core.errors import SceneError
from core.questions.question import Slip
from core.rules.figures import figure
from core.texts import Text
from core.trace import Trace
from core.vocabulary import Layer

FLIPPED = Text("{value} comes out when the kernel is turned by 180 degrees; here it lies on the window as it is drawn.")
NOT_FLIPPED = Text(
    "{value} comes out when the kernel lies as it is drawn; with flip it is turned by 180 degrees first."
)

# Settings that are forgotten: what stands there then, and what comes of it.
FORGOTTEN: tuple[tuple[str, Any, Text], ...] = (
    ("padding", 0, Text("{value} comes out without padding: with it, the window starts further to the top left.")),
    ("stride", 1, Text("{value} comes out when the window moves by one cell a step: here the stride is larger.")),
    ("dilation", 1, Text("{value} comes out when the kernel's cells lie next to each other: here there is dilation.")),
    ("bias", None, Text("{value} is the sum before the bias: the bias was forgotten.")),
    ("divisor", 1, Text("{value} is the sum of products itself: it was not divided.")),
    ("padding_mode", "zeros", Text("{value} comes out with zeros around the picture: here the border repeats cells.")),
    ("padding_value", 0, Text("{value} comes out with zeros around the picture: here the border holds a number.")),
    (
        "count_include_pad",
        False,
        Text("{value} is the mean of the cells in the picture alone: here the padding counts as well."),
    ),
    ("count_include_pad", True, Text("{value} is the mean with the padding: here only cells of the picture count.")),
    ("divisor_override", None, Text("{value} is divided by the number of cells: here the divisor is another.")),
    ("negative_slope", 0, Text("{value} comes out of plain ReLU: here what is negative keeps a share.")),
)


def forgotten(trace: Trace, at: tuple[int, ...]) -> Iterator[Slip]:
    """What the cell would hold with each setting that people forget."""
    known = {parameter.name for parameter in trace.operation.parameters}
    if "flip" in known:
        turned = bool(trace.operation["flip"])
        yield from answer_otherwise(trace, at, {"flip": not turned}, NOT_FLIPPED if turned else FLIPPED)
    for name, value, why in FORGOTTEN:
        if name in known and trace.operation[name] != value:
            yield from answer_otherwise(trace, at, {name: value}, why)


def answer_otherwise(trace: Trace, at: tuple[int, ...], settings: dict[str, Any], why: Text) -> Iterator[Slip]:
    layer = otherwise(trace, settings)
    if layer is None or any(place >= side for place, side in zip(at, layer.walked_shape, strict=True)):
        return
    with np.errstate(all="ignore"):
        value = layer.outputs(trace.input, np.array([at]))[0]
    if np.ndim(value) == 0 and np.isfinite(value):
        yield Slip((float(value),), Text(why.template, value=figure(float(value))))


def otherwise(trace: Trace, settings: dict[str, Any]) -> Layer | None:
    """The layer with other settings; None where they do not fit."""
    try:
        operation = type(trace.operation)(**{**trace.operation.changed(), **settings})
        return operation.layer(trace.input_shape)
    except SceneError:
        return None
