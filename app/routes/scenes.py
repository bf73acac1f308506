"""What a scene says of itself: its description, its opening, and what might be added to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

import core
from app.evaluation import Scenes
from app.http.requests import while_wanted
from app.http.responses import JSON, answer, json_answer, json_text
from app.models.answers import Additions, Described, Fields, Opening
from app.models.requests import (
    AdditionsBody,
    FieldsBody,
    FieldsQuery,
    NoWords,
    OpeningBody,
    OpeningQuery,
    PostedScene,
    SceneBody,
    SceneQuery,
)
from app.routes.answers import Shared, kept
from app.routes.routing import reads, router, takes
from app.routes.told import answers, posted
from app.state import State, speech
from app.wire import opening as openings
from core.errors import SceneError
from core.scene import operation_from_json
from core.texts import Say

routes = router("scenes")

Plain = Annotated[NoWords, Query()]


@reads(routes, "/api/scene", summary="Describe a scene", responses=answers(Described, 400, 404, 422))
async def scene(request: Request, words: Annotated[SceneQuery, Query()], shared: Shared) -> Response:
    """A scene in both spellings, with the shapes and counts of its layers."""
    return await description(request, words.scene, shared)


@takes(routes, "/api/scene", summary="Describe a JSON scene", responses=posted(Described))
async def posted_scene(request: Request, _: Plain, posted: PostedScene, shared: Shared) -> Response:
    """The same of a JSON scene, which is the body itself or stands in it as `scene`."""
    return await description(request, posted.scene if isinstance(posted, SceneBody) else posted, shared)


async def description(request: Request, given: str | dict[str, Any], shared: State) -> Response:
    found = await shared.scenes.reading(given)

    async def make() -> Response:
        told = await while_wanted(request, shared.scenes.run(openings.explained, shared.scenes, found, speech(request)))
        return json_answer(request, told)

    return await kept(request, (found.line,), make)


@takes(routes, "/api/additions", summary="What may be added", responses=posted(Additions))
async def posted_additions(request: Request, _: Plain, words: AdditionsBody, shared: Shared) -> Response:
    """Which operations may be added at a place of a scene: null for each that fits, for the others why not."""
    found = await shared.scenes.reading(words.scene)
    told = await shared.scenes.run(refusals, shared.scenes, found, words.layer, words.operations, speech(request))
    return json_answer(request, {"refusals": told})


def refusals(scenes: Scenes, found: core.Scene, layer: int, operations: list[Any], say: Say) -> list[str | None]:
    place = layer % (len(found.layers) + 1)
    shape = scenes.input_shape(found.source)

    def refusal(operation: Any) -> str | None:
        try:
            added = (*found.layers[:place], operation_from_json(operation), *found.layers[place:])
            scenes.check_cost(scenes.layers(replace(found, layers=added), shape))
        except SceneError as error:
            return error.advice(say)
        return None

    return [refusal(operation) for operation in operations]


@reads(routes, "/api/opening", summary="Open a player", responses=answers(Opening, 400, 404, 422))
async def opening(request: Request, words: Annotated[OpeningQuery, Query()], shared: Shared) -> Response:
    """Everything a player needs to begin: input, output, the steps around one."""
    return await first_picture(request, words, shared)


@takes(routes, "/api/opening", summary="Open a player, asked in JSON", responses=posted(Opening))
async def posted_opening(request: Request, _: Plain, words: OpeningBody, shared: Shared) -> Response:
    """The same, asked in JSON; it may be opened at the place of the picture where another walk stands."""
    kept = words.keeping
    before = None if kept is None else (await shared.scenes.reading(kept.scene), kept.layer, kept.step)
    return await first_picture(request, words, shared, before)


async def first_picture(
    request: Request, words: OpeningQuery | OpeningBody, shared: State, before: openings.Standing | None = None
) -> Response:
    found = await shared.scenes.reading(words.scene)

    speaking = speech(request)

    def text() -> bytes:
        step = openings.step_beside(shared.scenes, found, words.layer, before) if before else words.step
        return openings.opening_text(shared.scenes, found, words.layer, step, speaking)

    async def make() -> Response:
        return answer(request, await while_wanted(request, shared.scenes.run(text)), JSON)

    return await kept(request, (found.line, words.layer, words.step), make)


@reads(routes, "/api/fields", summary="What a cell sees", responses=answers(Fields, 400, 404, 422))
async def fields(request: Request, words: Annotated[FieldsQuery, Query()], shared: Shared) -> Response:
    """The rows and columns that each cell of a layer sees of every map below it, down to the picture."""
    return await seen_fields(request, words, shared)


@takes(routes, "/api/fields", summary="What a cell sees, asked in JSON", responses=posted(Fields))
async def posted_fields(request: Request, _: Plain, words: FieldsBody, shared: Shared) -> Response:
    """The same, asked in JSON."""
    return await seen_fields(request, words, shared)


async def seen_fields(request: Request, words: FieldsQuery | FieldsBody, shared: State) -> Response:
    found = await shared.scenes.reading(words.scene)

    def text() -> bytes:
        shape = shared.scenes.input_shape(found.source)
        shared.scenes.layers(found, shape)
        seen = core.fields_of(found, shape, words.layer)
        return json_text({"layer": found.layer_index(words.layer), "fields": [field.as_json() for field in seen]})

    async def make() -> Response:
        return answer(request, await while_wanted(request, shared.scenes.run(text)), JSON)

    return await kept(request, (found.line, words.layer), make)
