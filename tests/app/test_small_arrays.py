"""Arrays on their way out: the smallest type, digits from tables, and maps made small, against plain definitions."""

from __future__ import annotations

import base64
import io
import os
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from pydantic import TypeAdapter, ValidationError

from app import kinds
from app.prepared import KEPT, found, keep, name_of
from app.wire import maps
from app.wire.arrays import COMPACT, PIECE, figure, npy, sent, smallest, span
from app.wire.digits import MIDDLE, NARROW, WIDE, Cells, cells_for
from core.errors import SceneError

WHOLE = ("i1", "u1", "i2", "u2", "i4", "u4", "i8")
edges = st.sampled_from(
    [edge + more for low, high in (NARROW, MIDDLE, WIDE) for edge in (low, high) for more in (-1, 0, 1)]
)
groups = st.sampled_from([sign * (10**power + more) for power in range(8) for more in (-1, 0, 1) for sign in (1, -1)])
numbers = st.one_of(edges, groups, st.integers(-(10**9), 10**9))
shapes = arrays.array_shapes(min_dims=3, max_dims=3, max_side=5)


def written(cells: Cells, values: list[int], empty: list[bool]) -> list[str]:
    """What the cells of a row say, each with its comma, without the spaces."""
    room = cells.room(1, len(values))
    cells.write(np.array([values]), room)
    if any(empty):
        cells.blot(np.array([empty]), room)
    text = room.tobytes().decode()
    assert len(text) == cells.width * len(values)
    parts = [text[place : place + cells.width] for place in range(0, len(text), cells.width)]
    assert all(part.rstrip(" ").endswith(",") and len(part) - part.index(",") == cells.tail for part in parts)
    return [part.strip().removesuffix(",").strip() for part in parts]


@given(st.lists(st.tuples(numbers, st.booleans()), min_size=1, max_size=9), st.booleans())
def test_the_digits_of_tables_are_those_of_python(row: list[tuple[int, bool]], nulls: bool) -> None:
    values, empty = [value for value, _ in row], [gone and nulls for _, gone in row]
    cells = cells_for(min(values), max(values), with_null=nulls)
    if cells is None:
        assert min(values) < WIDE[0] or max(values) > WIDE[1]
    else:
        known = ["null" if gone else str(value) for value, gone in zip(values, empty, strict=True)]
        assert written(cells, values, empty) == known


@pytest.mark.parametrize("limits", [NARROW, MIDDLE, WIDE])
def test_cells_are_the_narrowest_that_hold_both_ends(limits: tuple[int, int]) -> None:
    low, high = limits
    cells = cells_for(low, high)
    assert cells
    for least, most in ((low - 1, high), (low, high + 1)):
        wider = cells_for(least, most)
        assert wider is None or wider.width > cells.width
    powers = [sign * (10**power + more) for power in range(9) for more in (-1, 0, 1) for sign in (1, -1)]
    values = [value for value in (low, high, *powers) if low <= value <= high]
    assert written(cells, values, [False] * len(values)) == list(map(str, values))


@given(arrays.arrays(st.sampled_from(WHOLE), shapes))
def test_whole_numbers_leave_in_the_first_type_that_holds_them(array: Any) -> None:
    few = smallest(array)
    assert np.array_equal(few, array)
    for kind in COMPACT[: [np.dtype(one) for one in COMPACT].index(few.dtype)]:
        assert array.min() < np.iinfo(kind).min or array.max() > np.iinfo(kind).max


@given(arrays.arrays(st.sampled_from((*WHOLE, "f4", ">f8", "?")), shapes))
def test_a_file_of_numpy_reads_back_and_is_as_long_as_it_says(array: Any) -> None:
    length, pieces = npy(array.transpose(2, 0, 1), array.dtype)
    data = b"".join(pieces)
    assert len(data) == length
    assert np.array_equal(np.load(io.BytesIO(data)), array.transpose(2, 0, 1), equal_nan=array.dtype.kind == "f")


@pytest.mark.parametrize("size", [PIECE - 1, PIECE, PIECE + 1])
def test_a_long_file_is_made_of_pieces_that_leave_nothing_out(size: int) -> None:
    array = np.arange(size, dtype=np.int32).reshape(1, 1, size)
    _, pieces = npy(array, array.dtype)
    head, *rest = pieces
    assert np.array_equal(np.load(io.BytesIO(head + b"".join(rest))), array)
    assert max(map(len, rest)) <= 4 * PIECE


@given(arrays.arrays(st.sampled_from(("i2", "i8", "f4", "f8")), shapes), st.integers(0, 60))
def test_an_array_in_an_opening_is_whole_or_left_out_and_always_has_its_ends(array: Any, most: int) -> None:
    told = sent(array, most)
    assert told["shape"] == list(array.shape)
    assert (told["data"] is None) == (array.size > most)
    if told["data"]:
        read = np.frombuffer(base64.b64decode(told["data"]), told["type"]).reshape(array.shape)
        assert np.array_equal(read, array, equal_nan=array.dtype.kind == "f")
    known = array[np.isfinite(array)]
    assert told["range"] == ([known.min(), known.max()] if known.size else [0, 0])


@given(st.one_of(st.integers(-(2**70), 2**70), st.floats(-1e308, 1e308)))
def test_a_legend_says_whole_numbers_in_full_and_others_in_ten_digits(value: float) -> None:
    if isinstance(value, int):
        assert int(figure(value)) == value
    else:
        assert float(figure(value)) == pytest.approx(value, rel=5e-10)


@given(st.integers(1, 20), st.integers(1, 99), st.integers(1, 99), st.integers(0, 99))
def test_a_map_made_small_has_the_mean_of_each_stretch(channels: int, height: int, width: int, seed: int) -> None:
    array = np.random.default_rng(seed).normal(size=(channels, height, width))
    few = maps.shrunk(array)
    assert few.shape == maps.shown(array.shape)
    C, H, W = few.shape
    rows, cols = (
        [size * place // count for place in range(count + 1)]
        for size, count in zip(array.shape[1:], (H, W), strict=True)
    )
    for c, i, j in {(0, 0, 0), (C - 1, H - 1, W - 1), (C // 2, H // 2, W // 2)}:
        block = array[c, rows[i] : rows[i + 1], cols[j] : cols[j + 1]]
        assert block.size
        assert few[c, i, j] == pytest.approx(block.mean(), abs=1e-6)


@given(arrays.arrays(st.sampled_from(("i2", "u1", "f8")), shapes))
def test_the_bytes_of_a_map_keep_the_order_of_its_numbers(array: Any) -> None:
    with np.errstate(all="ignore"):
        low, high = maps.ends(array)
        few = maps.shrunk(array)
        cells = np.frombuffer(base64.b64decode(maps.coded(few, low, high)), np.uint8)
    assert low <= 0 < high
    assert low in (0, -high)
    known = np.isfinite(few.ravel())
    assert (cells[~known] == maps.NONE).all()
    assert (np.diff(cells[known][np.argsort(few.ravel()[known], kind="stable")].astype(int)) >= 0).all()
    assert cells[known].max(initial=0) <= maps.ENTRIES


@given(st.lists(st.floats(width=32), min_size=1, max_size=9), st.booleans())
def test_what_stands_out_is_the_first_of_the_largest_or_of_the_least(values: list[float], least: bool) -> None:
    known = [value for value in values if np.isfinite(value)]
    told = maps.answered(np.array(values), least)
    assert told == ({"answer": values.index(min(known) if least else max(known))} if known else {})


@given(st.integers(-99, 99), st.integers(1, 40))
def test_a_place_is_counted_as_in_a_list(first: int, count: int) -> None:
    if -count <= first < count:
        assert maps.place_of(first, count) == range(count)[first]
    else:
        with pytest.raises(SceneError):
            maps.place_of(first, count)


@given(
    st.text("0123456789/ secondminuthray", max_size=12), st.integers(1, 10**15 - 1), st.sampled_from(list(kinds.SPANS))
)
def test_a_rate_is_a_number_in_a_span_and_nothing_else(text: str, most: int, span_name: str) -> None:
    adapter = TypeAdapter(kinds.Rate)
    assert kinds.span_of(adapter.validate_python(f" {most}/{span_name.upper()} ")) == (most, kinds.SPANS[span_name])
    try:
        taken = adapter.validate_python(text)
    except ValidationError:
        return
    assert taken == "" or taken == "{}/{}".format(int(taken.split("/")[0]), taken.split("/")[1])


@given(st.dictionaries(st.text("ab/.", max_size=4), st.binary(max_size=6), max_size=4), st.data())
def test_another_name_goes_with_any_other_content(contents: dict[str, bytes], data: st.DataObject) -> None:
    other = data.draw(st.dictionaries(st.text("ab/.", max_size=4), st.binary(max_size=6), max_size=4))
    assert (name_of(contents) == name_of(other)) == (contents == other)
    assert name_of(dict(reversed(contents.items()))) == name_of(contents)


def test_what_was_kept_is_found_whole_and_only_the_last_few_are(tmp_path: Any) -> None:
    table = {"a.js": ({"type": "js"}, {"plain": b"", "br": bytes(range(256))}), "b": ({}, {})}
    names = [f"{number:064x}" for number in range(KEPT + 3)]
    for age, name in enumerate(names):
        keep(tmp_path, name, table)
        os.utime(tmp_path / name, (age, age))
    assert found(tmp_path, names[-1]) == table
    assert sorted(file.name for file in tmp_path.iterdir()) == names[-KEPT:]
    assert found(tmp_path, "nothing") is None
    assert span(np.array([[[np.nan]]])) == [0, 0]
