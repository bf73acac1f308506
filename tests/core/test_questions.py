"""Questions: right answers are the core's, usual slips have sentences of their own, answers are read as written."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import core
from core import OPERATIONS, Trace
from core.errors import SceneError
from core.questions.drawing import KINDS, askable, question, questions
from core.questions.question import ASKS, Question, asks_named, judged, near, written
from core.questions.values import faded
from tests.core.layers import traces

STEPS = core.trace("@first-steps")


def told(line: str, ask: Any, answer: str, step: int | None = None, layer: int = 0) -> str:
    """What is said to an answer; nothing where it is right."""
    verdict = judged(question(core.trace(line, layer=layer), ask, 1, 0, step), answer)
    return "" if verdict.right else str(verdict.sentence)


# --- the slips of a course, each with its own sentence


@pytest.mark.parametrize(
    ("line", "ask", "step", "slips"),
    [
        ("[1 2 3; 4 5 6; 7 8 9] | conv2d [1 2; 3 5]", "value", 0, {"24": "turned by 180 degrees"}),
        ("[1 2 3; 4 5 6; 7 8 9] | conv2d [1 2; 3 5] flip=true", "value", 0, {"42": "as it is drawn"}),
        ("@flip-or-not", "value", 0, {"16": "as it is drawn"}),
        ("[1 2; 3 4] | conv2d [5 7; 1 2] padding=1", "value", 0, {"30": "without padding"}),
        ("[1 2 3; 4 5 6; 7 8 9] | conv2d [3] stride=2", "value", 1, {"6": "one cell a step"}),
        ("[1 2 3; 4 5 6; 7 8 9] | conv2d [1 10] dilation=2", "value", 0, {"21": "dilation"}),
        ("[1 2; 3 4] | conv2d [2] bias=10", "value", 0, {"2": "bias was forgotten", "22": "twice"}),
        ("[8 16] | conv2d [1 1] divisor=4", "value", 0, {"24": "not divided", "-6": "sign turned"}),
        ("@multi-channel", "value", 0, {"2": "channel 1 alone", "10": "without the kernel", "7": "another window"}),
        ("[[[1,2]],[[3,4]]] | conv2d [[[[1]],[[2]]]] bias=10", "value", 0, {"27": "once for each channel"}),
        ("[1 9; 5 3] | max_pool2d 2", "value", 0, {"18": "sum", "4.5": "mean", "1": "smallest"}),
        ("[1 9; 5 3] | avg_pool2d 2", "value", 0, {"18": "sum", "9": "largest"}),
        ("@stride-2", "size", None, {"3x3": "stride", "1x1": "+ 1", "5x5": "size of the input"}),
        ("[1 2 3 4; 5 6 7 8; 9 1 2 3; 4 5 6 7] | conv2d box-3 stride=2", "size", None, {"2x2": "rounds up"}),
        ("@zero-padding", "size", None, {"4x4": "counts the padding once", "3x3": "forgets the padding"}),
        ("[1 2 3 4 5] | conv2d [1 1] dilation=2", "size", None, {"1x4": "dilation", "3x1": "height comes first"}),
        (
            "[[[1,2],[3,4]],[[1,2],[3,4]]] | conv2d out=3 kernel_size=2",
            "parameters",
            None,
            {"24": "leaves out the biases", "15": "leaves out the channels", "25": "one bias", "9": "one kernel"},
        ),
        ("@first-steps", "parameters", None, {"81": "shared", "225": "fully connected", "10": "has none"}),
        ("@max-pool", "parameters", None, {"4": "cells of the window"}),
    ],
)
def test_a_usual_slip_is_told_by_name(line: str, ask: Any, step: int | None, slips: dict[str, str]) -> None:
    for answer, words in slips.items():
        assert words in told(line, ask, answer, step), answer


def test_the_right_answers_of_the_first_figure() -> None:
    assert [told("@first-steps", "value", answer, step) for step, answer in enumerate(["6", "9", "11", "10"])] == [
        ""
    ] * 4
    assert told("@first-steps", "size", "3 x 3") == told("@first-steps", "parameters", "9") == ""


def test_who_turns_the_kernel_of_the_fourth_step_is_told_so() -> None:
    flipped = core.trace(core.parse("@first-steps").line + " flip=true")[3]["output"]
    assert flipped != 10
    assert "turned by 180 degrees" in told("@first-steps", "value", str(flipped), 3)


def test_an_answer_that_no_slip_leads_to_is_quoted() -> None:
    assert told("@first-steps", "value", "987", 0).startswith("987 is not right")


# --- whatever operation, whatever settings


@pytest.mark.parametrize("name", sorted(OPERATIONS))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_right_answers_are_the_cores_and_wrong_ones_are_wrong(name: str, data: st.DataObject) -> None:
    trace = data.draw(traces(name))
    if trace is None:
        return
    for ask in askable(trace):
        asked = question(trace, ask, data.draw(st.integers(0, 50)), data.draw(st.integers(0, 5)))
        assert near(asked.answer, truth(trace, asked), asked.tolerance)
        assert judged(asked, written_exactly(asked)).right
        assert not any(asked.is_right(slip.answer) for slip in asked.slips)
        assert all(str(slip.why) and asked.prompt and asked.explanation for slip in asked.slips)
        json.dumps([asked.shown, asked.revealed, asked.choices])


def truth(trace: Trace, asked: Question) -> tuple[float, ...]:
    """The answer found in another way than the question's."""
    if asked.ask == "value":
        return (float(trace.feature_map().reshape(-1)[asked.step]),)
    if asked.ask == "size":
        return tuple(map(float, trace.feature_map().shape[1:]))
    if asked.ask == "parameters":
        return (float(core.describe(trace.scene, trace.input_shape)[trace.index]["parameters"]),)
    if asked.ask == "winner":
        cells = np.array(trace[asked.step or 0]["window"], float)
        row, col = np.unravel_index(np.nanargmax(cells), cells.shape)
        return (float(row + 1), float(col + 1))
    if asked.ask == "window":
        row, col = trace[(asked.step or 0) + 1]["corner"]
        places = [str(choice) for choice in asked.choices]
        return (float(places.index(f"row {row + 1}, column {col + 1}")),)
    return (float(maps_like_it(trace, asked)),)


def maps_like_it(trace: Trace, asked: Question) -> int:
    """Which kernel makes the map that is shown; exactly one does."""
    found = []
    for place, kernel in enumerate(asked.choices):
        given = trace.operation.changed()
        weight = kernel if np.ndim(given["weight"]) != 1 else kernel[0]
        divided = {"divisor": trace.start()["divisor"]} if "divisor" in trace.operation.arguments else {}
        turned = type(trace.operation)(**given | {"weight": weight} | divided)
        made = turned.layer(trace.input_shape).apply(trace.input)
        if np.allclose(made.astype(float), np.array(asked.shown["map"], float)):
            found.append(place)
    assert len(found) == 1
    return found[0]


def written_exactly(asked: Question) -> str:
    return f"{asked.answer[0]!r}" if asked.gives == "number" else written(asked.answer, asked.gives)


# --- drawing


def test_the_same_seed_draws_the_same_questions() -> None:
    one, again, other = (questions(STEPS, ASKS, seed, 0, 10) for seed in (4, 4, 5))
    assert one == again
    assert one != other


def test_ten_questions_of_one_figure_are_ten_different_ones() -> None:
    asked = questions(STEPS, ASKS, 3, 0, 10)
    assert len({(each.ask, each.step) for each in asked if each.ask != "window"}) == sum(
        each.ask != "window" for each in asked
    )
    assert [each.ask for each in asked].count("size") == 1


@pytest.mark.parametrize("row", core.GALLERY.values(), ids=lambda row: row.id)
def test_every_figure_has_a_question(row: Any) -> None:
    scene = core.parse(f"@{row.id}")
    matrix = scene.source.array()
    side = 28 if str(scene.source.name).startswith("digit") else 32  # what networks read, and what others do
    x = np.arange(side * side * 3, dtype=np.uint8).reshape(3, side, side) if matrix is None else matrix
    x = x if matrix is not None or scene.source.mode == "rgb" else x[:1]
    traced = core.trace(scene, x, row.layer)
    if not traced.scatters and row.id not in ("im2col", "im2col-pool"):
        assert askable(traced), row.id


def test_what_a_layer_has_no_question_for_is_refused_with_what_it_has() -> None:
    with pytest.raises(SceneError, match="value, size, parameters, kernel, window"):
        question(STEPS, "winner", 0, 0)
    with pytest.raises(SceneError, match="did you mean value"):
        asks_named("values")
    with pytest.raises(SceneError, match="counted from 0"):
        question(STEPS, "value", 0, 0, step=9)


def test_nothing_that_is_shown_gives_the_answer_away() -> None:
    for seed in range(20):
        asked = question(STEPS, "value", seed, seed)
        row, col = asked.shown["at"]
        cells = [cell for line in asked.shown["map"][0] for cell in line]
        assert all(cell is None for cell in cells[row * 3 + col :])
        assert not {"sums", "products", "output", "size"} & set(asked.shown)
        assert asked.revealed["map"][0][row][col] == asked.answer[0]


# --- fading


def test_each_step_of_fading_leaves_out_one_thing_more() -> None:
    asked = question(STEPS, "value", 0, 0, step=3)
    held = [{"sums", "products", "window"} & set(faded(asked, fade)) for fade in (1, 2, 3, 4)]
    assert held == [{"sums", "products", "window"}, {"products", "window"}, {"window"}, set()]
    assert faded(asked, 1)["map"][0][1][0] == 10
    assert all(faded(asked, fade)["map"][0][1][0] is None for fade in (2, 3, 4))
    assert "corner" not in faded(asked, 4)
    assert [faded(asked, fade).get("holes") for fade in (1, 2, 3, 4)] == [
        None, None, {"products": [1, 3, 3]}, {"window": [1, 3, 3], "products": [1, 3, 3]}
    ]  # fmt: skip


# --- what people write


@pytest.mark.parametrize("text", ["10", "10.0", "１０", " 10 ", "10,0", "+10", "20/2", "1e1", "１０．０", "10,"])
def test_ten_is_read_however_it_is_written(text: str) -> None:
    assert judged(question(STEPS, "value", 1, 0, step=3), text).right


@pytest.mark.parametrize("text", ["-3,5", "−3.5", "－３．５", "-7/2", "- 3.5"])
def test_minus_three_and_a_half_is_read_however_it_is_written(text: str) -> None:
    asked = question(core.trace("[7] | conv2d [-0.5]"), "value", 1, 0)
    assert judged(asked, text).right


@pytest.mark.parametrize("text", ["3x3", "3 × 3", "3*3", "(3, 3)", "3 3", "3", "３×３", "[3; 3]"])
def test_a_size_is_read_however_it_is_written(text: str) -> None:
    assert judged(question(STEPS, "size", 1, 0), text).right


@pytest.mark.parametrize(
    ("ask", "text"),
    [
        ("value", ""), ("value", "ten"), ("value", "nan"), ("value", "1/0"), ("value", "inf"), ("value", "--3"),
        ("value", "1e9999"), ("value", "9" * 99), ("value", "1" * 101), ("value", None), ("value", 10),
        ("size", "3x3x3"),
        ("size", "a"), ("kernel", "E"), ("kernel", ""), ("kernel", "12"), ("kernel", "0"), ("window", "가"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(ask: Any, text: Any) -> None:
    with pytest.raises(SceneError):
        judged(question(STEPS, ask, 1, 0), text)


@pytest.mark.parametrize("text", ["1e999/3", "-1e999/7", "1e999", f"{'9' * 30}e300/2"])
def test_a_number_beyond_all_others_is_an_answer_that_is_not_right(text: str) -> None:
    assert not judged(question(STEPS, "value", 1, 0), text).right


@given(st.text(max_size=100), st.sampled_from(ASKS))
def test_whatever_is_typed_is_read_or_refused(text: str, ask: Any) -> None:
    trace = STEPS if ask != "winner" else core.trace("@max-pool")
    try:
        judged(question(trace, ask, 1, 0), text)
    except SceneError:
        pass


def test_a_decimal_says_how_near_it_has_to_be() -> None:
    asked = question(core.trace("[1 2] | conv2d [1 1] divisor=7"), "value", 0, 0)
    assert asked.tolerance == 0.002
    assert str(asked.prompt).endswith("to within 0.002.")
    assert judged(asked, "0.43").right
    assert not judged(asked, "0.42").right
    assert math.isclose(asked.answer[0], 3 / 7)


def test_all_kinds_of_question_have_a_way_to_be_drawn() -> None:
    assert tuple(KINDS) == ASKS
