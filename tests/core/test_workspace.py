"""Memory that threads keep, work cut into pieces, and plans that are found again."""

from __future__ import annotations

import threading
from copy import copy
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from core.algorithms.im2col import column_bytes
from core.algorithms.pieces import MOST_BYTES as MOST_OF_A_PIECE
from core.algorithms.pieces import by_pieces
from core.algorithms.plans import KEPT_BYTES, KEPT_PLANS, Plans, plan, plan_key
from core.algorithms.workspace import (
    LONG_ROW,
    MOST_BYTES,
    MOST_VIEWS,
    PAGE,
    SMALLEST_BUFFER,
    Workspace,
    apart,
    rows_in_place,
)

TYPES = [np.dtype(name) for name in ("u1", "i4", "f4", "f8")]
ASKED = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3000), st.sampled_from(TYPES)), max_size=20)


@given(ASKED)
def test_pieces_are_as_large_as_asked_and_lie_apart(asked: list[tuple[str, int, np.dtype[Any]]]) -> None:
    space, last = Workspace(), dict[str, Any]()
    for name, size, dtype in asked:
        last[name] = space.line(name, size, dtype)
        assert (last[name].shape, last[name].dtype) == ((size,), dtype)
        for number, line in enumerate(last.values()):
            line[:] = number + 1
    for number, line in enumerate(last.values()):
        assert (line == number + 1).all(), "nobody else writes there"


def test_a_piece_is_kept_until_a_larger_one_is_needed() -> None:
    space = Workspace()
    first = space.line("a", 100, np.dtype("f8"))
    first[:] = 7
    assert (space.line("a", 50, np.dtype("f8")) == 7).all()
    assert np.shares_memory(first, space.line("a", 800, np.dtype("u1")))
    assert not np.shares_memory(first, space.line("a", 101, np.dtype("f8")))


def test_what_is_very_large_is_not_kept() -> None:
    space = Workspace()
    cells = MOST_BYTES // 8
    assert np.shares_memory(space.line("a", cells, np.dtype("f8")), space.line("a", cells, np.dtype("f8")))
    one, two = (space.line("b", cells + 1, np.dtype("f8")) for _ in range(2))
    assert not np.shares_memory(one, two)


def test_each_thread_has_its_own() -> None:
    space = Workspace()
    mine = space.line("a", 10, np.dtype("f8"))
    theirs: list[Any] = []
    other = threading.Thread(target=lambda: theirs.append(space.line("a", 10, np.dtype("f8"))))
    other.start()
    other.join()
    assert not np.shares_memory(mine, theirs[0])


def test_cuts_are_remembered_until_a_piece_is_replaced() -> None:
    space, made = Workspace(), list[int]()

    def cut(key: int, size: int = 8) -> int:
        return space.cut(key, size, lambda: made.append(key) or len(made))  # type: ignore[func-returns-value]

    space.line("a", 10, np.dtype("f8"))
    assert [cut(1), cut(1), cut(2), cut(1)] == [1, 1, 2, 1]
    space.line("a", 5, np.dtype("f8"))
    assert cut(1) == 1
    space.line("a", 500, np.dtype("f8"))
    assert cut(1) == 3, "it was cut from a piece that is gone"
    assert cut(3, MOST_BYTES + 1) != cut(3, MOST_BYTES + 1), "what is not kept is not remembered"


def test_only_so_many_cuts_are_remembered() -> None:
    space = Workspace()
    for key in range(3 * MOST_VIEWS):
        space.cut(key, 8, object)
        assert len(space.views) <= MOST_VIEWS


@given(st.integers(1, 5000), st.integers(0, 9))
def test_pieces_begin_at_lines_of_the_cache_and_elsewhere_in_their_pages(size: int, number: int) -> None:
    room = apart(size, number)
    assert room.nbytes == size
    assert room.ctypes.data % PAGE == 256 + 1024 * (number % 4)


@pytest.mark.parametrize("width", [1, LONG_ROW - 1, LONG_ROW, 5000])
def test_the_buffer_of_numpy_is_as_it_was_afterwards(width: int) -> None:
    before = np.getbufsize()
    with rows_in_place(width):
        assert np.getbufsize() == (SMALLEST_BUFFER if width >= LONG_ROW else before)
    assert np.getbufsize() == before
    with pytest.raises(ZeroDivisionError), rows_in_place(width):
        raise ZeroDivisionError
    assert np.getbufsize() == before


def negated_sum(y: Any, x: Any, z: Any) -> None:
    np.negative(x, out=y)
    y += z


@given(hnp.arrays("f8", hnp.array_shapes(min_dims=0, max_dims=3, max_side=40), elements=st.integers(-9, 9)))
def test_work_by_pieces_is_the_work_itself(x: Any) -> None:
    z = x * 2 + 1
    assert np.array_equal(by_pieces(negated_sum, x, z), z - x)


@pytest.mark.parametrize(
    "cells", [0, 1, MOST_OF_A_PIECE // 8 - 1, MOST_OF_A_PIECE // 8 + 1, 3 * MOST_OF_A_PIECE // 8 + 5]
)
def test_the_last_piece_is_worked_too_also_of_arrays_that_lie_scattered(cells: int) -> None:
    x = np.arange(2.0 * cells)[::2]
    y = by_pieces(negated_sum, x, x[::-1])
    assert y.shape == x.shape
    assert np.array_equal(y, x[::-1] - x)


def key_of(number: int) -> tuple[int]:
    return (number,)


def test_plans_that_were_not_used_for_longest_go_first() -> None:
    plans, made = Plans(), plan(np.zeros((8, 8)), np.ones((3, 3)))
    for number in range(KEPT_PLANS):
        plans.put(key_of(number), made)
    assert plans.get(key_of(0)) is made
    plans.put(key_of(KEPT_PLANS), made)
    assert plans.get(key_of(0)) is made
    assert plans.get(key_of(1)) is None
    assert len(plans.kept) == KEPT_PLANS


def test_a_plan_that_holds_very_much_is_not_kept() -> None:
    plans, made = Plans(), plan(np.zeros((16, 32, 32), np.float32), np.ones((16, 16, 3, 3), np.float32))
    assert made.algorithm == "im2col"
    plans.put("small", made)
    shapes = replace(made.shapes, count=(40 * made.shapes.count[0], made.shapes.count[1]))
    assert column_bytes(shapes, made.lanes.itemsize) > KEPT_BYTES
    large = copy(made)
    large.shapes = shapes
    plans.put("large", large)
    assert (plans.get("small"), plans.get("large")) == (made, None)


SETTINGS = (1, 0, 1, 1, "zeros", False)
X, W = np.zeros((5, 5)), np.ones((3, 3))


def test_the_same_call_has_the_same_key_and_any_other_another() -> None:
    key = plan_key(X, W, None, SETTINGS)
    assert key == plan_key(X + 1, W.copy(), None, SETTINGS), "of x only shape and type count"
    others = [
        plan_key(np.zeros((5, 6)), W, None, SETTINGS),
        plan_key(X.astype("f4"), W, None, SETTINGS),
        plan_key(X, W * 2, None, SETTINGS),
        plan_key(X, W.astype("f4"), None, SETTINGS),
        plan_key(X, np.ones((1, 9)), None, SETTINGS),
        plan_key(X, W, np.zeros(1), SETTINGS),
        plan_key(X, W, np.ones(1), SETTINGS),
        plan_key(X, W, None, (2, 0, 1, 1, "zeros", False)),
        plan_key(X, W, None, (1, 0, 1, 1, "zeros", True)),
    ]
    assert len({key, *others}) == len(others) + 1


@pytest.mark.parametrize(
    ("x", "weight", "bias", "settings"),
    [
        (X.astype("i4"), W, None, SETTINGS),
        (X, W.tolist(), None, SETTINGS),
        (X, np.ones((64, 64)), None, SETTINGS),
        (X, W, [0.0], SETTINGS),
        (X, W, None, (1, 0, 1, 1, "zeros", 1)),
        (X, W, None, (np.array(1), 0, 1, 1, "zeros", False)),
    ],
    ids=["wide integers", "a list", "large weights", "a list of biases", "1 for true", "an array for a number"],
)
def test_what_could_mislead_is_not_looked_up(x: Any, weight: Any, bias: Any, settings: Any) -> None:
    assert plan_key(x, weight, bias, settings) is None
