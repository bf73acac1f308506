"""Numbers in cells: what is written says the number as exactly as it claims to, and never crosses its cell."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.render.digits import (
    DIGIT,
    LEAST,
    MULTIPLE,
    NONE,
    SIGNIFICANT,
    Lettering,
    digit_size,
    figure_in,
    fitting,
    lettering_of,
    shortened,
    widest,
    without_leading_zero,
)
from core.rules.figures import LARGEST_WRITTEN_OUT, figure, is_exact, read_figure

finite = st.floats(allow_nan=False, allow_infinity=False)
everyday = st.floats(-1000, 1000)
numbers = st.one_of(finite, everyday, st.integers(-(10**15), 10**15).map(float))
parts = st.builds(  # of one, of every size that is not written with an exponent
    lambda part, tenths, sign: sign * part * 10.0**-tenths,
    st.floats(0.1, 0.999),
    st.integers(0, 2),
    st.sampled_from([1, -1]),
)
letterings = st.builds(Lettering, st.integers(LEAST, 28), st.sampled_from(SIGNIFICANT))


def unit(value: float, digits: int) -> Decimal:
    """What the last of so many significant digits counts; of numbers from 100 on, which keep their whole part, one."""
    place = Decimal(value).adjusted() - digits + 1
    return Decimal(1).scaleb(place if not 1e-4 <= abs(value) < 1e7 else min(place, 0))


@given(numbers, st.sampled_from(SIGNIFICANT))
@example(99.96, 3)
@example(0.0009996, 3)
@example(9.5e300, 1)
@example(5e-324, 1)
def test_a_number_in_few_digits_is_at_most_half_a_unit_of_the_last_away(value: float, digits: int) -> None:
    text = figure_in(value, digits)
    if value == int(value) and abs(value) < LARGEST_WRITTEN_OUT:
        assert read_figure(text) == value
    else:
        assert abs(Decimal(text.replace("−", "-")) - Decimal(value)) <= unit(value, digits) * Decimal("0.500001")
    assert "-" not in text
    assert text.startswith("−") == (value < 0)


@given(numbers, st.sampled_from(SIGNIFICANT))
def test_a_number_and_its_opposite_differ_by_the_sign_alone(value: float, digits: int) -> None:
    assert figure_in(abs(value) or 0.0, digits) == figure_in(-abs(value), digits).removeprefix("−")


@given(numbers, numbers, st.sampled_from(SIGNIFICANT))
def test_a_larger_number_is_never_written_as_a_smaller_one(first: float, second: float, digits: int) -> None:
    low, high = sorted((first, second))
    assert read_figure(figure_in(low, digits)) <= read_figure(figure_in(high, digits)) or same_but_whole(low, high)


def same_but_whole(low: float, high: float) -> bool:
    """A whole number keeps all its digits where its neighbour, which is none, is rounded."""
    return any(value == int(value) for value in (low, high)) and high - low <= float(unit(high or low, 1))


@given(numbers)
def test_what_is_told_exactly_reads_back_as_the_number(value: float) -> None:
    if is_exact(value):
        assert read_figure(figure(value)) == pytest.approx(value, rel=2e-15)
    else:
        assert read_figure(figure(value)) != value


@pytest.mark.parametrize("digits", SIGNIFICANT)
@pytest.mark.parametrize(
    ("value", "text"), [(None, "–"), (math.nan, "–"), (math.inf, "∞"), (-math.inf, "−∞"), (-0.0, "0"), (0, "0")]
)
def test_what_is_no_number_has_its_sign(value: float | None, text: str, digits: int) -> None:
    assert figure_in(value, digits) == text
    assert fitting(value, 40, Lettering(12, digits))[0] == text


@given(numbers, st.floats(19, 60), letterings)
def test_a_number_never_crosses_its_cell(value: float, cell: float, lettering: Lettering) -> None:
    text, size = fitting(value, cell, lettering)
    assert size <= lettering.size
    assert len(text) * DIGIT * size <= cell - 3 or size == 1
    assert size == int(size)


@given(numbers, st.sampled_from(SIGNIFICANT), st.integers(0, 12))
def test_less_room_never_makes_a_text_longer_and_room_enough_changes_nothing(
    value: float, digits: int, letters: int
) -> None:
    whole = figure_in(value, digits)
    assert len(shortened(value, digits, letters)) <= len(whole)
    assert shortened(value, digits, len(whole)) == whole
    if len(shortened(value, digits, letters)) <= letters:
        assert len(shortened(value, digits, letters + 1)) <= letters + 1


@given(parts, st.sampled_from(SIGNIFICANT), st.integers(2, 9))
def test_without_the_zero_a_part_of_one_is_as_near_as_its_decimals_allow(value: float, digits: int, room: int) -> None:
    letters = room + (value < 0)
    text = shortened(value, digits, letters)
    assert len(text) <= letters
    written = len(text.partition(".")[2])
    if len(figure_in(value, 1)) > letters:
        assert text == without_leading_zero(value, figure_in(value, 1), letters)
        assert text.startswith("−." if value < 0 else ".")
        assert written == room - 1 or abs(read_figure(text) - value) <= float(unit(value, 1)) / 2
    assert abs(read_figure(text) - value) <= 0.5000001 * 10.0**-written


@given(st.floats(1, 200), st.floats(1, 200), st.integers(1, 12))
def test_a_larger_cell_has_no_smaller_digits_and_more_letters_no_larger_ones(
    first: float, second: float, letters: int
) -> None:
    small, large = sorted((first, second))
    assert digit_size(small, letters) <= digit_size(large, letters) <= LEAST * MULTIPLE
    assert digit_size(large, letters + 1) <= digit_size(large, letters)
    assert digit_size(small, letters) in (0, *range(LEAST, int(LEAST * MULTIPLE) + 1))


@given(st.floats(1, 80), st.lists(st.integers(1, 9), min_size=3, max_size=3).map(lambda few: sorted(few)[::-1]))
def test_a_grid_has_the_most_digits_for_which_there_is_room(cell: float, letters: list[int]) -> None:
    size, digits = lettering_of(cell, letters)
    rooms = [digit_size(cell, count) for count in letters]
    assert (size > 0) == any(rooms)
    if size:
        place = SIGNIFICANT.index(digits)
        assert size == rooms[place]
        assert not any(rooms[:place])
    else:
        assert Lettering(size, digits) == NONE


@given(st.integers(-999, 999), st.integers(-999, 999), st.floats(0, 1))
def test_whole_numbers_between_the_ends_need_no_more_letters_than_the_widest(
    first: int, second: int, share: float
) -> None:
    low, high = sorted((first, second))
    between = round(low + share * (high - low))
    (letters,) = widest([first, second], whole=True)
    assert len(figure(between)) <= letters or between * low < 0
    assert widest([first, second], whole=True) == widest([second, first], whole=True)


@given(everyday, everyday)
def test_fewer_digits_need_no_more_letters(first: float, second: float) -> None:
    most, middle, least = widest([first, second], whole=False)
    assert most >= middle >= least >= 1
    assert most >= max(len(figure(value)) for value in (first, second))
