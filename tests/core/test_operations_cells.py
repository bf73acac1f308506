"""Operations on cells, borders and signals beside NumPy and SciPy."""

import numpy as np
import pytest
import scipy.ndimage
import scipy.signal
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import core
from core import SceneError
from core.vocabulary import Array
from tests.core.layers import agree, assembled

pictures = arrays.arrays(np.int64, (2, 5, 6), elements=st.integers(-99, 255))
signals = arrays.arrays(np.int64, (2, 1, 9), elements=st.integers(-99, 255))
GRADIENTS = ("sobel", "prewitt", "scharr", "roberts")


def mapped(operation: str, x: Array) -> Array:
    """The feature map of one operation, after seeing that its steps make the same."""
    trace = core.trace(core.parse(f"cat | {operation}").layers[0], x)
    whole = trace.feature_map()
    assert agree(assembled(trace), whole)
    return whole


@given(pictures)
def test_a_symmetric_border_repeats_the_edge_as_in_scipy(x: Array) -> None:
    kernel = np.array([[1, 2, 3, 0, 1], [0, 1, 2, 2, 0], [5, 0, 1, 0, 0], [0, 2, 0, 1, 0], [1, 0, 0, 0, 7]])
    line = "conv2d [1 2 3 0 1; 0 1 2 2 0; 5 0 1 0 0; 0 2 0 1 0; 1 0 0 0 7] padding=2 padding_mode=symmetric"
    expected = np.stack([scipy.ndimage.correlate(plane, kernel, mode="reflect") for plane in x])
    assert np.array_equal(mapped(line, x), expected)


@given(pictures, st.one_of(st.integers(-50, 300), st.sampled_from([0.5, -2.25])))
def test_a_border_holds_the_number_it_is_given(x: Array, value: float) -> None:
    kernel = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    expected = [scipy.ndimage.correlate(plane.astype(float), kernel, mode="constant", cval=value) for plane in x]
    found = mapped(f"conv2d [1 2 3; 4 5 6; 7 8 9] padding=1 padding_value={value}", x)
    assert np.allclose(found, np.stack(expected))
    assert found.dtype.kind == ("f" if isinstance(value, float) else "i")
    assert (mapped(f"pad 1 value={value}", x)[:, 0] == value).all()


@given(pictures)
def test_reshape_keeps_the_cells_in_memory_order(x: Array) -> None:
    assert np.array_equal(mapped("reshape (3,4,5)", x), x.reshape(3, 4, 5))
    assert np.array_equal(mapped("reshape (-1,10)", x), x.reshape(1, 6, 10))
    assert np.array_equal(mapped("reshape -1", x), x.reshape(60, 1, 1))


@pytest.mark.parametrize("shape", ["(7,9)", "(-1,-1)", "(0,5)", "(-1,7)", "(1,2,3,10)", "(-2,5)"])
def test_reshape_refuses_what_does_not_hold_the_cells(shape: str) -> None:
    with pytest.raises(SceneError, match="shape is"):
        mapped(f"reshape {shape}", np.zeros((2, 5, 6)))


@given(pictures, st.integers(-5, 5), st.integers(-6, 6))
def test_a_shift_is_numpys_roll_and_scipys_shift(x: Array, down: int, along: int) -> None:
    line = f"shift {down} {along}"
    assert np.array_equal(mapped(f"{line} circular", x), np.roll(x, (down, along), axis=(1, 2)))
    for mode, theirs in (("zeros", "constant"), ("replicate", "nearest")):
        moved = [scipy.ndimage.shift(plane.astype(float), (down, along), order=0, mode=theirs) for plane in x]
        assert np.array_equal(mapped(f"{line} {mode}", x), np.stack(moved))


def test_a_shift_beyond_the_frame_is_refused() -> None:
    with pytest.raises(SceneError, match="between -5 and 5"):
        mapped("shift 6", np.zeros((2, 5, 6)))


@given(arrays.arrays(np.float64, (1, 3, 4), elements=st.floats(-1e6, 1e6)))
def test_absolute_value_clip_and_round_are_numpys(x: Array) -> None:
    assert np.array_equal(mapped("abs", x), np.abs(x))
    assert np.array_equal(mapped("clip -3 2.5", x), np.clip(x, -3, 2.5))
    assert np.array_equal(mapped("clip max=1", x), np.minimum(x, 1))
    assert np.array_equal(mapped("round", x), np.round(x))
    assert np.array_equal(mapped("round 2", x), np.round(x, 2))


def test_whole_numbers_stay_whole_when_clipped_by_whole_numbers() -> None:
    x = np.array([[[-300, 0, 300]]])
    assert mapped("clip 0 255", x).tolist() == [[[0, 0, 255]]]
    assert mapped("clip 0 255", x).dtype.kind == "i"
    assert mapped("abs", x).dtype.kind == "i"


@pytest.mark.parametrize("wrong", ["clip", "clip 3 2", "round -1", "abs 3"])
def test_limits_that_leave_nothing_are_refused(wrong: str) -> None:
    with pytest.raises(SceneError):
        core.parse(f"cat | {wrong}")


@pytest.mark.parametrize(("size", "sigma"), [(3, 0.8), (5, 1.1), (9, 2.0), (31, 5.5)])
def test_a_gaussian_is_scipys_window_and_adds_up_to_one(size: int, sigma: float) -> None:
    window = scipy.signal.windows.gaussian(size, sigma)
    kernel = np.outer(window, window) / window.sum() ** 2
    impulse = np.zeros((1, 2 * size - 1, 2 * size - 1))
    impulse[0, size - 1, size - 1] = 1
    found = mapped(f"gaussian_blur {size} {sigma}", impulse)
    assert np.allclose(found[0], kernel)
    assert np.isclose(found.sum(), 1)


def test_a_gaussian_without_a_width_takes_opencvs() -> None:
    line = "gaussian_blur 5 sigma=1.1"
    x = np.random.default_rng(3).random((3, 7, 7))
    assert np.allclose(mapped("gaussian_blur 5", x), mapped(line, x))
    with pytest.raises(SceneError, match="odd"):
        core.parse("cat | gaussian_blur 4")


@pytest.mark.parametrize("name", GRADIENTS)
@pytest.mark.parametrize(("across", "down"), [(1, 0), (0, 1), (2, 3), (-1.5, 0.25)])
def test_normalised_gradients_measure_a_ramp(name: str, across: float, down: float) -> None:
    rows, cols = np.mgrid[:6, :7]
    ramp = (across * cols + down * rows)[None].astype(float)
    assert np.allclose(mapped(f"{name} normalize=true", ramp), np.hypot(across, down))
    assert np.allclose(mapped(f"{name} show=direction", ramp), np.degrees(np.arctan2(down, across)))


@given(pictures)
def test_norms_of_a_gradient_come_from_its_two_sums(x: Array) -> None:
    for name in GRADIENTS:
        gx, gy = mapped(f"{name} show=x", x), mapped(f"{name} show=y", x)
        assert np.array_equal(mapped(f"{name} norm=l1", x), abs(gx) + abs(gy))
        assert np.array_equal(mapped(f"{name} norm=max", x), np.maximum(abs(gx), abs(gy)))
        assert np.allclose(mapped(name, x), np.hypot(gx, gy))
        assert gx.dtype.kind == "i"


@given(signals)
def test_pooling_of_a_signal_is_that_of_one_row(x: Array) -> None:
    whole = x[..., :8].reshape(2, 1, 4, 2)
    assert np.array_equal(mapped("max_pool1d 2", x), whole.max(axis=-1))
    assert np.allclose(mapped("avg_pool1d 2", x), whole.mean(axis=-1))
    assert np.allclose(mapped("lp_pool1d 2 2", x), np.sqrt((whole.astype(float) ** 2).sum(axis=-1)))
    assert np.array_equal(mapped("max_pool1d 3 stride=1 padding=1", x)[..., 1:-1],
                          np.lib.stride_tricks.sliding_window_view(x, 3, axis=-1).max(axis=-1))  # fmt: skip


@given(signals)
def test_a_transposed_convolution_of_a_signal_spreads_each_cell(x: Array) -> None:
    found = mapped("conv_transpose1d [1 2 3] stride=2", x)
    spread = np.zeros((2, 1, 17), np.int64)
    spread[..., ::2] = x
    expected = [np.convolve(signal[0], [1, 2, 3])[None] for signal in spread]
    assert np.array_equal(found, np.stack(expected))


@pytest.mark.parametrize("operation", ["max_pool1d 2", "avg_pool1d 2", "lp_pool1d 2 2", "conv_transpose1d [1 2]"])
def test_a_picture_is_no_signal(operation: str) -> None:
    with pytest.raises(SceneError, match="a signal has one row"):
        mapped(operation, np.zeros((1, 4, 4)))
