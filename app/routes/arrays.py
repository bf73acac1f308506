"""Whole arrays of a layer: what it is given and what it makes, as JSON, exact, or as a picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

import core
from app.evaluation import Scenes
from app.http.requests import while_wanted
from app.http.responses import JSON, answer, json_text
from app.models.answers import ArrayValues
from app.models.requests import ArrayWords, FeatureMapQuery, InputQuery
from app.routes.answers import Shared, kept
from app.routes.routing import reads, router
from app.routes.told import BINARY, answers
from app.state import State
from app.wire.arrays import npy, picture, smallest
from core.errors import SceneError
from core.vocabulary import Array

MOST_JSON_CELLS = 2**22
RAW, PNG = "application/octet-stream", "image/png"

Written = tuple[bytes, str, dict[str, str]]

WHOLE = answers(ArrayValues, 400, 404, 422)
WHOLE[200]["content"] = {JSON: {}, RAW: BINARY, PNG: BINARY}

routes = router("arrays")


@reads(routes, "/api/feature-map", summary="A layer's output", responses=WHOLE)
async def feature_map(request: Request, words: Annotated[FeatureMapQuery, Query()], shared: Shared) -> Response:
    """A layer's whole output, or what a scatter has added up after so many steps."""

    def output(scenes: Scenes, found: core.Scene) -> Array:
        if words.steps is None:
            return scenes.feature_map(found, words.layer)
        trace = scenes.trace(found, words.layer)
        scenes.check_cost([trace.layer])
        return trace.so_far(words.steps)

    return await whole_array(request, words, (words.layer, words.steps), output, shared)


@reads(routes, "/api/input", summary="A layer's input", responses=WHOLE)
async def layer_input(request: Request, words: Annotated[InputQuery, Query()], shared: Shared) -> Response:
    """What a layer is given."""

    def given(scenes: Scenes, found: core.Scene) -> Array:
        return scenes.trace(found, words.layer).input

    return await whole_array(request, words, (words.layer,), given, shared)


async def whole_array(
    request: Request,
    words: ArrayWords,
    parts: tuple[object, ...],
    compute: Callable[[Scenes, core.Scene], Array],
    shared: State,
) -> Response:
    found = await shared.scenes.reading(words.scene)

    async def make() -> Response:
        array = await while_wanted(request, shared.scenes.run_long(compute, shared.scenes, found))
        return await shared.scenes.run(written, request, array, words)

    return await kept(request, (found.line, words.format, words.compact, *parts), make)


def written(request: Request, array: Array, words: ArrayWords) -> Response:
    body, media_type, headers = WRITERS[words.format](array, words.compact)
    return answer(request, body, media_type, headers=headers)


def as_json(array: Array, compact: bool) -> Written:
    if array.size > MOST_JSON_CELLS:
        rule = "has {cells} cells, and JSON of more than {most} is refused: ask for npy"
        raise SceneError("format", "json", rule, cells=array.size, most=MOST_JSON_CELLS)
    values = smallest(array) if array.dtype.kind in "iub" else array.astype("<f8", copy=False)
    told = {"shape": list(array.shape), "values": values if values.flags.c_contiguous else values.copy()}
    return json_text(told), JSON, {}


def as_npy(array: Array, compact: bool) -> Written:
    return npy(smallest(array) if compact else array), RAW, {}


def as_png(array: Array, compact: bool) -> Written:
    png, legend = picture(array)
    return png, PNG, legend


WRITERS: dict[str, Callable[[Array, bool], Written]] = {"json": as_json, "npy": as_npy, "png": as_png}
