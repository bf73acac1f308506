"""NumPy files: read as numpy.load reads them, or refused before anything is allocated."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from core.errors import SceneError
from core.matrices import SeveralReadings
from core.matrices.npy import read_npy, reading_of

KINDS = ["|b1", "|u1", "|i1", "<u2", ">i2", "<i4", ">u4", "<i8", ">i8", "<f2", ">f4", "<f8"]


def saved(array: np.ndarray[Any, Any]) -> bytes:
    written = io.BytesIO()
    np.save(written, array, allow_pickle=array.dtype == object)
    return written.getvalue()


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data(), order=st.sampled_from("CF"))
def test_an_array_reads_back_as_numpy_reads_it(kind: str, data: st.DataObject, order: Any) -> None:
    array = np.asarray(data.draw(arrays(kind, array_shapes(max_dims=4, max_side=4))), order=order)
    found = read_npy(saved(array))
    assert (found.dtype, found.shape) == (array.dtype, array.shape)
    assert np.array_equal(found, array, equal_nan=array.dtype.kind == "f")


@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_every_version_of_the_header_is_read(version: tuple[int, int]) -> None:
    written = io.BytesIO()
    np.lib.format.write_array(written, np.arange(6.0).reshape(2, 3), version)
    assert read_npy(written.getvalue()).tolist() == [[0, 1, 2], [3, 4, 5]]


@pytest.mark.parametrize(
    "array",
    [
        np.array([{"a": 1}], object),
        np.array(["text"]),
        np.array([1j]),
        np.array([(1, 2)], [("a", "i4"), ("b", "i4")]),
        np.array(["2020-01-01"], "M8[D]"),
        np.zeros((0, 3)),
        np.array(5.0),
        np.zeros((1, 1, 1, 1, 1)),
    ],
    ids=lambda array: str(array.dtype),
)
def test_what_holds_no_numbers_is_refused(array: np.ndarray[Any, Any]) -> None:
    with pytest.raises(SceneError):
        read_npy(saved(array))


def test_a_file_cut_anywhere_or_with_any_one_byte_changed_is_read_or_refused() -> None:
    data = saved(np.arange(6, dtype="<i4").reshape(2, 3))
    for size in range(len(data)):
        with pytest.raises(SceneError):
            read_npy(data[:size])
    for place, byte in enumerate(data):
        for other in {0, 0x20, 0x27, 0x2C, 0x39, 0x7F, 0xFF, byte ^ 1} - {byte}:
            try:
                read_npy(data[:place] + bytes([other]) + data[place + 1 :])
            except SceneError:
                pass


@pytest.mark.parametrize(
    "sides",
    ["1" * 3000, "1" * 3000 + "x", "1, " * 1000, "12L" * 900, ", " * 1000, "3 4", "2, , 3", ",", "2, 3,,", "1" * 13],
    ids=lambda sides: sides[:6],
)
def test_sides_that_are_none_are_refused_however_many_ways_they_could_be_parted(sides: str) -> None:
    header = f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({sides})}}".encode()
    with pytest.raises(SceneError):
        read_npy(b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + bytes(8))


@pytest.mark.parametrize("shape", ["(10**9,)", "(999999999999,)", "(1000000, 1000000)", "(-1,)", "(2, 3), 'x': 1"])
def test_a_header_that_promises_too_much_is_refused_at_once(shape: str) -> None:
    text = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}".ljust(118).encode()
    with pytest.raises(SceneError):
        read_npy(b"\x93NUMPY\1\0" + len(text).to_bytes(2, "little") + text + bytes(8))


@given(st.binary(max_size=60))
def test_any_bytes_behind_the_magic_are_read_or_refused(data: bytes) -> None:
    try:
        read_npy(b"\x93NUMPY\1\0" + data)
    except SceneError:
        pass


def test_channels_come_first_unless_they_may_come_last() -> None:
    assert reading_of(np.arange(12).reshape(3, 2, 2)).shape == (3, 2, 2)
    assert reading_of(np.arange(6).reshape(2, 3)).shape == (2, 3)
    assert reading_of(np.array([True, False])).values == ((1, 0),)
    with pytest.raises(SeveralReadings) as asked:
        reading_of(np.arange(12).reshape(2, 2, 3))
    last, first = asked.value.readings
    assert (last.shape, last.sentence, first.shape) == ((3, 2, 2), "3 x 2 x 2, channels last", (2, 2, 3))
    assert np.array_equal(np.array(last.values), np.arange(12).reshape(2, 2, 3).transpose(2, 0, 1))


def test_nan_is_refused_with_its_place() -> None:
    with pytest.raises(SceneError, match="row 2, column 1 must be a finite number"):
        reading_of(np.array([[1, 2], [np.nan, 3]]))
