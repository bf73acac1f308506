"""The scene line and the JSON scene say the same, and what they cannot say is refused in words."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import core
from core import Scene, SceneError
from tests.core.scenes import scenes


@given(scenes)
def test_a_scene_reads_back_from_its_own_line(scene: Scene) -> None:
    assert core.parse(scene.line) == scene


@given(scenes)
def test_a_scene_reads_back_from_its_own_json(scene: Scene) -> None:
    assert core.scene_from_json(json.loads(json.dumps(scene.as_json()))) == scene


@given(scenes)
def test_the_lines_of_a_scene_are_those_of_its_beginnings(scene: Scene) -> None:
    shorter = [replace(scene, layers=scene.layers[:count]) for count in range(1, len(scene.layers) + 1)]
    assert scene.lines == [one.line for one in shorter]


@given(scenes)
def test_a_canonical_line_stays_as_it_is(scene: Scene) -> None:
    assert core.parse(scene.line).line == scene.line


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("cat 64|sobel-x", "cat 64 | conv2d sobel-x"),
        (
            "cat 64 | conv2d sobel-x stride=2 padding=same | relu | max_pool2d 2",
            "cat 64 | conv2d sobel-x stride=2 padding=same | relu | max_pool2d 2",
        ),
        ("cat 96 gray | sobel", "cat 96 gray | sobel"),
        ("[1,2;3,4] | conv2d [[1,0],[0,1]] stride=(1,1)", "[1 2; 3 4] | conv2d [1 0; 0 1]"),
        ("cat | conv2d box-3 padding=valid", "cat | conv2d box-3"),
        ("cat | pad ((1,1),(2,2))", "cat | pad (1,2)"),
        ("cat rgb crop=(1, 2,3,4) 64 | relu", "cat 64 rgb crop=(1,2,3,4) | relu"),
        ("Cat 64 RGB | Sobel-X", "cat 64 rgb | conv2d sobel-x"),
        ("@Stride-2", core.GALLERY["stride-2"].line),
        ("cat rgb 32 | conv2d [[[1]],[[1]],[[1]]]", "cat 32 rgb | conv2d [[[1]],[[1]],[[1]]]"),
        ("@stride-2 | relu", core.GALLERY["stride-2"].line + " | relu"),
    ],
)
def test_lines_have_one_canonical_spelling(written: str, canonical: str) -> None:
    assert core.parse(written).line == canonical


REFUSED = {
    "": "needs an input first",
    "cat": "needs an operation after the input",
    "cat 64 |": "an operation is missing",
    "cat | sobell": "did you mean sobel?",
    "cat | conv2d sobel-z": "did you mean sobel-y?",
    "cat | conv2d": "conv2d needs its weight",
    "cat | relu 3": "relu is '3': relu has no settings",
    "cat | softmax 3": "softmax takes its settings by name: dim=",
    "cat | max_pool2d 2 2": "max_pool2d takes at most 1 without a name",
    "cat | max_pool2d 2x2": "kernel_size is '2x2': must be one whole number or two: (rows, columns)",
    "cat | adaptive_avg_pool2d (None,2)": "output_size is '(None,2)': must be one whole number or two",
    "cat | conv2d sobel-x stride=2,2": "stride is '2,2': must be one whole number or two",
    "@": "scene is '@': a figure's name stands behind the @, such as @sobel",
    "@ | relu": "a figure's name stands behind the @",
    "cat | relu slope=3": "relu has no settings",
    "cat | conv2d sobel-x strid=2": "did you mean stride?",
    "cat | conv2d sobel-x stride=0": "stride is 0: must be at least 1",
    "cat | conv2d sobel-x stride=2.5": "stride is 2.5: must be a whole number",
    "cat | conv2d sobel-x stride=true": "stride is True: must be a whole number",
    "cat | conv2d sobel-x stride=(1,2,3)": "must be one whole number or two",
    "cat | conv2d sobel-x padding=-1": "padding is -1: must be at least 0",
    "cat | conv2d sobel-x padding=((1,2),3)": "must hold numbers or rows of numbers, not both",
    "cat | conv2d sobel-x padding=sane": "must be valid, same, same_lower, full",
    "cat | conv2d sobel-x padding_mode=mirror": "choose one of zeros, reflect, symmetric, replicate, circular",
    "cat | conv2d sobel-x stride=2 stride=2": "stride is '2': is given twice",
    "cat | conv2d stride=2 sobel-x": "must stand before the settings",
    "cat | conv2d sobel-x stride=": "needs a value after its equals sign",
    "cat | conv2d sobel-x stride = 2": "scene is '=': a setting is written without spaces, such as stride=2",
    "cat | conv2d sobel-x stride =2": "scene is '=2': a setting is written without spaces",
    "1 2; 3 4 | relu": "input is '1 2; 3 4': a matrix stands in brackets, such as [1 2; 3 4]",
    "1,2\n3,4 | relu": "a matrix stands in brackets",
    "1 & 2 | relu": "a matrix stands in brackets",
    "1/9 [1 1; 1 1] | relu": "stands before or after the matrix",
    "[1 2; 3 4] [5 6; 7 8] | relu": "input is '[5 6; 7 8]': stands before or after the matrix",
    "cat | conv2d 1 1; 1 1": "conv2d is '1 1; 1 1': a matrix stands in brackets",
    "cat crop | relu": "crop is 'crop': must be (top,left,height,width)",
    "cat 64.5 | relu": "size is '64.5': must be a whole number",
    "cat 64x64 | relu": "size is '64x64': must be a whole number",
    "cat | conv2d 3x3": "weight is '3x3': a size is no kernel: write its numbers",
    "cat | conv_transpose2d weight=5×5": "a size is no kernel",
    "cat | max_pool2d(2, 2)": "operation is 'max_pool2d(2, 2)': write it without brackets, such as max_pool2d 2",
    "cat | relu()": "operation is 'relu()': write it without brackets",
    "cat | conv2d sobel-x self=1": "setting of conv2d is 'self'",
    "cat | relu self=1": "relu has no settings",
    "cat | conv2d [1 nan; 2 3]": "must be a finite number",
    "cat | conv2d [1 inf; 2 3]": "must be a finite number",
    "cat | conv2d [1 1e999; 2 3]": "must be a finite number",
    "cat | conv2d [1 2; 3]": "every row must be as long as the first",
    "cat | conv2d []": "must not be empty",
    "cat | conv2d [1 2": "a bracket is opened but not closed",
    "cat | conv2d 1 2]": "a bracket is closed that was never opened",
    "cat | conv2d [1 2)": "its brackets do not match",
    "cat | conv2d [[[[[1]]]]]": "has more than four dimensions",
    "cat | conv2d sobel-x divisor=0": "must not be zero",
    "cat 0 | relu": "size is 0: must be at least 1",
    "cat crop=(0,0,2) | relu": "must be (top,left,height,width)",
    "cat crop=(0,-1,2,2) | relu": "crop is -1: must be at least 0",
    "cat crop=(0,0,0,2) | relu": "crop is 0: must be at least 1",
    "cat crop=(0,0,2.5,2) | relu": "crop is 2.5: must be a whole number",
    "cat crop=2 | relu": "must be (top,left,height,width)",
    "cat crop=(0,0,2,2) crop=(0,0,2,2) | relu": "is given twice",
    "cat corp=(0,0,2,2) | relu": "did you mean crop?",
    "[1 2; 3 4] crop=(0,0,1,1) | relu": "a matrix keeps its own size",
    "cat 64 64 | relu": "size is '64': is given twice",
    "cat grey | relu": "did you mean gray?",
    "Cat! | relu": "must be a sample's name",
    "[1 2; 3 4] 64 | relu": "a matrix keeps its own size",
    "@first-step": "did you mean first-steps?",
    "cat | conv2d [" + "9" * 5000 + "]": "longer than any number",
    "cat | " + " | ".join(["relu"] * 100): "has more than 64 operations",
    "cat | relu " + "x" * 70_000: "is longer than 65536 characters",
}


@pytest.mark.parametrize("line", REFUSED, ids=lambda line: line[:40] or "empty")
def test_a_wrong_line_is_refused_with_the_reason(line: str) -> None:
    with pytest.raises(SceneError) as refusal:
        core.parse(line)
    assert REFUSED[line] in str(refusal.value)
    assert len(str(refusal.value)) < 1000


@given(st.text(max_size=80))
def test_any_text_is_a_scene_or_a_scene_error(text: str) -> None:
    try:
        core.parse(text)
    except SceneError:
        pass


@given(st.text(alphabet="cat 0123456789|[];(),=.-+e conv2dsobelxrgbpadding", max_size=80))
def test_text_that_looks_like_a_scene_is_one_or_a_scene_error(text: str) -> None:
    try:
        core.parse("cat | " + text)
    except SceneError:
        pass


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["input", "layers", "operation", "source", "weight"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(json_values)
def test_any_json_is_a_scene_or_a_scene_error(value: object) -> None:
    try:
        core.scene_from_json(value)
    except SceneError:
        pass


def test_limits_hold_for_lines_for_json_and_for_what_follows_a_named_scene() -> None:
    limits = core.Limits(layers=2)
    relu = {"operation": "relu"}
    assert len(core.parse("@first-steps | relu", limits).layers) == 2
    for read in (
        lambda: core.parse("@first-steps | relu | relu", limits),
        lambda: core.scene_from_json({"input": {"source": "@first-steps"}, "layers": [relu, relu]}, limits),
        lambda: core.scene_from_json({"input": {"source": "cat"}, "layers": [relu] * 3}, limits),
    ):
        with pytest.raises(SceneError, match="scene is 3: has more than 2 operations"):
            read()


def test_a_reader_without_limits_to_give_has_those_of_the_lab() -> None:
    assert len(core.parse("cat" + " | relu" * 64).layers) == core.Limits().layers
    assert len(core.parse("cat" + " | relu" * 99, core.Limits(layers=99)).layers) == 99


settings_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.floats() | st.sampled_from(["", "same", "sobel-x", "reflect"]),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=9,
)


@pytest.mark.parametrize("name", sorted(core.OPERATIONS))
@given(data=st.data())
def test_any_settings_in_json_are_refused_or_make_a_scene_with_both_spellings(name: str, data: st.DataObject) -> None:
    parameters = core.OPERATIONS[name].parameters
    layer = {"operation": name} | {
        parameter.name: data.draw(settings_values)
        for parameter in parameters
        if parameter.required or data.draw(st.booleans())
    }
    try:
        scene = core.scene_from_json({"input": {"source": "cat"}, "layers": [layer]})
    except SceneError:
        return
    assert core.parse(scene.line) == core.scene_from_json(scene.as_json()) == scene


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("cat | conv2d box-3 flip=True padding=SAME", "cat | conv2d box-3 padding=same flip=true"),
        ("cat | max_pool2d 2 ceil_mode=False padding=VALID", "cat | max_pool2d 2"),
    ],
)
def test_words_of_python_and_tensorflow_are_the_same_words(written: str, line: str) -> None:
    assert core.parse(written).line == line
