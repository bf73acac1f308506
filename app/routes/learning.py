"""How networks learnt, and what excites their units: written down by training, told as it stands."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from app.evaluation import Scenes
from app.http.requests import while_wanted
from app.http.responses import json_answer
from app.models.learning import Descent, Exciting, Learning
from app.models.requests import DescentQuery, ExcitingQuery, LearningQuery
from app.routes.answers import Shared, kept, kept_json
from app.routes.routing import reads, router
from app.routes.told import answers
from core import descent as downhill
from core.scene import Scene
from core.training import records

routes = router("catalogues")


@reads(routes, "/api/learning", summary="How a network learnt", responses=answers(Learning, 400, 422))
async def learning(request: Request, words: Annotated[LearningQuery, Query()]) -> Response:
    """Loss, accuracy and the first layer's kernels before training and after each epoch."""
    return await kept_json(request, records.learning(words.network))


@reads(routes, "/api/exciting", summary="What excites a unit", responses=answers(Exciting, 400, 422))
async def exciting(request: Request, words: Annotated[ExcitingQuery, Query()]) -> Response:
    """The nine windows of test digits that a unit answers to most."""
    return await kept_json(request, records.exciting(words.network, words.layer, words.unit))


@reads(
    routes,
    "/api/descent",
    summary="What a network would learn from a picture",
    responses=answers(Descent, 400, 404, 422),
)
async def descent(request: Request, words: Annotated[DescentQuery, Query()], shared: Shared) -> Response:
    """Loss, gradients of every layer and of its weights, and what the network says after some steps downhill."""
    found = await shared.scenes.reading(words.scene)

    async def make() -> Response:
        return json_answer(request, await while_wanted(request, shared.scenes.run(told, shared.scenes, found, words)))

    return await kept(request, (found.line, words.answer, words.rate, words.steps), make)


def told(scenes: Scenes, found: Scene, words: DescentQuery) -> dict[str, Any]:
    place = downhill.trained_in(found)
    given = scenes.trace(found, place.first).input
    answered = downhill.learnt(place.network, given, words.answer, words.rate, words.steps)
    for layer, row in zip(reversed(place.layers), answered["layers"], strict=True):
        row["layer"] = layer
    return answered
