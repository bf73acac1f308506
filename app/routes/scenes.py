"""What a scene answers: its description, its opening, its steps, its arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

import core
from app.evaluation import Scenes, shape_of
from app.http.requests import Word, asked, body_of, query_words, read_json, read_words, while_wanted
from app.http.responses import (
    LONG,
    NEVER,
    VARY,
    accepts,
    answer,
    entity_tag,
    is_known,
    json_answer,
    json_text,
    not_modified,
    takes,
)
from app.messages import Speech
from app.state import State, language, speech, state_of
from app.wire import stream
from app.wire.arrays import npy, picture, smallest
from app.wire.opening import described, opening
from core.errors import SceneError
from core.scene import operation_from_json
from core.texts import Say
from core.vocabulary import DETAILS, Array

SCENE = Word("scene", "scene", "a scene line such as cat 64 | sobel, or in a JSON body a JSON scene", required=True)
LAYER = Word("layer", "integer", "which operation, from 0; negative from the end", default=0)
LAST_LAYER = Word("layer", "integer", "which operation, from 0; negative from the end", default=-1)
STEP = Word("step", "integer", "which step to open at; negative from the end", default=0)
OPERATIONS = Word("operations", "list", 'JSON operations, such as [{"operation": "relu"}]', required=True)
START = Word("start", "integer", "first step", default=0, minimum=0)
STOP = Word("stop", "integer", "the step before which to stop; the end when not said", minimum=0)
EVERY = Word("every", "integer", "each so many steps only", default=1, minimum=1)
DETAIL = Word("detail", "choice", "how much of each step", default="full", choices=(*DETAILS, stream.ROWS))
STEPS = Word("steps", "integer", "of a scatter: the output after its first so many steps", minimum=0)
FORMAT = Word(
    "format", "choice", "json, npy (exact) or png (a picture)", default="json", choices=("json", "npy", "png")
)
COMPACT = Word("compact", "flag", "npy in the smallest type that is exact", default=False)

MOST_JSON_CELLS = 2**22


async def read(request: Request, *words: Word) -> dict[str, Any]:
    settings = state_of(request).settings
    return await asked(request, words, settings.max_body, settings.read_deadline)


def tag_of(request: Request, *parts: object) -> str:
    """Answers depend on the program, the language and what was asked."""
    return entity_tag(state_of(request).program, language(request), request.url.path, *parts)


def kept_json(request: Request, content: Any) -> Response:
    """An answer that may be kept for a while, or that the client has already."""
    body = json_text(content)
    tag = tag_of(request, body)
    if is_known(request, tag):
        return not_modified(tag, LONG)
    return answer(request, body, "application/json", cache=LONG, tag=tag)


def cache_of(request: Request) -> str:
    return NEVER if request.method == "POST" else LONG


async def scene(request: Request) -> Response:
    """A scene in both spellings, with the shapes and counts of its layers."""
    words = await posted_scene(request) if request.method == "POST" else await read(request, SCENE)
    state = state_of(request)
    found = await state.scenes.reading(words["scene"])
    tag = tag_of(request, found.line)
    if is_known(request, tag):
        return not_modified(tag, LONG)
    told = await while_wanted(request, state.scenes.run(described, state.scenes, found, speech(request)))
    return json_answer(request, told, cache=cache_of(request), tag=tag)


async def posted_scene(request: Request) -> dict[str, Any]:
    """The body is the JSON scene itself, or {"scene": line or JSON scene}."""
    settings = state_of(request).settings
    query_words(request, ())
    body = read_json(await body_of(request, settings.max_body, settings.read_deadline))
    if isinstance(body, dict) and "scene" in body:
        return read_words(body, (SCENE,))
    return {"scene": SCENE.read(body)}


async def additions(request: Request) -> Response:
    """Which operations may be added at a place of a scene: null for each that fits, for the others why not."""
    words = await read(request, SCENE, LAYER, OPERATIONS)
    state = state_of(request)
    found = await state.scenes.reading(words["scene"])
    told = await state.scenes.run(refused, state.scenes, found, words["layer"], words["operations"], speech(request))
    return json_answer(request, {"refusals": told})


def refused(scenes: Scenes, found: core.Scene, layer: int, operations: list[Any], say: Say) -> list[str | None]:
    place = layer % (len(found.layers) + 1)
    shape = shape_of(scenes.input_of(found.source))

    def refusal(operation: Any) -> str | None:
        try:
            added = (*found.layers[:place], operation_from_json(operation), *found.layers[place:])
            scenes.check_cost(scenes.layers(replace(found, layers=added), shape))
        except SceneError as error:
            return say(error.rule, **error.facts)
        return None

    return [refusal(operation) for operation in operations]


async def first_picture(request: Request) -> Response:
    """Everything a player needs to begin: input, output, the steps around one."""
    words = await read(request, SCENE, LAYER, STEP)
    state = state_of(request)
    found = await state.scenes.reading(words["scene"])
    tag = tag_of(request, found.line, words["layer"], words["step"])
    if is_known(request, tag):
        return not_modified(tag, LONG)
    body = await while_wanted(
        request, state.scenes.run(opening_text, state, found, words["layer"], words["step"], speech(request))
    )
    return answer(request, body, "application/json", cache=cache_of(request), tag=tag)


def opening_text(state: State, found: core.Scene, layer: int, step: int, speaking: Speech) -> bytes:
    return json_text(opening(state.scenes, found, layer, step, speaking))


async def steps(request: Request) -> Response:
    """The steps of a layer, streamed: JSON Lines, or server-sent events when the client asks for them."""
    words = await read(request, SCENE, LAYER, START, STOP, EVERY, DETAIL)
    state = state_of(request)
    found = await state.scenes.reading(words["scene"])
    media_type = stream.EVENTS if accepts(request.headers.get("accept", ""), stream.EVENTS) else stream.JSON_LINES
    tag = tag_of(
        request, media_type, found.line, *(words[name] for name in ("layer", "start", "stop", "every", "detail"))
    )
    if is_known(request, tag):
        return not_modified(tag, LONG)
    trace = state.scenes.known_trace(found, words["layer"])
    if trace is None:
        trace = await while_wanted(request, state.scenes.run(state.scenes.trace, found, words["layer"]))
    wanted = stream.range_of(trace, words["start"], words["stop"], words["detail"], words["every"])
    if wanted.detail == stream.ROWS:
        state.scenes.check_cost([trace.layer])
    if media_type == stream.EVENTS and "last-event-id" in request.headers:
        wanted = stream.resumed(wanted, request.headers["last-event-id"])
        if not wanted.count:
            return Response(status_code=204)  # tells the client not to come back
    framing = stream.as_events if media_type == stream.EVENTS else stream.as_lines
    headers = {"Cache-Control": cache_of(request), "Vary": VARY} | ({"ETag": tag} if request.method != "POST" else {})
    return stream.StepStream(
        stream.lines(trace, wanted, state.scenes, framing, speech(request)),
        media_type,
        headers,
        state.settings.write_deadline,
        takes(request, "gzip"),
    )


async def feature_map(request: Request) -> Response:
    """A layer's whole output, or what a scatter has added up after so many steps."""
    words = await read(request, SCENE, LAST_LAYER, FORMAT, COMPACT, STEPS)
    layer, steps = words["layer"], words["steps"]
    return await whole_array(request, words, lambda scenes, found: output_of(scenes, found, layer, steps))


def output_of(scenes: Scenes, found: core.Scene, layer: int, steps: int | None) -> Array:
    if steps is None:
        return scenes.feature_map(found, layer)
    trace = scenes.trace(found, layer)
    scenes.check_cost([trace.layer])
    return trace.so_far(steps)


async def layer_input(request: Request) -> Response:
    """What a layer is given."""
    words = await read(request, SCENE, LAYER, FORMAT, COMPACT)
    return await whole_array(request, words, lambda scenes, found: scenes.trace(found, words["layer"]).input)


async def whole_array(
    request: Request, words: dict[str, Any], compute: Callable[[Scenes, core.Scene], Array]
) -> Response:
    state = state_of(request)
    found = await state.scenes.reading(words["scene"])
    tag = tag_of(request, found.line, words["layer"], words["format"], words["compact"], words.get("steps"))
    if is_known(request, tag):
        return not_modified(tag, LONG)
    array = await while_wanted(request, state.scenes.run_long(compute, state.scenes, found))
    body, media_type, headers = await state.scenes.run(WRITERS[words["format"]], array, words["compact"])
    return await state.scenes.run(answer, request, body, media_type, 200, cache_of(request), tag, headers)


Written = tuple[bytes, str, dict[str, str]]


def as_json(array: Array, compact: bool) -> Written:
    if array.size > MOST_JSON_CELLS:
        rule = "has {cells} cells, and JSON of more than {most} is refused: ask for npy"
        raise SceneError("format", "json", rule, cells=array.size, most=MOST_JSON_CELLS)
    values = smallest(array) if array.dtype.kind in "iub" else array.astype("<f8", copy=False)
    told = {"shape": list(array.shape), "values": values if values.flags.c_contiguous else values.copy()}
    return json_text(told), "application/json", {}


def as_npy(array: Array, compact: bool) -> Written:
    return npy(smallest(array) if compact else array), "application/octet-stream", {}


def as_png(array: Array, compact: bool) -> Written:
    png, legend = picture(array)
    return png, "image/png", legend


WRITERS: dict[str, Callable[[Array, bool], Written]] = {"json": as_json, "npy": as_npy, "png": as_png}
