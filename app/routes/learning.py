"""How networks learnt, and what excites their units: written down by training, told as it stands."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from app.evaluation import Scenes
from app.http.requests import while_wanted
from app.http.responses import chosen_coding, json_answer
from app.models.learning import Descent, Exciting, Learning, Shifted
from app.models.requests import DescentQuery, ExcitingQuery, LearningQuery, SceneQuery
from app.routes.answers import Shared, kept, kept_json
from app.routes.routing import reads, router
from app.routes.told import answers
from app.routes.working import worked
from app.state import speech
from app.works import Work
from core import descent as downhill
from core.moved import check_digit, shift_told
from core.scene import Scene
from core.training import records

GRADIENTS, DOWNHILL = 0.02, 0.005  # seconds: of what is told, and of a step

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

    def told(scenes: Scenes) -> Work:
        place = downhill.trained_in(found)
        given = scenes.trace(found, place.first).input
        asked = {"network": place.network, "layers": place.layers}
        asked |= {name: getattr(words, name) for name in ("answer", "rate", "steps")}
        return Work("descent", given, asked, chosen_coding(request), GRADIENTS + DOWNHILL * words.steps)

    async def make() -> Response:
        return await worked(request, shared, told)

    return await kept(request, (found.line, words.answer, words.rate, words.steps), make)


@reads(routes, "/api/moved", summary="What one pixel to the side changes", responses=answers(Shifted, 400, 404, 422))
async def moved(request: Request, words: Annotated[SceneQuery, Query()], shared: Shared) -> Response:
    """The picture of a scene moved by 0 to 5 pixels: how many inputs change, and what two networks answer."""
    found = await shared.scenes.reading(words.scene)

    async def make() -> Response:
        told = await while_wanted(request, shared.scenes.run(moved_in, shared.scenes, found))
        return json_answer(request, speech(request).told(told))

    return await kept(request, (found.line,), make)


def moved_in(scenes: Scenes, found: Scene) -> dict[str, Any]:
    check_digit(found.line, scenes.input_shape(found.source))
    return shift_told(scenes.input_of(found.source))
