"""The size formula in letters and numbers, held against the sizes that layers have."""

from __future__ import annotations

from math import ceil, floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import core
from core.sizes import sizes_of

PLACES = {"floor": floor, "ceil": ceil}


def layer_of(line: str, shape: tuple[int, int, int]) -> core.Layer:
    return core.parse(line).bind(shape)[-1]


def worth(piece: Any, letters: dict[str, int]) -> float:
    """A piece of a formula, worked out."""
    if isinstance(piece, int | float):
        return piece
    if isinstance(piece, str):
        return letters[piece]
    kind, inner = piece["kind"], lambda name: worth(piece[name], letters)
    if kind == "number":
        return piece["value"]
    if kind == "symbol":
        return letters[piece["name"]]
    if kind == "terms":
        return sum(worth(part, letters) for part in piece["terms"])
    if kind == "minus":
        return -inner("body")
    if kind == "product":
        product = 1.0
        for factor in piece["factors"]:
            product *= worth(factor, letters)
        return product
    if kind == "fraction":
        return inner("above") / inner("below")
    assert kind == "brackets"
    return PLACES[piece["shape"]](inner("body"))


@given(st.data())
def test_each_side_of_the_formula_is_the_size_that_the_layer_has(data: st.DataObject) -> None:
    rows, cols, kernel, stride, padding, dilation = (
        data.draw(st.integers(*ends)) for ends in ((7, 20), (7, 20), (1, 3), (1, 4), (0, 2), (1, 3))
    )
    line = f"cat | conv2d box-{2 * (kernel // 2) + 1} stride={stride} padding={padding} dilation={dilation}"
    layer = (
        layer_of(line, (1, rows, cols))
        if kernel > 1
        else layer_of(f"cat | max_pool2d 2 stride={stride}", (1, rows, cols))
    )
    for size, count, side in zip(sizes_of(layer), layer.output_shape[1:], (rows, cols), strict=True):
        told = size.as_json()
        assert {worth(part, {}) for part in told["numbers"]["sides"][1:]} == {count}
        slide = layer.windows.slides[0]  # type: ignore[attr-defined]
        values = dict(zip("KSDP", (slide.kernel_size, slide.stride, slide.dilation, slide.padding[0]), strict=True))
        letters = {f"{name}_{end}": value for name, value in values.items() for end in "hw"}
        letters |= {"I_h": rows, "I_w": cols}
        assert worth(told["symbols"]["sides"][1], letters) == count
        taught = {"H": rows, "W": cols, "FH": slide.kernel_size, "FW": slide.kernel_size, **values}
        assert worth(told["lecture"]["sides"][1], taught) == count
        assert told["remainder"] == (side + 2 * slide.padding[0] - slide.span) % slide.stride


@pytest.mark.parametrize(
    "line",
    [
        "cat | max_pool2d 2 ceil_mode=true",
        "cat | max_pool2d 2 stride=3 padding=1 ceil_mode=true",
        "cat | conv_transpose2d [1 2; 3 4] stride=3 padding=1 output_padding=2",
        "cat | conv2d [1 2; 3 4] padding=same stride=2",
    ],
)
def test_rounding_up_stamps_and_uneven_padding_have_their_own_formula(line: str) -> None:
    layer = layer_of(line, (1, 11, 8))
    for size, count in zip(sizes_of(layer), layer.output_shape[1:], strict=True):
        assert {worth(part, {}) for part in size.as_json()["numbers"]["sides"][1:]} == {count}


@pytest.mark.parametrize("operation", ["relu", "flatten", "global_avg_pool2d", "flatten | linear out=2 seed=1"])
def test_a_layer_without_windows_has_no_size_formula(operation: str) -> None:
    assert sizes_of(layer_of(f"cat | {operation}", (1, 4, 4))) == []


def test_a_signal_has_one_axis() -> None:
    (size,) = sizes_of(layer_of("[1 2 3 4 5] | conv1d [1 2 1]", (1, 1, 5)))
    assert size.axis == "cols"
