"""Gradients as planes to draw: which planes, how they are scaled, and how many there may be."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.descent import MOST_CELLS, MOST_PLANES, picture_of

SIDES = st.integers(1, 6)
SHAPES = st.one_of(
    st.tuples(SIDES),
    st.tuples(SIDES, st.integers(2, 6)),
    st.tuples(SIDES, st.integers(2, 6), st.integers(2, 6)),
    st.tuples(SIDES, SIDES, st.integers(2, 6), st.integers(2, 6)),
)


@given(SHAPES, st.integers(0, 2**32 - 1))
def test_planes_are_the_gradient_as_parts_of_its_largest(shape: tuple[int, ...], seed: int) -> None:
    gradient = np.random.default_rng(seed).normal(size=shape)
    told = picture_of(gradient)
    planes = np.array(told["planes"])
    first = gradient[:, 0] if len(shape) == 4 else gradient  # the first channel of each kernel
    drawn = first.reshape((1, 1, *shape)[-3:]) if first.ndim < 3 else first
    assert told["shape"] == list(shape)
    assert told["largest"] == np.abs(gradient).max()
    assert planes.shape == drawn.shape
    np.testing.assert_allclose(planes, drawn / told["largest"], atol=5.1e-4)


def test_single_cells_stand_in_a_row() -> None:
    assert np.array(picture_of(np.arange(5.0).reshape(5, 1, 1))["planes"]).shape == (1, 1, 5)
    assert np.array(picture_of(np.arange(6.0).reshape(3, 2, 1, 1))["planes"]).tolist() == [[[0, 0.4, 0.8]]]


def test_no_change_is_drawn_as_zeros_without_a_sign() -> None:
    told = picture_of(-np.zeros((2, 3, 3)))
    assert told["largest"] == 0
    assert not np.signbit(np.array(told["planes"])).any()


def test_many_or_large_planes_are_not_told_whole() -> None:
    assert len(picture_of(np.ones((MOST_PLANES + 1, 2, 2)))["planes"]) == MOST_PLANES
    side = int(np.sqrt(MOST_CELLS))
    assert np.array(picture_of(np.ones((3, side, side)))["planes"]).size <= MOST_CELLS
    assert np.array(picture_of(np.ones((3, side + 1, side + 1)))["planes"]).size == 0
