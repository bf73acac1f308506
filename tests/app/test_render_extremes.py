"""Figures of numbers near the ends of what a float can say: every colour, length and letter is still one."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import core
from app.render import pdf, raster, svg
from app.render.arithmetic import share_of
from app.render.look import LARGEST, Scale, diverging, scale_of
from app.render.sheet import page
from app.wire.colours import DIVERGING, ENTRIES, GREY, coloured, entries_of, table
from core.telling import curve_of
from tests.app.drawings import figure_of, texts_of

BIG = ["conv2d [1e15]"] * 20 + ["conv2d [1.7e8]"]
SMALL = ["conv2d [1e-15]"] * 21
GIVEN = "[1 -1; 0.5 -0.5]"
TAILS = ["relu", "tanh", "elu", "clip 0 1", "softmax", "max_pool2d 2", "conv2d [1 -1; 0 1]", "unfold 2", "pad 1",
         "conv_transpose2d [1 2; 3 4]", "sobel padding=1"]  # fmt: skip
finite = st.floats(allow_nan=False, allow_infinity=False)


def by_definition(value: float, low: float, high: float) -> int:
    """The entry in exact arithmetic, halves rounded up."""
    share = (Fraction(value) - Fraction(low)) / (Fraction(high) - Fraction(low))
    return int(min(max(share * (ENTRIES - 1), 0), ENTRIES - 1) + Fraction(1, 2))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("before", [BIG, SMALL], ids=["big", "small"])
def test_a_figure_of_the_largest_and_of_the_smallest_numbers_is_drawn(before: list[str], tail: str) -> None:
    figure = figure_of(" | ".join([GIVEN, *before, tail]), layer=len(before))
    for step in (0, len(figure.trace) - 1):
        sheet = page(figure, step)
        file = svg.still(sheet, 700)
        assert not re.search(rb'="[^"#]*(nan|inf)', file)
        assert raster.still(sheet, 320).startswith(b"\x89PNG")
        assert pdf.still(sheet, 320).startswith(b"%PDF")
    assert "−1.7e308" in texts_of(file) or before is SMALL or tail not in ("tanh", "max_pool2d 2")


@pytest.mark.parametrize("tail", ["relu", "tanh", "elu"])
def test_the_curve_of_the_largest_numbers_has_places_in_their_order_from_end_to_end(tail: str) -> None:
    points = curve_of(core.trace(" | ".join([GIVEN, *BIG, tail]), layer=len(BIG)))
    assert points is not None
    across = [place for place, _ in points]
    assert np.isfinite(points).all()
    assert across == sorted(across)
    assert len(set(across)) > 20
    assert (across[0], across[-1]) == (-1.7e308, 1.7e308)


@given(finite, finite, finite)
def test_the_entry_of_a_number_is_that_of_exact_arithmetic(value: float, first: float, second: float) -> None:
    low, high = sorted((first, second))
    if high - low <= 2**-40 * max(abs(low), abs(high)):  # no scale is so much narrower than its numbers
        size = max(1.0, abs(low))
        low, high = (low - size, low) if low > 0 else (low, low + size)
    with np.errstate(over="ignore"):
        found = int(entries_of(np.array(value), low, high))
    assert abs(found - by_definition(value, low, high)) <= (0 if value in (low, high) else 1)


@given(st.floats(1e-300, LARGEST), st.floats(1e-6, 1))
def test_zero_is_in_the_middle_of_a_signed_scale_of_any_reach(reach: float, share: float) -> None:
    for scale in (diverging(reach, dark=False), scale_of((-share * reach, reach), "map", dark=True)):
        assert scale.entries(np.array([0.0, -0.0, -scale.high, scale.high])).tolist() == [128, 128, 0, 256]
        some = scale.entries(np.array([share * reach, -share * reach]))
        assert some.sum() in (255, 256, 257)
        assert scale.ink(0.0) == ("#000000" if scale.stops is DIVERGING else "#ffffff")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("reach", [np.inf, LARGEST * 1.7, 0.0, -1.0])
def test_a_reach_that_is_no_length_still_makes_a_scale(reach: float, dark: bool) -> None:
    scale = diverging(reach, dark)
    assert 0 < scale.high <= LARGEST
    assert scale.low == -scale.high


@given(st.lists(finite, min_size=1, max_size=9), st.sampled_from(["map", "table", "read", "picture"]))
def test_larger_numbers_never_have_earlier_entries_and_unknown_ones_their_own_colour(
    values: list[float], look: str
) -> None:
    array = np.array([[*sorted(values), np.nan, np.inf]])
    scale = scale_of((min(values), max(values)), look, dark=False)
    places = scale.entries(array[:, :-2])[0]
    assert (np.diff(places) >= 0).all()
    pixels = scale.pixels(array, "#123456")
    assert pixels[0, -2:].tolist() == [[0x12, 0x34, 0x56]] * 2
    assert np.array_equal(pixels[0, :-2], table(scale.stops).T[places])
    assert scale.inks(scale.entries(array[:, :-2])) == [[scale.ink(value) for value in sorted(values)]]


@pytest.mark.parametrize("stops", [DIVERGING, GREY])
@pytest.mark.parametrize("reach", [5e-324, 1e-310, 1.0, LARGEST])
def test_a_picture_and_a_figure_give_a_number_the_same_colour(stops: Any, reach: float) -> None:
    sheet = np.linspace(-1, 1, 41)[None] * reach
    figure = Scale(-reach, reach, stops).pixels(sheet, "#808080")
    assert np.array_equal(coloured(sheet, -reach, reach, stops).transpose(1, 2, 0), figure)
    assert len(np.unique(figure.reshape(-1, 3), axis=0)) >= 3


@given(finite, finite, finite)
def test_a_share_of_the_way_lies_between_the_ends(first: float, second: float, third: float) -> None:
    low, value, high = sorted((first, second, third))
    assert 0 <= share_of(value, low, high) <= 1
    assert share_of(low, low, high) == 0
    assert share_of(high, low, high) == (1 if high / 2 > low / 2 else 0)
