"""Pictures of arrays: the sheet that is laid out a few rows at a time is the sheet that lies there whole."""

from __future__ import annotations

import io
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.wire import sheet
from app.wire.arrays import picture
from app.wire.sheet import Sheet


def laid_out(array: Any) -> Any:
    """Channel after channel put where it belongs."""
    C, H, W = array.shape
    if H == W == 1:
        across = min(C, 64)
        flat = np.full(-(-C // across) * across, np.nan)
        flat[:C] = array.reshape(-1)
        return flat.reshape(-1, across)
    across = math.ceil(math.sqrt(C))
    whole = np.full((-(-C // across) * (H + 1) - 1, across * (W + 1) - 1), np.nan)
    for channel in range(C):
        row, col = divmod(channel, across)
        whole[row * (H + 1) : row * (H + 1) + H, col * (W + 1) : col * (W + 1) + W] = array[channel]
    return whole


@pytest.mark.parametrize("block", [1, 7, 40, 1000])
@given(st.integers(1, 12), st.integers(1, 6), st.integers(1, 6))
def test_a_sheet_in_blocks_is_the_sheet(block: int, C: int, H: int, W: int) -> None:
    array = np.arange(C * H * W).reshape(C, H, W)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sheet, "BLOCK", block)
        made = Sheet(array)
        whole = np.concatenate(list(made.blocks()))
    assert made.shape == whole.shape
    assert np.array_equal(whole, laid_out(array), equal_nan=True)


def test_a_long_vector_is_a_strip() -> None:
    array = np.arange(200).reshape(200, 1, 1)
    assert np.array_equal(np.concatenate(list(Sheet(array).blocks())), laid_out(array), equal_nan=True)


def test_white_is_nothing_and_the_ends_are_blue_and_red() -> None:
    png, legend = picture(np.array([[[-2.0, 0.0, 2.0, np.nan]]]))
    assert np.asarray(Image.open(io.BytesIO(png)))[0].tolist() == [[59, 76, 192], [255] * 3, [180, 4, 38], [128] * 3]
    assert legend["X-Scale"] == "diverging"
    assert legend["X-Range"] == "-2, 2"


def test_grey_begins_at_zero() -> None:
    png, legend = picture(np.array([[[0, 128, 255]]]))
    assert np.asarray(Image.open(io.BytesIO(png))).tolist() == [[0, 128, 255]]
    assert legend["X-Scale"] == "grey"
