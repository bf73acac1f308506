"""Every rule, worked out as it is written, gives what the core computes."""

from __future__ import annotations

import math
from itertools import islice

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import core
from core import OPERATIONS
from core.rules.figures import figure, is_exact, read_figure
from core.rules.filling import fill, rounds
from core.rules.folding import put
from core.rules.slots import Slot, Whole
from core.rules.tree import Number, Relation, Symbol, Terms, Tree
from core.rules.writing import equal, floor, symbol
from core.trace import Trace
from tests.core.evaluating import Reading, gathered, numbers, output_view, readings, sides, whole
from tests.core.layers import traces

FEW = 6  # cells of an output that are worked out
FAST = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
TOLD = sorted(OPERATIONS)


def same(one: float, other: float) -> bool:
    return bool(np.isclose(one, other, rtol=1e-9, atol=1e-9, equal_nan=True))


def written(reading: Reading, trace: Trace) -> list[tuple[float, float]]:
    """Pairs of what the statement says of a cell and what the core computes."""
    output = trace.feature_map()
    if not is_gathered(reading):
        return list(zip(whole(reading, output.shape).flat, output.astype(float).flat, strict=True))
    viewed = output.reshape(output_view(reading, output.shape))
    places = islice(np.ndindex(viewed.shape), 0, None, max(1, output.size // FEW))
    return [(gathered(reading, at), float(viewed[at])) for at in places]


def is_gathered(reading: Reading) -> bool:
    """Whether each output cell is told by itself."""
    line = reading.statement.lines[0]
    cell = line.sides[0] if isinstance(line, Relation) and line.signs == ("=",) else None
    return isinstance(cell, Symbol) and all(isinstance(part, Symbol | Number) for part in cell.index)


@pytest.mark.parametrize("name", TOLD)
@FAST
@given(data=st.data())
def test_a_rule_worked_out_gives_the_feature_map(name: str, data: st.DataObject) -> None:
    trace = data.draw(traces(name))
    assume(trace is not None and trace.feature_map().size <= 2000)
    assert trace is not None
    rule = trace.layer.rule()
    assert rule is not None
    for reading in readings(rule, trace.input):
        wrong = [pair for pair in written(reading, trace) if not same(*pair)]
        assert wrong == []


def lines_of(trace: Trace, place: int) -> list[Relation]:
    """A step with its numbers."""
    rule = trace.layer.rule()
    assert rule is not None
    fields = {"step": trace[place], "start": trace.start()}
    filled = [fill(template, fields) for template in (*rule.numbers, *rule.aside)]
    return [line for line in filled if isinstance(line, Relation)]


@pytest.mark.parametrize("name", TOLD)
@FAST
@given(data=st.data())
def test_the_numbers_of_a_step_are_true_and_an_equals_sign_is_exact(name: str, data: st.DataObject) -> None:
    trace = data.draw(traces(name))
    assume(trace is not None)
    assert trace is not None
    for line in lines_of(trace, data.draw(st.integers(0, len(trace) - 1))):
        meant, shown = sides(line), sides(line, lambda value: read_figure(figure(value)))
        for place, sign in enumerate(line.signs):
            if sign in {"=", "≈"}:
                assert agreeing(meant[place : place + 2], rounded_degrees(line)), line
            if sign == "=":
                assert agreeing(shown[place : place + 2]), line
        rounded = any(not is_exact(number.value) for number in numbers(line))
        assert rounded or "≈" not in line.signs or rounds(line), line


def agreeing(pair: list[object], tolerance: float = 1e-11) -> bool:
    if None in pair:
        return True
    one, other = (np.array(value, float) for value in pair)
    return bool(np.allclose(one, other, rtol=1e-11, atol=tolerance, equal_nan=True))


def rounded_degrees(line: Tree) -> float:
    """How far whole degrees may be from an angle."""
    return math.radians(0.501) if any(number.unit for number in numbers(line)) else 1e-11


def test_a_sum_of_many_products_says_how_many_are_left_out() -> None:
    trace = core.trace(f"[{'; '.join(['1 1 1 1 1 1'] * 6)}] | box-5")
    (line,) = lines_of(trace, 0)
    terms = line.sides[1].above  # type: ignore[attr-defined]
    assert isinstance(terms, Terms)
    assert sum(getattr(term, "count", 1) for term in terms.terms) == 25


def test_figures_are_what_people_write() -> None:
    told = {1: "1", -3.0: "−3", 0.1 + 0.2: "0.3", 1418 / 7: "203", 2.345678: "2.35", 1e12: "1e12", 0.5e-4: "5e−5",
            99.96: "100", 0.000123: "0.000123", 99990000.5: "1e8"}  # fmt: skip
    assert {value: figure(value) for value in told} == told
    assert [figure(value) for value in (None, math.nan, math.inf, -math.inf, 0.0, -0.0)] == [
        "–", "–", "∞", "−∞", "0", "0"]  # fmt: skip


def test_what_says_nothing_is_folded_away() -> None:
    r, S, P = (symbol(name) for name in ("r", "S", "P"))
    place = r * S + "i" - P
    assert put(place, {"S": 1, "P": 0}) == r + "i"
    assert put(place, {"S": 2, "P": 1}) == 2 * r + "i" - Number(1)
    assert put(floor(r * "G" / "F"), {"G": 2, "F": 4}) == floor(r / Number(2))
    assert put(floor(r * "G" / "F"), {"G": 4, "F": 4}) == r


def test_a_side_that_a_step_does_not_tell_is_left_out() -> None:
    line = equal(symbol("y"), Slot(("step", "window", 0)), Slot(("step", "sum")))
    assert fill(line, {"step": {"sum": 3}}) == equal(symbol("y"), Number(3))
    assert fill(line, {"step": {}}) is None


def test_whole_numbers_are_worked_out() -> None:
    place = Whole(floor(Slot(("step", "at", 0)) / Number(2)) * Number(3) + 1)
    assert fill(place, {"step": {"at": [5]}}) == Number(7)
