"""float32 stays float32 in steps, maps and gradients, whatever stands beside it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import core
from tests.core.layers import traces

PICTURE = np.arange(48, dtype=np.float64).reshape(2, 4, 6)
SIGNAL = np.arange(12.0).reshape(2, 6)
KERNELS = np.ones((2, 2, 2, 2))
POOLED = np.ones((2, 2, 3))


@pytest.mark.parametrize("name", sorted(core.OPERATIONS))
@settings(max_examples=15)
@given(data=st.data())
def test_float32_stays_float32_in_steps_and_maps(name: str, data: st.DataObject) -> None:
    small = data.draw(traces(name))
    if small is None:
        return
    trace = core.trace(small.operation, small.input.astype(np.float32))
    assert trace.feature_map().dtype == np.float32
    for detail in core.vocabulary.DETAILS:
        for column, values in trace.batch(0, len(trace), detail).columns.items():
            assert values.dtype == np.float32 or values.dtype.kind in "ib" or column == "bias", column


def test_what_a_chain_makes_of_float32_stays_float32_beside_whole_and_broken_numbers() -> None:
    x = PICTURE.astype(np.float32)
    line = (
        "cat | conv2d [0.1 0.2; 3 4] bias=[1 0.5] | avg_pool2d 2 stride=1 | pad 1 value=0.25 | sobel | leaky_relu 0.1"
    )
    for layer in range(5):
        trace = core.trace(line, x, layer)
        assert trace.feature_map().dtype == np.float32
        assert trace.batch(0, 4).columns["output"].dtype == np.float32
    assert trace.input.dtype == np.float32


def test_gradients_come_back_in_the_type_of_the_picture() -> None:
    x, dy = PICTURE.astype(np.float32), np.ones((2, 3, 5))
    for gradient in (
        *core.conv2d_backward(dy, x, KERNELS.tolist()),
        *core.conv_transpose2d_backward(np.ones((2, 5, 7)), x, KERNELS.astype(int)),
        *core.linear_backward([[1, 2, 3]] * 2, SIGNAL.astype(np.float32), np.ones((3, 6), int)),
        core.max_pool2d_backward(POOLED, x, 2),
        core.avg_pool2d_backward(POOLED.astype(int), x, 2),
    ):
        assert gradient.dtype == np.float32
