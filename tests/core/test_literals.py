"""Words of the scene line: what is split is all there, and what is spelled reads back as the same."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from core import literals
from core.columns import joined, nested_lists
from core.drawn import LARGEST_SIDE, MOST_NUMBERS, Drawn, parse_drawn
from core.errors import SceneError
from core.integers import LARGEST, pair, whole
from core.moved import moved
from kernelwalk.columns import joined as side_by_side
from kernelwalk.columns import width
from tests.core.scenes import matrices

CLOSING = {"[": "]", "(": ")", "{": "}"}
finite = st.floats(allow_nan=False, allow_infinity=False)
plain = st.text("ab1 .,=|-", max_size=6)


def closed(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda opening, text: opening + text + CLOSING[opening], st.sampled_from("[({"), inner)


bracketed = st.recursive(plain, lambda inner: st.builds("{}{}".format, inner, closed(inner)), max_leaves=6)


def outside(text: str, separator: str) -> int:
    """How many separators stand in no bracket."""
    depth = found = 0
    for letter in text:
        depth += (letter in "[({") - (letter in "])}")
        found += letter == separator and depth == 0
    return found


@given(bracketed, st.sampled_from("|,="))
def test_what_is_split_is_all_there_and_cut_outside_brackets_alone(text: str, separator: str) -> None:
    parts = literals.split(text, separator)
    assert separator.join(parts) == text
    assert len(parts) == outside(text, separator) + 1
    assert all(outside(part, separator) == 0 for part in parts)


@given(bracketed)
def test_words_hold_every_letter_and_no_space_but_in_brackets(text: str) -> None:
    words = literals.words(text)
    assert "".join(words).replace(" ", "") == text.replace(" ", "")
    assert all(word and outside(word, " ") == 0 for word in words)


@given(bracketed, st.sampled_from("[]({)}"), st.data())
def test_one_bracket_too_many_is_refused(text: str, bracket: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    with pytest.raises(SceneError, match="a bracket is"):
        literals.split(text[:place] + bracket + text[place:], "|")


@given(st.one_of(finite, st.integers(-(10**30), 10**30), st.booleans()))
def test_a_number_reads_back_as_itself_and_of_its_own_type(value: Any) -> None:
    found = literals.read("value", literals.spell(value, "number"))
    assert found == value
    assert type(found) is type(value)


@given(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)))
def test_a_pair_reads_back_as_the_same_two_sides(value: tuple[int, int]) -> None:
    assert pair("stride", literals.read("stride", literals.spell(value, "pair"))) == value


@given(st.one_of(matrices(2), matrices(3), matrices(4)))
def test_a_matrix_reads_back_as_the_same_numbers(value: Any) -> None:
    assert literals.read("weight", literals.spell(value, "weight")) == value


@given(st.text("+-.eE0123456789", max_size=8))
def test_what_looks_like_a_number_is_the_number_that_python_reads(text: str) -> None:
    found = literals.read("value", text)
    if isinstance(found, str):
        assert found == text
        assert literals.NUMBER.fullmatch(text) is None
    else:
        assert found == float(text) or math.isinf(float(text))
        assert isinstance(found, int) == text.lstrip("+-").isdigit()


@pytest.mark.parametrize("digits", ["1" * 41, "0." + "3" * 39, "-" + "9" * 40, "1e" + "0" * 39])
def test_a_number_longer_than_any_is_refused_before_it_is_read(digits: str) -> None:
    with pytest.raises(SceneError, match="longer than any number"):
        literals.read("value", digits)


@given(st.integers(-(2**40), 2**40), st.integers(-9, 9), st.integers(0, 99))
def test_whole_numbers_in_range_pass_as_they_are_in_every_type_of_them(value: int, least: int, more: int) -> None:
    kinds = [int, np.int64, np.array, *([np.uint64] if value >= 0 else [])]
    for kind in kinds:
        if least <= value <= least + more:
            found = whole("stride", kind(value), least, least + more)
            assert found == value
            assert type(found) is int
        else:
            with pytest.raises(SceneError, match=r"must be at (least|most)"):
                whole("stride", kind(value), least, least + more)


@pytest.mark.parametrize("value", [True, np.True_, 1.0, np.float32(2), "1", None, [1], np.arange(3), 1 + 0j, b"1"])
def test_what_is_no_whole_number_is_refused_whatever_it_equals(value: Any) -> None:
    with pytest.raises(SceneError, match="must be a whole number"):
        whole("stride", value)


# --- columns of steps, and pictures that move


@given(arrays.arrays(np.float64, st.tuples(st.integers(1, 3), st.integers(1, 4))), st.booleans())
def test_lists_are_strict_json_with_null_for_what_is_no_number(column: Any, masks: bool) -> None:
    gone = np.isfinite(column) & (column > 0) if masks else np.zeros(column.shape, bool)
    told = nested_lists(np.ma.masked_array(column, gone) if masks else column)
    for value, known, hidden in zip(np.ravel(np.array(told, object)), column.ravel(), gone.ravel(), strict=True):
        assert value == known if np.isfinite(known) and not hidden else value is None
    assert json.loads(json.dumps(told, allow_nan=False)) == told


@given(st.lists(st.tuples(st.lists(st.integers(-9, 9), min_size=1, max_size=3), st.booleans()), min_size=1, max_size=4))
def test_pieces_put_together_keep_their_numbers_and_which_are_masked(pieces: list[tuple[list[int], bool]]) -> None:
    columns = [
        np.ma.masked_array(numbers, [value < 0 for value in numbers]) if masks else np.array(numbers)
        for numbers, masks in pieces
    ]
    known = [None if masks and value < 0 else value for numbers, masks in pieces for value in numbers]
    assert joined(columns).tolist() == known


@given(arrays.arrays(np.int64, st.tuples(*[st.integers(1, 6)] * 3), elements=st.integers(1, 9)), st.integers(0, 9))
def test_a_moved_picture_loses_at_its_right_edge_and_takes_zeros_in(picture: Any, farthest: int) -> None:
    each = moved(picture, farthest)
    assert len(each) == farthest + 1
    for far, one in enumerate(each):
        assert one.shape == picture.shape
        assert not one[..., :far].any()
        assert np.array_equal(one[..., far:], picture[..., : max(0, picture.shape[2] - far)])
        left = picture[..., : max(0, picture.shape[2] - far)]
        assert one.sum() == left.sum()
        if left.size:  # the centre of mass goes as far to the right as the picture
            assert centre(one) == pytest.approx(centre(left) + far)
        if far:
            assert np.array_equal(one, moved(each[far - 1], 1)[1])


def centre(picture: Any) -> float:
    return float((picture * np.arange(picture.shape[2])).sum() / picture.sum())


@given(
    st.tuples(st.integers(1, 9), st.integers(1, 9)), st.integers(0, LARGEST), st.integers(-99, 99), st.integers(0, 99)
)
def test_drawn_numbers_lie_between_their_ends_and_move_with_them(
    shape: tuple[int, int], seed: int, least: int, more: int
) -> None:
    drawn = Drawn(shape, seed, least, least + more)
    values = drawn.values()
    assert values.shape == (1, *shape)
    assert least <= values.min() <= values.max() <= least + more
    assert np.array_equal(values - least, Drawn(shape, seed, 0, more).values())
    assert parse_drawn(drawn.line.split()[1:]) == drawn
    assert np.array_equal(values.ravel(), Drawn((math.prod(shape), 1), seed, least, least + more).values().ravel())


@pytest.mark.parametrize("shape", [(LARGEST_SIDE, MOST_NUMBERS // LARGEST_SIDE), (1, 1), (1, 256, 256)])
def test_the_largest_shapes_are_drawn_and_one_more_is_refused(shape: tuple[int, ...]) -> None:
    assert Drawn(shape).values().size == math.prod(shape)
    with pytest.raises(SceneError, match="shape is"):
        Drawn((*shape[:-1], MOST_NUMBERS // math.prod(shape[:-1]) + 1))


@given(st.lists(st.lists(st.text("ab한글＋ ", min_size=1, max_size=5), min_size=3, max_size=3), min_size=1, max_size=5))
def test_columns_of_a_terminal_begin_below_each_other(table: list[list[str]]) -> None:
    lines = list(side_by_side(table, right=2))
    widths = [max(width(row[place]) for row in table) for place in range(3)]
    for row, line in zip(table, lines, strict=True):
        left = row[0] + " " * (widths[0] - width(row[0])) + "  " + row[1] + " " * (widths[1] - width(row[1]))
        assert line == f"{left}  {' ' * (widths[2] - width(row[2]))}{row[2]}".rstrip()
        assert width(line) <= sum(widths) + 4
    assert [width(text) for text in ("", "a글b", "＋", "é")] == [0, 4, 2, 1]
