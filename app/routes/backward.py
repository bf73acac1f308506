"""A layer walked backward: what each output's gradient adds to those of the input, the weights and the bias."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from app.evaluation import Scenes
from app.http.responses import chosen_coding
from app.models.backward import Backward, BackwardQuery
from app.routes.answers import Shared, kept
from app.routes.routing import reads, router
from app.routes.told import answers
from app.routes.working import worked
from app.works import Work
from core import backward as walks

NUMBER = 0.7e-6  # seconds for each number that a step tells

routes = router("steps")


@reads(routes, "/api/backward", summary="Walk a layer backward", responses=answers(Backward, 400, 404, 422))
async def backward(request: Request, words: Annotated[BackwardQuery, Query()], shared: Shared) -> Response:
    """The gradients of a small layer, step by step: what each step adds, and what they hold after it."""
    found = await shared.scenes.reading(words.scene)

    def told(scenes: Scenes) -> Work:
        layers = scenes.layers(found, scenes.input_shape(found.source))
        layer = layers[found.layer_index(words.layer)]
        walks.check_walkable(layer)
        asked = {"line": found.line, "layers": len(found.layers)}
        asked |= {name: getattr(words, name) for name in ("layer", "start", "stop", "dy")}
        seconds = NUMBER * walks.numbers(layer)
        return Work("backward", scenes.trace(found, words.layer).input, asked, chosen_coding(request), seconds)

    async def make() -> Response:
        return await worked(request, shared, told)

    return await kept(request, (found.line, words.layer, words.start, words.stop, words.dy), make)
