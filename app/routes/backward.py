"""A layer walked backward: what each output's gradient adds to those of the input, the weights and the bias."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

import core
from app.evaluation import Scenes
from app.http.requests import while_wanted
from app.http.responses import json_answer
from app.models.backward import Backward, BackwardQuery
from app.routes.answers import Shared, kept
from app.routes.routing import reads, router
from app.routes.told import answers
from core import backward as walks

routes = router("steps")


@reads(routes, "/api/backward", summary="Walk a layer backward", responses=answers(Backward, 400, 404, 422))
async def backward(request: Request, words: Annotated[BackwardQuery, Query()], shared: Shared) -> Response:
    """The gradients of a small layer, step by step: what each step adds, and what they hold after it."""
    found = await shared.scenes.reading(words.scene)

    async def make() -> Response:
        work = shared.scenes.run(told, shared.scenes, found, words)
        return json_answer(request, await while_wanted(request, work))

    return await kept(request, (found.line, words.layer, words.start, words.stop, words.dy), make)


def told(scenes: Scenes, found: core.Scene, words: BackwardQuery) -> dict[str, Any]:
    layers = scenes.layers(found, scenes.input_shape(found.source))
    walks.check_walkable(layers[found.layer_index(words.layer)])
    return walks.Backward(scenes.trace(found, words.layer), words.dy).as_json(words.start, words.stop)
