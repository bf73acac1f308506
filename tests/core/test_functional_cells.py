"""Functions of single cells, and borders: the fast way gives what the definition gives, whatever the numbers."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from core import functional as F
from core.algorithms.pieces import MOST_BYTES, by_pieces
from core.algorithms.windows import runs
from core.functional.padding import padded_backward
from core.geometry import PADDING_MODES, shown_at, source_index

Definition = Callable[[np.ndarray, float], np.ndarray]

NUMBERS = arrays.arrays(np.float64, arrays.array_shapes(max_side=5), elements=st.floats(width=64))
SLOPES = st.sampled_from([0.0, 0.01, 0.2, 1.0, 2.0, -0.5, -3.0]) | st.floats(-4, 4)

FORWARD: dict[str, Definition] = {
    "relu": lambda x, _: np.maximum(x, 0),
    "leaky_relu": lambda x, slope: np.where(x > 0, x, x * slope),
    "elu": lambda x, alpha: np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0))),
    "sigmoid": lambda x, _: np.where(x >= 0, 1, np.exp(-abs(x))) / (1 + np.exp(-abs(x))),
    "tanh": lambda x, _: np.tanh(x),
}
SLOPE_OF: dict[str, Definition] = {
    "relu": lambda x, _: np.where(x > 0, 1.0, 0.0),
    "leaky_relu": lambda x, slope: np.where(x > 0, 1.0, slope),
    "elu": lambda x, alpha: np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0))),
    "sigmoid": lambda x, _: FORWARD["sigmoid"](x, 0) * (1 - FORWARD["sigmoid"](x, 0)),
    "tanh": lambda x, _: 1 - np.tanh(x) ** 2,
}
WITH_A_NUMBER = ("leaky_relu", "elu")


def settings_of(name: str, number: float) -> tuple[float, ...]:
    return (number,) if name in WITH_A_NUMBER else ()


def alike(y: np.ndarray, expected: np.ndarray, ulps: float) -> bool:
    """Equal, both no numbers, or as near as so many units in the last place of the expected."""
    with np.errstate(all="ignore"):
        near = abs(y - expected) <= ulps * np.finfo(y.dtype).eps * abs(expected)
    return bool(((y == expected) | (np.isnan(y) & np.isnan(expected)) | near).all())


@pytest.mark.parametrize("name", sorted(FORWARD))
@given(NUMBERS, SLOPES)
def test_activations_equal_their_definitions(name: str, x: np.ndarray, number: float) -> None:
    with np.errstate(all="ignore"):
        y = getattr(F, name)(x, *settings_of(name, number))
        expected = FORWARD[name](x, number)
    assert y.dtype == np.float64
    assert alike(y, expected, 4)


@pytest.mark.parametrize("name", sorted(FORWARD))
@settings(max_examples=300)
@given(NUMBERS, SLOPES)
def test_gradients_of_activations_equal_their_definitions(name: str, x: np.ndarray, number: float) -> None:
    dy = np.cos(np.arange(x.size, dtype=np.float64)).reshape(x.shape)
    with np.errstate(all="ignore"):
        dx = getattr(F, f"{name}_backward")(dy, x, *settings_of(name, number))
        expected = dy * SLOPE_OF[name](x, number)
    if name in ("sigmoid", "tanh"):  # 1 - y has lost digits by itself where y is nearly 1
        assert ((abs(dx - expected) <= 2e-15) | np.isnan(expected)).all()
    else:
        assert alike(dx, expected, 4)


@pytest.mark.parametrize("name", sorted(FORWARD))
@pytest.mark.parametrize("number", [0.01, 1.0, 2.0, -0.5, 0.0])
def test_large_arrays_are_made_in_pieces_that_fit_together(name: str, number: float) -> None:
    random = np.random.default_rng(5)
    whole = (random.standard_normal((3, 5, MOST_BYTES // 8)) * 4).astype(np.float32)
    for x in (whole, whole[:, ::2], whole.transpose(2, 0, 1)):
        y = getattr(F, name)(x, *settings_of(name, number))
        dx = getattr(F, f"{name}_backward")(x, x, *settings_of(name, number))
        for part in (np.s_[:1], np.s_[-1:], np.s_[:, 1:2]):
            few = np.ascontiguousarray(x[part])
            assert alike(y[part], getattr(F, name)(few, *settings_of(name, number)), 4)
            assert alike(dx[part], getattr(F, f"{name}_backward")(few, few, *settings_of(name, number)), 4)


def test_float32_keeps_its_last_digits() -> None:
    x = np.concatenate([-np.logspace(-30, 2, 20001), np.logspace(-30, 2, 20001)]).astype(np.float32)
    for name in ("elu", "sigmoid"):
        exact = FORWARD[name](x.astype(np.float64), 1.0)
        whole = abs(exact) > np.finfo(np.float32).tiny
        assert (abs(getattr(F, name)(x) - exact)[whole] <= 4e-7 * abs(exact[whole])).all()


def test_the_gradient_keeps_its_own_type() -> None:
    dy, x = np.ones(3, np.float32), np.array([-1.0, 0.0, 2.0])
    for name in FORWARD:
        assert getattr(F, f"{name}_backward")(dy, x).dtype == np.float32
        assert getattr(F, f"{name}_backward")(x, dy).dtype == np.float64


def test_every_cell_is_visited_once() -> None:
    def count(y: np.ndarray, x: np.ndarray) -> None:
        np.add(x, 1, out=y)

    x = np.arange(3 * MOST_BYTES // 8 + 1, dtype=np.float64)
    assert (by_pieces(count, x) == x + 1).all()


@given(
    st.sampled_from([mode for mode in PADDING_MODES if mode != "zeros"]),
    st.integers(1, 7),
    st.integers(-9, 9),
    st.integers(1, 20),
)
def test_runs_of_a_border_are_the_cells_that_it_shows(mode: str, size: int, start: int, length: int) -> None:
    side, border = np.arange(size), np.full(length, -1)
    for to, shown in runs(start, start + length, size, mode):
        border[to] = side[shown]
    assert (border == shown_at(np.arange(start, start + length), size, mode)).all()


PADDINGS = st.tuples(*[st.tuples(st.integers(0, 3), st.integers(0, 3))] * 2)


def border_cells(size: tuple[int, int], padding: Any, mode: str) -> tuple[np.ndarray, np.ndarray]:
    """For every padded cell the row and the column that it shows."""
    rows, cols = (source_index(side, *sides, mode) for side, sides in zip(size, padding, strict=True))
    return rows[:, None], cols


@given(st.sampled_from(PADDING_MODES), PADDINGS, st.integers(4, 6), st.integers(4, 6), st.integers(0, 2**32 - 1))
def test_a_padded_picture_shows_cell_by_cell_what_it_should(
    mode: str, padding: Any, height: int, width: int, seed: int
) -> None:
    x = np.random.default_rng(seed).integers(1, 100, (2, 3, height, width))
    rows, cols = border_cells((height, width), padding, mode)
    inside = (rows >= 0) & (cols >= 0)
    assert (F.pad(x, padding, mode) == np.where(inside, x[:, :, rows, cols], 0)).all()


@given(st.sampled_from(PADDING_MODES), PADDINGS, st.integers(4, 6), st.integers(4, 6), st.integers(0, 2**32 - 1))
def test_the_way_back_through_a_border_is_its_adjoint(
    mode: str, padding: Any, height: int, width: int, seed: int
) -> None:
    random = np.random.default_rng(seed)
    x = random.integers(-9, 10, (1, 2, height, width)).astype(np.float64)
    y = F.pad(x, padding, mode)
    dy = random.integers(-9, 10, y.shape).astype(np.float64)
    assert (dy * y).sum() == (padded_backward(dy, padding, mode, x.shape) * x).sum()
