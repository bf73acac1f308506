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


def plain(columns: dict[str, NDArray[Any]]) -> list[Any]:
    return [{"type": "step", **record} for record in Batch(columns).records()]


@st.composite
def batches(draw: st.DrawFn) -> dict[str, NDArray[Any]]:
    count = draw(st.integers(1, 20))
    columns: dict[str, NDArray[Any]] = {"index": np.arange(count) + draw(st.sampled_from((0, 995, 32_760, 99_999_990)))}
    for number in range(draw(st.integers(1, 3))):
        trailing = draw(st.lists(st.integers(1, 4), max_size=4))
        columns[f"column_{number}"] = draw(shapes.arrays(draw(DTYPES), (count, *trailing)))
    return columns


@settings(max_examples=150)
@given(batches())
def test_every_line_equals_the_steps_dictionary(columns: dict[str, NDArray[Any]]) -> None:
    assert lines(columns) == plain(columns)


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
