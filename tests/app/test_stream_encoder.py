"""The encoder against the plain route: every line, read back, is the step's own dictionary."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as shapes
from numpy.typing import NDArray

from app.wire.encoder import encode
from core.vocabulary import Batch

WHOLE = ("i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8")
DTYPES = st.sampled_from((*WHOLE, "f4", "f8", "?"))


def strict(line: str) -> Any:
    def refuse(token: str) -> None:
        raise AssertionError(f"{token} is not JSON")

    return json.loads(line, parse_constant=refuse)


def lines(columns: dict[str, NDArray[Any]]) -> list[Any]:
    text = encode(columns)
    assert text.endswith(b"\n")
    return [strict(line) for line in text.decode().splitlines()]


def told(columns: dict[str, NDArray[Any]]) -> list[str]:
    """The lines with their spaces taken out: 1 is not 1.0 here."""
    return [json.dumps(line) for line in lines(columns)]


def plain(columns: dict[str, NDArray[Any]]) -> list[Any]:
    return [{"type": "step", **record} for record in Batch(columns).records()]


@st.composite
def batches(draw: st.DrawFn) -> dict[str, NDArray[Any]]:
    count = draw(st.integers(1, 20))
    columns: dict[str, NDArray[Any]] = {"index": np.arange(count) + draw(st.sampled_from((0, 995, 32_760, 99_999_990)))}
    for number in range(draw(st.integers(1, 3))):
        trailing = draw(st.lists(st.integers(1, 4), max_size=4))
        column = draw(shapes.arrays(draw(DTYPES), (count, *trailing)))
        empty = draw(shapes.arrays(bool, column.shape)) if column.dtype.kind in "iu" and draw(st.booleans()) else None
        columns[f"column_{number}"] = column if empty is None else np.ma.masked_array(column, empty)
    return columns


@settings(max_examples=150)
@given(batches())
def test_every_line_equals_the_steps_dictionary(columns: dict[str, NDArray[Any]]) -> None:
    assert lines(columns) == plain(columns)
    assert told(columns) == [json.dumps(step) for step in plain(columns)] or has_floats(columns)


def has_floats(columns: dict[str, NDArray[Any]]) -> bool:
    """Python writes 1e+16 where the encoder writes 1e16; and float32 is written with the digits of a float64."""
    return any(column.dtype.kind == "f" for column in columns.values())


@pytest.mark.parametrize("edge", [99, 999, 1000, 9_999, 10_000, 32_767, 32_768, 9_999_999, 99_999_999, 10**12])
def test_numbers_on_the_edges_of_the_tables_are_written_in_full(edge: int) -> None:
    numbers = np.array([[-edge - 1, -edge, edge], [edge + 1, 0, -1]])
    columns = {"index": np.arange(2), "sums": numbers}
    assert lines(columns) == plain(columns)
    for number in numbers.reshape(-1):
        alone = {"index": np.arange(1), "output": np.array([number])}
        assert lines(alone) == plain(alone)


def test_nan_and_infinity_are_null() -> None:
    values = np.array([np.nan, np.inf, -np.inf, 1e300, -0.0])
    text = encode({"index": np.arange(5), "output": values})
    assert b"NaN" not in text
    assert b"Infinity" not in text
    assert [line["output"] for line in map(strict, text.decode().splitlines())] == [None, None, None, 1e300, 0.0]


@pytest.mark.parametrize("edge", [7, 32_767, 99_999_999, 2**62])
def test_cells_without_a_number_are_null_beside_whole_numbers_of_any_size(edge: int) -> None:
    window = np.ma.masked_array(
        np.array([[[edge, -1], [0, edge]], [[5, edge], [edge, 3]]]), [[[1, 0], [0, 0]], [[0, 0], [1, 1]]]
    )
    columns = {"index": np.arange(2), "window": window}
    assert told(columns) == [
        f'{{"type": "step", "index": 0, "window": [[null, -1], [0, {edge}]]}}',
        f'{{"type": "step", "index": 1, "window": [[5, {edge}], [null, null]]}}',
    ]


def test_a_short_batch_after_a_long_one_leaves_nothing_of_it() -> None:
    for count in (300, 7, 300, 1):
        columns = {"index": np.arange(count), "window": np.full((count, 1, 3, 3), count)}
        assert lines(columns) == plain(columns)


def test_strided_columns_are_read_in_their_own_order() -> None:
    turned = np.arange(24).reshape(2, 3, 4).transpose(1, 2, 0)
    columns = {"index": np.arange(3), "window": turned, "output": np.arange(6)[::2] / 4}
    assert lines(columns) == plain(columns)


def test_no_steps_are_no_lines() -> None:
    assert encode({"index": np.arange(0), "output": np.zeros(0)}) == b""
