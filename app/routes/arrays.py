"""Whole arrays of a layer: what it is given and what it makes, as JSON, exact, or as a picture."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator
from typing import Annotated

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

import core
from app.evaluation import Scenes
from app.http.requests import while_wanted
from app.http.responses import JSON, chosen_coding, json_answer
from app.lanes import weigh
from app.models.answers import ArrayValues
from app.models.maps import Maps
from app.models.requests import ArrayWords, FeatureMapQuery, InputQuery, MapsBody, MapsQuery, NoWords
from app.routes.answers import Shared, kept
from app.routes.routing import reads, router, takes
from app.routes.told import BINARY, answers, posted
from app.routes.working import worked
from app.state import State, speech
from app.wire import maps as small
from app.wire.arrays import npy, smallest_type
from app.wire.sending import StepStream
from app.works import PNG, Work
from core.vocabulary import Array

ANSWERING = {"json": (120e-9, 36), "npy": (8e-9, 2), "png": (80e-9, 12)}  # seconds and bytes a cell
RAW = "application/octet-stream"

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

    def told(scenes: Scenes) -> Work:
        array = compute(scenes, found)
        return Work(words.format, array, {}, chosen_coding(request), ANSWERING[words.format][0] * array.size)

    def file() -> Response:
        array = compute(shared.scenes, found)
        weigh(ANSWERING["npy"][0] * array.size)
        length, pieces = npy(array, smallest_type(array) if words.compact else array.dtype)
        return StepStream(one_by_one(pieces), RAW, {}, shared.settings.write_deadline, compressed=False, length=length)

    async def make() -> Response:
        if words.format == "npy":
            return await while_wanted(request, shared.scenes.run(file))
        return await worked(request, shared, told)

    return await kept(request, (found.line, words.format, words.compact, *parts), make)


async def one_by_one(pieces: Iterator[bytes]) -> AsyncGenerator[bytes, None]:
    """A large file never lies in memory a second time."""
    for piece in pieces:
        yield piece
