"""The opening: everything a player needs for its first picture, in one answer or inside the page itself."""

from __future__ import annotations

import math
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

import core
from app.evaluation import Scenes
from app.http.responses import json_text
from app.lanes import weigh
from app.messages import Speech
from app.wire.arrays import LARGEST_IN_OPENING as ALL
from app.wire.arrays import sent
from app.wire.stream import Range, cells_of_step
from core.errors import SceneError
from core.programs import codes_of
from core.texts import Text
from core.trace import Trace, warnings_of
from core.trace import described as layers_described
from core.vocabulary import Layer

BLOCK, INLINED = 64, 16
INLINED_OUTPUT = 512  # cells that a page carries itself
DEFAULT_SCENE = "cat 64 | conv2d sobel-x"  # what the lab opens with
LAYER_WARNS = Text("layer {layer} ({operation}): {warning}")
TOLD: WeakKeyDictionary[Trace, dict[Speech, dict[str, Any]]] = WeakKeyDictionary()
LOOKING = 5e-9  # seconds for each cell of an array whose range is told
MOST_CELLS = 2**16  # numbers in the steps of one opening


Standing: TypeAlias = tuple[core.Scene, int, int]  # a scene, its layer, its step


def opening(
    scenes: Scenes,
    scene: core.Scene,
    layer: int,
    step: int,
    speech: Speech,
    size: int = BLOCK,
    most_output: int = ALL,
) -> dict[str, Any]:
    """A layer's input and output, and the steps around `step`: those of its block of `size`.

    An output of more than `most_output` cells is left to be fetched where the first picture shows none of it.
    """
    layers = scenes.layers(scene, scenes.input_shape(scene.source))
    scenes.check_answer(scene, layers[: scene.layer_index(layer) + 1])
    trace = scenes.trace(scene, layer)
    last = len(trace) - 1
    if not -len(trace) <= step <= last:
        rule = "the layer has {count} {count|step/steps}, counted from 0"
        raise SceneError("step", step, rule, count=len(trace))
    step %= len(trace)
    start, stop = block(trace, step, size)
    weigh(LOOKING * (math.prod(trace.input_shape) + math.prod(trace.output_shape)))
    return {
        **described(scene, layers, speech),
        "layer": trace.index,
        "step": step,
        "input": sent(trace.input),
        "output": sent(trace.feature_map(), ALL if step or trace.scatters else most_output),
        "start": trace.start(start, stop),
        "steps": list(trace.steps(start, stop)),
        "title": speech.told(trace.operation.title),
        **telling_in(trace, speech),
    }


def opening_text(
    scenes: Scenes, scene: core.Scene, layer: int, step: int, speech: Speech, inlined: bool = False
) -> bytes:
    """The same as JSON, kept while there is room: a class opens one figure in the same minute.

    One that a page carries has fewer steps, no large output and no code.
    """
    key = ("opening", scene.line, scene.layer_index(layer), step, speech.code, inlined)

    def make() -> bytes:
        few = (INLINED, INLINED_OUTPUT) if inlined else ()
        told = opening(scenes, scene, layer, step, speech, *few)
        return json_text(told if inlined else told | {"code": code_of(scenes, scene, layer)})

    return scenes.cache.told(key, make, beside=len(scene.line))


def step_beside(scenes: Scenes, scene: core.Scene, layer: int, before: Standing) -> int:
    """The step of a layer that looks at the part of the picture where another walk stands; else its first."""
    old, walked, step = before
    layers = scenes.layers(old, scenes.input_shape(old.source))
    index, steps = old.layer_index(walked), layers[old.layer_index(walked)].steps
    point = core.point_of(layers, index, max(0, min(step + steps if step < 0 else step, steps - 1)))
    place = scene.layer_index(layer)
    return core.step_near(scenes.layers(scene, scenes.input_shape(scene.source)), place, point) if point else 0


def telling_in(trace: Trace, speech: Speech) -> dict[str, Any]:
    """What a layer says of itself, put into words once for each language while its trace is remembered."""
    said = TOLD.setdefault(trace, {})
    if speech not in said:
        said[speech] = speech.told(core.told(trace))
    return said[speech]


def block(trace: Trace, step: int, size: int) -> tuple[int, int]:
    """The aligned block of steps that holds `step`; fewer when they are large."""
    fitting = max(1, MOST_CELLS // cells_of_step(trace, Range(step, step + 1)))
    start = step - step % size if fitting >= size else step
    return start, min(start + min(size, fitting), len(trace))


def described(scene: core.Scene, layers: list[Layer], speech: Speech) -> dict[str, Any]:
    """A scene in both spellings, with what its layers say of themselves."""
    return {
        "line": scene.line,
        "scene": scene.as_json(),
        "layers": speech.told(layers_described(scene.layers, layers)),
        "warnings": warnings(scene, layers, speech),
    }


def explained(scenes: Scenes, scene: core.Scene, speech: Speech) -> dict[str, Any]:
    """The same, each layer with its rule and its code."""
    layers = scenes.layers(scene, scenes.input_shape(scene.source))
    told, codes = described(scene, layers, speech), codes_of(layers)
    for index, layer in enumerate(layers):
        rule = layer.rule()
        told["layers"][index] |= {
            "rule": rule and speech.told(rule.as_json()),
            "code": core.programs(scene, layers, index, codes),
        }
    return told


def code_of(scenes: Scenes, scene: core.Scene, layer: int) -> dict[str, Any] | None:
    """The programs of one layer."""
    layers = scenes.layers(scene, scenes.input_shape(scene.source))
    return core.programs(scene, layers, scene.layer_index(layer))


def warnings(scene: core.Scene, layers: list[Layer], speech: Speech) -> list[str]:
    """What a learner should notice, one sentence each."""
    return [
        speech(LAYER_WARNS, layer=layer + 1, operation=scene.layers[layer].title, warning=speech(rule, **facts))
        for layer, rule, facts in warnings_of(layers)
    ]
