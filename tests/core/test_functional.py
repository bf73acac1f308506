"""What convolution must do whatever computes it: mathematics, exactness, shapes, refusals."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import functional as F
from core.errors import SceneError

seeds = st.integers(0, 2**32 - 1)


def random_case(seed: int) -> tuple[np.random.Generator, np.ndarray, np.ndarray, dict[str, Any]]:
    """Integers, so that every law holds to the last digit."""
    random = np.random.default_rng(seed)
    groups = int(random.integers(1, 3))
    x = random.integers(-9, 10, (2, groups * int(random.integers(1, 3)), *random.integers(3, 9, 2)))
    weight = random.integers(
        -9, 10, (groups * int(random.integers(1, 3)), x.shape[1] // groups, *random.integers(1, 4, 2))
    )
    settings = {
        "stride": tuple(random.integers(1, 4, 2).tolist()),
        "padding": tuple(map(tuple, random.integers(0, 3, (2, 2)).tolist())),
        "dilation": tuple(random.integers(1, 2 if min(x.shape[2:]) < 5 else 3, 2).tolist()),
        "groups": groups,
    }
    return random, x, weight, settings


@given(seeds)
def test_convolution_is_linear(seed: int) -> None:
    random, x, w, how = random_case(seed)
    y = random.integers(-9, 10, x.shape)
    assert (F.conv2d(3 * x + y, w, **how) == 3 * F.conv2d(x, w, **how) + F.conv2d(y, w, **how)).all()
    assert (F.conv2d(x, -2 * w, **how) == -2 * F.conv2d(x, w, **how)).all()


@given(seeds)
def test_a_shifted_picture_gives_a_shifted_map(seed: int) -> None:
    random = np.random.default_rng(seed)
    x, w = random.integers(-9, 10, (9, 11)), random.integers(-9, 10, (3, 3))
    down, right = random.integers(0, 3, 2)
    whole, shifted = F.conv2d(x, w), F.conv2d(x[down:, right:], w)
    assert (shifted == whole[down:, right:]).all()


@given(seeds)
def test_gathering_and_scattering_are_adjoint(seed: int) -> None:
    """<conv(x), dy> = <x, dx> = <w, dw>"""
    random, x, w, how = random_case(seed)
    y = F.conv2d(x, w, **how)
    dy = random.integers(-9, 10, y.shape)
    dx, dw, db = F.conv2d_backward(dy, x, w, **how)
    assert (y * dy).sum() == (x * dx).sum() == (w * dw).sum()
    assert (db == dy.sum(axis=(0, 2, 3))).all()


@given(seeds)
def test_a_transposed_convolution_is_the_way_back(seed: int) -> None:
    random, x, w, how = random_case(seed)
    y = F.conv2d(x, w, **how)
    dy = random.integers(-9, 10, y.shape)
    sides = [
        (dy.shape[2 + axis] - 1) * how["stride"][axis] + how["dilation"][axis] * (w.shape[2 + axis] - 1) + 1
        for axis in (0, 1)
    ]
    missing = [x.shape[2 + a] + sum(how["padding"][a]) - sides[a] for a in (0, 1)]
    if max(missing) < min(*how["stride"], 9):
        back = F.conv_transpose2d(dy, w, None, how["stride"], how["padding"], missing, how["groups"], how["dilation"])
        assert (back == F.conv2d_backward(dy, x, w, **how)[0]).all()


@given(seeds)
def test_unfold_times_kernels_is_the_convolution(seed: int) -> None:
    _, x, w, how = random_case(seed)
    if how.pop("groups") == 1:
        y = F.conv2d(x, w, **how)
        columns = F.unfold(x, w.shape[2:], how["dilation"], how["padding"], how["stride"])
        assert (w.reshape(len(w), -1) @ columns == y.reshape(*y.shape[:2], -1)).all()


def test_flip_gives_the_convolution_of_mathematics() -> None:
    f, g = np.array([1, -2, 3, 5]), np.array([4, 0, -1])
    assert (F.conv1d(f, g, padding="full", flip=True) == np.convolve(f, g)).all()


def test_a_flat_picture_has_no_edges() -> None:
    from core.kernels import KERNELS

    flat = np.full((40, 50), 7)
    for name in ("sobel-x", "prewitt-y", "laplacian-4"):
        assert not F.conv2d(flat, KERNELS[name].weight).any()


@pytest.mark.parametrize("kind", [np.uint8, np.int8, np.uint16, np.int32, np.int64])
def test_integers_stay_exact_integers(kind: type) -> None:
    limits = np.iinfo(kind)
    x = np.array([[limits.min, limits.max], [limits.max, limits.min]]).astype(kind)
    if limits.bits < 64:
        y = F.conv2d(x, [[3, 3], [3, -3]])
        assert y.dtype == np.int64
        assert y[0, 0] == 3 * limits.min + 6 * limits.max - 3 * limits.min
    assert F.max_pool2d(x, 2).dtype == np.int64


def test_sums_beyond_a_float64_stay_exact() -> None:
    x = np.array([[2**60 + 1, 1], [1, 1]])
    assert F.conv2d(x, [[1, 1], [1, 1]])[0, 0] == 2**60 + 4
    assert F.conv_transpose2d(np.array([[2**60 + 1]]), [[3]])[0, 0] == 3 * (2**60 + 1)


def test_sums_that_could_wrap_around_are_refused() -> None:
    with pytest.raises(SceneError, match="no longer be exact in 64 bits"):
        F.conv2d(np.array([[2**62]]), [[2]])
    with pytest.raises(SceneError, match="below 2 to the power of 63"):
        F.relu(np.array([2**63], dtype=np.uint64))


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_floats_keep_their_type(kind: type) -> None:
    x = np.ones((3, 8, 8), dtype=kind)
    for y in (F.conv2d(x, np.ones((2, 3, 3, 3))), F.avg_pool2d(x, 2), F.sigmoid(x), F.lp_pool2d(x, 2, 2), F.softmax(x)):
        assert y.dtype == kind


@pytest.mark.parametrize("x", [np.ones((4, 4), bool), np.ones((4, 4), complex), [["a"]], [[1, 2], [3]], None])
def test_what_is_no_picture_is_refused(x: Any) -> None:
    with pytest.raises(SceneError, match=r"^x is"):
        F.conv2d(x, [[1]])


def test_shapes_come_back_as_they_came() -> None:
    x, w = np.ones((6, 7)), np.ones((2, 1, 3, 3))
    assert F.conv2d(x, w[0, 0]).shape == (4, 5)
    assert F.conv2d(x, w).shape == (2, 4, 5)
    assert F.conv2d(x[None], w).shape == (2, 4, 5)
    assert F.conv2d(x[None, None], w).shape == (1, 2, 4, 5)


def test_a_plain_kernel_filters_each_channel_by_itself() -> None:
    x = np.arange(48).reshape(3, 4, 4)
    y = F.conv2d(x, [[1, 2], [3, 4]])
    assert all((y[c] == F.conv2d(x[c], [[1, 2], [3, 4]])).all() for c in range(3))
    assert (F.conv2d(x, np.ones((3, 2, 2), int))[0] == F.conv2d(x, [[1, 1], [1, 1]]).sum(axis=0)).all()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"stride": 0}, "stride is 0: must be at least 1"),
        ({"padding": -1}, "padding is -1: must be at least 0"),
        ({"dilation": 2.0}, "dilation is 2.0: must be a whole number"),
        ({"dilation": 3}, "kernel_size is 3: a window spans 7 px but only 5 are there"),
        ({"groups": 2}, "groups is 2: a 2-D kernel filters each of the 1 channels"),
        ({"bias": [1, 2]}, "bias is (2,): must have one number per output channel, (1,)"),
        ({"padding_mode": "mirror"}, "padding_mode is 'mirror': choose one of"),
    ],
)
def test_refusals_name_the_field_the_value_and_the_rule(settings: dict[str, Any], words: str) -> None:
    with pytest.raises(SceneError) as refused:
        F.conv2d(np.ones((5, 5)), np.ones((3, 3)), **settings)
    assert str(refused.value).startswith(words)


def test_a_cached_plan_does_not_make_nonsense_pass() -> None:
    x, w = np.ones((5, 5)), np.ones((3, 3))
    F.conv2d(x, w, padding=0, stride=1)
    for nonsense in ({"padding": False}, {"stride": True}, {"stride": 1.0}):
        with pytest.raises(SceneError):
            F.conv2d(x, w, **nonsense)


@given(seeds)
def test_same_lower_is_same_seen_from_the_other_corner(seed: int) -> None:
    random = np.random.default_rng(seed)
    x, w = random.integers(-9, 10, random.integers(4, 12, 2)), random.integers(-9, 10, random.integers(1, 5, 2))
    stride = tuple(int(random.integers(1, side + 1)) for side in w.shape)
    turned = F.conv2d(x[::-1, ::-1], w[::-1, ::-1], stride=stride, padding="same")[::-1, ::-1]
    assert (F.conv2d(x, w, stride=stride, padding="same_lower") == turned).all()
    assert (
        F.max_pool2d(x, 2, padding="same_lower") == F.max_pool2d(x[::-1, ::-1], 2, padding="same")[::-1, ::-1]
    ).all()
    assert F.conv_transpose2d(x, w, stride=stride, padding="same_lower").shape == tuple(
        side * step for side, step in zip(x.shape, stride, strict=True)
    )


def test_same_uses_the_stride_as_keras_does() -> None:
    for size in range(1, 12):
        for stride in range(1, 5):
            assert F.conv2d(np.ones((size, size)), np.ones((3, 2)), stride=stride, padding="same").shape[0] == -(
                -size // stride
            )


@settings(max_examples=60)
@given(seeds)
def test_output_shape_agrees_with_the_array(seed: int) -> None:
    _, x, w, how = random_case(seed)
    assert F.output_shape("conv2d", x.shape, w.shape, **how) == F.conv2d(x, w, **how).shape
    assert F.output_shape("max_pool2d", x.shape, 2, ceil_mode=True) == F.max_pool2d(x, 2, ceil_mode=True).shape
    assert F.output_shape("unfold", x.shape, 2) == F.unfold(x, 2).shape
    assert F.output_shape("flatten", x.shape, 1) == F.flatten(x, 1).shape
    assert F.output_shape("pad", x.shape, (1, 2)) == F.pad(x, (1, 2)).shape
    assert F.output_shape("adaptive_avg_pool2d", x.shape, 2) == F.adaptive_avg_pool2d(x, 2).shape


def test_nhwc_is_the_same_numbers_seen_from_the_side() -> None:
    x = np.arange(24).reshape(2, 3, 4)
    assert np.shares_memory(F.nhwc(x), x)
    assert (F.nchw(F.nhwc(x)) == x).all()


def test_a_batch_is_its_pictures_one_by_one() -> None:
    random = np.random.default_rng(0)
    x, w = random.normal(size=(3, 2, 8, 8)), random.normal(size=(4, 2, 3, 3))
    together = F.conv2d(x, w, padding=1)
    assert np.allclose(together, [F.conv2d(one, w, padding=1) for one in x], rtol=0, atol=1e-13)
