"""The ends that a form gives its controls are those of the layers: the last number is allowed, the next is not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import core
from core import OPERATIONS, Operation, SceneError
from core.chain import parse_operation
from core.vocabulary import Layer, Shape
from tests.core.layers import traces

LIMITED = ("stride", "dilation", "kernel_size", "padding", "output_padding")
names = pytest.mark.parametrize("name", sorted(OPERATIONS))


def limits_of(operation: Operation, shape: Shape) -> dict[str, Any]:
    return dict(core.describe(core.trace(operation, np.zeros(shape)).scene, shape)[0]["limits"])


def told(line: str, shape: Shape) -> dict[str, Any]:
    return limits_of(core.parse(f"cat | {line}").layers[0], shape)


def changed(operation: Operation, name: str, value: Any, shape: Shape) -> Layer | None:
    """The layer with another number for that setting; None where it is refused."""
    given = dict(operation.arguments) | {name: value}
    if name == "kernel_size" and given.get("weight") is not None:
        given |= {"weight": resized(given["weight"], value, is_signal(operation)), "kernel_size": None}
    try:
        return type(operation)(**given).layer(shape)
    except SceneError:
        return None


def resized(weight: Any, value: Any, signal: bool) -> Any:
    """A weight of so many rows and columns, or of a signal so many cells, with as many dimensions and kernels."""
    drawn = np.array(core.KERNELS[weight].weight if isinstance(weight, str) else weight)
    sides = (value,) if signal else value if isinstance(value, tuple) else (value, value)
    return np.ones((*drawn.shape[: -len(sides)], *sides), int).tolist()


def of_use(layer: Layer, name: str, axes: tuple[int, ...]) -> bool:
    """Whether a stride leaves a second window, and padding no window without input: counted cell by cell."""
    slides, shape = getattr(layer, "slides", ()), layer.input_shape[1:]
    counts = layer.windows.shape if hasattr(layer, "windows") else ()
    if name == "stride":
        return any(counts[axis] > 1 for axis in axes)
    if name == "padding" and layer.start_fields()["padding_mode"] in ("zeros", "replicate") and counts:
        for axis in axes:
            slide = slides[axis]
            for window in range(counts[axis]):
                start = window * slide.stride - slide.padding[0]
                cells = [start + tap * slide.dilation for tap in range(slide.kernel_size)]
                if not any(0 <= cell < shape[axis] for cell in cells):
                    return False
    return True


def is_signal(operation: Operation) -> bool:
    return any(parameter.name == "stride" and parameter.kind == "int" for parameter in operation.parameters)


def check_end(operation: Operation, name: str, limit: dict[str, Any], shape: Shape, place: int | None) -> None:
    """The number at the end, the ones beside it, for both sides or for one while the other stays."""
    axes = (1,) if is_signal(operation) else (0, 1) if place is None else (place,)

    def layer(value: int) -> Layer | None:
        return changed(operation, name, value if place is None else beside(operation, name, place, value, shape), shape)

    least, most = limit["minimum"], limit["maximum"]
    assert layer(least) is not None
    assert layer(least - 1) is None or least == parameter_of(operation, name).minimum
    assert str(most) in limit["why"]
    last, beyond = layer(most), layer(most + 1)
    assert last is not None
    assert most == least or of_use(last, name, axes)
    assert beyond is None or not of_use(beyond, name, axes)


def parameter_of(operation: Operation, name: str) -> Any:
    return next(parameter for parameter in operation.parameters if parameter.name == name)


def beside(operation: Operation, name: str, place: int, value: int, shape: Shape) -> Any:
    """(rows, columns) with one of them changed; the other as the layer has it."""
    layer: Any = operation.layer(shape)
    slide = layer.slides[1 - place]
    other = layer.extra[1 - place] if name == "output_padding" else getattr(slide, name)
    sides = ((value, value) if name == "padding" else value, other)
    return sides if place == 0 else sides[::-1]


@names
@settings(max_examples=25)
@given(data=st.data())
def test_the_last_number_is_allowed_and_the_next_is_refused_or_of_no_use(name: str, data: st.DataObject) -> None:
    trace = data.draw(traces(name))
    if trace is None:
        return
    operation, shape = trace.operation, trace.input_shape
    for setting, limit in limits_of(operation, shape).items():
        if setting == "groups" or (isinstance(operation.arguments.get("padding"), str) and setting == "padding"):
            continue
        check_end(operation, setting, limit, shape, None)
        for place, side in enumerate(limit.get("sides", ())):
            if side is not None:
                check_end(operation, setting, side, shape, place)


@names
@settings(max_examples=25)
@given(data=st.data())
def test_what_has_no_end_of_its_own_goes_as_far_as_the_setting_does(name: str, data: st.DataObject) -> None:
    trace = data.draw(traces(name))
    if trace is None or trace.operation.kind == "scatter" or name == "conv2d_backward_weight":
        return
    operation, shape = trace.operation, trace.input_shape
    known = {parameter.name for parameter in operation.parameters} & set(LIMITED)
    free = known - set(limits_of(operation, shape))
    for setting in free - {"kernel_size", "padding"}:
        assert changed(operation, setting, parameter_of(operation, setting).maximum, shape) is not None


ENDS = {
    "conv2d box-3 padding_mode=reflect": ("padding", 5),
    "conv2d box-3 padding_mode=circular": ("padding", 6),
    "conv2d box-3 padding_mode=symmetric": ("padding", 6),
    "conv2d box-3 padding_mode=replicate": ("padding", 2),
    "conv2d box-3": ("padding", 2),
    "conv2d box-3 dilation=2": ("padding", 4),
    "conv2d [1 0 -1]": ("padding", 0),
    "max_pool2d 3": ("padding", 1),
    "max_pool2d 3 dilation=2": ("padding", 1),
    "avg_pool2d (4,5)": ("padding", 2),
    "sobel padding_mode=reflect": ("padding", 5),
    "unfold 3": ("padding", 2),
    "conv2d  [1 0 -1]": ("dilation", 3),
    "conv2d [1; 0; -1]": ("dilation", 2),
    "conv2d box-3 padding=2": ("dilation", 4),
    "max_pool2d 3  ": ("dilation", 2),
    "max_pool2d 3 stride=2 ceil_mode=true": ("dilation", 3),
    "max_pool2d 2": ("stride", 5),
    "max_pool2d 2 ceil_mode=true": ("stride", 6),
    "conv2d box-3  ": ("stride", 4),
    "conv2d box-3 padding=same": ("stride", 6),
    "avg_pool2d 2": ("kernel_size", 6),
    "avg_pool2d 2 stride=3 ceil_mode=true": ("kernel_size", 8),
    "gaussian_blur 3": ("kernel_size", 5),
    "conv2d box-3   ": ("kernel_size", 6),
    "conv_transpose2d box-3 stride=(2,3)": ("output_padding", 1),
    "conv_transpose2d box-3 stride=(2,3) ": ("padding", 6),
}


@pytest.mark.parametrize("line", ENDS)
def test_ends_on_six_rows_of_seven_columns(line: str) -> None:
    setting, most = ENDS[line]
    assert told(line, (1, 6, 7))[setting]["maximum"] == most


def test_a_signal_has_the_ends_of_its_one_axis() -> None:
    limits = told("conv1d [1 0 -1]", (1, 1, 7))
    assert {name: limit["maximum"] for name, limit in limits.items()} == {
        "stride": 4,
        "dilation": 3,
        "kernel_size": 7,
        "padding": 2,
        "groups": 1,
    }
    assert told("max_pool1d 3", (1, 1, 7))["dilation"]["maximum"] == 3
    assert told("conv1d [1 0 -1] padding_mode=reflect", (1, 1, 7))["padding"]["maximum"] == 6
    assert told("conv_transpose1d [1 0 -1] stride=3", (1, 1, 7))["output_padding"]["maximum"] == 2


def test_a_pooling_window_with_holes_is_not_pushed_around_a_picture_of_one_cell() -> None:
    padding = told("max_pool2d 2 stride=3 dilation=2 ceil_mode=true", (1, 1, 1))["padding"]
    assert (padding["maximum"], padding["why"]) == (0, "at most 0: with more, a window would see padding alone")


def test_rows_and_columns_have_ends_of_their_own_where_they_differ() -> None:
    dilation = told("conv2d [1 0 -1]", (1, 6, 7))["dilation"]
    assert dilation["sides"][0] is None
    assert dilation["sides"][1]["maximum"] == 3
    reflected = told("conv2d box-3 padding_mode=reflect", (1, 6, 7))["padding"]
    assert [side["maximum"] for side in reflected["sides"]] == [5, 6]
    assert "sides" not in told("conv2d box-3", (1, 6, 6))["dilation"]


def test_what_is_needed_at_least_is_told_as_well() -> None:
    """A window of seven needs padding on six rows; half of it needs a kernel of four; a stride that overhangs."""
    assert told("conv2d box-5 dilation=2 padding=2", (1, 6, 7))["padding"]["minimum"] == 2
    assert told("max_pool2d 5 padding=2", (1, 6, 7))["kernel_size"]["minimum"] == 4
    assert told("max_pool2d 3 dilation=3 stride=3 ceil_mode=true", (1, 6, 7))["stride"]["minimum"] == 2


def test_settings_that_an_operation_lacks_have_no_ends() -> None:
    assert set(told("sobel", (1, 6, 7))) == {"stride", "padding"}
    for line in ("global_max_pool2d", "conv2d_backward_bias", "adaptive_max_pool2d 2", "relu", "flatten"):
        assert told(line, (1, 6, 7)) == {}


@pytest.mark.parametrize(
    ("line", "channels"),
    [
        ("conv2d box-3", 4),
        ("conv2d [[[1,0],[0,1]],[[1,1],[1,1]]]", 2),
        ("conv2d [[[[1]]],[[[2]]]] groups=2", 2),
        ("conv2d out=6 kernel_size=3", 4),
        ("conv1d out=6 kernel_size=3", 9),
    ],
)
def test_no_number_of_groups_beyond_its_ends_makes_another_layer(line: str, channels: int) -> None:
    operation, shape = parse_operation(line), (channels, 1 if "conv1d" in line else 8, 8)
    limit, now = limits_of(operation, shape)["groups"], operation.layer(shape)
    for groups in range(1, 12):
        layer = changed(operation, "groups", groups, shape)
        inside = limit["minimum"] <= groups <= limit["maximum"]
        assert inside or layer is None or layer.start_fields() == now.start_fields()
    assert changed(operation, "groups", limit["maximum"], shape) is not None
