"""Which way a gradient points: x to the right, y down, from the x axis, whatever the filter."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import core
from core.operations.gradients import GradientFilter
from core.vocabulary import Array

FILTERS = sorted(name for name, operation in core.OPERATIONS.items() if issubclass(operation, GradientFilter))
filters = pytest.mark.parametrize("name", FILTERS)
slopes = st.integers(-50, 50)

EDGES = {
    "[0 0 10 10; 0 0 10 10; 0 0 10 10]": 0,
    "[10 10 0 0; 10 10 0 0; 10 10 0 0]": 180,
    "[0 0 0; 0 0 0; 7 7 7; 7 7 7]": 90,
    "[7 7 7; 7 7 7; 0 0 0; 0 0 0]": -90,
    "[0 1 2; 1 2 3; 2 3 4]": 45,
    "[4 3 2; 3 2 1; 2 1 0]": -135,
    "[2 3 4; 1 2 3; 0 1 2]": -45,
    "[2 1 0; 3 2 1; 4 3 2]": 135,
}


def steepest(line: str) -> float:
    """The angle, in degrees, of the step with the greatest output."""
    steps = core.trace(line)[:]
    return round(math.degrees(max(steps, key=lambda step: step["output"])["angle"]), 9)


@filters
@pytest.mark.parametrize("picture", EDGES)
def test_the_arrow_points_to_where_the_picture_grows_brighter(name: str, picture: str) -> None:
    assert steepest(f"{picture} | {name}") == EDGES[picture]


def ramp(across: float, down: float) -> Array:
    rows, cols = np.indices((5, 6))
    return np.asarray(across * cols + down * rows)


@filters
@given(across=slopes, down=slopes, part=st.sampled_from([1, 8]))
def test_every_filter_says_of_a_ramp_how_it_rises(name: str, across: int, down: int, part: int) -> None:
    assume(across or down)
    picture = ramp(across, down) if part == 1 else ramp(across / part, down / part)
    angles = core.trace(f"cat | {name}", picture).batch(0, 4).columns["angle"]
    assert angles == pytest.approx(math.atan2(down, across), abs=1e-12)


@filters
def test_a_flat_picture_points_along_the_axis_and_not_below_it(name: str) -> None:
    for flat in (np.zeros((4, 4)), -np.zeros((4, 4)), np.full((4, 4), 9, np.uint8)):
        angles = core.trace(f"cat | {name}", flat).batch(0, 1).columns["angle"]
        assert not np.signbit(angles).any()
        assert not angles.any()


def test_the_angle_of_wide_whole_numbers_does_not_wrap_around() -> None:
    wide = 2**60
    across, down = core.functional.gradient_direction(np.array([wide, -wide]), np.array([wide, wide])) / np.pi
    assert (across, down) == (0.25, 0.75)
    step = core.trace("cat | roberts", np.array([[-wide, wide], [-wide, wide]]))[0]
    assert step["angle"] == 0


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_directions_keep_the_type_of_the_slopes(dtype: type[np.floating]) -> None:
    assert core.functional.gradient_direction(np.ones(2, dtype), np.ones(2, dtype)).dtype == dtype
