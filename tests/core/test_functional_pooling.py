"""Pooling, activations and layouts: the laws, the edges, the refusals."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import functional as F
from core.errors import SceneError

seeds = st.integers(0, 2**32 - 1)
FAR = np.array([-1000.0, -1, 0, 1, 1000])


@given(seeds)
def test_pooling_looks_at_every_window(seed: int) -> None:
    random = np.random.default_rng(seed)
    x = random.integers(-9, 10, random.integers(4, 12, 2))
    (kh, kw), (sh, sw) = random.integers(1, 4, (2, 2)).tolist()
    windows = np.lib.stride_tricks.sliding_window_view(x, (kh, kw))[::sh, ::sw]
    assert (F.max_pool2d(x, (kh, kw), (sh, sw)) == windows.max(axis=(2, 3))).all()
    assert np.allclose(F.avg_pool2d(x, (kh, kw), (sh, sw)), windows.mean(axis=(2, 3)), rtol=1e-15, atol=1e-15)


def test_padding_never_wins_max_pooling() -> None:
    x = np.full((5, 5), -7)
    assert (F.max_pool2d(x, 3, 1, padding=1) == -7).all()
    assert (F.max_pool2d(x.astype(np.float32), 3, 2, padding=1, dilation=1, ceil_mode=True) == -7).all()


def test_the_winner_is_the_first_of_equals_and_can_be_looked_up() -> None:
    x = np.array([[1, 5, 5], [5, 0, 2], [9, 9, 9]])
    y, where = F.max_pool2d(x, 2, 1, return_indices=True)
    assert (x.ravel()[where] == y).all()
    assert where.tolist() == [[1, 1], [6, 7]]


def test_nan_is_not_lost() -> None:
    x = np.array([[1.0, np.nan], [2.0, 3.0]])
    assert np.isnan(F.max_pool2d(x, 2)).all()
    assert F.max_pool2d(x, 2, return_indices=True)[1] == 1


def test_max_pooling_ignores_a_one_pixel_shift_inside_its_window() -> None:
    x = np.zeros((4, 4), int)
    x[0, 0] = 9
    assert (F.max_pool2d(x, 2) == F.max_pool2d(np.roll(x, 1, axis=1), 2)).all()


def test_an_edge_that_no_window_reaches_is_dropped_or_kept() -> None:
    x = np.ones((5, 5))
    assert F.max_pool2d(x, 2).shape == (2, 2)
    assert F.max_pool2d(x, 2, padding="same").shape == (3, 3)
    assert F.max_pool2d(x, 2, ceil_mode=True).shape == (3, 3)


def test_average_pooling_counts_the_padding_or_not() -> None:
    x = np.full((3, 3), 9.0)
    assert F.avg_pool2d(x, 3, 3, padding=1).tolist() == [[4.0]]
    assert F.avg_pool2d(x, 3, 3, padding=1, count_include_pad=False).tolist() == [[9.0]]
    assert F.avg_pool2d(x, 3, divisor_override=1).tolist() == [[81.0]]


def test_p_norms_lie_between_sum_and_maximum() -> None:
    x = np.array([[3.0, 4.0]])
    assert F.lp_pool2d(x, 1, (1, 2)) == 7
    assert F.lp_pool2d(x, 2, (1, 2)) == 5
    assert F.lp_pool2d(x, np.inf, (1, 2)) == 4


def test_global_and_channel_pooling() -> None:
    x = np.arange(24).reshape(4, 2, 3)
    assert (F.global_avg_pool2d(x)[:, 0, 0] == x.mean(axis=(1, 2))).all()
    assert (F.global_max_pool2d(x)[:, 0, 0] == x.max(axis=(1, 2))).all()
    assert (F.channel_max_pool(x, 2) == x.reshape(2, 2, 2, 3).max(axis=1)).all()
    assert (F.channel_avg_pool(x)[0] == x.mean(axis=0)).all()
    assert (F.maxout(x, 4)[0] == x[3]).all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda x: F.max_pool2d(x, 2, padding=2), "padding is (2, 2): must be at most half a window of 2 px"),
        (lambda x: F.max_pool2d(x, 9), "kernel_size is 9: a window spans 9 px but only 6 are there"),
        (lambda x: F.avg_pool2d(x, 2, divisor_override=0), "divisor_override is 0: must be at least 1"),
        (lambda x: F.lp_pool2d(x, 0, 2), "norm_type is 0: must be above 0"),
        (lambda x: F.maxout(x, 2), "pieces is 2: must divide the 1 channels"),
        (lambda x: F.adaptive_avg_pool2d(x, 0), "output_size is 0: must be at least 1"),
        (lambda x: F.max_pool2d(np.ones((2, 0, 3)), 1), "x is (2, 0, 3): has a side without a single pixel"),
        (lambda x: F.pad(x, "same"), "padding is 'same': must be n, (h, w) or"),
        (lambda x: F.pad(x.astype(int), 1, value=0.5), "value is 0.5: must be a whole number"),
        (lambda x: F.softmax(x, 2), "dim is 2: must be at most 1"),
        (lambda x: F.linear(x, np.ones((2, 3))), "x is (6, 6): must end in 3"),
        (lambda x: F.fold(x, (3, 3), 2), "x is (6, 6): its columns must be a multiple of 4 cells long"),
        (lambda x: F.cross_entropy(x[0], 6), "target is [6]: must be classes from 0 to 5"),
        (lambda x: F.output_shape("conv", (3, 3)), "operation is 'conv': here it is called conv2d"),
    ],
)
def test_refusals_say_what_would_be_right(call: Any, words: str) -> None:
    with pytest.raises(SceneError) as refused:
        call(np.ones((6, 6)))
    assert str(refused.value).startswith(words)


def test_curves_do_not_overflow() -> None:
    with np.errstate(over="raise", invalid="raise"):
        assert F.sigmoid(FAR)[[0, 2, 4]].tolist() == [0, 0.5, 1]
        assert F.tanh(FAR)[[0, 2, 4]].tolist() == [-1, 0, 1]
        assert F.softmax(FAR, 0)[4] == 1
        assert F.elu(FAR)[0] == -1
        assert F.cross_entropy(FAR, 0) == 2000


@pytest.mark.parametrize("mode", ["reflect", "replicate", "circular", "zeros"])
def test_pad_agrees_with_numpy(mode: str) -> None:
    name = {"reflect": "reflect", "replicate": "edge", "circular": "wrap", "zeros": "constant"}[mode]
    x = np.arange(12).reshape(3, 4)
    expected = np.pad(x, ((2, 1), (0, 3)), mode=name)  # type: ignore[call-overload]
    assert (F.pad(x, ((2, 1), (0, 3)), mode) == expected).all()


def test_fold_of_unfold_counts_how_often_each_pixel_is_seen() -> None:
    x = np.arange(1, 31).reshape(5, 6)
    seen = F.fold(F.unfold(np.ones_like(x), 3, padding=1), (5, 6), 3, padding=1)
    assert (F.fold(F.unfold(x, 3, padding=1), (5, 6), 3, padding=1) == seen * x).all()


@settings(max_examples=40)
@given(seeds, st.sampled_from([(70, 40, 90), (3, 37, 145), (2, 21, 1500), (1, 700, 300)]))
def test_large_pictures_pool_as_their_windows_do(seed: int, shape: tuple[int, int, int]) -> None:
    """Short rows are walked as one line, long ones where they lie, large planes in tiles."""
    random = np.random.default_rng(seed)
    kernel, stride = random.integers(1, 4, 2), random.integers(1, 4, 2)
    x = random.normal(size=shape).astype(random.choice(["float32", "float64"]))
    windows = np.lib.stride_tricks.sliding_window_view(x, tuple(kernel), axis=(1, 2))[:, :: stride[0], :: stride[1]]
    buffer = np.getbufsize()
    assert (F.max_pool2d(x, tuple(kernel), tuple(stride)) == windows.max(axis=(3, 4))).all()
    assert abs(F.avg_pool2d(x, tuple(kernel), tuple(stride)) - windows.mean(axis=(3, 4))).max() < 1e-6
    assert np.getbufsize() == buffer
