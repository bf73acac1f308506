"""One number in a cell of a matrix: as it is typed, or refused or asked about."""

from __future__ import annotations

import pytest

from core.errors import SceneError
from core.matrices import SeveralReadings, read_cell


@pytest.mark.parametrize(
    ("typed", "value"),
    [("-0,5", -0.5), ("\u22122", -2), ("1/9", 1 / 9), (".5", 0.5), ("1e-3", 0.001), ("３", 3), ("½", 0.5), (" 7 ", 7)],
)
def test_a_cell_takes_a_number_as_it_is_typed(typed: str, value: float) -> None:
    assert read_cell(typed).values == ((value,),)


def test_a_cell_asks_what_a_comma_before_three_digits_means() -> None:
    with pytest.raises(SeveralReadings) as asked:
        read_cell("1,250", "weight")
    assert [reading.line for reading in asked.value.readings] == ["[1.25]", "[1250]"]


@pytest.mark.parametrize("typed", ["", "-", "1,2,3", "1 2", "x", "1e999", "[1]", "1/0", "nan"])
def test_a_cell_refuses_what_is_not_one_number(typed: str) -> None:
    with pytest.raises(SceneError):
        read_cell(typed)
