"""Whatever holds numbers becomes an input in which every number is what it was."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

import core
from core.errors import SceneError
from kernelwalk import walk
from kernelwalk.arrays import array_of

RANDOM = np.random.default_rng(7)
LIMIT = 2.0**49  # below the largest number that a scene may hold
KINDS = st.sampled_from([np.uint8, np.int16, np.int32, np.int64, np.float16, np.float32, np.float64, np.bool_])


class Numpy:
    """What a tensor of another library looks like: it can be made NumPy's, and nothing else."""

    def __init__(self, array: Any) -> None:
        self.array = array

    def numpy(self) -> Any:
        return self.array


class Exchanged:
    """The same, with the protocol alone."""

    def __init__(self, array: Any) -> None:
        self.array = array

    def __dlpack__(self, **words: Any) -> Any:
        return self.array.__dlpack__(**words)

    def __dlpack_device__(self) -> Any:
        return self.array.__dlpack_device__()


@st.composite
def any_array(draw: st.DrawFn) -> Any:
    kind = draw(KINDS)
    shape = draw(st.tuples(st.integers(2, 9), st.integers(4, 20)))
    bits = {np.float16: 16, np.float32: 32, np.float64: 64}.get(kind)
    most = 60_000.0 if bits == 16 else LIMIT
    values = (
        st.floats(-most, most, width=bits) if bits  # type: ignore[arg-type]
        else st.booleans() if kind is np.bool_
        else st.integers(max(np.iinfo(kind).min, -10**15), min(np.iinfo(kind).max, 10**15))
    )  # fmt: skip
    return draw(arrays.arrays(kind, shape, elements=values))


@given(any_array())
def test_every_number_is_what_it_was(array: Any) -> None:
    walked = walk(array, "max_pool2d (1,2)")
    assert np.array_equal(walked.input[0].astype(array.dtype), array)
    assert np.array_equal(walked.input[0], array.astype(walked.input.dtype))


@given(any_array())
def test_a_walk_computes_what_the_core_computes(array: Any) -> None:
    given_to_core = array.astype(np.uint8) if array.dtype == bool else array
    given_to_core = array.astype(np.float32) if array.dtype == np.float16 else given_to_core
    expected = core.trace("x | max_pool2d (1,2)", given_to_core).feature_map()
    found = walk(array, "max_pool2d (1,2)").feature_map()
    assert np.array_equal(found, expected)


def test_floats_of_32_bits_stay_so_through_a_convolution() -> None:
    array = RANDOM.normal(size=(40, 30)).astype(np.float32)
    walked = walk(array, "conv2d sobel-x | relu")
    assert walked.feature_map().dtype == np.float32
    assert np.array_equal(walked.feature_map(), core.trace("x | conv2d sobel-x | relu", array, 1).feature_map())
    assert walked.step(5)["window"] == [array[:3, 5:8].tolist()]


def test_a_short_array_is_written_into_its_line() -> None:
    assert walk([[1, 2], [3, 4]], "relu").line == "[1 2; 3 4] | relu"
    assert walk(np.array([[0.1, -0.0]]), "relu").line == "[0.1 -0.0] | relu"
    assert walk(np.zeros((64, 64)), "relu").line.startswith("array:")


def test_the_same_numbers_have_the_same_name_and_others_another() -> None:
    array = RANDOM.normal(size=(20, 20))
    first, same, other = (walk(one, "relu") for one in (array, array.copy(), array + 1))
    assert first.line == same.line != other.line
    assert walk(array.reshape(10, 40), "relu").line != first.line


def test_who_gave_an_array_may_go_on_writing_into_it() -> None:
    array = RANDOM.normal(size=(20, 20))
    walked, before = walk(array, "relu"), array.copy()
    array[:] = 0
    assert np.array_equal(walked.input[0], before)


@pytest.mark.parametrize(
    "wrap", [Numpy, Exchanged, np.ndarray.tolist, np.asfortranarray, memoryview], ids=lambda wrap: wrap.__name__
)
def test_arrays_come_by_many_ways(wrap: Any) -> None:
    array = RANDOM.normal(size=(8, 9))
    assert np.array_equal(array_of(wrap(array))[0], array)


def test_any_order_of_bytes_and_axes_is_read() -> None:
    array = RANDOM.integers(0, 9, (6, 7))
    assert np.array_equal(array_of(array.astype(">i4"))[0], array)
    assert np.array_equal(array_of(array.T)[0], array.T)
    assert np.array_equal(array_of(array[::-1, ::2])[0], array[::-1, ::2])


def test_channels_come_last_or_first() -> None:
    last, first = RANDOM.integers(0, 256, (8, 9, 3)), RANDOM.integers(0, 256, (6, 8, 9))
    assert np.array_equal(array_of(last), last.transpose(2, 0, 1))
    assert np.array_equal(array_of(first), first)
    assert np.array_equal(array_of(first[None]), first)
    either = RANDOM.integers(0, 256, (3, 8, 3))
    assert np.array_equal(array_of(either, "hwc"), either.transpose(2, 0, 1))
    assert np.array_equal(array_of(either, "chw"), either)
    assert np.array_equal(array_of(first, "hwc"), first.transpose(2, 0, 1))


@pytest.mark.parametrize("mode", ["I;16", "I;16B"])
def test_pictures_of_sixteen_bits_keep_them_in_any_order_of_bytes(mode: str) -> None:
    numbers = np.array([[0, 1, 256], [1000, 40_000, 65_535]], "<u2")
    kept = Image.frombytes(mode, (3, 2), numbers.astype(">u2" if mode.endswith("B") else "<u2").tobytes())
    assert array_of(kept).tolist() == [numbers.tolist()]


def test_transparency_that_was_multiplied_in_is_seen_on_white() -> None:
    seen = Image.new("LA", (2, 2), (100, 128))
    assert array_of(seen.convert("La")).tolist() == array_of(seen).tolist()


def test_numbers_behind_a_mask_are_not_taken_unasked() -> None:
    masked = np.ma.masked_greater(np.arange(9).reshape(3, 3), 7)
    with pytest.raises(SceneError, match="hides some of its numbers behind a mask"):
        array_of(masked)
    assert array_of(masked.filled(0)).max() == 7
    assert array_of(np.ma.array([[1, 2]])).tolist() == [[[1, 2]]]


def test_pictures_are_their_pixels() -> None:
    colours = RANDOM.integers(0, 256, (8, 9, 3), np.uint8)
    picture = Image.fromarray(colours)
    assert np.array_equal(array_of(picture), colours.transpose(2, 0, 1))
    assert np.array_equal(array_of(picture.convert("L"))[0], np.asarray(picture.convert("L")))
    assert np.array_equal(array_of(picture.convert("1"))[0], np.asarray(picture.convert("1")))
    assert np.array_equal(array_of(Image.fromarray(colours[..., 0].astype(np.float32)))[0], colours[..., 0])
    clear = Image.new("RGBA", (4, 2), (0, 0, 0, 0))
    assert (array_of(clear) == 255).all()
    assert array_of(clear).shape == (3, 2, 4)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ([[1, 2], [3]], "input is 'list': must be numbers in a box"),
        (np.array([[1, np.nan]]), "input is nan: row 1, column 2 must be a finite number"),
        (np.array([[[1.0, 2], [3, 4]], [[5, np.inf], [7, 8]]]), "input is inf: channel 2, row 1, column 2 must be"),
        (np.array([[1e16]]), "input is 1e+16: row 1, column 1 must lie between"),
        (np.array([[2**64 - 1]], np.uint64), "input is 18446744073709551615: must be below"),
        (np.zeros((3, 4, 3)), "input is (3, 4, 3): may be (C, H, W) or (H, W, C): say order='hwc' or order='chw'"),
        (np.zeros((2, 3, 4, 5)), "input is (2, 3, 4, 5): must have the shape"),
        (np.zeros((0, 3)), "input is (0, 3): must not be empty"),
        (np.zeros((2, 2), complex), "input is 'complex128': must hold whole numbers"),
        (np.array([["a"]]), "input is 'str32': must hold whole numbers"),
        (object(), "input is 'object': must hold whole numbers"),
        (None, "input is None: must be an array"),
        (b"12", "input is b'12': must be an array"),
    ],
)
def test_what_is_no_box_of_numbers_is_refused(value: Any, sentence: str) -> None:
    with pytest.raises(SceneError) as refused:
        array_of(value)
    assert str(refused.value).startswith(sentence)


def test_numbers_of_more_than_64_bits_are_taken_where_64_hold_them() -> None:
    wide = np.array([[1.5, 2]], np.longdouble)
    assert np.array_equal(array_of(wide)[0], [[1.5, 2]])
    if np.finfo(np.longdouble).nmant > 52:
        with pytest.raises(SceneError, match="at most 64 bits"):
            array_of(wide + np.finfo(np.longdouble).eps)


def test_an_order_that_does_not_fit_is_refused() -> None:
    with pytest.raises(SceneError, match="order is 'chw': says 3 dimensions, but the array has 2"):
        array_of(np.zeros((2, 2)), "chw")
    with pytest.raises(SceneError, match="order is 'whc': choose one of hw, hwc, chw"):
        array_of(np.zeros((2, 2, 3)), "whc")
