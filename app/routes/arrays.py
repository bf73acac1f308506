"""Whole arrays of a layer: what it is given and what it makes, as JSON, exact, or as a picture."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator
from typing import Annotated

import numpy as np
from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

import core
from app.evaluation import Scenes
from app.http.requests import while_wanted
from app.http.responses import JSON, answer, json_answer, json_text
from app.lanes import weigh
from app.models.answers import ArrayValues
from app.models.maps import Maps
from app.models.requests import ArrayWords, FeatureMapQuery, InputQuery, MapsBody, MapsQuery, NoWords
from app.routes.answers import Shared, kept
from app.routes.routing import reads, router, takes
from app.routes.told import BINARY, answers, posted
from app.state import State, speech
from app.wire import maps as small
from app.wire.arrays import npy, picture, smallest, smallest_type
from app.wire.sending import StepStream
from core.errors import SceneError
from core.vocabulary import Array

MOST_JSON_CELLS = 2**22
ANSWERING = {"json": (120e-9, 36), "npy": (8e-9, 2), "png": (80e-9, 12)}  # seconds and bytes a cell
PIECE_CELLS = 2**15
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
            return scenes.feature_map(found, words.layer, ANSWERING[words.format])
        scenes.check_map(found, words.layer, ANSWERING[words.format])
        return scenes.trace(found, words.layer).so_far(words.steps)

    return await whole_array(request, words, (words.layer, words.steps), output, shared)


@reads(routes, "/api/input", summary="A layer's input", responses=WHOLE)
async def layer_input(request: Request, words: Annotated[InputQuery, Query()], shared: Shared) -> Response:
    """What a layer is given."""

    def given(scenes: Scenes, found: core.Scene) -> Array:
        scenes.check_given(found, words.layer, ANSWERING[words.format])
        return scenes.trace(found, words.layer).input

    return await whole_array(request, words, (words.layer,), given, shared)


@reads(routes, "/api/maps", summary="The chain as pictures", responses=answers(Maps, 400, 404, 422))
async def maps(request: Request, words: Annotated[MapsQuery, Query()], shared: Shared) -> Response:
    """The input of a scene and the map of each layer, made small: all that a picture of the chain shows."""
    return await small_maps(request, words, shared)


@takes(routes, "/api/maps", summary="The chain as pictures, asked in JSON", responses=posted(Maps))
async def posted_maps(request: Request, _: Annotated[NoWords, Query()], words: MapsBody, shared: Shared) -> Response:
    """The same, asked in JSON."""
    return await small_maps(request, words, shared)


async def small_maps(request: Request, words: MapsQuery | MapsBody, shared: State) -> Response:
    found = await shared.scenes.reading(words.scene)

    async def make() -> Response:
        told = await while_wanted(request, shared.scenes.run(small.maps_of, shared.scenes, found, words.first))
        return json_answer(request, speech(request).told(told))

    return await kept(request, (found.line, words.first), make)


async def whole_array(
    request: Request,
    words: ArrayWords,
    parts: tuple[object, ...],
    compute: Callable[[Scenes, core.Scene], Array],
    shared: State,
) -> Response:
    found = await shared.scenes.reading(words.scene)

    async def make() -> Response:
        array = await while_wanted(request, shared.scenes.run(compute, shared.scenes, found))
        return await shared.scenes.run(written, request, array, words, shared.settings.write_deadline)

    return await kept(request, (found.line, words.format, words.compact, *parts), make)


def written(request: Request, array: Array, words: ArrayWords, deadline: float) -> Response:
    weigh(ANSWERING[words.format][0] * array.size)
    if words.format == "npy":
        length, pieces = npy(array, smallest_type(array) if words.compact else array.dtype)
        return StepStream(one_by_one(pieces), RAW, {}, deadline, compressed=False, length=length)
    body, media_type, headers = WRITERS[words.format](array)
    return answer(request, body, media_type, headers=headers)


async def one_by_one(pieces: Iterator[bytes]) -> AsyncGenerator[bytes, None]:
    """A large file never lies in memory a second time."""
    for piece in pieces:
        yield piece


def as_json(array: Array) -> Written:
    if array.size > MOST_JSON_CELLS:
        rule = "has {cells} cells, and JSON of more than {most} is refused: ask for npy"
        raise SceneError("format", "json", rule, cells=array.size, most=MOST_JSON_CELLS)
    values = smallest(array) if array.dtype.kind in "iub" else array.astype("<f8", copy=False)
    head = json_text({"shape": list(array.shape)})
    return b'%b,"values":[%b]}' % (head[:-1], b",".join(map(in_pieces, values))), JSON, {}


def in_pieces(plane: Array) -> bytes:
    """A plane (H, W) as JSON, some rows at a time: whoever else waits for the interpreter has it in between."""
    step = max(1, PIECE_CELLS // plane.shape[1])
    rows = (np.ascontiguousarray(plane[first : first + step]) for first in range(0, len(plane), step))
    return b"[%b]" % b",".join(json_text(some)[1:-1] for some in rows)


def as_png(array: Array) -> Written:
    png, legend = picture(array)
    return png, PNG, legend


WRITERS: dict[str, Callable[[Array], Written]] = {"json": as_json, "png": as_png}
