"""Letters under a rule: what they are told to be in a step is what the rule means by them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import core
from core import OPERATIONS
from core.rules.filling import fill
from core.rules.standing import letters_used, standing
from core.rules.tree import Number, Relation, Symbol, Tree
from core.trace import Trace
from tests.core.evaluating import gathered, readings
from tests.core.layers import traces


def told(trace: Trace, place: int) -> dict[Any, Any]:
    """Letters and cells with their numbers in a step; infinity is none."""
    rule = trace.layer.rule()
    assert rule is not None
    fields = {"step": trace[place], "start": trace.start()}
    filled = [fill(relation, fields) for relation in standing(rule.general.lines, rule.numbers)]
    pairs = [line.sides for line in filled if isinstance(line, Relation)]
    return {letter: number.value for letter, number in pairs if isinstance(number, Number) and number.value is not None}


@pytest.mark.parametrize("name", sorted(OPERATIONS))
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_cell_at_the_told_places_holds_the_told_number(name: str, data: st.DataObject) -> None:
    trace = data.draw(traces(name))
    assume(trace is not None)
    assert trace is not None
    numbers = told(trace, data.draw(st.integers(0, len(trace) - 1)))
    rule = trace.layer.rule()
    assert rule is not None
    cell = rule.general.lines[-1].sides[0]  # type: ignore[attr-defined]
    if cell not in numbers or not all(letter in numbers for letter in cell.index):
        return
    at = tuple(int(numbers[letter]) for letter in cell.index)
    for reading in readings(rule, trace.input):
        assert np.isclose(gathered(reading, at), numbers[cell], rtol=1e-9, atol=1e-9)


def names(letters: dict[Any, Any]) -> dict[str, Any]:
    def written(letter: Tree) -> str:
        assert isinstance(letter, Symbol)
        return letter.name + "".join(f" {part.name}" for part in letter.index if isinstance(part, Symbol))

    return {written(letter): value for letter, value in letters.items()}


def test_a_step_of_sobel_tells_its_places_and_both_sums() -> None:
    trace = core.trace("[1 2 3 4; 5 6 7 8; 9 9 9 9; 1 0 1 0] | sobel")
    step = trace[3]
    assert names(told(trace, 3)) == {
        "y k r c": step["output"], "k": 0, "r": 1, "c": 1, "g^x k r c": step["sums"][0], "g^y k r c": step["sums"][1]
    }  # fmt: skip


def test_an_input_cell_beside_a_window_is_no_letter_of_one_number() -> None:
    assert "x" not in "".join(names(told(core.trace("[1 2; 3 4] | max_pool2d 2"), 0)))
    assert names(told(core.trace("[1 -2; 3 4] | relu"), 1))["x k r c"] == -2


def test_settings_that_the_rule_does_not_write_are_left_out() -> None:
    rule = core.trace("[1 2; 3 4] | relu").layer.rule()
    assert rule is not None
    assert letters_used((*rule.general.lines, *rule.general.over), rule.letters) == {"C_o": 1, "O_h": 2, "O_w": 2}
